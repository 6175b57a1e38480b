//! Which of several faces come first.

use super::{Point, Rect};

/// Which faces come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// The largest.
    #[default]
    Largest,
    /// Those nearest to the middle of the picture.
    Centre,
    /// Those nearest to a pixel.
    Near {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
    },
}

impl Order {
    /// The places, in this order, of faces with these boxes, the largest first, in a picture of this width and height.
    pub fn of(self, boxes: impl IntoIterator<Item = Rect>, [width, height]: [u32; 2]) -> Vec<usize> {
        let middle = match self {
            Self::Largest => None,
            Self::Centre => Some(Point { x: width as f32 / 2.0, y: height as f32 / 2.0 }),
            Self::Near { x, y } => Some(Point { x: x as f32, y: y as f32 }),
        };
        let away = |rect: Rect| {
            let centre = rect.centre();
            middle.map_or(0.0, |middle| (centre.x - middle.x).hypot(centre.y - middle.y))
        };
        let mut places: Vec<(usize, f32)> = boxes.into_iter().map(away).enumerate().collect();
        places.sort_by(|a, b| a.1.total_cmp(&b.1)); // stable: of two as near the larger comes first
        places.into_iter().map(|(place, _)| place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_the_middle_one_or_the_one_at_a_pixel_comes_first() {
        let at = |x: f32| Rect { x, y: 10.0, width: 20.0, height: 20.0 };
        let boxes = [at(0.0), at(200.0), at(80.0)];
        let order = |order: Order| order.of(boxes, [200, 40]);
        assert_eq!(order(Order::Largest), [0, 1, 2]);
        assert_eq!(order(Order::Centre), [2, 0, 1]);
        assert_eq!(order(Order::Near { x: 190, y: 20 }), [1, 2, 0]);
    }
}
