//! One face in the place of another.

use super::mask::Mask;
use super::repaint::repainted;
use super::side::Side;
use super::tone::Tone;
use super::warp::Warp;
use crate::vision::align::Frame;
use crate::vision::{Picture, Point};

/// Over which part of the distance between the eyes the edge of the face fades.
const FADE: f32 = 0.25;

/// The template with the target's face: moved to the template's landmarks, in its tone, with a soft edge. `share` is how
/// much of the target is shown, 0 to 1.
pub(in super::super) fn merge(template: &Side, target: &Side, share: f32) -> Picture {
    let fade = |side: &Side| Frame::new(&side.landmarks).unit() * FADE;
    let mask = Mask::new(&template.landmarks, fade(template));
    let (own, given) = (
        Tone::of(&template.picture, &mask),
        Tone::of(&target.picture, &Mask::new(&target.landmarks, fade(target))),
    );
    let warp = Warp::new(&target.landmarks[..], &template.landmarks[..]);
    let bounds = mask.bounds(template.picture.width(), template.picture.height());
    repainted(&template.picture, bounds, |x, y| {
        let here = Point { x: x as f32, y: y as f32 };
        let there = warp.source(here);
        let moved = given.carried(&own, target.picture.between(there.x, there.y));
        let kept = template.picture.at(x as isize, y as isize).map(f32::from);
        let share = share * mask.share(here);
        std::array::from_fn(|channel| kept[channel] + (moved[channel] - kept[channel]) * share)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::Landmarks;

    /// A face of one colour on black.
    fn side(colour: u8, left: usize) -> Side {
        let (width, height) = (120, 100);
        let inside = |x: usize, y: usize| (left..left + 60).contains(&x) && (20..80).contains(&y);
        let rgb =
            (0..width * height).flat_map(|at| [if inside(at % width, at / width) { colour } else { 0 }; 3]);
        let picture = Picture::new(width, height, rgb.collect()).expect("a picture");
        let at = |i: usize| Point { x: (left + 4 + (i % 8) * 7) as f32, y: (24 + (i / 8) * 6) as f32 };
        let landmarks: Landmarks = Box::new(std::array::from_fn(at));
        Side { picture, landmarks }
    }

    #[test]
    fn only_the_face_changes_and_it_takes_the_templates_tone() {
        let (template, target) = (side(200, 10), side(90, 50));
        let merged = merge(&template, &target, 1.0);
        assert_eq!(merged.at(2, 2), template.picture.at(2, 2));
        assert_eq!(merged.at(110, 50), [0; 3]);
        let middle = merged.at(38, 45)[0];
        assert!(middle.abs_diff(200) <= 8, "{middle}");
        assert_eq!(merge(&template, &target, 0.0), template.picture);
    }
}
