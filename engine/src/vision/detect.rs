//! Pixels to boxes, with the SeetaFace cascade.
//!
//! The cascade looks for faces of 40 pixels and more in an 8-bit grey picture, so the size of the picture it is
//! shown decides both the smallest face found and the time: about 0.14 µs a pixel. [`working_scale`] is where
//! that is settled.
//!
//! It knows upright faces, up to about 20° from the vertical. Where it finds nothing the picture is turned and shown
//! again: [`ROLLS`].

use std::cell::RefCell;
use std::sync::LazyLock;

use image::imageops::{FilterType, resize};
use image::{GrayImage, ImageBuffer, Luma};
use rustface::{Detector, ImageData, Model};

use super::turn::Turn;
use super::{Failure, Picture, Point, Rect, Stage};

/// The detection model, embedded by the build script.
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/seeta.bin"));
    rustface::read_model(bytes).expect("the build script checked the model's SHA-256")
});

thread_local! {
    /// A detector keeps scratch space, so every worker thread has its own.
    static DETECTOR: RefCell<Box<dyn Detector>> = RefCell::new(detector());
}

/// A face found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The square from brow to chin, in pixels of the picture; parts may lie outside of it.
    pub rect: Rect,
    /// From [`LEAST_SCORE`] up; clear faces have 5 to 25.
    pub score: f32,
    /// By how many degrees the picture had to be turned anticlockwise for it; 0 for faces found as they are.
    pub roll: f32,
}

/// Scores below are not reported.
pub const LEAST_SCORE: f32 = 2.0;

/// The longest side the cascade is shown.
const LONGEST: f32 = 1280.0;
/// So many faces are a crowd, in which some are likely to be small: it is looked at again, more closely.
const CROWD: usize = 8;
/// The longest side the cascade is shown of a crowd.
const LONGEST_CROWD: f32 = 1920.0;
/// By how many degrees a picture without upright faces is turned anticlockwise: faces with a roll of up to 50° are then
/// at most 18° from the vertical.
const ROLLS: [f32; 2] = [32.0, -32.0];
/// The longest side the cascade is shown of a turned picture: most pictures without upright faces have none at all.
const LONGEST_TURNED: f32 = 800.0;
/// Scores in a turned picture must be higher: it is looked at more than once.
const LEAST_TURNED: f32 = 3.0;
/// Pictures are grown up to this many pixels, so that small faces are found in small pictures.
const GROWN: f32 = 100_000.0;
/// Growing further than this finds nothing more.
const MOST_GROWN: f32 = 2.5;
/// The short side the cascade is shown when only the largest face is wanted.
const COARSE: f32 = 200.0;
/// Replicated around the picture, as a share of its short side: faces cut by the edge are found then.
const MARGIN: f32 = 0.1;
/// Boxes that share more than this part of the smaller one are the same face.
const SAME: f32 = 0.4;

/// All faces, largest first, at most one a place.
pub fn faces(picture: &Picture) -> Result<Vec<Found>, Failure> {
    let scale = working_scale(picture);
    let found = search(picture, scale, 0.0)?;
    let closer = (LONGEST_CROWD / picture.width().max(picture.height()) as f32).min(1.0);
    match found.len() {
        0 => turned(picture),
        CROWD.. if closer > scale => search(picture, closer, 0.0),
        _ => Ok(found),
    }
}

/// The largest face. Looks at a small version first, where only large faces can be seen and time is short.
pub fn largest(picture: &Picture) -> Result<Option<Found>, Failure> {
    let full = working_scale(picture);
    let short = picture.width().min(picture.height()) as f32;
    let coarse = COARSE / short;
    if coarse < full {
        let found = search(picture, coarse, 0.0)?;
        if let Some(first) = found.first() {
            return Ok(Some(*first));
        }
    }
    Ok(faces(picture)?.first().copied())
}

/// The faces that are upright when the picture is turned.
fn turned(picture: &Picture) -> Result<Vec<Found>, Failure> {
    let longest = picture.width().max(picture.height()) as f32;
    let scale = working_scale(picture).min(LONGEST_TURNED / longest);
    let mut found = Vec::new();
    for roll in ROLLS {
        found.extend(search(picture, scale, roll)?);
    }
    found.retain(|face| face.score >= LEAST_TURNED);
    Ok(apart(found, picture))
}

/// How much the picture is resized before the cascade sees it; a face must then have 40 pixels.
fn working_scale(picture: &Picture) -> f32 {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let long = LONGEST / width.max(height);
    let grown = (GROWN / (width * height)).sqrt().clamp(1.0, MOST_GROWN);
    long.min(grown)
}

