//! Whether the signature that a scenario asks for can be made by its scheme.

use super::scenario::Scenario;
use super::step::Step;
use crate::sign::{Scheme, Signature, Unsupported};

/// Checks the steps on the signature against the scheme that they name, else the dialect's own.
pub(super) fn check(scenario: &Scenario, own: Option<&'static dyn Scheme>) -> Result<(), Unsupported> {
    let mut signature = Signature::default();
    let on_signature = |(_, text): &&(_, String)| text.starts_with("its signature ");
    for (kind, text) in scenario.sentences.iter().filter(on_signature) {
        match Step::parse(*kind, text) {
            Ok(Step::SignatureScheme(scheme)) => signature.scheme = Some(scheme),
            Ok(Step::SignatureSays(rules)) => signature.says = rules,
            Ok(Step::SignatureForm(form)) => signature.form = Some(form),
            Ok(Step::SignatureKey(key)) => signature.key = key,
            Ok(Step::SignatureDamage(damage)) => signature.damage = Some(damage),
            _ => {} // what cannot be read is told elsewhere
        }
    }
    signature.check(own)
}
