//! What the cascade is shown, and what it says.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use image::{GrayImage, ImageBuffer};
use rustface::{Detector, ImageData, Model};

use super::super::turn::Turn;
use super::super::{Failure, Point, Rect, Stage};
use super::found::{Found, LEAST_SCORE};
use super::sheet::Sheet;

/// Pixels a side of the smallest faces it finds.
pub(super) const LEAST: f32 = 40.0;
/// Replicated around the picture, as a share of its short side: faces cut by the edge are found then.
const MARGIN: f32 = 0.1;

/// The detection model, embedded by the build script.
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/seeta.bin"));
    rustface::read_model(bytes).expect("the build script checked the model's SHA-256")
});

thread_local! {
    /// A detector keeps scratch space, so every worker thread has its own.
    static DETECTOR: RefCell<Box<dyn Detector>> = RefCell::new(detector());
}

fn detector() -> Box<dyn Detector> {
    let mut detector = rustface::create_detector_with_model(MODEL.clone());
    detector.set_score_thresh(f64::from(LEAST_SCORE));
    detector.set_pyramid_scale_factor(0.8);
    detector.set_slide_window_step(4, 4);
    detector
}

/// What the cascade is shown, and how it lies on the copy of the picture that it was made of.
pub(super) struct Shown<'a> {
    copy: &'a GrayImage,
    image: GrayImage,
    turn: Turn,
    roll: f32,
}

impl<'a> Shown<'a> {
    /// All of a copy, with a margin.
    pub(super) fn whole(copy: &'a GrayImage) -> Self {
        Self::part(copy, 0..copy.width(), 0..copy.height())
    }

    /// Some columns and rows, with a margin where the picture ends.
    pub(super) fn part(copy: &'a GrayImage, columns: Range<u32>, rows: Range<u32>) -> Self {
        let margin = margin(copy);
        let grown = |range: &Range<u32>, side: u32| {
            let (before, after) = (range.start == 0, range.end == side);
            let margin = i64::from(margin);
            let start = i64::from(range.start) - if before { margin } else { 0 };
            start..i64::from(range.end) + if after { margin } else { 0 }
        };
        let (across, down) = (grown(&columns, copy.width()), grown(&rows, copy.height()));
        let corner = Point { x: across.start as f32, y: down.start as f32 };
        let turn = Turn::new(0.0, Point::default(), corner);
        Self { copy, image: with_edges_replicated(copy, &across, &down), turn, roll: 0.0 }
    }

    /// All of a copy, turned anticlockwise by `roll` degrees, with a margin.
    pub(super) fn turned(copy: &'a GrayImage, roll: f32) -> Self {
        let (width, height) = copy.dimensions();
        let (sine, cosine) = roll.to_radians().sin_cos();
        let long = |along: u32, across: u32| {
            (along as f32 * cosine.abs() + across as f32 * sine.abs()).round() as u32 + 2 * margin(copy)
        };
        let (wide, high) = (long(width, height), long(height, width));
        let middle = |width: u32, height: u32| Point { x: width as f32 / 2.0, y: height as f32 / 2.0 };
        let turn = Turn::new(roll, middle(wide, high), middle(width, height));
        let image = ImageBuffer::from_fn(wide, high, |x, y| {
            let inside = |at: f32, side: u32| (at.max(0.0) as u32).min(side - 1);
            let Point { x, y } = turn.back(Point { x: x as f32 + 0.5, y: y as f32 + 0.5 });
            *copy.get_pixel(inside(x, width), inside(y, height))
        });
        Self { copy, image, turn, roll }
    }

    /// What the cascade finds of at most so many pixels a side, if a number is given; in pixels of the picture.
    pub(super) fn search(&self, sheet: &Sheet, most: Option<u32>) -> Result<Vec<Found>, Failure> {
        // One scale a side: rounding the size of the copy to whole pixels stretches it a little.
        let across = self.copy.width() as f32 / sheet.width() as f32;
        let down = self.copy.height() as f32 / sheet.height() as f32;
        let (width, height) = self.image.dimensions();
        let infos = DETECTOR.with_borrow_mut(|detector| {
            detector.set_max_face_size(most.unwrap_or(i32::MAX as u32));
            detector.detect(&ImageData::new(self.image.as_raw(), width, height))
        });
        let found: Vec<Found> = infos
            .iter()
            .map(|info| {
                let bbox = info.bbox();
                let (x, y, width, height) = (bbox.x(), bbox.y(), bbox.width(), bbox.height());
                let rect = Rect { x: x as f32, y: y as f32, width: width as f32, height: height as f32 };
                let rect = self.turn.back_box(&rect);
                let rect = Rect {
                    x: rect.x / across,
                    y: rect.y / down,
                    width: rect.width / across,
                    height: rect.height / down,
                };
                Found { rect, score: info.score() as f32, roll: self.roll }
            })
            .collect();
        if found.iter().any(|face| !face.score.is_finite()) {
            return Err(Failure::Stage(Stage::Detect));
        }
        Ok(found)
    }
}

fn margin(copy: &GrayImage) -> u32 {
    (copy.width().min(copy.height()) as f32 * MARGIN) as u32
}

/// A part of a picture that may reach beyond it, where its edge is replicated.
fn with_edges_replicated(picture: &GrayImage, columns: &Range<i64>, rows: &Range<i64>) -> GrayImage {
    let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
    let (before, after) = ((-columns.start).max(0) as usize, (columns.end - width).max(0) as usize);
    let (left, right) = (columns.start.max(0) as usize, columns.end.min(width) as usize);
    let (wide, high) = ((columns.end - columns.start) as usize, (rows.end - rows.start) as usize);
    let mut bytes = Vec::with_capacity(wide * high);
    for y in rows.clone() {
        let start = (y.clamp(0, height - 1) * width) as usize;
        let line = &picture.as_raw()[start + left..start + right];
        bytes.resize(bytes.len() + before, line[0]);
        bytes.extend_from_slice(line);
        bytes.resize(bytes.len() + after, line[line.len() - 1]);
    }
    ImageBuffer::from_raw(wide as u32, high as u32, bytes).expect("a byte for every pixel")
}
