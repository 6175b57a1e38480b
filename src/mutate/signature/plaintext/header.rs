//! Mutations of how the signature travels: the Authorization header.

use arbitrary::Arbitrary;
use lianpu_corpus::Certainty::{Documented, Inferred, Recorded};
use serde::{Deserialize, Serialize};

use super::super::effect::{Effect, Outcome};
use super::super::making::Making;
use super::SignatureMutation as Is;

/// What a second Authorization header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondHeader {
    /// The same.
    Same,
    /// Nothing.
    Empty,
    /// No signature, after the right one.
    GarbageAfter,
    /// No signature, before the right one.
    GarbageBefore,
}

/// A word before the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
pub enum SchemeWord {
    /// The vendor's own, which its upload clients send.
    QCloud,
    /// The same in lower case.
    #[serde(rename = "qcloud")]
    LowerCase,
    /// Another scheme's.
    Bearer,
    /// Another scheme's.
    Basic,
}

/// What stands between the lines of a Base64 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineBreak {
    /// A folded line of the header.
    Fold,
    /// A space.
    Space,
    /// The two characters `\n`, as an escape that was never read.
    Escaped,
}

const NAME: &str = "Authorization";
const CORRUPT: &[&str] = &["signature-malformed", "signature-wrong"];
const NONE_OR_CORRUPT: &[&str] = &["signature-empty", "signature-malformed", "signature-wrong"];
const EMPTY_RULE: &str = "recorded: a request without a signature is answered with 4";

/// Puts the envelope into the header, rightly or as the mutation wants it.
pub(super) fn carry(mutation: Option<&Is>, envelope: &str, making: &mut Making<'_>) -> Option<Effect> {
    let headers = &mut making.request.headers;
    let mut put = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
    Some(match mutation {
        Some(Is::AuthorizationAbsent {}) => Effect::refused(&["signature-empty"], EMPTY_RULE, Recorded),
        Some(Is::AuthorizationEmpty { spaces }) => {
            put(NAME, &" ".repeat(spaces.size()));
            Effect::refused(&["signature-empty"], EMPTY_RULE, Recorded)
        }
        Some(Is::AuthorizationGarbage { text }) => {
            put(NAME, text.as_str());
            let rule = "the documents do not divide a corrupt signature from a wrong one";
            Effect::refused(CORRUPT, rule, Documented)
        }
        Some(Is::AuthorizationTwice { other }) => {
            let (first, second) = match other {
                SecondHeader::Same => (envelope, envelope),
                SecondHeader::Empty => (envelope, ""),
                SecondHeader::GarbageAfter => (envelope, "abc"),
                SecondHeader::GarbageBefore => ("abc", envelope),
            };
            put(NAME, first);
            put(NAME, second);
            let rule = "RFC 9110 §5.3: a header of one value must not stand there twice; a server may refuse it, or take either";
            gateway(&[400], false, NONE_OR_CORRUPT, true, rule)
        }
        Some(Is::AuthorizationSchemeWord { word }) => {
            put(NAME, &format!("{} {envelope}", word.text()));
            let rule = "the vendor's upload clients send a word before the signature, its other clients none; what other hosts do with it, no document says";
            Effect::refused_or_taken(CORRUPT, rule, Inferred)
        }
        Some(Is::AuthorizationInQuery {}) => {
            making.request.set_query("sign", Some(envelope));
            let rule = "a signature in the query is documented for uploads and downloads only";
            Effect::refused_or_taken(&["signature-empty"], rule, Documented)
        }
        Some(Is::AuthorizationLowerCase {}) => {
            put("authorization", envelope);
            Effect::harmless("RFC 9110 §5.1: the case of a header's name does not count", Documented)
        }
        Some(Is::AuthorizationPadded { spaces }) => {
            let around = " ".repeat(spaces.size());
            put(NAME, &format!("{around}{envelope}{around}"));
            Effect::harmless(
                "RFC 9110 §5.5: white space around a header's value is not part of it",
                Documented,
            )
        }
        Some(Is::AuthorizationFollowed { text }) => {
            put(NAME, &format!("{envelope} {}", text.as_str()));
            Effect::refused_or_taken(CORRUPT, "no document says what may follow a signature", Inferred)
        }
        Some(Is::AuthorizationOverlong { kibibytes }) => {
            put(NAME, &"A".repeat(kibibytes.size() << 10));
            let rule = "RFC 6585 §5 and RFC 9110 §15.5: a server may refuse a header of this length; else it is a corrupt signature";
            gateway(&[400, 413, 414, 431], true, CORRUPT, false, rule)
        }
        Some(Is::EnvelopeBroken { by }) => {
            put(NAME, &broken(envelope, by.text()));
            let rule = "the documents ask for Base64 without line breaks; RFC 9112 §5.2 lets a server refuse or unfold a folded line";
            gateway(&[400], true, NONE_OR_CORRUPT, true, rule)
        }
        _ => {
            put(NAME, envelope);
            return None;
        }
    })
}

/// The effect of what a gateway may refuse in its own words.
pub(super) fn gateway(statuses: &[u16], closes: bool, or: &[&str], or_taken: bool, rule: &str) -> Effect {
    let or = or.iter().map(|condition| (*condition).to_owned()).collect();
    let outcome = Outcome::Gateway { statuses: statuses.to_vec(), closes, or, or_taken };
    Effect { outcome, rule: rule.to_owned(), certainty: Documented }
}

/// In lines of 76 characters.
fn broken(text: &str, by: &str) -> String {
    let lines: Vec<_> = text.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    lines.join(by)
}

impl SchemeWord {
    const fn text(self) -> &'static str {
        match self {
            Self::QCloud => "QCloud",
            Self::LowerCase => "qcloud",
            Self::Bearer => "Bearer",
            Self::Basic => "Basic",
        }
    }
}

impl LineBreak {
    const fn text(self) -> &'static str {
        match self {
            Self::Fold => "\r\n ",
            Self::Space => " ",
            Self::Escaped => "\\n",
        }
    }
}
