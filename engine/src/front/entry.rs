//! A line of the list of all fronts.

use lianpu_corpus::LoadError;

use super::{Context, Defect, Front, Section, SetupError};

/// Opens a front on its section of the configuration.
pub type OpenFront = fn(&dyn Section, &Context) -> Result<Box<dyn Front>, SetupError>;

/// One front as the list of all fronts names it: how to configure and to open it.
#[derive(Debug, Clone, Copy)]
pub struct FrontEntry {
    /// What it is called: the name of its dialect.
    pub name: &'static str,
    /// Its section of the configuration as the dialect documents it.
    pub documented: fn() -> Result<Box<dyn Section>, LoadError>,
    /// The front with a state of its own; its section must be one that `documented` made.
    pub open: OpenFront,
    /// The mistakes that it alone can make on purpose.
    pub defects: &'static [Defect],
}
