//! A face with other proportions: landmarks moved about the parts they belong to, then the skin made smoother or rougher.

use super::mask::Mask;
use super::repaint::repainted;
use super::side::Side;
use super::warp::Warp;
use crate::vision::align::Frame;
use crate::vision::{Landmarks, Picture, Point};

/// What differs more than this from its surroundings is an edge rather than skin.
const EDGE: f32 = 10.0;

/// What is made of a face. Sizes are factors; lengths are in distances between the eyes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Look {
    /// The size of the eyes.
    eyes: f32,
    /// The width of the jaw.
    jaw: f32,
    /// The height of the lower face.
    chin: f32,
    /// The size of the mouth.
    mouth: f32,
    /// The size of the nose.
    nose: f32,
    /// How far the brows rise.
    brows: f32,
    /// How much fine structure is added; below 0 it is taken away, down to -1.
    structure: f32,
    /// How much colour is lost, 0 to 1.
    greying: f32,
}

impl Look {
    /// As it is.
    const NONE: Self = Self {
        eyes: 1.0,
        jaw: 1.0,
        chin: 1.0,
        mouth: 1.0,
        nose: 1.0,
        brows: 0.0,
        structure: 0.0,
        greying: 0.0,
    };
    /// A child: large eyes, a short face, smooth skin.
    pub(in super::super) const KID: Self = Self {
        eyes: 1.25,
        jaw: 0.97,
        chin: 0.88,
        mouth: 0.9,
        nose: 0.85,
        brows: 0.05,
        structure: -0.7,
        greying: 0.0,
    };
    /// Old: smaller eyes, a longer nose, rough and greying skin.
    pub(in super::super) const OLD: Self = Self {
        eyes: 0.9,
        jaw: 1.04,
        chin: 1.05,
        mouth: 0.97,
        nose: 1.12,
        brows: -0.04,
        structure: 1.2,
        greying: 0.4,
    };
    /// A woman's.
    pub(in super::super) const FEMALE: Self = Self {
        eyes: 1.12,
        jaw: 0.92,
        chin: 0.95,
        mouth: 1.05,
        nose: 0.92,
        brows: 0.05,
        structure: -0.35,
        greying: 0.0,
    };
    /// A man's.
    pub(in super::super) const MALE: Self = Self {
        eyes: 0.94,
        jaw: 1.08,
        chin: 1.06,
        mouth: 0.97,
        nose: 1.07,
        brows: -0.05,
        structure: 0.4,
        greying: 0.0,
    };

    /// An age in years: 30 is as it is, 5 and less a child, 70 and more old.
    pub(in super::super) fn of_age(years: f32) -> Self {
        if years < 30.0 {
            Self::NONE.towards(&Self::KID, (30.0 - years) / 25.0)
        } else {
            Self::NONE.towards(&Self::OLD, (years - 30.0) / 40.0)
        }
    }

    /// A gender, 0 female to 1 male.
    pub(in super::super) fn of_gender(male: f32) -> Self {
        Self::FEMALE.towards(&Self::MALE, male)
    }

    fn towards(&self, other: &Self, share: f32) -> Self {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let between = |of: fn(&Self) -> f32| of(self) + (of(other) - of(self)) * share;
        Self {
            eyes: between(|look| look.eyes),
            jaw: between(|look| look.jaw),
            chin: between(|look| look.chin),
            mouth: between(|look| look.mouth),
            nose: between(|look| look.nose),
            brows: between(|look| look.brows),
            structure: between(|look| look.structure),
            greying: between(|look| look.greying),
        }
    }
}

/// The picture with the face changed.
pub(in super::super) fn edit(side: &Side, look: &Look) -> Picture {
    let frame = Frame::new(&side.landmarks);
    let moved = moved(&side.landmarks, &frame, look);
    let (mut from, mut to) = (side.landmarks.to_vec(), moved.to_vec());
    // What lies around the face stays where it is.
    let around = (0..24).map(|step| {
        let angle = std::f32::consts::TAU * step as f32 / 24.0;
        frame.pixel(2.1 * angle.cos(), 0.4 + 2.3 * angle.sin())
    });
    for point in around {
        from.push(point);
        to.push(point);
    }
    let warp = Warp::new(&from, &to);
    let bounds = bounds(&side.picture, &frame);
    let warped = repainted(&side.picture, bounds, |x, y| {
        let source = warp.source(Point { x: x as f32, y: y as f32 });
        side.picture.between(source.x, source.y)
    });
    let mask = Mask::new(&moved, frame.unit() * 0.3);
    let reach = (frame.unit() * 0.06).round().max(1.0) as isize;
    repainted(&warped, mask.bounds(warped.width(), warped.height()), |x, y| {
        let share = mask.share(Point { x: x as f32, y: y as f32 });
        let colour = warped.at(x as isize, y as isize).map(f32::from);
        if share <= 0.0 {
            return colour;
        }
        let smooth = around_mean(&warped, x as isize, y as isize, reach);
        let grey = colour.iter().sum::<f32>() / 3.0;
        // Skin is made smoother, not the edges of eyes and lips.
        let edge = (grey - smooth.iter().sum::<f32>() / 3.0) / EDGE;
        let structure =
            if look.structure < 0.0 { look.structure * (-edge * edge).exp() } else { look.structure };
        std::array::from_fn(|channel| {
            let textured = colour[channel] + structure * share * (colour[channel] - smooth[channel]);
            textured + look.greying * share * (grey - textured)
        })
    })
}

