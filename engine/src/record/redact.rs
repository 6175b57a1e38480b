//! Takes secrets out of texts, by value: wherever one turns up, it goes.

use std::collections::BTreeSet;

use hyper::HeaderMap;

/// What stands in the place of a secret.
const MARK: &str = "[redacted]";

/// Shorter texts would take ordinary words out.
const SHORTEST: usize = 6;

/// Parameters of a query whose values are secrets.
const PARAMETERS: [&str; 6] =
    ["access_token", "client_secret", "refresh_token", "authorization", "sign", "signature"];

/// Headers whose values are secrets, as far as they prove who somebody is.
const AUTHORIZATIONS: [&str; 2] = ["authorization", "proxy-authorization"];

/// Words in the names of further headers whose whole values are secrets.
const SECRET_HEADERS: [&str; 4] = ["cookie", "token", "secret", "signature"];

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

    /// Those of one request besides. `secret_of` is what is secret of an authorization.
    pub(super) fn and_of<'a>(
        &self,
        target: &str,
        headers: &'a HeaderMap,
        secret_of: impl Fn(&'a str) -> &'a str,
    ) -> Self {
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
        for (name, value) in headers {
            let text = value.to_str().ok();
            if AUTHORIZATIONS.contains(&name.as_str()) {
                // What is no text no front reads.
                let whole = || String::from_utf8_lossy(value.as_bytes()).into_owned();
                known.add(&text.map_or_else(whole, |text| secret_of(text.trim()).to_owned()));
            } else if SECRET_HEADERS.iter().any(|word| name.as_str().contains(word)) {
                known.add(&String::from_utf8_lossy(value.as_bytes()));
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
    use hyper::header::HeaderValue;

    use super::*;
    use crate::front::after_scheme;

    #[test]
    fn secrets_go_wherever_they_turn_up() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", HeaderValue::from_static("Scheme AAAA/BBB+="));
        headers.insert("x-session-token", HeaderValue::from_static("of a session"));
        let secrets = Secrets::new(["very secret".to_owned()]).and_of(
            "/p?access_token=24.abc%2Bdef&x=1",
            &headers,
            after_scheme,
        );
        assert_eq!(secrets.redacted("Scheme AAAA/BBB+="), "Scheme [redacted]");
        assert_eq!(secrets.redacted("/p?access_token=24.abc%2Bdef&x=1"), "/p?access_token=[redacted]&x=1");
        assert_eq!(
            secrets.redacted("24.abc+def very+secret very secret of a session"),
            "[redacted] [redacted] [redacted] [redacted]"
        );
    }

    #[test]
    fn a_front_says_what_of_an_authorization_is_secret() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", HeaderValue::from_static("v1/key/host/0123456789abcdef"));
        let digest = |text| str::rsplit_once(text, '/').map_or(text, |(_, digest)| digest);
        let secrets = Secrets::default().and_of("/", &headers, digest);
        assert_eq!(secrets.redacted("v1/key/host/0123456789abcdef"), "v1/key/host/[redacted]");
    }
}
