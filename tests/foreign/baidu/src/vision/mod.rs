//! Eyes of this server: modest, but they look at the picture.
//!
//! A face is found by the SeetaFace detector, turned upright, described by a thumbnail and measured by plain statistics.
//! What such means cannot tell (age, gender, feelings) is guessed in a way that is the same for the same face.

pub mod describe;
pub mod detect;
pub mod landmarks;
pub mod patch;
pub mod quality;
pub mod symmetry;

use image::RgbImage;

pub use describe::Description;
pub use landmarks::{landmark4, landmark72, landmark150};
pub use quality::{PARTS, Quality};

use patch::{Patch, SIDE, Square};

/// A face and all that is known of it.
#[derive(Clone, Debug)]
pub struct Face {
    /// Where it is, turned with the face.
    pub square: Square,
    /// How sure the detector is, 0 to 1.
    pub probability: f32,
    /// Turn of the head to the side, degrees.
    pub yaw: f32,
    /// What to know it again by.
    pub description: Description,
    /// How good its picture is.
    pub quality: Quality,
    /// Distance of its centre from the centre of the picture, in pixels.
    pub from_centre: f32,
    /// A small JPEG of it.
    pub portrait: Vec<u8>,
}

/// All faces of a picture, the largest first.
pub fn faces(picture: &RgbImage) -> Vec<Face> {
    detect::find(picture).into_iter().map(|spot| face(picture, &spot)).collect()
}

/// Measures one face.
fn face(picture: &RgbImage, spot: &detect::Spot) -> Face {
    let patch = Patch::cut(picture, &spot.square, SIDE);
    let scaled = |index: usize| Patch::cut(picture, &spot.square.grown(describe::SCALES[index]), SIDE);
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
    let whole = corners.into_iter().all(|(u, v)| {
        let (x, y) = spot.square.point(u, v);
        (-0.01 * width..=1.01 * width).contains(&x) && (-0.01 * height..=1.01 * height).contains(&y)
    });
    Face {
        square: spot.square,
        probability: (1.0 - (-spot.score / 3.0).exp()).clamp(0.3, 1.0),
        yaw: symmetry::axis(&patch).0 * 180.0,
        description: Description::of([&patch, &scaled(1), &scaled(2)]),
        quality: Quality::of(&patch, whole),
        from_centre: (spot.square.x - width / 2.0).hypot(spot.square.y - height / 2.0),
        portrait: portrait(picture, &spot.square),
    }
}

/// A JPEG of the face and a little around it.
fn portrait(picture: &RgbImage, square: &Square) -> Vec<u8> {
    let around = Square { side: square.side * 1.5, ..*square };
    let patch = Patch::cut(picture, &around, 112);
    let mut bytes = Vec::with_capacity(112 * 112 * 3);
    for (y, (red, blue)) in patch.luma.iter().zip(&patch.chroma) {
        let green = (y - 0.299 * (y + red) - 0.114 * (y + blue)) / 0.587;
        bytes.extend([y + red, green, y + blue].map(|value| value.round().clamp(0.0, 255.0) as u8));
    }
    let mut jpeg = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut jpeg);
    match encoder.encode(&bytes, 112, 112, image::ExtendedColorType::Rgb8) {
        Ok(()) => jpeg,
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_a_photograph_are_found_and_told_apart() {
        let picture = image::open(env!("GROUP_PHOTOGRAPH")).expect("the detector's own picture").to_rgb8();
        let all = faces(&picture);
        assert!(all.len() > 8, "{}", all.len());
        for (index, face) in all.iter().enumerate() {
            assert!(face.description.likeness(&face.description) > 0.99);
            assert!(face.square.turn.abs() < 25.0 && !face.portrait.is_empty());
            for other in &all[..index] {
                assert!(face.description.likeness(&other.description) < 0.85);
            }
        }
        let turned =
            image::imageops::rotate90(&image::imageops::crop_imm(&picture, 560, 160, 260, 260).to_image());
        let turned = faces(&turned);
        assert!(turned.first().is_some_and(|face| (face.square.turn - 90.0).abs() < 20.0), "{turned:?}");
    }
}
