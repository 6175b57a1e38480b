//! Reads `lianpu.toml` into a [`Config`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lianpu_corpus::{Certainty, Dialect, dialect_names};

use super::account::{self, AccountConfig};
use super::document::{Reader, Section, joined};
use super::fault::Fault;
use super::resolve::base_url;
use super::route;
use super::settings::{CAPABILITIES, Config, RunConfig, TargetConfig, reasonable};
use crate::nearest::did_you_mean;
use crate::report::{Format, Threshold};

const CERTAINTIES: [Certainty; 3] = [Certainty::Documented, Certainty::Recorded, Certainty::Inferred];

/// Reads the text of a file, or every fault of it.
pub(super) fn config(file: &Path, text: &str) -> Result<Config, Vec<Fault>> {
    let mut reader = Reader::new(file, text);
    let Some(document) = reader.parse() else { return Err(reader.faults) };
    let root = reader.section(&document);
    reader.only("", root, &["run", "target"]);
    let run = reader.table("", root, "run").map(|section| run(&mut reader, section));
    let targets = reader
        .named("", root, "target")
        .into_iter()
        .map(|(name, section)| {
            let target = target(&mut reader, &joined("target", &name), section);
            (name, target)
        })
        .collect();
    if !reader.faults.is_empty() {
        reader.faults.sort_by_key(|fault| fault.line);
        return Err(reader.faults);
    }
    Ok(Config { file: file.to_owned(), run: run.unwrap_or_default(), targets })
}

fn run(reader: &mut Reader<'_>, section: Section<'_>) -> RunConfig {
    let path = "run";
    reader.only(path, section, &["expectations", "gate", "gate_on", "jobs", "reports", "seed", "timeout"]);
    let jobs = reader.whole(path, section, "jobs").and_then(|(line, jobs)| {
        let jobs = u16::try_from(jobs).ok().filter(|jobs| *jobs > 0);
        if jobs.is_none() {
            reader.fault(line, "run.jobs", "must be from 1 to 65535");
        }
        jobs
    });
    let timeout = reader.seconds(path, section, "timeout").and_then(|(line, seconds)| {
        let timeout = reasonable(seconds);
        if timeout.is_none() {
            reader.fault(line, "run.timeout", "must be seconds, more than 0 and at most 3600");
        }
        timeout
    });
    let seed = reader.whole(path, section, "seed").map(|(_, seed)| seed);
    let reports = reader.strings(path, section, "reports").map_or_else(Vec::new, |(line, reports)| {
        for report in &reports {
            let format = report.split_once('=').map(|(format, _)| format);
            let formats = || Format::ALL.into_iter().map(Format::as_str);
            if format.is_none_or(|format| Format::parse(format).is_none()) {
                let hint = did_you_mean(format.unwrap_or(report), formats());
                let known = formats().collect::<Vec<_>>().join(", ");
                reader.fault(line, "run.reports", format!("write FORMAT=PATH, formats: {known}{hint}"));
            }
        }
        reports
    });
    let expectations = reader.string(path, section, "expectations").map(|(_, file)| PathBuf::from(file));
    let gate_on = reader.string(path, section, "gate_on").and_then(|(line, word)| {
        let certainty = CERTAINTIES.into_iter().find(|certainty| certainty.as_str() == word);
        if certainty.is_none() {
            let known = CERTAINTIES.map(Certainty::as_str);
            let why = format!("must be one of {}{}", known.join(", "), did_you_mean(&word, known));
            reader.fault(line, "run.gate_on", why);
        }
        certainty
    });
    let gate = reader.string(path, section, "gate").and_then(|(line, text)| {
        Threshold::parse_all(&text).map_err(|why| reader.fault(line, "run.gate", why)).ok()
    });
    RunConfig { jobs, timeout, seed, reports, expectations, gate_on, gate: gate.unwrap_or_default() }
}

fn target(reader: &mut Reader<'_>, path: &str, section: Section<'_>) -> TargetConfig {
    reader.only(
        path,
        section,
        &[
            "account",
            "base_url",
            "ca",
            "capabilities",
            "dialects",
            "headers",
            "insecure",
            "limits",
            "operations",
            "origin",
            "proxy",
            "second_account",
            "without",
        ],
    );
    if !section.has("base_url") {
        reader.fault(section.line, &joined(path, "base_url"), "is missing; write \"http://host:port\"");
    }
    TargetConfig {
        base_url: address(reader, path, section, "base_url").unwrap_or_default(),
        dialects: words(reader, path, section, "dialects", &dialect_names()).unwrap_or_default(),
        capabilities: words(reader, path, section, "capabilities", &CAPABILITIES).map(BTreeSet::from_iter),
        operations: operations(reader, path, section, "operations"),
        without: operations(reader, path, section, "without").unwrap_or_default(),
        origin: address(reader, path, section, "origin"),
        limits: limits(reader, path, section),
        accounts: accounts(reader, path, section, "account"),
        second_accounts: accounts(reader, path, section, "second_account"),
        route: route::read(reader, path, section),
    }
}

