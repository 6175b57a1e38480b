//! Why the nets cannot be loaded.

use std::io;
use std::path::PathBuf;

/// Names the model directory, above every default.
pub const DIRECTORY_VARIABLE: &str = "LIANPU_MODEL_DIR";

/// Why the nets cannot be loaded or their weights not be installed.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Neither the variable nor a home directory says where models lie.
    #[error("no model directory: set {DIRECTORY_VARIABLE}, XDG_DATA_HOME or HOME, or name one")]
    NoDirectory,
    /// A file is not there; `models install` would bring it.
    #[error("the model file {} is missing; `lianpu-engine models install` fetches it", .path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// A file has neither the pinned bytes nor those of an operator's own list.
    #[error("the model file {} has the SHA-256 {found}, allowed is {allowed}", .path.display())]
    Changed {
        /// Where it is.
        path: PathBuf,
        /// Its SHA-256.
        found: String,
        /// The right ones, and who says so.
        allowed: String,
    },
    /// The list of an operator's own sums has a line that cannot be read.
    #[error(
        "{}, line {line}: 64 hexadecimal digits, two spaces and a file name are expected, as sha256sum writes them",
        .path.display()
    )]
    Sums {
        /// The list.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// The directory is an operator's own.
    #[error(
        "{} lists weights of your own; install into another directory (--models DIR), or remove the list",
        .path.display()
    )]
    OperatorsOwn {
        /// The list.
        path: PathBuf,
    },
    /// A weight file does not hold what its net needs.
    #[error("the weights of {net}: {detail}")]
    Weights {
        /// The net.
        net: String,
        /// What is wrong.
        detail: String,
    },
    /// A file or directory cannot be read or written.
    #[error("cannot {action} {}", .path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is no npm.
    #[error("npm cannot be run ({source}); installing the models needs Node.js and npm on the PATH")]
    NoNpm {
        /// Why not.
        source: io::Error,
    },
    /// npm could not fetch the package: no network, or a registry that refuses.
    #[error("npm ci failed ({status}); is the registry reachable?\n{output}")]
    Npm {
        /// How it ended.
        status: std::process::ExitStatus,
        /// The end of what it said.
        output: String,
    },
}
