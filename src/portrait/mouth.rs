//! Lips, teeth and the shadows about mouth and nostrils, painted.

use super::colour::{blend, scale, srgb};
use super::head;
use super::look::{Look, Mouth};
use super::maths::{bell, bump, cosine, mix, smooth};
use super::scene::Sitter;
use super::texture::{Area, Texture};

/// The shape of a mouth, as drawn with an expression.
pub(super) struct Shape {
    pub(super) y: f32,
    pub(super) wide: f32,
    lift: f32,
    pub(super) gap: f32,
    smile: f32,
}

impl Shape {
    pub(super) fn new(look: &Look, sitter: &Sitter) -> Self {
        Self {
            y: look.mouth.y,
            wide: look.mouth.wide * (1.0 + 0.35 * sitter.smile - 0.12 * sitter.mouth),
            lift: 0.15 * sitter.smile + look.mouth.corner,
            gap: head::gap(sitter),
            smile: sitter.smile,
        }
    }

    /// The lower edge of the upper lip.
    pub(super) fn line(&self, x: f32) -> f32 {
        let t = x / self.wide;
        self.y + 0.015 - self.lift * t * t
    }

    /// The upper edge of the lower lip.
    pub(super) fn lower_line(&self, x: f32) -> f32 {
        self.line(x) + self.gap * self.fullness(x)
    }

    /// How high the upper lip is.
    pub(super) fn upper_lip(&self, lips: &Mouth, x: f32) -> f32 {
        let full = self.fullness(x);
        let bow = 1.0 - 0.3 * lips.bow * bump(x, 0.0, 0.045, 1.0)
            + 0.12 * lips.bow * bump(x.abs() - 0.07, 0.0, 0.05, 1.0);
        lips.upper * (full * (1.3 - 0.3 * full)) * bow * (1.0 - 0.2 * self.smile)
    }

    /// How high the lower lip is.
    pub(super) fn lower_lip(&self, lips: &Mouth, x: f32) -> f32 {
        let full = self.fullness(x);
        lips.lower * (full * (1.4 - 0.4 * full)) * (1.0 - 0.2 * self.smile)
    }

    /// 1 in the middle, 0 at the corners.
    fn fullness(&self, x: f32) -> f32 {
        let t = x / self.wide;
        (1.0 - t * t).max(0.0)
    }
}

/// Paints the mouth.
pub(super) fn paint(texture: &mut Texture, look: &Look, sitter: &Sitter) {
    let mouth = Shape::new(look, sitter);
    let area = Area::about(0.0, mouth.y + 0.5 * mouth.gap, 1.2 * mouth.wide + 0.05, 0.25 + mouth.gap);
    let lips = &look.mouth;
    let edge = 0.009;
    texture.paint(area, scale(lips.lips, 0.82), |x, y| {
        let full = mouth.fullness(x);
        let (above, high) = (mouth.line(x) - y, mouth.upper_lip(lips, x));
        0.92 * smooth(-0.004, 0.004, above) * smooth(high + edge, high - edge, above) * smooth(0.0, 0.1, full)
    });
    texture.paint(area, lips.lips, |x, y| {
        let full = mouth.fullness(x);
        let (below, high) = (y - mouth.line(x) - mouth.gap * full, mouth.lower_lip(lips, x));
        0.9 * smooth(-0.004, 0.004, below) * smooth(high + edge, high - edge, below) * smooth(0.0, 0.1, full)
    });
    // Light on the lower lip.
    texture.paint(area, blend(lips.lips, [1.0, 0.9, 0.88], 0.4), |x, y| {
        0.35 * bump(
            x,
            y - mouth.y - mouth.gap - 0.45 * lips.lower - 0.01,
            0.4 * mouth.wide,
            0.22 * lips.lower,
        )
    });
    if mouth.gap > 0.004 {
        inside(texture, &mouth, area);
    }
    let seam = scale(look.skin.tone, 0.1);
    let strong = if mouth.gap > 0.03 { 0.45 - 0.15 * mouth.smile } else { 0.85 };
    texture.paint(area, seam, |x, y| {
        let off = (y - mouth.line(x)) / 0.012;
        strong * bell(off * off) * smooth(1.06, 0.9, (x / mouth.wide).abs())
    });
    for side in [-1.0, 1.0] {
        let (x, y) = (side * mouth.wide, mouth.line(mouth.wide));
        texture.paint(area, scale(look.skin.tone, 0.3), |px, py| 0.6 * bump(px - x, py - y, 0.03, 0.025));
    }
}

fn inside(texture: &mut Texture, mouth: &Shape, area: Area) {
    // A smile lays the teeth bare, out to the corners and into the light.
    let smile = mouth.smile;
    let teeth = scale(srgb(232, 226, 214), 1.0 + 0.2 * smile);
    let (bare, corner, lit) = (0.09 + 0.04 * smile, mix(0.15, 0.06, smile), mix(0.45, 0.75, smile));
    let dark = srgb(46, 16, 16);
    let tongue = srgb(150, 70, 68);
    texture.change(area, |x, y, texel| {
        let full = mouth.fullness(x);
        let open = mouth.gap * full;
        let (from, to) = (y - mouth.line(x), mouth.line(x) + open - y);
        let seen = smooth(-0.004, 0.005, from) * smooth(-0.004, 0.005, to) * smooth(0.0, 0.03, open);
        if seen <= 0.0 {
            return;
        }
        let mut colour = blend(dark, tongue, 0.7 * smooth(0.1, 0.03, to) * smooth(0.1, 0.2, mouth.gap));
        let between = 0.9 + 0.1 * smooth(0.85, 0.4, cosine(x * 62.0));
        let tooth =
            scale(teeth, between * (lit + (0.95 - lit) * full) * (0.75 + 0.25 * smooth(0.0, 0.025, from)));
        let row = smooth(bare + 0.005, bare - 0.005, from) * smooth(corner, 2.0 * corner, full);
        colour = blend(colour, tooth, row);
        for (v, c) in texel.iter_mut().zip(colour) {
            *v += (c - *v) * seen;
        }
    });
}

/// Paints nostrils and the shade under the nose.
pub(super) fn paint_nostrils(texture: &mut Texture, look: &Look) {
    let nose = &look.nose;
    let tone = look.skin.tone;
    let area = Area::about(0.0, nose.long, 2.0 * nose.wide, 0.25);
    texture.filter(area, [0.62, 0.5, 0.48], |x, y| {
        0.7 * bump(x, y - nose.long - 0.055, 0.75 * nose.wide, 0.035)
    });
    for side in [-1.0, 1.0] {
        let x0 = side * 0.46 * nose.wide;
        texture.paint(area, scale(tone, 0.07), |x, y| {
            let lean = y - nose.long - 0.03 + 0.3 * (x - x0) * side;
            0.95 * bump(x - x0, lean, 0.04 + 0.1 * (nose.wide - 0.12), 0.02)
        });
        let wing = side * 1.06 * nose.wide;
        texture
            .filter(area, [0.55, 0.42, 0.4], |x, y| 0.6 * bump(x - wing, y - nose.long + 0.01, 0.022, 0.06));
    }
}
