//! What may fail a run: how certain a statement must be, and the figures that must be met.

use std::fmt;
use std::str::FromStr;

use lianpu_corpus::Certainty;
use serde::{Deserialize, Serialize};

use super::digest::Sha256Hex;
use super::score::Score;

/// What may fail a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateInfo {
    /// The weakest certainty whose deviations fail the run; each includes the stronger ones.
    pub on: Certainty,
    /// The figures that must be met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<Threshold>,
    /// Of the expectations file's bytes, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expectations: Option<Sha256Hex>,
}

/// One figure and its bound, such as `divergence<1%`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Threshold {
    /// Which figure.
    pub figure: Figure,
    relation: Relation,
    percent: f64,
}

/// A figure of a run, in percent of its scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Deviations, known ones too.
    Divergence,
    /// What was judged at all.
    Coverage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Less,
    AtMost,
    More,
    AtLeast,
}

const FIGURES: [(&str, Figure); 2] = [("divergence", Figure::Divergence), ("coverage", Figure::Coverage)];
/// The longer ones first.
const RELATIONS: [(&str, Relation); 4] =
    [("<=", Relation::AtMost), (">=", Relation::AtLeast), ("<", Relation::Less), (">", Relation::More)];

impl Default for GateInfo {
    /// Everything gates.
    fn default() -> Self {
        Self { on: Certainty::Inferred, require: Vec::new(), expectations: None }
    }
}

impl GateInfo {
    /// Whether a statement so certain gates; what no table states always does.
    pub fn covers(&self, certainty: Option<Certainty>) -> bool {
        certainty.is_none_or(|certainty| certainty <= self.on)
    }

    /// Whether a bound is set for the figure.
    pub fn bounds(&self, figure: Figure) -> bool {
        self.require.iter().any(|threshold| threshold.figure == figure)
    }

    /// The bounds that a score misses.
    pub fn missed(&self, score: &Score) -> Vec<Threshold> {
        self.require.iter().copied().filter(|threshold| !threshold.is_met(score)).collect()
    }
}

impl Threshold {
    /// Whether a score meets it. Where nothing ran, nothing is met.
    pub fn is_met(&self, score: &Score) -> bool {
        let number = match self.figure {
            Figure::Divergence => score.diverging,
            Figure::Coverage => score.judged,
        };
        // number / total against percent / 100, without a division
        let (left, right) = (number as f64 * 100.0, self.percent * score.total as f64);
        score.total > 0
            && match self.relation {
                Relation::Less => left < right,
                Relation::AtMost => left <= right,
                Relation::More => left > right,
                Relation::AtLeast => left >= right,
            }
    }

    /// Reads a list with commas: `divergence<1%,coverage>95%`.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, String> {
        text.split(',').map(|part| part.trim().parse()).collect()
    }
}

impl Figure {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        FIGURES.iter().find(|(_, figure)| *figure == self).map_or("", |(word, _)| word)
    }
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| {
            Err(format!("no bound {text:?}: {why}; write such as 'divergence<1%' or 'coverage>95%'"))
        };
        let Some(end) = text.find(['<', '>']) else { return wrong("it has no < or >") };
        let (word, rest) = text.split_at(end);
        let Some((_, figure)) = FIGURES.iter().find(|(known, _)| *known == word.trim()) else {
            return wrong("the figures are divergence and coverage");
        };
        let Some((sign, relation)) = RELATIONS.iter().find(|(sign, _)| rest.starts_with(sign)) else {
            return wrong("the signs are <, <=, > and >=");
        };
        let Some(number) = rest[sign.len()..].trim().strip_suffix('%') else {
            return wrong("the number ends with %");
        };
        let percent = number.trim().parse::<f64>().ok().filter(|percent| (0.0..=100.0).contains(percent));
        let Some(percent) = percent else { return wrong("the number is from 0 to 100") };
        Ok(Self { figure: *figure, relation: *relation, percent })
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign =
            RELATIONS.iter().find(|(_, relation)| *relation == self.relation).map_or("", |(sign, _)| sign);
        write!(f, "{}{sign}{}%", self.figure.as_str(), self.percent)
    }
}

impl TryFrom<String> for Threshold {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Threshold> for String {
    fn from(threshold: Threshold) -> Self {
        threshold.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(text: &str, judged: usize, diverging: usize, total: usize) -> bool {
        text.parse::<Threshold>().unwrap().is_met(&Score { total, judged, diverging })
    }

    #[test]
    fn bounds_are_exact_at_their_edges() {
        assert!(met("divergence<1%", 1000, 9, 1000) && !met("divergence<1%", 1000, 10, 1000));
        assert!(met("divergence<=1%", 1000, 10, 1000) && !met("divergence<=1%", 1000, 11, 1000));
        assert!(met("coverage>95%", 951, 0, 1000) && !met("coverage>95%", 950, 0, 1000));
        assert!(met("coverage>=95%", 950, 0, 1000) && !met("coverage >= 95 %", 949, 0, 1000));
        assert!(met("coverage>=100%", 3, 0, 3) && met("divergence<=0%", 3, 0, 3));
        assert!(!met("divergence<=100%", 0, 0, 0), "nothing ran");
    }

    #[test]
    fn what_is_written_is_read_back_and_mistakes_are_named() {
        let both = Threshold::parse_all("divergence<0.5%, coverage>=95%").unwrap();
        assert_eq!(
            both.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["divergence<0.5%", "coverage>=95%"]
        );
        let json = serde_json::to_string(&both).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Threshold>>(&json).unwrap(), both);
        for (wrong, why) in [
            ("divergence", "no < or >"),
            ("speed<1%", "the figures are divergence and coverage"),
            ("coverage>95", "ends with %"),
            ("coverage>195%", "from 0 to 100"),
            ("coverage>NaN%", "from 0 to 100"),
            ("coverage><1%", "from 0 to 100"),
            ("", "no < or >"),
        ] {
            let error = Threshold::parse_all(wrong).unwrap_err();
            assert!(error.contains(why), "{wrong}: {error}");
        }
    }

    #[test]
    fn each_certainty_includes_the_stronger_ones() {
        use Certainty::{Documented, Inferred, Recorded};
        let covers = |on, certainty| GateInfo { on, ..GateInfo::default() }.covers(certainty);
        assert!(covers(Documented, Some(Documented)) && covers(Documented, None));
        assert!(!covers(Documented, Some(Recorded)) && !covers(Recorded, Some(Inferred)));
        assert!(covers(Recorded, Some(Documented)) && covers(Inferred, Some(Inferred)));
    }
}
