//! The mean head of the pose solver: where each landmark lies on heads whose turn is known, and how surely.

use std::fmt::Write as _;

use lianpu_engine::vision::{Landmarks, pose};
use lianpu_portrait::Scene;

use super::looks::{MIRROR, all, look_at_scene};
use super::scenes::{HELD_BACK, Portrait};
use super::table;
use super::training::{Example, Plan, answer, fit};

const PORTRAITS: usize = 5000;
const CHECKED: usize = 600;
const ROUNDS: usize = 12;

/// Landmarks and how the head was turned: degrees, and as a matrix.
struct Turned {
    line: String,
    landmarks: Landmarks,
    angles: [f32; 3],
    rows: [[f64; 3]; 3],
}

pub fn calibrate() {
    let train = turned(1, PORTRAITS);
    let check = turned(HELD_BACK, CHECKED);
    println!("{} portraits, {} held back", train.len(), check.len());
    errors("as it is", &check);

    let mut head = [[0.0_f64; 3]; 68];
    let mut weights = [1.0_f64; 68];
    for (index, point) in head.iter_mut().enumerate() {
        // A start: flat, as the first face that looks ahead has it.
        let first = train.iter().find(|face| face.angles.iter().all(|angle| angle.abs() < 4.0)).unwrap();
        let unit = f64::from(first.landmarks[45].x - first.landmarks[36].x);
        let (x, y) = (f64::from(first.landmarks[index].x), f64::from(first.landmarks[index].y));
        *point = [
            (x - f64::from(first.landmarks[27].x)) / unit,
            (y - f64::from(first.landmarks[27].y)) / unit,
            0.0,
        ];
    }
    for _ in 0..ROUNDS {
        let placed: Vec<(f64, [f64; 2])> = train.iter().map(|face| place(face, &head, &weights)).collect();
        refine(&train, &placed, &mut head);
        normalise(&mut head);
        weights = surenesses(&train, &placed, &head);
    }
    write(&head, &weights);
}

/// The networks that correct what the head that is built in leaves.
pub fn calibrate_corrections() {
    let train = turned(1, PORTRAITS);
    let check = turned(HELD_BACK, CHECKED);
    errors("as it is", &check);
    let networks: Vec<Vec<f32>> = all(2, "networks", |which| {
        let examples: Vec<Example> = train
            .iter()
            .filter_map(|face| {
                let (solved, signs) = pose::solved(&face.landmarks);
                let off =
                    if which == 0 { face.angles[1] - solved.pitch } else { face.angles[0] - solved.yaw };
                // What is off further than a correction reaches has landmarks of no face: nothing is to be learned.
                (off.abs() <= pose::REACH).then(|| Example {
                    signs,
                    answer: 0.5 + 0.5 * off / pose::REACH,
                    weight: 1.0,
                })
            })
            .collect();
        table::rounded(&fit(&examples, &PLAN))
    });
    for (set, faces) in [("fitted", &train), ("held back", &check)] {
        let mut sums = [[0.0; 2]; 2];
        for face in faces {
            let (solved, signs) = pose::solved(&face.landmarks);
            for (which, seen) in [solved.pitch, solved.yaw].into_iter().enumerate() {
                let correction = pose::REACH * (2.0 * answer(&networks[which], &signs) - 1.0);
                let truth = face.angles[1 - which];
                sums[which][0] += (seen - truth).abs() / faces.len() as f32;
                sums[which][1] += (seen + correction - truth).abs() / faces.len() as f32;
            }
        }
        println!(
            "{set}: pitch {:.2?}, yaw {:.2?}: mean errors of the head alone and corrected",
            sums[0], sums[1]
        );
    }
    let says = "Networks that correct pitch and yaw by what the mean head leaves of a face.\n\n\
                Written by `cargo run --release -p lianpu-calibrate -- pose-corrections`: do not edit.";
    let named =
        [("PITCH", pose::SIGNS, networks[0].as_slice()), ("YAW", pose::SIGNS, networks[1].as_slice())];
    table::write("engine/src/vision/weights/pose.rs", says, "crate::vision::network", &named);
}

const PLAN: Plan = Plan { hidden: 10, epochs: 80, penalty: 1e-3 };

