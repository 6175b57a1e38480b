//! Why a scenario ends without a judgement.

use std::fmt::{self, Display};

use lianpu_corpus::Code;

use super::pictures::PictureError;
use crate::report::{Reason, ReasonCode, Verdict};
use crate::request::{SetUpError, UnknownWord};

/// Why a scenario ends without a judgement.
#[derive(Debug)]
pub(super) struct Blocked(pub(super) Verdict, pub(super) Reason);

impl Display for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.fmt(f)
    }
}

impl Blocked {
    /// The step cannot be carried out: our fault, or the feature file's.
    pub(super) fn step(why: &dyn Display) -> Self {
        Self(Verdict::Indeterminate, Reason::with(ReasonCode::StepUnknown, why.to_string()))
    }

    /// The target did not do what the set-up needs.
    pub(super) fn set_up(why: String) -> Self {
        Self(Verdict::Indeterminate, Reason::with(ReasonCode::SetUpFailed, why))
    }

    /// The target refused the request for its rate as long as we asked.
    pub(super) fn rate_limited(code: &Code) -> Self {
        let why = format!("refused with {code} again and again; a lower --rate may help");
        Self(Verdict::Indeterminate, Reason::with(ReasonCode::RateLimited, why))
    }

    /// The target lacks something.
    pub(super) fn needs(what: &dyn Display) -> Self {
        Self(Verdict::NotProvoked, Reason::needs(&what.to_string()))
    }
}

impl From<SetUpError> for Blocked {
    fn from(error: SetUpError) -> Self {
        if error.is_of_catalogue() { Self::step(&error) } else { Self::set_up(error.to_string()) }
    }
}

impl From<UnknownWord> for Blocked {
    fn from(error: UnknownWord) -> Self {
        Self::step(&error)
    }
}

impl From<PictureError> for Blocked {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Scene(error) => Self::step(&error),
            PictureError::Album(error) => {
                Self(Verdict::NotProvoked, Reason::with(ReasonCode::NeedsDrawnPortrait, error.to_string()))
            }
        }
    }
}
