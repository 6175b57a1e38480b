//! The options that lead to a target: as they are given, kept for the commands that are printed, and read again.

use std::path::{Path, PathBuf};

use super::config::RouteArgs;
use super::own;
use crate::report::{BUNDLED, Started};

/// The options, each followed by its value; none for the bundled engine and the dialects that are built in.
pub(super) fn asked(
    target: Option<&str>,
    credentials: Option<&Path>,
    config: Option<&Path>,
    route: &RouteArgs,
) -> Vec<String> {
    let path = |path: &Path| path.display().to_string();
    let named = [
        ("--target", target.map(str::to_owned)),
        ("--credentials", credentials.map(path)),
        ("--config", config.map(path)),
    ];
    let named = named.into_iter().filter_map(|(option, value)| Some([option.to_owned(), value?]));
    own::options().into_iter().chain(named.flatten()).chain(route.words()).collect()
}

/// The way to a target.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub(super) target: Option<String>,
    pub(super) credentials: Option<PathBuf>,
    pub(super) config: Option<PathBuf>,
    pub(super) route: RouteArgs,
}

impl Way {
    /// The way that a run took.
    pub(super) fn of(started: &Started) -> Self {
        let value = |option: &str| {
            let at = started.asked.iter().position(|word| word == option)?;
            started.asked.get(at + 1).cloned()
        };
        let target = value("--target").or_else(|| {
            let name = &started.target.name;
            (value("--credentials").is_none() && name != BUNDLED).then(|| name.clone())
        });
        Self {
            target,
            credentials: value("--credentials").map(Into::into),
            config: value("--config").map(Into::into),
            route: RouteArgs::of_words(&started.asked),
        }
    }

    /// The way that is given, or else the one that a run took.
    pub(super) fn or_of(self, started: Option<&Started>) -> Self {
        let Some(started) = started.filter(|_| self.target.is_none() && self.credentials.is_none()) else {
            return self;
        };
        let then = Self::of(started);
        let route = if self.route.is_empty() { then.route } else { self.route };
        Self { config: self.config.or(then.config), route, ..then }
    }
}
