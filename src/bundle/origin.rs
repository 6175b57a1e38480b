//! What the bundles of a run have in common.

/// What the bundles of a run have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunOrigin {
    /// The target's name: `bundled`, one of lianpu.toml, or its address.
    pub target: String,
    /// The target's address.
    pub base_url: String,
    /// The seed of the run.
    pub seed: u64,
    /// Whether messages are held against the tables.
    pub strict: bool,
    /// The dialect of scenarios that name none.
    pub dialect: String,
}
