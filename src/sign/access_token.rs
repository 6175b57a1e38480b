//! An access token in the query, for which a key pair was exchanged before.

use super::circumstances::{Circumstances, Lacking};
use super::key::KeyChoice;
use super::scheme::{Exposure, Scheme, Signature};
use crate::wire::Request;

/// The scheme's name.
pub const NAME: &str = "access-token";

/// The parameter of the query.
pub const PARAMETER: &str = "access_token";

/// The scheme.
#[derive(Debug)]
pub struct AccessToken;

impl Scheme for AccessToken {
    fn name(&self) -> &'static str {
        NAME
    }

    fn sign(
        &self,
        request: &mut Request,
        signature: &Signature,
        with: Circumstances<'_>,
    ) -> Result<Option<String>, Lacking> {
        let token = match signature.key {
            KeyChoice::Own => with.token.ok_or(Lacking::Token)?.to_owned(),
            KeyChoice::Wrong => format!("{}0", with.token.ok_or(Lacking::Token)?),
            KeyChoice::Expired => {
                with.account.get("expired_token").map(str::to_owned).ok_or(Lacking::ExpiredToken)?
            }
            KeyChoice::OtherAccount | KeyChoice::Disabled => return Err(Lacking::Token),
        };
        request.set_query(PARAMETER, Some(&token));
        Ok(None)
    }

    fn exposure(&self) -> Exposure {
        // RFC 6750 and RFC 6749; the second stands in the request that asks for a token.
        Exposure { secret_query: &[PARAMETER, "client_secret"], ..Exposure::default() }
    }

    fn keys(&self) -> &'static [KeyChoice] {
        &[KeyChoice::Wrong, KeyChoice::Expired]
    }
}
