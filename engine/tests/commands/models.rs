//! The command `lianpu-engine models` as a process: the pinned weights, an operator's own, and what is refused.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use lianpu_engine::vision::models::{FILES, SUMS};
use lianpu_testing::lacking;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::common;

const NUMBERS: &str = "age_gender_model.bin";
const SHAPES: &str = "age_gender_model-weights_manifest.json";

fn engine(arguments: &[&str], models: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianpu-engine"));
    command.args(arguments).arg("--models").arg(models).output().expect("the command runs")
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A copy of the pinned weights.
fn copied() -> Option<TempDir> {
    let nets = common::nets()?;
    let copy = tempfile::tempdir().expect("a folder");
    for file in &FILES {
        fs::copy(nets.join(file.name), copy.path().join(file.name)).expect("copied");
    }
    Some(copy)
}

/// Lists the files with the sums they have.
fn list(directory: &Path, names: &[&str]) {
    let mut lines = String::new();
    for name in names {
        let sum = Sha256::digest(fs::read(directory.join(name)).expect("read"));
        let sum = sum.iter().fold(String::new(), |mut sum, byte| {
            write!(sum, "{byte:02x}").expect("written");
            sum
        });
        writeln!(lines, "{sum}  {name}").expect("written");
    }
    fs::write(directory.join(SUMS), lines).expect("written");
}

/// Changes a file of weights.
fn change(file: &Path, change: impl FnOnce(Vec<u8>) -> Vec<u8>) {
    fs::write(file, change(fs::read(file).expect("read"))).expect("written");
}

fn other_numbers(directory: &Path) {
    change(&directory.join(NUMBERS), |mut bytes| {
        bytes[1000] ^= 1;
        bytes
    });
}

#[test]
fn an_operators_own_weights_are_taken_when_they_are_listed() {
    let Some(own) = copied() else { return };
    let own = own.path();
    assert!(said(&engine(&["models", "verify"], own)).1.ends_with("are right\n"));
    other_numbers(own);
    list(own, &[NUMBERS]);
    let (code, out, aside) = said(&engine(&["models", "verify"], own));
    assert!(code == Some(0) && out.contains("1 of them the operator's own"), "{out}{aside}");
    let (_, out, _) = said(&engine(&["models", "list"], own));
    let marked: Vec<&str> = out.lines().filter(|line| line.starts_with("operator's ")).collect();
    assert!(marked.len() == 1 && marked[0].contains(NUMBERS), "{out}");
    assert_eq!(out.matches("\nok ").count(), FILES.len() - 1, "{out}");

    let picture = own.join("plain.png");
    image::RgbImage::from_pixel(80, 60, image::Rgb([90; 3])).save(&picture).expect("written");
    let picture = picture.to_str().expect("text");
    let (code, out, aside) = said(&engine(&["inspect", picture], own));
    assert!(code == Some(0) && out.contains("80x60, 0 faces"), "{out}{aside}");
    assert!(aside.contains("operator's own weights"), "a notice: {aside}");

    let (code, _, aside) = said(&engine(&["models", "install"], own));
    assert_eq!(code, Some(0), "nothing is wrong, nothing to do: {aside}");
    fs::remove_file(own.join(SHAPES)).expect("removed");
    let (code, _, aside) = said(&engine(&["models", "install"], own));
    assert!(code == Some(2) && aside.contains("lists weights of your own"), "{aside}");
}

#[test]
fn weights_that_nobody_listed_are_refused_and_all_that_is_wrong_is_told() {
    let Some(own) = copied() else { return };
    let own = own.path();
    other_numbers(own);
    fs::remove_file(own.join(SHAPES)).expect("removed");
    let (code, _, aside) = said(&engine(&["models", "verify"], own));
    assert!(code == Some(2) && aside.contains("2 of 8 model files are not right"), "{aside}");
    let pinned = FILES.iter().find(|file| file.name == NUMBERS).expect("in the table").sha256;
    assert!(aside.contains(&format!("{SHAPES} is missing")) && aside.contains(pinned), "{aside}");
    // What was listed before the file changed is told too.
    list(own, &[NUMBERS]);
    let listed = fs::read_to_string(own.join(SUMS)).expect("read")[..64].to_owned();
    other_numbers(own);
    change(&own.join(NUMBERS), |bytes| bytes[..bytes.len() - 1].to_vec());
    for command in [&["models", "verify"][..], &["inspect", "--abilities"]] {
        let (code, _, aside) = said(&engine(command, own));
        let names_file = aside.contains(NUMBERS) && aside.contains(&listed) && aside.contains(pinned);
        assert!(code == Some(2) && (names_file || aside.contains(SHAPES)), "{aside}");
    }
}

#[test]
fn listed_weights_that_do_not_fit_their_net_are_an_error_that_says_where() {
    for (what, expected) in [
        ("shape", "has the shape"),
        ("name", "is missing"),
        ("no JSON", "manifest: "),
        ("short", "the file ends before"),
        ("long", "bytes are left over"),
    ] {
        let Some(own) = copied() else { return };
        let own = own.path();
        match what {
            "shape" => change(&own.join(SHAPES), |text| {
                String::from_utf8(text).expect("text").replacen("[3,3,3,32]", "[3,3,32,3]", 1).into()
            }),
            "name" => change(&own.join(SHAPES), |text| {
                String::from_utf8(text).expect("text").replacen("\"name\":\"", "\"name\":\"x", 1).into()
            }),
            "no JSON" => change(&own.join(SHAPES), |_| b"weights".to_vec()),
            "short" => change(&own.join(NUMBERS), |bytes| bytes[..bytes.len() - 1].to_vec()),
            _ => change(&own.join(NUMBERS), |bytes| [bytes, vec![0]].concat()),
        }
        list(own, &[NUMBERS, SHAPES]);
        for command in [&["models", "verify"][..], &["inspect", "--abilities"]] {
            let (code, _, aside) = said(&engine(command, own));
            let told = aside.contains("the weights of age_gender_model: ") && aside.contains(expected);
            assert!(code == Some(2) && told && !aside.contains("panicked"), "{what}: {aside}");
        }
    }
}

/// As the package manager does it, which needs its registry.
#[test]
fn the_pinned_weights_are_installed() {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if Command::new(npm).arg("--version").output().is_err() {
        lacking("npm", "there is no npm");
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let place = place.path().join("to be made");
    let (code, out, aside) = said(&engine(&["models", "install"], &place));
    if aside.contains("is the registry reachable") {
        lacking("npm", &format!("npm cannot fetch: {aside}"));
        return;
    }
    assert!(code == Some(0) && out.contains("models are in"), "{out}{aside}");
    let mut names: Vec<_> =
        fs::read_dir(&place).expect("made").map(|entry| entry.expect("read").file_name()).collect();
    let mut expected = FILES.map(|file| std::ffi::OsString::from(file.name));
    names.sort();
    expected.sort();
    assert_eq!(names, expected, "the weights and nothing else");
    assert_eq!(said(&engine(&["models", "verify"], &place)).0, Some(0));
}
