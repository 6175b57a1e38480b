//! The nets against the package their weights come from, run under Node.js (its CPU backend) on one drawn face.
//!
//! Reads the weights from the model directory and skips, saying so, when they are not there.

#![expect(clippy::unreadable_literal, reason = "measured numbers, not read by people")]
use lianpu_engine::vision::nets::input::{Crop, tensor};
use lianpu_engine::vision::nets::{Nets, recognition};
use lianpu_engine::vision::{Picture, Rect};

use crate::common;

/// A face of ellipses in whole numbers, 120 × 150, so that every language draws the same.
fn drawn() -> Picture {
    const WIDTH: i32 = 120;
    const HEIGHT: i32 = 150;
    let colour = |x: i32, y: i32| {
        let within = |cx: i32, cy: i32, rx: i32, ry: i32| {
            (x - cx).pow(2) * ry * ry + (y - cy).pow(2) * rx * rx <= rx * rx * ry * ry
        };
        let eyes = |cy, rx, ry| within(42, cy, rx, ry) || within(78, cy, rx, ry);
        if within(60, 108, 17, 6) {
            [150, 60, 70] // mouth
        } else if within(60, 88, 8, 5) {
            [170, 120, 100] // nose
        } else if eyes(52, 12, 3) {
            [50, 40, 30] // brows
        } else if eyes(64, 4, 4) {
            [40, 30, 20]
        } else if eyes(64, 9, 5) {
            [240, 240, 240]
        } else if within(60, 78, 44, 60) {
            [200 - ((x - 60).pow(2) >> 6), 160 - ((y - 78).pow(2) >> 7), 130 + (x * 13 + y * 7) % 9]
        } else {
            [60 + (x * 7 + y * 3) % 40, 70 + (x * 5 + y * 11) % 30, 90]
        }
    };
    let rgb = (0..HEIGHT).flat_map(|y| (0..WIDTH).flat_map(move |x| colour(x, y))).map(|value| value as u8);
    Picture::new(WIDTH as usize, HEIGHT as usize, rgb.collect()).expect("120 × 150")
}

fn nets() -> Option<Nets> {
    Some(Nets::load(&common::nets()?).expect("models that are there are right"))
}

fn whole(picture: &Picture) -> Crop {
    let rect = Rect { x: 0.0, y: 0.0, width: picture.width() as f32, height: picture.height() as f32 };
    Crop::of(picture, &rect).expect("the picture itself")
}

fn assert_near(found: &[f32], expected: &[f32], within: f32) {
    assert_eq!(found.len(), expected.len());
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= within, "number {index} is {found}, should be {expected}");
    }
}

#[test]
fn the_description_is_the_packages() {
    let Some(nets) = nets() else { return };
    let picture = drawn();
    let found = nets.recognition.run(&tensor(&picture, &whole(&picture), recognition::SIDE));
    assert_near(&found, &DESCRIPTION, 2e-6);
    let length = found.iter().map(|value| value * value).sum::<f32>().sqrt();
    assert!((1.3..1.5).contains(&length), "a vector of length {length}");
    assert_eq!(found, nets.recognition.run(&tensor(&picture, &whole(&picture), recognition::SIDE)));
}

#[test]
fn the_landmarks_are_the_packages() {
    let Some(nets) = nets() else { return };
    let picture = drawn();
    let landmarks = nets.landmarks.run(&picture, &whole(&picture));
    let found: Vec<f32> = landmarks.iter().flat_map(|point| [point.x, point.y]).collect();
    assert_near(&found, &LANDMARKS, 1e-3);
}

