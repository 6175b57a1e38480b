//! What every signature scheme can tell of itself and do, and how a signature is to be made by it.

use std::fmt;

use super::circumstances::{Circumstances, Lacking};
use super::damage::Damage;
use super::key::KeyChoice;
use super::rule::FieldRule;
use crate::wire::Request;

/// A signature scheme. Each stands in a file of its own and has a line in `registry`.
pub trait Scheme: Sync {
    /// Its name in dialects and steps.
    fn name(&self) -> &'static str;

    /// Puts the signature, key or token into the request; gives the text that was signed, where one was. Of what the
    /// signature asks, it does what it can (see [`Signature::check`]).
    fn sign(
        &self,
        request: &mut Request,
        signature: &Signature,
        with: Circumstances<'_>,
    ) -> Result<Option<String>, Lacking>;

    /// Where a request signed by it carries what nobody else may see.
    fn exposure(&self) -> Exposure;

    /// The fields of the signed text that "its signature says" can put to another value.
    fn fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether "its signature has the fields" can choose which of them are sent, and in which order.
    fn sends_chosen_fields(&self) -> bool {
        false
    }

    /// The keys that "its signature uses" can take besides the account's own.
    fn keys(&self) -> &'static [KeyChoice];

    /// What "its signature suffers" can do to a finished signature.
    fn damages(&self) -> &'static [Damage] {
        &[]
    }
}

/// Where a request signed by a scheme carries what nobody else may see, and what it need not hide.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exposure {
    /// Headers whose values are a signature, a key or a token; in lower case.
    pub secret_headers: &'static [&'static str],
    /// Parameters of the query whose values are.
    pub secret_query: &'static [&'static str],
    /// Headers that the scheme adds and that everybody may see; in lower case.
    pub plain_headers: &'static [&'static str],
}

/// How a signature is to be made. The default is a right one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Fields of the signed text put to another value before signing; see [`FieldRule`].
    pub says: Vec<FieldRule>,
    /// The fields to send, in order, instead of the scheme's own.
    pub form: Option<Vec<String>>,
    /// Whose key signs.
    pub key: KeyChoice,
    /// Another scheme than the dialect's own.
    pub scheme: Option<&'static dyn Scheme>,
    /// What is done to the finished signature.
    pub damage: Option<Damage>,
}

/// A scheme is asked for what it has not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsupported {
    /// The dialect signs nothing.
    #[error("the dialect names no signature scheme, so its requests have no signature")]
    Unsigned,
    /// Fields cannot be chosen.
    #[error("{0} has no fields that could be chosen")]
    Form(&'static str),
    /// A rule for a field that the scheme does not sign.
    #[error("{scheme} signs no field {field}; {}", known(.fields))]
    Field {
        /// The scheme.
        scheme: &'static str,
        /// The field that is asked for.
        field: String,
        /// Those that it has.
        fields: &'static [&'static str],
    },
    /// A key that the scheme cannot sign with.
    #[error("{scheme} cannot use {}; {}", .key.words(), known_keys(.keys))]
    Key {
        /// The scheme.
        scheme: &'static str,
        /// The key that is asked for.
        key: KeyChoice,
        /// Those that it can sign with.
        keys: &'static [KeyChoice],
    },
    /// A damage that the scheme cannot do.
    #[error("{scheme} cannot suffer {}; {}", .damage.words(), known_damages(.damages))]
    Damage {
        /// The scheme.
        scheme: &'static str,
        /// The damage that is asked for.
        damage: Damage,
        /// Those that it can do.
        damages: &'static [Damage],
    },
}

impl Signature {
    /// The last rule for a field: of several the last counts.
    pub fn rule(&self, field: &str) -> Option<&FieldRule> {
        self.says.iter().rev().find(|rule| rule.name == field)
    }

    /// Whether this can be made by the scheme that it names, else by the dialect's own.
    ///
    /// # Errors
    /// The first thing that the scheme cannot do, with what it can.
    pub fn check(&self, own: Option<&'static dyn Scheme>) -> Result<(), Unsupported> {
        if *self == Self::default() {
            return Ok(());
        }
        let scheme = self.scheme.or(own).ok_or(Unsupported::Unsigned)?;
        let name = scheme.name();
        if self.form.is_some() && !scheme.sends_chosen_fields() {
            return Err(Unsupported::Form(name));
        }
        let form = self.form.as_deref().unwrap_or_default();
        let is_signed = |field: &String| scheme.fields().contains(&field.as_str()) || form.contains(field);
        if let Some(rule) = self.says.iter().find(|rule| !is_signed(&rule.name)) {
            let fields = scheme.fields();
            return Err(Unsupported::Field { scheme: name, field: rule.name.clone(), fields });
        }
        if self.key != KeyChoice::Own && !scheme.keys().contains(&self.key) {
            return Err(Unsupported::Key { scheme: name, key: self.key, keys: scheme.keys() });
        }
        match self.damage.filter(|damage| !scheme.damages().contains(damage)) {
            Some(damage) => Err(Unsupported::Damage { scheme: name, damage, damages: scheme.damages() }),
            None => Ok(()),
        }
    }
}

fn known(words: &[&str]) -> String {
    if words.is_empty() { "it has none".to_owned() } else { format!("it has: {}", words.join(", ")) }
}

fn known_keys(keys: &[KeyChoice]) -> String {
    known(&keys.iter().map(|key| key.words()).collect::<Vec<_>>())
}

fn known_damages(damages: &[Damage]) -> String {
    known(&damages.iter().map(|damage| damage.words()).collect::<Vec<_>>())
}

impl fmt::Debug for dyn Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for dyn Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for dyn Scheme {}
