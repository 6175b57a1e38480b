//! Records made into text: every format one file.
//!
//! Pure: a run hands over [`Event`]s as they happen; every report is a rendering of them, so that no two can disagree.
//! Start with [`record`], which has the events, [`Summary`], which counts them, and [`Standing`], which says how each
//! stands with the gate.

mod console;
mod digest;
mod events;
mod evidence;
mod format;
mod fuzzing;
mod gate;
mod html;
mod json;
mod junit;
mod listed;
mod palette;
mod reason;
mod record;
mod reference;
mod rerun;
#[cfg(test)]
mod sample;
mod shard;
mod standing;
mod summary;
mod text;

pub use console::{Console, write_console};
pub use digest::{LineDigest, Sha256Hex, digest_of_ids, digest_of_records};
pub use events::{EVENT_SCHEMA, ReadError, read_events, write_event};
pub use evidence::{Evidence, LONGEST_SHOWN, SeenReply, SentRequest};
pub use format::Format;
pub use fuzzing::fuzz_events;
pub use gate::{Figure, GateInfo, Threshold};
pub use html::write_html;
pub use json::write_json;
pub use junit::write_junit;
pub use listed::{Listed, ListedState};
pub use palette::Palette;
pub use reason::{Reason, ReasonCode};
pub use record::{
    Actual, Event, Finished, RowInfo, ScenarioRecord, Selection, Started, TargetInfo, ToolInfo, Verdict,
};
pub use reference::{NoReference, Reference, RowText, Sentence, TableText};
pub use shard::Shard;
pub use standing::{Outcome, Score, Standing, Standings, shown_percent};
pub use summary::{RowSummary, Summary, TableSummary, Totals};
pub use text::{padded, printable, width, wrapped};
