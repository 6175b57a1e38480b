//! How much of what gates was judged, and how much of it deviates.

use serde::{Deserialize, Serialize};

/// Two figures that are never summed, over the statements that gate. What is quarantined counts as not judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The scenarios of statements that gate.
    pub total: usize,
    /// Those that were judged: coverage is `judged / total`.
    pub judged: usize,
    /// Those that deviate, known deviations too: divergence is `diverging / total`.
    pub diverging: usize,
}

impl Score {
    /// Deviations in percent of all.
    pub fn divergence(&self) -> f64 {
        percent(self.diverging, self.total)
    }

    /// What was judged in percent of all.
    pub fn coverage(&self) -> f64 {
        percent(self.judged, self.total)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

/// A percentage for a reader: a tenth, but never rounded to a whole that it is not.
pub fn shown_percent(part: usize, whole: usize) -> String {
    let exact = percent(part, whole);
    let shown = match () {
        () if part > 0 && exact < 0.1 => "< 0.1".to_owned(),
        () if part < whole && exact > 99.9 => "> 99.9".to_owned(),
        () => format!("{exact:.1}"),
    };
    format!("{shown} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_never_rounded_to_all_or_nothing() {
        assert_eq!(shown_percent(0, 10), "0.0 %");
        assert_eq!(shown_percent(1, 100_000), "< 0.1 %");
        assert_eq!(shown_percent(99_999, 100_000), "> 99.9 %");
        assert_eq!(shown_percent(2, 3), "66.7 %");
    }
}
