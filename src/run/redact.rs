//! Secrets taken out of what a target says: a target may send back whatever it was sent, and findings quote answers.
//!
//! Done where a reply enters, so that no finding, reason or record can hold one.

use std::borrow::Cow;
use std::collections::BTreeSet;

use lianpu_corpus::{Account, dialect};
use memchr::memmem;

use super::spellings;
use super::target::Target;
use crate::sign::{is_secret_header, is_secret_query};
use crate::wire::{Reply, Request};

/// What stands in the place of a secret.
pub(super) const MARK: &str = "[redacted]";

/// Shorter values are no secrets, and taking them out would spoil ordinary answers.
const SHORTEST: usize = 8;

/// The same of a header line of the user's, which may as well be a plain word that answers have too.
const SHORTEST_HEADER: usize = 16;

/// The secrets of a target's accounts, without the padding of base64.
#[derive(Debug, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    pub(super) fn of<'t>(target: &'t Target) -> Self {
        let mut values = BTreeSet::new();
        let of_dialect = |(name, accounts): (&String, &'t Vec<Account>)| {
            let manifest = dialect(name).ok().map(|dialect| &dialect.manifest);
            accounts.iter().filter_map(move |account| Some((manifest?, account)))
        };
        for (manifest, account) in target.accounts.iter().flat_map(of_dialect) {
            values.extend(manifest.secrets_of(account).map(|(_, value)| value));
        }
        let headers = target.route.headers.iter().map(|(_, value)| value.as_str());
        values.extend(headers.filter(|value| value.len() >= SHORTEST_HEADER));
        Self(values.into_iter().filter_map(secret).map(str::to_owned).collect())
    }

    /// A text without the secrets.
    pub(super) fn cut_from(&self, text: &str) -> String {
        let words: Vec<_> = self.0.iter().map(String::as_bytes).collect();
        String::from_utf8_lossy(&without(text.as_bytes(), &words)).into_owned()
    }

    /// The reply without the secrets, and without the `own` ones of the request it answers: signature, token.
    pub(super) fn redact<'a>(&'a self, mut reply: Reply, own: impl Iterator<Item = &'a str>) -> Reply {
        let words: Vec<_> =
            own.filter_map(secret).chain(self.0.iter().map(String::as_str)).map(str::as_bytes).collect();
        let headers = reply.headers.iter_mut().map(|(_, value)| value);
        for header in reply.content_type.iter_mut().chain(headers) {
            *header = String::from_utf8_lossy(&without(header.as_bytes(), &words)).into_owned();
        }
        if let Cow::Owned(body) = without(&reply.body, &words) {
            reply.body = body;
        }
        reply
    }
}

/// What of a value must not be repeated; nothing where it is too short to be a secret.
fn secret(value: &str) -> Option<&str> {
    Some(value.trim_end_matches('=')).filter(|value| value.len() >= SHORTEST)
}

/// A text with a mark in place of the words, however they are spelt.
fn without<'t>(text: &'t [u8], words: &[&[u8]]) -> Cow<'t, [u8]> {
    let found = spellings::find(text, words);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = Vec::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        kept.extend_from_slice(&text[from..range.start]);
        kept.extend_from_slice(MARK.as_bytes());
        from = range.end;
    }
    kept.extend_from_slice(&text[from..]);
    Cow::Owned(kept)
}

/// What a request carries that must not be repeated: the values of the headers and of the parameters of the query that some
/// signature scheme keeps secret.
pub(super) fn sealed_of(request: &Request) -> Vec<String> {
    let headers = request.headers.iter().filter(|(name, _)| is_secret_header(name)).cloned();
    let query = request.query().into_iter().filter(|(name, _)| is_secret_query(name));
    headers.chain(query).map(|(_, value)| value).collect()
}

