//! Networks that tell whether an eye, the nose, the mouth, a cheek or the chin is hidden.

mod cheek;
mod chin;
mod eye;
mod mouth;
mod nose;

pub(in crate::vision) use cheek::CHEEK;
pub(in crate::vision) use chin::CHIN;
pub(in crate::vision) use eye::EYE;
pub(in crate::vision) use mouth::MOUTH;
pub(in crate::vision) use nose::NOSE;
