//! A front around another front, which changes what that is asked or what it answers.

use std::sync::Arc;

use serde_json::Value;

use super::{Answer, Answering, Front, Head, Limits, Request, Telling, Verification};

/// What is done around a front. Whatever is not written here is the front's own affair.
pub(crate) trait FrontWrapper: Send + Sync {
    /// See [`Front::claims`].
    fn claims(&self, front: &dyn Front, head: &Head) -> bool {
        front.claims(head)
    }

    /// See [`Front::refuse`].
    fn refuse(&self, front: &dyn Front, head: &Head) -> Option<Answer> {
        front.refuse(head)
    }

    /// See [`Front::answer`].
    fn answer<'a>(&'a self, front: &'a dyn Front, request: Request) -> Answering<'a>;

    /// What becomes of an answer that was made outside of [`Self::answer`].
    fn told(&self, answer: Answer) -> Answer {
        answer
    }

    /// See [`Front::limits`].
    fn limits(&self, front: &dyn Front) -> Limits {
        front.limits()
    }
}

/// A front with a wrapper around it.
pub(crate) fn wrapped(front: Arc<dyn Front>, wrapper: impl FrontWrapper + 'static) -> Box<dyn Front> {
    Box::new(Wrapped { front, wrapper })
}

struct Wrapped<W> {
    front: Arc<dyn Front>,
    wrapper: W,
}

impl<W: FrontWrapper> Front for Wrapped<W> {
    fn name(&self) -> &'static str {
        self.front.name()
    }

    fn claims(&self, head: &Head) -> bool {
        self.wrapper.claims(&*self.front, head)
    }

    fn refuse(&self, head: &Head) -> Option<Answer> {
        self.wrapper.refuse(&*self.front, head).map(|answer| self.wrapper.told(answer))
    }

    fn body_limit(&self) -> u64 {
        self.front.body_limit()
    }

    fn answer(&self, request: Request) -> Answering<'_> {
        self.wrapper.answer(&*self.front, request)
    }

    fn panicked(&self) -> Answer {
        self.wrapper.told(self.front.panicked())
    }

    fn telling(&self) -> Telling {
        self.front.telling()
    }

    fn verify(&self, request: &Request) -> Option<Verification> {
        self.front.verify(request)
    }

    fn credentials(&self) -> Value {
        self.front.credentials()
    }

    fn secrets(&self) -> Vec<String> {
        self.front.secrets()
    }

    fn secret_of<'a>(&self, authorization: &'a str) -> &'a str {
        self.front.secret_of(authorization)
    }

    fn capabilities(&self) -> Vec<&'static str> {
        self.front.capabilities()
    }

    fn limits(&self) -> Limits {
        self.wrapper.limits(&*self.front)
    }

    fn faults(&self) -> Vec<&'static str> {
        self.front.faults()
    }
}
