//! The keys of the mini-language: one table, read both ways.

use lianpu_corpus::markers;

use super::model::{
    CoverMaterial, Crop, Damage, Format, Glasses, Lamp, Motion, Part, Recapture, Scene, Sitter, Style,
};

/// The most faces one picture holds.
pub(super) const MOST_FACES: usize = 256;

/// The largest side of a picture in pixels.
const MOST_PIXELS: u32 = 16_384;

/// One key.
#[derive(Debug)]
pub struct Key {
    /// The word before `=`.
    pub name: &'static str,
    /// What it takes, for people.
    pub takes: &'static str,
    /// What it does, for people.
    pub does: &'static str,
    pub(super) field: Field,
}

/// How a key's value is set, none when the value is not possible; and written, none when it is as by default.
#[derive(Debug)]
pub(super) enum Field {
    /// Of the face before it.
    Face(fn(&mut Sitter, &str) -> Option<()>, fn(&Sitter) -> String),
    /// Of the picture.
    Picture(fn(&mut Scene, &str) -> Option<()>, fn(&Scene) -> String),
}

/// The names of all keys, for messages.
pub(super) fn names() -> String {
    KEYS.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
}

macro_rules! face {
    ($name:ident, $low:literal..=$high:literal, $takes:literal, $does:literal) => {
        Key {
            name: stringify!($name),
            takes: $takes,
            does: $does,
            field: Field::Face(
                |sitter, text| number(text, $low, $high).map(|value| sitter.$name = value),
                |sitter| sitter.$name.to_string(),
            ),
        }
    };
}

macro_rules! picture {
    ($name:ident, $low:literal..=$high:literal, $takes:literal, $does:literal) => {
        Key {
            name: stringify!($name),
            takes: $takes,
            does: $does,
            field: Field::Picture(
                |scene, text| number(text, $low, $high).map(|value| scene.$name = value),
                |scene| scene.$name.to_string(),
            ),
        }
    };
}

