//! Mutations of the bearer key in the Authorization header.

use lianpu_corpus::Certainty::{Inferred, Recorded};
use lianpu_corpus::ConditionClass as Class;

use crate::mutate::effect::Effect;
use crate::mutate::making::Making;
use crate::mutate::mutator::{Applies, mutators};
use crate::mutate::within::Visible;
use crate::sign::Lacking;
use crate::sign::bearer::NAME;

/// Requests that may have such a key.
const BEARER: Applies = Applies::Scheme(NAME);

mutators! {
    /// A mutation of the bearer key.
    pub enum BearerMutation of Signature {
        "bearer-signed" BearerSigned {} Signature, BEARER,
            "The request has a bearer key in place of an access token.";
        "bearer-unknown" BearerUnknown {
            /// the key
            key: Visible,
        } Signature, BEARER, "The bearer key does not exist.";
        "bearer-cut" BearerCut {} Signature, BEARER,
            "The bearer key lacks its last character.";
        "bearer-empty" BearerEmpty {} Signature, BEARER,
            "The word Bearer stands alone.";
        "bearer-secret" BearerSecret {} Signature, BEARER,
            "The secret half of the key stands where the public half should.";
        "bearer-lower-case" BearerLowerCase {} Signature, BEARER,
            "The word bearer is written in lower case.";
    }
}

use BearerMutation as Is;

const WRONG_RULE: &str = "recorded: a bearer key that is not known has a code of its own";

/// Puts the key, rightly or as the mutation wants it.
#[expect(clippy::unnecessary_wraps, reason = "the mutations of every scheme are carried out alike")]
pub(super) fn sign(mutation: &Is, making: &mut Making<'_>) -> Result<(), Lacking> {
    let account = &making.ground.caller.account;
    let own = account.part("secret_id");
    let wrong = || Effect::refused([Class::BearerUnknown], WRONG_RULE, Recorded);
    let (value, effect) = match mutation {
        Is::BearerUnknown { key } => (format!("Bearer {}", key.as_str()), wrong()),
        Is::BearerCut {} => (format!("Bearer {}", &own[..own.len().saturating_sub(1)]), wrong()),
        Is::BearerSecret {} => (format!("Bearer {}", account.part("secret_key")), wrong()),
        Is::BearerEmpty {} => {
            let refusals = &[Class::BearerUnknown, Class::CredentialsAbsent, Class::CredentialsWrong];
            let rule = "a word without a key is a wrong key or none; no document says which";
            ("Bearer".to_owned(), Effect::refused(refusals, rule, Inferred))
        }
        Is::BearerLowerCase {} => {
            let refusals = &[Class::BearerUnknown, Class::CredentialsAbsent, Class::CredentialsWrong];
            let rule = "RFC 9110 §11.1: the case of a scheme's word does not count, but the vendor's signer writes it one way";
            (format!("bearer {own}"), Effect::refused_or_taken(refusals, rule, Inferred))
        }
        Is::BearerSigned {} => {
            let rule = "the vendor's newer signer sends the key so";
            (format!("Bearer {own}"), Effect::harmless(rule, Recorded))
        }
    };
    making.request.set_header("Authorization", Some(&value));
    making.effects.push(effect);
    Ok(())
}
