//! The contours of a face as `shape` tells them: 88 points in seven lines, from the usual 68 landmarks.
//!
//! The documents give the number of points of each line. Where the landmarks have another number, points are laid at
//! even distances along the line through them; nothing is invented off that line. Left is the picture's left.

use serde::Serialize;

use super::face_item::whole;
use crate::vision::Landmarks;

/// A point in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Point {
    x: i64,
    y: i64,
}

/// One face's contours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Contours {
    face_profile: Vec<Point>,
    left_eye: Vec<Point>,
    right_eye: Vec<Point>,
    left_eyebrow: Vec<Point>,
    right_eyebrow: Vec<Point>,
    mouth: Vec<Point>,
    nose: Vec<Point>,
}

type Exact = (f64, f64);

impl Contours {
    pub(super) fn of(landmarks: &Landmarks) -> Self {
        let points: Vec<Exact> =
            landmarks.iter().map(|point| (f64::from(point.x), f64::from(point.y))).collect();
        let [jaw, left_brow, right_brow, bridge, nostrils, left_eye, right_eye, lips, mouth] =
            [0..17, 17..22, 22..27, 27..31, 31..36, 36..42, 42..48, 48..60, 60..68]
                .map(|range| &points[range]);
        Self {
            face_profile: whole_points(&open(jaw, 21)),
            left_eye: whole_points(&closed(left_eye, 8)),
            right_eye: whole_points(&closed(right_eye, 8)),
            left_eyebrow: whole_points(&open(left_brow, 8)),
            right_eyebrow: whole_points(&open(right_brow, 8)),
            mouth: whole_points(&[lips.to_vec(), closed(mouth, 10)].concat()),
            nose: whole_points(&[bridge.to_vec(), open(nostrils, 9)].concat()),
        }
    }
}

fn whole_points(points: &[Exact]) -> Vec<Point> {
    points.iter().map(|(x, y)| Point { x: whole(*x as f32), y: whole(*y as f32) }).collect()
}

/// So many points along a line, its ends among them.
fn open(line: &[Exact], count: usize) -> Vec<Exact> {
    along(line, count, (count - 1) as f64)
}

/// So many points along a ring, beginning with its first.
fn closed(ring: &[Exact], count: usize) -> Vec<Exact> {
    let line: Vec<_> = ring.iter().chain(ring.first()).copied().collect();
    along(&line, count, count as f64)
}

/// Points at the distances 0, 1/steps, 2/steps… of the whole length.
fn along(line: &[Exact], count: usize, steps: f64) -> Vec<Exact> {
    let legs: Vec<f64> =
        line.windows(2).map(|leg| (leg[1].0 - leg[0].0).hypot(leg[1].1 - leg[0].1)).collect();
    let length: f64 = legs.iter().sum();
    (0..count).map(|step| at(line, &legs, length * step as f64 / steps)).collect()
}

/// The point at a distance from the start.
fn at(line: &[Exact], legs: &[f64], mut distance: f64) -> Exact {
    for (leg, length) in line.windows(2).zip(legs) {
        if distance <= *length && *length > 0.0 {
            let share = distance / length;
            let between = |a: f64, b: f64| a + (b - a) * share;
            return (between(leg[0].0, leg[1].0), between(leg[0].1, leg[1].1));
        }
        distance -= length;
    }
    line.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision;

    #[test]
    fn every_line_has_the_documented_number_of_points() {
        let landmarks: Landmarks =
            Box::new(std::array::from_fn(|i| vision::Point { x: i as f32 * 3.0, y: (i % 7) as f32 }));
        let shape = Contours::of(&landmarks);
        assert_eq!(shape.face_profile.len(), 21);
        assert_eq!(
            [&shape.left_eye, &shape.right_eye, &shape.left_eyebrow, &shape.right_eyebrow].map(Vec::len),
            [8; 4]
        );
        assert_eq!(shape.mouth.len(), 22);
        assert_eq!(shape.nose.len(), 13);
        assert_eq!(shape.face_profile[0], Point { x: 0, y: 0 });
        assert_eq!(shape.face_profile[20], Point { x: 48, y: 2 });
    }

    #[test]
    fn points_lie_at_even_distances_on_the_line() {
        let square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
        let expected =
            [(0.0, 0.0), (2.0, 0.0), (4.0, 0.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0), (0.0, 4.0), (0.0, 2.0)];
        assert_eq!(closed(&square, 8), expected);
        assert_eq!(open(&[(0.0, 0.0), (1.0, 0.0), (4.0, 0.0)], 3), [(0.0, 0.0), (2.0, 0.0), (4.0, 0.0)]);
        assert_eq!(open(&[(5.0, 5.0); 4], 3), [(5.0, 5.0); 3], "a line of no length");
    }
}
