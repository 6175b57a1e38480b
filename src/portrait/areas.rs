//! Where on a head the seven parts lie that can be hidden.

use super::look::Look;
use super::maths::mix;
use super::measured;
use super::mouth::Shape;
use super::scene::{Part, Sitter};

/// The parts of one head: no point of it belongs to two.
pub(super) struct Areas {
    eye: Oval,
    cheek: Oval,
    mouth: Oval,
    nose: Nose,
    /// Half the width of the chin, and how high it begins.
    chin: (f32, f32),
}

/// An ellipse on one side of the face or in its middle: centre and half-axes.
struct Oval {
    x: f32,
    y: f32,
    wide: f32,
    high: f32,
}

/// The nose from under the eyes to its base: wider below.
struct Nose {
    top: f32,
    base: f32,
    bridge: f32,
    wide: f32,
}

impl Areas {
    /// Those of a head with this expression.
    pub(super) fn new(look: &Look, sitter: &Sitter) -> Self {
        let (eye, nose, lips) = (&look.eye, &look.nose, &look.mouth);
        let mouth = Shape::new(look, sitter);
        let (upper, lower) = (mouth.line(0.0) - mouth.upper_lip(lips, 0.0), mouth.lower_line(0.0));
        let lower = lower + mouth.lower_lip(lips, 0.0);
        Self {
            eye: Oval { x: eye.x, y: 0.0, wide: 1.15 * eye.wide, high: 0.12 },
            cheek: Oval { x: 0.58 * look.skull.wide, y: 0.45, wide: 0.22, high: 0.2 },
            mouth: Oval {
                x: 0.0,
                y: mix(upper, lower, 0.5),
                wide: mouth.wide,
                high: 0.5 * (lower - upper) + 0.02,
            },
            nose: Nose {
                top: (nose.long - 0.34).max(0.06),
                base: nose.long + 0.05,
                bridge: nose.bridge,
                wide: nose.wide,
            },
            chin: (0.4, (measured::chin(look) - 0.12).max(lower + 0.03)),
        }
    }

    /// The part to which a point of the head belongs, by its coordinates across and down.
    pub(super) fn at(&self, x: f32, y: f32) -> Option<Part> {
        let side = |left: Part, right: Part| if x < 0.0 { left } else { right };
        if self.eye.holds(x.abs(), y) {
            Some(side(Part::LeftEye, Part::RightEye))
        } else if self.nose.holds(x, y) {
            Some(Part::Nose)
        } else if self.mouth.holds(x, y) {
            Some(Part::Mouth)
        } else if y > self.chin.1 && x.abs() < self.chin.0 {
            Some(Part::ChinContour)
        } else if self.cheek.holds(x.abs(), y) {
            Some(side(Part::LeftCheek, Part::RightCheek))
        } else {
            None
        }
    }
}

impl Oval {
    fn holds(&self, x: f32, y: f32) -> bool {
        let (u, v) = ((x - self.x) / self.wide, (y - self.y) / self.high);
        u * u + v * v <= 1.0
    }
}

impl Nose {
    fn holds(&self, x: f32, y: f32) -> bool {
        let down = (y - self.top) / (self.base - self.top);
        (0.0..=1.0).contains(&down) && x.abs() <= mix(self.bridge, self.wide, down)
    }
}
