//! Changes an expectations file and leaves everything else of it as it stands: order, spaces, comments.

use jiff::civil::Date;
use lianpu_corpus::Code;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::entry::{Entry, EntryKind};
use super::pinned::Pinned;

/// What a new file begins with.
const HEADING: &str = "\
# Deviations that are known. Each is run all the same; once it is gone, or after its last day, the run says so.
version = 1
";

/// An expectations file that is being changed.
#[derive(Debug)]
pub(in crate::cli) struct Edit(DocumentMut);

/// What is the same in all entries of one capture.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Note {
    pub(in crate::cli) reason: String,
    pub(in crate::cli) expires: Date,
    pub(in crate::cli) issue: Option<String>,
    pub(in crate::cli) owner: Option<String>,
}

/// Entries that are no `[[…]]` tables cannot be changed one by one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("its {0} entries are written inline; write each as [[{0}]], then they can be changed one by one")]
pub(in crate::cli) struct Inline(&'static str);

impl Edit {
    /// Takes up a text, which has been read as expectations; an empty one is begun.
    pub(in crate::cli) fn of(text: &str) -> Result<Self, toml_edit::TomlError> {
        let text = if text.trim().is_empty() { HEADING } else { text };
        text.parse().map(Self)
    }

    /// Adds an entry at the end.
    pub(in crate::cli) fn add(&mut self, id: &str, actual: &Pinned, note: &Note) -> Result<(), Inline> {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        table.insert("id", text(id));
        table.insert("actual", Item::Value(Value::InlineTable(inline(actual))));
        table.insert("reason", text(&note.reason));
        table.insert("expires", Item::Value(day(note.expires)));
        if let Some(issue) = &note.issue {
            table.insert("issue", text(issue));
        }
        if let Some(owner) = &note.owner {
            table.insert("owner", text(owner));
        }
        let entries = self.0.entry("expect").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        entries.as_array_of_tables_mut().ok_or(Inline("expect"))?.push(table);
        Ok(())
    }

    /// Pins what an entry's target does now.
    pub(in crate::cli) fn pin(&mut self, entry: &Entry, actual: &Pinned) -> Result<(), Inline> {
        self.set(entry, "actual", Value::InlineTable(inline(actual)))
    }

    /// Gives an entry another last day.
    pub(in crate::cli) fn extend(&mut self, entry: &Entry, expires: Date) -> Result<(), Inline> {
        self.set(entry, "expires", day(expires))
    }

    /// Takes entries out, each with the comment that stands right above it.
    pub(in crate::cli) fn remove(&mut self, gone: &[&Entry]) -> Result<(), Inline> {
        for kind in [EntryKind::Expect, EntryKind::Quarantine] {
            let mut places: Vec<_> =
                gone.iter().filter(|entry| entry.kind == kind).map(|entry| entry.place).collect();
            places.sort_unstable();
            for place in places.into_iter().rev() {
                let kept = {
                    let entries = self.entries(kind)?;
                    let kept = entries.get(place).map(apart).unwrap_or_default();
                    entries.remove(place);
                    kept
                };
                self.put_back(kind, place, &kept);
            }
        }
        Ok(())
    }

    /// The text.
    pub(in crate::cli) fn text(&self) -> String {
        self.0.to_string()
    }

    fn set(&mut self, entry: &Entry, key: &str, value: Value) -> Result<(), Inline> {
        let Some(table) = self.entries(entry.kind)?.get_mut(entry.place) else { return Ok(()) };
        match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone(); // a comment may stand behind it
                *old = value;
                *old.decor_mut() = decor;
            }
            None => {
                table.insert(key, Item::Value(value));
            }
        }
        Ok(())
    }

    fn entries(&mut self, kind: EntryKind) -> Result<&mut ArrayOfTables, Inline> {
        let item = self.0.get_mut(kind.as_str());
        item.and_then(Item::as_array_of_tables_mut).ok_or(Inline(kind.as_str()))
    }

    /// Puts comments that do not belong to the removed entry before what follows it.
    fn put_back(&mut self, kind: EntryKind, place: usize, kept: &str) {
        if kept.trim().is_empty() {
            return;
        }
        let next = self.entries(kind).ok().and_then(|entries| entries.get_mut(place));
        if let Some(next) = next {
            let own = prefix(next);
            next.decor_mut().set_prefix(format!("{kept}{own}"));
        } else {
            let own = self.0.trailing().as_str().unwrap_or_default().to_owned();
            self.0.set_trailing(format!("{kept}{own}"));
        }
    }
}

/// What stands before an entry and a blank line apart from it: no comment of its own.
fn apart(table: &Table) -> String {
    let prefix = prefix(table);
    prefix.rfind("\n\n").map(|end| prefix[..=end].to_owned()).unwrap_or_default()
}

fn prefix(table: &Table) -> String {
    table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned()
}

fn text(text: &str) -> Item {
    Item::Value(Value::from(text))
}

fn day(day: Date) -> Value {
    // Both know the same days; the text of one is read by the other.
    day.to_string().parse::<toml_edit::Datetime>().map_or_else(|_| Value::from(day.to_string()), Value::from)
}

