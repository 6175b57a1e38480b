//! Reads `expectations.toml`.

use std::path::Path;

use super::entry::{Entry, EntryKind, MOST, When};
use super::pinned::Pinned;
use crate::cli::config::document::{Reader, Section, joined};
use crate::cli::config::{CAPABILITIES, Fault};
use crate::judge::Check;
use crate::nearest::did_you_mean;
use crate::report::ReasonCode;

/// The version of the file's shape.
const VERSION: u64 = 1;

/// The entries of a text, or every fault of it.
pub(super) fn entries(file: &Path, text: &str) -> Result<Vec<Entry>, Vec<Fault>> {
    let mut reader = Reader::new(file, text);
    let Some(document) = reader.parse() else { return Err(reader.faults) };
    let root = reader.section(&document);
    reader.only("", root, &["expect", "quarantine", "version"]);
    match reader.whole("", root, "version") {
        Some((line, version)) if version != VERSION => {
            reader.fault(line, "version", format!("is {version}, but this version reads {VERSION}"));
        }
        Some(_) => {}
        None if root.has("version") => {}
        None => reader.fault(1, "version", format!("is missing; write version = {VERSION}")),
    }
    let mut entries = Vec::new();
    for kind in [EntryKind::Expect, EntryKind::Quarantine] {
        for (place, section) in reader.tables("", root, kind.as_str()).into_iter().enumerate() {
            entries.extend(entry(&mut reader, section, kind, place));
        }
    }
    if reader.faults.is_empty() {
        return Ok(entries);
    }
    reader.faults.sort_by_key(|fault| fault.line);
    Err(reader.faults)
}

fn entry(reader: &mut Reader<'_>, section: Section<'_>, kind: EntryKind, place: usize) -> Option<Entry> {
    let path = kind.as_str();
    let keys = ["id", "actual", "reason", "expires", "when", "issue", "owner", "max"];
    reader.only(path, section, &keys);
    let expects = kind == EntryKind::Expect;
    for (key, example, needed) in [
        ("id", "\"<dialect>/<table>/<code>/<operation>/<trigger>\", or a glob", true),
        ("reason", "why the deviation is accepted", true),
        ("expires", "the last day on which it is, such as 2027-01-31", true),
        ("actual", "what the target does, such as { http = 200, code = 0 }", expects),
        ("issue", "where the dispute is tracked", !expects),
    ] {
        if needed && !section.has(key) {
            reader.fault(section.line, &joined(path, key), format!("is missing; write {example}"));
        }
    }
    if !expects && section.has("actual") {
        let line = reader.line_of(section, "actual");
        reader.fault(line, &joined(path, "actual"), "a quarantine pins nothing; take it out");
    }
    let actual = reader.table(path, section, "actual").map(|section| pinned(reader, path, section));
    let when = reader.table(path, section, "when").map(|section| when(reader, path, section));
    let max = match reader.whole(path, section, "max") {
        Some((_, max)) => usize::try_from(max).unwrap_or(usize::MAX),
        None => MOST,
    };
    let mut text = |key: &str| words(reader, path, section, key);
    let (id, reason, issue, owner) = (text("id"), text("reason"), text("issue"), text("owner"));
    let (_, expires) = reader.date(path, section, "expires")?;
    Some(Entry {
        line: section.line,
        kind,
        place,
        id: id?,
        actual,
        reason: reason?,
        expires,
        when: when.unwrap_or_default(),
        issue,
        owner,
        max,
    })
}

/// A text that says something.
fn words(reader: &mut Reader<'_>, path: &str, section: Section<'_>, key: &str) -> Option<String> {
    let (line, text) = reader.string(path, section, key)?;
    if text.trim().is_empty() {
        reader.fault(line, &joined(path, key), "is empty");
        return None;
    }
    Some(text)
}

fn pinned(reader: &mut Reader<'_>, path: &str, section: Section<'_>) -> Pinned {
    let path = joined(path, "actual");
    reader.only(&path, section, &["http", "code", "checks", "reason"]);
    let http = reader.whole(&path, section, "http").and_then(|(line, http)| {
        let http = u16::try_from(http).ok().filter(|http| (100..1000).contains(http));
        if http.is_none() {
            reader.fault(line, &joined(&path, "http"), "must be an HTTP status such as 200");
        }
        http
    });
    let code = reader.code(&path, section, "code");
    let checks = reader.strings(&path, section, "checks").map(|(line, words)| {
        let known = Check::ALL.map(Check::as_str);
        let unknown = words.iter().filter(|word| Pinned::check(word).is_none());
        for word in unknown {
            let hint = did_you_mean(word, known);
            let why = format!("no check {word:?}{hint}; there are: {}", known.join(", "));
            reader.fault(line, &joined(&path, "checks"), why);
        }
        words.iter().filter_map(|word| Pinned::check(word)).collect()
    });
    let reason = reader.string(&path, section, "reason").and_then(|(line, word)| {
        let reason = ReasonCode::parse(&word);
        if reason.is_none() {
            let hint = did_you_mean(&word, ReasonCode::ALL.map(ReasonCode::as_str));
            reader.fault(line, &joined(&path, "reason"), format!("no reason {word:?}{hint}"));
        }
        reason
    });
    let pinned = Pinned { http, code, checks, reason };
    if pinned.is_empty() && section.keys().is_empty() {
        reader.fault(section.line, &path, "says nothing; write such as { http = 200, code = 0 }");
    }
    pinned
}

