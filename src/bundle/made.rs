//! Bundles made: of what the fuzzer showed, and of what a failing scenario did.

use lianpu_corpus::{Code, dialect};

use super::feature;
use super::file::{
    BUNDLE_SCHEMA, Bundle, BundleSubject, MutationSubject, PermittedAnswers, PermittedCode, ScenarioSubject,
};
use super::key::FindingKey;
use super::origin::RunOrigin;
use super::received::Received;
use super::request::{BodyFile, KeptRequest, SentRequest, Written};
use super::seal::Seal;
use crate::judge::{Allowed, Expected, Finding, read};
use crate::mutate::Plan;
use crate::report::{Actual, ScenarioRecord, ToolInfo, digest_of_bytes};
use crate::run::{Attempt, Exchange, Purpose, Transcript};
use crate::wire::Request;

/// A bundle, and the files beside it.
pub struct MadeBundle {
    pub(super) bundle: Bundle,
    pub(super) feature: String,
    pub(super) bodies: Vec<BodyFile>,
}

/// A finding of the fuzzer, as it was shown last.
#[derive(Debug)]
pub struct ShownFinding<'a> {
    /// The target's name: `bundled`, one of lianpu.toml, or its address.
    pub target: &'a str,
    /// Its address.
    pub base_url: &'a str,
    /// The seed of the campaign.
    pub seed: u64,
    /// The case that showed it first.
    pub case: u64,
    /// What the case did.
    pub drawn: &'a Plan,
    /// What shows it, after shrinking.
    pub plan: &'a Plan,
    /// That plan carried out.
    pub attempt: &'a Attempt,
    /// What is wrong.
    pub key: &'a FindingKey,
    /// The rules that say what would be right, a sentence each.
    pub why: &'a [String],
    /// Whether it came again when the request was sent again.
    pub confirmed: bool,
}

impl MadeBundle {
    /// Of a finding of the fuzzer.
    pub fn of_finding(shown: &ShownFinding<'_>) -> Self {
        let ShownFinding { attempt, .. } = shown;
        let Attempt { ground, mutant, .. } = attempt;
        let seal = Seal::of(&ground.caller, &mutant.request);
        let sent = SentRequest {
            purpose: Purpose::Judged,
            operation: &ground.operation.name,
            request: &mutant.request,
            fields: &mutant.fields,
            written: Written::Exactly {
                bytes: &attempt.bytes,
                framing: &mutant.framing,
                sent_before: mutant.sent_before,
            },
            signed_text: mutant.signed_text.as_deref(),
        };
        let answer = Received::of(Some(attempt.answer.as_ref()), attempt.code.clone(), &seal);
        let (request, body) = KeptRequest::of(0, &sent, answer, &seal, shown.base_url);
        let answered = attempt.answer.as_ref().ok();
        let bundle = Bundle {
            schema: BUNDLE_SCHEMA,
            subject: BundleSubject::Mutations(Box::new(MutationSubject {
                case: shown.case,
                plan: shown.plan.clone(),
                drawn: shown.drawn.clone(),
                circumstance: attempt.circumstance.clone(),
                key: shown.key.clone(),
                confirmed: shown.confirmed,
            })),
            tool: tool(),
            target: shown.target.to_owned(),
            seed: shown.seed,
            expected: PermittedAnswers::of_prediction(&attempt.prediction),
            actual: answered.map(|reply| Actual { http: reply.status, code: attempt.code.clone() }),
            findings: sealed_findings(&attempt.findings, &seal),
            requests: vec![request],
            digest: digest_of_bytes(&[]),
        };
        let feature = feature::of_finding(shown.plan, shown.key, shown.why);
        Self { bundle: bundle.with_digest(), feature, bodies: body.into_iter().collect() }
    }

