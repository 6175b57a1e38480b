//! Secrets taken out of what is kept of a request, and put back when it is sent again.
//!
//! Every header but the harmless ones and every long parameter of the query is taken out as a whole, for signatures hide
//! keys behind base64; then whatever else is a secret of the accounts, in any way of writing.

use memchr::memmem;

use crate::request::Caller;
use crate::run::forms;
use crate::sign;
use crate::wire::Request;

/// Headers whose values are no secrets, besides those that a signature scheme adds and says so of.
const HARMLESS: [&str; 7] =
    ["accept", "content-type", "content-length", "host", "transfer-encoding", "x-lianpu-fault", "connection"];

/// Shorter values are no secrets.
const SHORTEST: usize = 8;

/// Parameters of a query that are longer may be tokens.
const LONGEST_PLAIN: usize = 15;

/// The access token's name among placeholders, and how those of the other tenant and of a disabled key begin.
const TOKEN: &str = "token";
const OTHER: &str = "other.";
const DISABLED: &str = "disabled.";

/// What is taken out, each with its placeholder; as it stands in the bytes, with enough around it to be told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seal {
    taken: Vec<(Vec<u8>, Vec<u8>)>,
    /// The names of what an account keeps secret in this dialect.
    parts: Vec<String>,
}

/// A placeholder for which there is nothing to put in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the placeholder {0} stands for nothing that this target and plan have")]
pub(super) struct Unfilled(pub(super) String);

impl Seal {
    /// The seal of a request that this caller makes. The host that the HTTP client names is a placeholder too: what it
    /// sends is for any target.
    pub(super) fn of(caller: &Caller, request: &Request) -> Self {
        let credentials = caller.dialect.manifest.credentials.keys();
        let mut seal = Self { taken: Vec::new(), parts: credentials.cloned().collect() };
        let mut names: Vec<String> = Vec::new();
        let mut placeholder = |name: &str| {
            names.push(name.to_owned());
            match names.iter().filter(|known| *known == name).count() {
                1 => format!("{{{{{name}}}}}"),
                number => format!("{{{{{name}.{number}}}}}"),
            }
        };
        for (name, value) in &request.headers {
            if !value.is_empty() && !is_harmless(name.trim()) {
                let placeholder = placeholder(name.trim());
                seal.add(format!("\r\n{name}: {value}\r\n"), &format!("\r\n{name}: {placeholder}\r\n"));
                // In views a value stands by itself.
                if value.len() >= SHORTEST {
                    seal.add(value.clone(), &placeholder);
                }
            }
        }
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        for pair in query.split('&') {
            if let Some((name, value)) = pair.split_once('=').filter(|(_, value)| value.len() > LONGEST_PLAIN)
            {
                let placeholder = placeholder(name);
                seal.add(format!("{name}={value}"), &format!("{name}={placeholder}"));
            }
        }
        for (name, value) in secrets(caller) {
            if value.len() >= SHORTEST {
                // Each way of writing has a placeholder of its own, so that the same one is put back.
                seal.add(value.clone(), &format!("{{{{{name}}}}}"));
                for (number, form) in forms(&value).into_iter().filter(|form| *form != value).enumerate() {
                    seal.add(form, &format!("{{{{{name}.{}}}}}", number + 2));
                }
            }
        }
        if let Some(host) = request.header("host") {
            seal.add(format!("\r\nhost: {host}\r\n"), "\r\nhost: {{host}}\r\n");
        }
        seal
    }

    /// The bytes without secrets.
    pub(super) fn close(&self, bytes: &[u8]) -> Vec<u8> {
        self.taken
            .iter()
            .fold(bytes.to_vec(), |bytes, (secret, placeholder)| replaced(bytes, secret, placeholder))
    }

    /// The text without secrets.
    pub(super) fn close_text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.close(text.as_bytes())).into_owned()
    }

    /// The bytes with the secrets of this seal in the place of the placeholders of an earlier one.
    pub(super) fn open(&self, bytes: &[u8]) -> Result<Vec<u8>, Unfilled> {
        // A placeholder in its surroundings goes before one by itself.
        let opened = self
            .taken
            .iter()
            .fold(bytes.to_vec(), |bytes, (secret, placeholder)| replaced(bytes, placeholder, secret));
        match self.left_over(&opened) {
            Some(placeholder) => Err(Unfilled(placeholder)),
            None => Ok(opened),
        }
    }

    /// The first placeholder of ours that is still there.
    fn left_over(&self, bytes: &[u8]) -> Option<String> {
        memmem::find_iter(bytes, "{{").find_map(|at| {
            let end = memmem::find(&bytes[at..], b"}}").map_or(bytes.len().min(at + 40), |end| at + end + 2);
            let found = String::from_utf8_lossy(&bytes[at..end]);
            self.is_ours(found.trim_start_matches('{').trim_end_matches('}')).then(|| found.into_owned())
        })
    }

    fn is_ours(&self, name: &str) -> bool {
        let whose = name.strip_prefix(OTHER).unwrap_or(name);
        let part = whose.strip_prefix(DISABLED).unwrap_or(whose);
        let plain = part.split('.').next().unwrap_or_default(); // a second one of a name has a number
        plain == TOKEN
            || self.parts.iter().any(|known| known == plain)
            || sign::is_secret_header(plain)
            || sign::is_secret_query(plain)
    }

    fn add(&mut self, secret: String, placeholder: &str) {
        let secret = secret.into_bytes();
        if self.taken.iter().all(|(known, _)| *known != secret) {
            self.taken.push((secret, placeholder.as_bytes().to_vec()));
        }
    }
}

