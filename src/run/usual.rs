//! Who is shown where a scenario asks for nobody in particular.

/// The portrait in a valid request when a scenario asks for no other.
pub(super) const DEFAULT_PORTRAIT: &str = "anna";

/// The portrait that a valid request adds to a person who has the default one already.
pub(super) const FURTHER_PORTRAIT: &str = "bea";
