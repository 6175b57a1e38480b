//! What holds of every portrait, whoever is drawn and however: drawn at random, small.

use lianpu_portrait::{Glasses, Part, Raster, Scene, Sitter, Who, draw, file, truth};
use proptest::prelude::*;

prop_compose! {
    /// Somebody who looks more or less ahead, with any expression.
    fn sitter()(
        seed in any::<u64>(),
        (yaw, pitch, roll) in (-20.0..=20.0_f32, -15.0..=15.0_f32, -15.0..=15.0_f32),
        (smile, mouth, eyes) in (0.0..=1.0_f32, 0.0..=1.0_f32, 0.0..=1.0_f32),
        glasses in prop::sample::select(Glasses::ALL),
        zoom in 0.4..=1.0_f32,
    ) -> Sitter {
        Sitter { yaw, pitch, roll, smile, mouth, eyes, glasses, zoom, ..Sitter::new(Who::Seed(seed)) }
    }
}

prop_compose! {
    /// One person before a wall, without noise, so that only what is asked for changes pixels.
    fn scene()(sitter in sitter(), seed in any::<u64>(), size in (96..=160_u32, 96..=160_u32)) -> Scene {
        Scene { faces: vec![sitter], seed, size: Some(size), noise: 0.0, ..Scene::default() }
    }
}

/// The mean of all channels of all pixels.
fn brightness(raster: &Raster) -> f64 {
    raster.pixels.iter().map(|v| f64::from(*v)).sum::<f64>() / raster.pixels.len() as f64
}

/// Which pixels of two pictures differ visibly.
fn changed(one: &Raster, other: &Raster) -> Vec<bool> {
    let pixels = one.pixels.chunks_exact(3).zip(other.pixels.chunks_exact(3));
    pixels.map(|(a, b)| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 4)).collect()
}

fn area(mask: &[bool]) -> usize {
    mask.iter().filter(|hidden| **hidden).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_same_arguments_give_the_same_bytes_on_every_thread(scene in scene()) {
        let elsewhere = std::thread::scope(|threads| threads.spawn(|| file(&scene)).join().expect("no panic"));
        prop_assert_eq!(file(&scene), elsewhere);
    }

    #[test]
    fn the_truth_of_a_whole_face_lies_inside_the_picture(scene in scene()) {
        let (width, height) = scene.pixels();
        let face = &truth(&scene)[0];
        for point in [face.left_eye, face.right_eye, face.nose, face.mouth, face.chin] {
            prop_assert!((0.0..width as f32).contains(&point.x) && (0.0..height as f32).contains(&point.y), "{face:?}");
        }
        prop_assert!((face.visible - 1.0).abs() < 1e-3 && face.left_eye.x < face.right_eye.x, "{face:?}");
    }

    #[test]
    fn whoever_looks_ahead_has_eyes_nose_mouth_and_chin_in_this_order(scene in scene()) {
        let ahead = Sitter { yaw: 0.0, pitch: 0.0, roll: 0.0, ..scene.faces[0].clone() };
        let face = &truth(&Scene { faces: vec![ahead], ..scene })[0];
        prop_assert!((face.left_eye.y - face.right_eye.y).abs() < 0.01, "{face:?}");
        let down = [face.y, face.left_eye.y, face.nose.y, face.mouth.y, face.chin.y, face.y + face.height];
        prop_assert!(down.is_sorted_by(|upper, lower| upper < lower), "{down:?}");
        let across = [face.x, face.left_eye.x, face.nose.x, face.right_eye.x, face.x + face.width];
        prop_assert!(across.is_sorted_by(|left, right| left < right), "{across:?}");
    }

    #[test]
    fn one_more_hidden_part_hides_more(scene in scene(), first in 0..7_usize, second in 0..7_usize) {
        let with = |cover: Vec<Part>| {
            let sitter = Sitter { cover, ..scene.faces[0].clone() };
            draw(&Scene { faces: vec![sitter], ..scene.clone() })
        };
        let bare = with(Vec::new());
        let one = changed(&bare, &with(vec![Part::ALL[first]]));
        let two = changed(&bare, &with(vec![Part::ALL[first], Part::ALL[second]]));
        prop_assert!(area(&one) > 0);
        // What one hides the other cannot bare again, but where both meet their colours may hit the skin's.
        prop_assert!(area(&two) * 100 >= area(&one) * 98, "{} after {}", area(&two), area(&one));
        prop_assert!(first == second || area(&two) > area(&one), "{} after {}", area(&two), area(&one));
    }

    #[test]
    fn blur_and_motion_leave_the_mean_brightness(scene in scene(), blur in 0.3..=4.0_f32, angle in 0.0..=180.0_f32) {
        let plain = brightness(&draw(&scene));
        let mut moved = Scene { blur, ..scene.clone() };
        let blurred = brightness(&draw(&moved));
        prop_assert!((blurred - plain).abs() < 1.5, "{plain} {blurred}");
        moved.motion.pixels = 2.0 * blur;
        moved.motion.angle = angle;
        let shaken = brightness(&draw(&moved));
        prop_assert!((shaken - plain).abs() < 2.5, "{plain} {shaken}");
    }

    #[test]
    fn less_light_is_never_brighter(scene in scene(), dark in 0.05..=1.0_f32) {
        let (plain, darker) = (draw(&scene), draw(&Scene { dark, ..scene.clone() }));
        prop_assert!(plain.pixels.iter().zip(&darker.pixels).all(|(plain, darker)| darker <= plain));
    }

    #[test]
    fn everybody_of_a_group_is_told(faces in prop::collection::vec(sitter(), 1..6)) {
        let scene = Scene { faces, size: Some((600, 400)), ..Scene::default() };
        let told = truth(&scene);
        prop_assert_eq!(told.len(), scene.faces.len());
        for (place, one) in told.iter().enumerate() {
            for other in &told[..place] {
                let apart = (one.nose.x - other.nose.x).hypot(one.nose.y - other.nose.y);
                prop_assert!(apart > 0.5 * one.width.min(other.width), "{one:?} {other:?}");
            }
        }
    }
}
