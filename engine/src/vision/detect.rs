//! Pixels to boxes, with the SeetaFace cascade.
//!
//! The cascade looks for faces of 40 pixels and more in an 8-bit grey picture, so the size of the picture it is
//! shown decides both the smallest face found and the time: about 0.14 µs a pixel. [`working_scale`] is where
//! that is settled.

use std::cell::RefCell;
use std::sync::LazyLock;

use image::imageops::{FilterType, resize};
use image::{GrayImage, ImageBuffer, Luma};
use rustface::{Detector, ImageData, Model};

use super::{Failure, Picture, Rect, Stage};

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
}

/// Scores below are not reported.
pub const LEAST_SCORE: f32 = 2.0;

/// The longest side the cascade is shown.
const LONGEST: f32 = 1280.0;
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
    search(picture, working_scale(picture))
}

/// The largest face. Looks at a small version first, where only large faces can be seen and time is short.
pub fn largest(picture: &Picture) -> Result<Option<Found>, Failure> {
    let full = working_scale(picture);
    let short = picture.width().min(picture.height()) as f32;
    let coarse = COARSE / short;
    if coarse < full {
        let found = search(picture, coarse)?;
        if let Some(first) = found.first() {
            return Ok(Some(*first));
        }
    }
    Ok(search(picture, full)?.first().copied())
}

/// How much the picture is resized before the cascade sees it; a face must then have 40 pixels.
fn working_scale(picture: &Picture) -> f32 {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let long = LONGEST / width.max(height);
    let grown = (GROWN / (width * height)).sqrt().clamp(1.0, MOST_GROWN);
    long.min(grown)
}

fn search(picture: &Picture, scale: f32) -> Result<Vec<Found>, Failure> {
    let (shown, margin) = shown(picture, scale);
    let (width, height) = shown.dimensions();
    let infos =
        DETECTOR.with_borrow_mut(|detector| detector.detect(&ImageData::new(shown.as_raw(), width, height)));
    // One scale a side: rounding the working size to whole pixels stretches it a little.
    let across = (width - 2 * margin) as f32 / picture.width() as f32;
    let down = (height - 2 * margin) as f32 / picture.height() as f32;
    let found: Vec<Found> = infos
        .iter()
        .map(|info| {
            let bbox = info.bbox();
            let rect = Rect {
                x: (bbox.x() as f32 - margin as f32) / across,
                y: (bbox.y() as f32 - margin as f32) / down,
                width: bbox.width() as f32 / across,
                height: bbox.height() as f32 / down,
            };
            Found { rect, score: info.score() as f32 }
        })
        .collect();
    if found.iter().any(|face| !face.score.is_finite()) {
        return Err(Failure::Stage(Stage::Detect));
    }
    Ok(apart(found, picture))
}

/// The picture as the cascade is shown it, and how many pixels were added on each side.
fn shown(picture: &Picture, scale: f32) -> (GrayImage, u32) {
    let grey = picture.grey();
    let size = |side: usize| ((side as f32 * scale).round() as u32).max(1);
    let (width, height) = (size(grey.width), size(grey.height));
    let original: ImageBuffer<Luma<u8>, _> =
        ImageBuffer::from_raw(grey.width as u32, grey.height as u32, grey.luma)
            .expect("a byte for every pixel");
    let resized = if (width, height) == original.dimensions() {
        original
    } else {
        resize(&original, width, height, FilterType::Triangle)
    };
    let margin = (width.min(height) as f32 * MARGIN) as u32;
    let padded = ImageBuffer::from_fn(width + 2 * margin, height + 2 * margin, |x, y| {
        let inside = |at: u32, side: u32| at.saturating_sub(margin).min(side - 1);
        *resized.get_pixel(inside(x, width), inside(y, height))
    });
    (padded, margin)
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
