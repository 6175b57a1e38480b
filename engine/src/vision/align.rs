//! Where the parts of a face lie, whatever its size and roll.
//!
//! A [`Frame`] is a coordinate system on the face: its origin between the eyes, its x axis through them to the
//! picture's right, its unit the distance between them.

use super::part::PicturePart;
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
    // Shrinking takes the mean of as many pixels as fall together, but no more than three by three.
    let together = step.round().clamp(1.0, 3.0) as usize;
    let centred = 0.5 * (together - 1) as f32 / together as f32;
    let place = |index: usize, before: f32| (index as f32 + centred) * step - before * square;
    let at = |across: f32, down: f32| Point {
        x: middle.x + across * cosine - down * sine,
        y: middle.y + across * sine + down * cosine,
    };
    let corners =
        [(0, 0), (side, 0), (0, side), (side, side)].map(|(x, y)| at(place(x, 0.5), place(y, 0.43)));
    let part = PicturePart::around(picture, &corners, together);
    let mut colours = vec![[0.0; 3]; side * side];
    wide(
        #[inline(always)]
        || {
            for (y, row) in colours.chunks_exact_mut(side).enumerate() {
                let down = place(y, 0.43);
                for (x, colour) in row.iter_mut().enumerate() {
                    *colour = part.between(at(place(x, 0.5), down));
                }
            }
        },
    );
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A face whose eyes and mouth are each one point.
    fn face(left: [f32; 2], right: [f32; 2], mouth: [f32; 2]) -> Landmarks {
        let mut landmarks: Landmarks = Box::new([Point::default(); 68]);
        for (range, [x, y]) in [(36..42, left), (42..48, right), (48..68, mouth)] {
            landmarks[range].fill(Point { x, y });
        }
        landmarks
    }

    #[test]
    fn whether_shrunk_or_not_places_are_seen_where_they_are() {
        // Each pixel says where it lies.
        let rgb = (0..256 * 256).flat_map(|index| [(index % 256) as u8, (index / 256) as u8, 0]).collect();
        let picture = Picture::new(256, 256, rgb).expect("as many bytes as it says");
        let landmarks = face([100.0, 100.0], [150.0, 120.0], [115.0, 155.0]);
        let (sine, cosine) = 20.0_f32.atan2(50.0).sin_cos();
        let square = f32::midpoint(15.0_f32.hypot(55.0), 35.0_f32.hypot(35.0)) / 0.45;
        for (side, together) in [(150, 1_u8), (58, 2), (38, 3)] {
            let step = square / side as f32;
            assert_eq!(step.round() as u8, together, "{side}");
            let together = f32::from(together);
            for (index, colour) in upright(&picture, &landmarks, side).iter().enumerate() {
                let along = |index: usize, before: f32| {
                    (index as f32 + (together - 1.0) / (2.0 * together)) * step - before * square
                };
                let (across, down) = (along(index % side, 0.5), along(index / side, 0.43));
                let x = 365.0 / 3.0 + across * cosine - down * sine;
                let y = 125.0 + across * sine + down * cosine;
                let off = [colour[0] - x, colour[1] - y];
                assert!(off.iter().all(|off| off.abs() < 0.05), "{side}: {index} is off by {off:?}");
            }
        }
    }
}
