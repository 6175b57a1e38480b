//! Glasses, from the picture: there is no net for them.
//!
//! Dark lenses make the eye region much darker than cheeks and forehead. Clear ones show by their bridge: a
//! horizontal line over the nose between the eyes, where bare skin is smooth.

use super::align::Frame;
use super::picture::luma;
use super::{Glasses, Landmarks, Picture};

/// The eye region is at most this part as bright as the skin around, under dark lenses.
const DARK: f32 = 0.5;
/// The line of a bridge stands out by this part of the skin's brightness.
const LINE: f32 = 0.16;

/// What is measured, as parts of the brightness of the skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    /// Brightness where lenses would be.
    pub lenses: f32,
    /// The largest step of brightness down the ridge of the nose between the eyes.
    pub bridge: f32,
}

/// Whether the face wears glasses.
pub fn glasses(picture: &Picture, landmarks: &Landmarks) -> Glasses {
    let signs = signs(picture, landmarks);
    if signs.lenses < DARK {
        Glasses::Sun
    } else if signs.bridge > LINE {
        Glasses::Common
    } else {
        Glasses::None
    }
}

/// Measures a face.
pub fn signs(picture: &Picture, landmarks: &Landmarks) -> Signs {
    let frame = Frame::new(landmarks);
    let skin = f32::max(
        f32::midpoint(
            mean(picture, &frame, [0.25, 0.65], [0.55, 0.8]),
            mean(picture, &frame, [-0.65, -0.25], [0.55, 0.8]),
        ),
        1.0,
    );
    let lenses = f32::midpoint(
        mean(picture, &frame, [0.2, 0.75], [-0.1, 0.25]),
        mean(picture, &frame, [-0.75, -0.2], [-0.1, 0.25]),
    );
    let rows: Vec<f32> = (0..16).map(|row| mean(picture, &frame, [-0.08, 0.08], band(row))).collect();
    let bridge = rows.windows(3).map(|three| (three[2] - three[0]).abs()).fold(0.0, f32::max);
    Signs { lenses: lenses / skin, bridge: bridge / skin }
}

/// A thin band across the nose, from just above the eyes to half way down.
fn band(row: usize) -> [f32; 2] {
    let top = -0.2 + row as f32 * 0.04;
    [top, top + 0.04]
}

/// The mean brightness of a rectangle of the frame.
fn mean(picture: &Picture, frame: &Frame, [left, right]: [f32; 2], [top, lower]: [f32; 2]) -> f32 {
    const SAMPLES: usize = 8;
    let at = |from: f32, to: f32, index: usize| from + (to - from) * (index as f32 + 0.5) / SAMPLES as f32;
    let sum: f32 = (0..SAMPLES * SAMPLES)
        .map(|index| {
            let place = frame.pixel(at(left, right, index % SAMPLES), at(top, lower, index / SAMPLES));
            f32::from(luma(picture.between(place.x, place.y).map(|value| value as u8)))
        })
        .sum();
    sum / (SAMPLES * SAMPLES) as f32
}
