//! What a picture shows: everything that determines it, as a value and as one line of text.
//!
//! The line is what stands between quotes in a Gherkin step and after `lianpu portrait`:
//!
//! ```text
//! anna yaw=20 smile=1 + bea glasses=sun size=640x400
//! ```
//!
//! Words are people (`anna`, `seed:1234`), `+` between them, or `nobody`; then `key=value`. Keys of a face hold for the
//! person before them, keys of the picture may stand anywhere, once:
//!
//! | of a face | |
//! | --- | --- |
//! | `yaw` `pitch` `roll` | degrees: turns to the picture's right, looks up, turns clockwise |
//! | `smile` `mouth` `eyes` | 0 to 1: smiles, opens the mouth, closes the eyes |
//! | `glasses` | `none`, `clear`, `sun` |
//! | `cover` | parts hidden by patches, with commas between |
//! | `material` | of the patches: `cloth`, `paper`, `hand`, `plastic`, `black` |
//! | `zoom` | size of the head, and so its distance: 0.5 is twice as far away |
//!
//! | of the picture | |
//! | --- | --- |
//! | `size` | `<width>x<height>` in pixels |
//! | `crop` | `left:0.3` or `right:0.3,bottom:0.2`: the shares of the first face's box beyond the borders |
//! | `blur` | out of focus, sigma in pixels |
//! | `motion` | `<pixels>,<angle>`: smeared along a line; 0 degrees across, 90 upwards |
//! | `dark` | factor of brightness, 0 is black |
//! | `light` | `<azimuth>,<elevation>` of the lamp in degrees |
//! | `glare` | 0 to 1: over-exposed, from the side of the lamp |
//! | `recapture` | `none`, `print`, `screen`: a picture of a picture; everything is 0.84 times as large |
//! | `style` | `photo`, `cartoon` |
//! | `noise` | of the sensor, sigma in grey levels |
//! | `canvas` | `<width>x<height>` of a larger flat picture in whose top-left corner this one lies |
//! | `marker` | `porn`, `sensitive-person`: a harmless band that stands for such content |
//! | `seed` | varies background, clothing and noise |
//! | `as` `quality` `damage` `pad` | kind of file, JPEG quality, how it is broken, least size in bytes |
//!
//! Start with [`Scene`]; the keys are in `keys`. What each does to a face is in [`truth`](super::truth()).

mod error;
mod keys;
mod line;
mod model;

pub use error::SceneError;
pub use keys::KEYS;
pub use model::{
    CoverMaterial, Crop, Damage, Format, Glasses, Lamp, Motion, Part, Recapture, Scene, Sitter, Style, Who,
};
