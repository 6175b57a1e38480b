//! What the tests of the command share: the server as a process, drawn pictures.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking and is documented by its name"
)]
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod listener;
pub mod proxy;
pub mod report;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// The command under test.
pub const LIANPU: &str = env!("CARGO_BIN_EXE_lianpu");

/// What comes in seconds comes within this on any machine, however busy it is: what takes longer hangs.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// Runs the command to its end, in a folder of its own if one is given.
pub fn lianpu(arguments: &[&str], folder: Option<&Path>) -> Output {
    let mut command = Command::new(LIANPU);
    command.args(arguments).env("NO_COLOR", "1").stdin(Stdio::null());
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    command.output().unwrap()
}

/// Draws a scene into a file.
pub fn draw(scene: &str, file: &Path) {
    let output = lianpu(&["portrait", scene, "-o", file.to_str().unwrap()], None);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// One server for all tests of the calling file that run at the same time; it ends with the last of them. Files do not share
/// it: what one leaves at it, or limits, is none of the others' business.
#[track_caller]
pub fn shared() -> Arc<Server> {
    static SERVERS: Mutex<BTreeMap<&str, Weak<Server>>> = Mutex::new(BTreeMap::new());
    let mut servers = SERVERS.lock().unwrap_or_else(PoisonError::into_inner);
    let server = servers.entry(Location::caller().file()).or_default();
    server.upgrade().unwrap_or_else(|| {
        let started = Arc::new(Server::start(&HELPFUL));
        *server = Arc::downgrade(&started);
        started
    })
}

/// What a server is started with so that every row can be provoked.
pub const HELPFUL: [&str; 4] = ["--allow-faults", "--allow-private-urls", "--limit", "persons-per-group=8"];

/// Sends a signal to a process that leads a group of its own, and to all of that group.
pub fn signal_group(process: &Child, signal: &str) {
    let group = format!("-{}", process.id());
    assert!(Command::new("kill").args([signal, "--", &group]).status().unwrap().success());
}

/// `lianpu serve` on a free port; ends with the value.
pub struct Server {
    process: Child,
    folder: tempfile::TempDir,
    pub ready: serde_json::Value,
}

impl Server {
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_at("127.0.0.1:0", arguments)
    }

    /// On an address that is known before.
    pub fn start_at(address: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ready_file = folder.path().join("ready.json");
        let mut process = Command::new(LIANPU)
            .args(["serve", "--listen", address, "--ready-file"])
            .arg(&ready_file)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["ready"], true);
        assert_eq!(std::fs::read_to_string(&ready_file).unwrap(), line);
        Self { process, folder, ready }
    }

    pub fn base_url(&self) -> &str {
        self.ready["base_url"].as_str().unwrap()
    }

    pub fn ready_file(&self) -> PathBuf {
        self.folder.path().join("ready.json")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
