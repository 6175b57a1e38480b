//! Mutations of how the signature travels: the Authorization header.

use lianpu_corpus::Certainty::{Documented, Inferred, Recorded};
use lianpu_corpus::ConditionClass as Class;

use super::mutation::PlaintextMutation as Is;
use super::parameters::{LineBreak, SchemeWord, SecondHeader};
use crate::mutate::effect::{Effect, EffectOutcome};
use crate::mutate::making::Making;

const NAME: &str = "Authorization";
const CORRUPT: &[Class] = &[Class::CredentialsMalformed, Class::CredentialsWrong];
const NONE_OR_CORRUPT: &[Class] =
    &[Class::CredentialsAbsent, Class::CredentialsMalformed, Class::CredentialsWrong];
const EMPTY_RULE: &str = "recorded: a request without a signature is answered with 4";

/// Puts the envelope into the header, rightly or as the mutation wants it.
pub(super) fn carry(mutation: &Is, envelope: &str, making: &mut Making<'_>) -> Option<Effect> {
    let headers = &mut making.request.headers;
    let mut put = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
    Some(match mutation {
        Is::AuthorizationAbsent {} => Effect::refused([Class::CredentialsAbsent], EMPTY_RULE, Recorded),
        Is::AuthorizationEmpty { spaces } => {
            put(NAME, &" ".repeat(spaces.size()));
            Effect::refused([Class::CredentialsAbsent], EMPTY_RULE, Recorded)
        }
        Is::AuthorizationGarbage { text } => {
            put(NAME, text.as_str());
            let rule = "the documents do not divide a corrupt signature from a wrong one";
            Effect::refused(CORRUPT, rule, Documented)
        }
        Is::AuthorizationTwice { other } => {
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
        Is::AuthorizationSchemeWord { word } => {
            put(NAME, &format!("{} {envelope}", word.text()));
            let rule = "the vendor's upload clients send a word before the signature, its other clients none; what other hosts do with it, no document says";
            Effect::refused_or_taken(CORRUPT, rule, Inferred)
        }
        Is::AuthorizationInQuery {} => {
            making.request.set_query("sign", Some(envelope));
            let rule = "a signature in the query is documented for uploads and downloads only";
            Effect::refused_or_taken([Class::CredentialsAbsent], rule, Documented)
        }
        Is::AuthorizationLowerCase {} => {
            put("authorization", envelope);
            Effect::harmless("RFC 9110 §5.1: the case of a header's name does not count", Documented)
        }
        Is::AuthorizationPadded { spaces } => {
            let around = " ".repeat(spaces.size());
            put(NAME, &format!("{around}{envelope}{around}"));
            Effect::harmless(
                "RFC 9110 §5.5: white space around a header's value is not part of it",
                Documented,
            )
        }
        Is::AuthorizationFollowed { text } => {
            put(NAME, &format!("{envelope} {}", text.as_str()));
            Effect::refused_or_taken(CORRUPT, "no document says what may follow a signature", Inferred)
        }
        Is::AuthorizationOverlong { kibibytes } => {
            put(NAME, &"A".repeat(kibibytes.size() << 10));
            let rule = "RFC 6585 §5 and RFC 9110 §15.5: a server may refuse a header of this length; else it is a corrupt signature";
            gateway(&[400, 413, 414, 431], true, CORRUPT, false, rule)
        }
        Is::EnvelopeBroken { by } => {
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
fn gateway(statuses: &[u16], closes: bool, or: &[Class], or_taken: bool, rule: &str) -> Effect {
    let outcome = EffectOutcome::gateway(statuses, closes, or, or_taken);
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
