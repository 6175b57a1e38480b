//! The planted defects of whatever front, and what makes them: wrappers around fronts and the analyser, and limits changed
//! before a front reads them.
//!
//! Knows no vendor; the mistakes that only one vendor's interface can make stand in its folder. The parts that are right
//! know of none of this. What a defect is, and how it is switched on, stands in [`crate::front::Defects`]; start with [`ALL`].

pub(crate) mod eyes;
mod limits;
mod list;
mod opened;
mod request;
mod wrapper;

pub(crate) use list::ALL;
pub(crate) use opened::opened;
