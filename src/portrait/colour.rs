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

/// The least light that the table of [`encode`] holds: 2 to this power.
const LEAST: u32 = 16;
/// Steps of the table from one power of two to the next: 2 to this power; each less than a quarter of a grey level.
const STEPS: u32 = 9;
/// The most light that the table holds is 2 to this power; more is as white.
const MOST: u32 = 3;

/// Light to sRGB, 0 to 255 and not yet rounded.
///
/// Light above 0.8 is compressed, as film does, so that highlights keep their form.
#[derive(Clone, Copy)]
pub(super) struct Film(&'static [f32]);

impl Film {
    pub(super) fn new() -> Self {
        static TABLE: LazyLock<Vec<f32>> = LazyLock::new(|| {
            (0..(LEAST + MOST) << STEPS).map(|step| encode(Film::light(step, 0.5))).collect()
        });
        Self(&TABLE)
    }

    /// The light that becomes this grey level; white is the most light that the table holds.
    pub(super) fn light_of(byte: u8) -> f32 {
        let held = srgb(byte, byte, byte)[0];
        if held <= 0.8 {
            return held;
        }
        let over = (held - 0.8) / 0.2;
        ((0.8 - 0.6 * over) / (1.0 - over).max(1e-6)).min((1 << MOST) as f32)
    }

    /// The light at which a step begins, or a share of the way to the next.
    fn light(step: u32, share: f32) -> f32 {
        let begins = |step: u32| f32::from_bits(((127 - LEAST) << 23) + (step << (23 - STEPS)));
        mix(begins(step), begins(step + 1), share)
    }

    /// The grey level of an amount of light. The bits of a float are about its logarithm, so they find the step.
    pub(super) fn grey(self, light: f32) -> f32 {
        let least = (127 - LEAST) << 23;
        let step = (light.max(f32::from_bits(least)).to_bits() - least) >> (23 - STEPS);
        self.0[(step as usize).min(self.0.len() - 1)]
    }
}

fn encode(light: f32) -> f32 {
    let held = if light > 0.8 { 0.8 + 0.2 * (light - 0.8) / (light - 0.6) } else { light };
    255.0 * if held <= 0.003_130_8 { 12.92 * held } else { 1.055 * power(held, 1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::Film;

    #[test]
    fn light_of_a_grey_level_becomes_that_level_again() {
        let film = Film::new();
        for byte in 0..255 {
            assert_eq!((film.grey(Film::light_of(byte)) + 0.5) as u8, byte);
        }
        assert!(film.grey(Film::light_of(255)) > 253.5);
    }
}
