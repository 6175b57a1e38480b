//! How well an analyser tells people apart, measured on a set of faces.
//!
//! Knows nothing of the command line. [`people`] reads which pictures show whom, [`look`] describes one of them,
//! [`Rates`] counts all pairs, [`plot`] draws the result.
//!
//! The words are those of ISO/IEC 19795-1. A face that is not found counts against the detection rate, the failure to
//! acquire, and against rank 1: to whoever searches a gallery it makes no difference why a person is missed, and the
//! vendor tests of NIST (FRTE 1:N) count it so. The rates of pairs are those of the comparison alone, as there.

mod look;
pub mod plot;
mod rates;
mod set;

pub use look::{Look, look};
pub use rates::{Point, Rates};
pub use set::{Person, SetError, people};