fn is_harmless(header: &str) -> bool {
    HARMLESS.contains(&header.to_ascii_lowercase().as_str()) || sign::is_plain_header(header)
}

/// The secrets of a caller with their names, those of the other tenant as `other.<name>`.
fn secrets(caller: &Caller) -> Vec<(String, String)> {
    let tokens = [(TOKEN.to_owned(), &caller.token), (format!("{OTHER}{TOKEN}"), &caller.other_token)];
    let mut secrets: Vec<_> =
        tokens.into_iter().filter_map(|(name, token)| Some((name, token.clone()?))).collect();
    let accounts = [("", Some(&caller.account)), (OTHER, caller.other.as_ref())];
    for (whose, account) in accounts {
        let own = account.into_iter().flat_map(|account| caller.dialect.manifest.secrets_of(account));
        secrets.extend(own.map(|(name, value)| (format!("{whose}{name}"), value.to_owned())));
    }
    secrets
}

fn replaced(bytes: Vec<u8>, what: &[u8], with: &[u8]) -> Vec<u8> {
    if what.is_empty() || memmem::find(&bytes, what).is_none() {
        return bytes;
    }
    let mut kept = Vec::with_capacity(bytes.len());
    let mut from = 0;
    while let Some(at) = memmem::find(&bytes[from..], what) {
        kept.extend_from_slice(&bytes[from..from + at]);
        kept.extend_from_slice(with);
        from += at + what.len();
    }
    kept.extend_from_slice(&bytes[from..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::sample::ground;

    fn request() -> Request {
        Request {
            method: "POST".into(),
            target: "/a?access_token=tok-en%2F0123456789&x=1&access_token=another-token-0123".into(),
            headers: vec![
                ("Content-Type".into(), "application/json".into()),
                ("Authorization".into(), "c2lnbmVk".into()),
                ("authorization".into(), "c2\n lnb".into()),
                ("X-Short".into(), "1".into()),
            ],
            body: b"1 c2lnbmVk PLANTEDsecretId0123456789 PLANTED%2Fsecret%2BKey".to_vec(),
        }
    }

    #[test]
    fn what_is_closed_says_no_secret_and_opens_to_the_same_bytes() {
        let request = request();
        let seal = Seal::of(&ground().caller, &request);
        let bytes = crate::wire::write_exact(&request, &crate::wire::Framing::default(), "h");
        let closed = seal.close(&bytes);
        let text = String::from_utf8(closed.clone()).unwrap();
        for secret in ["PLANTED", "c2lnbmVk", "lnb", "tok-en", "another-token"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(
            text.contains("?access_token={{access_token}}&x=1&access_token={{access_token.2}} HTTP/1.1"),
            "{text}"
        );
        assert!(
            text.contains("\r\nX-Short: {{X-Short}}\r\n") && text.contains("Content-Type: application/json")
        );
        assert_eq!(seal.open(&closed).unwrap(), bytes);
    }

    #[test]
    fn every_part_of_an_account_that_its_dialect_does_not_show_is_a_secret() {
        let mut caller = ground().caller;
        caller.account.set("new_part", "PLANTED-wax-0123");
        let seal = Seal::of(&caller, &request());
        let closed = seal.close(b"PLANTED-wax-0123, 1250000000");
        assert_eq!(closed, b"{{new_part}}, 1250000000");
        assert_eq!(seal.open(&closed).unwrap(), b"PLANTED-wax-0123, 1250000000");
    }

    #[test]
    fn what_cannot_be_filled_is_told() {
        let seal = Seal::of(&ground().caller, &request());
        assert_eq!(seal.open(b"a {{other.token}} b"), Err(Unfilled("{{other.token}}".into())));
        assert_eq!(seal.open(b"{{nothing of ours}}").unwrap(), b"{{nothing of ours}}");
    }
}
