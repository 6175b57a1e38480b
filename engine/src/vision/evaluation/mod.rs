//! How well an analyser tells people apart, measured on a set of faces.
//!
//! Knows nothing of the command line. [`people`] reads which pictures show whom, [`look`] describes one of them,
//! [`Rates`] counts all pairs, [`plot`] draws the result. The words are those of ISO/IEC 19795-1; a picture without a
//! face counts against the detection rate only.

mod look;
pub mod plot;
mod rates;
mod set;

pub use look::{Look, look};
pub use rates::{Point, Rates};
pub use set::{Person, SetError, people};
