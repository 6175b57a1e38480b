//! Patches of cloth that hide parts of a face.

use super::colour::{Rgb, srgb};
use super::head::Section;
use super::look::Look;
use super::maths::v3;
use super::mouth::Shape;
use super::random::Noise;
use super::scene::{Part, Sitter};
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
        (v3(x, y, front + patch.off), [u, v])
    })
}

/// The cloth of patches.
pub(super) fn texture(noise: &Noise, choice: u64) -> Texture {
    let cloths: [Rgb; 4] =
        [srgb(120, 150, 160), srgb(168, 150, 126), srgb(110, 128, 104), srgb(150, 120, 132)];
    let area = Area { left: -1.0, top: -1.0, right: 1.0, bottom: 1.0 };
    let mut texture = Texture::new(area, 60.0, cloths[(choice % 4) as usize]);
    texture.change_all(|x, y, texel| {
        let weave = 1.0 + 0.1 * noise.at(x * 28.0, y * 5.0) + 0.1 * noise.at(x * 5.0, y * 28.0 + 40.0);
        for v in texel.iter_mut().take(3) {
            *v *= weave;
        }
    });
    texture
}
