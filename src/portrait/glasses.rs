//! Glasses: rims, bridge and temples of thin tube, and lenses.

use super::colour::Rgb;
use super::head::{Direction, Section};
use super::look::Look;
use super::maths::{V3, power, turn, v3};
use super::scene::Glasses;
use super::surface::Surface;
use super::texture::{Area, Texture};

/// Half-sides of a lens, and how far the corners are rounded (2 an ellipse, more squarer).
struct Lens {
    wide: f32,
    high: f32,
    square: f32,
    y: f32,
    z: f32,
}

impl Lens {
    fn of(look: &Look, dark: bool) -> Self {
        let seed = look.seed % 3;
        let (wide, high, square) = [(0.25, 0.2, 2.6), (0.26, 0.185, 4.0), (0.235, 0.225, 2.0)][seed as usize];
        let larger = if dark { 1.12 } else { 1.0 };
        Self {
            wide: wide * larger,
            high: high * larger,
            square,
            y: 0.035,
            z: 0.985 + 0.3 * look.nose.bridge_high,
        }
    }

    /// A point of the outline, or inside it for `reach` below 1.
    fn at(&self, look: &Look, side: f32, degrees: f32, reach: f32) -> V3 {
        let (sin, cos) = turn(degrees);
        let stretch = |v: f32| power(v.abs(), 2.0 / self.square).copysign(v);
        let x = side * look.eye.x * 1.02 + reach * self.wide * stretch(cos);
        let y = self.y + reach * self.high * stretch(sin);
        // Bent round the face.
        v3(x, y, self.z - 0.22 * x * x)
    }
}

/// Frame and lenses, the lenses last.
pub(super) fn surfaces(look: &Look, glasses: Glasses, detail: f32) -> Vec<(Surface, Texture)> {
    if glasses == Glasses::None {
        return Vec::new();
    }
    let dark = glasses == Glasses::Sun;
    let lens = Lens::of(look, dark);
    let frame: Rgb = match look.seed % 4 {
        0 => [0.012, 0.011, 0.012],
        1 => [0.05, 0.022, 0.012],
        2 => [0.16, 0.15, 0.14],
        _ => [0.02, 0.02, 0.03],
    };
    let thick = if look.seed % 4 == 2 { 0.013 } else { 0.022 };
    let mut all = Vec::new();
    let fine = (30.0 * detail) as usize + 14;
    for side in [-1.0, 1.0_f32] {
        if dark {
            all.push((glass(look, &lens, side, fine), tinted()));
        }
    }
    let tube = |along: &dyn Fn(f32) -> V3, steps: usize| (tube(along, thick, steps), Texture::plain(frame));
    for side in [-1.0, 1.0_f32] {
        all.push(tube(&|t| lens.at(look, side, 360.0 * t, 1.0), 2 * fine));
        let hinge = lens.at(look, side, if side > 0.0 { -25.0 } else { 205.0 }, 1.0);
        let ear = Section::new(&look.skull, 0.0).at(Direction::new(side * 100.0));
        let ear = v3(ear.x + side * 0.035, 0.0, ear.z);
        all.push(tube(
            &|t| {
                let p = hinge.mix(ear, t);
                v3(p.x + side * 0.1 * (4.0 * t * (1.0 - t)) * (1.0 - t), p.y, p.z)
            },
            fine,
        ));
    }
    let inner = lens.at(look, 1.0, 200.0, 1.0);
    all.push(tube(
        &|t| {
            let across = 2.0 * t - 1.0;
            v3(across * inner.x, inner.y - 0.035 * (1.0 - across * across), lens.z + 0.02)
        },
        fine,
    ));
    all
}

fn glass(look: &Look, lens: &Lens, side: f32, fine: usize) -> Surface {
    Surface::new(2 * fine, fine / 2, |across, along| {
        let reach = 1.0 - along;
        let p = lens.at(look, side, 360.0 * across, reach);
        (v3(p.x, p.y, p.z + 0.03 * (1.0 - reach * reach)), [reach, (p.y - lens.y) / lens.high])
    })
}

fn tinted() -> Texture {
    let area = Area { left: 0.0, top: -1.0, right: 1.0, bottom: 1.0 };
    let mut texture = Texture::new(area, 24.0, [0.014, 0.013, 0.014]);
    texture.change_all(|_, y, texel| texel[3] = 0.955 - 0.035 * y);
    texture
}

/// A thin tube along a curve from 0 to 1.
fn tube(along: &dyn Fn(f32) -> V3, thick: f32, steps: usize) -> Surface {
    Surface::new(steps, 9, |t, round| {
        let (from, to) = (along((t - 0.01).max(0.0)), along((t + 0.01).min(1.0)));
        let forward = (to - from).unit();
        let aside = forward.cross(v3(0.0, 0.31, 0.95)).unit();
        let up = aside.cross(forward).unit();
        let (sin, cos) = turn(-360.0 * round);
        (along(t) + aside * (thick * cos) + up * (thick * sin), [0.0, 0.0])
    })
}
