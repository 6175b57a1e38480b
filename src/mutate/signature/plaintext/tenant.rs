//! Mutations of who signs, for which bucket and file, and how often the signature may be used.

use lianpu_corpus::Certainty::{Documented, Inferred, Recorded};
use lianpu_corpus::ConditionClass as Class;

use super::super::recase::swap_case;
use super::fields::{NO_BUCKET, NO_KEY, NOBODY, bound_to_a_file};
use super::mutation::PlaintextMutation as Is;
use super::signing::EnvelopeWriter;
use crate::mutate::effect::Effect;
use crate::sign::{Lacking, NO_SECRET};

/// The file of signatures that are bound to one.
const FILE: &str = "lianpu.jpg";

/// Changes who signs as the mutation wants it, if it is one of these.
pub(super) fn change(mutation: &Is, writer: &mut EnvelopeWriter<'_>) -> Result<Option<Effect>, Lacking> {
    let other = || writer.with.other.ok_or(Lacking::SecondAccount);
    let effect = match mutation {
        Is::AppidUnknown {} => {
            writer.put("a", NOBODY);
            let refusals = &[Class::TenantUnknown, Class::TenantMismatch, Class::CredentialsMisdirected];
            let rule = "nobody has this appid; it is also not that of the body, nor that of the key";
            Effect::refused(refusals, rule, Documented)
        }
        Is::AppidOfOther {} => {
            let appid = other()?.part("appid").to_owned();
            writer.put("a", appid);
            let refusals = &[Class::TenantMismatch, Class::CredentialsMisdirected];
            Effect::refused(
                refusals,
                "the key is not the tenant's, nor is the tenant that of the body",
                Documented,
            )
        }
        Is::SignedByOther {} => {
            let other = other()?;
            writer.secret_key = other.part("secret_key");
            for (name, part) in [("a", "appid"), ("b", "bucket"), ("k", "secret_id")] {
                writer.put(name, other.part(part));
            }
            let rule = "a right signature of another tenant than that of the body";
            Effect::refused([Class::CredentialsMisdirected], rule, Documented)
        }
        Is::KeyOfOther {} => {
            let other = other()?;
            writer.secret_key = other.part("secret_key");
            writer.put("k", other.part("secret_id"));
            Effect::refused([Class::TenantMismatch], "the key belongs to another tenant", Documented)
        }
        Is::KeyUnknown {} => {
            writer.put("k", NO_KEY);
            Effect::refused([Class::CredentialsUnknown], "nobody has this key", Documented)
        }
        Is::KeyRecased {} => {
            recased(writer, "k", &[Class::CredentialsUnknown], "the name of a key counts as it is written")
        }
        Is::KeyDisabled {} => {
            let pair = writer.with.account.disabled.as_ref().ok_or(Lacking::DisabledKey)?;
            writer.secret_key = pair.part("secret_key");
            writer.put("k", pair.part("secret_id"));
            let rule = "keys can be disabled singly; the documents do not name the code";
            Effect::refused([Class::CredentialsUnknown, Class::CredentialsWrong], rule, Inferred)
        }
        Is::SecretWrong {} => {
            writer.secret_key = NO_SECRET;
            Effect::refused([Class::CredentialsWrong], "the digest is not that of the key", Documented)
        }
        Is::BucketUnknown {} => {
            writer.put("b", NO_BUCKET);
            Effect::refused([Class::CredentialsMisdirected, Class::SpaceUnknown], BUCKET, Documented)
        }
        Is::BucketOfOther {} => {
            let bucket = other()?.part("bucket").to_owned();
            writer.put("b", bucket);
            Effect::refused([Class::CredentialsMisdirected, Class::SpaceUnknown], BUCKET, Documented)
        }
        Is::BucketRecased {} => {
            recased(writer, "b", &[Class::CredentialsMisdirected, Class::SpaceUnknown], BUCKET)
        }
        Is::FileBound {} => {
            writer.put("f", FILE);
            bound_to_a_file()
        }
        Is::OneTime {} => {
            for (name, value) in [("e", "0"), ("f", FILE)] {
                writer.put(name, value);
            }
            let refusals = &[
                Class::CredentialsMalformed,
                Class::CredentialsExpired,
                Class::CredentialsMisdirected,
                Class::CredentialsWrong,
            ];
            let rule =
                "these operations want signatures for many uses; what one for one use gets, no document says";
            Effect::refused_or_taken(refusals, rule, Inferred)
        }
        Is::OneTimeUnbound {} => {
            writer.put("e", "0");
            let refusals = &[Class::CredentialsMalformed, Class::CredentialsExpired, Class::CredentialsWrong];
            Effect::refused(refusals, "a signature for one use must be bound to a file", Documented)
        }
        Is::OneTimeReplayed {} => {
            for (name, value) in [("e", "0"), ("f", FILE)] {
                writer.put(name, value);
            }
            let refusals = &[
                Class::CredentialsReplayed,
                Class::CredentialsMalformed,
                Class::CredentialsExpired,
                Class::CredentialsMisdirected,
                Class::CredentialsWrong,
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
fn recased(writer: &mut EnvelopeWriter<'_>, name: &str, refusals: &[Class], rule: &str) -> Effect {
    let right = writer.value(name).to_owned();
    let recased = swap_case(&right);
    let same = recased == right;
    writer.put(name, recased);
    match same {
        true => Effect::harmless("the value has no letters, so it is the same", Documented),
        false => Effect::refused(refusals, rule, Inferred),
    }
}
