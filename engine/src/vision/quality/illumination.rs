//! How much light falls on a face.
//!
//! Dark skin in good light is as dark as light skin in bad light, but not as grey: melanin takes more of blue than of red,
//! however bright the lamp. So the colour says how much of the light the skin gives back, and the brightness is divided
//! by that. Without colours, and in coloured light, it says less; what it may add is bounded.

use super::super::align::Frame;
use super::super::picture::luma;
use super::super::{Landmarks, Picture};

/// Places looked at along each side of the face.
const SAMPLES: usize = 24;
/// The part of the darkest and of the brightest places that is left out: eyes, brows, glints.
const TRIMMED: f32 = 0.1;

/// How far red is above blue, as a part of the sum of the colours, in skin that gives back as much light as most: the median of
/// 110 drawn people, with the slope of the logarithm of their brightness over it (correlation -0.89).
const MIDDLING: f32 = 0.154;
const SLOPE: f32 = 3.9;
/// The most by which the brightness is divided on that account.
const MOST: f32 = 1.5;

/// The trimmed mean of the brightness from the brows to the mouth and from cheek to cheek, 0 to 255, as of middling skin;
/// paler skin keeps its own.
pub(super) fn illumination(picture: &Picture, landmarks: &Landmarks) -> f32 {
    let frame = Frame::new(landmarks);
    let at = |index: usize| (index as f32 + 0.5) / SAMPLES as f32;
    let mut places: Vec<(u8, [f32; 3])> = (0..SAMPLES * SAMPLES)
        .map(|index| frame.pixel(-0.8 + 1.6 * at(index % SAMPLES), -0.35 + 1.5 * at(index / SAMPLES)))
        .map(|place| picture.between(place.x, place.y))
        .map(|colour| (luma(colour.map(|value| value as u8)), colour))
        .collect();
    places.sort_by_key(|(luma, _)| *luma);
    let cut = (places.len() as f32 * TRIMMED) as usize;
    let kept = &places[cut..places.len() - cut];
    let brightness = kept.iter().map(|(luma, _)| f32::from(*luma)).sum::<f32>() / kept.len() as f32;
    let [red, green, blue] =
        [0, 1, 2].map(|channel| kept.iter().map(|(_, colour)| colour[channel]).sum::<f32>());
    let ruddy = (red - blue) / (red + green + blue).max(1.0);
    (brightness * (SLOPE * (ruddy - MIDDLING)).exp().clamp(1.0, MOST)).min(255.0)
}

#[cfg(test)]
mod tests {
    use super::super::super::Point;
    use super::*;

    fn of(colour: [u8; 3]) -> f32 {
        let picture = Picture::new(200, 200, colour.repeat(200 * 200)).expect("a picture");
        let mut landmarks: Landmarks = Box::new([Point { x: 100.0, y: 100.0 }; 68]);
        landmarks[36..42].fill(Point { x: 75.0, y: 80.0 });
        landmarks[42..48].fill(Point { x: 125.0, y: 80.0 });
        illumination(&picture, &landmarks)
    }

    #[test]
    fn dark_skin_in_good_light_is_told_from_bad_light() {
        let (dark, pale) = (of([128, 84, 60]), of([214, 178, 160]));
        assert!(dark > 110.0 && pale > 180.0, "{dark} {pale}");
        assert!(of([92, 92, 92]) < 93.0, "grey of the same brightness is bad light");
        assert!((of([64, 42, 30]) - dark / 2.0).abs() < 2.0, "half the light, half the number");
        assert!(of([0, 0, 0]) < 1.0);
    }
}
