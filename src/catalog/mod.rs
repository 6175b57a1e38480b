//! The vendors' documents read into tables.
//!
//! [`import`] takes the text of a document and gives its error tables, whichever of the three shapes it has;
//! [`to_toml`] and [`from_toml`] write a table the way the corpus keeps it and read it again; [`grid`] prints one.
//! Nothing here touches files, and nothing knows what a code means to an implementation. Start with [`import`].

mod column;
mod fault;
mod fuzzing;
mod grid;
mod import;
mod markdown;
mod row;
mod stacked;
mod tabbed;
mod toml_text;

pub use column::Column;
pub use fault::{Fault, ImportErrors, ImportFault};
pub use fuzzing::fuzz_import;
pub use grid::grid;
pub use import::import;
pub use row::{ImportedRow, ImportedTable};
pub use toml_text::{from_toml, to_toml};
