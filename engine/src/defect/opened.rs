//! A front with everything wrong around it that is switched on.

use super::{limits, wrapper};
use crate::front::{Context, Front, Section, SetupError, wrapped};

/// A front opened on its section, with the defects that are switched on: its limits are wrong, and so is what is around it.
/// What it says of its limits stays right.
pub(crate) fn opened(
    section: &dyn Section,
    context: &Context,
    open: impl FnOnce(&dyn Section) -> Result<Box<dyn Front>, SetupError>,
) -> Result<Box<dyn Front>, SetupError> {
    if !context.defects.any() {
        return open(section);
    }
    let mut spoilt = section.boxed();
    limits::spoil(spoilt.limits_mut(), &context.defects);
    let mistakes = wrapper::Mistakes { defects: context.defects.clone(), limits: section.limits().clone() };
    Ok(wrapped(open(&*spoilt)?.into(), mistakes))
}
