//! Ears: shallow bowls at the sides of the head.

use super::colour::scale;
use super::head::{Direction, Section};
use super::look::Look;
use super::maths::{bump, mix, smooth, turn, v3};
use super::surface::Surface;
use super::texture::{Area, Texture};

/// The ear of a side: -1 on the picture's left, 1 on its right.
pub(super) fn surface(look: &Look, side: f32, detail: f32) -> Surface {
    let size = look.skull.ear;
    let anchor = Section::new(&look.skull, 0.12).at(Direction::new(side * 84.0));
    // Backwards along the head and a little off it, and straight out of the bowl.
    let (flare, flat) = turn(36.0);
    let back = v3(side * flare, 0.0, -flat);
    let out = v3(side * flat, 0.0, flare);
    let rings = (12.0 * detail) as usize + 8;
    Surface::new((36.0 * detail) as usize + 12, rings, |across, along| {
        // Columns run round the rim, so that rows from the rim inwards face outwards.
        let (sin, cos) = turn(side * 360.0 * across);
        let reach = 1.0 - along;
        let lobe = 1.0 - 0.28 * smooth(0.1, 1.0, sin) * (1.0 - 0.4 * cos.abs());
        let (u, v) = (reach * cos * lobe, reach * sin);
        let rim = 0.045 * bump(reach - 0.84, 0.0, 0.11, 1.0) + 0.02 * bump(reach - 0.5, 0.0, 0.12, 1.0);
        let bowl = mix(-0.05, 0.0, smooth(0.0, 0.7, reach));
        let tilt = 0.03 * v;
        let p = anchor
            + back * (0.14 * size * (u + 0.72) - tilt)
            + v3(0.0, 0.25 * size * v, 0.0)
            + out * (rim + bowl - 0.015);
        (p, [u, v])
    })
}

/// What is painted on an ear.
pub(super) fn texture(look: &Look) -> Texture {
    let tone = look.skin.tone;
    let ruddy = [tone[0], tone[1] * 0.84, tone[2] * 0.82];
    let area = Area { left: -1.0, top: -1.0, right: 1.0, bottom: 1.0 };
    let mut texture = Texture::new(area, 20.0, ruddy);
    texture.paint(area, scale(ruddy, 0.35), |x, y| 0.75 * bump(x + 0.15, y - 0.12, 0.3, 0.34));
    texture
}
