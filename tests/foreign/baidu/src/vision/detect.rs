//! Where the faces are: upright ones first, then turned and cut ones when there are none.

use std::{cell::RefCell, sync::LazyLock};

use image::{GrayImage, RgbImage, imageops::FilterType};
use rustface::{Detector, ImageData, Model};

use super::{
    patch::{Patch, Square},
    symmetry,
};

/// The detector's model, which `build.rs` found.
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/detector.bin"));
    rustface::read_model(bytes).expect("the packaged model is whole")
});

thread_local! {
    static DETECTOR: RefCell<Box<dyn Detector>> = RefCell::new(rustface::create_detector_with_model(MODEL.clone()));
}

/// Longest side of the picture that is searched first.
const FIRST_SIDE: f32 = 800.0;
/// Longest side of the picture that is searched in other directions.
const OTHER_SIDE: f32 = 480.0;
/// Grey that surrounds a picture for faces that its border cuts, as a share of the longer side.
const MARGIN: f32 = 0.25;
/// The most faces that are looked at closely.
const MOST: usize = 20;
/// Side of the piece in which a face is looked at closely, and how many faces wide it is.
const CLOSE: usize = 128;
const CLOSE_GROWTH: f32 = 2.0;

/// A face that was found.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Where it is.
    pub square: Square,
    /// The detector's score, 2 to about 24.
    pub score: f32,
}

/// All faces of a picture, the largest first.
pub fn find(picture: &RgbImage) -> Vec<Spot> {
    let mut spots = search(picture, FIRST_SIDE, 0.0, 0.0, 2.2);
    if spots.is_empty() {
        spots = search(picture, FIRST_SIDE, 0.0, MARGIN, 2.8);
    }
    if spots.is_empty() {
        let turned = [90.0, -90.0, 180.0, 45.0, -45.0, 135.0, -135.0]
            .map(|turn| search(picture, OTHER_SIDE, turn, 0.0, 4.0));
        let best = |spots: &Vec<Spot>| spots.iter().map(|spot| spot.score).fold(0.0, f32::max);
        spots = turned.into_iter().max_by(|a, b| best(a).total_cmp(&best(b))).unwrap_or_default();
    }
    spots.sort_by(|a, b| b.square.side.total_cmp(&a.square.side));
    spots.truncate(MOST);
    spots.into_iter().map(|spot| look_closely(picture, spot)).collect()
}

/// Searches the picture once, for faces that are turned by `turn` degrees.
fn search(picture: &RgbImage, longest: f32, turn: f32, margin: f32, least: f64) -> Vec<Spot> {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    if turn == 0.0 && margin == 0.0 {
        let scale = (longest / width.max(height)).min(if width.min(height) < 160.0 { 2.0 } else { 1.0 });
        let size = |length: f32| ((length * scale).round() as u32).max(1);
        let grey = image::imageops::grayscale(picture);
        let grey = image::imageops::resize(&grey, size(width), size(height), FilterType::Triangle);
        return run(&grey, least)
            .into_iter()
            .map(|(x, y, side, score)| Spot {
                square: Square { x: x / scale, y: y / scale, side: side / scale, turn: 0.0 },
                score,
            })
            .collect();
    }
    let longer = width.max(height);
    let whole = if turn % 90.0 == 0.0 { longer } else { width.hypot(height) };
    let square = Square { x: width / 2.0, y: height / 2.0, side: whole + 2.0 * margin * longer, turn };
    let side = square.side.min(longest).max(160.0) as usize;
    let patch = Patch::cut(picture, &square, side);
    let Some(grey) = GrayImage::from_raw(side as u32, side as u32, patch.bytes()) else { return Vec::new() };
    run(&grey, least)
        .into_iter()
        .map(|(x, y, face, score)| Spot { square: inner(&square, side, (x, y, face)), score })
        .filter(|spot| (0.0..=width).contains(&spot.square.x) && (0.0..=height).contains(&spot.square.y))
        .collect()
}

