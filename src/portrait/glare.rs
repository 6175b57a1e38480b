//! Too much light: a picture exposed too long, and a lamp that shines into the lens.

use super::colour::Rgb;
use super::maths::{bell, turn};
use super::scene::Scene;

/// Adds glare to the light of a picture, from hardly any to where a face is white on the side of the lamp.
pub(super) fn add(light: &mut [Rgb], width: usize, scene: &Scene) {
    let height = light.len() / width;
    let (exposure, veil) =
        (1.0 + 2.4 * scene.glare * scene.glare, 0.5 * scene.glare + 0.9 * scene.glare * scene.glare);
    // The veil lies on the side from which the lamp shines, about a third of the way to the border.
    let ((across, _), (up, _)) = (turn(scene.light.azimuth), turn(scene.light.elevation));
    let (x0, y0) = (0.5 + 0.3 * across, 0.45 - 0.3 * up);
    for (row, pixels) in light.chunks_exact_mut(width).enumerate() {
        let dy = (row as f32 + 0.5) / height as f32 - y0;
        for (column, rgb) in pixels.iter_mut().enumerate() {
            let dx = (column as f32 + 0.5) / width as f32 - x0;
            let white = veil * bell((dx * dx + dy * dy) * 6.0) + 0.12 * scene.glare;
            *rgb = rgb.map(|v| v * exposure + white);
        }
    }
}
