//! Pictures of very many faces: collages of those in the group photograph that the detector's package comes with.

use std::fs;
use std::path::Path;

use cargo_metadata::MetadataCommand;
use image::imageops::{FilterType, crop_imm, overlay, resize};
use image::{ImageFormat, RgbImage};
use lianpu_engine::vision::{Limits, decode, detect};

use crate::hostile::encoded;
use crate::measuring::{bounded, measured, turn};

/// The 29 faces, each with its surroundings.
fn faces() -> Vec<RgbImage> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).exec().expect("cargo tells its packages");
    let package = metadata.packages.iter().find(|package| package.name.as_str() == "rustface");
    let folder = package.and_then(|package| package.manifest_path.parent()).expect("a dependency");
    let file = fs::read(folder.join("test.png")).expect("the package has its group photograph");
    let picture = decode::decode(&file, &Limits::default()).expect("a picture");
    let found = detect::faces(&picture, usize::MAX).expect("detected");
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    let whole = RgbImage::from_raw(width, height, picture.rgb().to_vec()).expect("whole");
    let cut = |found: &detect::Found| {
        let rect = found.rect.grown(1.3);
        crop_imm(&whole, rect.x as u32, rect.y as u32, rect.width as u32, rect.height as u32).to_image()
    };
    found.iter().map(cut).collect()
}

/// As many faces as have room, each in a square of so many pixels.
fn collage(faces: &[RgbImage], [width, height]: [u32; 2], side: u32) -> RgbImage {
    let mut picture = RgbImage::new(width, height);
    let places = (0..height / side).flat_map(|row| (0..width / side).map(move |column| (column, row)));
    let small: Vec<_> = faces.iter().map(|face| resize(face, side, side, FilterType::Triangle)).collect();
    for (index, (column, row)) in places.enumerate() {
        overlay(&mut picture, &small[index % small.len()], i64::from(column * side), i64::from(row * side));
    }
    picture
}

#[test]
fn collages_of_hundreds_of_faces_stay_within_time_and_memory() {
    let _turn = turn();
    let faces = faces();
    // Of so many faces, the larger the picture is the fewer are looked at fully.
    for (size, side, format, fully) in [
        ([1920, 1080], 52, ImageFormat::Jpeg, 19),
        ([1920, 1080], 100, ImageFormat::Jpeg, 19),
        ([1280, 1280], 52, ImageFormat::Jpeg, 20),
        ([4000, 3000], 90, ImageFormat::Jpeg, 5),
        ([4096, 4096], 140, ImageFormat::WebP, 4),
    ] {
        let file = encoded(&collage(&faces, size, side).into(), format);
        let name = format!("{}x{} in squares of {side}", size[0], size[1]);
        for outcome in bounded(&name, &file) {
            let seen = outcome.expect("faces").faces;
            let described = seen.iter().filter(|face| face.description.is_some()).count();
            assert!(seen.len() >= 120, "{name}: {} faces", seen.len());
            assert_eq!(described, fully, "{name}");
        }
    }
}

#[test]
fn all_that_is_wanted_of_a_full_screen_takes_at_most_120_megabytes() {
    let _turn = turn();
    let faces = faces();
    for side in [100, 360, 1080] {
        let file = encoded(&collage(&faces, [1920, 1080], side).into(), ImageFormat::Jpeg);
        for (outcome, bytes) in measured(&format!("1920x1080 in squares of {side}"), &file) {
            assert!(outcome.is_ok() && bytes <= 120_000_000, "{bytes} bytes, {outcome:?}");
        }
    }
}
