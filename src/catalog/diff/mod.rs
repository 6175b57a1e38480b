//! What changed between two states of a vendor's tables, as typed changes with a weight.
//!
//! Tables are paired by id, rows by code and its JSON type. Nothing here knows files or colours. Start with [`diff`].

mod change;
mod level;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use lianpu_corpus::{Code, Row, Table};

pub use change::{Change, What};
pub use level::Level;
pub use text::{Difference, Field};

/// Which part of the tables is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What a vendor's document says: code, message, meaning, remedy, billed. A message that is not from the document does
    /// not count.
    Vendor,
    /// The glosses, conditions and notes too.
    Everything,
}

/// All changes, in the order of the tables.
pub fn diff(old: &[Table], new: &[Table], scope: Scope) -> Vec<Change> {
    let mut changes = Vec::new();
    let pairs = pairs(old, new);
    for table in old.iter().filter(|table| !pairs.iter().any(|(paired, _)| paired.id == table.id)) {
        changes.push(Change::of_table(table, What::TableRemoved { rows: table.rows.len() }));
    }
    for (old, new) in &pairs {
        compare(old, new, scope, &mut changes);
    }
    for table in new.iter().filter(|table| !pairs.iter().any(|(_, paired)| paired.id == table.id)) {
        changes.push(Change::of_table(table, What::TableAdded { rows: table.rows.len() }));
    }
    changes
}

/// The weight of all changes together; none where there is no change.
pub fn verdict(changes: &[Change]) -> Option<Level> {
    changes.iter().map(|change| change.level).max()
}

/// Tables of the same id; and where each side has just one, these two whatever their ids.
fn pairs<'t>(old: &'t [Table], new: &'t [Table]) -> Vec<(&'t Table, &'t Table)> {
    if let ([old], [new]) = (old, new) {
        return vec![(old, new)];
    }
    old.iter().filter_map(|old| Some((old, new.iter().find(|new| new.id == old.id)?))).collect()
}

fn compare(old: &Table, new: &Table, scope: Scope, changes: &mut Vec<Change>) {
    let texts = |old: &str, new: &str| (Some(old.to_owned()), Some(new.to_owned()));
    if scope == Scope::Everything {
        for (field, (old_text, new_text)) in [
            (Field::Title, texts(&old.title, &new.title)),
            (Field::Gloss, texts(&old.gloss, &new.gloss)),
            (Field::Envelope, (old.envelope.clone(), new.envelope.clone())),
        ] {
            changes.extend(Change::of_text(new, None, field, old_text, new_text));
        }
    }
    let (old_rows, new_rows) = (numbered(old), numbered(new));
    for (row, number) in &old_rows {
        let of_number = || new_rows.iter().filter(|(_, other)| other == number).map(|(other, _)| *other);
        let same = of_number().find(|other| other.code == row.code);
        match same.or_else(|| of_number().find(|other| is_retyped(&row.code, &other.code))) {
            None => changes.push(Change::of_row(new, row, What::RowRemoved { meaning: row.meaning.clone() })),
            Some(other) => compare_rows(new, row, other, scope, changes),
        }
    }
    for (row, number) in &new_rows {
        let mut of_number = old_rows.iter().filter(|(_, other)| other == number);
        if !of_number.any(|(other, _)| other.code.to_string() == row.code.to_string()) {
            changes.push(Change::of_row(new, row, What::RowAdded { meaning: row.meaning.clone() }));
        }
    }
    if order(old, new) != order(new, old) {
        changes.push(Change::of_table(new, What::Order));
    }
}

/// The rows, each with how many of its code stand above it: of a code that a table has twice, the first is the first of the other
/// table.
fn numbered(table: &Table) -> Vec<(&Row, usize)> {
    let mut seen = BTreeMap::new();
    let number = |row: &Row| {
        let count = seen.entry(row.code.to_string()).or_insert(0);
        *count += 1;
        *count - 1
    };
    table.rows.iter().zip(table.rows.iter().map(number)).collect()
}

/// The same digits as another JSON type: every client that compares them notices.
fn is_retyped(old: &Code, new: &Code) -> bool {
    old != new && old.to_string() == new.to_string()
}

/// The codes of one table that the other has too, in order.
fn order(table: &Table, other: &Table) -> Vec<String> {
    let others: BTreeSet<_> = other.rows.iter().map(|row| row.code.to_string()).collect();
    table.rows.iter().map(|row| row.code.to_string()).filter(|code| others.contains(code)).collect()
}

