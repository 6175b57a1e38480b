//! An earlier run that is taken up again: what was judged there stands, the rest runs, and one report has both.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::error::CliError;
use crate::cli::stream;
use crate::judge::Check;
use crate::report::{ScenarioRecord, Started, Verdict};
use crate::run::{Only, Target};

/// What of an earlier run is run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// What failed, or could not be judged.
    Failed,
    /// What was not judged, and what nobody answered.
    Left,
}

/// An earlier run.
#[derive(Debug)]
pub(super) struct Earlier {
    path: PathBuf,
    again: Again,
    started: Started,
    /// The verdicts that stand.
    pub(super) kept: Vec<ScenarioRecord>,
    /// The ids of the scenarios that run again though they have a verdict.
    repeated: BTreeSet<String>,
}

impl Earlier {
    /// Reads the events of an earlier run.
    pub(super) fn read(path: &Path, again: Again) -> Result<Self, CliError> {
        let summary = stream::read(path)?;
        let started = summary.started.ok_or_else(|| usage(path, "it has no run-started line"))?;
        let is_again = |record: &ScenarioRecord| match again {
            Again::Failed => {
                matches!(record.verdict, Verdict::Fail | Verdict::Flaky | Verdict::Indeterminate)
            }
            Again::Left => !is_answered(record),
        };
        let (repeated, kept): (Vec<_>, Vec<_>) = summary.scenarios.into_iter().partition(is_again);
        let repeated = repeated.into_iter().map(|record| record.id).collect();
        Ok(Self { path: path.to_owned(), again, started, kept, repeated })
    }

    /// The seed of its nonces.
    pub(super) const fn seed(&self) -> u64 {
        self.started.seed
    }

    /// How it began.
    pub(super) const fn started(&self) -> &Started {
        &self.started
    }

    /// Refuses another target than its own.
    pub(super) fn check_target(&self, target: &Target) -> Result<(), CliError> {
        let (then, now) = (&self.started.target.name, &target.name);
        if then == now {
            return Ok(());
        }
        Err(usage(
            &self.path,
            &format!("its target was {then}, not {now}; verdicts of two targets make no report"),
        ))
    }

    /// The ids that its report is about: those that were judged, or all of the selection that was begun then.
    pub(super) fn scope(&self, selected: &[String], digest: &str) -> Result<Vec<String>, CliError> {
        let judged: BTreeSet<&str> = self
            .kept
            .iter()
            .map(|record| record.id.as_str())
            .chain(self.repeated.iter().map(String::as_str))
            .collect();
        let known: BTreeSet<&str> = selected.iter().map(String::as_str).collect();
        if let Some(unknown) = judged.iter().find(|id| !known.contains(*id)) {
            let why = format!(
                "{unknown} is not among the scenarios that are selected now; give the filters of then, and its --catalog"
            );
            return Err(usage(&self.path, &why));
        }
        if self.again == Again::Failed {
            return Ok(selected.iter().filter(|id| judged.contains(id.as_str())).cloned().collect());
        }
        match &self.started.selection {
            Some(then) if then.digest.to_string() != digest => {
                let why = format!(
                    "{} of {} scenarios were chosen then, {} now; give the filters of then",
                    then.chosen,
                    then.canonical,
                    selected.len()
                );
                Err(usage(&self.path, &why))
            }
            _ => Ok(selected.to_vec()),
        }
    }

    /// What runs now.
    pub(super) fn only(&self) -> Only {
        let kept: Arc<BTreeSet<String>> =
            Arc::new(self.kept.iter().map(|record| record.id.clone()).collect());
        let (again, repeated) = (self.again, self.repeated.clone());
        Only::new(move |id| match again {
            Again::Failed => repeated.contains(id),
            Again::Left => !kept.contains(id),
        })
    }

    /// The options that chose its scenarios.
    pub(super) fn filters(&self) -> &[String] {
        &self.started.filters
    }

    /// The rows that it was about.
    pub(super) fn rows(&self) -> &[crate::report::RowInfo] {
        &self.started.rows
    }
}

/// Whether somebody answered, so that the verdict is one about the target.
fn is_answered(record: &ScenarioRecord) -> bool {
    record.verdict != Verdict::Indeterminate
        && !record.findings.iter().any(|finding| finding.check == Check::Transport)
}

fn usage(path: &Path, why: &str) -> CliError {
    CliError::Usage(format!("{}: {why}", path.display()))
}
