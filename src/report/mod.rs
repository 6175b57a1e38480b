//! Records made into text: every format one file.
//!
//! Pure: a run hands over [`Event`]s as they happen; every report is a rendering of them, so that no two can disagree.
//! Start with [`record`], which has the events, and [`Summary`], which counts them.

mod console;
mod events;
mod evidence;
mod fuzzing;
mod html;
mod json;
mod junit;
mod palette;
mod record;
mod rerun;
#[cfg(test)]
mod sample;
mod summary;
mod text;

pub use console::{Console, write_console};
pub use events::{EVENT_SCHEMA, ReadError, read_events, write_event};
pub use evidence::{Evidence, LONGEST_SHOWN, SeenReply, SentRequest};
pub use fuzzing::fuzz_events;
pub use html::write_html;
pub use json::write_json;
pub use junit::write_junit;
pub use palette::Palette;
pub use record::{
    Actual, Event, Finished, Reason, RowInfo, ScenarioRecord, Started, TargetInfo, ToolInfo, Verdict,
};
pub use summary::{RowSummary, Summary, TableSummary, Totals};
pub use text::{padded, printable, width, wrapped};
