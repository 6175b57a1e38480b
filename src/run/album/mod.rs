//! A user's own photographs, which stand for the drawn people of a run: one folder a person.
//!
//! Reads the folder once; who is whom is settled then, so that a run is the same however its scenarios interleave. Sees
//! nothing in the pictures by itself: where faces are is told by [`landmarks`]. Start with [`Album::read`].

mod error;
mod landmarks;
mod people;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageDecoder, ImageReader, RgbImage};

pub use self::error::AlbumError;
use self::landmarks::Landmarks;
pub use self::people::people_shown;
use crate::portrait::{
    Photograph, Raster, Scene, Sitter, Unshown, Who, asks_for_another, file_of_photographs,
};

/// The file in the folder that says where faces are.
const LANDMARKS: &str = "landmarks.jsonl";

/// The longest side of a photograph as it is kept; larger ones are made smaller.
const LONGEST: u32 = 1024;

/// Photographs of a person that are kept; a face set may hold hundreds.
const KEPT: usize = 24;

/// Endings of picture files.
const ENDINGS: [&str; 9] = ["bmp", "gif", "jpeg", "jpg", "pgm", "png", "pnm", "ppm", "webp"];

/// Photographs by person.
#[derive(Debug)]
pub struct Album {
    /// The names that scenes use, in the order of the people that stand for them.
    names: Vec<String>,
    people: Vec<Folder>,
}

/// The photographs of one person.
#[derive(Debug)]
struct Folder {
    name: String,
    photographs: Vec<Photograph>,
}

/// Why a scene is not shown by the album's photographs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotInAlbum {
    /// Photographs cannot show it.
    #[error(transparent)]
    Unshown(#[from] Unshown),
    /// A name that no folder stands for.
    #[error("no folder of photographs stands for {0}")]
    Nobody(String),
    /// The person has one photograph only.
    #[error("another photograph of {name} is needed, and its folder holds one")]
    OnlyOne {
        /// The folder.
        name: String,
    },
}

impl Album {
    /// Reads a folder of folders. `names` are the people whom the scenarios call by name; one more stands for others.
    pub fn read(path: &Path, names: &BTreeSet<String>) -> Result<Self, AlbumError> {
        let landmarks = Landmarks::read(&path.join(LANDMARKS))?;
        let mut folders = Vec::new();
        for folder in sorted(path)?.into_iter().filter(|folder| folder.is_dir()) {
            let pictures: Vec<_> = sorted(&folder)?.into_iter().filter(|file| is_picture(file)).collect();
            if !pictures.is_empty() {
                folders.push((folder, pictures));
            }
        }
        let needed = names.len() + 1;
        if folders.len() < needed {
            let who =
                names.iter().map(String::as_str).chain(["somebody else"]).collect::<Vec<_>>().join(", ");
            return Err(AlbumError::TooFew { path: path.to_owned(), found: folders.len(), needed, who });
        }
        // Others are taken from as many more, so that a full group or person is not one face over and over.
        folders.truncate(names.len() + OTHERS);
        let people = folders
            .into_iter()
            .map(|(folder, pictures)| {
                let photographs = pictures.into_iter().take(KEPT).map(|file| photograph(&file, &landmarks));
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                Ok(Folder { name, photographs: photographs.collect::<Result<_, _>>()? })
            })
            .collect::<Result<_, AlbumError>>()?;
        Ok(Self { names: names.iter().cloned().collect(), people })
    }

    /// The file of a scene.
    pub(super) fn file(&self, scene: &Scene) -> Result<Vec<u8>, NotInAlbum> {
        let photographs = scene
            .faces
            .iter()
            .map(|sitter| self.photograph(sitter, scene.seed))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(file_of_photographs(scene, &photographs)?)
    }

    /// The photograph for a sitter: the first of the person, or another one where another moment is asked for.
    fn photograph(&self, sitter: &Sitter, seed: u64) -> Result<&Photograph, NotInAlbum> {
        let (folder, number) = match sitter.who {
            Who::Named(person) => {
                let place = self.names.iter().position(|name| *name == person.name);
                (&self.people[place.ok_or_else(|| NotInAlbum::Nobody(person.name.clone()))?], 0)
            }
            // Each further seed is the next of the other people, then of their next photographs.
            Who::Seed(seed) => {
                let others = &self.people[self.names.len()..];
                let (round, place) = (seed / others.len() as u64, seed % others.len() as u64);
                (&others[place as usize], round)
            }
        };
        let count = folder.photographs.len() as u64;
        let another = seed != 0 || asks_for_another(sitter);
        if another && count == 1 {
            return Err(NotInAlbum::OnlyOne { name: folder.name.clone() });
        }
        // Any but the first.
        let number = if another {
            number + 1 + seed.wrapping_add(sitter.yaw.abs() as u64) % (count - 1)
        } else {
            number
        };
        Ok(&folder.photographs[(number % count) as usize])
    }
}

/// People of whom those are taken that no scene names.
const OTHERS: usize = 40;

/// What is in a folder, by name.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, AlbumError> {
    let unreadable = |source| AlbumError::Unreadable { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths: Vec<_> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn is_picture(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    file.is_file() && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The picture over white where it is transparent, as viewers show it and savers of JPEG files keep it.
fn opaque(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let seen = |value: u8, alpha: u8| {
        let (value, alpha) = (u16::from(value), u16::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let transparent = picture.into_rgba8();
    let mut whole = RgbImage::new(transparent.width(), transparent.height());
    for (to, from) in whole.pixels_mut().zip(transparent.pixels()) {
        let [red, green, blue, alpha] = from.0;
        to.0 = [red, green, blue].map(|value| seen(value, alpha));
    }
    whole.into()
}

/// Reads a picture, upright and not too large.
fn photograph(file: &Path, landmarks: &Landmarks) -> Result<Photograph, AlbumError> {
    let wrong = |source| AlbumError::Picture { path: file.to_owned(), source };
    let decoded = || -> image::ImageResult<DynamicImage> {
        let mut decoder = ImageReader::open(file)?.with_guessed_format()?.into_decoder()?;
        let turned = decoder.orientation()?;
        let mut picture = DynamicImage::from_decoder(decoder)?;
        picture.apply_orientation(turned);
        Ok(picture)
    };
    let picture = opaque(decoded().map_err(wrong)?);
    let before = picture.width();
    let picture = match picture.width().max(picture.height()) {
        0..=LONGEST => picture,
        _ => picture.resize(LONGEST, LONGEST, image::imageops::FilterType::Triangle),
    };
    let smaller = picture.width() as f32 / before as f32;
    let pixels = picture.into_rgb8();
    let raster = Raster { width: pixels.width(), height: pixels.height(), pixels: pixels.into_raw() };
    Ok(Photograph { face: landmarks.face(file, smaller), raster })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_is_white_and_no_hidden_colour() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("anna")).expect("a folder in it");
        let picture =
            image::RgbaImage::from_fn(4, 4, |x, _| image::Rgba([200, 0, 40, [255, 0, 128, 255][x as usize]]));
        picture.save(folder.path().join("anna/1.png")).expect("a file");
        let album = Album::read(folder.path(), &BTreeSet::new()).expect("an album of one person");
        let row = &album.people[0].photographs[0].raster.pixels[..12];
        assert_eq!(row, [200, 0, 40, 255, 255, 255, 227, 127, 147, 200, 0, 40]);
    }
}
