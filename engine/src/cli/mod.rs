//! The command: arguments in, values out, one file a verb.

pub mod evaluate;
pub mod inspect;
pub mod models;
pub mod serve;

use clap::{Parser, Subcommand};

/// The bundled reference implementation of the vendors' face APIs.
#[derive(Debug, Parser)]
#[command(name = "lianpu-engine", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Answer requests until stopped.
    Serve(serve::ServeArgs),
    /// Fetch, list or verify the weights of the nets.
    Models(models::ModelsArgs),
    /// Show all that is seen of the faces in pictures.
    Inspect(inspect::InspectArgs),
    /// Measure how well people are told apart on a set of pictures.
    Evaluate(evaluate::EvaluateArgs),
}
