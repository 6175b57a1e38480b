//! The nearest known word to one that is not known.

/// The known word most like this one, if any is like it at all.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let likeness = |known: &str| {
        let lower = known.to_lowercase();
        let extends = !word.is_empty() && (lower.starts_with(&word) || lower.ends_with(&word));
        strsim::jaro_winkler(&lower, &word).max(if extends { 0.9 } else { 0.0 })
    };
    let (best, known) = known
        .into_iter()
        .map(|known| (likeness(known), known))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best >= 0.7).then_some(known)
}

/// `; did you mean …?`, or nothing where no known word is near.
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
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
    }
}
