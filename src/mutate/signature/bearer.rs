//! Mutations of the bearer key in the Authorization header.

use lianpu_corpus::Certainty::{Inferred, Recorded};

use super::super::effect::Effect;
use super::super::making::Making;
use super::SignatureMutation as Is;

const WRONG_RULE: &str = "recorded: a bearer key that is not known has a code of its own";

/// Puts the key, rightly or as the mutation wants it.
pub(super) fn sign(mutation: &Is, making: &mut Making<'_>) {
    let account = &making.ground.caller.account;
    let own = account.part("secret_id");
    let wrong = || Effect::refused(&["bearer-key-wrong"], WRONG_RULE, Recorded);
    let (value, effect) = match mutation {
        Is::BearerUnknown { key } => (format!("Bearer {}", key.as_str()), wrong()),
        Is::BearerCut {} => (format!("Bearer {}", &own[..own.len().saturating_sub(1)]), wrong()),
        Is::BearerSecret {} => (format!("Bearer {}", account.part("secret_key")), wrong()),
        Is::BearerEmpty {} => {
            let refusals = &["bearer-key-wrong", "token-missing", "signature-wrong"];
            let rule = "a word without a key is a wrong key or none; no document says which";
            ("Bearer".to_owned(), Effect::refused(refusals, rule, Inferred))
        }
        Is::BearerLowerCase {} => {
            let refusals = &["bearer-key-wrong", "token-missing", "signature-wrong"];
            let rule = "RFC 9110 §11.1: the case of a scheme's word does not count, but the vendor's signer writes it one way";
            (format!("bearer {own}"), Effect::refused_or_taken(refusals, rule, Inferred))
        }
        _ => {
            let rule = "the vendor's newer signer sends the key so";
            (format!("Bearer {own}"), Effect::harmless(rule, Recorded))
        }
    };
    making.request.set_header("Authorization", Some(&value));
    making.effects.push(effect);
}
