//! What the front claims, and how it answers the server.

use hyper::{Method, header};
use serde_json::{Value, json};

use super::condition::Condition;
use super::fault::Fault;
use super::names::NAME;
use super::operations::Operation;
use super::section::TencentCiSection;
use super::state::TencentCi;
use super::{gateway, spoilt};
use crate::front::{
    Answer, Answering, BodyError, Context, Front, FrontEntry, Head, Limits, Request, Section, SetupError,
    Telling, Verification,
};

/// The front as the list of all fronts names it.
pub(crate) const FRONT: FrontEntry =
    FrontEntry { name: NAME, documented: TencentCiSection::documented, open, defects: spoilt::ALL };

/// What stands before the name of an operation.
const PREFIX: &str = "/face/";

fn open(section: &dyn Section, context: &Context) -> Result<Box<dyn Front>, SetupError> {
    let section = section.get().ok_or(SetupError::NoSection(NAME))?;
    Ok(spoilt::opened(TencentCi::new(section, context)?, &context.defects))
}

impl Front for TencentCi {
    fn name(&self) -> &'static str {
        NAME
    }

    fn claims(&self, head: &Head) -> bool {
        head.uri.path().starts_with(PREFIX)
    }

    fn refuse(&self, head: &Head) -> Option<Answer> {
        let has_length = head.headers.contains_key(header::CONTENT_LENGTH)
            || head.headers.contains_key(header::TRANSFER_ENCODING);
        if Operation::at(head.uri.path()).is_none() {
            Some(gateway::unknown_path())
        } else if head.method != Method::POST {
            Some(gateway::method_not_allowed())
        } else if !has_length {
            Some(gateway::length_required())
        } else {
            None
        }
    }

    fn body_limit(&self) -> u64 {
        self.bounds.body_bytes
    }

    fn answer(&self, request: Request) -> Answering<'_> {
        Box::pin(async move {
            let Some(operation) = Operation::at(request.head.uri.path()) else {
                return gateway::unknown_path();
            };
            match request.body {
                Ok(body) => self.answer_whole(operation, &request.head.headers, &body).await,
                Err(BodyError::TooLarge) => self.refusal(Condition::BodyTooLarge),
                Err(BodyError::Slow) => gateway::timeout(),
                Err(BodyError::Broken) => self.refusal(Condition::BadRequest),
            }
        })
    }

    fn panicked(&self) -> Answer {
        self.refusal(Condition::InternalError)
    }

    fn telling(&self) -> Telling {
        Telling { codes: &["code"], messages: &["message"] }
    }

    fn verify(&self, request: &Request) -> Option<Verification> {
        Operation::at(request.head.uri.path()).map(|_| self.explain(&request.head.headers))
    }

    fn credentials(&self) -> Value {
        json!(self.accounts)
    }

    fn secrets(&self) -> Vec<String> {
        let keys = self.accounts.iter().flat_map(|account| {
            let disabled = account.disabled.as_ref().map(|pair| &pair.secret_key);
            [Some(&account.secret_key), disabled].into_iter().flatten()
        });
        keys.cloned().collect()
    }

    fn limits(&self) -> Limits {
        self.limits.clone()
    }

    fn faults(&self) -> Vec<&'static str> {
        Fault::ALL.iter().map(|(name, _)| *name).collect()
    }
}
