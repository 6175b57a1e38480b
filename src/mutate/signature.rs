//! Mutations of the signature.

use lianpu_corpus::Certainty;

use super::effect::Effect;
use super::making::Making;
use super::mutator::{Applies, mutators};
use crate::sign::{self, Damage, FieldRule, FieldText, Lacking, Signature};

mutators! {
    /// A mutation of the signature.
    pub enum SignatureMutation of Signature {
        "expired" Expired { by: u16 } Signature, Applies::Scheme(sign::PLAINTEXT_SCHEME),
            "The signature was valid for an hour and expired 1 to 65536 seconds ago.";
        "digest-flipped" DigestFlipped {} Signature, Applies::Scheme(sign::PLAINTEXT_SCHEME),
            "One bit of the digest is another.";
    }
}

/// Signs the request in the making, rightly or as the mutation wants it.
pub(super) fn sign(mutation: Option<&SignatureMutation>, making: &mut Making<'_>) -> Result<(), Lacking> {
    let mut signature = Signature::default();
    match mutation {
        None => {}
        Some(SignatureMutation::Expired { by }) => {
            let expired = -i64::from(*by) - 1;
            let rule = |name: &str, value| FieldRule { name: name.into(), value: FieldText::Now(value) };
            signature.says = vec![rule("t", expired - 3600), rule("e", expired)];
            making.effects.push(Effect::refused(
                &["signature-expired", "signature-wrong"],
                "e has passed; the vendor's own advice conflates expiry with a failed check (facts §4, ambiguity set 9, 14)",
                Certainty::Documented,
            ));
        }
        Some(SignatureMutation::DigestFlipped {}) => {
            signature.damage = Some(Damage::FlippedDigestBit);
            making.effects.push(Effect::refused(
                &["signature-wrong"],
                "a well-formed signature with a wrong digest is 14 (facts, doubts 6)",
                Certainty::Documented,
            ));
        }
    }
    let scheme = making.ground.dialect.manifest.signature.as_deref();
    sign::sign(&mut making.request, scheme, &signature, making.ground.circumstances())
}
