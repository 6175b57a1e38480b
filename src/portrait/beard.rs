//! Beards, painted strand by strand.

use super::colour::{blend, scale};
use super::look::{Beard, Look};
use super::maths::{bump, smooth};
use super::mouth::Shape;
use super::random::Noise;
use super::scene::Sitter;
use super::texture::{Area, Texture};

/// Paints the beard, if there is one; before the mouth.
pub(super) fn paint(texture: &mut Texture, look: &Look, sitter: &Sitter, noise: &Noise) {
    let (lip, cheeks, chin, thick) = match look.beard {
        Beard::None => return,
        Beard::Stubble => (0.8, 0.8, 0.9, 0.38),
        Beard::Moustache => (1.0, 0.0, 0.0, 0.92),
        Beard::Goatee => (1.0, 0.0, 1.0, 0.9),
        Beard::Full => (1.0, 1.0, 1.0, 0.95),
    };
    let mouth = Shape::new(look, sitter);
    let (nose, skull) = (&look.nose, &look.skull);
    let colour = scale(blend(look.hair.colour, scale(look.skin.tone, 0.2), 0.2), 0.8);
    let stubble = look.beard == Beard::Stubble;
    let area = Area { left: -1.1, top: 0.0, right: 1.1, bottom: skull.chin + 0.1 };
    let lips = (mouth.y - look.mouth.upper - 0.01, mouth.y + mouth.gap + look.mouth.lower + 0.02);
    texture.change(area, |x, y, texel| {
        let off = x.abs();
        // From under the nose over the corner of the mouth up to the ear.
        let edge =
            nose.long + 0.1 + 0.03 * smooth(0.0, 0.3, off) - nose.long * smooth(0.36, 0.9 * skull.wide, off);
        let inside = smooth(edge - 0.03, edge + 0.05, y);
        let (middle, half) = (0.5 * (lips.0 + lips.1), 0.5 * (lips.1 - lips.0));
        let (u, v) = (off / (mouth.wide + 0.03), (y - middle) / half);
        let beside_lips = smooth(0.85, 1.2, u * u + v * v * v * v);
        let upper =
            smooth(mouth.y + 0.06, mouth.y - 0.02, y) * smooth(mouth.wide + 0.13, mouth.wide + 0.04, off);
        let lower = smooth(mouth.y - 0.06, mouth.y + 0.06, y) * smooth(0.42, 0.32, off);
        let part = (upper * lip).max(lower * chin).max(cheeks);
        let philtrum = 1.0 - 0.5 * bump(x, y - nose.long - 0.12, 0.02, 0.08);
        let mask = inside * beside_lips * part * philtrum;
        if mask <= 0.0 {
            return;
        }
        let strand = if stubble {
            noise.at(x * 60.0, y * 60.0)
        } else {
            0.6 * noise.at(x * 66.0 + 2.0 * noise.at(x * 7.0, y * 7.0), y * 12.0)
                + 0.4 * noise.at(x * 30.0, y * 14.0)
        };
        let share = thick * (mask * (1.25 + 0.5 * strand) - 0.25 * (1.0 - mask)).clamp(0.0, 1.0);
        let hair = scale(colour, 1.0 + 0.55 * strand);
        for (v, c) in texel.iter_mut().zip(hair) {
            *v += (c - *v) * share;
        }
    });
}
