//! Patches of cloth, paper or plastic, and hands, that hide parts of a face.

use super::colour::{Rgb, scale, srgb};
use super::head::Section;
use super::light::Material;
use super::look::Look;
use super::maths::{bump, smooth, v3};
use super::mouth::Shape;
use super::random::Noise;
use super::scene::{CoverMaterial, Part, Sitter};
use super::surface::Surface;
use super::texture::{Area, Texture};

/// Centre, half-sides and stand-off of the patch for a part.
struct Patch {
    x: f32,
    y: f32,
    wide: f32,
    high: f32,
    off: f32,
}

impl Patch {
    fn of(part: Part, look: &Look, sitter: &Sitter) -> Self {
        let patch = |x, y, wide, high, off| Self { x, y, wide, high, off };
        let (eye, nose, skull) = (&look.eye, &look.nose, &look.skull);
        let mouth = Shape::new(look, sitter);
        let cheek = 0.58 * skull.wide;
        match part {
            Part::LeftEye => patch(-eye.x, -0.03, 0.29, 0.2, 0.1),
            Part::RightEye => patch(eye.x, -0.03, 0.29, 0.2, 0.1),
            Part::Nose => patch(0.0, nose.long - 0.14, 0.1 + nose.wide, 0.27, nose.high + 0.12),
            Part::Mouth => {
                patch(0.0, mouth.y + 0.02 + 0.5 * mouth.gap, mouth.wide + 0.1, 0.19 + 0.6 * mouth.gap, 0.17)
            }
            Part::LeftCheek => patch(-cheek, 0.45, 0.27, 0.28, 0.16),
            Part::RightCheek => patch(cheek, 0.45, 0.27, 0.28, 0.16),
            Part::ChinContour => patch(0.0, skull.chin - 0.1, 0.55, 0.22, 0.17),
        }
    }
}

/// The patch over a part.
pub(super) fn surface(part: Part, look: &Look, sitter: &Sitter, detail: f32) -> Surface {
    let patch = Patch::of(part, look, sitter);
    let size = (20.0 * detail) as usize + 8;
    Surface::new(size, size, |across, along| {
        let (u, v) = (2.0 * across - 1.0, 2.0 * along - 1.0);
        // A square drawn in at the corners.
        let (x, y) = (
            patch.x + patch.wide * u * (1.0 - 0.08 * v * v),
            patch.y + patch.high * v * (1.0 - 0.08 * u * u),
        );
        let section = Section::new(&look.skull, y.min(look.skull.chin - 0.14));
        let t = (x.abs() / section.half_width().max(0.05)).min(1.0);
        let front = section.front((1.0 - t * t).sqrt());
        (v3(x, y, front + patch.off + relief(sitter.material, u)), [u, v])
    })
}

/// Fingers of a hand laid over a part, side by side.
const FINGERS: f32 = 4.0;

/// How far the surface stands off besides: fingers are round, paper and plastic are not.
pub(super) fn relief(material: CoverMaterial, u: f32) -> f32 {
    if material == CoverMaterial::Hand {
        0.09 * (1.0 - across_finger(u) * across_finger(u)).max(0.0).sqrt()
    } else {
        0.0
    }
}

/// -1 to 1 across the finger at a place across the patch.
fn across_finger(u: f32) -> f32 {
    let place = 0.5 * (u + 1.0) * FINGERS;
    2.0 * (place - place.floor()) - 1.0
}

/// How a patch reflects light.
pub(super) fn reflection(material: CoverMaterial) -> Material {
    match material {
        CoverMaterial::Cloth | CoverMaterial::Paper | CoverMaterial::Black => Material::Cloth,
        CoverMaterial::Hand => Material::Skin,
        CoverMaterial::Plastic => Material::Gloss,
    }
}

/// What is painted on patches.
pub(super) fn texture(material: CoverMaterial, noise: &Noise, look: &Look) -> Texture {
    let area = Area { left: -1.0, top: -1.0, right: 1.0, bottom: 1.0 };
    match material {
        CoverMaterial::Cloth => cloth(area, noise, look.seed),
        CoverMaterial::Paper => paper(area, noise),
        CoverMaterial::Hand => hand(area, noise, look),
        CoverMaterial::Black => Texture::new(area, 8.0, srgb(8, 8, 9)),
        CoverMaterial::Plastic => {
            let colours: [Rgb; 3] = [srgb(60, 110, 150), srgb(40, 44, 50), srgb(150, 60, 54)];
            Texture::new(area, 8.0, colours[(look.seed % 3) as usize])
        }
    }
}

fn cloth(area: Area, noise: &Noise, choice: u64) -> Texture {
    let cloths: [Rgb; 4] =
        [srgb(120, 150, 160), srgb(168, 150, 126), srgb(110, 128, 104), srgb(150, 120, 132)];
    let mut texture = Texture::new(area, 60.0, cloths[(choice % 4) as usize]);
    texture.change_all(|x, y, texel| {
        let weave = 1.0 + 0.1 * noise.at(x * 28.0, y * 5.0) + 0.1 * noise.at(x * 5.0, y * 28.0 + 40.0);
        for v in texel.iter_mut().take(3) {
            *v *= weave;
        }
    });
    texture
}

/// White, with grey lines like writing.
fn paper(area: Area, noise: &Noise) -> Texture {
    let mut texture = Texture::new(area, 60.0, srgb(226, 224, 216));
    texture.paint(area, srgb(70, 70, 78), |x, y| {
        let line = bump(0.0, 6.0 * (y - 0.1) - (6.0 * (y - 0.1)).round(), 1.0, 0.16);
        line * smooth(0.88, 0.84, x.abs().max(y.abs()))
            * smooth(-0.1, 0.3, noise.at(x * 14.0, (y * 6.0).round() * 7.0))
    });
    texture
}

/// Fingers from below, with nails and the creases of their joints.
fn hand(area: Area, noise: &Noise, look: &Look) -> Texture {
    let tone = look.skin.tone;
    let mut texture = Texture::new(area, 60.0, scale(tone, 0.96));
    texture.filter(area, [0.5, 0.36, 0.33], |x, _| smooth(0.72, 1.0, across_finger(x).abs()));
    texture.filter(area, [0.7, 0.58, 0.55], |x, y| {
        let bent = y + 0.04 * across_finger(x) * across_finger(x);
        0.5 * (bump(0.0, bent - 0.1, 1.0, 0.03) + bump(0.0, bent - 0.17, 1.0, 0.025))
    });
    texture.paint(area, [tone[0] * 1.05, tone[1] * 0.86, tone[2] * 0.86], |x, y| {
        bump(across_finger(x), y + 0.66, 0.36, 0.13)
    });
    texture.change_all(|x, y, texel| {
        let tip = (-0.72 - y).max(0.0) / 0.28;
        let k = 1.0 + 0.05 * noise.at(x * 20.0, y * 20.0);
        *texel = [
            texel[0] * k,
            texel[1] * k,
            texel[2] * k,
            smooth(1.02, 0.98, tip * tip + across_finger(x).abs() * tip),
        ];
    });
    texture
}