fn turned(first: u64, count: usize) -> Vec<Turned> {
    let faces = all(count, "portraits", |index| {
        let seed = first + index as u64;
        let portrait = Portrait::turned(seed);
        let scene = Scene::parse(&portrait.line).unwrap();
        let who = &scene.faces[0];
        let landmarks = look_at_scene(&portrait.line)?.landmarks;
        let [sy, sp, sr] = [who.yaw, who.pitch, who.roll].map(|angle| f64::from(angle).to_radians().sin());
        let [cy, cp, cr] = [who.yaw, who.pitch, who.roll].map(|angle| f64::from(angle).to_radians().cos());
        // The drawer turns a head to the side, then raises it, then rolls it.
        let (a, b) = ([cy, 0.0, sy], [sy * sp, cp, -sp * cy]);
        let row = |ka: f64, kb: f64| std::array::from_fn(|i| ka * a[i] + kb * b[i]);
        let rows = [row(cr, -sr), row(sr, cr), [-sy * cp, sp, cp * cy]];
        Some(Turned { line: portrait.line, landmarks, angles: [who.yaw, who.pitch, who.roll], rows })
    });
    let seen: Vec<Turned> = faces.into_iter().flatten().collect();
    let mirrored: Vec<Turned> = seen.iter().map(Turned::mirrored).collect();
    seen.into_iter().chain(mirrored).collect()
}

impl Turned {
    fn mirrored(&self) -> Self {
        let landmarks = Box::new(std::array::from_fn(|index| {
            let point = self.landmarks[MIRROR[index]];
            lianpu_engine::vision::Point { x: -point.x, ..point }
        }));
        let sign = |row: usize, column: usize| if (row == 0) == (column == 0) { 1.0 } else { -1.0 };
        let rows = std::array::from_fn(|row| {
            std::array::from_fn(|column| sign(row, column) * self.rows[row][column])
        });
        let [yaw, pitch, roll] = self.angles;
        Self { line: self.line.clone(), landmarks, angles: [-yaw, pitch, -roll], rows }
    }
}

/// The scale and the shift that bring a turned head over its landmarks.
fn place(face: &Turned, head: &[[f64; 3]; 68], weights: &[f64; 68]) -> (f64, [f64; 2]) {
    let model: Vec<[f64; 2]> =
        head.iter().map(|point| [dot(face.rows[0], *point), dot(face.rows[1], *point)]).collect();
    let all: f64 = weights.iter().sum();
    let mean = |value: &dyn Fn(usize) -> f64| (0..68).map(|i| weights[i] * value(i)).sum::<f64>() / all;
    let at =
        |i: usize, axis: usize| f64::from(if axis == 0 { face.landmarks[i].x } else { face.landmarks[i].y });
    let (mm, ml) =
        ([mean(&|i| model[i][0]), mean(&|i| model[i][1])], [mean(&|i| at(i, 0)), mean(&|i| at(i, 1))]);
    let (mut over, mut under) = (0.0, 0.0);
    for i in 0..68 {
        for axis in 0..2 {
            over += weights[i] * (model[i][axis] - mm[axis]) * (at(i, axis) - ml[axis]);
            under += weights[i] * (model[i][axis] - mm[axis]).powi(2);
        }
    }
    let scale = over / under;
    (scale, [ml[0] - scale * mm[0], ml[1] - scale * mm[1]])
}

/// Each point of the head anew: three unknowns, two equations a face.
fn refine(faces: &[Turned], placed: &[(f64, [f64; 2])], head: &mut [[f64; 3]; 68]) {
    for (index, point) in head.iter_mut().enumerate() {
        let (mut normal, mut right) = ([[0.0; 3]; 3], [0.0; 3]);
        for (face, (scale, shift)) in faces.iter().zip(placed) {
            let seen = [f64::from(face.landmarks[index].x), f64::from(face.landmarks[index].y)];
            let off = |axis: usize| (seen[axis] - shift[axis]) / scale - dot(face.rows[axis], *point);
            // Landmarks that went astray count little.
            let weight = 1.0 / (1.0 + (off(0).hypot(off(1)) / 0.1).powi(2));
            for axis in 0..2 {
                let value = (seen[axis] - shift[axis]) / scale;
                for i in 0..3 {
                    right[i] += weight * face.rows[axis][i] * value;
                    for (sum, across) in normal[i].iter_mut().zip(&face.rows[axis]) {
                        *sum += weight * face.rows[axis][i] * across;
                    }
                }
            }
        }
        *point = solve(normal, right);
    }
}

