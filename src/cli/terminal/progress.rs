//! How a run comes on: a bar on a terminal; elsewhere a line now and then, so that a log stays short.

use std::fmt;
use std::io::{IsTerminal, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::report::{Verdict, printable};

/// The least time between two lines where there is no terminal.
const PAUSE: Duration = Duration::from_secs(10);

/// Shows how a run comes on, on standard error.
#[derive(Debug)]
pub struct Progress {
    counts: Counts,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    Bar(ProgressBar),
    Lines(Lines),
    Silent,
}

/// What was judged so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    total: usize,
    done: usize,
    green: usize,
    fail: usize,
    other: usize,
}

/// When the next line is due.
#[derive(Debug)]
struct Lines {
    last: Instant,
}

impl Progress {
    /// Begins with so many scenarios to come; `quiet` shows nothing at all.
    pub fn new(total: usize, quiet: bool) -> Self {
        let shape = match () {
            () if quiet => Shape::Silent,
            () if std::io::stderr().is_terminal() => Shape::Bar(bar(total)),
            () => Shape::Lines(Lines { last: Instant::now() }),
        };
        Self { counts: Counts { total, ..Counts::default() }, shape }
    }

    /// Counts one scenario.
    pub fn add(&mut self, verdict: Verdict) {
        self.counts.add(verdict);
        match &mut self.shape {
            Shape::Bar(bar) => {
                bar.set_position(self.counts.done as u64);
                bar.set_message(self.counts.words());
            }
            Shape::Lines(lines) => {
                if lines.due(Instant::now()) {
                    print(&self.counts.to_string());
                }
            }
            Shape::Silent => {}
        }
    }

    /// Writes a diagnostic without disturbing the bar.
    pub fn note(&self, note: &str) {
        match &self.shape {
            Shape::Bar(bar) => bar.suspend(|| print(note)),
            Shape::Lines(_) | Shape::Silent => print(note),
        }
    }

    /// Takes the bar away; what is written after it begins on a line of its own.
    pub fn finish(self) {
        if let Shape::Bar(bar) = self.shape {
            bar.finish_and_clear();
        }
    }
}

impl Counts {
    fn add(&mut self, verdict: Verdict) {
        self.done += 1;
        match verdict {
            verdict if verdict.is_green() => self.green += 1,
            Verdict::Fail | Verdict::Flaky | Verdict::UnexpectedPass => self.fail += 1,
            _ => self.other += 1,
        }
    }

    fn words(&self) -> String {
        format!("{} pass, {} fail, {} not judged", self.green, self.fail, self.other)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}: {}", self.done, self.total, self.words())
    }
}

impl Lines {
    fn due(&mut self, now: Instant) -> bool {
        let due = now.saturating_duration_since(self.last) >= PAUSE;
        if due {
            self.last = now;
        }
        due
    }
}

fn bar(total: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg} {elapsed}")
        .expect("the template has known placeholders only");
    ProgressBar::new(total as u64).with_style(style)
}

/// A progress line that cannot be written is not worth ending a run for.
fn print(line: &str) {
    let _ = writeln!(super::stderr(), "{}", printable(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_terminal_at_most_one_line_in_ten_seconds() {
        let start = Instant::now();
        let mut lines = Lines { last: start };
        let due: Vec<_> = (1..=40).filter(|s| lines.due(start + Duration::from_secs(*s))).collect();
        assert_eq!(due, [10, 20, 30, 40]);
    }

    #[test]
    fn only_green_is_counted_as_pass() {
        let mut counts = Counts { total: 8, ..Counts::default() };
        for verdict in Verdict::ALL {
            counts.add(verdict);
        }
        assert_eq!(counts.to_string(), "8 of 8: 2 pass, 3 fail, 3 not judged");
    }

    #[test]
    fn the_bar_has_a_sound_template() {
        bar(3).finish_and_clear();
    }
}
