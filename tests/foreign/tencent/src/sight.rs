//! Finding faces in a picture, by SeetaFace, and describing them.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use crate::found::{Found, Seen};
use crate::looks::Looks;
use crate::picture;
use crate::print::Print;
use image::imageops::{self, FilterType};
use image::{GrayImage, RgbImage};
use rustface::{Detector, ImageData};
use std::cell::RefCell;

/// Pictures are searched at this length of their longer side at most.
const SEARCH_LONGEST: u32 = 960;
/// Smaller pictures are searched at twice their size.
const SEARCH_SMALL: u32 = 360;
/// The side of the square in which a face is looked at again; the face fills half of it.
const CLOSE_SIDE: u32 = 192;
/// The score from which the detector is believed.
const SCORE: f64 = 2.0;

/// How the squares of a face are shifted and scaled, in sides of the square.
const SHIFTS: [(f64, f64, f64); 9] = [
    (0.0, 0.0, 1.0),
    (0.05, 0.0, 1.0),
    (-0.05, 0.0, 1.0),
    (0.0, 0.05, 1.0),
    (0.0, -0.05, 1.0),
    (0.0, 0.0, 1.08),
    (0.0, 0.0, 0.92),
    (0.0, 0.05, 0.92),
    (0.0, -0.05, 1.08),
];

thread_local! {
    static DETECTOR: RefCell<Box<dyn Detector>> = RefCell::new(detector());
}

fn detector() -> Box<dyn Detector> {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/detector.bin"));
    let mut detector =
        rustface::create_detector_with_model(rustface::read_model(bytes).expect("the model is whole"));
    detector.set_score_thresh(SCORE);
    detector.set_pyramid_scale_factor(0.8);
    detector.set_slide_window_step(4, 4);
    detector
}

/// Looks at the bytes of a picture; -1101 if it shows nobody.
pub(crate) fn look(bytes: &[u8], defects: &Defects) -> Result<Seen, Code> {
    let picture = picture::decode(bytes, defects)?;
    let (width, height) = picture.dimensions();
    let faces = find(&picture, defects);
    match faces.is_empty() {
        true if defects.has(Defect::FacelessAs1103) => Err(Code::FEATURE),
        true => Err(Code::NO_FACE),
        false => Ok(Seen { width, height, faces }),
    }
}

fn find(picture: &RgbImage, defects: &Defects) -> Vec<Found> {
    let grey = imageops::grayscale(picture);
    let (width, height) = grey.dimensions();
    let longest = width.max(height);
    if width.min(height) < 20 || longest / width.min(height) > 20 {
        return Vec::new();
    }
    let scale = match longest {
        ..=SEARCH_SMALL => 2.0,
        SEARCH_LONGEST.. => f64::from(SEARCH_LONGEST) / f64::from(longest),
        _ => 1.0,
    };
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    let scaled = imageops::resize(&grey, side(width), side(height), FilterType::Triangle);
    let margin = side(longest) / 10;
    let padded = pad(&scaled, margin);
    let mut boxes = DETECTOR.with_borrow_mut(|detector| {
        detector.detect(&ImageData::new(padded.as_raw(), padded.width(), padded.height()))
    });
    boxes.sort_by_key(|found| std::cmp::Reverse(found.bbox().width()));
    let largest = boxes.first().map_or(0, |found| found.bbox().width());
    // A small box with a weak score beside a large face is a button or a pattern.
    boxes.retain(|found| found.bbox().width() * 4 > largest || found.score() > 4.0);
    boxes
        .iter()
        .map(|found| {
            let place = found.bbox();
            let shift = f64::from(margin);
            let back = |at: f64| at / scale;
            let square = (
                back(f64::from(place.x()) - shift),
                back(f64::from(place.y()) - shift),
                back(f64::from(place.width())),
            );
            describe(picture, refine(&grey, square), defects)
        })
        .collect()
}

/// Looks again at a face in one size, whatever its size in the picture: that places the square more steadily.
fn refine(grey: &GrayImage, (x, y, side): (f64, f64, f64)) -> (f64, f64, f64) {
    let (around, steps) = (side * 2.0, f64::from(CLOSE_SIDE));
    let (left, top) = (x - side / 2.0, y - side / 2.0);
    let (width, height) = grey.dimensions();
    // Each pixel of the close view is the mean of as many points as it covers pixels of the picture.
    let points = (around / steps).ceil().clamp(1.0, 8.0) as u32;
    let at = |start: f64, step: u32, point: u32, end: u32| {
        let place = f64::from(step) + (f64::from(point) + 0.5) / f64::from(points);
        ((start + place * around / steps).max(0.0) as u32).min(end - 1)
    };
    let close = GrayImage::from_fn(CLOSE_SIDE, CLOSE_SIDE, |column, row| {
        let covered = (0..points * points).map(|n| {
            let (across, down) = (at(left, column, n % points, width), at(top, row, n / points, height));
            u32::from(grey.get_pixel(across, down)[0])
        });
        image::Luma([(covered.sum::<u32>() / (points * points)) as u8])
    });
    let found = DETECTOR
        .with_borrow_mut(|detector| detector.detect(&ImageData::new(close.as_raw(), CLOSE_SIDE, CLOSE_SIDE)));
    let middle = f64::from(CLOSE_SIDE) / 2.0;
    let offset = |place: &rustface::Rectangle| {
        let half = f64::from(place.width()) / 2.0;
        (f64::from(place.x()) + half - middle).abs() + (f64::from(place.y()) + half - middle).abs()
    };
    let best = found.iter().map(rustface::FaceInfo::bbox).min_by(|a, b| offset(a).total_cmp(&offset(b)));
    match best.filter(|place| offset(place) < middle * 0.4) {
        Some(place) => {
            let back = |at: i32| f64::from(at) * around / steps;
            (left + back(place.x()), top + back(place.y()), f64::from(place.width()) * around / steps)
        }
        None => (x, y, side),
    }
}

