//! A scenario carried out again: does the failure still show?

use std::rc::Rc;

use lianpu_corpus::{Code, CodePlace, ConditionClass, Dialect, Operation, dialect};

use super::bundle::{ScenarioBundle, seal};
use super::feature;
use crate::fuzzing::{Mode, ReplayError, Replayed};
use crate::report::{ReasonCode, ScenarioRecord, Verdict};
use crate::run::{AsSent, Purpose, Rehearsed, Session, Trouble};
use crate::wire::write_lines;

/// Carries a bundle's scenario out again, the set-up too, and judges it as the run did.
///
/// Anew, everything is signed and named at this time, and what the target gives (tokens, ids of faces) is taken from its
/// answers. With the bytes that were sent then, only secrets and the host are put in.
pub async fn replay(session: &Session, bundle: &ScenarioBundle, mode: Mode) -> Result<Replayed, ReplayError> {
    let script = feature::script(&bundle.feature).map_err(ReplayError::NotSo)?;
    let named = script.tags.iter().find_map(|tag| tag.strip_prefix("dialect:")).unwrap_or_default();
    let dialect = dialect(named).map_err(|error| Trouble::SetUp(error.to_string()))?;
    let as_sent = match mode {
        Mode::Resign => None,
        Mode::Exact => Some(as_sent(bundle)?),
    };
    let rehearsed = session.rehearse(&script, as_sent).await;
    if let Some(placeholder) = rehearsed.unfilled {
        return Err(ReplayError::Unfilled(placeholder));
    }
    concluded(bundle, &rehearsed, dialect, mode)
}

fn as_sent(bundle: &ScenarioBundle) -> Result<AsSent, ReplayError> {
    if bundle.mutated {
        let why = "requests with mutations cannot be sent as they were; use --resign";
        return Err(ReplayError::NotSo(why.to_owned()));
    }
    if bundle.left_out > 0 {
        let why = format!("the bundle lacks {} of its requests; use --resign", bundle.left_out);
        return Err(ReplayError::NotSo(why));
    }
    let sent: Vec<_> = bundle.requests.iter().map(super::bundle::Kept::bytes).collect();
    Ok(AsSent {
        namespace: bundle.namespace.clone(),
        moments: bundle.moments.clone(),
        open: Rc::new(move |number, caller, request| match sent.get(number) {
            Some(bytes) => seal(caller, request).open(bytes).map_err(|unfilled| unfilled.to_string()),
            // More is asked than was then: an earlier answer is another one.
            None => Ok(write_lines(request)),
        }),
    })
}

fn concluded(
    bundle: &ScenarioBundle,
    rehearsed: &Rehearsed,
    dialect: &Dialect,
    mode: Mode,
) -> Result<Replayed, ReplayError> {
    let Rehearsed { record, differing, .. } = rehearsed;
    let over = |why: String| Ok(Replayed::Over(why));
    let exact = mode == Mode::Exact;
    let stale = format!(
        "{differing} of the {} requests name what the target gave then, or is made otherwise now; use --resign",
        bundle.requests.len()
    );
    let came = record.actual.as_ref().and_then(|actual| actual.code.as_ref());
    let why = record.reason.as_ref().map_or_else(String::new, ToString::to_string);
    match record.verdict {
        Verdict::Fail | Verdict::ExpectedFail => {
            let as_before = same(bundle, record);
            if exact && !as_before && came.is_some_and(|code| says_expired(code, bundle, dialect)) {
                return over("the signature in these bytes has expired; use --resign".to_owned());
            }
            if exact && !as_before && *differing > 0 {
                return over(stale);
            }
            Ok(Replayed::StillThere(record.findings.clone()))
        }
        Verdict::Pass | Verdict::Tolerated | Verdict::UnexpectedPass if exact && *differing > 0 => {
            over(stale)
        }
        Verdict::Pass | Verdict::Tolerated | Verdict::UnexpectedPass => Ok(Replayed::Gone(words(record))),
        Verdict::NotProvoked => Err(ReplayError::Lacks(why)),
        Verdict::Indeterminate => {
            let set_up = record.reason.as_ref().is_some_and(|reason| reason.code == ReasonCode::SetUpFailed);
            if exact && set_up && quotes_expired(&why, dialect) {
                return over("a signature of the set-up has expired; use --resign".to_owned());
            }
            Err(Trouble::SetUp(why).into())
        }
    }
}

/// Whether it fails as it did: the same status, code and checks, whatever the words.
fn same(bundle: &ScenarioBundle, record: &ScenarioRecord) -> bool {
    let checks = |findings: &[crate::judge::Finding]| {
        let mut checks: Vec<_> = findings.iter().map(|finding| finding.check.as_str()).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    };
    record.actual == bundle.actual && checks(&record.findings) == checks(&bundle.findings)
}

/// What a target tells of bytes that are too old.
const EXPIRED: [ConditionClass; 1] = [ConditionClass::CredentialsExpired];

/// Whether the code says so as an answer of the judged operation.
fn says_expired(code: &Code, bundle: &ScenarioBundle, dialect: &Dialect) -> bool {
    let judged = bundle.requests.iter().rev().find(|kept| kept.purpose == Purpose::Judged);
    let operation = judged.and_then(|kept| dialect.operation(&kept.operation));
    operation.is_some_and(|operation| dialect.is_of_class(operation, code, &EXPIRED))
}

/// Whether the answer that a reason quotes has such a code: the reason of a set-up begins with its operation.
fn quotes_expired(reason: &str, dialect: &Dialect) -> bool {
    let asked =
        reason.split_once(" answered ").and_then(|(name, _)| dialect.operation(name.rsplit(' ').next()?));
    let packed: String = reason.split_whitespace().collect();
    let quotes = |operation: &Operation| {
        let rows = dialect.tables_of(operation).flat_map(|table| &table.rows);
        let mut rows = rows.filter(|row| dialect.is_of_class(operation, &row.code, &EXPIRED));
        let pointers = dialect.envelope_of(operation).into_iter().flat_map(|envelope| envelope.code.all());
        let names: Vec<_> = pointers
            .filter_map(|place| match place {
                CodePlace::Pointer(pointer) => pointer.rsplit('/').next(),
                CodePlace::Header(_) => None,
            })
            .collect();
        rows.any(|row| {
            let code = serde_json::to_string(&row.code).unwrap_or_default();
            let ends = |name: &&str| {
                [",", "}"].iter().any(|end| packed.contains(&format!("\"{name}\":{code}{end}")))
            };
            names.iter().any(ends)
        })
    };
    asked.is_some_and(quotes)
}

fn words(record: &ScenarioRecord) -> String {
    let came = match &record.actual {
        None => "no answer".to_owned(),
        Some(actual) => match &actual.code {
            Some(code) => format!("{code} with HTTP {}", actual.http),
            None => format!("HTTP {}", actual.http),
        },
    };
    let expected: Vec<_> = record.expected.iter().map(ToString::to_string).collect();
    format!("{came}, of {}", expected.join(" or "))
}
