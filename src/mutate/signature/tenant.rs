//! Mutations of who signs, for which bucket and file, and how often the signature may be used.

use lianpu_corpus::Certainty::{Documented, Inferred, Recorded};

use super::super::effect::Effect;
use super::SignatureMutation as Is;
use super::fields::{NO_BUCKET, NO_KEY, NOBODY, bound_to_a_file};
use super::plaintext::Seal;
use crate::sign::Lacking;

/// The file of signatures that are bound to one.
const FILE: &str = "lianpu.jpg";

/// A secret that nobody was given.
pub(super) const NO_SECRET: &str = "a key that nobody was given";

/// Changes who signs as the mutation wants it, if it is one of these.
pub(super) fn change(mutation: &Is, seal: &mut Seal<'_>) -> Result<Option<Effect>, Lacking> {
    let other = || seal.with.other.ok_or(Lacking::SecondAccount);
    let effect = match mutation {
        Is::AppidUnknown {} => {
            seal.put("a", NOBODY);
            let refusals = &["appid-unknown", "secret-id-of-other-appid", "signature-target-mismatch"];
            let rule = "nobody has this appid; it is also not that of the body, nor that of the key";
            Effect::refused(refusals, rule, Documented)
        }
        Is::AppidOfOther {} => {
            let appid = other()?.part("appid").to_owned();
            seal.put("a", appid);
            let refusals = &["secret-id-of-other-appid", "signature-target-mismatch"];
            Effect::refused(
                refusals,
                "the key is not the tenant's, nor is the tenant that of the body",
                Documented,
            )
        }
        Is::SignedByOther {} => {
            let other = other()?;
            seal.secret_key = other.part("secret_key");
            for (name, part) in [("a", "appid"), ("b", "bucket"), ("k", "secret_id")] {
                seal.put(name, other.part(part));
            }
            let rule = "a right signature of another tenant than that of the body";
            Effect::refused(&["signature-target-mismatch"], rule, Documented)
        }
        Is::KeyOfOther {} => {
            let other = other()?;
            seal.secret_key = other.part("secret_key");
            seal.put("k", other.part("secret_id"));
            Effect::refused(&["secret-id-of-other-appid"], "the key belongs to another tenant", Documented)
        }
        Is::KeyUnknown {} => {
            seal.put("k", NO_KEY);
            Effect::refused(&["secret-id-unknown"], "nobody has this key", Documented)
        }
        Is::KeyRecased {} => {
            recased(seal, "k", &["secret-id-unknown"], "the name of a key counts as it is written")
        }
        Is::KeyDisabled {} => {
            let pair = seal.with.account.disabled.as_ref().ok_or(Lacking::DisabledKey)?;
            seal.secret_key = pair.part("secret_key");
            seal.put("k", pair.part("secret_id"));
            let rule = "keys can be disabled singly; the documents do not name the code";
            Effect::refused(&["secret-id-unknown", "signature-wrong"], rule, Inferred)
        }
        Is::SecretWrong {} => {
            seal.secret_key = NO_SECRET;
            Effect::refused(&["signature-wrong"], "the digest is not that of the key", Documented)
        }
        Is::BucketUnknown {} => {
            seal.put("b", NO_BUCKET);
            Effect::refused(&["signature-target-mismatch", "bucket-unknown"], BUCKET, Documented)
        }
        Is::BucketOfOther {} => {
            let bucket = other()?.part("bucket").to_owned();
            seal.put("b", bucket);
            Effect::refused(&["signature-target-mismatch", "bucket-unknown"], BUCKET, Documented)
        }
        Is::BucketRecased {} => recased(seal, "b", &["signature-target-mismatch", "bucket-unknown"], BUCKET),
        Is::FileBound {} => {
            seal.put("f", FILE);
            bound_to_a_file()
        }
        Is::OneTime {} => {
            for (name, value) in [("e", "0"), ("f", FILE)] {
                seal.put(name, value);
            }
            let refusals =
                &["signature-malformed", "signature-expired", "signature-target-mismatch", "signature-wrong"];
            let rule =
                "these operations want signatures for many uses; what one for one use gets, no document says";
            Effect::refused_or_taken(refusals, rule, Inferred)
        }
        Is::OneTimeUnbound {} => {
            seal.put("e", "0");
            let refusals = &["signature-malformed", "signature-expired", "signature-wrong"];
            Effect::refused(refusals, "a signature for one use must be bound to a file", Documented)
        }
        Is::OneTimeReplayed {} => {
            for (name, value) in [("e", "0"), ("f", FILE)] {
                seal.put(name, value);
            }
            let refusals = &[
                "signature-replayed",
                "signature-malformed",
                "signature-expired",
                "signature-target-mismatch",
                "signature-wrong",
            ];
            let rule = "a signature for one use serves once, if these operations take it at all";
            Effect::refused(refusals, rule, Documented)
        }
        Is::Replayed { .. } => {
            let rule = "a signature for many uses serves until it expires; a vendor's client signs all calls with one";
            Effect::harmless(rule, Recorded)
        }
        _ => return Ok(None),
    };
    Ok(Some(effect))
}

const BUCKET: &str = "the bucket that is signed is not that of the body, and not one of the tenant's; which is found first, no document says";

/// Swaps the case of a field's letters; a value without letters stays right.
fn recased(seal: &mut Seal<'_>, name: &str, refusals: &[&str], rule: &str) -> Effect {
    let right = seal.value(name).to_owned();
    let recased = swap_case(&right);
    let same = recased == right;
    seal.put(name, recased);
    match same {
        true => Effect::harmless("the value has no letters, so it is the same", Documented),
        false => Effect::refused(refusals, rule, Inferred),
    }
}

/// The same text with its ASCII letters in the other case.
pub(super) fn swap_case(text: &str) -> String {
    let swap = |letter: char| match letter.is_ascii_uppercase() {
        true => letter.to_ascii_lowercase(),
        false => letter.to_ascii_uppercase(),
    };
    text.chars().map(swap).collect()
}
