//! Records made into text: every format one file.
//!
//! Pure: a run hands over [`Event`]s as they happen; every report is a rendering of them, so that no two can disagree.
//! Start with [`record`], which has the events, [`Summary`], which counts them, and [`Standing`], which says how each
//! stands with the gate; [`Format`] names the renderings.

mod badge;
mod console;
mod cucumber;
mod diff;
mod diff_view;
mod digest;
mod events;
mod evidence;
mod format;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod gate;
mod github;
mod html;
mod json;
mod junit;
mod listed;
mod markdown;
mod matrix;
mod merge;
mod palette;
mod reason;
mod record;
mod reference;
mod rerun;
#[cfg(test)]
mod sample;
mod sarif;
mod score;
mod shard;
mod standing;
mod summary;
mod tap;
mod text;
mod totals;
mod verdict;
mod verify;

pub use badge::write_badge;
pub use console::{Console, write_console};
pub use cucumber::write_cucumber;
pub use diff::{Diff, Pair, diff};
pub use diff_view::{DiffView, write_diff_console, write_diff_markdown};
pub use digest::{LineDigest, Sha256Hex, digest_of_bytes, digest_of_ids, digest_of_records};
pub use events::{EVENT_SCHEMA, ReadError, read_events, read_verdicts, write_event};
pub use evidence::{Evidence, LONGEST_SHOWN, SeenReply, SentRequest};
pub use format::Format;
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::fuzz_events;
pub use gate::{Figure, GateInfo, Threshold};
pub use github::write_github;
pub use html::write_html;
pub use json::write_json;
pub use junit::write_junit;
pub use listed::{Listed, ListedState};
pub use markdown::write_markdown;
pub use matrix::{
    Cell, Lines, Matrix, matrix, write_matrix_console, write_matrix_html, write_matrix_markdown,
};
pub use merge::{MergeError, Merged, merge};
pub use palette::Palette;
pub use reason::{Reason, ReasonCode};
pub use record::{
    Actual, BUNDLED, Event, Finished, Leftover, RowInfo, ScenarioPlace, ScenarioRecord, Selection, Started,
    TargetInfo, ToolInfo,
};
pub use reference::{NoReference, Reference, RowText, Sentence, TableText};
pub use sarif::write_sarif;
pub use score::{Score, shown_percent};
pub use shard::Shard;
pub use standing::{Outcome, Standing, Standings};
pub use summary::{RowSummary, Summary, TableSummary};
pub use tap::write_tap;
pub use text::{cut, padded, printable, width, wrapped, wrapped_figures};
pub use totals::Totals;
pub use verdict::Verdict;
pub use verify::{Discrepancy, NoReport, verify_events, verify_json};
