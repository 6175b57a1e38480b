//! `serve`: an engine on a port until it is told to stop.

use std::fs;
use std::future::Future;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use lianpu_corpus::LoadError;
use tokio::net::TcpListener;

use super::models::tell_whose;
use crate::config::{Config, UnknownLimit};
use crate::engine::{Engine, EngineError};
use crate::record::Recorder;
use crate::vision::models;

/// The arguments of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// File to write the ready line to, besides standard output
    #[arg(long, value_name = "PATH")]
    pub ready_file: Option<PathBuf>,
    /// Honour the fault hook (header X-Lianpu-Fault)
    #[arg(long)]
    pub allow_faults: bool,
    /// Fetch pictures from loopback and private addresses too
    #[arg(long)]
    pub allow_private_urls: bool,
    /// Set a limit, such as faces-per-person=5; may be repeated
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limit)]
    pub limits: Vec<(String, u64)>,
    /// Folder of the nets' weights [default: where `models install` puts them]
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// Requests a second that each account may send
    #[arg(long, value_name = "N")]
    pub requests_per_second: Option<u32>,
    /// Make a mistake on purpose; may be repeated
    #[cfg(feature = "defects")]
    #[arg(long = "defect", value_name = "NAME", value_parser = defects())]
    pub defects: Vec<String>,
    /// Write what clients send, and why a signature fails, to a file: one line of JSON a request, without secrets; a table of
    /// it comes at the end
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// Why `serve` ended with an error.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The bundled data cannot be read.
    #[error(transparent)]
    Corpus(#[from] LoadError),
    /// No such limit.
    #[error(transparent)]
    Limit(#[from] UnknownLimit),
    /// A folder was named that holds no weights.
    #[error("{0}: no weights are there; `lianpu-engine models install` fetches them")]
    NoModels(PathBuf),
    /// The engine cannot start.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The ready line cannot be told.
    #[error("cannot write the ready line to {place}: {error}")]
    Ready {
        /// The file, or standard output.
        place: String,
        /// Why.
        error: io::Error,
    },
    /// The record cannot be written.
    #[error("cannot write the record to {file}: {error}")]
    Record {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Signals cannot be waited for.
    #[error("cannot wait for signals: {0}")]
    Signals(io::Error),
}

impl ServeArgs {
    /// The documented configuration with what the arguments change.
    pub fn config(&self) -> Result<Config, ServeError> {
        let mut config = Config::documented()?;
        config.allow_faults = self.allow_faults;
        config.allow_private_urls = self.allow_private_urls;
        for (name, value) in &self.limits {
            config.set_limit(name, *value)?;
        }
        if let Some(requests) = self.requests_per_second {
            config.set_requests_per_second(requests);
        }
        if let Some(directory) = &self.models {
            if !models::any(directory) {
                return Err(ServeError::NoModels(directory.clone()));
            }
            config.models = Some(directory.clone());
        }
        #[cfg(feature = "defects")]
        {
            config.defects = self.defects.iter().cloned().collect();
        }
        Ok(config)
    }
}

/// Runs `serve` until SIGINT or SIGTERM; the ready line goes to `out` and to the file that was asked for.
pub async fn run(args: &ServeArgs, out: &mut (dyn Write + Send)) -> Result<(), ServeError> {
    let stop = stop_signal().map_err(ServeError::Signals)?;
    let mut engine = Engine::new(args.config()?)?;
    tell_whose(engine.analyser());
    let recorder = args.record.as_deref().map(recorder).transpose()?;
    if let Some(recorder) = &recorder {
        engine = engine.recording(Arc::clone(recorder));
    }
    let engine = Arc::new(engine);
    let address = args.listen;
    let listener = TcpListener::bind(address).await.map_err(|error| ServeError::Listen { address, error })?;
    let address = listener.local_addr().map_err(|error| ServeError::Listen { address, error })?;
    let line = format!("{}\n", engine.ready(&base_url(address)));
    if let Some(file) = &args.ready_file {
        replace(file, &line)
            .map_err(|error| ServeError::Ready { place: file.display().to_string(), error })?;
    }
    out.write_all(line.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| ServeError::Ready { place: "standard output".to_owned(), error })?;
    engine.serve(listener, stop).await;
    let (Some(recorder), Some(file)) = (recorder, &args.record) else { return Ok(()) };
    let (table, failed) = recorder.finish();
    // Whoever read the ready line may be gone by now; the record itself is in its file.
    let _ = out.write_all(table.as_bytes()).and_then(|()| out.flush());
    failed.map_or(Ok(()), |error| Err(ServeError::Record { file: file.clone(), error }))
}

/// The names of the mistakes that can be made, each with what it is.
#[cfg(feature = "defects")]
fn defects() -> clap::builder::PossibleValuesParser {
    let value =
        |defect: crate::front::Defect| clap::builder::PossibleValue::new(defect.name).help(defect.gloss);
    crate::fronts::defects().into_iter().map(value).collect::<Vec<_>>().into()
}

/// Creates a file, or empties the one that is there, that nobody else may read: it tells what clients sent.
fn private(file: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        options.mode(0o600);
        let opened = options.open(file)?;
        opened.set_permissions(fs::Permissions::from_mode(0o600))?;
        Ok(opened)
    }
    #[cfg(not(unix))]
    options.open(file)
}

/// Begins a record; a file that is there is begun anew.
fn recorder(file: &Path) -> Result<Arc<Recorder>, ServeError> {
    let created = private(file);
    created
        .map(|file| Arc::new(Recorder::new(file)))
        .map_err(|error| ServeError::Record { file: file.to_owned(), error })
}

/// Where a client on this machine finds the server.
fn base_url(mut address: SocketAddr) -> String {
    if address.ip() == IpAddr::V4(Ipv4Addr::UNSPECIFIED) {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{address}")
}

/// Writes a file so that nobody ever reads half of it.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut whole = tempfile::NamedTempFile::new_in(directory)?;
    whole.write_all(text.as_bytes())?;
    whole.persist(file).map(drop).map_err(|error| error.error)
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal to wait for the server runs until the process is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, such as faces-per-person=5")?;
    let value = value.trim().parse().map_err(|_| format!("{value:?} is not a whole number of 0 or more"))?;
    Ok((name.trim().to_owned(), value))
}
