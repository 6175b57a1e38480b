//! A finding looked at closely: does it come again, and how little does it take?

use std::time::{Duration, Instant};

use super::known::FindingRecord;
use super::shrink::simpler;
use crate::bundle::{FindingKey, likeness};
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
    pub(super) key: FindingKey,
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

/// Sends again, then simpler and simpler plans, as long as the same comes, until it is `over`. A target that is gone is
/// asked nothing more: what it showed is kept.
pub(super) async fn examine(
    fixture: &mut Fixture,
    plan: &Plan,
    attempt: Attempt,
    over: &dyn Fn() -> bool,
) -> Examined {
    let Some(first) = foremost(&attempt.findings).cloned() else {
        unreachable!("only what deviates is examined");
    };
    let like = likeness(&first);
    let gone = attempt.gone;
    let mut best =
        Examined { plan: plan.clone(), key: FindingKey::of(plan, &first), attempt, confirmed: false };
    let (begun, mut spent) = (Instant::now(), 0);
    while !gone && !best.confirmed && spent < TRIES && begun.elapsed() < PATIENCE {
        spent += 1;
        match shows(fixture, plan, &like).await {
            Ok(Some(shown)) => best = shown,
            Ok(None) => {}
            Err(Gone) => return best,
        }
    }
    if !best.confirmed {
        return best;
    }
    'simpler: loop {
        for plan in simpler(&best.plan) {
            if spent == BUDGET || begun.elapsed() > PATIENCE || over() {
                break 'simpler;
            }
            spent += 1;
            match shows(fixture, &plan, &like).await {
                Ok(Some(shown)) => {
                    best = shown;
                    continue 'simpler;
                }
                Ok(None) => {}
                Err(Gone) => break 'simpler,
            }
        }
        break;
    }
    best
}

/// Nobody listens at the target any more.
struct Gone;

/// What a plan shows, if it is like that.
async fn shows(fixture: &mut Fixture, plan: &Plan, like: &(Check, String)) -> Result<Option<Examined>, Gone> {
    let attempt = match fixture.attempt(plan, ALL).await {
        Ok(attempt) => attempt,
        Err(Trouble::Gone(_)) => return Err(Gone),
        Err(_) => return Ok(None), // it cannot be sent here, so it shows nothing
    };
    let Some(finding) = attempt.findings.iter().find(|finding| likeness(finding) == *like) else {
        return Ok(None);
    };
    let key = FindingKey::of(plan, finding);
    Ok(Some(Examined { plan: plan.clone(), key, attempt, confirmed: true }))
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
