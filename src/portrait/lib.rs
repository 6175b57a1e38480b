//! Portraits: pictures of people who do not exist, drawn from a seed, byte-identical on every machine.
//!
//! A head is a height field on a skull of cross-sections; skin, eyes and mouth are painted on it; hair is a shell of
//! strands. All are grids of points ([`surface`]), which are turned ([`pose`]), lit ([`light`]) and drawn ([`raster`])
//! over a wall or landscape ([`scenery`]). Arithmetic is limited to what IEEE 754 fixes bit by bit; everything else
//! comes from `libm`, never from the platform.
//!
//! Knows nothing of dialects, HTTP or the engine, and touches no file, clock or environment. Start with [`Scene`].

mod areas;
mod beard;
mod blur;
mod body;
mod cartoon;
mod colour;
mod cover;
mod damage;
mod drawing;
mod ears;
mod encode;
mod enlarge;
mod eyes;
mod finish;
mod frame;
mod glare;
mod glasses;
mod hair;
mod head;
mod hiding;
mod landmarks;
mod light;
mod look;
mod maths;
mod measured;
mod mount;
mod mouth;
mod padding;
mod photograph;
mod picture;
mod plan;
mod pose;
mod random;
mod raster;
mod recapture;
mod scene;
mod scenery;
mod sitting;
mod skin;
mod surface;
mod texture;
mod truth;

pub use drawing::draw;
pub use encode::{encode, encode_mask, media_type};
pub use hiding::{HiddenParts, Hiding, Mask, hiding};
pub use measured::Point;
pub use photograph::{FacePoints, Photograph, Unshown, asks_for_another};
pub use picture::Raster;
pub use scene::{
    CoverMaterial, Crop, Damage, Format, Glasses, KEYS, Lamp, Motion, Part, Recapture, Scene, SceneError,
    Sitter, Style, Who,
};
pub use truth::{TrueFace, truth};

/// Draws a scene and writes it as the file it asks for, damaged if it asks for that.
pub fn file(scene: &Scene) -> Vec<u8> {
    let whole = match scene.format {
        Format::Pdf | Format::Txt => encode::no_picture(scene),
        _ => encode(&draw(scene), scene),
    };
    damage::damage(whole, scene)
}

/// The same with photographs, one for each face, instead of drawn heads. A scene without a face is drawn.
pub fn file_of_photographs(scene: &Scene, photographs: &[&Photograph]) -> Result<Vec<u8>, Unshown> {
    if photographs.is_empty() || matches!(scene.format, Format::Pdf | Format::Txt) {
        return Ok(file(scene));
    }
    Ok(damage::damage(encode(&photograph::composed(scene, photographs)?, scene), scene))
}
