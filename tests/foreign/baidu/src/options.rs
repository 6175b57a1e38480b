//! The command line.

use std::{net::SocketAddr, time::Duration};

use clap::Parser;

/// A small server for the baidu-face dialect, written from the vendor's documents alone.
#[derive(Clone, Debug, Parser)]
#[command(version, about)]
pub struct Options {
    /// Address to listen at; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// Plant a defect (repeatable, or a list with commas)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub defect: Vec<String>,
    /// List the defects that can be planted
    #[arg(long)]
    pub list_defects: bool,
    /// Refuse what an account asks for beyond this rate with code 18
    #[arg(long, value_name = "N")]
    pub requests_per_second: Option<f64>,
    /// Exit when standard input is closed
    #[arg(long)]
    pub until_stdin_closes: bool,
    /// Issue face tokens of 32 hexadecimal digits, as the records show, in place of longer ones, as the texts allow
    #[arg(long)]
    pub short_face_tokens: bool,
    /// Lowest score of a search that names no threshold
    #[arg(long, value_name = "SCORE", default_value_t = 80.0)]
    pub search_threshold: f64,
    /// How alike two descriptions are that make a score of 80, 0 to 1
    #[arg(long, value_name = "LIKENESS", default_value_t = crate::scores::SAME)]
    pub same_likeness: f32,
    /// How long a new face is not yet found by a search, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 700)]
    pub search_delay_ms: u64,
    /// How long the deletion of a group goes on, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 1200)]
    pub group_delete_delay_ms: u64,
}

impl Options {
    /// How long a new face is not yet found.
    pub fn search_delay(&self) -> Duration {
        Duration::from_millis(self.search_delay_ms)
    }

    /// How long the deletion of a group goes on.
    pub fn group_delete_delay(&self) -> Duration {
        Duration::from_millis(self.group_delete_delay_ms)
    }
}
