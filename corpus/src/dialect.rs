//! One vendor API as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Account, Certainty, Classes, Code, ConditionClass, Credential, Envelope, Operation, Provocation,
    Resource, Row, Table, Vector,
};

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
    /// The shape of every answer whose table or operation names no other. Absent as `signature` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<Envelope>,
    /// Further shapes, by the names that tables and operations use: `[envelopes.download]`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub envelopes: BTreeMap<String, Envelope>,
    /// Where a body is taken for what its bytes look like, whatever its content type says: what that is founded on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bodies_by_bytes: Option<Founded>,
    /// The parts of an account that a client needs, by the names that signature schemes use: `secret_id = "api_key"`.
    #[serde(default)]
    pub credentials: BTreeMap<String, Credential>,
    /// Where an access token comes from, for the schemes that send one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenSource>,
    /// What the service keeps.
    #[serde(default, rename = "resource", skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// The harmless question that shows whether a target accepts good credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preflight: Option<Preflight>,
    /// The documented limits by name, such as `faces-per-person`.
    #[serde(default)]
    pub limits: BTreeMap<String, u64>,
    /// Those of the limits that no document states: of a target they are known only where it tells them itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inferred_limits: Vec<String>,
    /// Which conditions of the rows belong to which class of conditions.
    #[serde(default, skip_serializing_if = "Classes::is_empty")]
    pub classes: Classes,
    /// Codes that the service is known to answer besides those of its tables.
    #[serde(default, rename = "further_code", skip_serializing_if = "Vec::is_empty")]
    pub further_codes: Vec<FurtherCode>,
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

impl Dialect {
    /// The shape of the operation's answers: its own, else the one that all its tables name, else the dialect's.
    pub fn envelope_of(&self, operation: &Operation) -> Option<&Envelope> {
        // Every judged answer comes this way, and most dialects have one envelope: no table is looked up for them.
        if self.manifest.envelopes.is_empty() {
            return self.manifest.envelope.as_ref();
        }
        match self.envelope_name(operation) {
            Some(name) => self.manifest.envelopes.get(name),
            None => self.manifest.envelope.as_ref(),
        }
    }

    fn envelope_name<'a>(&'a self, operation: &'a Operation) -> Option<&'a str> {
        let mut tables = self.tables_of(operation).map(|table| table.envelope.as_deref());
        operation.envelope.as_deref().or_else(|| {
            let first = tables.next()??;
            tables.all(|name| name == Some(first)).then_some(first)
        })
    }

    /// The tables of the operation whose codes come in another shape than its own, each with that shape.
    pub fn further_envelopes<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = (&'a Table, &'a Envelope)> {
        let named = !self.manifest.envelopes.is_empty();
        let own = named.then(|| self.envelope_name(operation)).flatten();
        named.then(|| self.tables_of(operation)).into_iter().flatten().filter_map(move |table| {
            let name = table.envelope.as_deref().filter(|name| Some(*name) != own)?;
            Some((table, self.manifest.envelopes.get(name)?))
        })
    }

    /// The tables whose codes the operation may answer, in the operation's order.
    pub fn tables_of<'a>(&'a self, operation: &'a Operation) -> impl Iterator<Item = &'a Table> {
        operation.tables.iter().filter_map(|id| self.table(id))
    }

    /// The rows that this code has in the operation's tables, in the manifest's order. A code of another table is another
    /// code.
    pub fn rows_of<'a>(&'a self, operation: &'a Operation, code: &'a Code) -> impl Iterator<Item = &'a Row> {
        let tables = self.tables.iter().filter(|table| operation.tables.contains(&table.id));
        tables.filter_map(move |table| table.row(code))
    }

    /// The conditions that this code tells as an answer of the operation.
    pub fn conditions_of<'a>(
        &'a self,
        operation: &'a Operation,
        code: &'a Code,
    ) -> impl Iterator<Item = &'a str> {
        self.rows_of(operation, code).filter_map(|row| row.condition.as_deref())
    }

    /// Whether this code tells one of these conditions as an answer of the operation.
    pub fn tells(&self, operation: &Operation, code: &Code, conditions: &[impl AsRef<str>]) -> bool {
        self.conditions_of(operation, code).any(|own| conditions.iter().any(|known| known.as_ref() == own))
    }

    /// Whether this code tells a condition of one of these classes as an answer of the operation.
    pub fn is_of_class(&self, operation: &Operation, code: &Code, classes: &[ConditionClass]) -> bool {
        self.conditions_of(operation, code).any(|own| self.manifest.classes.have(classes, own))
    }

    /// The row by which the operation tells this condition, of several tables that of the first it names.
    pub fn row_for<'a>(&'a self, operation: &'a Operation, condition: &str) -> Option<&'a Row> {
        self.tables_of(operation).find_map(|table| table.row_for(condition))
    }

    /// Whether, as an answer of the operation, this code comes from a layer in front of the service.
    pub fn is_bare(&self, operation: &Operation, code: &Code) -> bool {
        let mut bare = self.tables.iter().filter(|table| table.bare);
        bare.any(|table| operation.tables.contains(&table.id) && table.row(code).is_some())
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

/// A code that stands in no table, and that another document or client shows: what has a condition of these classes may be
/// answered with it too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherCode {
    /// The code.
    pub code: Code,
    /// What it may tell.
    pub classes: Vec<ConditionClass>,
    /// Where it is shown.
    pub source: String,
}
