//! Secrets taken out of what a target says: a target may send back whatever it was sent, and findings quote answers.
//!
//! Done where a reply enters, so that no finding, reason or record can hold one.

use std::collections::BTreeSet;
use std::mem::take;
use std::ops::Range;

use lianpu_corpus::{Account, dialect};
use memchr::memmem;

use super::target::Target;
use crate::sign::{is_secret_header, is_secret_query};
use crate::wire::{Reply, Request};

/// What stands in the place of a secret.
pub(super) const MARK: &str = "[redacted]";

/// Shorter values are no secrets, and taking them out would spoil ordinary answers.
const SHORTEST: usize = 8;

/// The secrets of a target's accounts.
#[derive(Debug, Default)]
pub(super) struct Secrets(Vec<Secret>);

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
        values.extend(target.route.headers.iter().map(|(_, value)| value.as_str()));
        Self(values.into_iter().filter_map(Secret::new).collect())
    }

    /// A text without the secrets.
    pub(super) fn cut_from(&self, text: &str) -> String {
        let found = self.0.iter().filter(|secret| secret.may_be_in(text.as_bytes()));
        found.fold(text.to_owned(), |text, secret| {
            secret.forms().fold(text, |text, form| text.replace(&form, MARK))
        })
    }

    /// The reply without the secrets, and without the `own` ones of the request it answers: signature, token.
    pub(super) fn redact<'a>(&self, mut reply: Reply, own: impl Iterator<Item = &'a str>) -> Reply {
        let own: Vec<_> = own.filter_map(Secret::new).collect();
        for secret in own.iter().chain(&self.0) {
            let headers = reply.headers.iter_mut().map(|(_, value)| value);
            for header in reply.content_type.iter_mut().chain(headers) {
                if secret.may_be_in(header.as_bytes()) {
                    *header = secret.forms().fold(take(header), |text, form| text.replace(&form, MARK));
                }
            }
            if secret.may_be_in(&reply.body) {
                reply.body = secret.forms().fold(reply.body, |body, form| cut_out(&body, form.as_bytes()));
            }
        }
        reply
    }
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

/// What must not be repeated, without the padding of base64.
#[derive(Debug)]
struct Secret {
    value: String,
    /// Where its longest run of letters and digits lies: no way of writing changes these.
    run: Range<usize>,
}

impl Secret {
    fn new(value: &str) -> Option<Self> {
        let value = value.trim_end_matches('=');
        if value.len() < SHORTEST {
            return None;
        }
        let run = value.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|run| run.len())?;
        let start = value.find(run)?;
        let run = start..start + run.len();
        Some(Self { value: value.to_owned(), run })
    }

    /// Whether to look closer: nearly every answer is done with here.
    fn may_be_in(&self, text: &[u8]) -> bool {
        memmem::find(text, self.value[self.run.clone()].as_bytes()).is_some()
    }

    /// The secret as it is, and as JSON and addresses may escape it.
    fn forms(&self) -> impl Iterator<Item = String> {
        forms(&self.value).into_iter()
    }
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

fn cut_out(body: &[u8], secret: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(body.len());
    let mut from = 0;
    for at in memmem::find_iter(body, secret) {
        kept.extend_from_slice(&body[from..at]);
        kept.extend_from_slice(MARK.as_bytes());
        from = at + secret.len();
    }
    kept.extend_from_slice(&body[from..]);
    kept
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
            ("PUBLICHALF".to_owned(), "[redacted]"),
            ("{\"code\":0,\"b\":\"1250000000\"}".to_owned(), "{\"code\":0,\"b\":\"1250000000\"}"),
        ] {
            assert_eq!(redacted(&said), left);
        }
    }
}
