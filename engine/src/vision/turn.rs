//! A picture turned in its plane, and the way back.

use super::{Landmarks, Picture, Point, Rect};

/// How a turned canvas lies on a picture: `roll` is the angle by which what is upright on the canvas is turned
/// clockwise in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    sine: f32,
    cosine: f32,
    /// The same place on the canvas and in the picture.
    canvas: Point,
    picture: Point,
}

impl Turn {
    /// A canvas whose point `canvas` lies on the point `picture`, for a roll in degrees.
    pub(super) fn new(roll: f32, canvas: Point, picture: Point) -> Self {
        let (sine, cosine) = roll.to_radians().sin_cos();
        Self { sine, cosine, canvas, picture }
    }

    /// Where a point of the canvas lies in the picture.
    pub(super) fn back(&self, point: Point) -> Point {
        let (x, y) = (point.x - self.canvas.x, point.y - self.canvas.y);
        Point {
            x: self.picture.x + x * self.cosine - y * self.sine,
            y: self.picture.y + x * self.sine + y * self.cosine,
        }
    }

    /// A box of the canvas in the picture: as large, upright, about the same middle.
    pub(super) fn back_box(&self, rect: &Rect) -> Rect {
        let Point { x, y } = self.back(rect.centre());
        Rect { x: x - rect.width / 2.0, y: y - rect.height / 2.0, ..*rect }
    }

    /// Landmarks of the canvas in the picture.
    pub(super) fn back_landmarks(&self, landmarks: &Landmarks) -> Landmarks {
        Box::new(landmarks.map(|point| self.back(point)))
    }
}

/// The surroundings of a box turned upright: twice its size, pixel for pixel, and where they lie.
pub(super) fn upright(picture: &Picture, rect: &Rect, roll: f32) -> Option<(Picture, Turn)> {
    let width = ((rect.width * 2.0) as usize).clamp(1, picture.width() * 2);
    let height = ((rect.height * 2.0) as usize).clamp(1, picture.height() * 2);
    let middle = Point { x: width as f32 / 2.0, y: height as f32 / 2.0 };
    let turn = Turn::new(roll, middle, rect.centre());
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let Point { x, y } = turn.back(Point { x: x as f32, y: y as f32 });
            rgb.extend(picture.between(x, y).map(|value| value as u8));
        }
    }
    Some((Picture::new(width, height, rgb)?, turn))
}

/// Where the box lies on the canvas that [`upright`] makes of it.
pub(super) fn inside(rect: &Rect) -> Rect {
    Rect { x: rect.width / 2.0, y: rect.height / 2.0, ..*rect }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clockwise_roll_takes_up_to_the_right() {
        let turn = Turn::new(90.0, Point { x: 5.0, y: 5.0 }, Point { x: 20.0, y: 10.0 });
        let up = turn.back(Point { x: 5.0, y: 1.0 });
        assert!((up.x - 24.0).abs() < 1e-4 && (up.y - 10.0).abs() < 1e-4, "{up:?}");
        let rect = turn.back_box(&Rect { x: 3.0, y: 0.0, width: 4.0, height: 2.0 });
        assert!((rect.x - 22.0).abs() < 1e-4 && (rect.y - 9.0).abs() < 1e-4, "{rect:?}");
    }
}
