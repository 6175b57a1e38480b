//! Event files as the verbs read them.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::error::CliError;
use crate::report::{ReadError, Summary, read_events, read_verdicts as read_verdicts_of};

/// Reads an event file.
pub(super) fn read(path: &Path) -> Result<Summary, CliError> {
    read_with(path, read_events)
}

/// Reads of an event file what the verdicts say, so that many fit into memory.
pub(super) fn read_verdicts(path: &Path) -> Result<Summary, CliError> {
    read_with(path, read_verdicts_of)
}

fn read_with(
    path: &Path,
    read: impl Fn(BufReader<File>) -> Result<Summary, ReadError>,
) -> Result<Summary, CliError> {
    let file = File::open(path).map_err(|source| CliError::File {
        path: path.to_owned(),
        doing: "cannot be read",
        source,
    })?;
    read(BufReader::new(file))
        .map_err(|source| CliError::Events { path: path.to_owned(), source: Box::new(source) })
}