fn inline(actual: &Pinned) -> InlineTable {
    let mut table = InlineTable::new();
    if let Some(http) = actual.http {
        table.insert("http", Value::from(i64::from(http)));
    }
    match &actual.code {
        Some(Code::Int(code)) => table.insert("code", Value::from(*code)),
        Some(Code::Text(code)) => table.insert("code", Value::from(code.as_str())),
        None => None,
    };
    if let Some(checks) = &actual.checks {
        table.insert("checks", Value::Array(checks.iter().copied().collect::<Array>()));
    }
    if let Some(reason) = actual.reason {
        table.insert("reason", Value::from(reason.as_str()));
    }
    table
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::cli::expectations::Expectations;
    use crate::report::ReasonCode;

    const HAND: &str = r#"# Ours.
version = 1 # always

# Group one, which belongs to nobody.

# About the first.
[[expect]]
id   = "a"    # oddly spaced
actual = {http=200, code = 0}   # keep me
reason = 'single quotes'
expires = 2027-01-31

# About the second.
[[expect]]
id = "b"
actual = { http = 500 }
reason = "r"
expires = "2027-01-31"

[[quarantine]]
id = "c"
reason = "r"
issue = "1"
expires = 2027-01-31
# The end.
"#;

    fn read(text: &str) -> Vec<Entry> {
        Expectations::parse(Path::new("e.toml"), text).unwrap().entries
    }

    fn note() -> Note {
        Note { reason: "because".into(), expires: date(2027, 3, 1), issue: None, owner: Some("@me".into()) }
    }

    fn pinned() -> Pinned {
        Pinned {
            http: Some(400),
            code: Some(Code::Text("x\"y".into())),
            checks: Pinned::check("code").map(|c| [c].into()),
            reason: None,
        }
    }

    #[test]
    fn what_is_added_stands_at_the_end_and_is_read_back() {
        let mut edit = Edit::of(HAND).unwrap();
        edit.add("d/[e]", &pinned(), &note()).unwrap();
        let text = edit.text();
        for line in HAND.lines() {
            assert!(text.contains(line), "{line}\n{text}");
        }
        let entries = read(&text);
        let added = entries.iter().find(|entry| entry.id == "d/[e]").unwrap();
        assert_eq!(added.actual, Some(pinned()));
        assert_eq!((added.expires, added.owner.as_deref()), (date(2027, 3, 1), Some("@me")));

        let mut new = Edit::of("").unwrap();
        let open = Pinned { reason: Some(ReasonCode::SetUpFailed), ..Pinned::default() };
        new.add("a", &open, &note()).unwrap();
        new.add("b", &pinned(), &note()).unwrap();
        assert_eq!(
            new.text(),
            format!(
                "{HEADING}\n[[expect]]\nid = \"a\"\nactual = {{ reason = \"set-up-failed\" }}\nreason = \"because\"\nexpires = 2027-03-01\nowner = \"@me\"\n\
             \n[[expect]]\nid = \"b\"\nactual = {{ http = 400, code = 'x\"y', checks = [\"code\"] }}\nreason = \"because\"\nexpires = 2027-03-01\nowner = \"@me\"\n"
            )
        );
    }

    #[test]
    fn only_the_value_changes() {
        let mut edit = Edit::of(HAND).unwrap();
        let entries = read(HAND);
        edit.pin(&entries[0], &Pinned { http: Some(404), ..Pinned::default() }).unwrap();
        edit.extend(&entries[1], date(2028, 1, 1)).unwrap();
        let expected =
            HAND.replace("{http=200, code = 0}", "{ http = 404 }").replace("\"2027-01-31\"", "2028-01-01");
        assert_eq!(edit.text(), expected);
    }

    #[test]
    fn what_goes_takes_its_own_comment_along_and_no_other() {
        let entries = read(HAND);
        let removed = |gone: &[usize]| {
            let mut edit = Edit::of(HAND).unwrap();
            edit.remove(&gone.iter().map(|index| &entries[*index]).collect::<Vec<_>>()).unwrap();
            edit.text()
        };
        let first = removed(&[0]);
        assert!(first.contains("# Group one") && !first.contains("# About the first."), "{first}");
        assert!(first.contains("# About the second.\n[[expect]]\nid = \"b\""), "{first}");
        let second = removed(&[1]);
        assert!(second.contains("# About the first.") && !second.contains("# About the second."), "{second}");
        let all = removed(&[0, 1, 2]);
        assert_eq!(read(&all), []);
        for line in ["# Ours.", "version = 1 # always", "# Group one, which belongs to nobody.", "# The end."]
        {
            assert!(all.contains(line), "{line}\n{all}");
        }
    }

    #[test]
    fn inline_entries_are_read_but_not_changed() {
        let text = "version = 1\nexpect = [{ id = \"a\", actual = { http = 200 }, reason = \"r\", expires = 2027-01-31 }]\n";
        let entries = read(text);
        let mut edit = Edit::of(text).unwrap();
        assert_eq!(edit.remove(&[&entries[0]]), Err(Inline("expect")));
        assert_eq!(edit.add("b", &pinned(), &note()), Err(Inline("expect")));
        assert_eq!(edit.text(), text);
    }

    proptest! {
        /// Whatever an id, a reason or a code holds, the file is read back with it.
        #[test]
        fn any_text_survives(id in "\\PC{1,30}", reason in any::<String>(), code in any::<String>()) {
            prop_assume!(!id.trim().is_empty() && !reason.trim().is_empty());
            let mut edit = Edit::of("").unwrap();
            let pinned = Pinned { code: Some(Code::Text(code)), ..Pinned::default() };
            edit.add(&id, &pinned, &Note { reason: reason.clone(), ..note() }).unwrap();
            let entries = read(&edit.text());
            prop_assert_eq!((&entries[0].id, &entries[0].reason), (&id, &reason));
            prop_assert_eq!(entries[0].actual.as_ref(), Some(&pinned));
        }
    }
}
