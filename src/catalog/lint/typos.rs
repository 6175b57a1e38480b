//! Slips of the pen, as far as a table gives them away: a Latin word one letter from one that is used elsewhere, odd capitals,
//! a doubled character, brackets that do not close, a sentence one character from another one.
//!
//! There is no dictionary: the words are those of the dialect's own glosses, codes and messages.

use std::collections::{BTreeMap, BTreeSet};

use lianpu_corpus::{Dialect, Row};

use super::finding::{Finding, LintKind, Places};
use crate::catalog::fold::narrowed;

/// Letters that a word must have to be judged: shorter ones are near too many others.
const SHORTEST: usize = 5;

/// How often a sentence must stand elsewhere before one near it counts as a slip.
const OFTEN: usize = 3;

/// Doubled on purpose.
const DOUBLED: [&str; 2] = ["人人", "一一"];

pub(super) fn likely(dialect: &Dialect, places: &Places, findings: &mut Vec<Finding>) {
    let words = known_words(dialect);
    let sentences = sentences(dialect);
    for table in &dialect.tables {
        for (number, row) in table.rows.iter().enumerate() {
            let code = row.code.to_string();
            let mut slips = BTreeSet::new();
            for text in std::iter::once(code.as_str()).chain(row.message.as_deref()) {
                slips.extend(latin(text, &words));
                slips.extend(capitals(text, &words));
            }
            for text in std::iter::once(row.meaning.as_str()).chain(row.remedy.as_deref()) {
                slips.extend(doubled(text));
                slips.extend(near(text, &sentences));
            }
            slips.extend(texts(row).filter_map(unclosed));
            for words in slips {
                findings.push(places.of_row(LintKind::LikelyTypo, &table.id, number, &row.code, words));
            }
        }
    }
}

fn texts(row: &Row) -> impl Iterator<Item = &str> {
    [row.message.as_deref(), Some(row.meaning.as_str()), row.remedy.as_deref()].into_iter().flatten()
}

/// The Latin words of a text in small letters: `TooLarge` is two, and so is `too_large`.
fn humps(text: &str) -> Vec<String> {
    let mut humps: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for character in text.chars() {
        let begins = character.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (begins || !character.is_ascii_alphabetic()) && humps.last().is_some_and(|hump| !hump.is_empty()) {
            humps.push(String::new());
        }
        if let (true, Some(hump)) = (character.is_ascii_alphabetic(), humps.last_mut()) {
            hump.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    humps.retain(|hump| !hump.is_empty());
    humps
}

/// The words of the glosses, and whatever else is used twice.
fn known_words(dialect: &Dialect) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for row in dialect.tables.iter().flat_map(|table| &table.rows) {
        known.extend(humps(&row.gloss));
        let code = row.code.to_string();
        for word in humps(&code).into_iter().chain(row.message.iter().flat_map(|message| humps(message))) {
            if !seen.insert(word.clone()) {
                known.insert(word);
            }
        }
    }
    known
}

fn latin(text: &str, known: &BTreeSet<String>) -> Vec<String> {
    let odd = humps(text).into_iter().filter(|word| word.len() >= SHORTEST && !known.contains(word));
    odd.filter_map(|word| {
        let near = known.iter().find(|known| is_slip(&word, known))?;
        Some(format!("`{word}` is near `{near}`"))
    })
    .collect()
}

/// One letter added, left out, changed or swapped; two in a word that keeps its beginning and its end. An ending of grammar
/// is no slip.
fn is_slip(word: &str, known: &str) -> bool {
    if known.len() < SHORTEST || word.as_bytes()[0] != known.as_bytes()[0] {
        return false;
    }
    let inflected = |long: &str, short: &str| {
        let endings =
            ["s", "d", "ed", "es", "er", "or", "ing", "ion", "al", "ly", "e", "y", "ies", "ied", "able", "n"];
        [short, short.trim_end_matches(['e', 'y'])]
            .iter()
            .any(|stem| long.strip_prefix(stem).is_some_and(|end| endings.contains(&end)))
    };
    if inflected(word, known) || inflected(known, word) {
        return false;
    }
    match strsim::damerau_levenshtein(word, known) {
        0 | 1 => true,
        2 => {
            word.len() + 2 == known.len()
                && word[..3] == known[..3]
                && word[word.len() - 3..] == known[known.len() - 3..]
        }
        _ => false,
    }
}

/// Two humps that are one word elsewhere.
fn capitals(text: &str, known: &BTreeSet<String>) -> Vec<String> {
    let mut slips = Vec::new();
    for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
        for pair in humps(word).windows(2) {
            let joined = pair.concat();
            if known.contains(&joined) && joined.len() >= SHORTEST {
                slips.push(format!("the capitals of `{word}`: elsewhere `{joined}` is one word"));
            }
        }
    }
    slips
}