fn compare_rows(table: &Table, old: &Row, new: &Row, scope: Scope, changes: &mut Vec<Change>) {
    if old.code != new.code {
        changes.push(Change::of_row(
            table,
            new,
            What::CodeType { old: old.code.clone(), new: new.code.clone() },
        ));
    }
    if old.billed != new.billed {
        changes.push(Change::of_row(table, new, What::Billed { old: old.billed, new: new.billed }));
    }
    let meaning = |row: &Row| Some(row.meaning.clone());
    let mut fields = vec![
        (Field::Message, message(old, scope), message(new, scope)),
        (Field::Meaning, meaning(old), meaning(new)),
        (Field::Remedy, old.remedy.clone(), new.remedy.clone()),
    ];
    if scope == Scope::Everything {
        let gloss = |row: &Row| Some(row.gloss.clone());
        fields.extend([
            (Field::Gloss, gloss(old), gloss(new)),
            (Field::Condition, old.condition.clone(), new.condition.clone()),
            (Field::Note, old.note.clone(), new.note.clone()),
        ]);
    }
    for (field, old, was_new) in fields {
        changes.extend(Change::of_text(table, Some(new), field, old, was_new));
    }
}

fn message(row: &Row, scope: Scope) -> Option<String> {
    row.message.clone().filter(|_| scope == Scope::Everything || row.message_certainty.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Reading, import};

    fn table(rows: &str) -> Vec<Table> {
        let document = format!("code\tmessage\tmeaning\tremedy\n{rows}");
        vec![import(&document, &Reading::default()).expect("it is sound").remove(0).into_table("t", "t.tsv")]
    }

    fn told(old: &str, new: &str) -> Vec<String> {
        let changes = diff(&table(old), &table(new), Scope::Vendor);
        changes.iter().map(|change| format!("{change} ({})", change.level)).collect()
    }

    #[test]
    fn every_kind_of_change_has_its_weight() {
        let old = "1\tone\t一，啊\t改\n2\ttwo\t二\t\n3\tthree\t三\t改 掉";
        assert_eq!(told(old, old), Vec::<String>::new());
        let new = "1\tone!\t一,啊\t改\n3\tthree\t三\t改掉\n4\tfour\t四\t";
        assert_eq!(
            told(old, new),
            [
                "1: message, punctuation: one → one! (minor)",
                "1: meaning, width: 一，啊 → 一,啊 (patch)",
                "2: row removed: 二 (major)",
                "3: remedy, spaces: 改 掉 → 改掉 (patch)",
                "4: row added: 四 (minor)",
            ]
        );
        assert_eq!(
            told("1\ta\tb\t", "1\tx\tb\t再试"),
            ["1: message, wording: a → x (major)", "1: remedy added: 再试 (minor)"]
        );
        assert_eq!(
            told("1\ta\tb\t\n2\tc\td\t", "2\tc\td\t\n1\ta\tb\t"),
            ["the rows stand in another order (patch)"]
        );
    }

    #[test]
    fn the_type_of_a_code_and_the_bill_are_no_details() {
        let billed = |code: &str, billed: &str| {
            let text = format!("code\tmeaning\tbilled\n{code}\tx\t{billed}\n");
            vec![import(&text, &Reading::default()).expect("it is sound").remove(0).into_table("t", "t.tsv")]
        };
        let mut text = billed("4", "yes");
        text[0].rows[0].code = Code::Text("4".to_owned());
        let changes = diff(&billed("4", "no"), &text, Scope::Vendor);
        let told: Vec<_> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["4: the code became a string", "4: billed: no → yes"]);
        assert_eq!(verdict(&changes), Some(Level::Major));
    }

    #[test]
    fn tables_are_paired_by_id() {
        let [one, two, three] =
            ["one", "two", "three"].map(|id| Table { id: id.to_owned(), ..table("1\ta\tb\t").remove(0) });
        let changes = diff(&[one.clone(), two], &[three, one], Scope::Everything);
        let told: Vec<_> = changes.iter().map(|change| format!("{}: {change}", change.table)).collect();
        assert_eq!(told, ["two: table removed, with 1 row", "three: table added, with 1 row"]);
    }

    proptest::proptest! {
        #[test]
        fn a_table_never_differs_from_itself(rows in "([1-9]\t[a-c ]{1,3}\t[一二， ]{1,3}x\t\n){0,5}") {
            if let Ok(mut tables) = import(&rows, &Reading::default()) {
                let table = tables.remove(0).into_table("t", "t");
                proptest::prop_assert_eq!(diff(std::slice::from_ref(&table), std::slice::from_ref(&table), Scope::Everything), []);
            }
        }
    }
}
