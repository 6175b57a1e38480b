//! The command `lianpu-engine inspect` as a process.

use std::path::Path;
use std::process::{Command, Output};

use image::{Rgb, RgbImage};
use serde_json::Value;

const FACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/orl/s5/1.pgm");

fn inspect(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianpu-engine"));
    command.arg("inspect").args(arguments).output().expect("the command runs")
}

#[test]
fn a_face_is_shown_as_a_table_as_json_and_on_the_picture() {
    if !Path::new(FACE).exists() {
        println!("skipped: no face set, {FACE}");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let drawn = folder.path().join("drawn.png");
    let output = inspect(&[FACE, "--annotate", drawn.to_str().expect("text")]);
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && table.contains("92x112, 1 faces"), "{table}");
    let drawn = image::open(drawn).expect("a picture").into_rgb8();
    assert_eq!(drawn.dimensions(), (92, 112));
    assert!(drawn.pixels().any(|pixel| *pixel == Rgb([40, 220, 90])), "the box is drawn");

    let output = inspect(&["--json", FACE]);
    let seen: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let face = &seen["faces"][0];
    assert!(face["rect"]["width"].as_f64().is_some_and(|width| width > 40.0), "{seen}");
    if face["landmarks"].is_null() {
        println!("skipped in part: no models, so only places are checked");
        return;
    }
    assert_eq!(face["landmarks"].as_array().map(Vec::len), Some(68));
    let quality = &face["quality"];
    assert!(
        quality["illumination"].as_f64().is_some_and(|light| (60.0..200.0).contains(&light)),
        "{quality}"
    );
    assert!(quality["blur"].as_f64().is_some_and(|blur| blur < 0.6), "{quality}");
    let parts = quality["occlusion"].as_object().expect("parts");
    assert!(parts.len() == 7 && parts.values().all(|part| part.as_f64() < Some(0.6)), "{quality}");
}

#[test]
fn no_face_is_a_result_and_no_picture_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plain, torn) = (folder.path().join("plain.png"), folder.path().join("torn.jpg"));
    RgbImage::from_pixel(80, 60, Rgb([90, 90, 90])).save(&plain).expect("written");
    std::fs::write(&torn, [0xFF, 0xD8, 0xFF]).expect("written");
    let (plain, torn) = (plain.to_str().expect("text"), torn.to_str().expect("text"));
    let output = inspect(&[plain]);
    assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains("80x60, 0 faces"));
    let output = inspect(&[torn, plain]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).contains("torn.jpg: the picture cannot be decoded"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 of 2 pictures"));
    assert_eq!(inspect(&[plain, plain, "--annotate", "x.png"]).status.code(), Some(2));
}