    /// Of a failing scenario.
    pub fn of_scenario(record: &ScenarioRecord, transcript: &Transcript, origin: &RunOrigin) -> Self {
        let named = transcript.script.tags.iter().find_map(|tag| tag.strip_prefix("dialect:"));
        let named = named.unwrap_or(&origin.dialect);
        let exchanges = transcript.exchanges.iter().enumerate();
        let kept = exchanges.map(|(number, exchange)| kept(number, exchange, named, transcript, origin));
        let (requests, bodies): (Vec<_>, Vec<_>) = kept.unzip();
        let nothing =
            Request { method: String::new(), target: String::new(), headers: Vec::new(), body: Vec::new() };
        let findings = sealed_findings(&record.findings, &seal_of(transcript, &nothing));
        let feature = feature::of_scenario(&transcript.script, &findings, named);
        let bundle = Bundle {
            schema: BUNDLE_SCHEMA,
            subject: BundleSubject::Scenario(Box::new(ScenarioSubject {
                id: record.id.clone(),
                strict: origin.strict,
                feature: feature.clone(),
                namespace: transcript.namespace.clone(),
                moments: transcript.moments.clone(),
                left_out: transcript.left_out,
                mutated: transcript.mutated,
            })),
            tool: tool(),
            target: origin.target.clone(),
            seed: origin.seed,
            expected: PermittedAnswers::of_record(record, named),
            actual: record.actual.clone(),
            findings,
            requests,
            digest: digest_of_bytes(&[]),
        };
        Self { bundle: bundle.with_digest(), feature, bodies: bodies.into_iter().flatten().collect() }
    }
}

fn tool() -> ToolInfo {
    ToolInfo { name: "lianpu".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

fn sealed_findings(findings: &[Finding], seal: &Seal) -> Vec<Finding> {
    let sealed = |finding: &Finding| Finding {
        check: finding.check,
        expected: seal.close_text(&finding.expected),
        actual: seal.close_text(&finding.actual),
    };
    findings.iter().map(sealed).collect()
}

fn seal_of(transcript: &Transcript, request: &Request) -> Seal {
    transcript.caller.as_ref().map_or_else(Seal::default, |caller| Seal::of(caller, request))
}

/// One exchange of a scenario.
fn kept(
    number: usize,
    exchange: &Exchange,
    dialect_name: &str,
    transcript: &Transcript,
    origin: &RunOrigin,
) -> (KeptRequest, Option<BodyFile>) {
    let seal = seal_of(transcript, &exchange.request);
    let sent = SentRequest {
        purpose: exchange.purpose,
        operation: &exchange.operation,
        request: &exchange.request,
        fields: &exchange.fields,
        written: match &exchange.bytes {
            Some(bytes) => Written::Somehow { bytes },
            None => Written::ByClient,
        },
        signed_text: exchange.signed_text.as_deref(),
    };
    let answer = exchange.answer.as_ref().map(Result::as_ref);
    let code = answer.and_then(Result::ok).and_then(|reply| {
        let dialect = dialect(dialect_name).ok()?;
        read(reply, dialect, dialect.operation(&exchange.operation)?).code
    });
    KeptRequest::of(number, &sent, Received::of(answer, code, &seal), &seal, &origin.base_url)
}

impl PermittedAnswers {
    /// What the oracle allows.
    fn of_prediction(prediction: &Expected) -> Self {
        let code = |allowed: &Allowed| PermittedCode {
            code: allowed.code.clone(),
            rule: Some(allowed.rule.clone()),
            certainty: Some(allowed.certainty),
        };
        Self {
            codes: prediction.answers.iter().map(code).collect(),
            success: prediction.success,
            statuses: prediction.statuses.clone(),
            closes: prediction.closes,
        }
    }

    /// What a scenario of the dialect expected.
    fn of_record(record: &ScenarioRecord, dialect_name: &str) -> Self {
        let dialect = dialect(dialect_name).ok();
        let operation = dialect.and_then(|dialect| dialect.operation(record.op.as_deref()?));
        let envelope = dialect.and_then(|dialect| dialect.envelope_of(operation?));
        let is_success = |code: &Code| envelope.is_some_and(|envelope| envelope.success_row() == *code);
        let code = |code: &Code| PermittedCode { code: code.clone(), rule: None, certainty: None };
        Self {
            success: record.expected.iter().any(is_success),
            codes: record.expected.iter().map(code).collect(),
            ..Self::default()
        }
    }
}
