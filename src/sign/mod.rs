//! Signatures: a scheme is one file here, one (or a folder) of mutators in `mutate::signature`, and a line in `registry`.
//!
//! Pure: the time, the nonce and the keys are arguments. The engine verifies with code of its own; both are held to the
//! vectors in the corpus, which neither of them made. [`Signature`] says how a signature is to be made, also wrongly;
//! [`scheme()`] finds a [`Scheme`] by the name that a dialect gives it. Start with [`sign`].

pub mod access_token;
pub mod bce_auth;
pub mod bearer;
mod circumstances;
mod damage;
mod key;
pub mod plaintext;
mod registry;
mod rule;
mod scheme;

pub use circumstances::{Circumstances, Lacking, NO_SECRET};
pub use damage::Damage;
pub use key::KeyChoice;
pub use registry::{
    SCHEMES, UnknownScheme, damage, damage_words, is_plain_header, is_secret_header, is_secret_query,
    of_dialect, scheme, scheme_names, schemes_of,
};
pub use rule::{FieldRule, FieldText, SignatureError};
pub use scheme::{Exposure, Scheme, Signature, Unsupported};

use crate::wire::Request;

/// Signs a request by the scheme that the signature asks for, else by the dialect's own, and gives the text that was signed,
/// where one was. `None` for the scheme: the dialect signs nothing, knowingly; a name that nobody knows is no scheme, and
/// never comes this far (see [`of_dialect`]).
pub fn sign(
    request: &mut Request,
    own: Option<&'static dyn Scheme>,
    signature: &Signature,
    with: Circumstances<'_>,
) -> Result<Option<String>, Lacking> {
    signature.scheme.or(own).map_or(Ok(None), |scheme| scheme.sign(request, signature, with))
}
