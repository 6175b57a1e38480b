//! The event stream: one JSON object a line, written as the run goes and read back into a summary.
//!
//! A line is written at once and whole, so that a killed run leaves at most its last line cut. Such a stream is read
//! as a partial run; anything else that is wrong is an error that names its line.

use std::io::{self, BufRead, Write};

use super::record::Event;
use super::summary::Summary;

/// The version of the stream's shape, told in its first line.
pub const EVENT_SCHEMA: u32 = 1;

/// A stream that is no run's.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing was written.
    #[error("the stream is empty; a run begins with a line {{\"event\":\"run-started\",…}}")]
    Empty,
    /// The bytes could not be had.
    #[error("line {line}: cannot be read")]
    Io {
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        source: io::Error,
    },
    /// A whole line that is no event.
    #[error("line {line}: not an event")]
    NotAnEvent {
        /// The line, from 1.
        line: usize,
        /// What the parser says, with the column.
        source: serde_json::Error,
    },
    /// Another version wrote it.
    #[error("line {line}: schema {found}, but this version reads schema {EVENT_SCHEMA}")]
    Schema {
        /// The line, from 1.
        line: usize,
        /// The stream's version.
        found: u32,
    },
    /// An event where it cannot be.
    #[error("line {line}: {what} {why}")]
    OutOfOrder {
        /// The line, from 1.
        line: usize,
        /// The event.
        what: &'static str,
        /// What would be right.
        why: &'static str,
    },
}

/// Writes one event as one line, in one call.
pub fn write_event(event: &Event, to: &mut impl Write) -> io::Result<()> {
    let mut line = serde_json::to_vec(event)?;
    line.push(b'\n');
    to.write_all(&line)
}

/// Reads a stream to its end. A last line that is cut in its middle is left out; the summary is then partial.
pub fn read_events(from: impl BufRead) -> Result<Summary, ReadError> {
    read(from, |_| {})
}

/// Reads a stream as [`read_events`] does, and keeps of each scenario only what its verdict says: no evidence, and of
/// findings the checks alone. So many runs fit into memory together.
pub fn read_verdicts(from: impl BufRead) -> Result<Summary, ReadError> {
    read(from, |event| {
        if let Event::Scenario(record) = event {
            record.evidence = None;
            for finding in &mut record.findings {
                (finding.expected, finding.actual) = (String::new(), String::new());
            }
            if let Some(reason) = &mut record.reason {
                reason.detail = None;
            }
        }
    })
}

fn read(mut from: impl BufRead, take: impl Fn(&mut Event)) -> Result<Summary, ReadError> {
    let mut summary = Summary::default();
    let mut text = Vec::new();
    for line in 1.. {
        text.clear();
        let read = from.read_until(b'\n', &mut text).map_err(|source| ReadError::Io { line, source })?;
        if read == 0 {
            return if line == 1 { Err(ReadError::Empty) } else { Ok(summary) };
        }
        if text.trim_ascii().is_empty() {
            continue;
        }
        let mut event = match serde_json::from_slice(&text) {
            Ok(event) => event,
            Err(error) if error.is_eof() && text.last() != Some(&b'\n') => return Ok(summary),
            Err(source) => return Err(ReadError::NotAnEvent { line, source }),
        };
        check_order(line, &event, &summary)?;
        take(&mut event);
        summary.push(event);
    }
    Ok(summary)
}

