//! The angles of a head from its landmarks.
//!
//! A mean head of 68 points is turned, scaled and moved until its orthographic picture lies over the landmarks as well
//! as it can: Levenberg-Marquardt on the squared distances, each point weighed by how surely it follows the head
//! (expressions move mouth and lids, people differ in noses and jaws), points that went astray counting less at each step.
//! The head and the weights are fitted on drawn portraits whose turn is known.
//!
//! No head is the mean head: a long nose looks like one held low. What is left between the head and the landmarks tells
//! such faces apart, and a small network for pitch and one for yaw turn it into a correction.

mod head;

use super::align::Frame;
use super::weights::pose::{PITCH, YAW};
use super::{Landmarks, Point, Pose};
use head::HEAD;

/// The most steps; most faces need half as many.
const STEPS: usize = 24;
/// A change of an angle, in radians, that ends the steps.
const STILL: f64 = 1e-4;
/// How strongly steps are kept small at first, how much more after one that made it worse, and less after a good one.
const DAMPING: [f64; 3] = [1e-3, 8.0, 0.25];
/// How much it counts that heads look ahead: square millimetres a square radian of pitch and yaw. A face whose landmarks
/// say what they should has thousands; this keeps points that make no head from turning it over.
const AHEAD: f64 = 30.0;
/// Distances from where the head has a point, in millimetres, at which the point counts half.
const ASTRAY: f64 = 8.0;

/// Pitch, yaw, roll (radians), scale (pixels a millimetre), and where the origin lies (pixels).
type Parameters = [f64; 6];

/// The angles in degrees, with the signs of [`Pose`]; not finite when the points fall together.
pub fn pose(landmarks: &Landmarks) -> Pose {
    let (solved, signs) = solved(landmarks);
    let [pitch, yaw] = [PITCH, YAW].map(|network| REACH * (2.0 * network.probability(&signs) - 1.0));
    Pose { pitch: solved.pitch + pitch, yaw: solved.yaw + yaw, ..solved }
}

/// How far landmarks lie from where the mean head has them when it lies over them as well as it can: the mean over all, in
/// centimetres of a head. Faces have 0.1 to 0.4; landmarks that went astray more.
pub fn misfit(landmarks: &Landmarks) -> f32 {
    let (_, signs) = solved(landmarks);
    signs[..136].iter().map(|off| off.abs()).sum::<f32>() / 136.0
}

/// The frame in which the mean head, seen from the front, lies best over landmarks, its unit the distance between the
/// eyes: steadier than that of the eyes where something hides one of them.
pub fn frame(landmarks: &Landmarks) -> Frame {
    let count = landmarks.len() as f64;
    let mean = |of: &dyn Fn(usize) -> f64| (0..landmarks.len()).map(of).sum::<f64>() / count;
    let seen = [mean(&|index| f64::from(landmarks[index].x)), mean(&|index| f64::from(landmarks[index].y))];
    let head = [mean(&|index| HEAD[index].0[0]), mean(&|index| HEAD[index].0[1])];
    // Turn and scale as one complex number: the sum of products over the sum of squares.
    let (mut along, mut aside, mut squares) = (0.0, 0.0, 0.0);
    for (([x, y, _], _), point) in HEAD.iter().zip(landmarks.iter()) {
        let (x, y) = (x - head[0], y - head[1]);
        let (right, down) = (f64::from(point.x) - seen[0], f64::from(point.y) - seen[1]);
        along += x * right + y * down;
        aside += x * down - y * right;
        squares += x * x + y * y;
    }
    let [along, aside] = [along / squares, aside / squares];
    let origin = Point {
        x: (seen[0] - along * head[0] + aside * head[1]) as f32,
        y: (seen[1] - aside * head[0] - along * head[1]) as f32,
    };
    Frame { origin, across: Point { x: (BETWEEN_EYES * along) as f32, y: (BETWEEN_EYES * aside) as f32 } }
}