/// The origin between the outer corners of the eyes, and 90 millimetres between them.
fn normalise(head: &mut [[f64; 3]; 68]) {
    // Both sides of a head are alike.
    let seen = *head;
    for (index, point) in head.iter_mut().enumerate() {
        let other = seen[MIRROR[index]];
        *point = [0.5 * (point[0] - other[0]), 0.5 * (point[1] + other[1]), 0.5 * (point[2] + other[2])];
    }
    let origin: [f64; 3] = std::array::from_fn(|axis| 0.5 * (head[36][axis] + head[45][axis]));
    let unit = (head[45][0] - head[36][0]) / 90.0;
    for point in head.iter_mut() {
        *point = std::array::from_fn(|axis| (point[axis] - origin[axis]) / unit);
    }
}

/// One over the mean square of what is left of a point, 1 for the surest.
fn surenesses(faces: &[Turned], placed: &[(f64, [f64; 2])], head: &[[f64; 3]; 68]) -> [f64; 68] {
    let spread: [f64; 68] = std::array::from_fn(|index| {
        let mut squares: Vec<f64> = faces
            .iter()
            .zip(placed)
            .map(|(face, (scale, shift))| {
                let seen = [f64::from(face.landmarks[index].x), f64::from(face.landmarks[index].y)];
                (0..2)
                    .map(|axis| {
                        ((seen[axis] - shift[axis]) / scale - dot(face.rows[axis], head[index])).powi(2)
                    })
                    .sum()
            })
            .collect();
        squares.sort_by(f64::total_cmp);
        squares[..squares.len() * 19 / 20].iter().sum::<f64>() / squares.len() as f64
    });
    let both: [f64; 68] = std::array::from_fn(|index| 0.5 * (spread[index] + spread[MIRROR[index]]));
    let least = both.iter().copied().fold(f64::INFINITY, f64::min);
    both.map(|value| least / value)
}

fn write(head: &[[f64; 3]; 68], weights: &[f64; 68]) {
    let mut text = "//! The mean head of the pose solver: for each landmark its position in millimetres (to the picture's right, down,\n\
                    //! towards the viewer; zero between the outer corners of the eyes, 90 mm apart), and how much it counts.\n//!\n\
                    //! Written by `cargo run --release -p lianpu-calibrate -- pose`: do not edit.\n\n\
                    #![allow(clippy::approx_constant, reason = \"among so many numbers some come near a famous one\")]\n\n\
                    #[rustfmt::skip]\npub(super) const HEAD: [([f64; 3], f64); 68] = [\n"
        .to_owned();
    for (point, weight) in head.iter().zip(weights) {
        let [x, y, z] = point.map(|value| if value.abs() < 0.005 { 0.0 } else { value });
        writeln!(text, "    ([{x:.2}, {y:.2}, {z:.2}], {weight:.3}),").unwrap();
    }
    text += "];\n";
    let file = "engine/src/vision/pose/head.rs";
    std::fs::write(std::path::Path::new(crate::ROOT).join(file), text).unwrap();
    println!("written: {file}");
}

fn errors(what: &str, faces: &[Turned]) {
    let mut sums = [0.0; 3];
    let mut biases = [0.0; 3];
    let mut astray = 0;
    for face in faces {
        let seen = pose::pose(&face.landmarks);
        let off = [seen.yaw - face.angles[0], seen.pitch - face.angles[1], seen.roll - face.angles[2]];
        let far = off.iter().any(|off| off.abs() > 15.0);
        astray += usize::from(far);
        if far && std::env::var_os("CALIBRATE_VERBOSE").is_some() {
            println!("    {} seen as {seen:?}", face.line);
        }
        for axis in 0..3 {
            sums[axis] += off[axis].abs();
            biases[axis] += off[axis];
        }
    }
    let count = faces.len() as f32;
    println!(
        "{what}: mean errors yaw {:.2}, pitch {:.2}, roll {:.2}; bias {:.2} {:.2} {:.2}; {astray} beyond 15",
        sums[0] / count,
        sums[1] / count,
        sums[2] / count,
        biases[0] / count,
        biases[1] / count,
        biases[2] / count
    );
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Cramer's rule.
fn solve(m: [[f64; 3]; 3], right: [f64; 3]) -> [f64; 3] {
    let det = |m: [[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = det(m);
    std::array::from_fn(|column| {
        let mut replaced = m;
        for row in 0..3 {
            replaced[row][column] = right[row];
        }
        det(replaced) / whole
    })
}
