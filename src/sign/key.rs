//! Whose key signs, in the words of steps.

/// Whose key signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyChoice {
    /// The account's own.
    #[default]
    Own,
    /// The other account's key pair: its public half is named, its secret half signs.
    OtherAccount,
    /// The account's disabled key pair.
    Disabled,
    /// The account's public half is named, but another secret signs; or a token that was never given out.
    Wrong,
    /// A token whose time is over.
    Expired,
}

impl KeyChoice {
    /// The words of every choice, as they stand in steps after "its signature uses". Which of them a scheme can do, the
    /// scheme says.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("the key of the second account", Self::OtherAccount),
        ("the disabled key", Self::Disabled),
        ("a wrong key", Self::Wrong),
        ("an expired token", Self::Expired),
    ];

    /// Reads the words.
    pub fn parse(words: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == words).map(|(_, choice)| *choice)
    }

    /// The words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Own => "its own key",
            Self::OtherAccount => Self::WORDS[0].0,
            Self::Disabled => Self::WORDS[1].0,
            Self::Wrong => Self::WORDS[2].0,
            Self::Expired => Self::WORDS[3].0,
        }
    }
}
