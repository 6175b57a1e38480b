//! Query strings and form bodies: `a=b&c=d`, percent-encoded.

use url::form_urlencoded;

/// The pairs of a form body or of a query string, decoded.
pub(super) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

/// The value of a name; of several the last counts.
pub(super) fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The access token of a query. One of the vendor's clients appends a second query to the first, with another `?`,
/// which then stands in the token.
pub(super) fn access_token(query: &[(String, String)]) -> Option<&str> {
    value(query, "access_token").map(|token| token.split('?').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_query_is_cut_off_the_token() {
        let query = pairs(b"aipSdk=node&access_token=24.abc?aipSdk=node");
        assert_eq!(access_token(&query), Some("24.abc"));
        assert_eq!(access_token(&pairs(b"aipSdk=python")), None);
    }
}
