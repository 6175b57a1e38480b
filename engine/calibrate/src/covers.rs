//! Patches put on finished pictures: for photographs, which cannot be drawn with something in front.

use image::{Rgb, RgbImage};
use lianpu_engine::vision::Landmarks;
use lianpu_engine::vision::align::Frame;

use super::random::Random;

/// Hides a part (by its number in the vendors' order) behind a patch of a random kind.
pub fn paste(image: &mut RgbImage, landmarks: &Landmarks, part: usize, coloured: bool, random: &mut Random) {
    let frame = Frame::new(landmarks);
    let unit = frame.unit().max(1.0);
    let place = |point: usize| {
        let (x, y) = (landmarks[point].x - frame.origin.x, landmarks[point].y - frame.origin.y);
        let (ax, ay) = (frame.across.x / unit, frame.across.y / unit);
        ((x * ax + y * ay) / unit, (y * ax - x * ay) / unit)
    };
    let (x, y, wide, high) = match part {
        0 => (-0.5, -0.02, 0.38, 0.27),
        1 => (0.5, -0.02, 0.38, 0.27),
        2 => (place(30).0 * 0.8, place(30).1 - 0.03, 0.32, 0.36),
        3 => (
            place(51).0,
            f32::midpoint(place(51).1, place(57).1),
            0.62 * half(place(48), place(54)) + 0.22,
            0.32,
        ),
        4 => (f32::midpoint(place(3).0, place(31).0), 0.62, 0.36, 0.36),
        5 => (f32::midpoint(place(13).0, place(35).0), 0.62, 0.36, 0.36),
        _ => (place(8).0, place(8).1 - 0.12, 0.7, 0.3),
    };
    let grow = random.between(0.85, 1.2);
    let (x, y) = (x + random.between(-0.05, 0.05), y + random.between(-0.05, 0.05));
    let (wide, high) = (wide * grow, high * grow);
    let round = random.chance(0.3);
    let paint = Paint::new(coloured, random);
    let reach = 1.5 * wide.max(high) * unit;
    let middle = frame.pixel(x, y);
    let (ax, ay) = (frame.across.x / unit, frame.across.y / unit);
    for py in (middle.y - reach).max(0.0) as u32..((middle.y + reach).max(0.0) as u32).min(image.height()) {
        for px in (middle.x - reach).max(0.0) as u32..((middle.x + reach).max(0.0) as u32).min(image.width())
        {
            let (dx, dy) = (px as f32 - middle.x, py as f32 - middle.y);
            let u = (dx * ax + dy * ay) / (wide * unit);
            let v = (dy * ax - dx * ay) / (high * unit);
            let inside = if round { u * u + v * v < 1.2 } else { u.abs() < 1.0 && v.abs() < 1.0 };
            if inside {
                image.put_pixel(px, py, paint.at(u, v, random));
            }
        }
    }
}

fn half(a: (f32, f32), b: (f32, f32)) -> f32 {
    0.5 * (a.0 - b.0).hypot(a.1 - b.1)
}

/// A surface: a colour, a second one in stripes or checks, a slope of brightness, grain.
struct Paint {
    colours: [[f32; 3]; 2],
    /// How often the second colour comes across and down; 0 for never.
    stripes: (f32, f32),
    slope: (f32, f32),
    grain: f32,
}

impl Paint {
    fn new(coloured: bool, random: &mut Random) -> Self {
        let colour = |random: &mut Random| -> [f32; 3] {
            let luma = match random.below(4) {
                0 => random.between(0.0, 25.0),
                1 => random.between(215.0, 255.0),
                _ => random.between(25.0, 225.0),
            };
            std::array::from_fn(|_| if coloured { luma + random.between(-50.0, 50.0) } else { luma })
        };
        let stripes = match random.below(4) {
            0 => (random.between(1.0, 6.0), 0.0),
            1 => (0.0, random.between(1.0, 6.0)),
            2 => (random.between(1.0, 5.0), random.between(1.0, 5.0)),
            _ => (0.0, 0.0),
        };
        Self {
            colours: [colour(random), colour(random)],
            stripes,
            slope: (random.between(-30.0, 30.0), random.between(-30.0, 30.0)),
            grain: random.between(0.0, 12.0),
        }
    }

    fn at(&self, u: f32, v: f32, random: &mut Random) -> Rgb<u8> {
        let stripe = |place: f32, often: f32| often > 0.0 && (place * often).rem_euclid(1.0) < 0.5;
        let second = stripe(u, self.stripes.0) ^ stripe(v, self.stripes.1);
        let shade = u * self.slope.0 + v * self.slope.1 + random.between(-self.grain, self.grain);
        Rgb(self.colours[usize::from(second)].map(|value| (value + shade).clamp(0.0, 255.0) as u8))
    }
}
