//! Points of a face by name: the 68 landmarks projected on the 150, 72 and 4 points of Baidu's `landmark150`,
//! `landmark72` and `landmark`.
//!
//! In the names right and left are those of the person: `eye_right` lies on the picture's left. Numbers run from the
//! picture's left to its right, along cheeks downwards; even numbers and the corners are the older 72. Between
//! landmarks points lie on the curve through them, at equal lengths; what landmarks do not show (edges of the brows,
//! the sides of the nose, the iris) is placed by proportions of a recorded answer, so it follows the face but not its
//! details. `landmark201` has no published layout and is not made.
//!
//! Start with [`named150`]; where each point lies is in the table.

mod table;

use super::align;
use super::{Landmarks, Point};
use table::{POINTS, Spot};

/// How many of the 150 points are the older 72: the first.
const OLDER: usize = 72;

/// The 150 points with their names, in the vendor's order: the 72 first.
pub fn named150(landmarks: &Landmarks) -> Vec<(&'static str, Point)> {
    POINTS.iter().map(|(name, spot)| (*name, place(landmarks, *spot))).collect()
}

/// The 72 points, in the vendor's order.
pub fn points72(landmarks: &Landmarks) -> Vec<Point> {
    POINTS[..OLDER].iter().map(|(_, spot)| place(landmarks, *spot)).collect()
}

/// Centre of the eye on the picture's left, of the one on its right, tip of the nose, centre of the mouth.
pub fn points4(landmarks: &Landmarks) -> [Point; 4] {
    let (left, right) = align::eyes(landmarks);
    let mouth = mix(middle(landmarks[48], landmarks[54]), middle(landmarks[62], landmarks[66]), 0.5);
    [left, right, landmarks[30], mouth]
}

fn place(landmarks: &Landmarks, spot: Spot) -> Point {
    match spot {
        Spot::At(index) => landmarks[index],
        Spot::Along(indices, share) => {
            let line: Vec<Point> = indices.iter().map(|index| landmarks[*index]).collect();
            along(&line, share)
        }
        Spot::Pupil(first, side) => {
            let (a, b) = (landmarks[first], landmarks[first + 3]);
            let centre = mean(&landmarks[first..first + 6]);
            Point { x: centre.x + side * IRIS * (b.x - a.x), y: centre.y + side * IRIS * (b.y - a.y) }
        }
        Spot::Brow(index, down) => {
            let ends = if index < 22 { [17, 21] } else { [22, 26] };
            let (a, b) = (landmarks[ends[0]], landmarks[ends[1]]);
            // At a right angle to the brow, downwards.
            let (x, y) = (-(b.y - a.y), b.x - a.x);
            Point { x: landmarks[index].x + down * x, y: landmarks[index].y + down * y }
        }
        Spot::Nose(down, across) => {
            let (a, b) = (landmarks[31], landmarks[35]);
            let ridge = mix(landmarks[27], landmarks[33], down);
            Point { x: ridge.x + 0.5 * across * (b.x - a.x), y: ridge.y + 0.5 * across * (b.y - a.y) }
        }
    }
}

/// Half the width of the iris as a part of the eye's.
const IRIS: f32 = 0.215;

/// Shares of a smooth curve are found on so many straight pieces between two points.
const PIECES: usize = 8;

/// The point at a share (0 to 1) of the length of a smooth curve through points.
fn along(points: &[Point], share: f32) -> Point {
    let last = points.len() - 1;
    let steps = last * PIECES;
    let at = |step: usize| {
        let (index, part) = (step / PIECES, (step % PIECES) as f32 / PIECES as f32);
        if index >= last { points[last] } else { between(points, index, part) }
    };
    let lengths: Vec<f32> = (0..steps).map(|step| distance(at(step), at(step + 1))).collect();
    let mut left = share * lengths.iter().sum::<f32>();
    for (step, length) in lengths.iter().enumerate() {
        if left <= *length {
            return mix(at(step), at(step + 1), left / length.max(f32::MIN_POSITIVE));
        }
        left -= length;
    }
    points[last]
}

/// Between a point and the next on the Catmull-Rom curve through all.
fn between(points: &[Point], index: usize, part: f32) -> Point {
    let four: [Point; 4] =
        std::array::from_fn(|near| points[(index + near).saturating_sub(1).min(points.len() - 1)]);
    let curve = |pick: fn(&Point) -> f32| {
        let [a, b, c, d] = [0, 1, 2, 3].map(|near| pick(&four[near]));
        let bend = 2.0 * a - 5.0 * b + 4.0 * c - d + (3.0 * (b - c) + d - a) * part;
        b + 0.5 * part * (c - a + part * bend)
    };
    Point { x: curve(|point| point.x), y: curve(|point| point.y) }
}

fn mean(points: &[Point]) -> Point {
    let count = points.len() as f32;
    Point {
        x: points.iter().map(|point| point.x).sum::<f32>() / count,
        y: points.iter().map(|point| point.y).sum::<f32>() / count,
    }
}

fn middle(a: Point, b: Point) -> Point {
    mix(a, b, 0.5)
}

