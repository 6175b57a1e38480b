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
mod mount;
mod mouth;
mod padding;
mod photograph;
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

use frame::Frame;
use plan::Plan;
use random::Random;
use sitting::Sitting;

pub use encode::{encode, encode_mask, media_type};
pub use hiding::{HiddenParts, Hiding, Mask, hiding};
pub use photograph::{FacePoints, Photograph, Unshown, asks_for_another};
pub use scene::{
    CoverMaterial, Crop, Damage, Format, Glasses, KEYS, Lamp, Motion, Part, Recapture, Scene, SceneError,
    Sitter, Style, Who,
};
pub use truth::{Point, TrueFace, truth};

/// An uncompressed picture: rows from the top, three bytes a pixel, red, green, blue (sRGB).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `3 * width * height` bytes.
    pub pixels: Vec<u8>,
}

/// Draws a scene.
pub fn draw(scene: &Scene) -> Raster {
    let plan = Plan::of(scene);
    let (width, height) = plan.drawn;
    if scene.faces.is_empty() {
        let mut variation = Random::new(scene.seed ^ people_seed(scene), 10);
        let picture = finish::finish(scene, &plan, scenery::nobody(width, height, &mut variation));
        return mount::mount(scene, picture);
    }
    let (behind, mut variation) = variation(scene);
    let mut frame = Frame::new(width, height, plan.finer);
    for (index, sitter) in scene.faces.iter().enumerate() {
        frame.clear_depth();
        let camera = plan.camera(scene, index, plan.finer as f32);
        Sitting::new(sitter, camera).draw(&mut frame, scene.light, &mut variation);
    }
    let picture = frame.over(behind.painter(width, height));
    drop(frame);
    mount::mount(scene, finish::finish(scene, &plan, picture))
}

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

/// What is behind people, and what chooses their clothes then.
fn variation(scene: &Scene) -> (scenery::Behind, Random) {
    let mut variation = Random::new(scene.seed ^ people_seed(scene), 10);
    (scenery::Behind::new(&mut variation), variation)
}

/// So that different people stand before different walls under the same picture seed.
fn people_seed(scene: &Scene) -> u64 {
    scene.faces.iter().fold(0, |all, sitter| {
        let seed = match sitter.who {
            Who::Named(person) => person.seed,
            Who::Seed(seed) => seed,
        };
        Random::new(all ^ seed, 11).bits()
    })
}
