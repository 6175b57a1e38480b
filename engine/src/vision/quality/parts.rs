//! Where the parts of a face lie in a picture.

use super::super::align::Frame;
use super::super::{Landmarks, Point};
use super::patch::Region;

/// The parts in the order in which everything speaks of them; left and right are those of the picture.
pub const PARTS: [&str; 7] =
    ["left_eye", "right_eye", "nose", "mouth", "left_cheek", "right_cheek", "chin_contour"];

/// The regions of the parts. Those of the right side run from right to left, so that both sides look alike.
pub(in super::super) fn regions(landmarks: &Landmarks) -> [Region; 7] {
    let face = Face::new(landmarks);
    [
        face.eye(36, 1.0),
        face.eye(42, -1.0),
        face.region(face.mean(&[29, 30, 30, 33]), 0.3, 0.36),
        face.region(face.mean(&[48, 54, 51, 57]), 0.5 * face.apart(48, 54).clamp(0.4, 1.3) + 0.12, 0.3),
        face.cheek([2, 3, 4], 31, [41, 48]),
        face.cheek([14, 13, 12], 35, [46, 54]),
        face.chin(),
    ]
}

/// Landmarks and the frame they make.
struct Face<'a> {
    landmarks: &'a Landmarks,
    /// One unit of the frame in pixels, and its axis across.
    unit: f32,
    axis: Point,
}

impl<'a> Face<'a> {
    fn new(landmarks: &'a Landmarks) -> Self {
        let frame = Frame::new(landmarks);
        let unit = frame.unit().max(1.0);
        let axis = Point { x: frame.across.x / unit, y: frame.across.y / unit };
        Self { landmarks, unit, axis }
    }

    fn mean(&self, points: &[usize]) -> Point {
        let count = points.len() as f32;
        Point {
            x: points.iter().map(|index| self.landmarks[*index].x).sum::<f32>() / count,
            y: points.iter().map(|index| self.landmarks[*index].y).sum::<f32>() / count,
        }
    }

    fn apart(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (self.landmarks[a], self.landmarks[b]);
        (a.x - b.x).hypot(a.y - b.y) / self.unit
    }

    /// A rectangle along the axes of the face; half its sides in units, a negative width runs leftwards.
    fn region(&self, middle: Point, wide: f32, high: f32) -> Region {
        let (wide, high) = (wide * self.unit, high * self.unit);
        Region {
            middle,
            across: Point { x: wide * self.axis.x, y: wide * self.axis.y },
            down: Point { x: -high * self.axis.y, y: high * self.axis.x },
        }
    }

    fn eye(&self, first: usize, side: f32) -> Region {
        let points: [usize; 6] = std::array::from_fn(|index| first + index);
        let wide = (0.85 * self.apart(first, first + 3)).clamp(0.2, 0.42);
        self.region(self.mean(&points), side * wide, 0.24)
    }

    /// Between the jaw, the nose, the eye and the corner of the mouth.
    fn cheek(&self, jaw: [usize; 3], nose: usize, [eye, mouth]: [usize; 2]) -> Region {
        let (outer, inner) = (self.mean(&jaw), self.landmarks[nose]);
        let (upper, lower) = (self.landmarks[eye], self.landmarks[mouth]);
        let level = |point: Point| (point.y - outer.y) * self.axis.x - (point.x - outer.x) * self.axis.y;
        let down = f32::midpoint(level(upper), level(lower));
        let width = (inner.x - outer.x) * self.axis.x + (inner.y - outer.y) * self.axis.y;
        let middle = Point {
            x: outer.x + 0.52 * width * self.axis.x - down * self.axis.y,
            y: outer.y + 0.52 * width * self.axis.y + down * self.axis.x,
        };
        let side = if jaw[0] < 8 { 1.0 } else { -1.0 };
        self.region(middle, side * (0.42 * width.abs() / self.unit).clamp(0.12, 0.42), 0.32)
    }

    /// From the lower lip to below the chin.
    fn chin(&self) -> Region {
        let (lip, chin) = (self.landmarks[57], self.mean(&[7, 8, 8, 9]));
        let middle = Point { x: lip.x + 0.7 * (chin.x - lip.x), y: lip.y + 0.7 * (chin.y - lip.y) };
        let high = (lip.x - chin.x).hypot(lip.y - chin.y) / self.unit;
        self.region(middle, 0.62, 0.5 * high.clamp(0.2, 0.8) + 0.1)
    }
}
