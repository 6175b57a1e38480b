//! The vendors' documents read into tables.
//!
//! [`import`] takes the text of a document and gives its error tables, whichever of the three shapes it has;
//! [`to_toml`] and [`from_toml`] write a table the way the corpus keeps it and read it again; [`grid`] prints one.
//! Nothing here touches files, and nothing knows what a code means to an implementation. Start with [`import`].

mod column;
mod fault;
mod fuzzing;
mod grid;
mod html;
mod import;
mod markdown;
mod position;
mod row;
mod separated;
mod shape;
mod stacked;
mod toml_text;

pub use column::Column;
pub use fault::{Fault, ImportErrors, ImportFault};
pub use fuzzing::fuzz_import;
pub use grid::grid;
pub use import::{import, import_as};
pub use row::{ImportedRow, ImportedTable};
pub use shape::Shape;
pub use toml_text::{from_toml, to_toml};