fn check_order(line: usize, event: &Event, before: &Summary) -> Result<(), ReadError> {
    let error = |what, why| Err(ReadError::OutOfOrder { line, what, why });
    match event {
        Event::RunStarted(started) if started.schema != EVENT_SCHEMA => {
            Err(ReadError::Schema { line, found: started.schema })
        }
        Event::RunStarted(_) if before.started.is_some() => {
            error("run-started", "stands twice; give one stream at a time")
        }
        Event::Scenario(_) if before.started.is_none() => {
            error("scenario", "before run-started; the stream's beginning is missing")
        }
        Event::RunFinished(_) if before.started.is_none() => {
            error("run-finished", "before run-started; the stream's beginning is missing")
        }
        _ if before.finished.is_some() => error("an event", "after run-finished, which is the last line"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::{Certainty, Code, Reach};
    use proptest::prelude::*;

    use super::*;
    use crate::judge::{Check, Finding};
    use crate::report::{
        Actual, Finished, GateInfo, Listed, ListedState, Reason, ReasonCode, RowInfo, ScenarioRecord,
        Selection, Started, TargetInfo, ToolInfo, Verdict, digest_of_ids, digest_of_records, sample,
    };

    fn written(events: &[Event]) -> Vec<u8> {
        let mut stream = Vec::new();
        for event in events {
            write_event(event, &mut stream).unwrap();
        }
        stream
    }

    #[test]
    fn the_sample_as_it_is_written() {
        let stream = String::from_utf8(written(&sample::events())).unwrap();
        sample::assert_snapshot("events.ndjson", &stream);
    }

    #[test]
    fn a_stream_cut_anywhere_is_a_partial_run() {
        let events = sample::events();
        let stream = written(&events);
        for end in 1..stream.len() - 1 {
            let summary = read_events(&stream[..end]).unwrap_or_else(|error| panic!("cut at {end}: {error}"));
            assert!(summary.partial(), "cut at {end}");
            let whole = stream[..end].split(|byte| *byte == b'\n').count() - 1;
            let seen = usize::from(summary.started.is_some()) + summary.scenarios.len();
            assert!(seen == whole || seen == whole + 1, "cut at {end}: {seen} events of {whole} lines");
        }
        assert!(!read_events(&stream[..]).unwrap().partial());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let events = sample::events();
        let message = |stream: &[u8]| read_events(stream).unwrap_err().to_string();
        let mut spoilt = written(&events[..2]);
        spoilt.extend_from_slice(b"{\"event\":\"scenario\",\"id\":7}\n");
        assert_eq!(message(&spoilt), "line 3: not an event");
        // A cut line in the middle of the stream is no cut stream.
        let mut torn = written(&events[..1]);
        torn.extend_from_slice(b"{\"event\":\"sc\n");
        torn.extend_from_slice(&written(&events[1..]));
        assert_eq!(message(&torn), "line 2: not an event");
        assert!(message(&written(&events[1..])).starts_with("line 1: scenario before run-started"));
        let twice = [&events[..1], &events[..1]].concat();
        assert!(message(&written(&twice)).starts_with("line 2: run-started stands twice"));
        let after = [&events[..], &events[1..2]].concat();
        assert!(message(&written(&after)).contains("after run-finished"));
        assert!(message(b"").contains("empty"));
        assert!(message(b"hello").starts_with("line 1: not an event"));
        let mut newer = events;
        if let Event::RunStarted(started) = &mut newer[0] {
            started.schema = 9;
        }
        assert_eq!(message(&written(&newer)), "line 1: schema 9, but this version reads schema 1");
    }

    fn code() -> impl Strategy<Value = Code> {
        prop_oneof![any::<i64>().prop_map(Code::Int), any::<String>().prop_map(Code::Text)]
    }

    fn reason() -> impl Strategy<Value = Reason> {
        (proptest::sample::select(ReasonCode::ALL.to_vec()), any::<Option<String>>())
            .prop_map(|(code, detail)| Reason { code, detail })
    }

    fn reach() -> impl Strategy<Value = Reach> {
        use Reach::{Fault, Load, None, Origin, Picture, State, Wire};
        proptest::sample::select(vec![Wire, State, Load, Origin, Picture, Fault, None])
    }

    fn finding() -> impl Strategy<Value = Finding> {
        let check = proptest::sample::select(vec![Check::Transport, Check::ContentType, Check::Trace]);
        (check, any::<String>(), any::<String>())
            .prop_map(|(check, expected, actual)| Finding::new(check, expected, actual))
    }

    /// Durations as they come from a clock: whole microseconds.
    fn quantity() -> impl Strategy<Value = f64> {
        (0_u32..).prop_map(|micros| f64::from(micros) / 1000.0)
    }

    prop_compose! {
        fn listed()(
            (entry, reason, expires) in any::<(String, String, String)>(),
            (issue, owner) in any::<(Option<String>, Option<String>)>(),
            state in proptest::sample::select(vec![ListedState::Stale, ListedState::Quarantined]),
        ) -> Listed {
            Listed { entry, state, reason, expires, issue, owner }
        }
    }

    prop_compose! {
        fn record()(
            id in any::<String>(),
            (row, op) in any::<(Option<String>, Option<String>)>(),
            reach in proptest::option::of(reach()),
            certainty in proptest::option::of(proptest::sample::select(
                vec![Certainty::Documented, Certainty::Recorded, Certainty::Inferred])),
            verdict in proptest::sample::select(Verdict::ALL.to_vec()),
            reason in proptest::option::of(reason()),
            expected in proptest::collection::vec(code(), 0..3),
            actual in proptest::option::of((any::<u16>(), proptest::option::of(code()))
                .prop_map(|(http, code)| Actual { http, code })),
            findings in proptest::collection::vec(finding(), 0..3),
            listed in proptest::option::of(listed()),
            ms in quantity(),
        ) -> ScenarioRecord {
            ScenarioRecord {
                attempts: None,
                id, row, op, reach, certainty, verdict, reason, expected, actual, findings, listed, ms,
                place: None,
                evidence: None,
                reproducer: None,
            }
        }
    }

    prop_compose! {
        fn started()(
            (name, version) in any::<(String, String)>(),
            (target, base_url, capabilities) in any::<(String, String, Vec<String>)>(),
            (seed, at_ms, selected) in any::<(u64, u64, Option<usize>)>(),
            rows in proptest::collection::vec(
                (any::<String>(), reach(), any::<Option<String>>())
                    .prop_map(|(id, reach, reason)| RowInfo { id, reach, reason }), 0..3),
        ) -> Started {
            Started {
                schema: EVENT_SCHEMA,
                tool: ToolInfo { name, version },
                target: TargetInfo { name: target, base_url, capabilities },
                asked: Vec::new(),
        filters: Vec::new(),
                seed, at_ms, selected, rows,
                selection: selected.map(|chosen| Selection {
                    canonical: chosen,
                    chosen,
                    digest: digest_of_ids([&*format!("{seed}")]),
                    shard: "2/3".parse().ok(),
                }),
                gate: GateInfo { require: "coverage>9.5%".parse().into_iter().collect(), expectations: Some(digest_of_ids([])), ..GateInfo::default() },
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            started in started(),
            scenarios in proptest::collection::vec(record(), 0..4),
            finished in proptest::option::of((any::<bool>(), quantity(), any::<Vec<String>>())
                .prop_map(|(partial, seconds, leftovers)| Finished {
                    partial, seconds, leftovers, left: Vec::new(), totals: None, digest: Some(digest_of_records(&[] as &[ScenarioRecord])),
                })),
        ) {
            let mut events = vec![Event::RunStarted(started.clone())];
            events.extend(scenarios.iter().cloned().map(Event::Scenario));
            events.extend(finished.clone().map(Event::RunFinished));
            let read = read_events(&written(&events)[..]).unwrap();
            prop_assert_eq!(read, Summary { started: Some(started), finished, scenarios });
        }
    }
}
