//! The drawn pictures of a page, small, each drawn once.

use std::collections::BTreeMap;
use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, resize};

use crate::portrait::{self, Scene};

/// Pixels of the longer side.
const LONGER_SIDE: u32 = 144;
const QUALITY: u8 = 72;

/// More would take long to draw and make the page heavy.
const MOST: usize = 60;

/// The pictures drawn so far, by scene.
#[derive(Debug, Default)]
pub(super) struct Pictures(BTreeMap<String, Option<String>>);

impl Pictures {
    /// The picture as a `data:` address; `None` for what is no scene, and beyond the most.
    pub(super) fn address(&mut self, scene: &str) -> Option<String> {
        let full = self.0.len() >= MOST;
        match self.0.get(scene) {
            Some(address) => address.clone(),
            None if full => None,
            None => {
                let address = small(scene);
                self.0.insert(scene.to_owned(), address.clone());
                address
            }
        }
    }
}

fn small(scene: &str) -> Option<String> {
    let picture = portrait::draw(&Scene::parse(scene).ok()?);
    let picture = RgbImage::from_raw(picture.width, picture.height, picture.pixels)?;
    let scale = f64::from(LONGER_SIDE) / f64::from(picture.width().max(picture.height()));
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    let picture = match scale < 1.0 {
        true => resize(&picture, side(picture.width()), side(picture.height()), FilterType::Triangle),
        false => picture,
    };
    let mut bytes = Cursor::new(Vec::new());
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).ok()?;
    Some(format!("data:image/jpeg;base64,{}", STANDARD.encode(bytes.into_inner())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_becomes_a_small_picture_once() {
        let mut pictures = Pictures::default();
        let address = pictures.address("anna").unwrap();
        assert!(
            address.starts_with("data:image/jpeg;base64,") && address.len() < 12_000,
            "{}",
            address.len()
        );
        assert_eq!(pictures.address("anna"), Some(address));
        assert_eq!(pictures.address("no such scene ="), None);
    }
}
