//! The vendors' documents read into tables.
//!
//! [`import`] takes the text of a document and gives its error tables, whichever [`Shape`] it has; [`to_toml`] and
//! [`from_toml`] write a table the way the corpus keeps it and read it again. [`lint`] finds what is
//! odd in the tables of a dialect, [`diff`] what changed between two states of them, and [`watch()`] what changed in a document.
//! Nothing here touches files, and nothing knows what a code means to an implementation. Start with [`import`].

mod cell;
mod column;
pub mod diff;
mod fault;
mod fold;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod header;
mod html;
mod import;
pub mod lint;
mod markdown;
mod note;
mod position;
mod reading;
mod recognise;
mod row;
mod separated;
mod shape;
mod stacked;
mod toml_text;
mod watch;

pub use column::Column;
pub use fault::{ImportErrors, ImportFault, ImportMistake};
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::fuzz_import;
pub use import::import;
pub use note::{ImportNote, ImportRemark};
pub use reading::Reading;
pub use row::{ImportedRow, ImportedTable};
pub use shape::Shape;
pub use toml_text::{from_toml, to_toml};
pub use watch::{WatchError, watch};
