//! Places and angles: boxes, points, and how a head is held.

/// A box in pixels of the oriented picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Rect {
    /// Its middle.
    pub fn centre(&self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    /// Square pixels.
    pub fn area(&self) -> f32 {
        self.width * self.height
    }

    /// The box with its sides multiplied, about its middle.
    #[must_use]
    pub fn grown(&self, factor: f32) -> Self {
        let Point { x, y } = self.centre();
        let (width, height) = (self.width * factor, self.height * factor);
        Self { x: x - width / 2.0, y: y - height / 2.0, width, height }
    }
}

/// A point in pixels of the oriented picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

/// 68 points.
pub type Landmarks = Box<[Point; 68]>;

/// The angles of a head in degrees: it is turned by the yaw, then raised by the pitch, then rolled, each about an axis of
/// the picture. The vendors name no order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pose {
    /// Up and down; positive looks up.
    pub pitch: f32,
    /// Left and right; positive turns to the picture's right.
    pub yaw: f32,
    /// In the plane; positive turns clockwise.
    pub roll: f32,
}
