//! Where the parts of a face lie, whatever its size and roll.
//!
//! A [`Frame`] is a coordinate system on the face: its origin between the eyes, its x axis through them to the
//! picture's right, its unit the distance between them.

use super::wide::wide;
use super::{Landmarks, Picture, Point, Rect};

/// A coordinate system on a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Where the origin lies, in pixels.
    pub origin: Point,
    /// The x axis, in pixels for one unit.
    pub across: Point,
}

impl Frame {
    /// The frame of 68 landmarks.
    pub fn new(landmarks: &Landmarks) -> Self {
        let (left, right) = eyes(landmarks);
        Self {
            origin: Point { x: f32::midpoint(left.x, right.x), y: f32::midpoint(left.y, right.y) },
            across: Point { x: right.x - left.x, y: right.y - left.y },
        }
    }

    /// The pixels at a place given in units.
    pub fn pixel(&self, x: f32, y: f32) -> Point {
        Point {
            x: self.origin.x + x * self.across.x - y * self.across.y,
            y: self.origin.y + x * self.across.y + y * self.across.x,
        }
    }

    /// A unit in pixels.
    pub fn unit(&self) -> f32 {
        self.across.x.hypot(self.across.y)
    }
}

/// The square of the face that the recognition net was trained to see, turned upright: the colours of `side` × `side`
/// places, row by row.
///
/// The square is placed by the centres of the eyes and of the mouth, as the net's own aligner does: its side is
/// the mean distance from eye to mouth divided by 0.45, the mean of the centres lies at half its width and 43 %
/// of its height. That aligner does not turn. Turning along the eyes lowers the equal error rate on ORL from 1.16 %
/// to 1.11 % and lifts the rate of right first guesses from 99.7 % to 100 %.
pub fn upright(picture: &Picture, landmarks: &Landmarks, side: usize) -> Vec<[f32; 3]> {
    let (left, right) = eyes(landmarks);
    let mouth = centre(&landmarks[48..68]);
    let middle = centre(&[left, right, mouth]);
    let square = f32::midpoint(distance(left, mouth), distance(right, mouth)) / 0.45;
    let angle = (right.y - left.y).atan2(right.x - left.x);
    let (sine, cosine) = angle.sin_cos();
    let step = square / side as f32;
    // Shrinking takes the mean of as many samples as pixels fall together, but no more than nine.
    let samples = step.round().clamp(1.0, 3.0) as usize;
    let place = |index: usize, before: f32| {
        let part = (index % samples) as f32 / samples as f32;
        ((index / samples) as f32 + part) * step - before * square
    };
    let across: Vec<f32> = (0..side * samples).map(|index| place(index, 0.5)).collect();
    let mut colours = vec![[0.0; 3]; side * side];
    wide(
        #[inline(always)]
        || {
            for (y, row) in colours.chunks_exact_mut(side).enumerate() {
                for index in y * samples..(y + 1) * samples {
                    let down = place(index, 0.43);
                    let start = Point { x: middle.x - down * sine, y: middle.y + down * cosine };
                    for (sum, across) in row.iter_mut().zip(across.chunks_exact(samples)) {
                        for across in across {
                            let colour = picture.between(start.x + across * cosine, start.y + across * sine);
                            for (sum, colour) in sum.iter_mut().zip(colour) {
                                *sum += colour;
                            }
                        }
                    }
                }
            }
        },
    );
    let share = 1.0 / (samples * samples) as f32;
    colours.as_flattened_mut().iter_mut().for_each(|sum| *sum *= share);
    colours
}

/// The box around all landmarks, grown by a fifth: what the attribute nets are shown.
pub fn whole_face(landmarks: &Landmarks) -> Rect {
    let fold = |start: f32, pick: fn(f32, f32) -> f32, of: fn(&Point) -> f32| {
        landmarks.iter().map(of).fold(start, pick)
    };
    let (left, right) = (fold(f32::MAX, f32::min, |p| p.x), fold(f32::MIN, f32::max, |p| p.x));
    let (top, lower) = (fold(f32::MAX, f32::min, |p| p.y), fold(f32::MIN, f32::max, |p| p.y));
    Rect { x: left, y: top, width: right - left, height: lower - top }.grown(1.2)
}

/// The centres of the eye on the picture's left and of the one on its right.
pub fn eyes(landmarks: &Landmarks) -> (Point, Point) {
    (centre(&landmarks[36..42]), centre(&landmarks[42..48]))
}

fn centre(points: &[Point]) -> Point {
    let count = points.len() as f32;
    Point {
        x: points.iter().map(|point| point.x).sum::<f32>() / count,
        y: points.iter().map(|point| point.y).sum::<f32>() / count,
    }
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}
