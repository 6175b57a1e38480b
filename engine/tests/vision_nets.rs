//! The nets against the package their weights come from, run under Node.js (its CPU backend) on one drawn face.
//!
//! Reads the weights from the model directory and skips, saying so, when they are not there.

use std::path::PathBuf;

use lianpu_engine::vision::nets::input::{Crop, tensor};
use lianpu_engine::vision::nets::{Nets, recognition};
use lianpu_engine::vision::{Picture, Rect, models};

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
    let directory: PathBuf = models::default_dir().ok()?;
    if !models::any(&directory) {
        println!("skipped: no models in {}", directory.display());
        return None;
    }
    Some(Nets::load(&directory).expect("models that are there are right"))
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
    11.6540356, 0.9530284,
];

/// Neutral, happy, sad, angry, fearful, disgusted, surprised.
#[rustfmt::skip]
const EXPRESSION: [f32; 7] = [
    0.0012773, 0.0000003, 0.0000767, 0.0000196, 0.9936964, 0.0000228, 0.0049069,
];

/// 128 numbers.
#[rustfmt::skip]
const DESCRIPTION: [f32; 128] = [
    -0.0776113, 0.0724861, 0.0322674, -0.0841358, -0.0893957, -0.0578589, -0.0610561, -0.0824654,
    0.1415248, -0.0546907, 0.1889720, -0.0427787, -0.2168357, 0.0209757, -0.0352730, 0.1696973,
    -0.1702574, -0.0913204, -0.1350440, 0.0113424, 0.0097509, 0.0379282, 0.0425079, 0.0877186,
    -0.0810720, -0.3027852, -0.1290935, -0.1317512, 0.0407345, -0.0363236, -0.0569693, 0.0550075,
    -0.1151553, -0.0494136, 0.0954252, -0.0227350, -0.0331758, -0.1387129, 0.2728873, -0.0315457,
    -0.2376662, -0.0011977, 0.1244636, 0.2358881, 0.2121129, 0.0653821, 0.0428765, -0.1046506,
    0.0839327, -0.2548000, 0.0772363, 0.1623279, 0.0520818, 0.0984312, 0.0635309, -0.1899415,
    0.0518779, 0.0924171, -0.2135910, -0.0056242, 0.0389641, -0.0404800, -0.0670248, -0.1088497,
    0.2810089, 0.1094635, -0.1540311, -0.1767734, 0.1961432, -0.1637888, -0.0363358, 0.0949976,
    -0.1827316, -0.2042222, -0.2366398, 0.0256655, 0.3843255, 0.2029219, -0.1486894, 0.1120133,
    -0.1118333, -0.0840187, -0.0151966, 0.1269353, -0.0241569, -0.0111104, -0.0002911, 0.0045834,
    0.2001128, -0.0756594, 0.0199093, 0.2565088, 0.0319000, -0.0503200, -0.0194529, 0.0262655,
    -0.0751896, -0.0303459, -0.1263148, -0.0100545, 0.0675670, 0.0094576, 0.0289972, 0.1505513,
    -0.2405131, 0.1290081, -0.0211034, -0.0650828, 0.0203094, -0.0205150, -0.0560569, -0.0811500,
    0.1618244, -0.2663098, 0.1639884, 0.1510293, 0.0937680, 0.1201322, 0.0380591, 0.0972840,
    0.0428116, -0.0138328, -0.2139802, -0.0573336, 0.1343203, -0.0238788, 0.0302586, 0.0483000,
];

/// 68 points in pixels, x and y in turn.
#[rustfmt::skip]
const LANDMARKS: [f32; 136] = [
    12.1543273, 66.4102301, 13.1035611, 78.0552953, 15.5369765, 90.4897928, 18.0311340, 100.2943039,
    21.9559604, 112.1655911, 28.5367781, 119.9568808, 35.7409358, 125.6040573, 45.5952609, 131.6871196,
    60.2378869, 135.8959168, 74.7972822, 132.8466386, 83.2431650, 127.2077501, 90.3767967, 122.5119621,
    96.5693164, 113.3059591, 101.5710998, 101.9716412, 103.9986062, 91.2069350, 106.1056995, 80.1090002,
    107.0193887, 68.1655392, 23.4887588, 52.3750931, 30.0634003, 48.1816784, 36.8277884, 46.2925449,
    43.4692848, 46.5363219, 49.3360877, 48.0791956, 73.0913544, 48.9866361, 78.4569812, 47.5826249,
    85.1208472, 47.6662204, 92.3079014, 49.5210081, 97.7481294, 54.0599316, 60.6570411, 62.1578783,
    60.7729268, 69.4337055, 60.9591079, 75.6892204, 60.1766753, 82.3618770, 53.0827725, 88.8653934,
    56.1118233, 89.5403534, 60.4665542, 90.5394316, 64.6353579, 89.3415123, 67.9684138, 89.5635456,
    33.7101817, 61.6926983, 37.8294683, 60.1224884, 43.6735260, 59.9021047, 48.4759426, 62.4422193,
    44.5837820, 64.5782143, 38.2129991, 64.0742317, 72.5869703, 63.1220296, 77.7724600, 60.4506254,
    83.7475920, 61.0034019, 87.8759909, 63.5776028, 83.5644794, 65.5491471, 77.4345016, 64.4445509,
    43.9539778, 106.7117840, 49.7216892, 102.3395061, 56.8194008, 99.5327443, 60.3649235, 99.7949213,
    63.8732028, 98.8368988, 71.4861703, 103.1269848, 76.9197321, 107.3275656, 70.6998038, 111.3885462,
    65.9893298, 113.8397455, 59.9731421, 114.6250248, 55.0241303, 114.1299248, 49.5897496, 111.8761539,
    44.6981049, 106.8612546, 55.1194310, 104.0507555, 60.2051640, 104.1656435, 65.1652551, 104.2138070,
    75.4920316, 107.0503682, 65.4843235, 108.2560211, 60.3247762, 108.6690187, 55.6134903, 108.1858099,
];