/// All keys, in the order in which they are written.
pub const KEYS: &[Key] = &[
    face!(yaw, -60.0..=60.0, "degrees from -60 to 60", "turns the head to the picture's right"),
    face!(pitch, -45.0..=45.0, "degrees from -45 to 45", "looks up"),
    face!(roll, -180.0..=180.0, "degrees from -180 to 180", "turns the head clockwise in the picture"),
    face!(smile, 0.0..=1.0, "a number from 0 to 1", "smiles"),
    face!(mouth, 0.0..=1.0, "a number from 0 to 1", "opens the mouth"),
    face!(eyes, 0.0..=1.0, "a number from 0 to 1", "closes the eyes"),
    Key {
        name: "glasses",
        takes: "none, clear or sun",
        does: "puts glasses on",
        field: Field::Face(
            |sitter, text| word(text, Glasses::ALL, Glasses::word).map(|value| sitter.glasses = value),
            |sitter| sitter.glasses.word().to_owned(),
        ),
    },
    Key {
        name: "cover",
        takes: "left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour, with commas between",
        does: "hides parts of the face",
        field: Field::Face(cover, |sitter| {
            sitter.cover.iter().map(|part| part.word()).collect::<Vec<_>>().join(",")
        }),
    },
    Key {
        name: "material",
        takes: "cloth, paper, hand, plastic or black",
        does: "chooses what hides parts of the face",
        field: Field::Face(
            |sitter, text| {
                word(text, CoverMaterial::ALL, CoverMaterial::word).map(|value| sitter.material = value)
            },
            |sitter| sitter.material.word().to_owned(),
        ),
    },
    face!(zoom, 0.1..=3.0, "a number from 0.1 to 3", "makes the head larger, as if it were nearer"),
    Key {
        name: "size",
        takes: "<width>x<height> in pixels, each 1 to 16384",
        does: "sets the size of the picture",
        field: Field::Picture(size, |scene| {
            scene.size.map_or_else(String::new, |(width, height)| format!("{width}x{height}"))
        }),
    },
    Key {
        name: "crop",
        takes: "<border>:<share> from 0 to 0.95, borders left or right and top or bottom, with a comma between",
        does: "moves the first face so far that this share of its box lies beyond the border",
        field: Field::Picture(crop, write_crop),
    },
    picture!(blur, 0.0..=50.0, "pixels from 0 to 50", "blurs, by this sigma"),
    Key {
        name: "motion",
        takes: "<pixels>,<angle>: 0 to 100 pixels, -180 to 180 degrees",
        does: "smears, as a shaken camera does",
        field: Field::Picture(motion, |scene| format!("{},{}", scene.motion.pixels, scene.motion.angle)),
    },
    picture!(dark, 0.0..=4.0, "a factor from 0 to 4", "darkens; 1 is as lit, 0 black"),
    Key {
        name: "light",
        takes: "<azimuth>,<elevation> in degrees from -90 to 90",
        does: "moves the lamp; from the right and from above are positive",
        field: Field::Picture(light, |scene| format!("{},{}", scene.light.azimuth, scene.light.elevation)),
    },
    picture!(glare, 0.0..=1.0, "a number from 0 to 1", "exposes too long, most on the side of the lamp"),
    Key {
        name: "recapture",
        takes: "none, print or screen",
        does: "makes it a picture of a print or of a screen",
        field: Field::Picture(
            |scene, text| word(text, Recapture::ALL, Recapture::word).map(|value| scene.recapture = value),
            |scene| scene.recapture.word().to_owned(),
        ),
    },
    Key {
        name: "style",
        takes: "photo or cartoon",
        does: "makes it a drawing",
        field: Field::Picture(
            |scene, text| word(text, Style::ALL, Style::word).map(|value| scene.style = value),
            |scene| scene.style.word().to_owned(),
        ),
    },
    picture!(noise, 0.0..=100.0, "grey levels from 0 to 100", "adds sensor noise of this sigma"),
    Key {
        name: "canvas",
        takes: "<width>x<height> in pixels, each 1 to 16384",
        does: "puts the picture into the top-left corner of a larger flat one",
        field: Field::Picture(
            |scene, text| {
                scene.canvas = Some(sides(text)?);
                Some(())
            },
            |scene| scene.canvas.map_or_else(String::new, |(width, height)| format!("{width}x{height}")),
        ),
    },
    Key {
        name: "marker",
        takes: "porn or sensitive-person",
        does: "adds the harmless band of squares that a content review under test takes for such a picture",
        field: Field::Picture(
            |scene, text| {
                scene.marker = Some(markers().iter().find(|marker| marker.name == text)?);
                Some(())
            },
            |scene| scene.marker.map_or_else(String::new, |marker| marker.name.clone()),
        ),
    },
    Key {
        name: "seed",
        takes: "a whole number",
        does: "varies background, clothing and noise",
        field: Field::Picture(
            |scene, text| text.parse().ok().map(|value| scene.seed = value),
            |scene| scene.seed.to_string(),
        ),
    },
    Key {
        name: "as",
        takes: "jpeg, png, bmp, gif, pdf or txt",
        does: "chooses the kind of file",
        field: Field::Picture(
            |scene, text| word(text, Format::ALL, Format::word).map(|value| scene.format = value),
            |scene| scene.format.word().to_owned(),
        ),
    },
    Key {
        name: "quality",
        takes: "a whole number from 1 to 100",
        does: "sets the JPEG quality",
        field: Field::Picture(
            |scene, text| {
                let value = text.parse().ok().filter(|value| (1..=100).contains(value))?;
                scene.quality = value;
                Some(())
            },
            |scene| scene.quality.to_string(),
        ),
    },
    Key {
        name: "damage",
        takes: "none, empty, cut, noise, magic or header",
        does: "breaks the file",
        field: Field::Picture(
            |scene, text| word(text, Damage::ALL, Damage::word).map(|value| scene.damage = value),
            |scene| scene.damage.word().to_owned(),
        ),
    },
    Key {
        name: "pad",
        takes: "bytes, up to 268435456",
        does: "grows the file to at least so many bytes",
        field: Field::Picture(
            |scene, text| {
                scene.pad = text.parse().ok().filter(|bytes| *bytes <= 1 << 28)?;
                Some(())
            },
            |scene| scene.pad.to_string(),
        ),
    },
];

