//! Secrets taken out of what a target says: a target may send back whatever it was sent, and findings quote answers.
//!
//! Done where a reply enters, so that no finding, reason or record can hold one.

use std::collections::BTreeSet;

use super::target::Target;
use crate::wire::Reply;

/// What stands in the place of a secret.
const MARK: &str = "[redacted]";

/// Shorter values are no secrets, and taking them out would spoil ordinary answers.
const SHORTEST: usize = 8;

/// The secrets of a target's accounts, in every way an answer may write them.
#[derive(Debug, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    pub(super) fn of(target: &Target) -> Self {
        let mut values = BTreeSet::new();
        for account in target.accounts.values().flatten() {
            values.extend([&account.secret_id, &account.secret_key]);
            values.extend(account.disabled.iter().flat_map(|key| [&key.secret_id, &key.secret_key]));
        }
        Self(values.into_iter().flat_map(|value| forms(value)).collect())
    }

    /// The reply without the secrets, and without the signature it answers.
    pub(super) fn redact(&self, mut reply: Reply, authorization: Option<&str>) -> Reply {
        let own = authorization.map(forms).unwrap_or_default();
        let needles: Vec<_> = own.iter().chain(&self.0).collect();
        let without = |text: String| needles.iter().fold(text, |text, needle| text.replace(*needle, MARK));
        reply.content_type = reply.content_type.map(without);
        reply.errno = reply.errno.map(without);
        for needle in &needles {
            reply.body = cut_out(reply.body, needle.as_bytes());
        }
        reply
    }
}

/// A secret as it is, and as JSON and addresses may escape it; without the padding of base64.
fn forms(secret: &str) -> Vec<String> {
    let secret = secret.trim_end_matches('=');
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    let escaped = |escape: &dyn Fn(char) -> String| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
        secret.chars().map(|c| if plain(c) { c.to_string() } else { escape(c) }).collect::<String>()
    };
    let forms = BTreeSet::from([
        secret.to_owned(),
        secret.replace('/', "\\/"),
        escaped(&|c| format!("%{:02X}", c as u32)),
        escaped(&|c| format!("%{:02x}", c as u32)),
        escaped(&|c| format!("\\u{:04x}", c as u32)),
        escaped(&|c| if c == '/' { "\\/".to_owned() } else { format!("\\u{:04x}", c as u32) }),
    ]);
    forms.into_iter().collect()
}

fn cut_out(body: Vec<u8>, needle: &[u8]) -> Vec<u8> {
    let Some(mut at) = find(&body, needle) else { return body };
    let mut rest = &body[..];
    let mut kept = Vec::with_capacity(body.len());
    loop {
        kept.extend_from_slice(&rest[..at]);
        kept.extend_from_slice(MARK.as_bytes());
        rest = &rest[at + needle.len()..];
        match find(rest, needle) {
            Some(next) => at = next,
            None => break,
        }
    }
    kept.extend_from_slice(rest);
    kept
}

fn find(body: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let starts = body.len().checked_sub(needle.len())?;
    (0..=starts).find(|at| body[*at] == first && body[*at..].starts_with(needle))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use lianpu_corpus::Account;

    use super::*;

    const KEY: &str = "hush/Hush+HUSH==";
    const SIGNED: &str = "c2lnbmVk/dGV4dA+YQ==";

    fn redacted(body: &str) -> String {
        let account = Account {
            appid: "1250000000".into(),
            bucket: "b".into(),
            secret_id: "PUBLICHALF".into(),
            secret_key: KEY.into(),
            disabled: None,
            requests_per_second: None,
        };
        let target = Target {
            name: "t".into(),
            base_url: "http://127.0.0.1:1".into(),
            accounts: [("tencent-ci".to_owned(), vec![account])].into(),
            capabilities: BTreeSet::new(),
            limits: std::collections::BTreeMap::new(),
            origin: None,
        };
        let reply = Reply {
            status: 200,
            content_type: Some(format!("text/{KEY}")),
            errno: None,
            body: body.as_bytes().to_vec(),
            took: Duration::ZERO,
        };
        let reply = Secrets::of(&target).redact(reply, Some(SIGNED));
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
