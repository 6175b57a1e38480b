//! What is to run: scenarios of the catalogue, or a user's own feature files.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cucumber::gherkin::tagexpr::TagOperation;
use lianpu_corpus::Dialect;

use super::earlier::Earlier;
use crate::cli::error::CliError;
use crate::cli::known::check_dialects;
use crate::cli::select::{SelectArgs, check_ids, check_tags_in, select};
use crate::provoke::{Scenario, feature_files};
use crate::report::{RowInfo, Selection, Shard, digest_of_ids};
use crate::run::{FeatureSource, Outline, outline};

/// Bytes of feature files that are read before anything is sent. Larger collections are read as they run: twice would
/// cost time, at once memory.
const READ_FIRST: u64 = 1 << 20;

/// What is to run.
pub(super) struct Plan {
    pub(super) sources: Vec<FeatureSource>,
    /// The catalogue's dialects among them; empty for a user's own files.
    pub(super) dialects: Vec<&'static Dialect>,
    /// The rows the run is about.
    pub(super) rows: Vec<RowInfo>,
    /// The dialects that were not asked for by name and that the target has no account for.
    pub(super) left_out: Vec<&'static str>,
    /// The ids of the scenarios, or their names in a user's own files; unknown in files that are read as they run.
    scenarios: Option<Vec<String>>,
    /// What was chosen of what there is; unknown in files that are read as they run.
    pub(super) selection: Option<Selection>,
}

/// The names of the scenarios in a folder of feature files.
pub(in crate::cli) fn own_scenarios(folder: &Path) -> Result<Vec<String>, CliError> {
    let (sources, _) = files(folder)?;
    Ok(read(sources, None)?.scenarios)
}

impl Plan {
    /// Reads the selection; complains about everything that is not there. What no account of the target `speaks` is
    /// left out, unless it was asked for by name.
    pub(super) fn new(
        features: Option<&Path>,
        args: &SelectArgs,
        speaks: impl Fn(&str) -> bool,
        shard: Option<Shard>,
    ) -> Result<Self, CliError> {
        match features {
            Some(folder) => Self::of_folder(folder, args, shard),
            None => Self::of_catalogue(args, speaks, shard),
        }
    }

    /// The ids of the scenarios that run, where they are known.
    pub(super) fn scenarios(&self) -> Option<&[String]> {
        self.scenarios.as_deref()
    }

    /// How many scenarios were selected, where that is known.
    pub(super) fn selected(&self) -> Option<usize> {
        self.scenarios.as_ref().map(Vec::len)
    }

    /// Whether it is made of a user's own files.
    pub(super) fn is_own(&self) -> bool {
        self.dialects.is_empty()
    }

    /// Says what would run.
    pub(super) fn describe(&self, to: &mut impl Write) -> io::Result<()> {
        for scenario in self.scenarios.iter().flatten() {
            writeln!(to, "{scenario}")?;
        }
        for source in &self.sources {
            if let FeatureSource::File(path) = source {
                writeln!(to, "{}", path.display())?;
            }
        }
        Ok(())
    }

    fn of_catalogue(
        args: &SelectArgs,
        speaks: impl Fn(&str) -> bool,
        shard: Option<Shard>,
    ) -> Result<Self, CliError> {
        let mut plan = Self::of(Vec::new(), None);
        let mut scenarios = Vec::new();
        let mut canonical = 0;
        for selected in select(args)? {
            let name = selected.dialect.manifest.name.as_str();
            if args.dialect.is_empty() && !speaks(name) {
                plan.left_out.push(name);
                continue;
            }
            canonical += selected.canonical;
            scenarios.extend(selected.scenarios.iter().map(Scenario::id));
            let in_part = |scenario: &&Scenario| shard.is_none_or(|shard| shard.holds(&scenario.id()));
            let part: Vec<_> = selected.scenarios.iter().filter(in_part).cloned().collect();
            let files = feature_files(selected.dialect, &part);
            plan.sources.extend(
                files.into_iter().map(|file| FeatureSource::Text { path: file.path, text: file.text }),
            );
            // Tables without any recipe are not what this run is about.
            let tables: BTreeSet<_> =
                selected.scenarios.iter().map(|scenario| scenario.table.as_str()).collect();
            let about = |row: &RowInfo| row.id.split('/').nth(1).is_some_and(|table| tables.contains(table));
            plan.rows.extend(selected.rows.into_iter().filter(about));
            plan.dialects.push(selected.dialect);
        }
        if scenarios.is_empty() {
            let left_out = plan.left_out.join(" and ");
            return Err(CliError::Usage(format!(
                "the target has no account for {left_out}; name one in lianpu.toml, with --credentials or in the environment"
            )));
        }
        plan.choose(scenarios, canonical, shard);
        Ok(plan)
    }

