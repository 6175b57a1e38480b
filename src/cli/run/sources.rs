//! What is to run: scenarios of the catalogue, or a user's own feature files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use lianpu_corpus::{Dialect, Reach};

use crate::cli::error::CliError;
use crate::cli::select::{SelectArgs, select};
use crate::provoke::{Scenario, feature_files};
use crate::report::RowInfo;
use crate::run::FeatureSource;

/// What is to run.
pub(super) struct Plan {
    pub(super) sources: Vec<FeatureSource>,
    /// The catalogue's dialects among them; empty for a user's own files.
    pub(super) dialects: Vec<&'static Dialect>,
    /// The rows the run is about.
    pub(super) rows: Vec<RowInfo>,
    scenarios: Vec<Scenario>,
}

impl Plan {
    /// Reads the selection; complains about everything that is not there.
    pub(super) fn new(features: Option<&Path>, args: &SelectArgs) -> Result<Self, CliError> {
        match features {
            Some(folder) => Self::of_folder(folder),
            None => Self::of_catalogue(args),
        }
    }

    /// How many scenarios were selected; unknown for a user's own files, which are read as they run.
    pub(super) fn selected(&self) -> Option<usize> {
        (!self.dialects.is_empty()).then_some(self.scenarios.len())
    }

    /// Says what would run.
    pub(super) fn describe(&self, to: &mut impl Write) -> io::Result<()> {
        for scenario in &self.scenarios {
            writeln!(to, "{}", scenario.id())?;
        }
        for source in self.sources.iter().filter(|_| self.dialects.is_empty()) {
            if let FeatureSource::File(path) = source {
                writeln!(to, "{}", path.display())?;
            }
        }
        Ok(())
    }

    fn of_catalogue(args: &SelectArgs) -> Result<Self, CliError> {
        let mut plan = Self { sources: Vec::new(), dialects: Vec::new(), rows: Vec::new(), scenarios: Vec::new() };
        for selected in select(args)? {
            let files = feature_files(selected.dialect, &selected.scenarios);
            plan.sources.extend(files.into_iter().map(|file| FeatureSource::Text { path: file.path, text: file.text }));
            plan.rows.extend(rows(selected.dialect, &selected.scenarios, args.is_whole()));
            plan.dialects.push(selected.dialect);
            plan.scenarios.extend(selected.scenarios);
        }
        Ok(plan)
    }

    fn of_folder(folder: &Path) -> Result<Self, CliError> {
        let mut files = Vec::new();
        collect(folder, &mut files)
            .map_err(|source| CliError::File { path: folder.to_owned(), doing: "cannot be read", source })?;
        if files.is_empty() {
            return Err(CliError::Usage(format!("{}: no .feature file is there", folder.display())));
        }
        files.sort();
        let sources = files.into_iter().map(FeatureSource::File).collect();
        Ok(Self { sources, dialects: Vec::new(), rows: Vec::new(), scenarios: Vec::new() })
    }
}

/// The rows of the tables that the selected scenarios belong to; of a narrower selection only their own rows.
fn rows(dialect: &Dialect, scenarios: &[Scenario], whole: bool) -> Vec<RowInfo> {
    let mut rows = Vec::new();
    for table in &dialect.tables {
        let of_table: Vec<_> = scenarios.iter().filter(|scenario| scenario.table == table.id).collect();
        if of_table.is_empty() {
            continue;
        }
        for row in &table.rows {
            let first = of_table.iter().find(|scenario| scenario.code == row.code);
            let none = dialect.provocations.iter().find(|p| p.reach == Reach::None && p.row == row.code);
            if first.is_none() && !whole {
                continue;
            }
            rows.push(RowInfo {
                id: format!("{}/{}/{}", dialect.manifest.name, table.id, row.code),
                reach: first.map_or(Reach::None, |scenario| scenario.reach),
                reason: match first {
                    Some(_) => None,
                    None => none.and_then(|provocation| provocation.reason.clone()),
                },
            });
        }
    }
    rows
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "feature") {
            files.push(path);
        }
    }
    Ok(())
}
