//! Mutations of the signature: one file (or folder) a scheme, with its list and who carries it out.
//!
//! Each signs the request in the making as its mutation wants it, and says what that breaks. A scheme that nobody had before
//! gets its line in the table below. Start with [`SignatureMutation`].

pub mod access_token;
pub mod bce_auth;
pub mod bearer;
pub mod plaintext;
mod recase;

use arbitrary::{Arbitrary, Result, Unstructured};
use serde::{Deserialize, Serialize};

use super::making::Making;
use super::mutator::Mutator;
use crate::sign::{self, Lacking, Signature};

/// Defines the mutations of all schemes. Each line: the module here and in `sign`, and the list of its mutations.
macro_rules! schemes {
    ($( $module:ident: $scheme:ident($mutation:ident); )+) => {
        /// A mutation of the signature.
        #[derive(Debug, Clone, PartialEq, Arbitrary, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum SignatureMutation {
            $(
                #[doc = concat!("Of the scheme in `sign::", stringify!($module), "`.")]
                $scheme($module::$mutation),
            )+
        }

        impl SignatureMutation {
            /// The mutators of every scheme.
            pub const TABLES: &'static [&'static [Mutator]] = &[$($module::$mutation::TABLE),+];

            /// The name of the mutator.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$scheme(mutation) => mutation.name(), )+ }
            }

            /// Draws the parameters of the mutator of this name; `None`: there is none of this name here.
            pub fn draw(name: &str, bytes: &mut Unstructured<'_>) -> Result<Option<Self>> {
                $(
                    if let Some(mutation) = $module::$mutation::draw(name, bytes)? {
                        return Ok(Some(Self::$scheme(mutation)));
                    }
                )+
                Ok(None)
            }

            /// The name of the scheme.
            pub const fn scheme(&self) -> &'static str {
                match self { $( Self::$scheme(_) => sign::$module::NAME, )+ }
            }

            fn carry_out(&self, making: &mut Making<'_>) -> std::result::Result<(), Lacking> {
                match self { $( Self::$scheme(mutation) => $module::sign(mutation, making), )+ }
            }
        }
    };
}

schemes! {
    plaintext: Plaintext(PlaintextMutation);
    access_token: AccessToken(AccessTokenMutation);
    bce_auth: BceAuth(BceAuthMutation);
    bearer: Bearer(BearerMutation);
}

/// Signs the request in the making, rightly or as the mutation wants it. A mutation of a scheme that the dialect does not
/// take changes nothing.
pub(super) fn sign(
    mutation: Option<&SignatureMutation>,
    making: &mut Making<'_>,
) -> std::result::Result<(), Lacking> {
    let manifest = &making.ground.dialect.manifest;
    let is_taken =
        |mutation: &&SignatureMutation| sign::schemes_of(manifest).any(|name| name == mutation.scheme());
    if let Some(mutation) = mutation.filter(is_taken) {
        return mutation.carry_out(making);
    }
    let own = sign::of_dialect(manifest)?;
    let (right, with) = (Signature::default(), making.ground.circumstances());
    making.signed_text = sign::sign(&mut making.request, own, &right, with)?;
    Ok(())
}
