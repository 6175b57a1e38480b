//! A signature in the making: the fields of its text before they are joined, and the key that signs them.

use crate::sign::{Circumstances, plaintext};

/// A signature in the making.
pub(super) struct EnvelopeWriter<'a> {
    /// The fields of the text in order.
    pub(super) fields: Vec<(String, String)>,
    /// What stands between them.
    pub(super) separator: &'static str,
    /// The key that signs.
    pub(super) secret_key: &'a str,
    /// Who asks, and when.
    pub(super) with: Circumstances<'a>,
}

impl<'a> EnvelopeWriter<'a> {
    /// The right signature of who asks.
    pub(super) fn of(with: Circumstances<'a>) -> Self {
        Self {
            fields: plaintext::fields(with, with.account.part("secret_id")),
            separator: "&",
            secret_key: with.account.part("secret_key"),
            with,
        }
    }

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
