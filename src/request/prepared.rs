//! A request that is written and signed, and not sent yet.

use crate::sign::{self, Circumstances, Lacking, Scheme, Signature};
use crate::wire::Request;

/// A request that is written and signed, and not sent yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The request.
    pub request: Request,
    /// The text that was signed, where somebody keeps it.
    pub signed_text: Option<String>,
}

impl Prepared {
    /// Signs a request that is written, by the dialect's scheme or the one that the signature asks for.
    pub fn sign(
        mut request: Request,
        own: Option<&'static dyn Scheme>,
        signature: &Signature,
        with: Circumstances<'_>,
        keeps_text: bool,
    ) -> Result<Self, Lacking> {
        let text = sign::sign(&mut request, own, signature, with)?;
        Ok(Self { request, signed_text: text.filter(|_| keeps_text) })
    }
}