/// A Chinese character or a sign that stands twice in a row.
fn doubled(text: &str) -> Option<String> {
    let characters: Vec<_> = text.chars().collect();
    let pair = characters.windows(2).find(|pair| {
        let judged =
            matches!(pair[0], '\u{4e00}'..='\u{9fff}' | '，' | '。' | '、' | '；' | '：' | ',' | ';');
        judged && pair[0] == pair[1] && !DOUBLED.contains(&String::from_iter(*pair).as_str())
    })?;
    Some(format!("`{}` stands twice in a row", pair[0]))
}

/// A bracket that nothing closes, or that closes nothing.
fn unclosed(text: &str) -> Option<String> {
    let mut open = Vec::new();
    for character in narrowed(text).chars() {
        match character {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(character) => {
                return Some(format!("`{character}` closes nothing in `{text}`"));
            }
            _ => {}
        }
    }
    open.pop().map(|missing| format!("`{missing}` is missing in `{text}`"))
}

/// How often each meaning and remedy stands in the dialect, spaces and width aside.
fn sentences(dialect: &Dialect) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in dialect.tables.iter().flat_map(|table| &table.rows) {
        for text in std::iter::once(&row.meaning).chain(&row.remedy) {
            *counts.entry(narrowed(text)).or_default() += 1;
        }
    }
    counts
}

/// A sentence that stands once, one character from one that stands often.
fn near(text: &str, sentences: &BTreeMap<String, usize>) -> Option<String> {
    let own = narrowed(text);
    let length = own.chars().count();
    if sentences.get(&own) != Some(&1) || length < 8 {
        return None;
    }
    let often = sentences.iter().filter(|(_, count)| **count >= OFTEN).map(|(sentence, _)| sentence);
    let close = |sentence: &&String| {
        sentence.chars().count().abs_diff(length) <= 1 && strsim::damerau_levenshtein(&own, sentence) == 1
    };
    let other = often.into_iter().find(close)?;
    Some(format!("`{text}` is one character from `{other}`, which stands {} times", sentences[other]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> BTreeSet<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn slips_are_told_from_grammar() {
        let known = words("available liveness download image compare verify degrees");
        assert_eq!(latin("network not availablel", &known), ["`availablel` is near `available`"]);
        assert_eq!(latin("LivessSystemError", &known), ["`livess` is near `liveness`"]);
        for fine in ["images", "image", "comparing", "compared", "verified", "degree", "downloaded"] {
            assert_eq!(latin(fine, &known), Vec::<String>::new(), "{fine}");
        }
        assert_eq!(capitals("FailedOperation.DownLoadError", &known).len(), 1);
        assert_eq!(capitals("FailedOperation.DownloadError", &known), Vec::<String>::new());
    }

    #[test]
    fn doubled_characters_and_open_brackets_are_seen() {
        assert_eq!(doubled("请重试试"), Some("`试` stands twice in a row".to_owned()));
        assert_eq!(doubled("请重试。人人都可"), None);
        assert_eq!(unclosed("a（b)"), None);
        assert!(unclosed("param[a is").is_some() && unclosed("a)").is_some());
    }
}
