//! The parts of one run joined. Everything that would make the sum mean something else is an error.

use std::collections::HashMap;

use super::digest::digest_of_records;
use super::record::{Finished, Leftover, Selection, Started};
use super::shard::Shard;
use super::summary::Summary;

/// Runs that are no parts of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// There is nothing to join.
    #[error("nothing to merge; give the event files of all parts")]
    Nothing,
    /// A stream without its first line.
    #[error("{file}: has no run-started line")]
    NoBeginning {
        /// The file.
        file: String,
    },
    /// It differs from the first in what must be the same.
    #[error("{file}: {what} is {found}, but {expected} in {first}; only parts of one run can be merged")]
    Differs {
        /// The file.
        file: String,
        /// The file it is held against.
        first: String,
        /// What differs.
        what: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        expected: String,
    },
    /// Two of them hold the same.
    #[error("{file}: has {what}, as {first} has; give each part once")]
    Overlap {
        /// The file.
        file: String,
        /// The file that has it too.
        first: String,
        /// What both have.
        what: String,
    },
}

/// The parts joined, and the parts that are missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// As if one run had done it all.
    pub summary: Summary,
    /// The parts that were not given.
    pub missing: Vec<Shard>,
}

/// Joins the parts of a run, each with its file's name.
pub fn merge(parts: Vec<(String, Summary)>) -> Result<Merged, MergeError> {
    let mut parts = parts.into_iter();
    let (first, mut summary) = parts.next().ok_or(MergeError::Nothing)?;
    let mut started = take_started(&first, &mut summary)?;
    let mut whole = Whole::begin(&first, &summary, &started)?;
    for (file, mut part) in parts {
        let other = take_started(&file, &mut part)?;
        check_same(&first, &started, &file, &other)?;
        whole.add(&file, &part, &other)?;
        started.at_ms = started.at_ms.min(other.at_ms);
        summary.scenarios.append(&mut part.scenarios);
    }
    let missing = whole.missing();
    if let Some(selection) = &mut started.selection {
        selection.shard = None;
        started.selected = Some(selection.chosen);
    }
    summary.finished = Some(Finished {
        partial: whole.partial || !missing.is_empty(),
        seconds: whole.seconds,
        leftovers: whole.leftovers,
        left: whole.left,
        totals: Some(summary.totals()),
        digest: Some(digest_of_records(&summary.scenarios)),
    });
    summary.started = Some(started);
    Ok(Merged { summary, missing })
}

/// What adds up over the parts.
struct Whole {
    by_id: HashMap<String, String>,
    by_shard: HashMap<Shard, String>,
    count: Option<u32>,
    partial: bool,
    seconds: f64,
    leftovers: Vec<String>,
    left: Vec<Leftover>,
}

impl Whole {
    fn begin(file: &str, summary: &Summary, started: &Started) -> Result<Self, MergeError> {
        let shard = shard_of(started);
        let mut whole = Self {
            by_id: HashMap::new(),
            by_shard: HashMap::new(),
            count: shard.map(Shard::count),
            partial: false,
            seconds: 0.0,
            leftovers: Vec::new(),
            left: Vec::new(),
        };
        whole.add(file, summary, started)?;
        Ok(whole)
    }

    fn add(&mut self, file: &str, part: &Summary, started: &Started) -> Result<(), MergeError> {
        let overlap =
            |first: String, what: String| MergeError::Overlap { file: file.to_owned(), first, what };
        if let Some(shard) = shard_of(started)
            && let Some(first) = self.by_shard.insert(shard, file.to_owned())
        {
            return Err(overlap(first, format!("part {shard}")));
        }
        for record in &part.scenarios {
            if let Some(first) = self.by_id.insert(record.id.clone(), file.to_owned())
                && first != *file
            {
                return Err(overlap(first, format!("scenario {}", record.id)));
            }
        }
        self.partial |= part.partial();
        if let Some(finished) = &part.finished {
            self.seconds = self.seconds.max(finished.seconds); // they ran side by side
            self.leftovers.extend(finished.leftovers.iter().cloned());
            self.left.extend(finished.left.iter().cloned());
        }
        Ok(())
    }

    fn missing(&self) -> Vec<Shard> {
        let count = self.count.unwrap_or_default();
        let all = (1..=count).filter_map(|index| format!("{index}/{count}").parse().ok());
        all.filter(|shard| !self.by_shard.contains_key(shard)).collect()
    }
}

fn take_started(file: &str, summary: &mut Summary) -> Result<Started, MergeError> {
    summary.started.take().ok_or_else(|| MergeError::NoBeginning { file: file.to_owned() })
}

fn shard_of(started: &Started) -> Option<Shard> {
    started.selection.as_ref().and_then(|selection| selection.shard)
}

/// What must be the same, and how it is told.
type Said<'f> = (&'static str, &'f dyn Fn(&Started) -> String);