fn when(reader: &mut Reader<'_>, path: &str, section: Section<'_>) -> When {
    let path = joined(path, "when");
    reader.only(&path, section, &["target", "has", "lacks"]);
    let mut capabilities = |key: &str| {
        let (line, words) = reader.strings(&path, section, key).unwrap_or_default();
        for word in words.iter().filter(|word| !CAPABILITIES.contains(&word.as_str())) {
            let hint = did_you_mean(word, CAPABILITIES);
            let why = format!("unknown word {word:?}{hint}; known: {}", CAPABILITIES.join(", "));
            reader.fault(line, &joined(&path, key), why);
        }
        words
    };
    let (has, lacks) = (capabilities("has"), capabilities("lacks"));
    When { target: words(reader, &path, section, "target"), has, lacks }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use lianpu_corpus::Code;

    use super::*;

    const GOOD: &str = r#"# Known deviations.
version = 1

[[expect]]
id = "a/b/-1/op/trigger"
actual = { http = 200, code = 0, checks = ["code", "trace"] }
reason = "decoded before it is checked"
expires = 2027-01-31
when = { target = "staging", has = ["face-nets"] }
issue = "OURS-12"
owner = "@team"

[[expect]]
id = "a/b/*/op/**"
max = 40
actual = { reason = "set-up-failed" }
reason = "r"
expires = "2027-02-28"

[[quarantine]]
id = "a/b/7/op/t"
reason = "r"
expires = 2027-01-31
issue = "https://example.org/1"
"#;

    fn parse(text: &str) -> Result<Vec<Entry>, Vec<String>> {
        let read = entries(Path::new("e.toml"), text);
        read.map_err(|faults| faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_good_file_is_read_whole() {
        let entries = parse(GOOD).unwrap();
        let [first, second, third] = &entries[..] else { panic!("{entries:?}") };
        assert_eq!((first.line, first.kind, first.max), (4, EntryKind::Expect, MOST));
        let pinned = first.actual.as_ref().unwrap();
        assert_eq!((pinned.http, &pinned.code), (Some(200), &Some(Code::Int(0))));
        assert_eq!(pinned.to_string(), "HTTP 200, code 0, findings code, trace");
        assert_eq!(
            first.when,
            When { target: Some("staging".into()), has: vec!["face-nets".into()], lacks: vec![] }
        );
        assert_eq!((second.max, second.place, second.expires), (40, 1, date(2027, 2, 28)));
        assert_eq!((third.kind, third.place, third.line), (EntryKind::Quarantine, 0, 20));
        assert_eq!(parse("version = 1\n").unwrap(), []);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        for (from, to, part) in [
            ("version = 1", "version = 2", "e.toml:2: version: is 2, but this version reads 1"),
            ("version = 1", "", "e.toml:1: version: is missing; write version = 1"),
            ("id = \"a/b/-1/op/trigger\"\n", "", "e.toml:4: expect.id: is missing"),
            (
                "reason = \"decoded before it is checked\"",
                "reason = \" \"",
                "e.toml:7: expect.reason: is empty",
            ),
            ("expires = 2027-01-31\nwhen", "expires = 2027-02-29\nwhen", "e.toml:8"),
            (
                "expires = 2027-01-31\nwhen",
                "expires = 7\nwhen",
                "must be a day such as 2027-01-31, not integer",
            ),
            (
                "expires = 2027-01-31\nwhen",
                "expires = \"soon\"\nwhen",
                "expect.expires: must be a day such as",
            ),
            ("expires = 2027-01-31\nwhen", "expires = 2027-01-31T10:00:00Z\nwhen", "must be a day such as"),
            ("\"trace\"", "\"tarce\"", "no check \"tarce\"; did you mean trace?"),
            ("http = 200", "http = 2000", "expect.actual.http: must be an HTTP status"),
            (
                "\"face-nets\"",
                "\"facenets\"",
                "expect.when.has: unknown word \"facenets\"; did you mean face-nets?",
            ),
            ("owner =", "onwer =", "e.toml:11: expect.onwer: unknown key; did you mean owner?"),
            ("{ reason = \"set-up-failed\" }", "{}", "says nothing"),
            ("issue = \"https://example.org/1\"\n", "", "e.toml:20: quarantine.issue: is missing"),
            ("[[quarantine]]\n", "[[quarantine]]\nactual = { http = 200 }\n", "a quarantine pins nothing"),
            ("[[quarantine]]", "[quarantine]", "must be tables: write [[quarantine]]"),
        ] {
            assert!(GOOD.contains(from), "{from}");
            let faults = parse(&GOOD.replacen(from, to, 1)).unwrap_err();
            assert!(faults.iter().any(|fault| fault.contains(part)), "{to}: {faults:?}");
        }
    }
}
