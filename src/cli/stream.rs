//! Event files as the verbs read them.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::error::CliError;
use crate::report::{Summary, read_events};

/// Reads an event file.
pub(super) fn read(path: &Path) -> Result<Summary, CliError> {
    let file = File::open(path).map_err(|source| CliError::File {
        path: path.to_owned(),
        doing: "cannot be read",
        source,
    })?;
    read_events(BufReader::new(file))
        .map_err(|source| CliError::Events { path: path.to_owned(), source: Box::new(source) })
}
