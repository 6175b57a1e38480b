//! Records made into text: every format one file.
//!
//! Pure: a run hands over [`Event`]s as they happen; every report is a rendering of them, so that no two can disagree.
//! Start with [`record`](self::record), which has the events, and [`Summary`], which counts them.

mod record;
mod summary;

pub use record::{
    Actual, Event, Finished, Reason, RowInfo, ScenarioRecord, Started, TargetInfo, ToolInfo, Verdict,
};
pub use summary::{RowSummary, Summary, TableSummary, Totals};
