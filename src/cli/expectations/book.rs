//! Which entry names which scenario, and what a verdict becomes by it.

use std::collections::{HashMap, HashSet};

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;

use super::Expectations;
use super::entry::{Entry, EntryKind};
use crate::cli::config::{ConfigError, Fault};
use crate::nearest::did_you_mean;
use crate::report::{Listed, ListedState, ScenarioRecord, TargetInfo, Verdict};

/// The entries that hold for a target, by the scenarios that they name.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Book {
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    /// Looked at where the scenarios were not known beforehand.
    globs: Vec<(GlobMatcher, usize)>,
}

impl Book {
    /// Finds the scenarios of every entry. `known` are all ids there are; without them nothing can be said of an id that
    /// nobody has. Every fault is collected.
    pub(in crate::cli) fn new(
        expectations: &Expectations,
        known: Option<&HashSet<String>>,
        target: &TargetInfo,
    ) -> Result<Self, ConfigError> {
        let file = expectations.file.display().to_string();
        let mut faults = Vec::new();
        let mut book = Self { entries: expectations.entries.clone(), ..Self::default() };
        let mut by_glob: HashMap<String, usize> = HashMap::new();
        for (index, entry) in expectations.entries.iter().enumerate() {
            let fault = |why: String| Fault {
                file: file.clone(),
                line: Some(entry.line),
                key: format!("{}.id", entry.kind.as_str()),
                why,
            };
            let named = match names(entry, known) {
                Ok(named) => named,
                Err(why) => {
                    faults.push(fault(why));
                    continue;
                }
            };
            if !entry.when.holds(target) {
                continue;
            }
            let (ids, place) = match named {
                Names::One(id) => (vec![id], &mut book.by_id),
                Names::Many(ids) => (ids, &mut by_glob),
                Names::Unknown(id, glob) => {
                    book.globs.extend(glob.map(|glob| (glob, index)));
                    (vec![id], &mut book.by_id)
                }
            };
            for id in ids {
                if let Some(other) = place.insert(id.clone(), index) {
                    let line = expectations.entries[other].line;
                    faults.push(fault(format!("names {id}, which the entry in line {line} names too")));
                }
            }
        }
        for (id, index) in by_glob {
            book.by_id.entry(id).or_insert(index); // an id of its own goes before a glob
        }
        if faults.is_empty() { Ok(book) } else { Err(ConfigError::Faults(faults)) }
    }

    /// The entry that names a scenario.
    pub(in crate::cli) fn entry(&self, id: &str) -> Option<&Entry> {
        let by_glob = || self.globs.iter().find(|(glob, _)| glob.is_match(id)).map(|(_, index)| index);
        self.by_id.get(id).or_else(by_glob).map(|index| &self.entries[*index])
    }

    /// Makes of a record's verdict what its entry says.
    pub(in crate::cli) fn apply(&self, record: &mut ScenarioRecord, today: Date) {
        let Some(entry) = self.entry(&record.id) else { return };
        let Some(state) = state(entry, record, today) else { return };
        record.verdict = match (state, record.verdict) {
            (ListedState::Expected, Verdict::Fail) => Verdict::ExpectedFail,
            (ListedState::Stale, _) => Verdict::UnexpectedPass,
            (_, verdict) => verdict,
        };
        record.listed = Some(Listed {
            entry: entry.id.clone(),
            state,
            reason: entry.reason.clone(),
            expires: entry.expires.to_string(),
            issue: entry.issue.clone(),
            owner: entry.owner.clone(),
        });
    }
}

/// What becomes of an entry; `None` where the scenario says nothing about it.
fn state(entry: &Entry, record: &ScenarioRecord, today: Date) -> Option<ListedState> {
    let expired = entry.expires < today;
    if entry.kind == EntryKind::Quarantine {
        return Some(if expired { ListedState::Expired } else { ListedState::Quarantined });
    }
    match record.verdict {
        Verdict::NotProvoked => None,
        verdict if verdict.is_green() => Some(ListedState::Stale),
        _ if !entry.actual.as_ref().is_some_and(|pinned| pinned.is_shown_by(record)) => {
            Some(ListedState::Different)
        }
        _ if expired => Some(ListedState::Expired),
        _ => Some(ListedState::Expected),
    }
}

enum Names {
    /// The scenario of this id.
    One(String),
    /// The scenarios of a glob.
    Many(Vec<String>),
    /// With nothing to hold it against: a name that looks like a glob, or a glob.
    Unknown(String, Option<GlobMatcher>),
}