/// The landmarks after the change.
fn moved(landmarks: &Landmarks, frame: &Frame, look: &Look) -> Landmarks {
    let middle = |points: &[Point]| {
        let count = points.len() as f32;
        let sum = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.x, sum.1 + point.y));
        Point { x: sum.0 / count, y: sum.1 / count }
    };
    let grown = |point: Point, about: Point, factor: f32| Point {
        x: about.x + (point.x - about.x) * factor,
        y: about.y + (point.y - about.y) * factor,
    };
    let (eyes, nose, mouth) = (
        [middle(&landmarks[36..42]), middle(&landmarks[42..48])],
        middle(&landmarks[27..36]),
        middle(&landmarks[48..68]),
    );
    Box::new(std::array::from_fn(|index| {
        let point = landmarks[index];
        let point = match index {
            0..17 => {
                // The lower a point of the jaw lies, the more it moves.
                let (across, down) = place(frame, point);
                let low = (down / 1.5).clamp(0.0, 1.0);
                frame.pixel(across * (1.0 + (look.jaw - 1.0) * low), down * (1.0 + (look.chin - 1.0) * low))
            }
            17..27 => {
                let (across, down) = place(frame, point);
                frame.pixel(across, down - look.brows)
            }
            27..36 => grown(point, nose, look.nose),
            36..42 => grown(point, eyes[0], look.eyes),
            42..48 => grown(point, eyes[1], look.eyes),
            _ => grown(point, mouth, look.mouth),
        };
        if point.x.is_finite() && point.y.is_finite() { point } else { landmarks[index] }
    }))
}

/// Where a pixel lies in a frame: the way back from [`Frame::pixel`].
fn place(frame: &Frame, point: Point) -> (f32, f32) {
    let (dx, dy) = (point.x - frame.origin.x, point.y - frame.origin.y);
    let square = frame.unit() * frame.unit();
    (
        (dx * frame.across.x + dy * frame.across.y) / square,
        (dy * frame.across.x - dx * frame.across.y) / square,
    )
}

/// The box that changes: the face and what is around it.
fn bounds(picture: &Picture, frame: &Frame) -> [usize; 4] {
    let middle = frame.pixel(0.0, 0.4);
    let reach = frame.unit() * 2.4;
    let within = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
    [
        within(middle.x - reach, picture.width()),
        within(middle.y - reach, picture.height()),
        within(middle.x + reach, picture.width()),
        within(middle.y + reach, picture.height()),
    ]
}

/// The mean colour of a square about a pixel, of nine samples.
fn around_mean(picture: &Picture, x: isize, y: isize, reach: isize) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for (dx, dy) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))) {
        for (sum, value) in sum.iter_mut().zip(picture.at(x + dx * reach, y + dy * reach)) {
            *sum += f32::from(value);
        }
    }
    sum.map(|sum| sum / 9.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn landmarks() -> Landmarks {
        let mut points: Landmarks = Box::new([Point { x: 100.0, y: 120.0 }; 68]);
        for (index, point) in points.iter_mut().enumerate() {
            match index {
                0..17 => {
                    let angle = std::f32::consts::PI * index as f32 / 16.0;
                    *point = Point { x: 100.0 - 50.0 * angle.cos(), y: 95.0 + 70.0 * angle.sin() };
                }
                36..42 => {
                    *point = Point { x: 75.0 + (index % 3) as f32 * 5.0, y: 98.0 + (index % 2) as f32 * 4.0 }
                }
                42..48 => {
                    *point = Point { x: 115.0 + (index % 3) as f32 * 5.0, y: 98.0 + (index % 2) as f32 * 4.0 }
                }
                _ => {}
            }
        }
        points
    }

    #[test]
    fn each_look_moves_its_parts() {
        let landmarks = landmarks();
        let frame = Frame::new(&landmarks);
        let same = moved(&landmarks, &frame, &Look::NONE);
        let far = |a: &Point, b: &Point| (a.x - b.x).hypot(a.y - b.y);
        assert!(landmarks.iter().zip(same.iter()).all(|(a, b)| far(a, b) < 0.01));
        let kid = moved(&landmarks, &frame, &Look::KID);
        assert!(far(&kid[36], &kid[38]) > far(&landmarks[36], &landmarks[38]), "larger eyes");
        assert!(kid[8].y < landmarks[8].y, "a shorter face");
    }

    #[test]
    fn ages_and_genders_lie_between() {
        assert_eq!(Look::of_age(30.0), Look::NONE);
        assert_eq!(Look::of_age(2.0), Look::KID);
        assert_eq!(Look::of_age(200.0), Look::OLD);
        assert_eq!(Look::of_gender(0.0), Look::FEMALE);
        assert_eq!(Look::of_age(f32::NAN), Look::NONE);
    }

    #[test]
    fn far_from_the_face_nothing_changes() {
        let rgb = (0..400 * 300).flat_map(|at| [(at % 251) as u8, (at % 83) as u8, (at % 7) as u8]).collect();
        let picture = Picture::new(400, 300, rgb).expect("a picture");
        let side = Side { picture, landmarks: landmarks() };
        let edited = edit(&side, &Look::OLD);
        assert_ne!(edited, side.picture);
        for (x, y) in [(399, 299), (250, 10), (300, 150)] {
            assert_eq!(edited.at(x, y), side.picture.at(x, y));
        }
    }
}
