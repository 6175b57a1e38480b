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
    let area = Area { left: -1.1, top: 0.0, right: 1.1, bottom: skull.chin };
    texture.change(area, |x, y, texel| {
        let off = x.abs();
        // From the ear down to the corner of the mouth.
        let edge = 0.02 + (mouth.y - 0.06) * smooth(skull.wide, 0.3, off);
        let side = smooth(edge, edge + 0.12, y) * smooth(0.3, 0.42, off) * cheeks;
        let below = smooth(
            mouth.y + mouth.gap + look.mouth.lower + 0.03,
            mouth.y + mouth.gap + look.mouth.lower + 0.1,
            y,
        );
        let beard = below * smooth(0.36, 0.24, off * (1.0 - cheeks)) * chin
            + (1.0 - below)
                * smooth(mouth.wide + 0.01, mouth.wide + 0.06, off)
                * smooth(mouth.wide + 0.16, mouth.wide + 0.1, off * (1.0 - cheeks))
                * smooth(mouth.y - 0.1, mouth.y + 0.05, y)
                * chin;
        let long = mouth.wide + 0.08;
        let arch = nose.long + 0.11 + 0.09 * (off / long) * (off / long);
        let moustache = smooth(arch - 0.03, arch + 0.02, y)
            * smooth(mouth.y + 0.03 + 0.1 * off, mouth.y - 0.02 + 0.1 * off, y)
            * smooth(long, long - 0.1, off)
            * (1.0 - 0.6 * bump(x, 0.0, 0.02, 1.0))
            * lip;
        let mask = side.max(beard.max(moustache)).min(1.0);
        if mask <= 0.0 {
            return;
        }
        let strand = if stubble {
            noise.at(x * 60.0, y * 60.0)
        } else {
            noise.at(x * 60.0 + 6.0 * noise.at(x * 5.0, y * 5.0), y * 11.0)
        };
        let share = thick * (mask * (1.25 + 0.5 * strand) - 0.25 * (1.0 - mask)).clamp(0.0, 1.0);
        let hair = scale(colour, 1.0 + 0.55 * strand);
        for (v, c) in texel.iter_mut().zip(hair) {
            *v += (c - *v) * share;
        }
    });
}
