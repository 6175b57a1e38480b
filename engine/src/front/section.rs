//! What a front reads of the configuration, in its own types.

use std::any::Any;
use std::collections::BTreeMap;

/// Limits and settings by name, such as `faces-per-person`.
pub type Limits = BTreeMap<String, u64>;

/// The sections of all fronts by their names.
pub type Sections = BTreeMap<&'static str, Box<dyn Section>>;

/// One front's section of the configuration: its accounts, its limits, whatever else it needs.
pub trait Section: Any + Send + Sync {
    /// The limits by name.
    fn limits(&self) -> &Limits;

    /// The limits by name, to be set.
    fn limits_mut(&mut self) -> &mut Limits;

    /// Limits every account to so many requests a second; `None` is without limit.
    fn set_requests_per_second(&mut self, requests: Option<u32>);

    /// The same section again.
    fn boxed(&self) -> Box<dyn Section>;
}

impl dyn Section {
    /// The section as the front's own type; nothing where it is another front's.
    pub fn get<S: Section>(&self) -> Option<&S> {
        (self as &dyn Any).downcast_ref()
    }

    /// The section as the front's own type, to be changed.
    pub fn get_mut<S: Section>(&mut self) -> Option<&mut S> {
        (self as &mut dyn Any).downcast_mut()
    }
}

impl Clone for Box<dyn Section> {
    fn clone(&self) -> Self {
        (**self).boxed()
    }
}
