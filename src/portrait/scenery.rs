//! What is behind people, and what there is instead of them: walls, curtains, landscapes.

use super::colour::{Rgb, blend, scale, srgb};
use super::enlarge::{Neighbours, mixed};
use super::maths::{cosine, mix, smooth};
use super::random::{Noise, Random};

/// What is behind people: chosen, and painted only where it is seen.
pub(super) struct Behind {
    wall: Wall,
    colour: Rgb,
    /// Where the light falls, in 0..1 across and down.
    glow: (f32, f32),
    noise: Noise,
    land: Land,
}

impl Behind {
    pub(super) fn new(random: &mut Random) -> Self {
        let noise = Noise::new(random);
        let wall = random.pick(&[Wall::Studio, Wall::Studio, Wall::Panels, Wall::Curtain, Wall::Outdoors]);
        let colour = pick(random, &WALLS);
        let glow = (random.between(0.2, 0.8), random.between(0.1, 0.6));
        let ridge = random.between(0.42, 0.6);
        let land = Land { noise, ridge, shift: random.between(0.0, 90.0), clouds: 0.8 };
        Self { wall, colour, glow, noise, land }
    }

    /// The pixel of each column and row of a picture of `width` by `height`.
    ///
    /// Out of focus: half as fine as the picture is enough.
    pub(super) fn painter(&self, width: usize, height: usize) -> impl FnMut(usize, usize) -> Rgb {
        let coarse = (width.div_ceil(2), height.div_ceil(2));
        let (columns, rows) = (Neighbours::all(coarse.0, width), Neighbours::all(coarse.1, height));
        let mut lines: Vec<Option<[f32; 3]>> = vec![None; coarse.0];
        let mut painted: Vec<Option<Rgb>> = vec![None; coarse.0 * coarse.1];
        move |column, row| {
            let (columns, rows) = (columns[column], rows[row]);
            let mut at = |column: usize, row: usize| {
                *painted[row * coarse.0 + column].get_or_insert_with(|| {
                    let x = across(column, coarse.0);
                    let lines = || *lines[column].get_or_insert_with(|| self.land.lines(x));
                    self.at(x, across(row, coarse.1), lines)
                })
            };
            let above = [at(columns.low, rows.low), at(columns.high, rows.low)];
            let below = [at(columns.low, rows.high), at(columns.high, rows.high)];
            mixed(above, below, columns.share, rows.share)
        }
    }

    /// The light at a point; `lines` gives those of the landscape there.
    fn at(&self, x: f32, y: f32, lines: impl FnOnce() -> [f32; 3]) -> Rgb {
        let (colour, noise) = (self.colour, &self.noise);
        let (dx, dy) = (x - self.glow.0, y - self.glow.1);
        let glow = 1.25 - 0.75 * (dx * dx + 0.7 * dy * dy).min(1.0);
        match self.wall {
            Wall::Studio => scale(colour, glow * (1.0 + 0.06 * noise.at(x * 4.0, y * 4.0))),
            Wall::Panels => {
                let place = x * 5.0 + 0.13;
                let groove = (place - place.floor() - 0.5).abs();
                let grain = noise.at(x * 60.0, y * 1.7 + place.floor() * 9.0);
                scale(colour, glow * (0.93 + 0.06 * grain) * mix(1.0, 0.72, smooth(0.47, 0.495, groove)))
            }
            Wall::Curtain => {
                let fold = cosine(x * 34.0 + 2.4 * noise.at(x * 3.0, y * 0.6));
                scale(colour, glow * (0.86 + 0.16 * fold))
            }
            Wall::Outdoors => blend(self.land.at(&lines(), x, y), srgb(205, 214, 220), 0.25),
        }
    }
}

