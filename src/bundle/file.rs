//! What a bundle holds.

use lianpu_corpus::{Certainty, Code};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::key::FindingKey;
use super::request::KeptRequest;
use crate::judge::Finding;
use crate::mutate::Plan;
use crate::report::{Actual, Sha256Hex, ToolInfo, digest_of_bytes};
use crate::run::{Circumstance, Moment};

/// The version of the file's shape: 2 since scenarios and findings have one.
pub const BUNDLE_SCHEMA: u32 = 2;

/// One failing scenario, or one finding of the fuzzer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bundle {
    /// [`BUNDLE_SCHEMA`].
    pub schema: u32,
    /// What was carried out; its fields stand among the others.
    #[serde(flatten)]
    pub subject: BundleSubject,
    /// What wrote it.
    pub tool: ToolInfo,
    /// The target's name: `bundled`, one of lianpu.toml, or its address.
    pub target: String,
    /// The seed of the run or of the campaign.
    pub seed: u64,
    /// What would be right.
    pub expected: PermittedAnswers,
    /// What came; none where no answer came.
    pub actual: Option<Actual>,
    /// Everything that deviates.
    pub findings: Vec<Finding>,
    /// What was sent, in order.
    pub requests: Vec<KeptRequest>,
    /// Of all the other fields.
    pub digest: Sha256Hex,
}

/// What was carried out, and all that is needed to carry it out again.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BundleSubject {
    /// A scenario of a run.
    Scenario(Box<ScenarioSubject>),
    /// A plan of the fuzzer.
    Mutations(Box<MutationSubject>),
}

/// A scenario of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioSubject {
    /// Its id.
    pub id: String,
    /// Whether messages were held against the tables.
    pub strict: bool,
    /// The scenario as Gherkin, a file of its own.
    pub feature: String,
    /// The prefix of everything that was named.
    pub namespace: String,
    /// When each signature was made, in order.
    pub moments: Vec<Moment>,
    /// How many more requests were sent than are kept.
    pub left_out: usize,
    /// Whether the requests were drawn by mutations, which cannot be sent as they were.
    pub mutated: bool,
}

/// A plan of the fuzzer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MutationSubject {
    /// The case that showed the finding.
    pub case: u64,
    /// What was done, after shrinking.
    pub plan: Plan,
    /// What the case did, where shrinking made that simpler.
    pub drawn: Plan,
    /// When, and under which names.
    pub circumstance: Circumstance,
    /// What is wrong.
    pub key: FindingKey,
    /// Whether it came again when the request was sent again.
    pub confirmed: bool,
}

/// The answers that would be right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermittedAnswers {
    /// The codes that may answer; of a scenario its row's own first.
    pub codes: Vec<PermittedCode>,
    /// Whether a success is right.
    pub success: bool,
    /// HTTP statuses with which a gateway may answer.
    pub statuses: Vec<u16>,
    /// Whether the connection may be closed without an answer.
    pub closes: bool,
}

/// A code that may answer, and why: of a finding, whose expectation is concluded from its mutations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermittedCode {
    /// The code.
    pub code: Code,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// How well that is founded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}

impl Bundle {
    /// The digest of all fields but the digest.
    pub(super) fn computed_digest(&self) -> Sha256Hex {
        let mut fields = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(fields) = &mut fields {
            fields.remove("digest");
        }
        digest_of_bytes(fields.to_string().as_bytes())
    }

    /// The same with its digest.
    pub(super) fn with_digest(self) -> Self {
        Self { digest: self.computed_digest(), ..self }
    }
}

impl BundleSubject {
    /// The dialect that is spoken.
    pub fn dialect(&self) -> &str {
        match self {
            Self::Scenario(scenario) => scenario.dialect(),
            Self::Mutations(mutations) => &mutations.plan.dialect,
        }
    }

    /// Whether messages were held against the tables.
    pub fn is_strict(&self) -> bool {
        matches!(self, Self::Scenario(scenario) if scenario.strict)
    }
}

impl ScenarioSubject {
    fn dialect(&self) -> &str {
        let tags = self.feature.lines().next().unwrap_or_default();
        let named = tags.split(' ').find_map(|tag| tag.strip_prefix("@dialect:"));
        named.unwrap_or_default()
    }
}
