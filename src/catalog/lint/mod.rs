//! What is odd in the tables of a dialect.
//!
//! Every check is one file and gives findings with table, row, file and line. Much of what is odd is the vendor's own and
//! stays as it is: a dialect says so in `lint.toml`, with a reason, and only what is left is for somebody to mend. Nothing here
//! touches files. Start with [`lint`].

mod codes;
mod finding;
mod messages;
mod typos;
mod vendor;

use lianpu_corpus::Dialect;

pub use finding::{Finding, LintKind, Places};
pub use vendor::{VendorMark, read_marks};

/// Everything that is odd, in the order of files and lines; what is marked as the vendor's own carries the reason.
pub fn lint(dialect: &Dialect, places: &Places, marks: &[VendorMark]) -> Vec<Finding> {
    let mut findings = Vec::new();
    codes::duplicates(dialect, places, &mut findings);
    codes::two_meanings(dialect, places, &mut findings);
    codes::unknown(dialect, places, &mut findings);
    codes::twins(dialect, places, &mut findings);
    messages::missing(dialect, places, &mut findings);
    messages::shared(dialect, places, &mut findings);
    typos::likely(dialect, places, &mut findings);
    vendor::mark(&mut findings, marks, places);
    let order = |finding: &Finding| places.order(&finding.file);
    findings.sort_by_key(|finding| (order(finding), finding.line, finding.kind));
    findings
}
