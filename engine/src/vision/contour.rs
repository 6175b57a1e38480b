//! The landmarks of a face, looked for more than once.
//!
//! The net sees best what is framed as in its training: from above the brows to below the chin. A detector's box is
//! often too high or too wide for that, so the first landmarks only frame the second look, and the answer is the mean
//! of looks at frames a little smaller and larger, which takes away much of the net's unsteadiness.

use super::nets::input::Crop;
use super::nets::landmarks::Landmarks68;
use super::{Landmarks, Picture, Point, Rect};

/// The net is first shown the detector's box grown about a point below its middle.
const GROWN: f32 = 1.15;
/// How far below, as a part of the box.
const BELOW: f32 = 0.05;

/// The side of the frame in widths and in heights of the box around all landmarks, and how far its middle lies above that
/// of the box, as a part of the side: medians of the first look at 150 drawn people, who look straight ahead. Pictures
/// that are for measuring have no part in it. Faces are symmetric, so nothing moves the frame sideways.
const WIDTHS: f32 = 1.271;
const HEIGHTS: f32 = 1.358;
const ABOVE: f32 = 0.084;

/// The smallest frame, as a part of the detector's box: nearly all faces of drawn people, however turned, want more. Without
/// it landmarks that drew together would frame ever less of a face.
const LEAST: f32 = 0.95;

/// Sizes of the frames whose answers are averaged.
const SIZES: [f32; 3] = [0.93, 1.0, 1.07];

/// Where the landmarks are, roughly; `None` when the box lies outside the picture.
pub(super) fn roughly(net: &Landmarks68, picture: &Picture, rect: &Rect) -> Option<Landmarks> {
    let below = Rect { y: rect.y + rect.height * BELOW, ..*rect };
    let first = net.run(picture, &Crop::of(picture, &below.grown(GROWN))?);
    Some(net.run(picture, &Crop::of(picture, &framed(&first, rect))?))
}

/// Where they are, when it is known roughly.
pub(super) fn exactly(
    net: &Landmarks68,
    picture: &Picture,
    rect: &Rect,
    rough: &Landmarks,
) -> Option<Landmarks> {
    let frame = framed(rough, rect);
    let mut sum: Landmarks = Box::new([Point::default(); 68]);
    for size in SIZES {
        let seen = net.run(picture, &Crop::of(picture, &frame.grown(size))?);
        for (sum, point) in sum.iter_mut().zip(seen.iter()) {
            sum.x += point.x / SIZES.len() as f32;
            sum.y += point.y / SIZES.len() as f32;
        }
    }
    Some(sum)
}

/// The square around landmarks that the net would like to see, for a face in this box.
fn framed(landmarks: &Landmarks, rect: &Rect) -> Rect {
    let span = |of: fn(&Point) -> f32| {
        let (low, high) = landmarks
            .iter()
            .map(of)
            .fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)));
        (f32::midpoint(low, high), high - low)
    };
    let ((x, width), (y, height)) = (span(|point| point.x), span(|point| point.y));
    let side = f32::midpoint(WIDTHS * width, HEIGHTS * height).max(LEAST * rect.width);
    Rect { x: x - 0.5 * side, y: y - (ABOVE + 0.5) * side, width: side, height: side }
}
