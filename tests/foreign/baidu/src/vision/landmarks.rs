//! Points of the face, from a fixed pattern laid into its box.

use super::patch::Square;

/// Subject's left eye, right eye, tip of the nose, middle of the mouth, in shares of the box.
const FOUR: [(f32, f32); 4] = [(0.735, 0.345), (0.265, 0.345), (0.5, 0.60), (0.5, 0.805)];

/// The parts of the large map, how many points each has, and the ellipse on which they lie: centre, radii, from and to in
/// degrees clockwise from the right.
const PARTS: [(&str, usize, [f32; 6]); 12] = [
    ("cheek_right", 11, [0.5, 0.45, 0.50, 0.62, 185.0, 100.0]),
    ("cheek_left", 11, [0.5, 0.45, 0.50, 0.62, -5.0, 80.0]),
    ("chin", 3, [0.5, 0.45, 0.50, 0.62, 96.0, 84.0]),
    ("eye_right", 14, [0.265, 0.345, 0.10, 0.04, 180.0, 516.0]),
    ("eye_left", 14, [0.735, 0.345, 0.10, 0.04, 180.0, 516.0]),
    ("eyebrow_right", 12, [0.26, 0.25, 0.15, 0.05, 180.0, 516.0]),
    ("eyebrow_left", 12, [0.74, 0.25, 0.15, 0.05, 180.0, 516.0]),
    ("nose", 21, [0.5, 0.55, 0.10, 0.14, -90.0, 260.0]),
    ("mouth_outer", 24, [0.5, 0.805, 0.19, 0.07, 180.0, 525.0]),
    ("mouth_inner", 18, [0.5, 0.805, 0.14, 0.03, 180.0, 520.0]),
    ("iris_right", 5, [0.265, 0.345, 0.03, 0.03, 180.0, 468.0]),
    ("iris_left", 5, [0.735, 0.345, 0.03, 0.03, 180.0, 468.0]),
];

/// A named point of a picture.
pub type Named = (String, (f32, f32));

/// The four main points.
pub fn landmark4(square: &Square) -> Vec<(f32, f32)> {
    FOUR.map(|(u, v)| square.point(u, v)).to_vec()
}

/// The large map of 150 points.
pub fn landmark150(square: &Square) -> Vec<Named> {
    let mut points = Vec::with_capacity(150);
    for (name, count, [x, y, across, down, from, to]) in PARTS {
        for index in 0..count {
            let angle = (from + (to - from) * index as f32 / (count - 1) as f32).to_radians();
            let at = square.point(x + across * angle.cos(), y + down * angle.sin());
            points.push((format!("{name}_{}", index + 1), at));
        }
    }
    points
}

/// The small list of 72 points: the larger map thinned out.
pub fn landmark72(square: &Square) -> Vec<(f32, f32)> {
    let all = landmark150(square);
    (0..72).map(|index| all[index * all.len() / 72].1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_map_has_150_points() {
        let square = Square { x: 50.0, y: 50.0, side: 60.0, turn: 0.0 };
        assert_eq!(landmark150(&square).len(), 150);
        assert_eq!(landmark72(&square).len(), 72);
    }
}