fn check_same(first: &str, one: &Started, file: &str, other: &Started) -> Result<(), MergeError> {
    // By name and not by address: where every machine starts a target of its own, each has another port.
    let target = |started: &Started| {
        let target = &started.target;
        format!("{} with {}", target.name, target.capabilities.join(" "))
    };
    let tool = |started: &Started| format!("{} {}", started.tool.name, started.tool.version);
    let chosen = |started: &Started| match &started.selection {
        Some(Selection { chosen, digest, .. }) => format!("{chosen} scenarios, digest {digest}"),
        None => "not counted".to_owned(),
    };
    let parts =
        |started: &Started| shard_of(started).map_or("1".to_owned(), |shard| shard.count().to_string());
    let gate = |started: &Started| {
        let bounds: Vec<_> = started.gate.require.iter().map(ToString::to_string).collect();
        let expectations = started.gate.expectations.as_ref().map_or("none".into(), ToString::to_string);
        format!("{} {}, expectations {expectations}", started.gate.on, bounds.join(","))
    };
    let seed = |started: &Started| started.seed.to_string();
    let rows = |started: &Started| started.rows.len().to_string();
    let same: [Said<'_>; 7] = [
        ("the target", &target),
        ("the tool", &tool),
        ("the number of parts", &parts),
        ("the selection", &chosen),
        ("the gate", &gate),
        ("the seed", &seed),
        ("the number of rows", &rows),
    ];
    for (what, value) in same {
        let (expected, found) = (value(one), value(other));
        if expected != found {
            let (file, first) = (file.to_owned(), first.to_owned());
            return Err(MergeError::Differs { file, first, what, found, expected });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{digest_of_ids, sample};

    /// The sample dealt out to so many parts.
    fn parts(count: u32) -> Vec<(String, Summary)> {
        let whole = sample::summary();
        let ids: Vec<_> = whole.scenarios.iter().map(|record| record.id.as_str()).collect();
        let digest = digest_of_ids(ids.iter().copied());
        (1..=count)
            .map(|index| {
                let shard: Shard = format!("{index}/{count}").parse().unwrap();
                let mut part = whole.clone();
                part.scenarios.retain(|record| shard.holds(&record.id));
                let started = part.started.as_mut().unwrap();
                // Every machine of a matrix build may start a target of its own.
                started.target.base_url = format!("http://127.0.0.1:{}", 8080 + index);
                started.selected = Some(part.scenarios.len());
                started.selection =
                    Some(Selection { canonical: 6, chosen: 6, digest: digest.clone(), shard: Some(shard) });
                (format!("{index}.ndjson"), part)
            })
            .collect()
    }

    #[test]
    fn the_parts_are_the_whole() {
        let merged = merge(parts(3)).unwrap();
        assert_eq!(merged.missing, []);
        let (summary, whole) = (merged.summary, sample::summary());
        assert_eq!((summary.totals(), summary.score()), (whole.totals(), whole.score()));
        assert!(!summary.partial());
        let started = summary.started.as_ref().unwrap();
        assert_eq!((started.selected, started.selection.as_ref().unwrap().shard), (Some(6), None));
        assert_eq!(summary.outcome(), whole.outcome());
    }

    #[test]
    fn a_missing_part_is_named_and_the_run_is_partial() {
        let mut some = parts(3);
        some.remove(1);
        let merged = merge(some).unwrap();
        assert_eq!(merged.missing.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2/3"]);
        assert!(merged.summary.partial());
    }

    #[test]
    fn what_is_no_part_of_the_run_is_refused() {
        let refused = |change: fn(&mut Summary)| {
            let mut parts = parts(2);
            change(&mut parts[1].1);
            merge(parts).unwrap_err().to_string()
        };
        for (change, part) in [
            (
                (|s| s.started.as_mut().unwrap().target.name = "other".into()) as fn(&mut Summary),
                "2.ndjson: the target is other with face-nets, but staging with",
            ),
            (
                |s| s.started.as_mut().unwrap().tool.version = "9".into(),
                "the tool is lianpu 9, but lianpu 0.1.0",
            ),
            (|s| s.started.as_mut().unwrap().seed = 8, "the seed is 8, but 7 in 1.ndjson"),
            (|s| s.started.as_mut().unwrap().selection = None, "the number of parts is 1, but 2"),
            (
                |s| s.started.as_mut().unwrap().selection.as_mut().unwrap().chosen = 5,
                "the selection is 5 scenarios",
            ),
            (
                |s| s.started.as_mut().unwrap().selection.as_mut().unwrap().shard = "1/2".parse().ok(),
                "2.ndjson: has part 1/2, as 1.ndjson has",
            ),
            (
                |s| s.started.as_mut().unwrap().gate.expectations = Some(digest_of_ids([])),
                "the gate is inferred , expectations e3b0c442",
            ),
            (|s| s.scenarios = sample::summary().scenarios, "2.ndjson: has scenario "),
            (|s| s.started = None, "2.ndjson: has no run-started line"),
        ] {
            let error = refused(change);
            assert!(error.contains(part), "{error}");
        }
        assert_eq!(merge(Vec::new()), Err(MergeError::Nothing));
    }
}
