//! Pixels to boxes, with the SeetaFace cascade.
//!
//! The cascade looks for faces of 40 pixels and more in an 8-bit grey picture, so the size of the picture it is
//! shown decides both the smallest face found and the time: about 0.14 µs a pixel, and some 4 ms for whatever looks like a
//! face. [`working_scale`] is where the size is settled, [`ladder`] is what keeps the time of large and of crowded
//! pictures within bounds.
//!
//! It knows upright faces, up to about 20° from the vertical. Where it finds nothing it looks closer, and where that finds
//! nothing the picture is turned and shown again: [`ROLLS`].

mod cascade;
mod found;
mod ladder;
mod sheet;

use super::{Failure, Picture};
use cascade::Shown;
use found::apart;
use ladder::Ladder;
use sheet::Sheet;

pub use found::{Found, LEAST_SCORE};

/// The longest side the cascade is shown at first.
const LONGEST: f32 = 1280.0;
/// So many faces are a crowd, in which some are likely to be small: as soon as that is known it is looked at more closely.
const CROWD: usize = 8;
/// The longest side, and the most pixels, that the cascade is shown of a crowd.
const LONGEST_CROWD: f32 = 1920.0;
const MOST_CROWD: f32 = 2e6;
/// The longest side, and the most pixels, that the cascade is shown of a picture in which nothing was found: a face may
/// be small. In a picture of 4000 × 3000 faces of 80 pixels are found then.
const LONGEST_CLOSER: f32 = 2560.0;
const MOST_CLOSER: f32 = 3e6;
/// By how many degrees a picture without upright faces is turned anticlockwise: faces with a roll of up to 50° are then
/// at most 18° from the vertical.
const ROLLS: [f32; 2] = [32.0, -32.0];
/// The longest side the cascade is shown of a turned picture: most pictures without upright faces have none at all.
const LONGEST_TURNED: f32 = 800.0;
/// Scores in a turned picture, and in one that is looked at closer because nothing was found, must be higher: it is
/// looked at more than once.
const LEAST_AGAIN: f32 = 3.0;
/// Pictures are grown up to this many pixels, so that small faces are found in small pictures.
const GROWN: f32 = 100_000.0;
/// Growing further than this finds nothing more.
const MOST_GROWN: f32 = 2.5;
/// The short side the cascade is shown when only the largest face is wanted.
const COARSE: f32 = 200.0;
/// All faces, largest first, at most one a place. From `enough` faces on no smaller ones are looked for, so there may be a
/// few more.
pub fn faces(picture: &Picture, enough: usize) -> Result<Vec<Found>, Failure> {
    let sheet = Sheet::of(picture);
    let scale = working_scale(picture);
    let mut ladder = Ladder::new(&sheet);
    ladder.climb(scale, CROWD.min(enough))?;
    match ladder.found.len() {
        0 => {}
        CROWD.. => {
            ladder.climb(sheet.scale_within(LONGEST_CROWD, MOST_CROWD).max(scale), enough)?;
            return Ok(ladder.found);
        }
        _ => return Ok(ladder.found),
    }
    ladder.climb(sheet.scale_within(LONGEST_CLOSER, MOST_CLOSER), enough)?;
    ladder.found.retain(|face| face.score >= LEAST_AGAIN);
    if ladder.found.is_empty() { turned(&sheet, scale) } else { Ok(ladder.found) }
}

/// The largest face. Looks at a small version first, where only large faces can be seen and time is short.
pub fn largest(picture: &Picture, enough: usize) -> Result<Option<Found>, Failure> {
    let short = picture.width().min(picture.height()) as f32;
    let coarse = COARSE / short;
    if coarse < working_scale(picture) {
        let sheet = Sheet::of(picture);
        let found = apart(Shown::whole(&sheet.resized(coarse)).search(&sheet, None)?, &sheet);
        if let Some(first) = found.first() {
            return Ok(Some(*first));
        }
    }
    Ok(faces(picture, enough)?.first().copied())
}

/// The faces that are upright when the picture is turned.
fn turned(sheet: &Sheet, scale: f32) -> Result<Vec<Found>, Failure> {
    let resized = sheet.resized(scale.min(LONGEST_TURNED / sheet.longest()));
    let mut found = Vec::new();
    for roll in ROLLS {
        found.extend(Shown::turned(&resized, roll).search(sheet, None)?);
    }
    found.retain(|face| face.score >= LEAST_AGAIN);
    Ok(apart(found, sheet))
}

/// How much the picture is resized before the cascade sees it; a face must then have 40 pixels.
fn working_scale(picture: &Picture) -> f32 {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let long = LONGEST / width.max(height);
    let grown = (GROWN / (width * height)).sqrt().clamp(1.0, MOST_GROWN);
    long.min(grown)
}
