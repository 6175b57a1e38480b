//! A face server that another hand wrote from the vendor's documents: 万象优图 face recognition and person management.
//!
//! It judges a conformance suite: wherever the documents leave room it takes the less obvious way, so a suite that
//! calls it wrong demands more than the documents do. `README.md` lists the choices. Planted faults, switched on by
//! name, show what the suite notices.

mod accounts;
mod auth;
mod call;
mod code;
mod defect;
mod download;
mod engine;
mod faces;
mod fields;
mod form;
mod found;
mod http;
mod library;
mod lists;
mod looks;
mod matching;
mod multipart;
mod options;
mod persons;
mod picture;
mod print;
mod reply;
mod sight;
mod signature;

use crate::defect::Defect;
use crate::engine::Engine;
use crate::options::{Options, USAGE};
use serde_json::json;
use std::io::{self, Write};
use std::sync::Arc;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Why the server does not run.
#[derive(Debug)]
pub enum Failure {
    /// The arguments are wrong: how, and what would be right.
    Usage(String),
    /// The system refuses something.
    System(io::Error),
}

/// Runs the program with these arguments until it is told to stop; the ready line goes to `out`.
pub fn run(arguments: impl IntoIterator<Item = String>, out: &mut impl Write) -> Result<(), Failure> {
    let options =
        Options::parse(arguments).map_err(|message| Failure::Usage(format!("{message}\n{USAGE}")))?;
    let done = if options.list { list_defects(out) } else { serve(options, out) };
    done.map_err(Failure::System)
}

fn list_defects(out: &mut impl Write) -> io::Result<()> {
    Defect::ALL.iter().try_for_each(|(_, name, words)| writeln!(out, "{name}\t{words}"))
}

fn serve(options: Options, out: &mut impl Write) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let done = runtime.block_on(listen(options, out));
    // Nobody waits for a picture that is still being looked at, nor for a standard input that stays open.
    runtime.shutdown_background();
    done
}

async fn listen(options: Options, out: &mut impl Write) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let listener = TcpListener::bind(&options.listen).await?;
    let ready = json!({
        "ready": true,
        "base_url": format!("http://{}", listener.local_addr()?),
        "accounts": { "tencent-ci": accounts::told() },
    });
    writeln!(out, "{ready}")?;
    out.flush()?;
    let engine = Arc::new(Engine::new(options.defects, options.rate));
    tokio::select! {
        () = http::serve(listener, engine) => {}
        _ = terminate.recv() => {}
        () = stdin_closes(), if options.until_stdin_closes => {}
    }
    Ok(())
}

async fn stdin_closes() {
    let mut input = tokio::io::stdin();
    let mut buffer = [0; 256];
    while matches!(input.read(&mut buffer).await, Ok(read) if read > 0) {}
}
