//! A failing scenario carried out again.

use std::rc::Rc;

use lianpu_corpus::{CodePlace, Dialect, dialect};

use super::expiry::{SIGNATURE_OVER, expired, says_expired};
use super::file::{Bundle, ScenarioSubject};
use super::outcome::{Mode, ReplayError, Replayed};
use super::request::KeptRequest;
use super::seal::Seal;
use crate::judge::Finding;
use crate::report::{ReasonCode, ScenarioRecord, Verdict};
use crate::run::{AsSent, Purpose, Rehearsed, Script, Session, Trouble};
use crate::wire::write_lines;

/// Carries the scenario out again, the set-up too, and judges it as the run did.
///
/// Anew, everything is signed and named at this time, and what the target gives (tokens, ids of faces) is taken from its
/// answers. With the bytes that were sent then, only secrets and the host are put in.
pub(super) async fn replay(
    session: &Session,
    bundle: &Bundle,
    subject: &ScenarioSubject,
    mode: Mode,
) -> Result<Replayed, ReplayError> {
    let script = Script::parse(&subject.feature).map_err(ReplayError::NotSo)?;
    let named = script.tags.iter().find_map(|tag| tag.strip_prefix("dialect:")).unwrap_or_default();
    let dialect = dialect(named).map_err(|error| Trouble::SetUp(error.to_string()))?;
    let as_sent = match mode {
        Mode::Resign => None,
        Mode::Exact => Some(as_sent(bundle, subject)?),
    };
    let rehearsed = session.rehearse(&script, as_sent).await;
    if let Some(placeholder) = rehearsed.unfilled {
        return Err(ReplayError::Unfilled(placeholder));
    }
    concluded(bundle, &rehearsed, dialect, mode)
}

fn as_sent(bundle: &Bundle, subject: &ScenarioSubject) -> Result<AsSent, ReplayError> {
    if subject.mutated {
        let why = "requests with mutations cannot be sent as they were; use --resign";
        return Err(ReplayError::NotSo(why.to_owned()));
    }
    if subject.left_out > 0 {
        let why = format!("the bundle lacks {} of its requests; use --resign", subject.left_out);
        return Err(ReplayError::NotSo(why));
    }
    let sent = bundle.requests.iter().map(KeptRequest::bytes).collect::<Result<Vec<_>, _>>();
    let sent = sent.unwrap_or_default(); // looked at when the bundle was read
    Ok(AsSent {
        namespace: subject.namespace.clone(),
        moments: subject.moments.clone(),
        open: Rc::new(move |number, caller, request| match sent.get(number) {
            Some(bytes) => Seal::of(caller, request).open(bytes).map_err(|unfilled| unfilled.to_string()),
            // More is asked than was then: an earlier answer is another one.
            None => Ok(write_lines(request)),
        }),
    })
}

fn concluded(
    bundle: &Bundle,
    rehearsed: &Rehearsed,
    dialect: &Dialect,
    mode: Mode,
) -> Result<Replayed, ReplayError> {
    let Rehearsed { record, differing, .. } = rehearsed;
    let over = |why: String| Ok(Replayed::Over(why));
    let exact = mode == Mode::Exact;
    let judged =
        |code: &_| operations(bundle, &[Purpose::Judged]).any(|own| says_expired(code, dialect, own));
    let stale = format!(
        "{differing} of the {} requests name what the target gave then, or is made otherwise now; use --resign",
        bundle.requests.len()
    );
    let came = record.actual.as_ref().and_then(|actual| actual.code.as_ref());
    let why = record.reason.as_ref().map_or_else(String::new, ToString::to_string);
    match record.verdict {
        Verdict::Fail | Verdict::Flaky | Verdict::ExpectedFail => {
            let as_before = same(bundle, record);
            if exact && !as_before && came.is_some_and(judged) {
                return over(SIGNATURE_OVER.to_owned());
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
            if exact && set_up && quotes_expired(&why, bundle, dialect) {
                return over("a signature of the set-up has expired; use --resign".to_owned());
            }
            Err(Trouble::SetUp(why).into())
        }
    }
}

/// Whether it fails as it did: the same status, code and checks, whatever the words.
fn same(bundle: &Bundle, record: &ScenarioRecord) -> bool {
    let checks = |findings: &[Finding]| {
        let mut checks: Vec<_> = findings.iter().map(|finding| finding.check.as_str()).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    };
    record.actual == bundle.actual && checks(&record.findings) == checks(&bundle.findings)
}

/// The operations of the requests that were for one of these purposes.
fn operations<'b>(bundle: &'b Bundle, purposes: &'b [Purpose]) -> impl Iterator<Item = &'b str> {
    let requests = bundle.requests.iter().filter(move |request| purposes.contains(&request.purpose));
    requests.map(|request| request.operation.as_str())
}

/// Whether the answer that a reason quotes has such a code: in an answer of an operation of the set-up.
fn quotes_expired(reason: &str, bundle: &Bundle, dialect: &Dialect) -> bool {
    let packed: String = reason.split_whitespace().collect();
    let quotes = |operation: &str| {
        let names = code_names(dialect, operation);
        expired(dialect, operation).any(|code| {
            let code = serde_json::to_string(code).unwrap_or_default();
            let ended = |name: &&str| {
                [",", "}"].iter().any(|end| packed.contains(&format!("\"{name}\":{code}{end}")))
            };
            names.iter().any(ended)
        })
    };
    operations(bundle, &[Purpose::SetUp]).any(quotes)
}

/// The members of a JSON answer of the operation that may carry its code.
fn code_names<'d>(dialect: &'d Dialect, operation: &str) -> Vec<&'d str> {
    let envelope = dialect.operation(operation).and_then(|operation| dialect.envelope_of(operation));
    let places = envelope.into_iter().flat_map(|envelope| envelope.code.all());
    let name = |place: &'d CodePlace| match place {
        CodePlace::Pointer(pointer) => pointer.rsplit('/').next(),
        CodePlace::Header(_) => None,
    };
    places.filter_map(name).collect()
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
