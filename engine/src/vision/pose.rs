//! The angles of a head from its landmarks.
//!
//! A mean head of fourteen points is turned, scaled and moved until its orthographic picture lies over the
//! landmarks as well as it can (Gauss-Newton on the squared distances). Points that expressions move are left
//! out, except for the corners of the mouth and the chin, which hold the pitch and count less.

use super::{Landmarks, Point, Pose};

/// A point of the mean head: landmark, position in millimetres (to the picture's right, down, towards the
/// viewer; zero between the outer corners of the eyes), and how much it counts.
struct Anchor(usize, [f32; 3], f32);

/// Proportions of an adult head: 90 mm between the outer corners of the eyes, a nose that stands out 36 mm. It is
/// tilted by 12° so that the landmark net's points on people who look ahead give a pitch near 0 (without, the mean
/// is -9° on ORL and -18° on drawn portraits).
const HEAD: [Anchor; 14] = [
    Anchor(36, [-45.0, 0.0, 0.0], 1.0),
    Anchor(39, [-17.0, 2.2, 5.7], 1.0),
    Anchor(42, [17.0, 2.2, 5.7], 1.0),
    Anchor(45, [45.0, 0.0, 0.0], 1.0),
    Anchor(27, [0.0, 1.4, 16.1], 1.0),
    Anchor(28, [0.0, 15.5, 20.2], 1.0),
    Anchor(29, [0.0, 28.7, 24.6], 1.0),
    Anchor(30, [0.0, 42.9, 28.7], 1.0),
    Anchor(31, [-14.0, 47.6, 7.3], 1.0),
    Anchor(33, [0.0, 52.9, 13.3], 1.0),
    Anchor(35, [14.0, 47.6, 7.3], 1.0),
    Anchor(48, [-25.0, 72.9, -3.2], 0.5),
    Anchor(54, [25.0, 72.9, -3.2], 0.5),
    Anchor(8, [0.0, 115.0, -12.2], 0.5),
];

const STEPS: usize = 12;

/// Pitch, yaw, roll (radians), scale (pixels a millimetre), and where the origin lies (pixels).
type Parameters = [f64; 6];

/// The angles in degrees, with the signs of [`Pose`]; not finite when the points fall together.
pub fn pose(landmarks: &Landmarks) -> Pose {
    let mut parameters = start(landmarks);
    for _ in 0..STEPS {
        let Some(step) = step(landmarks, &parameters) else { break };
        for (parameter, change) in parameters.iter_mut().zip(step) {
            *parameter += change;
        }
    }
    let [pitch, yaw, roll, ..] = parameters.map(f64::to_degrees);
    Pose { pitch: pitch as f32, yaw: yaw as f32, roll: roll as f32 }
}

/// A head that looks straight ahead, rolled like the line through the eyes.
fn start(landmarks: &Landmarks) -> Parameters {
    let (left, right) = (landmarks[36], landmarks[45]);
    let (dx, dy) = (f64::from(right.x - left.x), f64::from(right.y - left.y));
    let middle = Point { x: f32::midpoint(left.x, right.x), y: f32::midpoint(left.y, right.y) };
    [0.0, 0.0, dy.atan2(dx), dx.hypot(dy) / 90.0, f64::from(middle.x), f64::from(middle.y)]
}

/// Where the head's points are seen.
fn project(parameters: &Parameters, [x, y, z]: [f32; 3]) -> [f64; 2] {
    let [pitch, yaw, roll, scale, left, top] = *parameters;
    let (x, y, z) = (f64::from(x), f64::from(y), f64::from(z));
    // Up: what stands out towards the viewer rises. Then right, then clockwise.
    let (raised, depth) = (y * pitch.cos() - z * pitch.sin(), y * pitch.sin() + z * pitch.cos());
    let turned = x * yaw.cos() + depth * yaw.sin();
    [
        left + scale * (turned * roll.cos() - raised * roll.sin()),
        top + scale * (turned * roll.sin() + raised * roll.cos()),
    ]
}

