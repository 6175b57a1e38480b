//! The bundled engine, started in this process when no target is named.
//!
//! With the command's `serve` and `--setup` the only place where the harness meets the engine.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use lianpu_engine::vision::models;
use lianpu_engine::{Config, Engine};
use tokio::sync::oneshot;

use crate::cli::config;
use crate::cli::error::CliError;
use crate::cli::terminal;
use crate::report::BUNDLED;
use crate::run::Target;

/// Persons in a group on the engine we start, so that a full group is a matter of eight requests.
const PERSONS_PER_GROUP: u64 = 8;

/// The engine waits this long for a picture's server, so that a stalling one does not hold up the run.
const FETCH: Duration = Duration::from_secs(2);

/// A running engine; dropped, it ends.
pub(in crate::cli) struct Bundled {
    /// What the user should know of it.
    pub(in crate::cli) notes: Vec<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the engine with faults allowed on a loopback port, on threads of its own.
pub(in crate::cli) fn start(setup: bool) -> Result<(Bundled, Target), CliError> {
    let mut notes = Vec::new();
    let models = models_dir(setup, &mut notes)?;
    let other = |error: &dyn std::error::Error| CliError::Other(error.to_string().into());
    let mut config = Config::documented().map_err(|error| other(&error))?;
    config.allow_faults = true;
    config.allow_private_urls = true;
    config.models = models;
    config.fetch.total = FETCH;
    config.set_limit("persons-per-group", PERSONS_PER_GROUP).map_err(|error| other(&error))?;
    let engine = Arc::new(Engine::new(config).map_err(|error| other(&error))?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let ready = engine.ready(&format!("http://{}", listener.local_addr()?));
    let target = config::from_ready(&ready, BUNDLED)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("engine").build()?;
    let thread = std::thread::Builder::new().name("engine".to_owned()).spawn(move || {
        runtime.block_on(async {
            let listener =
                tokio::net::TcpListener::from_std(listener).expect("a bound listener is taken over");
            let until = async {
                let _ = stopped.await;
            };
            engine.serve(listener, until).await;
        });
        runtime.shutdown_background();
    })?;
    Ok((Bundled { notes, stop: Some(stop), thread: Some(thread) }, target))
}

impl Drop for Bundled {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The folder with the nets' weights; without them the engine sees less and says so.
fn models_dir(setup: bool, notes: &mut Vec<String>) -> Result<Option<PathBuf>, CliError> {
    let without = "the bundled engine runs without face nets: rows that need them are not provoked";
    let folder = match models::default_dir() {
        Ok(folder) => folder,
        Err(error) => {
            notes.push(format!("{without}: {error}"));
            return Ok(None);
        }
    };
    if models::verify(&folder).is_ok() {
        return Ok(Some(folder));
    }
    if !setup {
        notes.push(format!("{without}; `lianpu run --setup` fetches them"));
        return Ok(None);
    }
    let fetching = format!("fetching the face nets with npm into {}", folder.display());
    terminal::write_note(&fetching, &mut terminal::stderr())?;
    match models::install(&folder) {
        Ok(()) => Ok(Some(folder)),
        Err(error) => {
            notes.push(format!("the face nets cannot be fetched: {error}"));
            notes.push(without.to_owned());
            Ok(None)
        }
    }
}
