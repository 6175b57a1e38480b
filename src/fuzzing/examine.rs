//! A finding looked at closely: does it come again, and how little does it take?

use std::time::{Duration, Instant};

use super::known::{FindingRecord, Key, likeness};
use super::shrink::simpler;
use crate::judge::{Check, Finding};
use crate::mutate::Plan;
use crate::run::{Attempt, Care, Fixture, Trouble};

/// How often a finding is tried to be seen again.
const TRIES: usize = 3;

/// Requests that are spent on making one finding simpler.
const BUDGET: usize = 80;

/// Time that is spent on it: a target that hangs answers every one of them by its silence.
const PATIENCE: Duration = Duration::from_secs(15);

/// Everything is looked at.
const ALL: Care = Care { traces: true, again: true };

/// A finding as it is told.
#[derive(Debug)]
pub(super) struct Examined {
    pub(super) plan: Plan,
    pub(super) attempt: Attempt,
    pub(super) key: Key,
    pub(super) confirmed: bool,
}

/// The finding that stands for all of an attempt: what came instead of an answer, then the code, then the rest.
pub(super) fn foremost(findings: &[Finding]) -> Option<&Finding> {
    let rank = |finding: &&Finding| match finding.check {
        Check::Transport => 0,
        Check::Code => 1,
        Check::CodeType => 2,
        Check::Json => 3,
        Check::Status => 4,
        Check::Trace => 5,
        _ => 6,
    };
    findings.iter().min_by_key(rank)
}

/// Sends again, then simpler and simpler plans, as long as the same comes. A target that is gone is asked nothing.
pub(super) async fn examine(
    fixture: &mut Fixture,
    plan: &Plan,
    attempt: Attempt,
) -> Result<Examined, Trouble> {
    let Some(first) = foremost(&attempt.findings).cloned() else {
        unreachable!("only what deviates is examined");
    };
    let like = likeness(&first);
    let mut best = Examined { plan: plan.clone(), key: Key::of(plan, &first), attempt, confirmed: false };
    if best.attempt.gone {
        return Ok(best);
    }
    for _ in 0..TRIES {
        if let Some((attempt, finding)) = shows(fixture, plan, &like).await? {
            best.confirmed = true;
            best.key = Key::of(plan, &finding);
            best.attempt = attempt;
            break;
        }
    }
    if !best.confirmed {
        return Ok(best);
    }
    let (begun, mut spent) = (Instant::now(), 0);
    'simpler: loop {
        for plan in simpler(&best.plan) {
            if spent == BUDGET || begun.elapsed() > PATIENCE {
                break 'simpler;
            }
            spent += 1;
            if let Some((attempt, finding)) = shows(fixture, &plan, &like).await? {
                best = Examined { key: Key::of(&plan, &finding), plan, attempt, confirmed: true };
                continue 'simpler;
            }
        }
        break;
    }
    Ok(best)
}

/// What a plan shows, if it is like that.
async fn shows(
    fixture: &mut Fixture,
    plan: &Plan,
    like: &(Check, String),
) -> Result<Option<(Attempt, Finding)>, Trouble> {
    let attempt = match fixture.attempt(plan, ALL).await {
        Ok(attempt) => attempt,
        Err(Trouble::Gone(why)) => return Err(Trouble::Gone(why)),
        Err(_) => return Ok(None), // it cannot be sent here, so it shows nothing
    };
    let finding = attempt.findings.iter().find(|finding| likeness(finding) == *like).cloned();
    Ok(finding.map(|finding| (attempt, finding)))
}

impl Examined {
    /// The record of it.
    pub(super) fn record(&self, number: usize, case: u64, bundle: Option<String>) -> FindingRecord {
        let rules = self.attempt.mutant.effects.iter().map(|effect| effect.rule.clone());
        FindingRecord {
            number,
            key: self.key.clone(),
            why: rules.collect(),
            case,
            seen: 1,
            confirmed: self.confirmed,
            bundle,
        }
    }
}
