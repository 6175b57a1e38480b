//! The signature that carries its text: fields, then text, digest, envelope, header. A mutation spoils one of the steps.

use super::super::making::Making;
use super::{SignatureMutation, envelope, fields, header, tenant};
use crate::sign::plaintext;
use crate::sign::{Circumstances, Lacking};

/// A signature in the making.
pub(super) struct Seal<'a> {
    /// The fields of the text in order.
    pub(super) fields: Vec<(String, String)>,
    /// What stands between them.
    pub(super) separator: &'static str,
    /// The key that signs.
    pub(super) secret_key: &'a str,
    /// Who asks, and when.
    pub(super) with: Circumstances<'a>,
}

impl Seal<'_> {
    /// The value of a field.
    pub(super) fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Puts the value of a field.
    pub(super) fn put(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.fields.push((name.to_owned(), value)),
        }
    }

    /// The text that the fields make.
    pub(super) fn text(&self) -> String {
        let fields: Vec<_> = self.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        fields.join(self.separator)
    }
}

/// Signs the request in the making.
pub(super) fn sign(mutation: Option<&SignatureMutation>, making: &mut Making<'_>) -> Result<(), Lacking> {
    let with = making.ground.circumstances();
    let mut seal = Seal {
        fields: plaintext::fields(with, with.account.part("secret_id")),
        separator: "&",
        secret_key: with.account.part("secret_key"),
        with,
    };
    let mut effects = Vec::new();
    if let Some(mutation) = mutation {
        effects.extend(fields::change(mutation, &mut seal));
        effects.extend(tenant::change(mutation, &mut seal)?);
    }
    let (sealed, effect) = envelope::seal(mutation, &seal);
    effects.extend(effect);
    making.signed_text = Some(String::from_utf8_lossy(&sealed.signed).into_owned());
    effects.extend(header::carry(mutation, &sealed.envelope, making));
    if let Some(SignatureMutation::Replayed { times }) = mutation {
        making.sent_before = u32::from(*times);
    }
    if let Some(SignatureMutation::OneTimeReplayed {}) = mutation {
        making.sent_before = 1;
    }
    making.effects.extend(effects);
    Ok(())
}
