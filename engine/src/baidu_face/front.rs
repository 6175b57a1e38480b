//! What the front claims, and how it answers the server. It judges method and path itself, since an unknown one has a row of
//! its own; a body needs no declared length.

use serde_json::{Value, json};

use super::account::AppAccount;
use super::condition::Condition;
use super::fault::Fault;
use super::names::{NAME, OAUTH_PATH};
use super::operations::Operation;
use super::request::ApiRequest;
use super::section::BaiduFaceSection;
use super::state::BaiduFace;
use super::{gateway, spoilt};
use crate::front::{
    Answer, Answering, BodyError, Context, Front, FrontEntry, Head, Limits, Request, Section, SetupError,
    Telling, Verification, after_scheme,
};

/// The front as the list of all fronts names it.
pub(crate) const FRONT: FrontEntry =
    FrontEntry { name: NAME, documented: BaiduFaceSection::documented, open, defects: spoilt::ALL };

/// What stands before the paths of the cloud's interfaces and of a private deployment's.
const PREFIXES: [&str; 2] = ["/rest/", "/face-api/"];

/// What a signature of a cloud account begins with.
const SIGNED: &str = "bce-auth";

fn open(section: &dyn Section, context: &Context) -> Result<Box<dyn Front>, SetupError> {
    let section = section.get().ok_or(SetupError::NoSection(NAME))?;
    Ok(spoilt::opened(BaiduFace::new(section, context)?, &context.defects))
}

impl Front for BaiduFace {
    fn name(&self) -> &'static str {
        NAME
    }

    fn claims(&self, head: &Head) -> bool {
        let path = head.uri.path();
        let below = |prefix: &&str| path.strip_prefix(*prefix).is_some_and(|rest| !rest.is_empty());
        path == OAUTH_PATH || PREFIXES.iter().any(below)
    }

    fn body_limit(&self) -> u64 {
        self.settings.body_bytes
    }

    fn answer(&self, request: Request) -> Answering<'_> {
        Box::pin(async move {
            let body = match request.body {
                Ok(body) => Some(body),
                Err(BodyError::TooLarge) => return gateway::too_large(),
                Err(BodyError::Slow) => return gateway::timeout(),
                Err(BodyError::Broken) => None,
            };
            self.answer_one(ApiRequest::of(request.head, body)).await
        })
    }

    fn panicked(&self) -> Answer {
        self.refusal(Condition::InternalError)
    }

    fn telling(&self) -> Telling {
        Telling {
            codes: &["error_code", "error", "code"],
            messages: &["error_msg", "error_description", "message"],
        }
    }

    fn verify(&self, request: &Request) -> Option<Verification> {
        Operation::at(request.head.uri.path())?;
        Some(self.explain(&ApiRequest::of(request.head.clone(), request.body.clone().ok())))
    }

    /// The keys of the applications, and of each an access token whose time is over.
    fn credentials(&self) -> Value {
        let of_app = |account: &AppAccount| {
            let mut told = json!(account);
            told["expired_token"] = self.tokens.expired(&account.app_id, (self.clock)()).into();
            told
        };
        self.accounts.iter().map(of_app).collect()
    }

    fn secrets(&self) -> Vec<String> {
        self.accounts.iter().map(|account| account.secret_key.clone()).collect()
    }

    /// Of a signature in parts only the digest at its end is secret.
    fn secret_of<'a>(&self, authorization: &'a str) -> &'a str {
        let in_parts = authorization.starts_with(SIGNED) && !authorization.contains(' ');
        match authorization.rsplit_once('/').filter(|_| in_parts) {
            Some((_, digest)) => digest,
            None => after_scheme(authorization),
        }
    }

    fn capabilities(&self) -> Vec<&'static str> {
        let named = [("content-markers", true), ("test-citizens", !self.citizens.is_empty())];
        named.into_iter().filter(|(_, on)| *on).map(|(name, _)| name).collect()
    }

    fn limits(&self) -> Limits {
        self.limits.clone()
    }

    fn faults(&self) -> Vec<&'static str> {
        Fault::ALL.iter().map(|(name, _)| *name).collect()
    }
}
