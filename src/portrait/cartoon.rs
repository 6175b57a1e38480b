//! A picture as if drawn by hand: few flat colours, dark lines along edges.

use super::blur::blurred;
use super::colour::Rgb;
use super::maths::{mix, smooth};

/// Grey levels between two flat tones.
const TONE: f32 = 36.0;

/// Turns grey levels (0 to 255) into flat tones with outlines.
pub(super) fn drawn(pixels: &[Rgb], width: usize) -> Vec<Rgb> {
    let calm = blurred(pixels, width, 1.4);
    let luma: Vec<f32> = calm.iter().map(bright).collect();
    let last = luma.len() - 1;
    calm.iter()
        .enumerate()
        .map(|(place, rgb)| {
            let near = |off: isize| luma[place.saturating_add_signed(off).min(last)];
            let (across, down) = (near(1) - near(-1), near(width as isize) - near(-(width as isize)));
            let line = smooth(14.0, 34.0, (across * across + down * down).sqrt());
            let flat = flattened(luma[place]);
            let k = flat / luma[place].max(1.0);
            // Colours become purer as they become flat.
            rgb.map(|v| mix((flat + 1.35 * (v * k - flat)).clamp(0.0, 255.0), 20.0, line))
        })
        .collect()
}

/// The nearest tone, with a short slope between tones instead of a step.
fn flattened(luma: f32) -> f32 {
    let place = luma / TONE;
    let tone = place.floor();
    TONE * (tone + 0.5 + smooth(0.9, 1.0, place - tone))
}

fn bright(rgb: &Rgb) -> f32 {
    0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
}
