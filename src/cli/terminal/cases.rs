//! How a campaign comes on: a line on a terminal that is written anew; elsewhere a line now and then.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// The least time between two states shown on a terminal.
const OFTEN: Duration = Duration::from_millis(200);

/// The least time between two lines where there is no terminal.
const SELDOM: Duration = Duration::from_secs(10);

/// Shows how a campaign comes on, on standard error.
#[derive(Debug)]
pub struct Cases {
    bar: Option<ProgressBar>,
    quiet: bool,
    begun: Instant,
    /// The cases of earlier parts of the campaign.
    before: u64,
    shown: Instant,
}

impl Cases {
    /// Begins, `before` cases having been done; `quiet` shows nothing at all.
    pub fn new(before: u64, quiet: bool) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let style =
                ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("known placeholders");
            ProgressBar::new_spinner().with_style(style)
        });
        let now = Instant::now();
        Self { bar, quiet, begun: now, before, shown: now }
    }

    /// Shows so many cases and findings, if it is time.
    pub fn show(&mut self, cases: u64, findings: usize) {
        let pause = if self.bar.is_some() { OFTEN } else { SELDOM };
        if self.quiet || self.shown.elapsed() < pause {
            return;
        }
        self.shown = Instant::now();
        let line = words(cases, cases.saturating_sub(self.before), findings, self.begun.elapsed());
        match &self.bar {
            Some(bar) => {
                bar.set_message(line);
                bar.tick();
            }
            // A progress line that cannot be written is not worth ending a campaign for.
            None => drop(writeln!(super::stderr(), "{line}")),
        }
    }

    /// Takes the line away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn words(cases: u64, own: u64, findings: usize, took: Duration) -> String {
    let rate = own as f64 / took.as_secs_f64().max(0.001);
    let findings = if findings == 1 { "1 finding".to_owned() } else { format!("{findings} findings") };
    format!("{cases} cases, {rate:.0}/s, {findings}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_that_of_this_part() {
        assert_eq!(words(1200, 200, 1, Duration::from_secs(2)), "1200 cases, 100/s, 1 finding");
        assert_eq!(words(0, 0, 0, Duration::ZERO), "0 cases, 0/s, 0 findings");
    }

    #[test]
    fn the_line_has_a_sound_template() {
        let mut cases = Cases::new(0, false);
        cases.show(1, 1);
        cases.finish();
    }
}
