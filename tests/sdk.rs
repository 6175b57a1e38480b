//! The vendors' own SDKs, unmodified, against `lianpu serve`.
//!
//! Needs a Python with the SDK installed (`pip install qcloud_image`), named by `LIANPU_SDK_PYTHON`; skips, saying so,
//! where there is none, unless `LIANPU_REQUIRE` lists `sdk`.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking and is documented by its name"
)]

mod common;

use std::process::Command;

use common::{Server, draw, required};

#[test]
fn the_image_sdk_for_python_is_served() {
    let Ok(python) = std::env::var("LIANPU_SDK_PYTHON") else {
        assert!(!required("sdk"), "LIANPU_SDK_PYTHON is not set");
        println!("skipped: LIANPU_SDK_PYTHON names no Python with qcloud_image");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (name, scene) in [
        ("anna.jpg", "anna"),
        ("anna-turned.jpg", "anna yaw=8 seed=2"),
        ("bea.jpg", "bea"),
        ("hugo.jpg", "hugo"),
        ("nobody.jpg", "nobody"),
    ] {
        draw(scene, &folder.path().join(name));
    }
    let server = Server::start(&["--allow-private-urls"]);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sdk/qcloud_image_check.py");
    let output =
        Command::new(python).arg(script).arg(server.ready_file()).arg(folder.path()).output().unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    print!("{said}");
    assert!(output.status.success(), "{said}\n{complained}");
    assert!(said.lines().filter(|line| line.starts_with("ok ")).count() >= 24, "{said}");
}
