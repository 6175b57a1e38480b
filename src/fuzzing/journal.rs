//! What a campaign has done, one JSON object a line, written as it goes: a killed campaign is resumed from it.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::known::FindingRecord;
use super::tally::Tally;
use crate::report::ToolInfo;

/// The file in a campaign's folder.
pub const JOURNAL: &str = "fuzz.ndjson";

/// The version of the file's shape.
const JOURNAL_SCHEMA: u32 = 1;

/// Takes the lines. What has been written is whole lines, but for at most the last.
pub struct Journal {
    path: PathBuf,
    file: Box<dyn Write>,
}

/// What a campaign was when it was last heard of.
#[derive(Debug, Clone, PartialEq)]
pub struct Resumed {
    /// Its scope and seed.
    pub begun: Begun,
    /// The first case that is not known to be done.
    pub next: u64,
    /// The numbers until then.
    pub tally: Tally,
    /// The findings until then.
    pub findings: Vec<FindingRecord>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// What a campaign is: the first line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// [`JOURNAL_SCHEMA`].
    pub schema: u32,
    /// What writes it.
    pub tool: ToolInfo,
    /// The target's name.
    pub target: String,
    /// The seed.
    pub seed: u64,
    /// Each `dialect/operation`.
    pub operations: Vec<String>,
    /// The subjects; empty: all.
    pub subjects: Vec<String>,
    /// The mutators; empty: all of the subjects.
    pub mutators: Vec<String>,
    /// Milliseconds since 1970.
    pub at_ms: u64,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum JournalLine {
    CampaignStarted(Begun),
    Progress { next: u64, seconds: f64, tally: Tally, seen: Vec<u64> },
    Finding(FindingRecord),
    CampaignEnded { why: String },
}

/// A journal that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The folder holds a campaign already.
    #[error("{0}: holds a campaign already; go on with it by --resume, or name another folder by --out")]
    Taken(PathBuf),
    /// The file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("{path}: cannot be written; what was found until then is kept")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line that no campaign writes.
    #[error("{path}:{line}: {why}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Begun {
    /// The first line of a campaign.
    pub(super) fn new(target: &str, seed: u64, scope: &super::Scope) -> Self {
        let operation =
            |(dialect, operation): &(&'static lianpu_corpus::Dialect, &'static lianpu_corpus::Operation)| {
                format!("{}/{}", dialect.manifest.name, operation.name)
            };
        Self {
            schema: JOURNAL_SCHEMA,
            tool: ToolInfo { name: "lianpu".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            target: target.to_owned(),
            seed,
            operations: scope.operations.iter().map(operation).collect(),
            subjects: scope.subjects.iter().map(|subject| subject.as_str().to_owned()).collect(),
            mutators: scope.mutators.iter().map(|mutator| mutator.name.to_owned()).collect(),
            at_ms: crate::run::now_ms(),
        }
    }
}

impl Journal {
    /// Begins one in a folder, which is made if it is not there.
    pub fn create(folder: &Path) -> Result<Self, JournalError> {
        let path = folder.join(JOURNAL);
        let failed = |source| JournalError::Write { path: path.clone(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => Ok(Self { path, file: Box::new(file) }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(JournalError::Taken(folder.to_owned()))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Goes on with the one in a folder.
    pub fn append(folder: &Path) -> Result<Self, JournalError> {
        let path = folder.join(JOURNAL);
        let failed = |source| JournalError::Write { path: path.clone(), source };
        let mut file = OpenOptions::new().append(true).open(&path).map_err(failed)?;
        // A line that was cut is ended, so that the next one is whole.
        let text = std::fs::read(&path).map_err(failed)?;
        if text.last().is_some_and(|last| *last != b'\n') {
            file.write_all(b"\n").map_err(failed)?;
        }
        Ok(Self { path, file: Box::new(file) })
    }

    /// Writes one line, in one call.
    pub(super) fn write(&mut self, line: &JournalLine) -> Result<(), JournalError> {
        let mut text = serde_json::to_vec(line).expect("a line is plain data");
        text.push(b'\n');
        let written = self.file.write_all(&text).and_then(|()| self.file.flush());
        written.map_err(|source| JournalError::Write { path: self.path.clone(), source })
    }
}

/// Reads how far the campaign in a folder came. Lines that a killed process cut are left out.
pub fn resume(folder: &Path) -> Result<Resumed, JournalError> {
    let path = folder.join(JOURNAL);
    let file = File::open(&path).map_err(|source| JournalError::Read { path: path.clone(), source })?;
    let mut resumed: Option<Resumed> = None;
    for (index, line) in BufReader::new(file).split(b'\n').enumerate() {
        let line = line.map_err(|source| JournalError::Read { path: path.clone(), source })?;
        let wrong = |why: String| JournalError::Line { path: path.clone(), line: index + 1, why };
        let read = match serde_json::from_slice::<JournalLine>(&line) {
            Ok(read) => read,
            Err(error) if resumed.is_some() && (error.is_eof() || line.is_empty()) => continue,
            Err(error) => return Err(wrong(format!("no event of a campaign: {error}"))),
        };
        match (read, &mut resumed) {
            (JournalLine::CampaignStarted(begun), None) if begun.schema != JOURNAL_SCHEMA => {
                let why = format!("schema {}, but this version reads {JOURNAL_SCHEMA}", begun.schema);
                return Err(wrong(why));
            }
            (JournalLine::CampaignStarted(begun), None) => {
                let (tally, findings) = (Tally::default(), Vec::new());
                resumed = Some(Resumed { begun, next: 0, tally, findings, seconds: 0.0 });
            }
            (JournalLine::CampaignStarted(_), Some(_)) => {
                return Err(wrong("a second campaign begins".to_owned()));
            }
            (_, None) => return Err(wrong("a campaign begins with campaign-started".to_owned())),
            (JournalLine::Progress { next, seconds, tally, seen }, Some(resumed)) => {
                for (record, seen) in resumed.findings.iter_mut().zip(seen) {
                    record.seen = seen;
                }
                (resumed.next, resumed.seconds, resumed.tally) = (next, seconds, tally);
            }
            (JournalLine::Finding(record), Some(resumed)) => resumed.findings.push(record),
            (JournalLine::CampaignEnded { .. }, Some(_)) => {}
        }
    }
    resumed.ok_or_else(|| JournalError::Line { path, line: 1, why: "the file is empty".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun() -> Begun {
        Begun {
            schema: JOURNAL_SCHEMA,
            tool: ToolInfo { name: "lianpu".into(), version: "0".into() },
            target: "t".into(),
            seed: 7,
            operations: vec!["d/o".into()],
            subjects: Vec::new(),
            mutators: Vec::new(),
            at_ms: 1,
        }
    }

    #[test]
    fn a_killed_campaign_is_read_up_to_its_last_whole_line_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::create(folder.path()).unwrap();
        journal.write(&JournalLine::CampaignStarted(begun())).unwrap();
        let tally = Tally { cases: 90, ..Tally::default() };
        let progress = JournalLine::Progress { next: 100, seconds: 2.0, tally: tally.clone(), seen: vec![] };
        journal.write(&progress).unwrap();
        drop(journal);
        let path = folder.path().join(JOURNAL);
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("{\"event\":\"progress\",\"next\":200,\"sec");
        std::fs::write(&path, &text).unwrap();
        let resumed = resume(folder.path()).unwrap();
        assert_eq!((resumed.next, &resumed.tally), (100, &tally));
        let mut journal = Journal::append(folder.path()).unwrap();
        let progress = JournalLine::Progress { next: 300, seconds: 3.0, tally, seen: vec![] };
        journal.write(&progress).unwrap();
        assert_eq!(resume(folder.path()).unwrap().next, 300);
        assert!(matches!(Journal::create(folder.path()), Err(JournalError::Taken(_))));
    }

    #[test]
    fn what_is_no_journal_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(resume(folder.path()), Err(JournalError::Read { .. })));
        for (text, words) in [
            ("", "fuzz.ndjson:1: the file is empty"),
            ("hello\n", "fuzz.ndjson:1: no event"),
            ("{\"event\":\"campaign-ended\",\"why\":\"\"}\n", "begins with campaign-started"),
        ] {
            std::fs::write(folder.path().join(JOURNAL), text).unwrap();
            let error = resume(folder.path()).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn a_full_disk_is_told() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut journal = Journal { path: "out/fuzz.ndjson".into(), file: Box::new(Full) };
        let error = journal.write(&JournalLine::CampaignStarted(begun())).unwrap_err();
        assert!(
            error.to_string().starts_with("out/fuzz.ndjson: cannot be written; what was found"),
            "{error}"
        );
    }
}
