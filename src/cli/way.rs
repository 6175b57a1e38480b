//! The way to a target: the options that lead there, for every verb that sends anything. They are kept for the commands that are
//! printed, and read again where a run is taken up.

use std::path::PathBuf;

use clap::Args;

use super::config::{self, Config, RouteArgs};
use super::error::CliError;
use super::own;
use crate::report::{BUNDLED, Started};
use crate::run::Target;

/// The options that lead to a target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct WayArgs {
    /// Address, or name in lianpu.toml, of the implementation to test [default: the bundled engine; of what is taken up again,
    /// its own target]
    #[arg(long, value_name = "URL|NAME")]
    pub(super) target: Option<String>,
    /// File with the ready line of `lianpu serve`: address, accounts, capabilities, limits
    #[arg(long, value_name = "FILE")]
    pub(super) credentials: Option<PathBuf>,
    /// Configuration [default: lianpu.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Proxy, authorities, header lines
    #[command(flatten)]
    pub(super) route: RouteArgs,
}

impl WayArgs {
    /// The way that a run took.
    fn of(started: &Started) -> Self {
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
        let Some(started) = started.filter(|_| !self.leads_somewhere()) else { return self };
        let then = Self::of(started);
        let route = if self.route.is_empty() { then.route } else { self.route };
        Self { config: self.config.or(then.config), route, ..then }
    }

    /// The way that is given, or else the one to the target of this name.
    pub(super) fn or_to(self, name: Option<&str>) -> Self {
        let name = name.filter(|name| *name != BUNDLED && !self.leads_somewhere());
        Self { target: self.target.or(name.map(str::to_owned)), ..self }
    }

    /// Whether it names a target; otherwise the bundled engine is meant.
    pub(super) const fn leads_somewhere(&self) -> bool {
        self.target.is_some() || self.credentials.is_some()
    }

    /// The options as they are given, each followed by its value; none for the bundled engine and the dialects that are built in.
    pub(super) fn words(&self) -> Vec<String> {
        let path = |path: &PathBuf| path.display().to_string();
        let named = [
            ("--target", self.target.clone()),
            ("--credentials", self.credentials.as_ref().map(path)),
            ("--config", self.config.as_ref().map(path)),
        ];
        let named = named.into_iter().filter_map(|(option, value)| Some([option.to_owned(), value?]));
        own::options().into_iter().chain(named.flatten()).chain(self.route.words()).collect()
    }

    /// The target at its end, and what was assumed of it, a sentence each; nothing where the bundled engine is meant.
    pub(super) fn target(&self, config: Option<&Config>) -> Result<Option<(Target, Vec<String>)>, CliError> {
        if !self.leads_somewhere() {
            if self.route.is_empty() {
                return Ok(None);
            }
            let why =
                "--header, --proxy, --ca and --insecure say how to get to a target; name it with --target";
            return Err(CliError::Usage(why.to_owned()));
        }
        let environment = |name: &str| std::env::var(name).ok();
        let (mut target, notes) =
            config::resolve(self.target.as_deref(), self.credentials.as_deref(), config, &environment)?;
        target.route = self.route.over(target.route).map_err(CliError::Usage)?;
        Ok(Some((target, notes)))
    }
}
