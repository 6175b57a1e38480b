//! How many output channels are computed together.

/// Output channels that are computed together: a panel.
pub(super) const PANEL: usize = 32;