/// A square that was found inside the grid of another one.
fn inner(outer: &Square, grid: usize, (x, y, side): (f32, f32, f32)) -> Square {
    let grid = grid as f32;
    let (x, y) = outer.point(x / grid, y / grid);
    Square { x, y, side: side / grid * outer.side, turn: outer.turn }
}

/// Finds the turn and the box of one face more exactly by looking at it from several directions.
fn look_closely(picture: &RgbImage, spot: Spot) -> Spot {
    let mut best = spot;
    let mut from = spot.square;
    for _ in 0..2 {
        let looks = [-40.0, -20.0, 0.0, 20.0, 40.0].into_iter().filter_map(|turn| {
            let found = look(picture, &Square { turn: from.turn + turn, ..from })?;
            Some((turn, found))
        });
        let Some((turn, found)) = looks.max_by(|a, b| a.1.score.total_cmp(&b.1.score)) else { return best };
        best = Spot { score: spot.score.max(found.score), ..found };
        if turn.abs() < 30.0 {
            break;
        }
        from = found.square;
    }
    let symmetry = |square: &Square| symmetry::axis(&Patch::cut(picture, square, symmetry::SIDE)).1;
    let turns = (-3..=3).map(|step| {
        let square = Square { turn: best.square.turn + 5.0 * step as f32, ..best.square };
        (symmetry(&square) - 0.012 * (step as f32).abs(), square)
    });
    if let Some((_, square)) = turns.max_by(|a, b| a.0.total_cmp(&b.0)) {
        best = look(picture, &square)
            .map_or(Spot { square, ..best }, |found| Spot { square: found.square, ..best });
    }
    best.square.turn = within_half_turn(best.square.turn);
    best
}

/// The best face in the middle of a piece of the picture.
fn look(picture: &RgbImage, square: &Square) -> Option<Spot> {
    let outer = square.grown(CLOSE_GROWTH);
    let grey = GrayImage::from_raw(CLOSE as u32, CLOSE as u32, Patch::cut(picture, &outer, CLOSE).bytes())?;
    let middle = CLOSE as f32 / 2.0;
    run(&grey, 0.5)
        .into_iter()
        .filter(|(x, y, ..)| (x - middle).abs() + (y - middle).abs() < CLOSE as f32 * 0.3)
        .max_by(|a, b| a.3.total_cmp(&b.3))
        .map(|(x, y, side, score)| Spot { square: inner(&outer, CLOSE, (x, y, side)), score })
}

/// Runs the detector: centre, side and score of each face.
fn run(grey: &GrayImage, least: f64) -> Vec<(f32, f32, f32, f32)> {
    if grey.width() < 40 || grey.height() < 40 {
        return Vec::new();
    }
    DETECTOR.with_borrow_mut(|detector| {
        detector.set_score_thresh(least);
        detector.set_pyramid_scale_factor(0.8);
        detector.set_slide_window_step(4, 4);
        let faces = detector.detect(&ImageData::new(grey.as_raw(), grey.width(), grey.height()));
        faces
            .iter()
            .map(|face| {
                let frame = face.bbox();
                let side = (frame.width() + frame.height()) as f32 / 2.0;
                let x = frame.x() as f32 + frame.width() as f32 / 2.0;
                let y = frame.y() as f32 + frame.height() as f32 / 2.0;
                (x, y, side, face.score() as f32)
            })
            .collect()
    })
}

/// The same turn between -180 and 180 degrees.
pub fn within_half_turn(turn: f32) -> f32 {
    (turn + 180.0).rem_euclid(360.0) - 180.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_stay_within_half_a_turn() {
        assert!((within_half_turn(270.0) + 90.0).abs() < 0.001);
        assert!((within_half_turn(-200.0) - 160.0).abs() < 0.001);
    }

    #[test]
    fn a_blank_picture_has_no_face() {
        assert!(find(&RgbImage::from_pixel(300, 200, image::Rgb([200, 180, 160]))).is_empty());
    }
}
