//! The recipe that makes an implementation answer with a row's code.

use serde::{Deserialize, Serialize};

use crate::{Certainty, Code, Reach};

/// One recipe for one row. File: `provocations.toml`, one `[[provoke]]` each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provocation {
    /// The code of the row; written as in ids.
    pub row: Code,
    /// The tables it is for; empty: every table of the operation that has the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<String>,
    /// What distinguishes it from the row's other recipes, in kebab-case.
    pub trigger: String,
    /// From where the row is provoked.
    pub reach: Reach,
    /// The operations it is instantiated for; `{op}` in the steps stands for each, `{picture}` for its first picture
    /// parameter.
    #[serde(default)]
    pub operations: Vec<String>,
    /// How well founded it is that this recipe earns this code.
    pub certainty: Certainty,
    /// Other codes the documents allow here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<Accept>,
    /// Where the code may stand besides the envelope, as a JSON pointer: `/data/ret_codes/*`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_code: Option<String>,
    /// HTTP statuses with which a gateway in front may answer in its stead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gateway: Vec<u16>,
    /// What the target must have besides the operation: `face-nets`, `disabled-key`, `lowered-limit`, `rate-limit`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// Why there is no recipe (`reach = "none"`), or where the recipe comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The Given and When steps; the judgement is added by the generator.
    #[serde(default)]
    pub steps: String,
}

/// A code that is allowed besides the row's own, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The other code.
    pub code: Code,
    /// What in the documents allows it.
    pub reason: String,
}
