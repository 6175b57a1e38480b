//! A small server that answers the baidu-face dialect, written from the vendor's documents alone.
//!
//! It judges a conformance suite: where the documents leave room it takes the less obvious way, and its defects can be
//! planted one by one.

pub mod accounts;
pub mod attributes;
pub mod bce;
pub mod body;
pub mod codes;
pub mod defects;
pub mod envelope;
pub mod fetch;
pub mod gate;
pub mod http;
pub mod json;
pub mod library;
pub mod oauth;
pub mod ops;
pub mod options;
pub mod params;
pub mod picture;
pub mod scores;
pub mod server;
pub mod vision;

use std::{
    error::Error,
    io::{Read, Write},
    sync::Arc,
};

use clap::Parser;
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::oneshot,
};

use defects::Defects;
use options::Options;
use server::Server;

/// Runs the program with these arguments, of which the first is its name, until it is told to stop; the ready line goes to
/// `out`.
pub fn run(arguments: impl IntoIterator<Item = String>, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let options = Options::try_parse_from(arguments)?;
    if options.list_defects {
        return Ok(out.write_all(defects::list().as_bytes())?);
    }
    let defects = Defects::planted(&options.defect)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let closing = options.until_stdin_closes.then(stdin_closed);
        let server = Arc::new(Server::new(options, defects));
        let ready = json!({
            "ready": true,
            "base_url": format!("http://{address}"),
            "accounts": { "baidu-face": accounts(&server) },
        });
        writeln!(out, "{ready}")?;
        out.flush()?;
        let (mut stop, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::select! {
            () = http::serve(listener, server) => {}
            _ = stop.recv() => {}
            _ = interrupt.recv() => {}
            () = closed(closing) => {}
        }
        Ok::<(), Box<dyn Error>>(())
    })?;
    runtime.shutdown_background();
    Ok(())
}

/// The test accounts for the ready line.
fn accounts(server: &Server) -> Vec<Value> {
    let told = |account: &accounts::Account| json!({ "app_id": account.app_id, "api_key": account.api_key, "secret_key": account.secret_key });
    server.accounts().all.iter().map(told).collect()
}

/// Tells when standard input is closed.
fn stdin_closed() -> oneshot::Receiver<()> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 256];
        while std::io::stdin().read(&mut bytes).is_ok_and(|count| count > 0) {}
        let _ = sender.send(());
    });
    receiver
}

/// Waits for standard input, or for ever.
async fn closed(closing: Option<oneshot::Receiver<()>>) {
    match closing {
        Some(closing) => drop(closing.await),
        None => std::future::pending().await,
    }
}
