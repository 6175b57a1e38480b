//! What people wrote beside the vendor's text, kept when the vendor's document is read again.

use lianpu_corpus::{Row, Table};

/// Takes over into a table just imported what the vendor does not say: glosses, conditions, notes, messages from elsewhere, rows of
/// other documents. Gives the rows that the document has no longer.
pub(super) fn kept(new: &mut Table, old: Table) -> Vec<Row> {
    new.gloss = old.gloss;
    new.envelope = old.envelope;
    new.bare = old.bare;
    if new.title.is_empty() {
        new.title = old.title;
    }
    let mut left: Vec<Option<Row>> = old.rows.into_iter().map(Some).collect();
    for row in &mut new.rows {
        // Of a code that stands there twice, the first row is the first.
        let of_code = |known: &&mut Option<Row>| known.as_ref().is_some_and(|known| known.code == row.code);
        let Some(known) = left.iter_mut().find(of_code).and_then(Option::take) else { continue };
        row.gloss = known.gloss;
        row.condition = known.condition;
        row.note = known.note;
        if row.message.is_none() {
            row.message = known.message;
            row.message_certainty = known.message_certainty;
        }
    }
    let of_others = |row: &Row| row.source.as_ref().is_some_and(|source| *source != new.source);
    let (others, gone) = left.into_iter().flatten().partition(of_others);
    new.rows.extend::<Vec<_>>(others);
    gone
}

/// What is said of a row that is gone.
pub(super) fn told(row: &Row) -> String {
    let words =
        [("gloss", Some(&row.gloss)), ("condition", row.condition.as_ref()), ("note", row.note.as_ref())];
    let words =
        words.iter().filter_map(|(name, word)| Some((name, (*word)?))).filter(|(_, word)| !word.is_empty());
    let lost: Vec<_> = words.map(|(name, word)| format!("{name}: {word}")).collect();
    let lost = if lost.is_empty() { String::new() } else { format!(", and with it {}", lost.join("; ")) };
    format!("row {} is no longer in the document and is left out{lost}", row.code)
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::{Certainty, Code};

    use super::*;
    use crate::catalog::{Reading, import};

    fn table(text: &str) -> Table {
        import(text, &Reading::default()).expect("it is sound").remove(0).into_table("t", "t.csv")
    }

    #[test]
    fn what_people_wrote_stays_and_what_the_vendor_wrote_is_new() {
        let mut old = table("1,a,one\n2,b,two\n3,c,three\n");
        old.gloss = "Codes".to_owned();
        old.bare = true;
        old.rows[0].condition = Some("parameter-empty".to_owned());
        old.rows[0].gloss = "the first".to_owned();
        old.rows[1].note = Some("as spelt".to_owned());
        old.rows[2].source = Some("other.md".to_owned());
        old.rows.push(Row { code: Code::Int(9), gloss: "the last".to_owned(), ..old.rows[1].clone() });

        let mut new = table("2,zwei\n1,eins\n4,vier\n");
        old.rows[1].message_certainty = Some(Certainty::Recorded);
        let gone = kept(&mut new, old);
        let told: Vec<_> = gone.iter().map(told).collect();
        assert_eq!(
            told,
            [
                "row 9 is no longer in the document and is left out, and with it gloss: the last; note: as spelt"
            ]
        );
        assert_eq!((new.gloss.as_str(), new.bare), ("Codes", true));
        let rows: Vec<_> = new
            .rows
            .iter()
            .map(|row| (row.code.to_string(), row.meaning.as_str(), row.gloss.as_str()))
            .collect();
        let expected = [("2", "zwei", ""), ("1", "eins", "the first"), ("4", "vier", ""), ("3", "three", "")];
        assert_eq!(rows, expected.map(|(code, meaning, gloss)| (code.to_owned(), meaning, gloss)));
        assert_eq!(new.rows[0].message.as_deref(), Some("b"));
        assert_eq!(new.rows[0].message_certainty, Some(Certainty::Recorded));
        assert_eq!(new.rows[1].condition.as_deref(), Some("parameter-empty"));
        assert_eq!(new.rows[0].note.as_deref(), Some("as spelt"));
    }
}
