//! The part of a picture that is the face, with a soft edge.

use crate::vision::{Landmarks, Point};

/// The convex hull of landmarks; its edge fades over a width.
#[derive(Debug, Clone)]
pub(super) struct Mask {
    hull: Vec<Point>,
    fade: f32,
}

impl Mask {
    /// The hull fades inwards over so many pixels.
    pub(super) fn new(landmarks: &Landmarks, fade: f32) -> Self {
        Self { hull: hull(&landmarks[..]), fade: fade.max(1.0) }
    }

    /// How much of a point is face, 0 to 1.
    pub(super) fn share(&self, point: Point) -> f32 {
        let legs = self.hull.iter().zip(self.hull.iter().cycle().skip(1));
        let inside = legs.map(|(a, b)| {
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            (dx * (point.y - a.y) - dy * (point.x - a.x)) / dx.hypot(dy).max(f32::MIN_POSITIVE)
        });
        let nearest = inside.fold(f32::MAX, f32::min);
        let linear = (nearest / self.fade).clamp(0.0, 1.0);
        linear * linear * (3.0 - 2.0 * linear)
    }

    /// The box around the hull: left, top, right, lower, all within a picture of this size.
    pub(super) fn bounds(&self, width: usize, height: usize) -> [usize; 4] {
        let least = |of: fn(&Point) -> f32| self.hull.iter().map(of).fold(f32::MAX, f32::min).max(0.0);
        let most = |of: fn(&Point) -> f32| self.hull.iter().map(of).fold(0.0, f32::max) + 1.0;
        let (right, lower) = ((most(|p| p.x) as usize).min(width), (most(|p| p.y) as usize).min(height));
        [(least(|p| p.x) as usize).min(right), (least(|p| p.y) as usize).min(lower), right, lower]
    }
}

/// The convex hull, so that what is inside lies on the right of every leg with y downwards (Andrew's monotone chain).
fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let chain = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., a, b] = chain.as_slice() {
                if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(*point);
        }
        chain.pop();
        chain
    };
    let mut hull = chain(&mut sorted.iter());
    hull.extend(chain(&mut sorted.iter().rev()));
    hull
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_face_and_what_is_outside_is_not() {
        let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (50.0, 50.0)];
        let landmarks = Box::new(std::array::from_fn(|i| {
            let (x, y) = corners[i % 5];
            Point { x, y }
        }));
        let mask = Mask::new(&landmarks, 10.0);
        let share = |x, y| mask.share(Point { x, y });
        assert_eq!(
            [share(50.0, 50.0), share(-1.0, 50.0), share(50.0, 101.0)].map(f32::to_bits),
            [1.0_f32, 0.0, 0.0].map(f32::to_bits)
        );
        assert!((share(5.0, 50.0) - 0.5).abs() < 0.01);
        assert_eq!(mask.bounds(80, 200), [0, 0, 80, 101]);
    }
}
