//! The levels of quality and liveness control.

/// How strict a control is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Nothing is checked.
    #[default]
    None,
    /// Only the worst is refused.
    Low,
    /// In between.
    Normal,
    /// Only the best passes.
    High,
}

impl Level {
    /// The level of this name, in capitals as the documents write them.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "NONE" => Some(Self::None),
            "LOW" => Some(Self::Low),
            "NORMAL" => Some(Self::Normal),
            "HIGH" => Some(Self::High),
            _ => None,
        }
    }

    /// Which of three columns is the level's; `None` has none.
    pub(super) fn column(self) -> Option<usize> {
        match self {
            Self::None => None,
            Self::Low => Some(0),
            Self::Normal => Some(1),
            Self::High => Some(2),
        }
    }
}
