//! What the command's exit says.

use std::process::ExitCode;

/// What the command's exit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitStatus {
    /// Everything is as expected.
    AsExpected = 0,
    /// There are deviations; of `features --check`: a file is stale.
    Deviations = 1,
    /// A usage, configuration or catalogue error; nothing was sent.
    Usage = 2,
    /// The target cannot be reached, or refuses the authentication of a good request.
    Unreachable = 3,
    /// No deviation but stale or expired expectations.
    StaleExpectations = 4,
    /// Fewer scenarios ran than the canonical set has.
    FewerScenarios = 5,
    /// Interrupted from the keyboard.
    Interrupted = 130,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}
