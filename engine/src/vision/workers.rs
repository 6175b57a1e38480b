//! Analysing without blocking the server: at most one job a core, the others wait their turn.

use std::sync::Arc;
use std::thread::available_parallelism;

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{Analyser, Analysis, Failure, Stage, Wanted};

/// The fault hook, shared with a worker.
pub type Fails = Arc<dyn Fn(Stage) -> bool + Send + Sync>;

/// An analyser and the cores it may use. Cloning shares both.
#[derive(Clone)]
pub struct Workers {
    analyser: Arc<dyn Analyser>,
    turns: Arc<Semaphore>,
}

impl Workers {
    /// Workers for as many jobs at a time as there are cores.
    pub fn new(analyser: Arc<dyn Analyser>) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { analyser, turns: Arc::new(Semaphore::new(cores)) }
    }

    /// The analyser, for its names, capabilities and distances.
    pub fn analyser(&self) -> &dyn Analyser {
        &*self.analyser
    }

    /// [`Analyser::analyse`] on a worker thread. A job that is given up while it waits is never started.
    ///
    /// A panic in the analyser fails the decoding stage and spares the server.
    pub async fn analyse(&self, picture: Bytes, wanted: Wanted, fails: Fails) -> Result<Analysis, Failure> {
        let turn =
            Arc::clone(&self.turns).acquire_owned().await.map_err(|_| Failure::Stage(Stage::Decode))?;
        let analyser = Arc::clone(&self.analyser);
        let job = spawn_blocking(move || {
            let _turn = turn; // held until the job is done, even when nobody waits for it any more
            analyser.analyse(&picture, wanted, &*fails)
        });
        job.await.unwrap_or_else(|error| {
            tracing::error!(%error, "the analyser panicked");
            Err(Failure::Stage(Stage::Decode))
        })
    }
}