fn address(reader: &mut Reader<'_>, path: &str, section: Section<'_>, key: &str) -> Option<String> {
    let (line, text) = reader.string(path, section, key)?;
    base_url(&text).map_err(|why| reader.fault(line, &joined(path, key), why)).ok()
}

/// A list of operations: `shape`, or `tencent-ci/shape`.
fn operations(
    reader: &mut Reader<'_>,
    path: &str,
    section: Section<'_>,
    key: &str,
) -> Option<BTreeSet<String>> {
    let (line, names) = reader.strings(path, section, key)?;
    let known = operation_names();
    for name in names.iter().filter(|name| !known.contains(name)) {
        let hint = did_you_mean(name, known.iter().map(String::as_str));
        let why = format!("no operation {name:?}{hint}; `lianpu list operations` shows all");
        reader.fault(line, &joined(path, key), why);
    }
    Some(names.into_iter().collect())
}

/// Every operation by its name, and by its name after the dialect's.
fn operation_names() -> Vec<String> {
    let dialects = dialect_names().into_iter().filter_map(|name| lianpu_corpus::dialect(name).ok());
    let named = dialects.flat_map(|dialect| {
        let names = dialect.operations.iter().map(|operation| operation.name.clone());
        names.chain(
            dialect
                .operations
                .iter()
                .map(|operation| format!("{}/{}", dialect.manifest.name, operation.name)),
        )
    });
    named.collect()
}

/// A list of words of a closed set.
fn words(
    reader: &mut Reader<'_>,
    path: &str,
    section: Section<'_>,
    key: &str,
    known: &[&str],
) -> Option<Vec<String>> {
    let (line, words) = reader.strings(path, section, key)?;
    for word in words.iter().filter(|word| !known.contains(&word.as_str())) {
        let hint = did_you_mean(word, known.iter().copied());
        let why = format!("unknown word {word:?}{hint}; known: {}", known.join(", "));
        reader.fault(line, &joined(path, key), why);
    }
    Some(words)
}

fn limits(
    reader: &mut Reader<'_>,
    path: &str,
    section: Section<'_>,
) -> BTreeMap<String, BTreeMap<String, u64>> {
    by_dialect(reader, path, section, "limits", |reader, path, section, dialect| {
        let known: Vec<_> = dialect.manifest.limits.keys().map(String::as_str).collect();
        reader.only(path, section, &known);
        let limits = section.keys().into_iter();
        limits.filter_map(|key| Some((key.clone(), reader.whole(path, section, &key)?.1))).collect()
    })
}

fn accounts(
    reader: &mut Reader<'_>,
    path: &str,
    section: Section<'_>,
    key: &str,
) -> BTreeMap<String, AccountConfig> {
    by_dialect(reader, path, section, key, |reader, path, section, dialect| {
        account::read(reader, path, section, &dialect.manifest)
    })
}

/// A section with a section for each dialect it names.
fn by_dialect<'t, T>(
    reader: &mut Reader<'_>,
    path: &str,
    section: Section<'t>,
    key: &str,
    mut read: impl FnMut(&mut Reader<'_>, &str, Section<'t>, &Dialect) -> T,
) -> BTreeMap<String, T> {
    let of_dialects = reader.named(path, section, key);
    let path = joined(path, key);
    let mut found = BTreeMap::new();
    for (name, section) in of_dialects {
        let path = joined(&path, &name);
        if let Some(dialect) = known_dialect(reader, &path, section, &name) {
            found.insert(name, read(reader, &path, section, dialect));
        }
    }
    found
}

fn known_dialect(
    reader: &mut Reader<'_>,
    path: &str,
    section: Section<'_>,
    dialect: &str,
) -> Option<&'static Dialect> {
    lianpu_corpus::dialect(dialect)
        .map_err(|error| {
            let why = format!("{error}{}", did_you_mean(dialect, dialect_names()));
            reader.fault(section.line, path, why);
        })
        .ok()
}
