//! A picture of a picture: printed on paper, or shown on a screen, and photographed again.

use super::blur::blurred;
use super::colour::Rgb;
use super::enlarge::between;
use super::maths::{cosine, mix, smooth};
use super::random::{Noise, Random};
use super::scene::{Recapture, Scene};

/// How large the picture stands in the picture of it.
pub(super) const SHRUNK: f32 = 0.84;

/// Where a place of the picture, from its middle, is seen in the picture of it.
pub(super) fn moved(scene: &Scene, x: f32, y: f32) -> (f32, f32) {
    if scene.recapture == Recapture::None {
        return (x, y);
    }
    let (width, height) = scene.pixels();
    let (cx, cy) = (0.5 * width as f32, 0.5 * height as f32);
    (cx + (x - cx) * SHRUNK, cy + (y - cy) * SHRUNK)
}

/// Which place of the picture is seen at a place of the picture of it.
pub(super) fn shown(scene: &Scene, x: f32, y: f32) -> (f32, f32) {
    if scene.recapture == Recapture::None {
        return (x, y);
    }
    let (width, height) = scene.pixels();
    let (cx, cy) = (0.5 * width as f32, 0.5 * height as f32);
    (cx + (x - cx) / SHRUNK, cy + (y - cy) / SHRUNK)
}

/// The picture of a picture, both in grey levels (0 to 255).
pub(super) fn of(pixels: &[Rgb], (width, height): (usize, usize), scene: &Scene) -> Vec<Rgb> {
    let soft = blurred(pixels, width, 0.8);
    let mut random = Random::new(scene.seed, 13);
    let noise = Noise::new(&mut random);
    let table = random.between(40.0, 110.0);
    let (cx, cy) = (0.5 * (width as f32 - 1.0), 0.5 * (height as f32 - 1.0));
    let small = width.min(height) as f32;
    let mut into = Vec::with_capacity(pixels.len());
    for row in 0..height {
        for column in 0..width {
            let (x, y) = (column as f32, row as f32);
            let (u, v) = (cx + (x - cx) / SHRUNK, cy + (y - cy) / SHRUNK);
            // How far inside the picture, or outside when negative, in shares of its smaller side.
            let inside = (u.min(v).min(width as f32 - 1.0 - u).min(height as f32 - 1.0 - v) + 0.5) / small;
            let shown = || between(&soft, (width, height), u, v);
            into.push(match scene.recapture {
                Recapture::None => pixels[row * width + column],
                Recapture::Print => printed(&noise, inside, x, y, table, shown),
                Recapture::Screen => displayed(inside, x, y, table, shown),
            });
        }
    }
    into
}

/// Ink on paper: less contrast, no true black, grain, a white edge that ends on a table.
fn printed(noise: &Noise, inside: f32, x: f32, y: f32, table: f32, shown: impl Fn() -> Rgb) -> Rgb {
    let paper = [236.0, 232.0, 222.0];
    let fibre = 5.0 * noise.at(0.9 * x, 0.9 * y) + 6.0 * noise.at(0.02 * x, 0.02 * y);
    if inside < -0.04 {
        let shadow = mix(0.55, 1.0, smooth(-0.04, -0.07, inside));
        return [1.0, 0.9, 0.78].map(|k| shadow * (table * k + 0.6 * fibre));
    }
    if inside < 0.0 {
        return paper.map(|v| v + fibre);
    }
    // Dots of a screen of four pixels, turned by 45 degrees.
    let dots = 3.5 * cosine(1.571 * (x + y) * 0.7) * cosine(1.571 * (x - y) * 0.7);
    let ink = shown();
    std::array::from_fn(|channel| 44.0 + ink[channel] * (paper[channel] - 58.0) / 255.0 + fibre + dots)
}

/// Light of a panel: bluish, greyed blacks, interference of its grid with the sensor's, a dark bezel.
fn displayed(inside: f32, x: f32, y: f32, table: f32, shown: impl Fn() -> Rgb) -> Rgb {
    if inside < -0.055 {
        return [0.7, 0.74, 0.8].map(|k| k * table);
    }
    if inside < 0.0 {
        let rim = 26.0 * smooth(-0.047, -0.055, inside);
        return [16.0 + rim, 17.0 + rim, 19.0 + rim];
    }
    // Two grids that almost agree: slow bands, a little different for each colour.
    let lit = shown();
    std::array::from_fn(|channel| {
        let shift = 0.9 * channel as f32;
        let bands = 7.0 * cosine(0.31 * x + 0.05 * y + shift) * cosine(0.27 * y - 0.04 * x + shift)
            + 4.0 * cosine(2.6 * x + shift);
        26.0 + lit[channel] * [0.80, 0.84, 0.90][channel] + bands
    })
}
