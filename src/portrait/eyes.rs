//! Eyes and eyebrows, painted.

use super::colour::{Rgb, blend, scale, srgb};
use super::look::{Brow, Look};
use super::maths::{bell, bump, mix, smooth};
use super::random::Noise;
use super::scene::Sitter;
use super::texture::{Area, Texture};

/// The outline of the eye on a side (-1 the picture's left): outer corner, upper lid outside and inside of the middle, inner
/// corner, lower lid inside and outside.
pub(super) fn outline(look: &Look, sitter: &Sitter, side: f32) -> [(f32, f32); 6] {
    let eye = Painted { look, side, closed: sitter.eyes, smile: sitter.smile };
    let (upper, lower) = (|along| eye.lids(along).1, |along| eye.lids(along).0);
    [(1.0, 0.0), (LID, upper(LID)), (-LID, upper(-LID)), (-1.0, 0.0), (-LID, lower(-LID)), (LID, lower(LID))]
        .map(|(along, height)| eye.at(along, height))
}

/// How far from the middle of an eye, of 1, the points of its lids are taken.
const LID: f32 = 0.36;

/// Paints both eyes.
pub(super) fn paint(texture: &mut Texture, look: &Look, sitter: &Sitter) {
    for side in [-1.0, 1.0] {
        Painted { look, side, closed: sitter.eyes, smile: sitter.smile }.paint(texture);
    }
}

struct Painted<'a> {
    look: &'a Look,
    side: f32,
    closed: f32,
    smile: f32,
}

impl Painted<'_> {
    /// -1 at the inner corner to 1 at the outer, and height from the line between the corners.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let along = (x * self.side - self.look.eye.x) / self.look.eye.wide;
        (along, y + self.look.eye.tilt * along * self.look.eye.wide)
    }

    /// The point at such a place.
    fn at(&self, along: f32, height: f32) -> (f32, f32) {
        let eye = &self.look.eye;
        (self.side * (eye.x + along * eye.wide), height - eye.tilt * along * eye.wide)
    }

    /// The edge of the lower lid, and of the upper one as far as it is open.
    fn lids(&self, along: f32) -> (f32, f32) {
        let high = self.look.eye.high;
        let flat = along * along;
        let lower = 0.72 * high * (1.0 - flat) * (1.0 + 0.3 * along) * (1.0 - 0.7 * self.smile);
        let upper = -1.12 * high * (1.0 - flat * (0.55 + 0.45 * flat)) * (1.0 - 0.16 * along);
        let open = mix(upper * (1.0 - 0.25 * self.smile), 0.85 * lower, self.closed);
        (lower.max(0.0), open)
    }

    fn paint(&self, texture: &mut Texture) {
        let look = self.look;
        let eye = &look.eye;
        let area = Area::about(self.side * eye.x, 0.0, 1.35 * eye.wide, 0.2);
        let line = blend(scale(look.skin.tone, 0.12), [0.01, 0.007, 0.006], 0.6);
        let shade = scale(look.skin.tone, 0.3);
        self.globe(texture, area);
        // The fold above the lid.
        texture.paint(area, shade, |x, y| {
            let (along, y) = self.place(x, y);
            let (lower, _) = self.lids(along);
            let fold =
                -1.12 * eye.high * (1.0 - 0.8 * along * along) - eye.crease * (1.0 - 0.25 * along * along);
            let off = y - fold;
            let _ = lower;
            0.5 * bell(off * off * 5000.0) * smooth(1.12, 0.8, along.abs())
        });
        // The line of the upper lashes, thicker outside, and the fainter one below.
        let thick = 0.011 + 0.009 * eye.lashes.max(0.0);
        texture.paint(area, line, |x, y| {
            let (along, y) = self.place(x, y);
            let (_, upper) = self.lids(along.clamp(-1.0, 1.0));
            let off = (y - upper) / (thick * (1.0 + 0.4 * along));
            (0.62 + 0.38 * eye.lashes) * bell(off * off) * smooth(1.14, 1.0, along.abs())
        });
        if eye.lashes > 0.35 {
            // Lashes that stand out at the outer corner.
            texture.paint(area, line, |x, y| {
                let (along, y) = self.place(x, y);
                let off = y - self.lids(1.0).1 + 0.35 * (along - 1.0) * eye.wide;
                eye.lashes
                    * 0.8
                    * bell(off * off * 14_000.0)
                    * smooth(0.9, 1.0, along)
                    * smooth(1.26, 1.1, along)
            });
        }
        texture.paint(area, shade, |x, y| {
            let (along, y) = self.place(x, y);
            let (lower, _) = self.lids(along);
            let off = y - lower;
            0.55 * bell(off * off * 11_000.0) * smooth(1.02, 0.8, along.abs())
        });
    }

    /// Eyeball, iris, pupil and the shadow of the lid, between the lids.
    fn globe(&self, texture: &mut Texture, area: Area) {
        if self.closed >= 0.99 {
            return;
        }
        let iris = self.look.eye.iris;
        let white = scale(srgb(222, 216, 212), 1.0 - 0.5 * self.look.skin.dark);
        let radius = 0.078;
        let (cx, cy) = (self.side * self.look.eye.x, -0.008);
        texture.change(area, |x, y, texel| {
            let (along, height) = self.place(x, y);
            let (lower, upper) = self.lids(along);
            let seen = smooth(-0.006, 0.006, height - upper)
                * smooth(-0.006, 0.006, lower - height)
                * smooth(1.02, 0.98, along.abs());
            if seen <= 0.0 {
                return;
            }
            let away = ((x - cx) * (x - cx) + (y - cy) * (y - cy)).sqrt();
            let mut ball = scale(white, 0.95 - 0.4 * along * along);
            if along < -0.82 {
                ball = blend(ball, [0.5, 0.2, 0.18], smooth(-0.82, -0.95, along)); // the inner corner is pink
            }
            let ring = (away / radius).min(1.0);
            let mut disc =
                scale(iris, 0.55 + 0.95 * ring * (0.4 + 0.6 * smooth(-0.6, 0.8, (y - cy) / radius)));
            disc = blend(disc, scale(iris, 0.15), smooth(0.78, 1.0, ring));
            disc = blend(disc, [0.004, 0.003, 0.003], smooth(0.46, 0.38, ring));
            ball = blend(ball, disc, smooth(radius + 0.005, radius - 0.005, away));
            let lid = smooth(0.055, 0.0, height - upper);
            ball = scale(ball, 1.0 - 0.55 * lid);
            let glint = bump(x - cx + 0.026, y - cy + 0.028, 0.013, 0.013);
            ball = blend(ball, [1.0, 1.0, 1.0], (1.2 * glint).min(1.0));
            for (v, c) in texel.iter_mut().zip(ball) {
                *v += (c - *v) * seen;
            }
        });
    }
}

