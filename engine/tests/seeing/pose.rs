//! The angles that the engine reads from portraits whose turn is known, and the landmarks that its net sees on them.

use lianpu_engine::vision::Wanted;
use lianpu_portrait::Scene;

use crate::portraits::{at_once, seeing};

const POSE: Wanted = Wanted { attributes: true, landmarks: true, largest_only: true, ..Wanted::PLACES };

/// Mean errors in degrees that are allowed, yaw, pitch, roll; measured 2.1, 4.9 and 1.9. No more than 5 is the aim of each. Pitch
/// at the ends of its range is what is read least well.
const ALLOWED: [f32; 3] = [2.5, 5.0, 2.5];

#[test]
fn angles_are_right_within_a_few_degrees_in_the_mean() {
    let Some(seeing) = seeing() else { return };
    // Spread over the ranges by steps that share no divisor with the numbers of values.
    let spread =
        |index: usize, step: usize, most: f32| most * (2.0 * ((index * step) % 101) as f32 / 100.0 - 1.0);
    let lines: Vec<String> = (0..120)
        .map(|index| {
            format!(
                "seed:{} seed={index} yaw={:.1} pitch={:.1} roll={:.1}",
                980_000 + index,
                spread(index, 37, 35.0),
                spread(index, 61, 25.0),
                spread(index, 83, 45.0)
            )
        })
        .collect();
    let mut errors: Vec<[f32; 3]> = Vec::new();
    for (line, face) in lines.iter().zip(at_once(&seeing, &lines, POSE)) {
        let Some(pose) = face.and_then(|face| face.pose) else { continue };
        let truth = lianpu_portrait::truth(&Scene::parse(line).unwrap()).remove(0);
        let off = [pose.yaw - truth.yaw, pose.pitch - truth.pitch, pose.roll - truth.roll].map(f32::abs);
        if off.iter().any(|off| *off > 15.0) {
            println!("{line}: {pose:?}");
        }
        errors.push(off);
    }
    let mean: [f32; 3] =
        std::array::from_fn(|axis| errors.iter().map(|off| off[axis]).sum::<f32>() / errors.len() as f32);
    println!("{} of {} found; mean errors yaw, pitch, roll {mean:.2?}", errors.len(), lines.len());
    assert!(errors.len() * 100 >= lines.len() * 90, "{} found", errors.len());
    assert!(mean.iter().zip(ALLOWED).all(|(mean, allowed)| *mean <= allowed), "{mean:?}");
}

/// Which landmarks belong together, and how far off they may be in the mean, in distances between the eyes; measured 0.139, 0.094,
/// 0.055, 0.075 and 0.129. The net sees lips a little higher than they are drawn.
const FEATURES: [(&str, std::ops::Range<usize>, f32); 5] = [
    ("jaw", 0..17, 0.16),
    ("brows", 17..27, 0.115),
    ("nose", 27..36, 0.07),
    ("eyes", 36..48, 0.095),
    ("mouth", 48..68, 0.15),
];

#[test]
fn landmarks_are_told_where_the_net_sees_them() {
    let Some(seeing) = seeing() else { return };
    let poses = ["", "smile=1", "mouth=0.8", "roll=12"];
    let lines: Vec<String> = (0..40)
        .map(|index| format!("seed:{} seed={index} {}", 985_000 + index, poses[index % poses.len()]))
        .collect();
    let faces = at_once(&seeing, &lines, POSE);
    let mut off = vec![(0.0, 0.0, 0.0); 68];
    let mut found = 0.0;
    for (line, face) in lines.iter().zip(faces) {
        let Some(seen) = face.and_then(|face| face.landmarks) else { continue };
        let truth = lianpu_portrait::truth(&Scene::parse(line).unwrap()).remove(0);
        let unit = (truth.right_eye.x - truth.left_eye.x).hypot(truth.right_eye.y - truth.left_eye.y);
        found += 1.0;
        for ((off, [x, y]), seen) in off.iter_mut().zip(&truth.landmarks).zip(seen.iter()) {
            let (dx, dy) = ((seen.x - x) / unit, (seen.y - y) / unit);
            *off = (off.0 + dx, off.1 + dy, off.2 + dx.hypot(dy));
        }
    }
    for (index, (dx, dy, far)) in off.iter().enumerate() {
        println!("{index}: {:+.3} {:+.3}, {:.3}", dx / found, dy / found, far / found);
    }
    assert!(found >= 38.0, "{found} found");
    for (name, range, most) in FEATURES {
        let count = range.len() as f32;
        let mean = off[range].iter().map(|(.., far)| far / found).sum::<f32>() / count;
        println!("{name}: {mean:.3}");
        assert!(mean <= most, "{name}: {mean}");
    }
}
