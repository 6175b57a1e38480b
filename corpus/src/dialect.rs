//! One vendor API as data.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Certainty, Classes, Code, Operation, Provocation, ReplyType, Table, Vector};

/// One vendor API: a folder under `corpus/dialects/`.
#[derive(Debug, Clone, PartialEq)]
pub struct Dialect {
    /// `dialect.toml`.
    pub manifest: Manifest,
    /// `tables/*.toml`, in the manifest's order.
    pub tables: Vec<Table>,
    /// `operations.toml`.
    pub operations: Vec<Operation>,
    /// `provocations.toml`.
    pub provocations: Vec<Provocation>,
    /// `vectors.toml`.
    pub vectors: Vec<Vector>,
}

/// `dialect.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The name of the folder.
    pub name: String,
    /// The vendor's name of the product.
    pub title: String,
    /// Our English rendering.
    pub gloss: String,
    /// The tables in order.
    pub tables: Vec<String>,
    /// The signature scheme's name; the scheme itself is code. Absent: the dialect has tables only, so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The names of the schemes that a request may be signed by instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signature_or: Vec<String>,
    /// The vendor's host, sent as `Host` by its own clients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The shape of every JSON answer. Absent as `signature` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<Envelope>,
    /// Where a body is taken for what its bytes look like, whatever its content type says: what that is founded on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bodies_by_bytes: Option<Founded>,
    /// How the vendor calls the parts of an account that a client needs: `secret_id = "api_key"`.
    #[serde(default)]
    pub credentials: BTreeMap<String, String>,
    /// Where an access token comes from, for the schemes that send one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenSource>,
    /// Which operation plays which part in set-up and clean-up: `create-person`, `delete-person`, `add-faces`,
    /// `list-faces`, and `delete-group` where groups outlive their persons.
    #[serde(default)]
    pub roles: BTreeMap<String, String>,
    /// Where a role's answer carries what later steps need: `faces`, a JSON pointer to a list of ids.
    #[serde(default)]
    pub reads: BTreeMap<String, String>,
    /// The harmless question that shows whether a target accepts good credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preflight: Option<Preflight>,
    /// The documented limits by name, such as `faces-per-person`.
    #[serde(default)]
    pub limits: BTreeMap<String, u64>,
    /// Which conditions of the rows belong to which class of conditions.
    #[serde(default, skip_serializing_if = "Classes::is_empty")]
    pub classes: Classes,
    /// The order in which a request is checked, from the first check to the last.
    #[serde(default, rename = "order", skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Stage>,
    /// The named internal failures that the fault hook can ask for.
    #[serde(default, rename = "fault")]
    pub faults: Vec<Fault>,
    /// The two documented test accounts of the bundled engine.
    #[serde(default, rename = "account")]
    pub accounts: Vec<Account>,
}

/// What a statement about a dialect is founded on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founded {
    /// How well.
    pub certainty: Certainty,
    /// What says so.
    pub source: String,
}

/// The request that a key pair is exchanged for an access token with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSource {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query: names, and the parts of an account or `=<text>` for a literal.
    pub query: Vec<(String, String)>,
    /// JSON pointer to the token in the answer.
    pub token: String,
    /// JSON pointer to its life in seconds.
    pub seconds: String,
}

/// A harmless question, and the answers that mean that the credentials are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preflight {
    /// The operation.
    pub operation: String,
    /// The conditions of the rows that mean refusal.
    pub refused: Vec<String>,
}

/// The shape of every JSON answer of a dialect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// JSON pointer to the code.
    pub code: String,
    /// JSON pointer to the message.
    pub message: String,
    /// The code of a success.
    pub success: Code,
    /// The messages that mean success; an error must not carry one.
    pub success_messages: Vec<String>,
    /// HTTP statuses allowed with a success.
    pub success_statuses: Vec<u16>,
    /// HTTP statuses allowed with an error.
    pub error_statuses: Vec<u16>,
    /// Content types allowed, without parameters.
    pub content_types: Vec<String>,
    /// What else stands in every answer, but for those of bare tables.
    #[serde(default, rename = "field", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<EnvelopeField>,
    /// JSON pointers to what differs between two answers that say the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volatile: Vec<String>,
}

/// One more field of every answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeField {
    /// Where it stands: a JSON pointer.
    pub pointer: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ReplyType,
    /// The answers it stands in.
    #[serde(default)]
    pub on: Outcome,
    /// Our English rendering.
    pub gloss: String,
    /// How well it is founded.
    pub certainty: Certainty,
}

/// Which answers are meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// All.
    #[default]
    Any,
    /// Successes.
    Success,
    /// Errors.
    Error,
}

/// One stage of the order in which a request is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// What is checked, such as `digest`.
    pub name: String,
    /// The conditions of the rows that it refuses with.
    pub conditions: Vec<String>,
    /// The stages above whose result this one works with: on every server they come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// Of several pictures each is checked by itself, and an answer may carry the code for one of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub per_item: bool,
    /// How sure it is that this comes after all the stages above it. Inferred: a server may check it before those that it
    /// does not need.
    pub certainty: Certainty,
    /// What says so.
    pub source: String,
}

/// One named internal failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The domain word, such as `gallery.write`.
    pub name: String,
    /// What fails.
    pub gloss: String,
}

/// One tenant: the documented test account of the bundled engine, or a target's own. Its `Debug` keeps the secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The tenant's public number, as text.
    #[serde(alias = "app_id")]
    pub appid: String,
    /// The bucket that belongs to it; empty where the vendor has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bucket: String,
    /// The public half of its key.
    #[serde(alias = "api_key")]
    pub secret_id: String,
    /// The secret half of its key.
    pub secret_key: String,
    /// An access token of it that has expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired_token: Option<String>,
    /// A further key pair that has been disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<KeyPair>,
    /// The requests a second it may send, where limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_second: Option<u32>,
}

/// A key by itself. Its `Debug` keeps the secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPair {
    /// The public half.
    #[serde(alias = "api_key")]
    pub secret_id: String,
    /// The secret half.
    pub secret_key: String,
}

impl Envelope {
    /// Whether the code says success.
    pub fn is_success(&self, code: Option<&Code>) -> bool {
        code == Some(&self.success)
    }
}

impl Manifest {
    /// The operation that plays this part.
    pub fn role(&self, role: &str) -> Option<&str> {
        self.roles.get(role).map(String::as_str)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { appid, bucket, secret_id, secret_key: _, expired_token: _, disabled, requests_per_second } =
            self;
        f.debug_struct("Account")
            .field("appid", appid)
            .field("bucket", bucket)
            .field("secret_id", secret_id)
            .field("secret_key", &"…")
            .field("disabled", disabled)
            .field("requests_per_second", requests_per_second)
            .finish()
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("secret_id", &self.secret_id).field("secret_key", &"…").finish()
    }
}

impl Dialect {
    /// The shape of every answer, where anything can be asked.
    pub fn envelope(&self) -> Option<&Envelope> {
        self.manifest.envelope.as_ref()
    }

    /// Whether only a layer in front of the service answers with this code.
    pub fn is_bare(&self, code: &Code) -> bool {
        self.tables.iter().any(|table| table.bare && table.row(code).is_some())
    }

    /// The table of this id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// The operation of this name.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }
}
