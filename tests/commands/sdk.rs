//! The vendors' own SDKs, unmodified, against `lianpu serve`.
//!
//! Needs a Python with the SDKs installed (`pip install qcloud_image baidu-aip chardet`), named by `LIANPU_SDK_PYTHON`, and
//! a folder of Node's modules with the SDK installed (`npm install baidu-aip-sdk`), named by `LIANPU_SDK_NODE_MODULES`.
//! Skips, saying so, what is not there, unless `LIANPU_REQUIRE` lists `sdk`.

use std::path::Path;
use std::process::Command;

use lianpu_testing::lacking;

use crate::common::{Server, draw};

/// Whose pictures the scripts need.
const SCENES: [(&str, &str); 5] = [
    ("anna.jpg", "anna"),
    ("anna-turned.jpg", "anna yaw=8 seed=2"),
    ("bea.jpg", "bea"),
    ("hugo.jpg", "hugo"),
    ("nobody.jpg", "nobody"),
];

#[test]
fn the_image_sdk_for_python_is_served() {
    let Some(python) = python_with("qcloud_image") else { return };
    drive(&mut Command::new(python), "qcloud_image_check.py", 24);
}

#[test]
fn the_face_sdk_for_python_is_served_with_tokens_and_with_signatures() {
    let Some(python) = python_with("aip") else { return };
    drive(&mut Command::new(python), "baidu_aip_check.py", 60);
}

#[test]
fn the_face_sdk_for_node_is_served() {
    let modules = std::env::var("LIANPU_SDK_NODE_MODULES").ok();
    let Some(modules) = modules.filter(|modules| Path::new(modules).join("baidu-aip-sdk").is_dir()) else {
        return lacking("sdk", "LIANPU_SDK_NODE_MODULES names no folder with baidu-aip-sdk");
    };
    drive(Command::new("node").env("NODE_PATH", modules), "baidu_aip_sdk_check.js", 22);
}

/// A Python that has a module, if one was named.
fn python_with(module: &str) -> Option<String> {
    let python = std::env::var("LIANPU_SDK_PYTHON").ok().filter(|python| {
        Command::new(python)
            .args(["-c", &format!("import {module}")])
            .output()
            .is_ok_and(|out| out.status.success())
    });
    if python.is_none() {
        lacking("sdk", &format!("LIANPU_SDK_PYTHON names no Python with {module}"));
    }
    python
}

/// Runs a script against a server of its own; at least so many of its checks must have been made.
fn drive(command: &mut Command, script: &str, least: usize) {
    let folder = tempfile::tempdir().unwrap();
    for (name, scene) in SCENES {
        draw(scene, &folder.path().join(name));
    }
    let server = Server::start(&["--allow-private-urls"]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sdk").join(script);
    let output = command.arg(script).arg(server.ready_file()).arg(folder.path()).output().unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    print!("{said}");
    assert!(output.status.success(), "{said}\n{complained}");
    assert!(said.lines().filter(|line| line.starts_with("ok ")).count() >= least, "{said}");
}
