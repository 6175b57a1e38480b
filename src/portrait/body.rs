//! Neck, shoulders and clothes.

use super::colour::{Rgb, blend, scale, srgb};
use super::look::Look;
use super::maths::{V3, bump, mix, power, smooth, turn, v3};
use super::pose::Pose;
use super::random::{Noise, Random};
use super::surface::Surface;
use super::texture::{Area, Lazy, Texels, Texture};

/// The neck, already placed: its upper end goes with the head, its lower end stays.
pub(super) fn neck(look: &Look, pose: &Pose, detail: f32) -> Surface {
    let wide = look.skull.neck;
    Surface::new((30.0 * detail) as usize + 8, (24.0 * detail) as usize + 8, |across, along| {
        let (sin, cos) = turn(mix(-120.0, 120.0, across));
        let y = mix(0.4, 1.9, along);
        let flare = wide * (1.0 + 0.12 * smooth(0.35, 0.0, along) + 0.1 * smooth(0.6, 1.0, along));
        let throat = 0.05 * look.male * bump(sin, along - 0.62, 0.16, 0.1);
        let p = v3(flare * sin, y, -0.34 + (0.86 * flare.min(0.8) + throat) * cos);
        let p = pose.place(p).mix(p, smooth(0.25, 0.95, along));
        (p, [sin, along])
    })
}

/// What is painted on the neck.
pub(super) fn neck_texture(look: &Look) -> Texture {
    let tone = scale(look.skin.tone, 0.94);
    let area = Area { left: -1.0, top: 0.0, right: 1.0, bottom: 1.0 };
    let mut texture = Texture::new(area, 48.0, tone);
    texture.filter(area, [0.72, 0.62, 0.6], |x, y| {
        0.45 * bump(x.abs() - 0.42, y - 0.75, 0.1, 0.3) + 0.4 * bump(x, y - 0.95, 0.12, 0.05)
    });
    texture
}

/// The upper edge of clothes by the distance from the middle, for many questions.
struct Edge(Vec<f32>);

impl Edge {
    const FINE: f32 = 100.0;

    fn new(wide: f32, low: f32) -> Self {
        Self((0..300).map(|step| edge(step as f32 / Self::FINE, wide, low)).collect())
    }

    fn at(&self, x: f32) -> f32 {
        let place = (x.abs() * Self::FINE).min(298.0);
        let step = place as usize;
        mix(self.0[step], self.0[step + 1], place - step as f32)
    }
}

/// The upper edge of clothes: the neckline in the middle, the shoulders outside.
fn edge(x: f32, wide: f32, low: f32) -> f32 {
    let off = x.abs();
    let neckline = 1.5 + (0.24 + low) * (1.0 - (off / 0.62) * (off / 0.62)).max(0.0).sqrt();
    let shoulder = 1.5 + 0.2 * smooth(0.5, 1.1, off) + 0.75 * power((off - 0.95) / (wide - 0.6), 2.2);
    if off < 0.62 { neckline } else { shoulder }
}

/// What is worn.
#[derive(Clone, Copy, PartialEq)]
enum Cut {
    Crew,
    Vee,
    Collar,
    Jacket,
}

impl Cut {
    /// How much lower the neckline is than usual.
    fn low(self) -> f32 {
        match self {
            Self::Vee => 0.1,
            Self::Jacket | Self::Collar => -0.02,
            Self::Crew => 0.02,
        }
    }
}

/// Clothes as chosen by the seed of the picture.
pub(super) struct Clothes {
    cut: Cut,
    main: Rgb,
    second: Rgb,
    stripes: f32,
    wide: f32,
    edge: Edge,
}

impl Clothes {
    pub(super) fn new(random: &mut Random, look: &Look) -> Self {
        const CLOTH: [(u8, u8, u8); 12] = [
            (36, 52, 86),
            (92, 34, 40),
            (46, 78, 62),
            (64, 66, 72),
            (148, 128, 104),
            (196, 192, 184),
            (30, 32, 38),
            (112, 88, 126),
            (176, 122, 74),
            (74, 116, 142),
            (164, 84, 84),
            (218, 206, 170),
        ];
        let mut colour = || {
            let (red, green, blue) = random.pick(&CLOTH);
            srgb(red, green, blue)
        };
        let (main, second) = (colour(), colour());
        let cut = random.pick(&[Cut::Crew, Cut::Crew, Cut::Vee, Cut::Collar, Cut::Collar, Cut::Jacket]);
        let wide = 1.62 + 0.3 * look.male;
        Self {
            cut,
            main,
            second,
            stripes: if random.chance(0.25) { random.between(12.0, 26.0) } else { 0.0 },
            wide,
            edge: Edge::new(wide, cut.low()),
        }
    }

