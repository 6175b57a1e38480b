//! Counts what this run's tests skipped: the last that `cargo test` prints.
//!
//! It runs last because cargo takes packages by their names, and because no package has tests in its documentation.

#![expect(clippy::print_stdout, reason = "it is here to print")]

use std::collections::{BTreeMap, BTreeSet};

use lianpu_testing::{Note, take};

fn main() {
    if std::env::args().any(|argument| argument == "--list") {
        return; // asked for tests by name, of which it has none
    }
    print!("\n{}\n", told(&take()));
}

/// What was skipped, a line each, and the count in the last line.
fn told(notes: &BTreeSet<Note>) -> String {
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut text = String::new();
    for Note { word, test, what } in notes {
        words.entry(word).or_default().insert(test);
        text += &format!("{test} ... skipped ({word}: {what})\n");
    }
    let tests: BTreeSet<_> = notes.iter().map(|note| note.test.as_str()).collect();
    let words: Vec<_> = words.iter().map(|(word, tests)| format!("{word} {}", tests.len())).collect();
    match words.is_empty() {
        true => text + "skipped tests: 0",
        false => format!("{text}\nskipped tests: {} (for want of {})", tests.len(), words.join(", ")),
    }
}
