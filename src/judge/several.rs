//! Several answers to the same request, of which one must have a code.

use super::{Answer, Came, Check, Expected, Finding, Judgement, Standard, judge, read};
use crate::wire::Reply;

/// At least one answer has the code; the others may say anything that is well formed. `Err`: why there was no reply.
pub fn judge_any(
    came: &[Result<&Reply, String>],
    expected: &Expected,
    standard: &Standard<'_>,
) -> Result<Judgement, Finding> {
    let judged = came.iter().flatten().map(|reply| judge(Came::Reply(reply), expected, standard));
    if let Some(judgement) = judged.into_iter().find(|judgement| judgement.findings.is_empty()) {
        return Ok(judgement);
    }
    let mut seen: Vec<_> = came
        .iter()
        .map(|came| match came {
            Ok(reply) => match read(reply, standard.dialect, standard.operation) {
                Answer { code: Some(code), .. } => code.to_string(),
                Answer { code: None, .. } => format!("HTTP {}", reply.status),
            },
            Err(why) => why.clone(),
        })
        .collect();
    seen.sort_unstable();
    seen.dedup();
    let own = expected.codes().into_iter().next().map_or_else(String::new, |own| own.to_string());
    let wanted = format!("{own} in one of {} answers", came.len());
    Err(Finding::new(Check::Code, wanted, seen.join(", ")))
}