/// The same of the bytes of a request. Looks at the head alone, however it is broken.
pub(super) fn sealed_in(bytes: &[u8]) -> Vec<String> {
    let end = memmem::find(bytes, b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut found = Vec::new();
    let mut lines = head.split('\n').map(|line| line.trim_end_matches('\r'));
    let query = lines.next().and_then(|line| line.split_once('?')).map_or("", |(_, query)| query);
    for pair in query.split_whitespace().next().unwrap_or_default().split('&') {
        if let Some((name, value)) = pair.split_once('=')
            && is_secret_query(name)
        {
            let decoded = form_urlencoded::parse(pair.as_bytes()).next();
            found.extend(decoded.map(|(_, value)| value.into_owned()));
            found.push(value.to_owned());
        }
    }
    let mut sealed = false;
    for line in lines {
        let value = match line.split_once(':') {
            // Its value may go on in lines that are no headers.
            Some((name, value)) if !name.starts_with([' ', '\t']) => {
                sealed = is_secret_header(name.trim());
                value.trim()
            }
            _ => line.trim(),
        };
        if sealed {
            // Of a scheme with a word before it the rest alone as well.
            found.extend(value.split_once(' ').map(|(_, rest)| rest.trim().to_owned()));
            found.push(value.to_owned());
        }
    }
    found
}

/// A text as it is, and as JSON and addresses may escape it.
pub fn forms(value: &str) -> BTreeSet<String> {
    let escaped = |escape: &dyn Fn(char) -> String| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
        let escape = |c: char| if plain(c) { c.to_string() } else { escape(c) };
        value.chars().map(escape).collect::<String>()
    };
    BTreeSet::from([
        value.to_owned(),
        value.replace('/', "\\/"),
        escaped(&|c| format!("%{:02X}", c as u32)),
        escaped(&|c| format!("%{:02x}", c as u32)),
        escaped(&|c| format!("\\u{:04x}", c as u32)),
        escaped(&|c| if c == '/' { "\\/".to_owned() } else { format!("\\u{:04x}", c as u32) }),
    ])
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const KEY: &str = "hush/Hush+HUSH==";
    const SIGNED: &str = "c2lnbmVk/dGV4dA+YQ==";

    fn redacted(body: &str) -> String {
        let account = Account::of([
            ("appid", "1250000000"),
            ("bucket", "b"),
            ("secret_id", "PUBLICHALF"),
            ("secret_key", KEY),
        ]);
        let target = Target {
            name: "t".into(),
            base_url: "http://127.0.0.1:1".into(),
            accounts: [("tencent-ci".to_owned(), vec![account])].into(),
            capabilities: BTreeSet::new(),
            assumed: BTreeSet::new(),
            operations: None,
            without: BTreeSet::default(),
            limits: std::collections::BTreeMap::new(),
            origin: None,
            route: crate::run::Route::default(),
        };
        let reply = Reply {
            status: 200,
            content_type: Some(format!("text/{KEY}")),
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            took: Duration::ZERO,
        };
        let reply = Secrets::of(&target).redact(reply, [SIGNED].into_iter());
        assert!(!reply.content_type.unwrap().contains("hush"));
        String::from_utf8(reply.body).unwrap()
    }

    #[test]
    fn every_way_of_writing_a_secret_is_found() {
        for (said, left) in [
            (format!("{{\"message\":\"{KEY}{KEY}\"}}"), "{\"message\":\"[redacted]==[redacted]==\"}"),
            (format!("key {SIGNED}"), "key [redacted]=="),
            ("c2lnbmVk\\/dGV4dA+YQ\\u003d".to_owned(), "[redacted]\\u003d"),
            ("c2lnbmVk%2FdGV4dA%2BYQ%3D%3D".to_owned(), "[redacted]%3D%3D"),
            ("c2lnbmVk\\/dGV4dA\\u002bYQ".to_owned(), "[redacted]"),
            ("c2lnbmVk&#x2F;dGV4dA\\u002BYQ".to_owned(), "[redacted]"),
            ("PUBLICHALF".to_owned(), "[redacted]"),
            ("{\"code\":0,\"b\":\"1250000000\"}".to_owned(), "{\"code\":0,\"b\":\"1250000000\"}"),
        ] {
            assert_eq!(redacted(&said), left);
        }
    }
}
