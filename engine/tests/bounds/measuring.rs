//! The bounds, and what measures them: an allocator that counts, and the time of a thread.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lianpu_engine::vision::{Analyser, Analysis, Classic, Failure, Limits, Seeing, Wanted};

use crate::common::nets;

/// Bytes an analysis may have allocated at a time.
const MOST_BYTES: usize = 256_000_000;
/// Time it may take on a core: 2 seconds where nobody else uses its caches and its other thread, and up to twice as long
/// where others do.
const LONGEST: Duration = Duration::from_secs(4);

/// Counts what is allocated, and the most there was at a time.
struct Counting;

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[expect(unsafe_code, reason = "an allocator is one by an unsafe trait")]
// SAFETY: every call goes to the system's allocator with the same arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let allocated = ALLOCATED.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(allocated, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let allocated = ALLOCATED.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(allocated, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        ALLOCATED.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes that are allocated now.
pub fn allocated() -> usize {
    ALLOCATED.load(Ordering::Relaxed)
}

static TURN: Mutex<()> = Mutex::new(());

/// Tests that count take turns: the allocator is everybody's.
pub fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The analysers there are, under their usual limits.
static ANALYSERS: LazyLock<Vec<Box<dyn Analyser>>> = LazyLock::new(|| {
    let mut analysers: Vec<Box<dyn Analyser>> = vec![Box::new(Classic::new(Limits::default()))];
    if let Some(directory) = nets() {
        let seeing = Seeing::load(&directory, Limits::default()).expect("nets that are there are right");
        analysers.push(Box::new(seeing));
    }
    analysers
});

/// What the analysers see, everything wanted.
pub fn analysed(file: &[u8]) -> Vec<Result<Analysis, Failure>> {
    ANALYSERS.iter().map(|analyser| analyser.analyse(file, Wanted::ALL, &|_| false)).collect()
}

/// What they see, in time and memory.
pub fn bounded(name: &str, file: &[u8]) -> Vec<Result<Analysis, Failure>> {
    measured(name, file).into_iter().map(|(outcome, _)| outcome).collect()
}

/// What they see in time and memory, and the bytes that each had allocated at most beyond what there was.
pub fn measured(name: &str, file: &[u8]) -> Vec<(Result<Analysis, Failure>, usize)> {
    let look = |analyser: &dyn Analyser| {
        let before = ALLOCATED.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let start = time_of_this_thread();
        let outcome = analyser.analyse(file, Wanted::ALL, &|_| false);
        let time = time_of_this_thread().saturating_sub(start);
        let bytes = MOST.load(Ordering::Relaxed).saturating_sub(before);
        let what = format!("{} of {name}: {time:.2?}, {} MB", analyser.name(), bytes / 1_000_000);
        println!("{what}, {:?}", outcome.as_ref().map(|analysis| analysis.faces.len()));
        assert!(bytes <= MOST_BYTES && time <= LONGEST, "{what}");
        (outcome, bytes)
    };
    ANALYSERS.iter().map(|analyser| look(&**analyser)).collect()
}

/// The time a processor spent on this thread, which a busy machine does not lengthen, where the system tells it.
fn time_of_this_thread() -> Duration {
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|told| told.split(' ').next()?.parse().ok());
    spent.map_or_else(|| BEGIN.elapsed(), Duration::from_nanos)
}