/// A picture without anybody.
pub(super) fn nobody(width: usize, height: usize, random: &mut Random) -> Vec<Rgb> {
    let noise = Noise::new(random);
    let (kind, shift) = (random.bits() % 4, random.between(0.0, 90.0));
    let (first, second) = (pick(random, &WALLS), pick(random, &WALLS));
    // Under a clear sky: cascades see a face in one cloud of some hundreds, however faint.
    let land = Land { noise, ridge: random.between(0.38, 0.6), shift, clouds: 0.0 };
    let lines: Vec<_> = (0..width).map(|column| land.lines(across(column, width))).collect();
    let tall = height as f32 / width as f32;
    paint(width, height, |column, x, y| match kind {
        0 | 1 => land.at(&lines[column], x, y / tall.max(0.5) * tall),
        2 => {
            // A brick wall.
            let row = (y * 14.0 * tall).floor();
            let place = x * 7.0 + 0.5 * (row % 2.0);
            let (across, down) = (place.fract(), (y * 14.0 * tall).fract());
            let joint =
                smooth(0.03, 0.06, across.min(1.0 - across)) * smooth(0.06, 0.12, down.min(1.0 - down));
            let brick = blend(
                srgb(150, 84, 62),
                srgb(118, 62, 50),
                0.5 + 0.5 * noise.at(place.floor() * 3.7, row * 5.3),
            );
            let grain = 1.0 + 0.12 * noise.at(x * 90.0, y * 90.0 * tall);
            scale(blend(srgb(188, 180, 168), brick, joint), grain)
        }
        _ => {
            // Folded cloth.
            let fold = noise.rough(x * 2.5 + y, y * 2.0 * tall - x);
            let weave = 1.0 + 0.08 * cosine(x * 400.0) * cosine(y * 400.0 * tall);
            scale(blend(first, second, 0.5 + 0.3 * fold), (0.9 + 0.5 * fold) * weave)
        }
    })
}

#[derive(Clone, Copy)]
enum Wall {
    Studio,
    Panels,
    Curtain,
    Outdoors,
}

const WALLS: [(u8, u8, u8); 10] = [
    (148, 160, 172),
    (176, 170, 158),
    (120, 138, 128),
    (166, 142, 132),
    (98, 108, 122),
    (190, 186, 178),
    (134, 124, 142),
    (158, 168, 150),
    (112, 96, 88),
    (180, 164, 132),
];

fn pick(random: &mut Random, colours: &[(u8, u8, u8)]) -> Rgb {
    let (red, green, blue) = random.pick(colours);
    srgb(red, green, blue)
}

/// A landscape.
struct Land {
    noise: Noise,
    ridge: f32,
    shift: f32,
    /// How white clouds are, 0 to 1.
    clouds: f32,
}

impl Land {
    /// The upper edges of three ridges of hills, from far to near, at a place across.
    fn lines(&self, x: f32) -> [f32; 3] {
        std::array::from_fn(|layer| {
            let step = layer as f32;
            let rough = self.noise.rough(x * (2.0 + step) + self.shift, 7.0 * step + 0.5);
            self.ridge + 0.1 * step + (0.09 - 0.02 * step) * rough
        })
    }

    /// Sky with clouds, hills and a meadow. What is hidden by something nearer is not looked at.
    fn at(&self, lines: &[f32; 3], x: f32, y: f32) -> Rgb {
        const SOFT: f32 = 0.004;
        let hidden = (0..3).rev().find(|layer| y - lines[*layer] >= SOFT);
        let mut colour = if hidden.is_some() { [0.0; 3] } else { self.sky(x, y) };
        for (layer, line) in lines.iter().enumerate().skip(hidden.unwrap_or(0)) {
            let share = smooth(-SOFT, SOFT, y - line);
            if share > 0.0 {
                colour = blend(colour, self.hill(layer as f32, x, y), share);
            }
        }
        colour
    }

    fn sky(&self, x: f32, y: f32) -> Rgb {
        let clouds = smooth(0.05, 0.6, self.noise.rough(x * 3.0 + self.shift, y * 7.0));
        let clear = blend(srgb(96, 146, 204), srgb(206, 224, 236), smooth(0.0, self.ridge, y));
        blend(clear, srgb(246, 246, 246), self.clouds * clouds)
    }

    fn hill(&self, step: f32, x: f32, y: f32) -> Rgb {
        let leaves = self.noise.at(x * 50.0 / (step + 1.0), y * 60.0 / (step + 1.0));
        let green = blend(srgb(122, 146, 160), srgb(74, 102, 52), 0.5 * step);
        scale(green, 1.0 + (0.1 + 0.1 * step) * leaves)
    }
}

/// The pixels of a picture, from `colour(column, x, y)` with x and y in 0..1.
fn paint(width: usize, height: usize, mut colour: impl FnMut(usize, f32, f32) -> Rgb) -> Vec<Rgb> {
    let mut pixels = Vec::with_capacity(width * height);
    for row in 0..height {
        let y = (row as f32 + 0.5) / height as f32;
        for column in 0..width {
            pixels.push(colour(column, across(column, width), y));
        }
    }
    pixels
}

/// The place of a column or row, in 0..1.
fn across(column: usize, width: usize) -> f32 {
    (column as f32 + 0.5) / width as f32
}
