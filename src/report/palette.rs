//! Which styles a text uses; handed in, so that the writers know nothing of terminals.

use anstyle::{AnsiColor, Style};

/// The styles of a text, by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// As it should be.
    pub good: Style,
    /// A deviation, an error.
    pub bad: Style,
    /// Worth a look.
    pub warn: Style,
    /// Headings and names.
    pub strong: Style,
    /// What can be skipped.
    pub faint: Style,
}

impl Palette {
    /// No styles at all.
    pub const PLAIN: Self = Self {
        good: Style::new(),
        bad: Style::new(),
        warn: Style::new(),
        strong: Style::new(),
        faint: Style::new(),
    };

    /// The terminal's own colours.
    pub const COLOUR: Self = Self {
        good: AnsiColor::Green.on_default(),
        bad: AnsiColor::Red.on_default().bold(),
        warn: AnsiColor::Yellow.on_default(),
        strong: Style::new().bold(),
        faint: Style::new().dimmed(),
    };

    /// The text in a style.
    pub fn paint(style: Style, text: &str) -> String {
        format!("{style}{text}{style:#}")
    }
}
