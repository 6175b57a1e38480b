//! The 68 landmarks of a head as it is drawn, in the order of iBUG's 300-W: jaw, brows, nose, eyes, mouth.
//!
//! Left and right are the picture's, of an upright head that looks ahead. All are points of the head: when it turns they go
//! with the skin, the jaw too, and one that is turned away stays where it is behind the head.

use super::head::{Direction, Section};
use super::look::Look;
use super::maths::{V3, mix, power, v3};
use super::mouth::Shape;
use super::scene::Sitter;
use super::{eyes, measured};

/// How many there are.
pub(super) const COUNT: usize = 68;

/// All of them; `depth` says how far the front of the head stands out at a place.
pub(super) fn all(look: &Look, sitter: &Sitter, depth: impl Fn(f32, f32) -> f32) -> Vec<V3> {
    let mut flat = Vec::with_capacity(COUNT);
    for side in [-1.0, 1.0] {
        flat.extend(from_left(side, eyes::brow_line(look, sitter, side)));
    }
    nose(&mut flat, look);
    let left = eyes::outline(look, sitter, -1.0);
    // The eye on the right begins with its inner corner, and so goes round the other way.
    let [outer, upper_outside, upper_inside, inner, lower_inside, lower_outside] =
        eyes::outline(look, sitter, 1.0);
    flat.extend(left);
    flat.extend([inner, upper_inside, upper_outside, outer, lower_outside, lower_inside]);
    mouth(&mut flat, look, &Shape::new(look, sitter));
    let mut landmarks = jaw(look, &depth);
    landmarks.extend(flat.into_iter().map(|(x, y)| v3(x, y, depth(x, y))));
    debug_assert_eq!(landmarks.len(), COUNT);
    landmarks
}

/// Points from the outside inwards, told from the picture's left to its right.
fn from_left<const N: usize>(side: f32, mut points: [(f32, f32); N]) -> [(f32, f32); N] {
    if side > 0.0 {
        points.reverse();
    }
    points
}

/// 17 points from one ear, a little above the eyes, round the chin to the other.
fn jaw(look: &Look, depth: &impl Fn(f32, f32) -> f32) -> Vec<V3> {
    const STEPS: usize = 200;
    /// Steps as long as those between neighbours from the ear to the chin: the last one is longer.
    const LONG: f32 = 8.8;
    let (highest, lowest) = (-0.1, look.skull.chin);
    let outline: Vec<(f32, f32)> = (0..=STEPS)
        .map(|step| {
            // Finer towards the chin, where the outline turns.
            let left = 1.0 - step as f32 / STEPS as f32;
            let y = mix(lowest, highest, left * left);
            (Section::new(&look.skull, y).half_width(), y)
        })
        .collect();
    let lengths: Vec<f32> = outline
        .windows(2)
        .scan(0.0, |sum, pair| {
            let (x, y) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            *sum += (x * x + y * y).sqrt();
            Some(*sum)
        })
        .collect();
    let whole = lengths[STEPS - 1];
    let half: Vec<V3> = (0..8)
        .map(|number| {
            let along = number as f32 / LONG * whole;
            let place = lengths.iter().position(|length| *length >= along).unwrap_or(STEPS - 1);
            // The edge of the jaw runs from the side to the front of the chin.
            let share = number as f32 / 8.0;
            let around = power(share, 6.0);
            Section::new(&look.skull, outline[place].1).at(Direction::new(mix(90.0, 0.0, around)))
        })
        .collect();
    let chin = measured::chin(look);
    let left = half.iter().map(|p| v3(-p.x, p.y, p.z));
    let right = half.iter().rev().copied();
    left.chain([v3(0.0, chin, depth(0.0, chin))]).chain(right).collect()
}

/// Four down the ridge to the tip, and five along its lower edge.
fn nose(flat: &mut Vec<(f32, f32)>, look: &Look) {
    let nose = &look.nose;
    let tip = measured::tip_of_nose(look);
    flat.extend([0.0, 1.0, 2.0, 3.0].map(|step| (0.0, mix(0.02, tip, step / 3.0))));
    let base = nose.long + 0.04;
    flat.extend([-0.85, -0.45, 0.0, 0.45, 0.85].map(|x: f32| {
        let higher = 0.03 * x.abs();
        (x * nose.wide, base - higher)
    }));
}

/// Twelve round the lips and eight round what is between them, both from the corner on the left over the top.
fn mouth(flat: &mut Vec<(f32, f32)>, look: &Look, mouth: &Shape) {
    let lips = &look.mouth;
    let corner = |side: f32, inside: f32| (side * inside * mouth.wide, mouth.line(inside * mouth.wide));
    let upper = |x: f32| (x, mouth.line(x) - mouth.upper_lip(lips, x));
    let lower = |x: f32| (x, mouth.lower_line(x) + mouth.lower_lip(lips, x));
    // The peaks of the bow stand a third of the way out.
    let across = [-0.62, -0.28, 0.0, 0.28, 0.62].map(|share| share * mouth.wide);
    let inner = [-0.4, 0.0, 0.4].map(|share| share * mouth.wide);
    flat.push(corner(-1.0, 1.0));
    flat.extend(across.map(upper));
    flat.push(corner(1.0, 1.0));
    flat.extend(across.iter().rev().map(|x| lower(*x)));
    flat.push(corner(-1.0, 0.88));
    flat.extend(inner.map(|x| (x, mouth.line(x))));
    flat.push(corner(1.0, 0.88));
    flat.extend(inner.iter().rev().map(|x| (*x, mouth.lower_line(*x))));
}