/// Between the centres of the mean head's eyes, in millimetres.
const BETWEEN_EYES: f64 = 64.0;

/// How many numbers are left of a face when the mean head lies over it as well as it can.
pub const SIGNS: usize = 138;

/// The most degrees by which the fitted networks correct pitch and yaw.
pub const REACH: f32 = 25.0;

/// The angles of the mean head, and what is left: for each landmark how far it is from where the head has it, across and
/// down the upright face in centimetres, and pitch and yaw in parts of 30 degrees.
pub fn solved(landmarks: &Landmarks) -> (Pose, Vec<f32>) {
    let parameters = laid_over(landmarks);
    let [pitch, yaw, roll, ..] = parameters.map(f64::to_degrees);
    let (sine, cosine) = parameters[2].sin_cos();
    let mut signs: Vec<f32> = Vec::with_capacity(SIGNS);
    for ((position, _), seen) in HEAD.iter().zip(landmarks.iter()) {
        let there = project(&parameters, *position);
        let off = [f64::from(seen.x) - there[0], f64::from(seen.y) - there[1]]
            .map(|off| off / parameters[3] / 10.0);
        let upright = [off[0] * cosine + off[1] * sine, off[1] * cosine - off[0] * sine];
        signs.extend(upright.map(|off| (off as f32).clamp(-3.0, 3.0)));
    }
    signs.extend([pitch, yaw].map(|angle| (angle as f32 / 30.0).clamp(-2.0, 2.0)));
    (Pose { pitch: pitch as f32, yaw: yaw as f32, roll: roll as f32 }, signs)
}

/// The parameters with which the head lies best over landmarks.
fn laid_over(landmarks: &Landmarks) -> Parameters {
    let mut parameters = start(landmarks);
    let [mut damping, worse, better] = DAMPING;
    for _ in 0..STEPS {
        let weights = weights(landmarks, &parameters);
        let Some(step) = step(landmarks, &weights, &parameters, damping) else { break };
        let next: Parameters = std::array::from_fn(|index| parameters[index] + step[index]);
        if next[3] > 0.0 && misses(landmarks, &weights, &next) <= misses(landmarks, &weights, &parameters) {
            parameters = next;
            damping *= better;
            if step[..3].iter().all(|change| change.abs() < STILL) {
                break;
            }
        } else {
            damping *= worse;
        }
    }
    parameters
}

/// A head that looks straight ahead, rolled like the line through the eyes.
fn start(landmarks: &Landmarks) -> Parameters {
    let (left, right) = (landmarks[36], landmarks[45]);
    let (dx, dy) = (f64::from(right.x - left.x), f64::from(right.y - left.y));
    let middle = Point { x: f32::midpoint(left.x, right.x), y: f32::midpoint(left.y, right.y) };
    [0.0, 0.0, dy.atan2(dx), dx.hypot(dy) / 90.0, f64::from(middle.x), f64::from(middle.y)]
}

/// Where the head's points are seen.
fn project(parameters: &Parameters, [x, y, z]: [f64; 3]) -> [f64; 2] {
    let [pitch, yaw, roll, scale, left, top] = *parameters;
    // To the right, then up, then clockwise: the order of `Pose`.
    let (turned, depth) = (x * yaw.cos() + z * yaw.sin(), z * yaw.cos() - x * yaw.sin());
    let raised = y * pitch.cos() - depth * pitch.sin();
    [
        left + scale * (turned * roll.cos() - raised * roll.sin()),
        top + scale * (turned * roll.sin() + raised * roll.cos()),
    ]
}

/// How much each point counts: less the further it lies from where the head has it.
fn weights(landmarks: &Landmarks, parameters: &Parameters) -> [f64; 68] {
    std::array::from_fn(|index| {
        let (position, weight) = HEAD[index];
        let off = miss(landmarks[index], parameters, position);
        weight / (1.0 + (off[0].hypot(off[1]) / parameters[3].abs().max(1e-9) / ASTRAY).powi(2))
    })
}

