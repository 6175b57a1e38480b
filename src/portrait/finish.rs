//! From light to the bytes of pixels: size, darkness, blur and sensor noise.

use super::Raster;
use super::colour::{Film, Rgb};
use super::enlarge::enlarged;
use super::maths::bell;
use super::pose::Camera;
use super::random::Random;
use super::scene::Scene;

/// How finely a scene is drawn. Huge pictures are drawn smaller and enlarged.
pub(super) struct Plan {
    /// Width and height at which it is drawn.
    pub(super) drawn: (usize, usize),
    /// Samples across and down in each pixel.
    pub(super) finer: usize,
}

/// The most pixels that are really drawn.
const MOST: f32 = 1_400_000.0;

impl Plan {
    pub(super) fn of(scene: &Scene) -> Self {
        let (width, height) = scene.pixels();
        let shrink = (MOST / (width as f32 * height as f32)).sqrt().min(1.0);
        let side = |pixels: u32| ((pixels as f32 * shrink) as usize).max(1);
        let drawn = (side(width), side(height));
        Self { drawn, finer: if drawn.0 * drawn.1 > 700_000 { 1 } else { 2 } }
    }

    /// The camera for a face, in units of a pixel divided by `finer`.
    pub(super) fn camera(&self, scene: &Scene, index: usize, finer: f32) -> Camera {
        let (columns, rows) = scene.grid();
        let wide = self.drawn.0 as f32 / columns as f32 * finer;
        let high = self.drawn.1 as f32 / rows as f32 * finer;
        let (column, row) = (index as u32 % columns, index as u32 / columns);
        let scale = (high / 4.15).min(wide / 3.0) * scene.faces[index].zoom;
        // People far away stand lower, so that their clothes reach the edge.
        let eyes = (0.455 * high).max(high - 3.2 * scale);
        Camera { x: (column as f32 + 0.5) * wide, y: row as f32 * high + eyes, scale }
    }
}

/// Makes the pixels of the picture.
pub(super) fn finish(scene: &Scene, plan: &Plan, light: Vec<Rgb>) -> Raster {
    let (film, mut grey) = (Film::new(), light);
    for v in grey.as_flattened_mut() {
        *v = film.grey(*v) * scene.dark;
    }
    let (width, height) = scene.pixels();
    let shrink = plan.drawn.0 as f32 / width as f32;
    if scene.blur > 0.0 {
        grey = blurred(&grey, plan.drawn.0, scene.blur * shrink);
    }
    if plan.drawn != (width as usize, height as usize) {
        grey = enlarged(&grey, plan.drawn, (width as usize, height as usize));
    }
    let mut random = Random::new(scene.seed, 12);
    let mut pixels = vec![0; 3 * grey.len()];
    for (bytes, rgb) in pixels.as_chunks_mut::<3>().0.iter_mut().zip(&grey) {
        let noise = normal(&mut random);
        for channel in 0..3 {
            let v = rgb[channel] + scene.noise * noise[channel] + 0.5;
            bytes[channel] = v.clamp(0.0, 255.0) as i32 as u8;
        }
    }
    Raster { width, height, pixels }
}

/// Three numbers about normally distributed with variance 1: each the sum of three uniform ones of 7 bits.
fn normal(random: &mut Random) -> [f32; 3] {
    let bits = random.bits();
    std::array::from_fn(|number| {
        let part = |at: usize| (bits >> (21 * number + 7 * at)) as i32 & 0x7F;
        // Three uniform numbers of 0..=127 have mean 190.5 and variance 3 * (128 * 128 - 1) / 12.
        ((part(0) + part(1) + part(2)) as f32 - 190.5) * 0.015_625_5
    })
}

/// Blurs by a bell of this sigma in pixels, across and then down.
fn blurred(pixels: &[Rgb], width: usize, sigma: f32) -> Vec<Rgb> {
    let reach = (2.83 * sigma).ceil() as i32;
    // bell(r²) is about exp(-r²), so r is the distance over sigma times the square root of 2.
    let weights: Vec<f32> =
        (-reach..=reach).map(|off| bell((off * off) as f32 / (2.0 * sigma * sigma).max(1e-6))).collect();
    let whole: f32 = 1.0 / weights.iter().sum::<f32>();
    let height = pixels.len() / width;
    let pass = |from: &[Rgb], length: usize, step: usize, start: &dyn Fn(usize) -> usize| -> Vec<Rgb> {
        let mut into = vec![[0.0; 3]; from.len()];
        for line in 0..from.len() / length {
            let first = start(line);
            for place in 0..length {
                let mut sum = [0.0; 3];
                for (off, weight) in (-reach..=reach).zip(&weights) {
                    let near = (place as i32 + off).clamp(0, length as i32 - 1) as usize;
                    for (total, v) in sum.iter_mut().zip(from[first + near * step]) {
                        *total += v * weight;
                    }
                }
                into[first + place * step] = sum.map(|v| v * whole);
            }
        }
        into
    };
    let across = pass(pixels, width, 1, &|line| line * width);
    pass(&across, height, width, &|line| line)
}
