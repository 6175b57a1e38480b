//! Pictures out of focus, and pictures of what moved.

use super::colour::Rgb;
use super::enlarge::between;
use super::maths::{bell, turn};
use super::scene::Motion;

/// Blurs by a bell of this sigma in pixels, across and then down.
pub(super) fn blurred(pixels: &[Rgb], width: usize, sigma: f32) -> Vec<Rgb> {
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

/// Blurs along a line, as long and leaning as the camera was shaken while the picture was taken.
pub(super) fn shaken(pixels: &[Rgb], width: usize, motion: Motion) -> Vec<Rgb> {
    let (sin, cos) = turn(motion.angle);
    let steps = motion.pixels.ceil().max(1.0) as usize;
    let offsets: Vec<(f32, f32)> = (0..=steps)
        .map(|step| motion.pixels * (step as f32 / steps as f32 - 0.5))
        .map(|off| (off * cos, -off * sin))
        .collect();
    let (height, share) = (pixels.len() / width, 1.0 / offsets.len() as f32);
    let mut into = Vec::with_capacity(pixels.len());
    for row in 0..height {
        for column in 0..width {
            let mut sum = [0.0; 3];
            for (dx, dy) in &offsets {
                let near = between(pixels, (width, height), column as f32 + dx, row as f32 + dy);
                for (total, v) in sum.iter_mut().zip(near) {
                    *total += v;
                }
            }
            into.push(sum.map(|v| v * share));
        }
    }
    into
}

#[cfg(test)]
mod tests {
    use super::blurred;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_blurred_dot_keeps_its_light_and_its_place(sigma in 0.3..4.0_f32, column in 12..20_usize, row in 12..20_usize) {
            let mut pixels = vec![[0.0; 3]; 32 * 32];
            pixels[32 * row + column] = [100.0, 50.0, 0.0];
            let blurred = blurred(&pixels, 32, sigma);
            let sum = |channel: usize| blurred.iter().map(|rgb| rgb[channel]).sum::<f32>();
            prop_assert!((sum(0) - 100.0).abs() < 0.05 && (sum(1) - 50.0).abs() < 0.05, "{} {}", sum(0), sum(1));
            prop_assert!(blurred.iter().all(|rgb| rgb[2] == 0.0));
            let most = blurred.iter().map(|rgb| rgb[0]).fold(0.0, f32::max);
            prop_assert!(blurred[32 * row + column][0] >= most);
        }
    }
}
