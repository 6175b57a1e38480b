//! What a face looks like, guessed from its grey square: rough measures within the documented ranges.

use image::GrayImage;

/// The guessed features of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Looks {
    /// 0 female ..= 100 male.
    pub(crate) gender: i32,
    /// 0..=100.
    pub(crate) age: i32,
    /// 0 normal ..= 100 laughing.
    pub(crate) expression: i32,
    pub(crate) glass: bool,
    /// -30..=30.
    pub(crate) pitch: i32,
    /// -30..=30.
    pub(crate) yaw: i32,
    /// -180..=180.
    pub(crate) roll: i32,
    /// 0..=100.
    pub(crate) beauty: i32,
}

/// A window of a square, in hundredths of its side.
type Window = (u32, u32, u32, u32);

const LEFT_EYE: Window = (14, 24, 46, 48);
const RIGHT_EYE: Window = (54, 24, 86, 48);
const BRIDGE: Window = (43, 28, 57, 46);
const CHEEKS: Window = (20, 50, 80, 68);
const MOUTH: Window = (28, 68, 72, 88);
const CHIN: Window = (30, 86, 70, 99);

impl Looks {
    /// Looks at a square picture of a face.
    pub(crate) fn of(face: &GrayImage) -> Self {
        let (mean, spread) = measure(face, (10, 10, 90, 95));
        let left = dark_centre(face, LEFT_EYE, mean);
        let right = dark_centre(face, RIGHT_EYE, mean);
        let roll = (right.1 - left.1).atan2((right.0 - left.0).max(1.0)).to_degrees();
        let middle = f64::midpoint(left.0, right.0) - 50.0;
        let height = f64::midpoint(left.1, right.1) - 36.0;
        let (_, bridge) = measure(face, BRIDGE);
        let (mouth_mean, mouth_spread) = measure(face, MOUTH);
        let (_, cheeks) = measure(face, CHEEKS);
        let (chin, _) = measure(face, CHIN);
        let within = |value: f64, low: i32, high: i32| (value.round() as i32).clamp(low, high);
        Looks {
            gender: within(50.0 + (mean - chin) * 1.5, 2, 98),
            age: within(18.0 + cheeks * 0.6, 3, 90),
            expression: within(
                (mouth_spread / spread.max(1.0) - 0.5) * 70.0 + (mouth_mean - mean) * 0.2,
                0,
                100,
            ),
            glass: bridge > spread * 1.2,
            pitch: within(height * 2.0, -30, 30),
            yaw: within(middle * 3.0, -30, 30),
            roll: within(roll, -180, 180),
            beauty: within(90.0 - (left.1 - right.1).abs() * 4.0 - middle.abs() * 2.0, 20, 95),
        }
    }
}

fn pixels(face: &GrayImage, (x0, y0, x1, y1): Window) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
    let (w, h) = face.dimensions();
    let (across, down) = (x0 * w / 100..x1 * w / 100, y0 * h / 100..y1 * h / 100);
    down.flat_map(move |y| across.clone().map(move |x| (x, y))).map(move |(x, y)| {
        let place = |at: u32, side: u32| f64::from(at) * 100.0 / f64::from(side.max(1));
        (place(x, w), place(y, h), f64::from(face.get_pixel(x, y)[0]))
    })
}

/// The mean of a window and its standard deviation.
fn measure(face: &GrayImage, window: Window) -> (f64, f64) {
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (_, _, value) in pixels(face, window) {
        count += 1.0;
        sum += value;
        squares += value * value;
    }
    let mean = sum / f64::max(count, 1.0);
    (mean, (squares / f64::max(count, 1.0) - mean * mean).max(0.0).sqrt())
}

/// The centre of what is darker than the face, in hundredths of the side.
fn dark_centre(face: &GrayImage, window: Window, mean: f64) -> (f64, f64) {
    let (mut weight, mut across, mut down) = (0.0, 0.0, 0.0);
    for (x, y, value) in pixels(face, window) {
        let dark = (mean - value).max(0.0);
        weight += dark;
        across += x * dark;
        down += y * dark;
    }
    if weight < 1.0 {
        return (f64::from(window.0 + window.2) / 2.0, f64::from(window.1 + window.3) / 2.0);
    }
    (across / weight, down / weight)
}
