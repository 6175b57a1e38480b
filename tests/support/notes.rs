//! Notes of what was skipped, from the programs that one `cargo test` starts one after the other to the last of them.
//!
//! They lie beside the programs, in a file named after the process that started them, so that no other run's are counted.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;

/// A test that was skipped, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What was lacking, in a word of `LIANPU_REQUIRE`.
    pub word: String,
    /// The program and the test in it.
    pub test: String,
    /// What was lacking, in a sentence.
    pub what: String,
}

/// Where this run's notes are.
fn file() -> io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let folder = program.parent().ok_or(io::ErrorKind::NotFound)?.join("skipped");
    fs::create_dir_all(&folder)?;
    Ok(folder.join(starter()))
}

/// The process that started this one, by its number and, where the system tells it, the time it began: numbers come again.
fn starter() -> String {
    #[cfg(unix)]
    let number = std::os::unix::process::parent_id();
    #[cfg(not(unix))]
    let number = 0;
    let told = fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
    // The name, in brackets, may hold spaces; the start is the twentieth field behind it (proc(5), field 22).
    let began = told.rsplit(')').next().and_then(|fields| fields.split_whitespace().nth(19));
    format!("{number}-{}", began.unwrap_or("0"))
}

/// Notes what the running test lacks. A note that cannot be written is lost: the test has said it, too.
pub(crate) fn add(word: &str, what: &str) {
    let program = std::env::current_exe().ok();
    let program = program.as_ref().and_then(|program| program.file_stem()?.to_str()).unwrap_or("?");
    let program = program.rsplit_once('-').map_or(program, |(name, _)| name); // without cargo's hash
    let thread = std::thread::current();
    let line = format!("{word}\t{program} {}\t{what}\n", thread.name().unwrap_or("?"));
    let file = file().and_then(|path| OpenOptions::new().create(true).append(true).open(path));
    let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
}

/// The notes of this run, each once, in the order of their words; they are gone then.
pub fn take() -> BTreeSet<Note> {
    let Ok(path) = file() else { return BTreeSet::new() };
    let text = fs::read_to_string(&path).unwrap_or_default();
    let _ = fs::remove_file(path);
    text.lines().filter_map(read).collect()
}

fn read(line: &str) -> Option<Note> {
    let mut parts = line.splitn(3, '\t').map(str::to_owned);
    Some(Note { word: parts.next()?, test: parts.next()?, what: parts.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_as_written_and_whole_lines_alone() {
        let note = Note { word: "nets".into(), test: "seeing a::b".into(), what: "no models\tat all".into() };
        let line = format!("{}\t{}\t{}", note.word, note.test, note.what);
        assert_eq!(read(&line), Some(note));
        assert_eq!(read("nets\tcut sh"), None);
    }

    #[test]
    fn whoever_started_this_has_a_number_and_a_beginning() {
        let starter = starter();
        let (number, began) = starter.split_once('-').expect("two numbers");
        assert!(number.parse::<u32>().is_ok() && began.parse::<u64>().is_ok(), "{starter}");
    }
}
