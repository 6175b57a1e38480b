//! Pictures enlarged, and colours between pixels.

use super::colour::Rgb;
use super::maths::mix;

/// Enlarges from one width and height to another by linear interpolation.
pub(super) fn enlarged(pixels: &[Rgb], from: (usize, usize), to: (usize, usize)) -> Vec<Rgb> {
    let place = |target: usize, from: usize, to: usize| {
        let at = ((target as f32 + 0.5) * from as f32 / to as f32 - 0.5).clamp(0.0, (from - 1) as f32);
        (at as usize, (at as usize + 1).min(from - 1), at - at.floor())
    };
    let columns: Vec<_> = (0..to.0).map(|column| place(column, from.0, to.0)).collect();
    let mut into = Vec::with_capacity(to.0 * to.1);
    for row in 0..to.1 {
        let (above, below, down) = place(row, from.1, to.1);
        for &(left, right, across) in &columns {
            into.push(std::array::from_fn(|channel| {
                let v = |row: usize, column: usize| pixels[row * from.0 + column][channel];
                mix(
                    mix(v(above, left), v(above, right), across),
                    mix(v(below, left), v(below, right), across),
                    down,
                )
            }));
        }
    }
    into
}

/// The colour between the pixels of a picture; beyond the border, that of the border.
pub(super) fn between(pixels: &[Rgb], (width, height): (usize, usize), x: f32, y: f32) -> Rgb {
    let (x, y) = (x.clamp(0.0, (width - 1) as f32), y.clamp(0.0, (height - 1) as f32));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (across, down) = (x - left as f32, y - top as f32);
    std::array::from_fn(|channel| {
        let v = |row: usize, column: usize| pixels[row * width + column][channel];
        mix(mix(v(top, left), v(top, right), across), mix(v(bottom, left), v(bottom, right), across), down)
    })
}
