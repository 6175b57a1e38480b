//! Takes secrets out of texts, by value: wherever one turns up, it goes.

use std::collections::BTreeSet;

use axum::http::HeaderMap;

/// What stands in the place of a secret.
const MARK: &str = "[redacted]";

/// Shorter texts would take ordinary words out.
const SHORTEST: usize = 6;

/// Parameters of a query whose values are secrets.
const PARAMETERS: [&str; 6] =
    ["access_token", "client_secret", "refresh_token", "authorization", "sign", "signature"];

/// Headers whose values are secrets, but for the word before the first space.
const HEADERS: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "x-bce-security-token"];

/// Texts that must not be shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Secrets(BTreeSet<String>);

impl Secrets {
    /// These; a secret is known in its percent-encoded form too.
    pub(crate) fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        let mut known = Self::default();
        secrets.into_iter().for_each(|secret| known.add(&secret));
        known
    }

    fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() >= SHORTEST {
            self.0.insert(secret.to_owned());
            self.0.insert(url::form_urlencoded::byte_serialize(secret.as_bytes()).collect());
        }
    }

    /// Those of one request besides.
    pub(super) fn and_of(&self, target: &str, headers: &HeaderMap) -> Self {
        let mut known = self.clone();
        let query = target.split_once('?').map_or("", |(_, query)| query);
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if PARAMETERS.iter().any(|secret| name.eq_ignore_ascii_case(secret)) {
                known.add(value);
                for (_, value) in url::form_urlencoded::parse(pair.as_bytes()) {
                    known.add(&value);
                }
            }
        }
        for value in HEADERS.iter().flat_map(|name| headers.get_all(*name)) {
            let text = String::from_utf8_lossy(value.as_bytes());
            let text = text.trim();
            match text.split_once(' ') {
                Some((_, rest)) => known.add(rest),
                // A signature in parts: only the digest at its end is secret.
                None => known.add(
                    text.rsplit_once('/')
                        .filter(|_| text.starts_with("bce-auth"))
                        .map_or(text, |(_, digest)| digest),
                ),
            }
        }
        known
    }

    /// A text without them, the longest first, since one may stand in another.
    pub(super) fn redacted(&self, text: &str) -> String {
        let mut secrets: Vec<_> = self.0.iter().collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.into_iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MARK))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn secrets_go_wherever_they_turn_up() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", HeaderValue::from_static("QCloud AAAA/BBB+="));
        let secrets =
            Secrets::new(["very secret".to_owned()]).and_of("/p?access_token=24.abc%2Bdef&x=1", &headers);
        assert_eq!(secrets.redacted("QCloud AAAA/BBB+="), "QCloud [redacted]");
        assert_eq!(secrets.redacted("/p?access_token=24.abc%2Bdef&x=1"), "/p?access_token=[redacted]&x=1");
        assert_eq!(
            secrets.redacted("24.abc+def very+secret very secret"),
            "[redacted] [redacted] [redacted]"
        );
        headers.insert(
            "authorization",
            HeaderValue::from_static("bce-auth-v1/key/2026/1800/host/0123456789abcdef"),
        );
        assert_eq!(
            secrets.and_of("/", &headers).redacted("bce-auth-v1/key/2026/1800/host/0123456789abcdef"),
            "bce-auth-v1/key/2026/1800/host/[redacted]"
        );
    }
}