fn mix(a: Point, b: Point, share: f32) -> Point {
    Point { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Landmarks of a simple face: a jaw as half an ellipse, features where they belong.
    fn face() -> Landmarks {
        let mut points = [Point::default(); 68];
        for (index, point) in points[..17].iter_mut().enumerate() {
            let angle = std::f32::consts::PI * index as f32 / 16.0;
            *point = Point { x: 100.0 - 80.0 * angle.cos(), y: 80.0 + 100.0 * angle.sin() };
        }
        let mut put = |first: usize, places: &[(f32, f32)]| {
            for (index, (x, y)) in places.iter().enumerate() {
                points[first + index] = Point { x: *x, y: *y };
            }
        };
        put(17, &[(35.0, 60.0), (47.0, 54.0), (60.0, 52.0), (72.0, 54.0), (84.0, 60.0)]);
        put(22, &[(116.0, 60.0), (128.0, 54.0), (140.0, 52.0), (153.0, 54.0), (165.0, 60.0)]);
        put(27, &[(100.0, 80.0), (100.0, 92.0), (100.0, 104.0), (100.0, 116.0)]);
        put(31, &[(86.0, 122.0), (93.0, 125.0), (100.0, 127.0), (107.0, 125.0), (114.0, 122.0)]);
        put(36, &[(50.0, 80.0), (58.0, 74.0), (66.0, 74.0), (75.0, 80.0), (66.0, 84.0), (58.0, 84.0)]);
        put(42, &[(125.0, 80.0), (134.0, 74.0), (142.0, 74.0), (150.0, 80.0), (142.0, 84.0), (134.0, 84.0)]);
        put(
            48,
            &[(75.0, 150.0), (84.0, 145.0), (94.0, 142.0), (100.0, 144.0), (106.0, 142.0), (116.0, 145.0)],
        );
        put(
            54,
            &[(125.0, 150.0), (116.0, 157.0), (106.0, 160.0), (100.0, 161.0), (94.0, 160.0), (84.0, 157.0)],
        );
        put(60, &[(79.0, 150.0), (92.0, 149.0), (100.0, 150.0), (108.0, 149.0), (121.0, 150.0)]);
        put(65, &[(108.0, 152.0), (100.0, 153.0), (92.0, 152.0)]);
        Box::new(points)
    }

    #[test]
    fn there_are_as_many_points_as_the_names_say_and_every_name_once() {
        let named = named150(&face());
        assert_eq!((named.len(), points72(&face()).len()), (150, 72));
        assert_eq!(named.iter().map(|(name, _)| *name).collect::<HashSet<_>>().len(), 150);
        assert_eq!(named[0].0, "cheek_right_1");
        assert_eq!(named[71].0, "mouth_lip_lower_inner_3");
        assert!(named.iter().zip(points72(&face())).all(|((_, point), older)| *point == older));
    }

    #[test]
    fn a_symmetric_face_has_symmetric_points() {
        let named = named150(&face());
        let find = |name: &str| named.iter().find(|(other, _)| *other == name).map(|(_, point)| *point);
        for (name, point) in &named {
            let mirrored = mirrored(name);
            let other = find(&mirrored).unwrap_or_else(|| panic!("{name} has no mirror image {mirrored}"));
            let off = (point.x + other.x - 200.0).hypot(point.y - other.y);
            assert!(off < 0.7, "{name} {point:?}, {mirrored} {other:?}");
        }
    }

    /// The name of the point on the other side. Numbers of eyes, brows and lips run from the picture's left to its right,
    /// so they turn round too.
    fn mirrored(name: &str) -> String {
        let (stem, number) = name.rsplit_once('_').unwrap_or((name, ""));
        let swapped = stem
            .split('_')
            .map(|word| match word {
                "left" => "right",
                "right" => "left",
                other => other,
            })
            .collect::<Vec<_>>()
            .join("_");
        let last = match stem {
            _ if stem.ends_with("upper_outer")
                || stem.ends_with("_inner")
                || stem.ends_with("lower_outer") =>
            {
                12
            }
            _ if stem.contains("eyelid") => 8,
            _ if stem.starts_with("eyebrow") && stem.ends_with("upper") => 6,
            _ if stem.starts_with("eyebrow") && stem.ends_with("lower") => 4,
            "chin" => 4,
            _ => 0,
        };
        match (number, number.parse::<usize>()) {
            ("left", _) => format!("{swapped}_right"),
            ("right", _) => format!("{swapped}_left"),
            (_, Ok(number)) if last > 0 => format!("{swapped}_{}", last - number),
            _ => format!("{swapped}_{number}"),
        }
    }

    #[test]
    fn points_lie_where_their_names_say() {
        let face = face();
        let named = named150(&face);
        let at = |name: &str| named.iter().find(|(other, _)| *other == name).expect("a name").1;
        assert_eq!(at("chin_2"), face[8]);
        assert!(at("eye_right_corner_right").x < at("eye_left_corner_left").x, "right is the picture's left");
        assert!(at("eyebrow_right_upper_3").y < at("eyebrow_right_lower_2").y);
        assert!(at("eye_left_eyelid_upper_4").y < at("eye_left_eyeball_center").y);
        assert!(at("mouth_lip_upper_outer_6").y < at("mouth_lip_upper_inner_6").y);
        assert!(at("cheek_left_1").y < at("cheek_left_11").y);
        let [left, right, nose, mouth] = points4(&face);
        assert!(left.x < nose.x && nose.x < right.x && nose.y < mouth.y);
    }
}
