//! Running: the target, the HTTP client, the origin, and cucumber.
//!
//! Everything with a socket or a clock is here. Start with [`run`](self::execute::run).

mod target;

pub use target::Target;
