//! What every front works with, made once for all of them.

use std::sync::Arc;

use super::Defects;
use crate::fetch::Fetcher;
use crate::gallery::Store;
use crate::vision::{Analyser, Workers};

/// Tells the time for signatures: seconds since 1970.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// What every front works with. Cloning shares all of it.
#[derive(Clone)]
pub struct Context {
    /// The time by which signatures are judged.
    pub clock: Clock,
    /// Looks at pictures, a bounded number at a time.
    pub workers: Workers,
    /// What the workers look with: it compares faces too.
    pub analyser: Arc<dyn Analyser>,
    /// Fetches pictures by address.
    pub fetcher: Fetcher,
    /// Keeps groups, persons and faces; each front's tenants bear its name.
    pub store: Arc<dyn Store>,
    /// Whether the fault hook is honoured.
    pub allow_faults: bool,
    /// What is done wrongly on purpose.
    pub defects: Defects,
}
