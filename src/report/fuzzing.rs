//! The body of the fuzz target on event streams.

use crate::report::{Event, Format, NoReference, Summary, read_events, write_event};

/// Reads any bytes as a stream. What is read can be told in every format, and reads the same when it is written again;
/// what is not is refused with the line.
pub fn fuzz_events(data: &[u8]) {
    let mut summary = match read_events(data) {
        Ok(summary) => summary,
        Err(error) => {
            let text = error.to_string();
            assert!(text.starts_with("line ") || data.is_empty(), "{text}");
            return;
        }
    };
    without_times(&mut summary);
    for format in Format::ALL {
        format.write(&summary, &NoReference, &mut std::io::sink()).expect("a sink takes everything");
    }
    if let Some(again) = written(&summary) {
        assert_eq!(
            read_events(&again[..]).ok().as_ref(),
            Some(&summary),
            "{}",
            String::from_utf8_lossy(&again)
        );
    }
}

/// Times are no whole numbers, and a number with a fraction may differ in its last digit once it was text.
fn without_times(summary: &mut Summary) {
    for record in &mut summary.scenarios {
        record.ms = 0.0;
        if let Some(reply) = record.evidence.as_mut().and_then(|evidence| evidence.reply.as_mut()) {
            reply.ms = 0.0;
        }
    }
    if let Some(finished) = &mut summary.finished {
        finished.seconds = 0.0;
    }
}

/// The stream; none for a summary of nothing but blank lines.
fn written(summary: &Summary) -> Option<Vec<u8>> {
    let Summary { started, finished, scenarios } = summary.clone();
    let mut events = vec![Event::RunStarted(started?)];
    events.extend(scenarios.into_iter().map(Event::Scenario));
    events.extend(finished.map(Event::RunFinished));
    let mut stream = Vec::new();
    for event in &events {
        write_event(event, &mut stream).expect("memory takes everything");
    }
    Some(stream)
}
