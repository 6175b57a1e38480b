//! What is drawn in which colour.

use super::canvas::Colour;

pub(super) const GROUND: Colour = [24, 26, 30];
pub(super) const MARK: Colour = [40, 220, 90];
pub(super) const POINT: Colour = [255, 220, 40];
pub(super) const VALUE: Colour = [232, 234, 238];
pub(super) const NAME: Colour = [150, 156, 168];
pub(super) const HIDDEN: Colour = [255, 150, 60];
