//! The nearest known words to one that is not known. One measure for every message that suggests something.

/// How like a word must be to be suggested: 1 is the same word.
const LIKE: f64 = 0.7;

/// The known word most like this one, if any is like it at all.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let (likeness, nearest) = ranked(word, known).into_iter().next()?;
    (likeness >= LIKE).then_some(nearest)
}

/// All known words, the most like this one first; of equal ones the first known.
pub(crate) fn by_likeness<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> impl Iterator<Item = &'k str> {
    ranked(word, known).into_iter().map(|(_, known)| known)
}

fn ranked<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<(f64, &'k str)> {
    let word = word.to_lowercase();
    let mut ranked: Vec<_> = known.into_iter().map(|known| (likeness(&word, known), known)).collect();
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    ranked
}

/// Of a word in lower case: 0 to 1.
fn likeness(word: &str, known: &str) -> f64 {
    let known = known.to_lowercase();
    let extends = !word.is_empty() && (known.starts_with(word) || known.ends_with(word));
    strsim::jaro_winkler(&known, word).max(if extends { 0.9 } else { 0.0 })
}

/// `; did you mean …?`, or nothing where no known word is near.
pub(crate) fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    nearest(word, known).map_or_else(String::new, |known| format!("; did you mean {known}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["base_url", "dialects", "capabilities"];
        assert_eq!(nearest("base_ulr", known), Some("base_url"));
        assert_eq!(nearest("capability", known), Some("capabilities"));
        assert_eq!(nearest("zzz", known), None);
        assert_eq!(did_you_mean("Dialect", known), "; did you mean dialects?");
        assert_eq!(nearest("x", []), None);
        assert_eq!(by_likeness("dialect", known).next(), Some("dialects"));
    }
}
