//! The colour of the face: skin with its flush, spots and lines. Eyes, brows, mouth and beard paint over it.

use super::colour::{blend, scale};
use super::look::Look;
use super::maths::{bell, bump, cosine, smooth};
use super::random::Noise;
use super::texture::{Area, Texture};

/// The bare skin of a face, over x and y of an unturned head.
pub(super) fn texture(look: &Look, noise: &Noise, fine: f32) -> Texture {
    let tone = look.skin.tone;
    let area = Area { left: -1.15, top: -look.skull.top, right: 1.15, bottom: look.skull.chin };
    let mut texture = Texture::new(area, fine, tone);
    let pores = 0.035 + 0.03 * look.old + 0.015 * look.male + 0.05 * look.skin.rough;
    // Beyond the widest place, and a texel, nothing is seen.
    let wide = look.skull.wide + look.skull.cheekbone.max(0.0) + 0.03;
    texture.change(Area { left: -wide, right: wide, bottom: area.bottom + 1.0, ..area }, |x, y, texel| {
        let blotch = noise.at(x * 4.0, y * 4.0);
        let k = 1.0 + 0.035 * blotch + pores * noise.at(x * 33.0, y * 33.0);
        *texel = [texel[0] * k, texel[1] * (k - 0.012 * blotch), texel[2] * k, 1.0];
    });
    flush(&mut texture, look);
    spots(&mut texture, look, noise);
    lines(&mut texture, look);
    texture
}

fn flush(texture: &mut Texture, look: &Look) {
    let strong = 0.35 + 0.5 * look.skin.flush;
    let rose = [1.0, 0.72, 0.7];
    for side in [-1.0, 1.0_f32] {
        let x = side * 0.55 * look.skull.wide;
        texture.filter(Area::about(x, 0.4, 0.5, 0.45), rose, |px, py| {
            strong * bump(px - x, py - 0.4, 0.24, 0.2)
        });
        let (eye, tired) = (look.eye.x, 0.3 + 0.4 * look.old + 0.5 * look.skin.tired);
        texture.filter(Area::about(side * eye, 0.08, 0.4, 0.25), [0.66, 0.58, 0.6], |px, py| {
            tired * bump(px - side * eye, py - 0.1, 0.17, 0.07 + 0.02 * look.skin.tired)
        });
        texture.filter(Area::about(side * eye, -0.08, 0.5, 0.3), [0.7, 0.62, 0.6], |px, py| {
            0.5 * bump(px - side * eye, py + 0.08, 0.22, 0.11)
        });
    }
    let tip = look.nose.long - 0.05;
    texture.filter(Area::about(0.0, tip, 0.3, 0.3), rose, |x, y| strong * bump(x, y - tip, 0.14, 0.12));
    let chin = look.skull.chin - 0.15;
    texture
        .filter(Area::about(0.0, chin, 0.4, 0.3), rose, |x, y| 0.25 * strong * bump(x, y - chin, 0.18, 0.12));
    if look.male > 0.5 {
        // The shade of shaven hair.
        let shaven = [0.8, 0.84, 0.88];
        let (top, wide) = (look.mouth.y, look.skull.wide);
        texture.filter(Area { left: -1.1, top: 0.3, right: 1.1, bottom: look.skull.chin }, shaven, |x, y| {
            smooth(top - 0.35, top + 0.02, y + 0.35 * (x.abs() / wide - 0.4)) * 0.8
        });
    }
}

fn spots(texture: &mut Texture, look: &Look, noise: &Noise) {
    let brown = scale(look.skin.tone, 0.35);
    if look.skin.freckles > 0.0 {
        let freckle = blend(look.skin.tone, [0.25, 0.1, 0.05], 0.5);
        texture.paint(Area::about(0.0, 0.3, 0.9, 0.45), freckle, |x, y| {
            let here = bump(x.abs() - 0.35, y - 0.28, 0.35, 0.2) * look.skin.freckles;
            here * smooth(0.35, 0.6, noise.at(x * 26.0 + 60.0, y * 26.0))
        });
    }
    if look.skin.rough > 0.0 {
        let scar = [0.78, 0.6, 0.56];
        texture.filter(Area { left: -0.8, top: 0.2, right: 0.8, bottom: look.skull.chin }, scar, |x, y| {
            0.8 * look.skin.rough * smooth(0.3, 0.62, noise.at(x * 19.0, y * 19.0 + 33.0))
        });
    }
    if look.skin.spotted > 0.0 {
        let faded = [0.74, 0.6, 0.5];
        let area = Area { left: -0.9, top: -look.skull.top, right: 0.9, bottom: look.skull.chin };
        texture.filter(area, faded, |x, y| {
            look.skin.spotted
                * smooth(0.42, 0.6, noise.at(x * 8.0 + 21.0, y * 8.0))
                * smooth(0.2, 0.5, x.abs().max(-y))
        });
    }
    let moles = if look.seed.is_multiple_of(3) { 3 } else { 1 };
    for (x, y) in look.skin.moles.iter().take(moles) {
        texture.paint(Area::about(*x, *y, 0.05, 0.05), brown, |px, py| bump(px - x, py - y, 0.016, 0.016));
    }
}

/// Wrinkles: on the forehead, beside the eyes and from the nose to the mouth.
fn lines(texture: &mut Texture, look: &Look) {
    let deep = smooth(0.25, 0.9, look.old);
    if deep <= 0.0 {
        return;
    }
    let shade = [0.66, 0.58, 0.55];
    for line in 0..3_u8 {
        let y0 = look.brow.y - 0.16 - 0.1 * f32::from(line);
        texture.filter(Area::about(0.0, y0, 0.5, 0.1), shade, |x, y| {
            let wave = y - y0 - 0.02 * cosine(3.0 * x + f32::from(line));
            deep * 0.6 * bell(wave * wave * 4200.0) * smooth(0.5, 0.3, x.abs())
        });
    }
    for side in [-1.0, 1.0_f32] {
        let corner = look.eye.x + look.eye.wide;
        for line in [-1.0, 0.0, 1.0_f32] {
            texture.filter(Area::about(side * (corner + 0.1), 0.0, 0.1, 0.15), shade, |x, y| {
                let out = x * side - corner;
                let wave = y - 0.01 - line * (0.02 + 0.4 * out);
                deep * 0.5 * bell(wave * wave * 9000.0) * smooth(0.02, 0.06, out) * smooth(0.18, 0.08, out)
            });
        }
    }
}
