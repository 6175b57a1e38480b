//! Whether the signature that a scenario asks for can be made by its scheme.

use super::scenario::Scenario;
use super::step::Step;
use crate::sign::{Scheme, Signature, Unsupported};

/// Checks the steps on the signature against the scheme that they name, else the dialect's own.
pub(super) fn check(scenario: &Scenario, own: Option<&'static dyn Scheme>) -> Result<(), Unsupported> {
    let mut signature = Signature::default();
    for step in &scenario.steps {
        match step {
            Step::SignatureScheme { scheme } => signature.scheme = Some(*scheme),
            Step::SignatureSays { rules } => signature.says.clone_from(rules),
            Step::SignatureForm { fields } => signature.form = Some(fields.clone()),
            Step::SignatureKey { key } => signature.key = *key,
            Step::SignatureDamage { damage } => signature.damage = Some(*damage),
            _ => {}
        }
    }
    signature.check(own)
}