    fn of_folder(folder: &Path, args: &SelectArgs, shard: Option<Shard>) -> Result<Self, CliError> {
        check_dialects(&args.dialect)?;
        let (tags, only) = (args.tag_operation()?, args.only()?);
        let (sources, bytes) = files(folder)?;
        if bytes > READ_FIRST {
            return Ok(Self::of(sources, None));
        }
        let mut outline = read(sources, tags.as_ref())?;
        if let Some(only) = only {
            check_ids(&args.id, || outline.scenarios.iter().cloned())?;
            outline.scenarios.retain(|id| only.takes(id));
        }
        if let Some(tags) = &tags {
            check_tags_in(&outline.tags, tags)?;
        }
        if outline.scenarios.is_empty() {
            let what = if tags.is_some() { "no scenario is left by --tags" } else { "no scenario is there" };
            return Err(CliError::Usage(format!("{}: {what}", folder.display())));
        }
        let mut plan = Self::of(outline.sources, None);
        plan.choose(outline.scenarios, outline.all, shard);
        Ok(plan)
    }

    /// Narrows it to what the report of an earlier run is about.
    pub(super) fn take_up(&mut self, earlier: &Earlier) -> Result<(), CliError> {
        let (Some(scenarios), Some(selection)) = (&self.scenarios, &mut self.selection) else {
            return Err(CliError::Usage(
                "so many feature files are read as they run; a run of them cannot be taken up again"
                    .to_owned(),
            ));
        };
        let scope = earlier.scope(scenarios, &selection.digest.to_string())?;
        (selection.chosen, selection.digest) = (scope.len(), digest_of_ids(scope.iter().map(String::as_str)));
        let of_scope = |dialect: &&Dialect| {
            let prefix = format!("{}/", dialect.manifest.name);
            scope.iter().any(|id| id.starts_with(&prefix))
        };
        self.dialects.retain(of_scope);
        self.rows = earlier.rows().to_vec();
        self.scenarios = Some(scope);
        Ok(())
    }

    /// Keeps what was chosen, and of it the part that runs.
    fn choose(&mut self, mut chosen: Vec<String>, canonical: usize, shard: Option<Shard>) {
        let digest = digest_of_ids(chosen.iter().map(String::as_str));
        self.selection = Some(Selection { canonical, chosen: chosen.len(), digest, shard });
        if let Some(shard) = shard {
            chosen.retain(|id| shard.holds(id));
        }
        self.scenarios = Some(chosen);
    }

    fn of(sources: Vec<FeatureSource>, scenarios: Option<Vec<String>>) -> Self {
        Self {
            sources,
            dialects: Vec::new(),
            rows: Vec::new(),
            left_out: Vec::new(),
            scenarios,
            selection: None,
        }
    }
}

/// The feature files of a folder, and their bytes.
fn files(folder: &Path) -> Result<(Vec<FeatureSource>, u64), CliError> {
    let mut files = Vec::new();
    collect(folder, &mut files).map_err(|source| CliError::File {
        path: folder.to_owned(),
        doing: "cannot be read",
        source,
    })?;
    if files.is_empty() {
        return Err(CliError::Usage(format!("{}: no .feature file is there", folder.display())));
    }
    files.sort();
    let bytes = files.iter().filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum();
    Ok((files.into_iter().map(FeatureSource::File).collect(), bytes))
}

fn read(sources: Vec<FeatureSource>, tags: Option<&TagOperation>) -> Result<Outline, CliError> {
    outline(sources, tags).map_err(|errors| {
        let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
        CliError::Usage(lines.join("\n"))
    })
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
