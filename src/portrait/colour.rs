//! Colours as light, and their way to and from the bytes of a picture (sRGB).

use std::sync::LazyLock;

use super::maths::{mix, power};

/// Red, green and blue as amounts of light, 0 to 1.
pub(super) type Rgb = [f32; 3];

/// The light of an sRGB colour given in bytes.
pub(super) fn srgb(r: u8, g: u8, b: u8) -> Rgb {
    static LIGHT: LazyLock<[f32; 256]> = LazyLock::new(|| {
        std::array::from_fn(|byte| {
            let v = byte as f32 / 255.0;
            if v <= 0.04045 { v / 12.92 } else { power((v + 0.055) / 1.055, 2.4) }
        })
    });
    [r, g, b].map(|byte| LIGHT[usize::from(byte)])
}

/// Linear between two colours.
pub(super) fn blend(a: Rgb, b: Rgb, share: f32) -> Rgb {
    [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)]
}

/// A colour made lighter or darker.
pub(super) fn scale(a: Rgb, k: f32) -> Rgb {
    a.map(|v| v * k)
}

const STEPS: usize = 2048;

/// Light to sRGB, 0 to 255 and not yet rounded.
///
/// Light above 0.8 is compressed, as film does, so that highlights keep their form.
pub(super) fn encode(light: f32) -> f32 {
    // Over the square root, so that the table is fine where the eye is fine.
    static TABLE: LazyLock<Vec<f32>> = LazyLock::new(|| {
        (0..=STEPS)
            .map(|step| {
                let root = step as f32 / STEPS as f32;
                let light = root * root;
                let dark = light <= 0.003_130_8;
                255.0 * if dark { 12.92 * light } else { 1.055 * power(light, 1.0 / 2.4) - 0.055 }
            })
            .collect()
    });
    let held = if light > 0.8 { 0.8 + 0.2 * (light - 0.8) / (light - 0.6) } else { light };
    let place = held.clamp(0.0, 1.0).sqrt() * STEPS as f32;
    let step = (place as usize).min(STEPS - 1);
    mix(TABLE[step], TABLE[step + 1], place - step as f32)
}
