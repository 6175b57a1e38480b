//! The contract between the server and a vendor's interface.
//!
//! A front claims requests by their head, reads them, and answers them in its vendor's words. The server around it carries
//! connections, bounds bodies and catches panics; it knows no vendor and reads no answer. What a front has of its own
//! stands in its folder, and one file ([`crate::fronts`]) names all fronts.
//!
//! Must not know: vendors, the server, the configuration as a whole. Start with [`Front`]; what a front is given besides
//! requests is [`Context`] and its [`Section`] of the configuration; the other files are tools that several fronts need.

mod answer;
mod condition;
mod context;
mod defect;
mod entry;
pub mod fault_header;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod json;
pub mod multipart;
mod rate;
mod request;
mod section;
mod setup;
mod telling;
mod verification;
mod wrapped;

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

pub use answer::Answer;
pub(crate) use condition::conditions;
pub use context::{Clock, Context};
pub(crate) use defect::defects;
pub use defect::{Defect, Defects};
pub use entry::{FrontEntry, OpenFront};
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::{fuzz_multipart, fuzz_multipart_meaning};
pub use json::read_json;
pub use rate::RateLimits;
pub use request::{BodyError, Head, Request};
pub use section::{Limits, Section, Sections};
pub use setup::SetupError;
pub use telling::Telling;
pub use verification::{SignatureStage, Verification};
pub(crate) use wrapped::{FrontWrapper, wrapped};

/// An answer that is being made.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// A vendor's interface: the requests that it claims and what it answers to them.
pub trait Front: Send + Sync {
    /// What it is called: the name of its dialect, such as the ready line lists accounts under.
    fn name(&self) -> &'static str;

    /// Whether a request is for this front, by path, host or header. The first front that claims a request gets it; what
    /// nobody claims is answered with a plain 404.
    fn claims(&self, head: &Head) -> bool;

    /// The answer to a request whose head alone is refused, so that its body is not read.
    fn refuse(&self, head: &Head) -> Option<Answer> {
        let _ = head;
        None
    }

    /// The most bytes of a body.
    fn body_limit(&self) -> u64;

    /// Answers one request. A body that was too long, too slow or broken stands in [`Request::body`] as its error: the
    /// front has its own words for each. The connection is closed after such an answer.
    fn answer(&self, request: Request) -> Answering<'_>;

    /// The answer after a panic in [`Self::answer`].
    fn panicked(&self) -> Answer;

    /// By which names its answers tell what became of a request.
    fn telling(&self) -> Telling;

    /// What is found of a request's signature, for those who write clients; uses nothing up. Nothing where the front would
    /// not ask for one.
    fn verify(&self, request: &Request) -> Option<Verification>;

    /// What a client must know to be believed: the accounts as the ready line has them.
    fn credentials(&self) -> Value;

    /// The secret halves of all keys, and whatever else must not get into a record.
    fn secrets(&self) -> Vec<String>;

    /// What is secret of the text of an `Authorization` header: all that follows its scheme, unless the front knows better.
    fn secret_of<'a>(&self, authorization: &'a str) -> &'a str {
        after_scheme(authorization)
    }

    /// What it can besides answering, in the words of the ready line's `capabilities`.
    fn capabilities(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The limits in force by name, as the ready line has them.
    fn limits(&self) -> Limits {
        Limits::new()
    }

    /// The names of the failures that the fault hook can ask it for.
    fn faults(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// What follows the first word of an authorization, or all of it where it is one word.
pub fn after_scheme(authorization: &str) -> &str {
    let text = authorization.trim();
    text.split_once(' ').map_or(text, |(_, rest)| rest)
}
