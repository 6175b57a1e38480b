//! What may fail a run, from the command line, `lianpu.toml` and the kind of target.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lianpu_corpus::Certainty;

use super::sources::Plan;
use crate::cli::config::Config;
use crate::cli::error::CliError;
use crate::cli::expectations::{self, Book};
use crate::cli::known::Known;
use crate::provoke::Scenario;
use crate::report::{GateInfo, Sha256Hex, Shard, TargetInfo, Threshold};

/// The flags that say what may fail a run.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Gate")]
pub(super) struct GateArgs {
    /// Known deviations, which fail no run until they are gone or expire; see `lianpu baseline`
    #[arg(long, value_name = "FILE")]
    expectations: Option<PathBuf>,
    /// The weakest statements whose deviations fail the run; each includes the stronger ones
    /// [default: inferred on the bundled engine, recorded elsewhere]
    #[arg(long, value_name = "CERTAINTY", value_enum)]
    gate_on: Option<GateOn>,
    /// Figures that must be met, such as 'divergence<1%,coverage>95%'
    #[arg(long, value_name = "BOUNDS", value_parser = bounds, long_help = BOUNDS)]
    gate: Option<Bounds>,
    /// Run one part of the scenarios, such as 2/3; `lianpu merge` joins the events of all parts
    #[arg(long, value_name = "I/N", value_parser = clap::value_parser!(Shard))]
    pub(super) shard: Option<Shard>,
}

/// How certain a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GateOn {
    /// What the vendor documents
    Documented,
    /// And what was recorded from it
    Recorded,
    /// And what we conclude
    Inferred,
}

#[derive(Debug, Clone)]
struct Bounds(Vec<Threshold>);

const BOUNDS: &str = "\
Figures that must be met, such as 'divergence<1%,coverage>95%'

Divergence is what deviates, known deviations too, in percent of all scenarios that gate; coverage is what was judged. They are \
never summed. A bound for divergence stands in the place of \"no deviation at all\", a bound for coverage in that of \
\"everything could be judged\".";

fn bounds(text: &str) -> Result<Bounds, String> {
    Threshold::parse_all(text).map(Bounds)
}

impl GateArgs {
    /// What may fail the run.
    pub(super) fn info(&self, config: Option<&Config>, bundled: bool) -> GateInfo {
        let configured = config.map(|config| &config.run);
        let on = self.gate_on.map(|on| match on {
            GateOn::Documented => Certainty::Documented,
            GateOn::Recorded => Certainty::Recorded,
            GateOn::Inferred => Certainty::Inferred,
        });
        let default = if bundled { Certainty::Inferred } else { Certainty::Recorded };
        let require = self.gate.as_ref().map(|bounds| bounds.0.clone());
        GateInfo {
            expectations: None,
            on: on.or(configured.and_then(|run| run.gate_on)).unwrap_or(default),
            require: require.or(configured.map(|run| run.gate.clone())).unwrap_or_default(),
        }
    }

    /// The known deviations, each held against what there is, and the digest of their file.
    pub(super) fn book(
        &self,
        config: Option<&Config>,
        plan: &Plan,
        target: &TargetInfo,
    ) -> Result<Option<(Book, Sha256Hex)>, CliError> {
        let configured = || config.and_then(|config| config.run.expectations.clone());
        let Some(file) = self.expectations.clone().or_else(configured) else { return Ok(None) };
        let expectations = expectations::load(&file)?;
        let mut known: HashSet<String> =
            Known::load(&[])?.iter().flat_map(|known| &known.scenarios).map(Scenario::id).collect();
        let own = plan.scenarios();
        known.extend(own.into_iter().flatten().cloned());
        // Scenarios of a user's own that are read as they run cannot be known beforehand.
        let known = own.is_some().then_some(&known);
        Ok(Some((Book::new(&expectations, known, target)?, expectations.digest)))
    }
}
