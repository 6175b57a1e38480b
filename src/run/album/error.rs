//! Why a folder of photographs cannot be used.

use std::path::PathBuf;

/// Why a folder of photographs cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AlbumError {
    /// A folder or file cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A picture that no decoder understands.
    #[error("{}: no picture that can be read: {source}; take it out of the folder, or save it as JPEG or PNG", path.display())]
    Picture {
        /// The file.
        path: PathBuf,
        /// What the decoder says.
        source: image::ImageError,
    },
    /// The landmarks are not as they should be.
    #[error("{}:{line}: {why}; a line is what `lianpu-engine inspect --json` prints of a picture", path.display())]
    Landmarks {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// Fewer people than the scenarios show.
    #[error(
        "{}: {found} folders with pictures, and {needed} are needed: {who}; there is one folder a person, as in {}/anna/1.jpg",
        path.display(), path.display()
    )]
    TooFew {
        /// The folder.
        path: PathBuf,
        /// Folders in it that hold pictures.
        found: usize,
        /// How many the scenarios need.
        needed: usize,
        /// For whom.
        who: String,
    },
}
