//! An endpoint badge of shields.io: the two figures, never summed.

use std::io::{self, Write};

use serde_json::json;

use super::score::shown_percent;
use super::standing::Outcome;
use super::summary::Summary;

/// Writes the badge's JSON.
pub fn write_badge(summary: &Summary, to: &mut impl Write) -> io::Result<()> {
    let score = summary.score();
    let outcome = summary.outcome();
    let message = format!(
        "{} divergence, {} coverage",
        shown_percent(score.diverging, score.total),
        shown_percent(score.judged, score.total)
    );
    let colour = match outcome {
        _ if summary.partial() => "lightgrey",
        Outcome::AsExpected if score.diverging == 0 => "brightgreen",
        Outcome::AsExpected => "green",
        Outcome::StaleExpectations => "yellow",
        Outcome::FewerScenarios => "lightgrey",
        Outcome::Deviations => "red",
    };
    let label = summary.started.as_ref().map_or("lianpu", |started| started.target.name.as_str());
    let badge = json!({
        "schemaVersion": 1,
        "label": label,
        "message": message,
        "color": colour,
        "isError": outcome == Outcome::Deviations,
    });
    serde_json::to_writer_pretty(&mut *to, &badge)?;
    to.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn badge(summary: &Summary) -> serde_json::Value {
        let mut text = Vec::new();
        write_badge(summary, &mut text).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn the_figures_stand_apart() {
        let badge = badge(&sample::summary());
        assert_eq!(badge["message"], "16.7 % divergence, 66.7 % coverage");
        assert_eq!((&badge["color"], &badge["label"]), (&json!("red"), &json!("staging")));
    }

    #[test]
    fn only_a_whole_run_as_expected_is_green() {
        let mut summary = sample::summary();
        summary.scenarios.truncate(1);
        summary.started.as_mut().unwrap().selected = Some(1);
        assert_eq!(badge(&summary)["color"], "brightgreen");
        summary.started.as_mut().unwrap().selected = Some(2);
        assert_eq!(badge(&summary)["color"], "lightgrey");
        summary.started.as_mut().unwrap().selected = Some(1);
        summary.finished = None;
        assert_eq!(badge(&summary)["color"], "lightgrey");
    }
}