/// One step of Gauss-Newton, with derivatives by differences.
fn step(landmarks: &Landmarks, parameters: &Parameters) -> Option<Parameters> {
    let mut normal = [[0.0; 6]; 6];
    let mut right = [0.0; 6];
    let sizes = [1e-4, 1e-4, 1e-4, parameters[3] * 1e-4, 1e-2, 1e-2];
    for Anchor(index, position, weight) in &HEAD {
        let seen = landmarks[*index];
        let here = project(parameters, *position);
        let error = [f64::from(seen.x) - here[0], f64::from(seen.y) - here[1]];
        let slopes: [[f64; 2]; 6] = std::array::from_fn(|index| {
            let mut moved = *parameters;
            moved[index] += sizes[index];
            let there = project(&moved, *position);
            [(there[0] - here[0]) / sizes[index], (there[1] - here[1]) / sizes[index]]
        });
        let weight = f64::from(*weight);
        for row in 0..6 {
            right[row] += weight * (slopes[row][0] * error[0] + slopes[row][1] * error[1]);
            for column in 0..6 {
                normal[row][column] +=
                    weight * (slopes[row][0] * slopes[column][0] + slopes[row][1] * slopes[column][1]);
            }
        }
    }
    for (index, row) in normal.iter_mut().enumerate() {
        row[index] *= 1.0 + 1e-3; // keeps steps small where the points say little
    }
    solve(normal, right)
}

/// Solves six linear equations by elimination; `None` when they do not determine a solution.
fn solve(mut matrix: [[f64; 6]; 6], mut right: Parameters) -> Option<Parameters> {
    for column in 0..6 {
        let pivot =
            (column..6).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let (row, value) = (matrix[column], right[column]);
        for below in column + 1..6 {
            let factor = matrix[below][column] / row[column];
            for (cell, above) in matrix[below].iter_mut().zip(row) {
                *cell -= factor * above;
            }
            right[below] -= factor * value;
        }
    }
    let mut solution = [0.0; 6];
    for row in (0..6).rev() {
        let known: f64 = (row + 1..6).map(|column| matrix[row][column] * solution[column]).sum();
        solution[row] = (right[row] - known) / matrix[row][row];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(pitch: f64, yaw: f64, roll: f64) -> Landmarks {
        let parameters = [pitch.to_radians(), yaw.to_radians(), roll.to_radians(), 1.3, 150.0, 120.0];
        let mut landmarks: Landmarks = Box::new([Point::default(); 68]);
        for Anchor(index, position, _) in &HEAD {
            let [x, y] = project(&parameters, *position);
            landmarks[*index] = Point { x: x as f32, y: y as f32 };
        }
        landmarks
    }

    #[test]
    fn a_turned_head_is_read_back() {
        for (pitch, yaw, roll) in
            [(0.0, 0.0, 0.0), (0.0, 35.0, 0.0), (-20.0, -25.0, 10.0), (15.0, 5.0, -40.0), (20.0, 45.0, 30.0)]
        {
            let pose = pose(&seen(pitch, yaw, roll));
            let error =
                [f64::from(pose.pitch) - pitch, f64::from(pose.yaw) - yaw, f64::from(pose.roll) - roll];
            assert!(error.iter().all(|error| error.abs() < 0.5), "{pitch} {yaw} {roll}: {pose:?}");
        }
    }

    #[test]
    fn signs_are_those_of_the_documentation() {
        let straight = seen(0.0, 0.0, 0.0);
        let (up, right, clockwise) = (seen(20.0, 0.0, 0.0), seen(0.0, 20.0, 0.0), seen(0.0, 0.0, 20.0));
        assert!(up[30].y - up[27].y < straight[30].y - straight[27].y, "the tip of the nose rises");
        assert!(right[30].x > straight[30].x, "the tip of the nose goes to the right");
        assert!(clockwise[45].y > clockwise[36].y, "the eye on the right sinks");
    }

    #[test]
    fn points_that_fall_together_do_not_hang_or_panic() {
        let _ = pose(&Box::new([Point { x: 3.0, y: 3.0 }; 68]));
        assert!(!pose(&Box::new([Point { x: f32::NAN, y: 0.0 }; 68])).yaw.is_finite());
    }
}