fn names(entry: &Entry, known: Option<&HashSet<String>>) -> Result<Names, String> {
    let id = &entry.id;
    let is_glob = id.contains(['*', '?', '[', '{']);
    // The name of a scenario in a user's own file may look like a glob.
    if known.is_some_and(|known| known.contains(id)) || (known.is_none() && !is_glob) {
        return Ok(Names::One(id.clone()));
    }
    let glob = || GlobBuilder::new(id).literal_separator(true).build().map(|glob| glob.compile_matcher());
    let Some(known) = known else { return Ok(Names::Unknown(id.clone(), glob().ok())) };
    if !is_glob {
        let hint = did_you_mean(id, known.iter().map(String::as_str));
        return Err(format!("no scenario {id}{hint}; `lianpu list` shows all"));
    }
    let glob = glob().map_err(|error| format!("no glob {id:?}: {}", error.kind()))?;
    let mut ids: Vec<_> = known.iter().filter(|id| glob.is_match(id)).cloned().collect();
    ids.sort_unstable();
    match ids.len() {
        0 => Err(format!("no scenario is like {id}; `*` stands for one part between slashes, `**` for any")),
        many if many > entry.max => Err(format!(
            "{id} names {many} scenarios, but at most {}; narrow it, or raise it by max = {many}",
            entry.max
        )),
        _ => Ok(Names::Many(ids)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;
    use lianpu_corpus::Code;

    use super::*;
    use crate::judge::{Check, Finding};
    use crate::report::{Actual, Reason, ReasonCode};

    const TODAY: Date = date(2027, 1, 31);

    fn target() -> TargetInfo {
        let capabilities = vec!["face-nets".into()];
        TargetInfo { name: "staging".into(), base_url: "http://127.0.0.1:1".into(), capabilities }
    }

    fn known() -> HashSet<String> {
        let ids = (0..30).map(|n| format!("d/face/-1/op{n}/t"));
        ids.chain(["d/face/-2/op/t".into(), "own [x]".into()]).collect()
    }

    fn book(entries: &str) -> Result<Book, String> {
        let text = format!("version = 1\n{entries}");
        let expectations =
            Expectations::parse(Path::new("e.toml"), &text).map_err(|error| error.to_string())?;
        Book::new(&expectations, Some(&known()), &target()).map_err(|error| error.to_string())
    }

    fn expect(id: &str, rest: &str) -> String {
        format!(
            "[[expect]]\nid = \"{id}\"\nactual = {{ http = 200, code = 0, checks = [\"code\"] }}\nreason = \"r\"\nexpires = 2027-01-31\n{rest}\n"
        )
    }

    fn record(verdict: Verdict) -> ScenarioRecord {
        let fail = verdict == Verdict::Fail;
        ScenarioRecord {
            attempts: None,
            id: "d/face/-2/op/t".into(),
            row: Some("d/face/-2".into()),
            place: None,
            op: Some("op".into()),
            reach: None,
            certainty: None,
            verdict,
            reason: (verdict == Verdict::Indeterminate).then(|| Reason::new(ReasonCode::SetUpFailed)),
            expected: vec![Code::Int(-2)],
            actual: Some(Actual { http: 200, code: Some(Code::Int(0)) }),
            findings: fail.then(|| Finding::new(Check::Code, "-2", "0")).into_iter().collect(),
            listed: None,
            ms: 1.0,
            evidence: None,
            reproducer: None,
        }
    }

    fn applied(book: &Book, mut record: ScenarioRecord, today: Date) -> (Verdict, Option<ListedState>) {
        book.apply(&mut record, today);
        (record.verdict, record.listed.map(|listed| listed.state))
    }

    #[test]
    fn what_becomes_of_a_verdict() {
        use ListedState::{Different, Expected, Expired, Stale};
        let book = book(&expect("d/face/-2/op/t", "")).unwrap();
        for (verdict, becomes, state) in [
            (Verdict::Fail, Verdict::ExpectedFail, Some(Expected)),
            (Verdict::Pass, Verdict::UnexpectedPass, Some(Stale)),
            (Verdict::Tolerated, Verdict::UnexpectedPass, Some(Stale)),
            (Verdict::NotProvoked, Verdict::NotProvoked, None),
            (Verdict::Indeterminate, Verdict::Indeterminate, Some(Different)),
        ] {
            assert_eq!(applied(&book, record(verdict), TODAY), (becomes, state), "{verdict}");
        }
        assert_eq!(applied(&book, record(Verdict::Fail), date(2027, 2, 1)), (Verdict::Fail, Some(Expired)));
        assert_eq!(applied(&book, ScenarioRecord { id: "x".into(), ..record(Verdict::Fail) }, TODAY).1, None);
    }

    #[test]
    fn any_other_failure_is_a_new_one() {
        let book = book(&expect("d/face/-2/op/t", "")).unwrap();
        let is_known = |change: fn(&mut ScenarioRecord)| {
            let mut record = record(Verdict::Fail);
            change(&mut record);
            applied(&book, record, TODAY) == (Verdict::ExpectedFail, Some(ListedState::Expected))
        };
        assert!(is_known(|_| {}));
        assert!(is_known(|record| record.findings[0].actual = "other words".into()));
        assert!(!is_known(|record| record.actual.as_mut().unwrap().http = 500));
        assert!(!is_known(|record| record.actual.as_mut().unwrap().code = Some(Code::Text("0".into()))));
        assert!(!is_known(|record| record.actual.as_mut().unwrap().code = None));
        assert!(!is_known(|record| record.actual = None));
        assert!(!is_known(|record| record.findings.push(Finding::new(Check::Trace, "a", "b"))));
        assert!(!is_known(|record| record.findings.clear()));
    }

    #[test]
    fn what_cannot_be_judged_can_be_known_too() {
        let text = expect("d/face/-2/op/t", "")
            .replace("http = 200, code = 0, checks = [\"code\"]", "reason = \"set-up-failed\"");
        let book = book(&text).unwrap();
        let open = applied(&book, record(Verdict::Indeterminate), TODAY);
        assert_eq!(open, (Verdict::Indeterminate, Some(ListedState::Expected)));
        let fail = applied(&book, record(Verdict::Fail), TODAY);
        assert_eq!(fail, (Verdict::Fail, Some(ListedState::Different)));
    }

    #[test]
    fn a_quarantine_changes_no_verdict() {
        let text =
            "[[quarantine]]\nid = \"d/face/-2/op/t\"\nreason = \"r\"\nissue = \"1\"\nexpires = 2027-01-31";
        let book = book(text).unwrap();
        for verdict in [Verdict::Pass, Verdict::Fail, Verdict::Indeterminate, Verdict::NotProvoked] {
            assert_eq!(applied(&book, record(verdict), TODAY), (verdict, Some(ListedState::Quarantined)));
        }
        let after = applied(&book, record(Verdict::Fail), date(2027, 2, 1));
        assert_eq!(after, (Verdict::Fail, Some(ListedState::Expired)));
    }

    #[test]
    fn globs_are_bounded_and_ids_go_before_them() {
        let error = book(&expect("d/face/-1/*/t", "")).unwrap_err();
        assert!(
            error.starts_with("e.toml:2: expect.id: d/face/-1/*/t names 30 scenarios, but at most 20"),
            "{error}"
        );
        let text =
            [expect("d/face/-1/*/t", "max = 30"), expect("d/face/-1/op7/t", "owner = \"me\"")].concat();
        let both = book(&text).unwrap();
        assert_eq!(both.entry("d/face/-1/op8/t").unwrap().owner, None);
        assert_eq!(both.entry("d/face/-1/op7/t").unwrap().owner.as_deref(), Some("me"));
        assert!(both.entry("d/face/-2/op/t").is_none());
        let twice = [expect("d/**/t", "max = 40"), expect("d/face/-2/*/t", "")].concat();
        let error = book(&twice).unwrap_err();
        assert!(error.contains("names d/face/-2/op/t, which the entry in line 2 names too"), "{error}");
        assert!(book(&expect("own [x]", "")).unwrap().entry("own [x]").is_some());
    }

    #[test]
    fn a_name_that_looks_like_a_glob_names_itself_too() {
        let text = format!("version = 1\n{}{}", expect("own [x", ""), expect("d/*/t", ""));
        let expectations = Expectations::parse(Path::new("e.toml"), &text).unwrap();
        let book = Book::new(&expectations, None, &target()).unwrap();
        assert_eq!(book.entry("own [x").map(|entry| entry.place), Some(0));
        assert_eq!(book.entry("d/face/t").map(|entry| entry.place), Some(1));
        assert!(book.entry("d/face/x/t").is_none());
    }

    #[test]
    fn an_id_that_nobody_has_is_refused_with_the_nearest() {
        let error = book(&expect("d/face/-2/op/tt", "")).unwrap_err();
        assert!(error.contains("no scenario d/face/-2/op/tt; did you mean d/face/-2/op/t?"), "{error}");
        assert!(book(&expect("e/*", "")).unwrap_err().contains("no scenario is like e/*"));
        assert!(book(&expect("d/[", "")).unwrap_err().contains("no glob"));
        // Also where the entry is for another target.
        assert!(book(&expect("zz", "when = { target = \"other\" }")).is_err());
    }

    #[test]
    fn an_entry_holds_where_it_says() {
        for (when, holds) in [
            ("", true),
            ("when = { target = \"staging\" }", true),
            ("when = { target = \"http://127.0.0.1:1\" }", true),
            ("when = { target = \"other\" }", false),
            ("when = { has = [\"face-nets\"], lacks = [\"origin\"] }", true),
            ("when = { has = [\"origin\"] }", false),
            ("when = { lacks = [\"face-nets\"] }", false),
        ] {
            let book = book(&expect("d/face/-2/op/t", when)).unwrap();
            assert_eq!(book.entry("d/face/-2/op/t").is_some(), holds, "{when}");
        }
    }
}