/// Five points along the upper edge of the eyebrow on a side, from its outer to its inner end.
pub(super) fn brow_line(look: &Look, sitter: &Sitter, side: f32) -> [(f32, f32); 5] {
    let (brow, tilt) = (&look.brow, brow_tilt(look, sitter));
    [1.0, 0.55, 0.1, -0.35, -0.8].map(|along| {
        let above = 0.8 * thickness(brow, along);
        (side * (brow_centre(look) + along * brow.long), height_of(brow, tilt, along) - above)
    })
}

/// Half the height of a brow there: its outer end is thinner.
fn thickness(brow: &Brow, along: f32) -> f32 {
    brow.thick * (1.0 - 0.62 * smooth(0.0, 1.1, along))
}

/// The height of a brow's line, -1 at its inner end to 1 at its outer one.
fn height_of(brow: &Brow, tilt: f32, along: f32) -> f32 {
    brow.y - brow.arch * (1.0 - (along - 0.3) * (along - 0.3)) - 0.12 * tilt * along
}

/// Whoever smiles does not look sad: brows whose inner ends stand high come down there.
fn brow_tilt(look: &Look, sitter: &Sitter) -> f32 {
    mix(look.brow.tilt, 0.45, 0.8 * sitter.smile)
}

/// How far from the middle of the face the middle of a brow is.
fn brow_centre(look: &Look) -> f32 {
    look.eye.x * 1.02
}

/// Paints both eyebrows, hair by hair.
pub(super) fn paint_brows(texture: &mut Texture, look: &Look, sitter: &Sitter, noise: &Noise) {
    let brow = &look.brow;
    let colour: Rgb = scale(blend(look.hair.colour, scale(look.skin.tone, 0.15), 0.35), 0.75);
    for side in [-1.0, 1.0_f32] {
        let (centre, tilt) = (brow_centre(look), brow_tilt(look, sitter));
        let area = Area::about(side * centre, brow.y, 1.2 * brow.long, 0.2);
        texture.paint(area, colour, |x, y| {
            let along = (x * side - centre) / brow.long;
            let line = height_of(brow, tilt, along);
            let off = (y - line) / thickness(brow, along);
            let hairs = noise.at((x * side * 0.8 + y * 0.6) * 75.0, (y * 0.8 - x * side * 0.5) * 22.0);
            let shape =
                bell(off * off * off * off * 0.9) * smooth(-1.05, -0.75, along) * smooth(1.1, 0.8, along);
            shape * brow.dark * (0.85 + 0.4 * hairs)
        });
    }
}
