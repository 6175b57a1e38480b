//! What can be told of a face, and what cannot.

use std::io::{self, Write};

use serde_json::json;

use crate::vision::{ABILITIES, Capabilities};

/// Prints the table for an analyser of these capabilities.
pub(super) fn show(can: Capabilities, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    for ability in &ABILITIES {
        let told = ability.is_told_by(can);
        if as_json {
            let line = json!({ "name": ability.name, "told": told, "meaning": ability.meaning });
            writeln!(out, "{line}")?;
            continue;
        }
        let word = match (told, ability.is_told()) {
            (true, _) => "told",
            (false, true) => "needs nets",
            (false, false) => "not told",
        };
        writeln!(out, "{:<12} {word:<10}  {}", ability.name, ability.meaning)?;
    }
    Ok(())
}

/// The names of what is left out because it cannot be told.
pub(super) fn unavailable(can: Capabilities) -> Vec<&'static str> {
    ABILITIES.iter().filter(|ability| !ability.is_told_by(can)).map(|ability| ability.name).collect()
}
