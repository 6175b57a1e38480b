//! The few functions all the drawing is made of. Only IEEE-exact operations, and `libm` for the rest.

use std::ops::{Add, Mul, Sub};

/// Linear between `a` and `b`.
pub(super) fn mix(a: f32, b: f32, share: f32) -> f32 {
    a + (b - a) * share
}

/// 0 before `from`, 1 after `to`, smooth between; `from` may be larger than `to`.
pub(super) fn smooth(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A bell like exp(-r²), given r²; exactly 0 from r = 2 on, so that it can be skipped there.
pub(super) fn bell(r2: f32) -> f32 {
    let q = (1.0 - 0.25 * r2).max(0.0);
    (q * q) * (q * q)
}

/// A bell with half-widths `wide` and `high` about a centre.
pub(super) fn bump(x: f32, y: f32, wide: f32, high: f32) -> f32 {
    let (u, v) = (x / wide, y / high);
    bell(u * u + v * v)
}

/// `x` to a power, 0 for negative `x`.
pub(super) fn power(x: f32, exponent: f32) -> f32 {
    libm::powf(x.max(0.0), exponent)
}

/// Sine and cosine of degrees.
pub(super) fn turn(degrees: f32) -> (f32, f32) {
    let radians = degrees * (std::f32::consts::PI / 180.0);
    (libm::sinf(radians), libm::cosf(radians))
}

/// A point or direction: x to the picture's right, y down, z to the viewer; a unit is about half a head's width.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct V3 {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) z: f32,
}

/// The point with these coordinates.
pub(super) const fn v3(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

impl V3 {
    pub(super) fn dot(self, o: Self) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    pub(super) fn cross(self, o: Self) -> Self {
        v3(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }

    /// The same direction with length 1; a null vector stays null.
    pub(super) fn unit(self) -> Self {
        let length = self.dot(self).sqrt();
        self * (1.0 / length.max(1e-9))
    }

    /// Linear between two points.
    pub(super) fn mix(self, o: Self, share: f32) -> Self {
        self + (o - self) * share
    }
}

impl Add for V3 {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        v3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl Sub for V3 {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        v3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for V3 {
    type Output = Self;
    fn mul(self, k: f32) -> Self {
        v3(self.x * k, self.y * k, self.z * k)
    }
}

/// Cosine of radians.
pub(super) fn cosine(radians: f32) -> f32 {
    libm::cosf(radians)
}

/// The angle in radians with this cosine.
pub(super) fn arc_cosine(cosine: f32) -> f32 {
    libm::acosf(cosine.clamp(-1.0, 1.0))
}
