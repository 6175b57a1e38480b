//! Analysing without blocking the server: at most one job a core, the others wait their turn; a picture that was seen
//! lately is not looked at again.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use bytes::Bytes;
use lru::LruCache;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{Analyser, Analysis, Failure, Stage, Wanted};

/// The fault hook, shared with a worker.
pub type Fails = Arc<dyn Fn(Stage) -> bool + Send + Sync>;

/// The pictures remembered: about 3 KB each.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(512).expect("512 is not 0");

/// What was asked of a picture, and the picture by its digest.
type Question = ([u8; 32], Wanted);

/// The answers by their questions, the latest kept.
type Memory = LruCache<Question, Result<Analysis, Failure>>;

/// An analyser and the cores it may use. Cloning shares both.
#[derive(Clone)]
pub struct Workers {
    analyser: Arc<dyn Analyser>,
    turns: Arc<Semaphore>,
    memory: Arc<Mutex<Memory>>,
}

impl Workers {
    /// Workers for as many jobs at a time as there are cores.
    pub fn new(analyser: Arc<dyn Analyser>) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let memory = Arc::new(Mutex::new(LruCache::new(REMEMBERED)));
        Self { analyser, turns: Arc::new(Semaphore::new(cores)), memory }
    }

    /// The analyser, for its names, capabilities and distances.
    pub fn analyser(&self) -> &dyn Analyser {
        &*self.analyser
    }

    /// [`Analyser::analyse`] on a worker thread. A job that is given up while it waits is never started.
    ///
    /// A panic in the analyser fails the decoding stage and spares the server.
    pub async fn analyse(&self, picture: Bytes, wanted: Wanted, fails: Fails) -> Result<Analysis, Failure> {
        if Stage::ALL.into_iter().any(|stage| fails(stage)) {
            return self.look(picture, wanted, fails).await;
        }
        let question = (Sha256::digest(&picture).into(), wanted);
        let known = self.memory.lock().unwrap_or_else(PoisonError::into_inner).get(&question).cloned();
        if let Some(answer) = known {
            return answer;
        }
        let answer = self.look(picture, wanted, fails).await;
        // A stage that failed by itself may not fail again.
        if !matches!(answer, Err(Failure::Stage(_))) {
            self.memory.lock().unwrap_or_else(PoisonError::into_inner).put(question, answer.clone());
        }
        answer
    }

    async fn look(&self, picture: Bytes, wanted: Wanted, fails: Fails) -> Result<Analysis, Failure> {
        let analyser = Arc::clone(&self.analyser);
        let looked = self.run(move || analyser.analyse(&picture, wanted, &*fails)).await;
        looked.unwrap_or(Err(Failure::Stage(Stage::Decode)))
    }

    /// Does other work on pictures when its turn comes, on a worker thread; nothing where it panics. What is given up while it
    /// waits is never started: so pictures should be decoded by the job, and not wait for it in memory.
    pub async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let job = spawn_blocking(move || {
            let _turn = turn; // held until the job is done, even when nobody waits for it any more
            job()
        });
        job.await.inspect_err(|error| tracing::error!(%error, "work on a picture panicked")).ok()
    }
}
