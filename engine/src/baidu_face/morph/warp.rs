//! Where a pixel comes from when points move: the mean of how the points move, the nearer ones weighing more.

use crate::vision::Point;

/// Points and where each of them comes from.
#[derive(Debug, Clone)]
pub(super) struct Warp {
    moves: Vec<(Point, Point)>,
}

impl Warp {
    /// Every point of `to` comes from the point of `from` at the same place.
    pub(super) fn new(from: &[Point], to: &[Point]) -> Self {
        let moves = to.iter().zip(from).map(|(to, from)| (*to, Point { x: from.x - to.x, y: from.y - to.y }));
        Self { moves: moves.collect() }
    }

    /// Where the pixel at a point comes from.
    pub(super) fn source(&self, point: Point) -> Point {
        let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
        for (place, by) in &self.moves {
            let (dx, dy) = (place.x - point.x, place.y - point.y);
            let square = dx * dx + dy * dy + 0.5; // never nothing
            let weight = 1.0 / (square * square);
            x += weight * by.x;
            y += weight * by.y;
            sum += weight;
        }
        Point { x: point.x + x / sum, y: point.y + y / sum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_from_where_they_were_and_the_others_from_in_between() {
        let at = |x, y| Point { x, y };
        let warp = Warp::new(&[at(0.0, 0.0), at(100.0, 10.0)], &[at(0.0, 0.0), at(100.0, 0.0)]);
        let near = |point: Point, x: f32, y: f32| (point.x - x).abs() < 0.1 && (point.y - y).abs() < 0.1;
        assert!(near(warp.source(at(0.0, 0.0)), 0.0, 0.0));
        assert!(near(warp.source(at(100.0, 0.0)), 100.0, 10.0));
        assert!(near(warp.source(at(50.0, 0.0)), 50.0, 5.0));
    }
}