    /// Shoulders and chest, down to `lowest`.
    pub(super) fn surface(&self, noise: &Noise, lowest: f32, detail: f32) -> Surface {
        let reach = self.wide + 0.45;
        let rows = (10.0 * detail * (lowest - 1.3)) as usize + 8;
        Surface::new((70.0 * detail) as usize + 16, rows, |across, along| {
            let x = mix(-reach, reach, across);
            let from = self.edge.at(x);
            let y = mix(from, from.max(lowest), along);
            let (below, off) = (y - from, x / (reach + 0.1));
            let round = (1.0 - off * off).max(0.0).sqrt();
            let middle = (1.0 - (x / 0.62) * (x / 0.62)).max(0.0);
            let chest = smooth(-0.3, 1.2, below);
            let fold = 0.03 * noise.rough(x * 1.6 + 0.8 * y, y * 1.1) * smooth(0.0, 0.4, below);
            let z =
                -0.55 + 0.97 * middle.sqrt() + mix(0.0, 0.95 - 0.85 * middle.sqrt(), chest) * round + fold;
            (v3(x, y, z), [x, y])
        })
    }

    /// What is painted on them.
    pub(super) fn texture(&self, noise: &Noise, look: &Look, lowest: f32, detail: f32) -> impl Texels {
        let area = Area { left: -2.3, top: 1.3, right: 2.3, bottom: lowest };
        let fine = 64.0 * detail.clamp(0.5, 1.6);
        Lazy::new(area, (fine, fine), move |x, y| {
            let mut colour = self.main;
            if self.stripes > 0.0 && self.cut != Cut::Jacket {
                let wave = (y * self.stripes * 0.5).fract();
                colour = blend(colour, self.second, 0.85 * smooth(0.5, 0.55, wave) * smooth(1.0, 0.95, wave));
            }
            let from = y - self.edge.at(x);
            colour = self.trim(colour, x, y, from, look);
            let weave = 1.0 + 0.07 * noise.at(x * 70.0, y * 70.0) + 0.1 * noise.rough(x * 2.0, y * 2.0);
            [colour[0] * weave, colour[1] * weave, colour[2] * weave, 1.0]
        })
    }

    /// Neckband, collar or lapels at a point, `from` below the upper edge.
    fn trim(&self, colour: Rgb, x: f32, y: f32, from: f32, look: &Look) -> Rgb {
        let off = x.abs();
        let seam = |distance: f32| 1.0 - 0.5 * bump(distance, 0.0, 0.012, 1.0);
        match self.cut {
            Cut::Crew if off < 0.66 => {
                let band = smooth(0.1, 0.09, from);
                scale(blend(colour, scale(self.main, 0.8), band), seam(from - 0.1))
            }
            Cut::Vee => {
                let depth = 1.72 + 0.55 - 1.05 * off;
                if off < 0.5 && y < depth {
                    return scale(look.skin.tone, 0.92);
                }
                let band = smooth(0.09, 0.08, y - depth) * smooth(0.62, 0.55, off);
                scale(blend(colour, scale(self.main, 0.75), band), seam(y - depth - 0.085))
            }
            Cut::Collar => {
                let wing = 1.98 - 0.55 * off;
                if off < 0.14 - 0.5 * (y - 1.74) && y < 1.98 {
                    return scale(look.skin.tone, 0.8);
                }
                let collar = smooth(0.0, 0.015, wing - y) * smooth(0.72, 0.7, off);
                let light = blend(colour, scale(colour, 1.25), collar);
                let edge = seam(y - wing) * mix(1.0, seam(off - 0.012), smooth(1.9, 1.95, y));
                let button = bump(x, (y - 2.12).abs() - 0.0, 0.022, 0.022) + bump(x, y - 2.42, 0.022, 0.022);
                blend(scale(light, if off < 0.72 { edge } else { 1.0 }), [0.7, 0.68, 0.62], button.min(0.9))
            }
            Cut::Jacket => {
                let lapel = 0.2 + 0.0 * y + 0.34 * smooth(2.9, 1.6, y);
                let shirt = off < lapel;
                let tie = off < 0.075 + 0.05 * smooth(1.8, 2.6, y);
                let cloth = if shirt && tie && y > 1.76 {
                    self.second
                } else if shirt {
                    srgb(226, 226, 224)
                } else {
                    scale(self.main, 0.8)
                };
                scale(cloth, seam(off - lapel) * seam(off - lapel - 0.28 * smooth(2.6, 1.9, y)))
            }
            Cut::Crew => colour,
        }
    }
}

/// Hair that lies on the shoulders stays with them when the head turns.
pub(super) fn resting(pose: &Pose, p: V3) -> V3 {
    pose.place(p).mix(p, 0.75 * smooth(0.45, 1.5, p.y))
}