#[test]
fn age_gender_and_expression_are_the_packages() {
    let Some(nets) = nets() else { return };
    let picture = drawn();
    let (age, gender) = nets.age_gender.run(&picture, &whole(&picture));
    assert_near(&[age, 1.0 - gender.male], &AGE_AND_FEMALE, 1e-4);
    let expression = nets.expression.run(&picture, &whole(&picture));
    assert_near(&expression.shares, &EXPRESSION, 1e-5);
    assert!((expression.shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
}

/// Years, and the probability of female.
#[rustfmt::skip]
const AGE_AND_FEMALE: [f32; 2] = [
    11.654, 0.953028,
];

/// Neutral, happy, sad, angry, fearful, disgusted, surprised.
#[rustfmt::skip]
const EXPRESSION: [f32; 7] = [
    0.001277, 0.0, 0.000077, 0.00002, 0.993696, 0.000023, 0.004907,
];

/// 128 numbers.
#[rustfmt::skip]
const DESCRIPTION: [f32; 128] = [
    -0.077611, 0.072486, 0.032267, -0.084136, -0.089396, -0.057859, -0.061056, -0.082465,
    0.141525, -0.054691, 0.188972, -0.042779, -0.216836, 0.020976, -0.035273, 0.169697,
    -0.170257, -0.09132, -0.135044, 0.011342, 0.009751, 0.037928, 0.042508, 0.087719,
    -0.081072, -0.302785, -0.129093, -0.131751, 0.040734, -0.036324, -0.056969, 0.055008,
    -0.115155, -0.049414, 0.095425, -0.022735, -0.033176, -0.138713, 0.272887, -0.031546,
    -0.237666, -0.001198, 0.124464, 0.235888, 0.212113, 0.065382, 0.042876, -0.10465,
    0.083933, -0.2548, 0.077236, 0.162328, 0.052082, 0.098431, 0.063531, -0.189942,
    0.051878, 0.092417, -0.213591, -0.005624, 0.038964, -0.04048, -0.067025, -0.10885,
    0.281009, 0.109464, -0.154031, -0.176773, 0.196143, -0.163789, -0.036336, 0.094998,
    -0.182732, -0.204222, -0.23664, 0.025666, 0.384325, 0.202922, -0.14869, 0.112013,
    -0.111833, -0.084019, -0.015197, 0.126935, -0.024157, -0.01111, -0.000291, 0.004583,
    0.200113, -0.075659, 0.019909, 0.256509, 0.0319, -0.05032, -0.019453, 0.026266,
    -0.07519, -0.030346, -0.126315, -0.010054, 0.067567, 0.009458, 0.028997, 0.150551,
    -0.240513, 0.129008, -0.021103, -0.065083, 0.020309, -0.020515, -0.056057, -0.08115,
    0.161824, -0.26631, 0.163988, 0.151029, 0.093768, 0.120132, 0.038059, 0.097284,
    0.042812, -0.013833, -0.21398, -0.057334, 0.13432, -0.023879, 0.030259, 0.0483,
];

/// 68 points in pixels, x and y in turn.
#[rustfmt::skip]
const LANDMARKS: [f32; 136] = [
    12.1543, 66.4102, 13.1036, 78.0553, 15.537, 90.4898, 18.0311, 100.2943,
    21.956, 112.1656, 28.5368, 119.9569, 35.741, 125.604, 45.5953, 131.6871,
    60.2379, 135.896, 74.7973, 132.8466, 83.2432, 127.2078, 90.3768, 122.512,
    96.5693, 113.306, 101.571, 101.9716, 103.9986, 91.207, 106.1057, 80.109,
    107.0194, 68.1655, 23.4888, 52.375, 30.0634, 48.1817, 36.8278, 46.2925,
    43.4693, 46.5363, 49.336, 48.0792, 73.0914, 48.9866, 78.457, 47.5826,
    85.1208, 47.6662, 92.308, 49.521, 97.7481, 54.06, 60.657, 62.1579,
    60.773, 69.4337, 60.9591, 75.6892, 60.1767, 82.3619, 53.0828, 88.8654,
    56.1118, 89.5404, 60.4666, 90.5394, 64.6354, 89.3415, 67.9684, 89.5635,
    33.7102, 61.6927, 37.8295, 60.1225, 43.6735, 59.9021, 48.476, 62.4422,
    44.5838, 64.5782, 38.213, 64.0742, 72.587, 63.122, 77.7725, 60.4506,
    83.7476, 61.0034, 87.876, 63.5776, 83.5645, 65.5491, 77.4345, 64.4446,
    43.954, 106.7118, 49.7217, 102.3395, 56.8194, 99.5327, 60.365, 99.795,
    63.8732, 98.8369, 71.4862, 103.127, 76.9197, 107.3276, 70.6998, 111.3885,
    65.9893, 113.8397, 59.9731, 114.625, 55.0241, 114.13, 49.5897, 111.8762,
    44.6981, 106.8613, 55.1194, 104.0508, 60.2052, 104.1656, 65.1653, 104.2138,
    75.492, 107.0504, 65.4843, 108.256, 60.3248, 108.669, 55.6135, 108.1858,
];
