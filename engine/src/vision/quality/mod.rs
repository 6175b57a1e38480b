//! How good a picture of a face is: blur, illumination, completeness, occlusion.
//!
//! Knows pixels, landmarks and the detector's box; decides nothing. The units and ranges are those of Baidu's
//! `quality` object, and so is what the numbers are compared with. A face is refused when a number is
//!
//! | number | range | refused when | LOW | NORMAL | HIGH |
//! | --- | --- | --- | --- | --- | --- |
//! | occlusion of each part | 0 to 1 | above | 0.8 | 0.6 | 0.2 |
//! | blur | 0 to 1 | above | 0.8 | 0.6 | 0.2 |
//! | illumination | 0 to 255 | below | 20 | 40 | 100 |
//! | completeness | 0 or 1 | below | 0 | 0 | 1 |
//!
//! Start with [`quality`]; one file a number, their constants fitted on drawn portraits whose truth is known.

pub mod blur;
mod completeness;
mod illumination;
pub mod occlusion;
pub mod openness;
pub(super) mod parts;
pub(super) mod patch;
mod values;

pub(super) use completeness::completeness;
pub use values::{Occlusion, Quality};

use super::{Landmarks, Picture, Rect};

/// Judges a face with these landmarks in the detector's box, which may reach beyond the picture.
pub fn quality(picture: &Picture, landmarks: &Landmarks, rect: &Rect) -> Quality {
    let blur = blur::blur(picture, landmarks);
    Quality {
        occlusion: occlusion::occlusion(picture, landmarks),
        blur,
        illumination: illumination::illumination(picture, landmarks),
        completeness: completeness(picture, rect),
    }
}
