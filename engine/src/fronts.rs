//! All fronts. The only file that names them: whoever adds one adds its folder, a `mod` line and a line here.

use lianpu_corpus::LoadError;

use crate::baidu_face;
use crate::defect;
use crate::front::{Context, Defect, Front, FrontEntry, Sections, SetupError};
use crate::tencent_ci;

/// Every front, in the order in which they are asked whether they claim a request.
pub const FRONTS: &[FrontEntry] = &[tencent_ci::FRONT, baidu_face::FRONT];

/// Every front's section of the configuration as its dialect documents it.
pub(crate) fn documented() -> Result<Sections, LoadError> {
    FRONTS.iter().map(|front| Ok((front.name, (front.documented)()?))).collect()
}

/// Every front with a state of its own, and with the defects that are switched on.
pub(crate) fn open(sections: &Sections, context: &Context) -> Result<Vec<Box<dyn Front>>, SetupError> {
    let opened = FRONTS.iter().map(|front| {
        let section = sections.get(front.name).ok_or(SetupError::NoSection(front.name))?;
        defect::opened(&**section, context, |section| (front.open)(section, context))
    });
    opened.collect()
}

/// Every mistake that can be made on purpose: those of whatever front first.
pub fn defects() -> Vec<Defect> {
    defect::ALL.iter().chain(FRONTS.iter().flat_map(|front| front.defects)).copied().collect()
}
