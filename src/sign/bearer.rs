//! The public half of a key after the word Bearer (RFC 6750 §2.1), without a signature.

use super::circumstances::{Circumstances, Lacking};
use super::key::KeyChoice;
use super::scheme::{Exposure, Scheme, Signature};
use crate::wire::Request;

/// The scheme's name.
pub const NAME: &str = "bearer";

/// The scheme.
#[derive(Debug)]
pub struct Bearer;

impl Scheme for Bearer {
    fn name(&self) -> &'static str {
        NAME
    }

    fn sign(
        &self,
        request: &mut Request,
        signature: &Signature,
        with: Circumstances<'_>,
    ) -> Result<Option<String>, Lacking> {
        let key = match signature.key {
            KeyChoice::Wrong => "a-key-that-nobody-was-given",
            _ => with.account.part("secret_id"),
        };
        request.set_header("Authorization", Some(&format!("Bearer {key}")));
        Ok(None)
    }

    fn exposure(&self) -> Exposure {
        Exposure { secret_headers: &["authorization"], ..Exposure::default() }
    }

    fn keys(&self) -> &'static [KeyChoice] {
        &[KeyChoice::Wrong]
    }
}