/// Continues a picture beyond its border, so that faces at the border are found.
fn pad(grey: &GrayImage, margin: u32) -> GrayImage {
    let (width, height) = grey.dimensions();
    GrayImage::from_fn(width + 2 * margin, height + 2 * margin, |x, y| {
        *grey.get_pixel(x.saturating_sub(margin).min(width - 1), y.saturating_sub(margin).min(height - 1))
    })
}

/// Describes the face in a square from brow to chin; its box takes the forehead in.
fn describe(picture: &RgbImage, (x, y, side): (f64, f64, f64), defects: &Defects) -> Found {
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let crop = |left: f64, top: f64, side: f64| {
        let (left, top) = (left.clamp(0.0, width - 2.0) as u32, top.clamp(0.0, height - 2.0) as u32);
        let (across, down) = (picture.width() - left, picture.height() - top);
        imageops::crop_imm(picture, left, top, (side as u32).clamp(1, across), (side as u32).clamp(1, down))
            .to_image()
    };
    let face = crop(x, y, side);
    let squares: Vec<RgbImage> = SHIFTS
        .iter()
        .map(|(across, down, scale)| {
            let length = side * 1.1 * scale;
            crop(
                x + side / 2.0 + across * side - length / 2.0,
                y + side / 2.0 + down * side - length / 2.0,
                length,
            )
        })
        .collect();
    let (left, right) = (x.max(0.0), (x + side).min(width));
    let (top, bottom) = ((y - 0.15 * side).max(0.0), (y + 1.02 * side).min(height));
    let shrink = if defects.has(Defect::ScaleResized) { 0.5 } else { 1.0 };
    let hundredths = |value: f64| (value * shrink * 100.0).round() / 100.0;
    Found {
        x: (left * shrink) as i64,
        y: (top * shrink) as i64,
        width: hundredths(right - left.floor()),
        height: hundredths(bottom - top.floor()),
        print: Print::of(&squares),
        looks: Looks::of(&imageops::grayscale(&face)),
    }
}

#[cfg(test)]
mod tests {
    use super::look;
    use crate::code::Code;
    use crate::defect::Defects;
    use crate::found::Seen;
    use crate::print::{SAME_PERSON, SAME_PICTURE};
    use image::imageops::{self, FilterType};
    use image::{DynamicImage, ImageFormat, RgbImage};
    use std::io::Cursor;

    fn seen(picture: &RgbImage, format: ImageFormat) -> Result<Seen, Code> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("can be encoded");
        look(bytes.get_ref(), &Defects::default())
    }

    fn group() -> RgbImage {
        let bytes =
            std::fs::read(concat!(env!("RUSTFACE_FOLDER"), "/test.png")).expect("the photograph is there");
        image::load_from_memory(&bytes).expect("it decodes").to_rgb8()
    }

    #[test]
    fn nobody_is_seen_on_a_wall() {
        let wall = RgbImage::from_pixel(200, 200, image::Rgb([90, 120, 150]));
        assert_eq!(seen(&wall, ImageFormat::Jpeg).err(), Some(Code::NO_FACE));
        let dot = RgbImage::from_pixel(1, 1, image::Rgb([90, 120, 150]));
        assert_eq!(seen(&dot, ImageFormat::Png).err(), Some(Code::NO_FACE));
    }

    #[test]
    fn people_of_a_photograph_are_told_apart_and_known_again() {
        let group = group();
        let all = seen(&group, ImageFormat::Png).expect("people");
        assert!(all.faces.len() > 20, "{} faces", all.faces.len());
        let (mut same, mut other) = (Vec::new(), Vec::new());
        let mut again = Vec::new();
        for face in all.faces.iter().take(12) {
            let grow = face.width as u32 / 2;
            let (x, y) = ((face.x as u32).saturating_sub(grow), (face.y as u32).saturating_sub(grow));
            let crop =
                imageops::crop_imm(&group, x, y, face.width as u32 * 2, face.height as u32 * 2).to_image();
            let crop = imageops::resize(&crop, 300, 340, FilterType::Triangle);
            let dark = imageops::brighten(&crop, -25);
            let turned = imageops::resize(&crop, 330, 350, FilterType::Triangle);
            let Ok(first) = seen(&crop, ImageFormat::Png) else { continue };
            for altered in [dark, turned] {
                if let Ok(second) = seen(&altered, ImageFormat::Jpeg) {
                    same.push(first.faces[0].print.similarity(&second.faces[0].print));
                }
            }
            let mut jpeg = Cursor::new(Vec::new());
            DynamicImage::ImageRgb8(crop).write_to(&mut jpeg, ImageFormat::Jpeg).expect("can be encoded");
            let twin = look(jpeg.get_ref(), &Defects::default()).expect("still there");
            let exact = twin.faces[0]
                .print
                .similarity(&look(jpeg.get_ref(), &Defects::default()).expect("there").faces[0].print);
            assert!(exact >= SAME_PICTURE, "{exact}");
            again.push(first);
        }
        for (n, one) in again.iter().enumerate() {
            for two in &again[..n] {
                other.push(one.faces[0].print.similarity(&two.faces[0].print));
            }
        }
        same.sort_by(f64::total_cmp);
        other.sort_by(f64::total_cmp);
        println!("same {same:?}\nother {other:?}");
        assert!(same[same.len() / 10] > SAME_PERSON, "same {same:?}");
        assert!(other[other.len() * 9 / 10] < SAME_PERSON, "other {other:?}");
    }
}
