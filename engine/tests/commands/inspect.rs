//! The command `lianpu-engine inspect` as a process.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use image::{Rgb, RgbImage};
use lianpu_engine::vision::ABILITIES;
use serde_json::Value;

use crate::common;

fn inspect(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianpu-engine"));
    command.arg("inspect").args(arguments).output().expect("the command runs")
}

/// How many pixels of a part have a colour: left, top, width and height.
fn count(picture: &RgbImage, [left, top, width, height]: [u32; 4], colour: [u8; 3]) -> usize {
    let part = image::imageops::crop_imm(picture, left, top, width, height).to_image();
    part.pixels().filter(|pixel| **pixel == Rgb(colour)).count()
}

const MARK: [u8; 3] = [40, 220, 90];
const POINT: [u8; 3] = [255, 220, 40];
const VALUE: [u8; 3] = [232, 234, 238];

#[test]
fn a_face_is_shown_as_a_table_and_as_json() {
    let Some(face) = common::shared("data/orl/s5/1.pgm") else { return };
    let face = face.to_str().expect("text");
    let output = inspect(&[face]);
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && table.contains("92x112, 1 face\n"), "{table}");

    let output = inspect(&["--json", face]);
    let seen: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let face = &seen["faces"][0];
    assert!(face["rect"]["width"].as_f64().is_some_and(|width| width > 40.0), "{seen}");
    let told: BTreeSet<&str> =
        face.as_object().expect("a face").iter().map(|(name, _)| name.as_str()).collect();
    let names = seen["unavailable"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let unavailable: BTreeSet<&str> = names.collect();
    assert!(unavailable.contains("beauty") && unavailable.contains("landmark201"), "{unavailable:?}");
    let all: BTreeSet<&str> = ABILITIES.iter().map(|ability| ability.name).collect();
    // Without the nets only places are checked.
    if common::nets().is_none() {
        return;
    }
    assert!(told.is_disjoint(&unavailable), "{told:?} {unavailable:?}");
    assert_eq!(&told | &unavailable, all, "each ability is told or said to be unavailable");
    assert_eq!(face["landmarks"].as_array().map(Vec::len), Some(68));
    assert_eq!(face["glasses"]["type"], "none");
    let share = face["glasses"]["probability"].as_f64();
    assert!(share.is_some_and(|share| (0.5..1.0).contains(&share)), "{face}");
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
fn a_small_face_is_drawn_enlarged_with_its_values_below() {
    let Some(face) = common::shared("data/orl/s5/1.pgm") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let drawn = folder.path().join("drawn.png");
    let output = inspect(&[face.to_str().expect("text"), "--annotate", drawn.to_str().expect("text")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let drawn = image::open(drawn).expect("a picture").into_rgb8();
    let (width, height) = drawn.dimensions();
    let shown = 7 * 112; // 92 by 112 pixels, seven times as large
    assert!(width >= 7 * 92 && height > shown + 200, "{width}x{height}");
    assert!(count(&drawn, [0, 0, width, shown], MARK) > 4 * 7 * 40, "the box is drawn");
    let letters = count(&drawn, [0, shown, width, height - shown], VALUE);
    // The nets see more to write of, and points.
    if common::nets().is_none() {
        assert!(letters > 60, "{letters}");
        return;
    }
    assert!(letters > 350, "the values are written: {letters}");
    assert!(count(&drawn, [0, 0, width, shown], POINT) >= 60, "the points are drawn");
    assert!(count(&drawn, [0, shown, width, height - shown], POINT) >= 60, "and on the card");
}

#[test]
fn what_can_be_told_is_listed() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianpu-engine"));
    command.args(["inspect", "--abilities"]).env("LIANPU_MODEL_DIR", nowhere.path());
    let output = command.output().expect("the command runs");
    let table = String::from_utf8_lossy(&output.stdout);
    assert_eq!(table.lines().count(), ABILITIES.len(), "{table}");
    for (name, word) in [("rect ", " told "), ("glasses ", " needs nets "), ("race ", " not told ")] {
        assert!(table.lines().any(|line| line.starts_with(name) && line.contains(word)), "{name}: {table}");
    }
    let output = command.arg("--json").output().expect("the command runs");
    let lines = String::from_utf8_lossy(&output.stdout);
    let told = lines.lines().filter(|line| line.contains(r#""told":true"#)).count();
    assert_eq!(told, 2, "without nets: {lines}");
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
