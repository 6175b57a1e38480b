//! What to do next: at most one hint of each kind, each naming its command.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::layout::{Console, wrapped_under};
use crate::report::reason::{Reason, ReasonCode};
use crate::report::rerun::taken_up;
use crate::report::summary::Summary;
use crate::report::text::printable;
use crate::report::verdict::Verdict;
use crate::shell::quoted;

/// More leftovers are counted only.
const LEFTOVERS: usize = 5;

/// What a target must get so that scenarios with this reason can be judged.
const REMEDIES: &[(ReasonCode, &str)] = &[
    (
        ReasonCode::NeedsFaultHook,
        "start the target with its fault hook on and give it the capability fault-hook",
    ),
    (
        ReasonCode::NeedsFaceNets,
        "give the target the capability face-nets where it finds and compares real faces",
    ),
    (
        ReasonCode::NeedsOrigin,
        "let the target fetch from this machine (`lianpu serve --allow-private-urls`): capability origin, and `origin` in lianpu.toml",
    ),
    (
        ReasonCode::NeedsSecondAccount,
        "give a second account: second_account in lianpu.toml, or LIANPU_…_SECOND_…",
    ),
    (ReasonCode::NeedsDisabledKey, "give the account a disabled key: disabled_secret_id_env in lianpu.toml"),
    (ReasonCode::NeedsRateLimit, "give the account's requests_per_second in lianpu.toml"),
    (
        ReasonCode::NeedsDrawnPortrait,
        "photographs do not show it; run these rows without --faces, or add photographs and landmarks",
    ),
    (ReasonCode::NeedsLoweredLimit, "lower the target's limit and say so under limits in lianpu.toml"),
    (ReasonCode::StepUnknown, "`lianpu list steps` shows every step there is"),
];

pub(super) fn write(summary: &Summary, console: &Console, to: &mut impl Write) -> io::Result<()> {
    if let Some(finished) = &summary.finished {
        for line in finished.leftovers.iter().take(LEFTOVERS) {
            wrapped_under(&format!("left over {}", printable(line)), console, to)?;
        }
        if let Some(more @ 1..) = finished.leftovers.len().checked_sub(LEFTOVERS) {
            writeln!(to, "left over and {more} more")?;
        }
        let events = console.reports.iter().find(|(format, _)| format == "events");
        if let Some((_, events)) = events.filter(|_| !finished.left.is_empty()) {
            wrapped_under(&format!("left over `lianpu tidy {}` deletes it", quoted(events)), console, to)?;
        }
    }
    for hint in hints(summary, console) {
        wrapped_under(&format!("hint      {hint}"), console, to)?;
    }
    Ok(())
}

fn hints(summary: &Summary, console: &Console) -> Vec<String> {
    let (mut hints, totals) = (Vec::new(), summary.totals());
    let deviates = |verdict| matches!(verdict, Verdict::Fail | Verdict::Flaky | Verdict::UnexpectedPass);
    if let Some(record) = summary.scenarios.iter().find(|record| deviates(record.verdict)) {
        let id = printable(&record.id);
        hints.push(format!("`lianpu explain {id}` shows the documents' text and the request"));
        if console.reports.is_empty() {
            hints.push("`--report json=PATH` or `--report junit=PATH` keeps all of it in a file".to_owned());
        }
    }
    if let Some((_, events)) = console.reports.iter().find(|(format, _)| format == "events") {
        let taken_up = |option| taken_up(option, events, summary.started.as_ref());
        if summary.partial() {
            hints.push(format!("`{}` goes on where this ended", taken_up("--resume")));
        } else if totals.failing() + totals.indeterminate > 0 {
            hints.push(format!("`{}` runs again what failed", taken_up("--rerun")));
        }
    }
    if summary.standings().weaker > 0 {
        hints.push("`--gate-on inferred` makes what deviates from weaker statements count too".to_owned());
    }
    let open = summary.scenarios.iter().find(|record| record.verdict == Verdict::Indeterminate);
    if let Some((record, reason)) = open.and_then(|record| Some((record, record.reason.as_ref()?))) {
        hints.push(printable(&format!("indeterminate, for one: {}: {reason}", record.id)));
    }
    let lacking: BTreeSet<_> =
        summary.scenarios.iter().filter_map(|record| lacking(record.reason.as_ref()?)).collect();
    if !lacking.is_empty() {
        let names: Vec<_> = lacking.iter().map(|name| format!("\"{}\"", printable(name))).collect();
        hints.push(format!("not offered by the target; in lianpu.toml: without = [{}]", names.join(", ")));
    }
    let reasons: BTreeSet<_> =
        summary.scenarios.iter().filter_map(|record| record.reason.as_ref()).map(|r| r.code).collect();
    let remedies = REMEDIES.iter().filter(|(reason, _)| reasons.contains(reason));
    hints.extend(remedies.map(|(reason, remedy)| format!("{reason}: {remedy}")));
    hints
}

/// The operation that the target does not offer, as the detail of the reason begins.
fn lacking(reason: &Reason) -> Option<&str> {
    let detail = reason.detail.as_deref().filter(|_| reason.code == ReasonCode::OperationNotOffered)?;
    detail.split_once(':').map(|(operation, _)| operation)
}
