//! The deviations, each with all that is needed to understand and repeat it.

use lianpu_corpus::Code;
use serde::Serialize;

use super::mark::mark;
use super::pictures::Pictures;
use crate::report::evidence::{SeenReply, SentRequest};
use crate::report::record::{ScenarioRecord, Started};
use crate::report::reference::{Reference, RowText};
use crate::report::rerun::{replay, rerun};
use crate::report::summary::Summary;
use crate::report::text::printable;
use crate::report::verdict::Verdict;

/// Bytes that the deviations may take in all; the page stays quick, and the event stream has them all.
const MOST_BYTES: usize = 1_500_000;

/// One scenario that is not as it should be.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    id: String,
    verdict: &'static str,
    mark: &'static str,
    certainty: Option<&'static str>,
    reach: Option<String>,
    expected: Vec<String>,
    got: String,
    findings: Vec<[String; 3]>,
    reason: Option<String>,
    /// The vendor's own words.
    row: Option<RowWords>,
    steps: Vec<[String; 2]>,
    pictures: Vec<Picture>,
    request: Option<RequestView>,
    reply: Option<ReplyView>,
    command: Option<String>,
    replay: Option<String>,
}

#[derive(Debug, Serialize)]
struct RowWords {
    code: String,
    meaning: String,
    gloss: String,
    remedy: Option<String>,
    message: Option<String>,
    source: String,
}

#[derive(Debug, Serialize)]
struct Picture {
    scene: String,
    /// A `data:` address; absent where the scene is drawn no more.
    address: Option<String>,
}

#[derive(Debug, Serialize)]
struct RequestView {
    line: String,
    headers: Vec<(String, String)>,
    fields: Vec<(String, String)>,
    body_bytes: usize,
    body: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReplyView {
    status: u16,
    content_type: Option<String>,
    body: String,
    ms: String,
}

/// The deviations that the page has room for, and how many more there are.
pub(super) fn failures(summary: &Summary, reference: &dyn Reference) -> (Vec<Failure>, usize) {
    let bad = |record: &&ScenarioRecord| {
        matches!(
            record.verdict,
            Verdict::Fail
                | Verdict::Flaky
                | Verdict::UnexpectedPass
                | Verdict::ExpectedFail
                | Verdict::Indeterminate
        )
    };
    let mut records: Vec<_> = summary.scenarios.iter().filter(bad).collect();
    // Deviations first: what could not be judged must not push them off the page.
    records.sort_by_key(|record| match record.verdict {
        Verdict::Fail => 0,
        Verdict::Flaky => 1,
        Verdict::UnexpectedPass => 2,
        Verdict::ExpectedFail => 3,
        _ => 4,
    });
    let mut pictures = Pictures::default();
    let mut bytes = 0;
    let mut shown = Vec::new();
    for record in &records {
        let failure = Failure::of(record, summary.started.as_ref(), reference, &mut pictures);
        bytes += failure.weight();
        if bytes > MOST_BYTES {
            break;
        }
        shown.push(failure);
    }
    let left_out = records.len() - shown.len();
    (shown, left_out)
}

impl Failure {
    fn of(
        record: &ScenarioRecord,
        started: Option<&Started>,
        reference: &dyn Reference,
        pictures: &mut Pictures,
    ) -> Self {
        let evidence = record.evidence.as_deref();
        let picture = |scene: &String| Picture { scene: printable(scene), address: pictures.address(scene) };
        Self {
            id: printable(&record.id),
            verdict: record.verdict.as_str(),
            mark: mark(record.verdict),
            certainty: record.certainty.map(lianpu_corpus::Certainty::as_str),
            reach: record.reach.map(|reach| reach.to_string()),
            expected: record.expected.iter().map(json).collect(),
            got: got(record),
            findings: record
                .findings
                .iter()
                .map(|finding| {
                    let check = finding.check.as_str().to_owned();
                    [check, printable(&finding.expected), printable(&finding.actual)]
                })
                .collect(),
            reason: record.reason.as_ref().map(|reason| printable(&reason.to_string())),
            row: record.row.as_deref().and_then(|id| RowWords::of(id, reference)),
            steps: evidence
                .map_or_else(Vec::new, |evidence| evidence.steps.iter().map(|s| step(s)).collect()),
            pictures: evidence
                .map_or_else(Vec::new, |evidence| evidence.portraits.iter().map(picture).collect()),
            request: evidence.and_then(|evidence| evidence.request.as_ref()).map(RequestView::of),
            reply: evidence.and_then(|evidence| evidence.reply.as_ref()).map(ReplyView::of),
            command: rerun(started, record).map(|words| words.join(" ")),
            replay: replay(started, record).map(|words| words.join(" ")),
        }
    }

    /// About how many bytes it takes on the page.
    fn weight(&self) -> usize {
        let pairs =
            |pairs: &[(String, String)]| -> usize { pairs.iter().map(|(a, b)| a.len() + b.len() + 40).sum() };
        let request = self.request.as_ref().map_or(0, |request| {
            pairs(&request.headers) + pairs(&request.fields) + request.body.as_ref().map_or(0, String::len)
        });
        let findings: usize = self.findings.iter().flatten().map(|text| text.len() + 20).sum();
        let pictures: usize =
            self.pictures.iter().map(|picture| picture.address.as_ref().map_or(0, String::len) + 80).sum();
        let steps: usize = self.steps.iter().flatten().map(|text| text.len() + 20).sum();
        1500 + request + findings + pictures + steps + self.reply.as_ref().map_or(0, |reply| reply.body.len())
    }
}

impl RowWords {
    fn of(id: &str, reference: &dyn Reference) -> Option<Self> {
        let RowText { meaning, gloss, message, remedy, document, .. } = reference.row(id)?;
        let code = printable(id.rsplit('/').next().unwrap_or_default());
        Some(Self { code, meaning, gloss, remedy, message, source: document })
    }
}

impl RequestView {
    fn of(request: &SentRequest) -> Self {
        let pairs = |pairs: &[(String, String)]| -> Vec<_> {
            pairs.iter().map(|(name, value)| (printable(name), printable(value))).collect()
        };
        Self {
            line: printable(&format!("{} {}", request.method, request.target)),
            headers: pairs(&request.headers),
            fields: pairs(&request.fields),
            body_bytes: request.body_bytes,
            body: request.body.as_deref().map(printable),
        }
    }
}

impl ReplyView {
    fn of(reply: &SeenReply) -> Self {
        Self {
            status: reply.status,
            content_type: reply.content_type.as_deref().map(printable),
            body: printable(&reply.body),
            ms: format!("{:.1}", reply.ms),
        }
    }
}

/// Keyword and sentence.
fn step(text: &str) -> [String; 2] {
    let (keyword, sentence) = text.split_once(' ').unwrap_or(("", text));
    [printable(keyword), printable(sentence)]
}

fn got(record: &ScenarioRecord) -> String {
    match &record.actual {
        None => "no answer".to_owned(),
        Some(actual) => match &actual.code {
            Some(code) => format!("{} (HTTP {})", json(code), actual.http),
            None => format!("no readable code (HTTP {})", actual.http),
        },
    }
}

/// A code as JSON writes it, so that a text is told from a number.
fn json(code: &Code) -> String {
    printable(&match code {
        Code::Int(number) => number.to_string(),
        Code::Text(text) => format!("{text:?}"),
    })
}