/// The faces that are upright when a picture of this scale is turned anticlockwise by `roll` degrees.
fn search(picture: &Picture, scale: f32, roll: f32) -> Result<Vec<Found>, Failure> {
    let resized = resized(picture, scale);
    // One scale a side: rounding the working size to whole pixels stretches it a little.
    let across = resized.width() as f32 / picture.width() as f32;
    let down = resized.height() as f32 / picture.height() as f32;
    let (shown, turn) = shown(&resized, roll);
    let (width, height) = shown.dimensions();
    let infos =
        DETECTOR.with_borrow_mut(|detector| detector.detect(&ImageData::new(shown.as_raw(), width, height)));
    let found: Vec<Found> = infos
        .iter()
        .map(|info| {
            let bbox = info.bbox();
            let (x, y, width, height) = (bbox.x(), bbox.y(), bbox.width(), bbox.height());
            let rect =
                turn.back_box(&Rect { x: x as f32, y: y as f32, width: width as f32, height: height as f32 });
            let rect = Rect {
                x: rect.x / across,
                y: rect.y / down,
                width: rect.width / across,
                height: rect.height / down,
            };
            Found { rect, score: info.score() as f32, roll }
        })
        .collect();
    if found.iter().any(|face| !face.score.is_finite()) {
        return Err(Failure::Stage(Stage::Detect));
    }
    Ok(apart(found, picture))
}

/// The picture in grey and resized.
fn resized(picture: &Picture, scale: f32) -> GrayImage {
    let grey = picture.grey();
    let size = |side: usize| ((side as f32 * scale).round() as u32).max(1);
    let (width, height) = (size(grey.width), size(grey.height));
    let original: ImageBuffer<Luma<u8>, _> =
        ImageBuffer::from_raw(grey.width as u32, grey.height as u32, grey.luma)
            .expect("a byte for every pixel");
    if (width, height) == original.dimensions() {
        original
    } else {
        resize(&original, width, height, FilterType::Triangle)
    }
}

/// The picture as the cascade is shown it, with a margin, and how it lies on the resized one.
fn shown(resized: &GrayImage, roll: f32) -> (GrayImage, Turn) {
    let (width, height) = resized.dimensions();
    let margin = (width.min(height) as f32 * MARGIN) as u32;
    let (sine, cosine) = roll.to_radians().sin_cos();
    let long = |along: u32, across: u32| {
        (along as f32 * cosine.abs() + across as f32 * sine.abs()).round() as u32 + 2 * margin
    };
    let (wide, high) = (long(width, height), long(height, width));
    let middle = |width: u32, height: u32| Point { x: width as f32 / 2.0, y: height as f32 / 2.0 };
    let turn = Turn::new(roll, middle(wide, high), middle(width, height));
    let shown = match roll == 0.0 {
        true => margined(resized, margin),
        false => ImageBuffer::from_fn(wide, high, |x, y| {
            let inside = |at: f32, side: u32| (at.max(0.0) as u32).min(side - 1);
            let Point { x, y } = turn.back(Point { x: x as f32 + 0.5, y: y as f32 + 0.5 });
            *resized.get_pixel(inside(x, width), inside(y, height))
        }),
    };
    (shown, turn)
}

/// A picture with its edge replicated all around.
fn margined(picture: &GrayImage, margin: u32) -> GrayImage {
    let (width, height) = picture.dimensions();
    let (beside, wide) = (margin as usize, width + 2 * margin);
    let mut bytes = Vec::with_capacity((wide * (height + 2 * margin)) as usize);
    for y in 0..height + 2 * margin {
        let line = y.saturating_sub(margin).min(height - 1) as usize * width as usize;
        let line = &picture.as_raw()[line..line + width as usize];
        bytes.resize(bytes.len() + beside, line[0]);
        bytes.extend_from_slice(line);
        bytes.resize(bytes.len() + beside, line[line.len() - 1]);
    }
    ImageBuffer::from_raw(wide, height + 2 * margin, bytes).expect("a byte for every pixel")
}

/// Keeps the surer one of two boxes at the same place, and none whose centre is outside; largest first.
fn apart(mut found: Vec<Found>, picture: &Picture) -> Vec<Found> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let mut kept: Vec<Found> = Vec::new();
    for face in found {
        let centre = face.rect.centre();
        let inside = (0.0..width).contains(&centre.x) && (0.0..height).contains(&centre.y);
        if inside && kept.iter().all(|other| shared(&face.rect, &other.rect) <= SAME) {
            kept.push(face);
        }
    }
    kept.sort_by(|a, b| b.rect.area().total_cmp(&a.rect.area()));
    kept
}

/// The part of the smaller box that both share.
fn shared(a: &Rect, b: &Rect) -> f32 {
    let across = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
    let down = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
    across.max(0.0) * down.max(0.0) / a.area().min(b.area())
}

fn detector() -> Box<dyn Detector> {
    let mut detector = rustface::create_detector_with_model(MODEL.clone());
    detector.set_score_thresh(f64::from(LEAST_SCORE));
    detector.set_pyramid_scale_factor(0.8);
    detector.set_slide_window_step(4, 4);
    detector
}
