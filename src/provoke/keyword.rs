//! The keyword that a step follows.

use std::fmt;

/// The keyword that a step follows; And and But continue the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keyword {
    /// What is there before.
    Given,
    /// What is done.
    When,
    /// What is judged.
    Then,
}

impl Keyword {
    /// All of them, in the order of a scenario.
    pub const ALL: [Self; 3] = [Self::Given, Self::When, Self::Then];

    /// The word in Gherkin.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "Given",
            Self::When => "When",
            Self::Then => "Then",
        }
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