/// What the steps make small: weighed squares of distances in pixels, and of the angles that turn the head away.
fn misses(landmarks: &Landmarks, weights: &[f64; 68], parameters: &Parameters) -> f64 {
    let points: f64 = HEAD
        .iter()
        .zip(landmarks.iter())
        .zip(weights)
        .map(|(((position, _), seen), weight)| {
            let [across, down] = miss(*seen, parameters, *position);
            weight * (across * across + down * down)
        })
        .sum();
    let [pitch, yaw, _, scale, ..] = *parameters;
    points + AHEAD * scale * scale * (pitch * pitch + yaw * yaw)
}

/// How far a point is seen from where the head has it, in pixels across and down.
fn miss(seen: Point, parameters: &Parameters, position: [f64; 3]) -> [f64; 2] {
    let here = project(parameters, position);
    [f64::from(seen.x) - here[0], f64::from(seen.y) - here[1]]
}

/// One step of Levenberg-Marquardt, with derivatives by differences.
fn step(
    landmarks: &Landmarks,
    weights: &[f64; 68],
    parameters: &Parameters,
    damping: f64,
) -> Option<Parameters> {
    let mut normal = [[0.0; 6]; 6];
    let mut right = [0.0; 6];
    let sizes = [1e-4, 1e-4, 1e-4, parameters[3] * 1e-4, 1e-2, 1e-2];
    for (((position, _), seen), weight) in HEAD.iter().zip(landmarks.iter()).zip(weights) {
        let here = project(parameters, *position);
        let error = miss(*seen, parameters, *position);
        let slopes: [[f64; 2]; 6] = std::array::from_fn(|index| {
            let mut moved = *parameters;
            moved[index] += sizes[index];
            let there = project(&moved, *position);
            [(there[0] - here[0]) / sizes[index], (there[1] - here[1]) / sizes[index]]
        });
        for row in 0..6 {
            right[row] += weight * (slopes[row][0] * error[0] + slopes[row][1] * error[1]);
            for column in 0..6 {
                normal[row][column] +=
                    weight * (slopes[row][0] * slopes[column][0] + slopes[row][1] * slopes[column][1]);
            }
        }
    }
    let ahead = AHEAD * parameters[3] * parameters[3];
    for angle in 0..2 {
        normal[angle][angle] += ahead;
        right[angle] -= ahead * parameters[angle];
    }
    for (index, row) in normal.iter_mut().enumerate() {
        row[index] *= 1.0 + damping;
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
        for ((position, _), landmark) in HEAD.iter().zip(landmarks.iter_mut()) {
            let [x, y] = project(&parameters, *position);
            *landmark = Point { x: x as f32, y: y as f32 };
        }
        landmarks
    }

    #[test]
    fn a_turned_head_is_read_back() {
        for (pitch, yaw, roll) in
            [(0.0, 0.0, 0.0), (0.0, 35.0, 0.0), (-20.0, -25.0, 10.0), (15.0, 5.0, -40.0), (20.0, 45.0, 30.0)]
        {
            let pose = solved(&seen(pitch, yaw, roll)).0;
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
    fn a_head_is_turned_before_it_is_raised() {
        // Turned to the right its right eye is the one further away, and raising lowers what is further away.
        let eyes = seen(20.0, 30.0, 0.0);
        let tilt = f64::from(eyes[45].y - eyes[36].y).atan2(f64::from(eyes[45].x - eyes[36].x));
        let [pitch, yaw] = [20.0_f64, 30.0].map(f64::to_radians);
        assert!((tilt - (pitch.sin() * yaw.sin()).atan2(yaw.cos())).abs() < 1e-4, "{tilt}");
    }

    #[test]
    fn points_that_fall_together_do_not_hang_or_panic() {
        let _ = pose(&Box::new([Point { x: 3.0, y: 3.0 }; 68]));
        assert!(!pose(&Box::new([Point { x: f32::NAN, y: 0.0 }; 68])).yaw.is_finite());
    }
}