/// The words of which a value of this key consists, for suggestions.
pub(super) fn words_of(key: &str) -> Vec<&'static str> {
    match key {
        "glasses" => Glasses::ALL.iter().map(|value| value.word()).collect(),
        "cover" => Part::ALL.iter().map(|value| value.word()).collect(),
        "material" => CoverMaterial::ALL.iter().map(|value| value.word()).collect(),
        "recapture" => Recapture::ALL.iter().map(|value| value.word()).collect(),
        "style" => Style::ALL.iter().map(|value| value.word()).collect(),
        "marker" => markers().iter().map(|marker| marker.name.as_str()).collect(),
        "as" => Format::ALL.iter().map(|value| value.word()).collect(),
        "damage" => Damage::ALL.iter().map(|value| value.word()).collect(),
        _ => Vec::new(),
    }
}

fn number(text: &str, low: f32, high: f32) -> Option<f32> {
    // Adding 0 makes -0 plain 0, so that a line and its rewriting are the same.
    text.parse::<f32>().ok().filter(|value| (low..=high).contains(value)).map(|value| value + 0.0)
}

fn word<T: Copy>(text: &str, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|value| word(*value) == text)
}

fn cover(sitter: &mut Sitter, text: &str) -> Option<()> {
    let mut parts: Vec<Part> =
        text.split(',').map(|name| word(name, Part::ALL, Part::word)).collect::<Option<_>>()?;
    parts.sort_unstable();
    parts.dedup();
    sitter.cover = parts;
    Some(())
}

fn size(scene: &mut Scene, text: &str) -> Option<()> {
    scene.size = Some(sides(text)?);
    Some(())
}

fn sides(text: &str) -> Option<(u32, u32)> {
    let side = |text: &str| text.parse().ok().filter(|pixels| (1..=MOST_PIXELS).contains(pixels));
    let (width, height) = text.split_once('x')?;
    Some((side(width)?, side(height)?))
}

fn motion(scene: &mut Scene, text: &str) -> Option<()> {
    let (pixels, angle) = text.split_once(',')?;
    scene.motion = Motion { pixels: number(pixels, 0.0, 100.0)?, angle: number(angle, -180.0, 180.0)? };
    Some(())
}

fn crop(scene: &mut Scene, text: &str) -> Option<()> {
    let mut crop = Crop::default();
    for border in text.split(',') {
        let (name, share) = border.split_once(':')?;
        let (this, other) = match name {
            "left" => (&mut crop.left, crop.right),
            "right" => (&mut crop.right, crop.left),
            "top" => (&mut crop.top, crop.bottom),
            "bottom" => (&mut crop.bottom, crop.top),
            _ => return None,
        };
        if *this > 0.0 || other > 0.0 {
            return None;
        }
        *this = number(share, 0.0, 0.95)?;
    }
    scene.crop = crop;
    Some(())
}

fn write_crop(scene: &Scene) -> String {
    let Crop { left, right, top, bottom } = scene.crop;
    let borders = [("left", left), ("right", right), ("top", top), ("bottom", bottom)];
    let words: Vec<_> = borders
        .iter()
        .filter(|(_, share)| *share > 0.0)
        .map(|(name, share)| format!("{name}:{share}"))
        .collect();
    words.join(",")
}

fn light(scene: &mut Scene, text: &str) -> Option<()> {
    let (azimuth, elevation) = text.split_once(',')?;
    scene.light = Lamp { azimuth: number(azimuth, -90.0, 90.0)?, elevation: number(elevation, -90.0, 90.0)? };
    Some(())
}
