//! What fails is run again, as often as is wanted: what passes then is neither right nor surely wrong.

use cucumber::gherkin::tagexpr::TagOperation;

use super::sink::Sink;
use crate::run::{self, FeatureSource, Only, Options, RunError, Target};

/// Runs all, and after that so many times what failed.
pub(super) async fn run_rounds(
    target: Target,
    sources: Vec<FeatureSource>,
    tags: Option<TagOperation>,
    mut options: Options,
    retries: u32,
    sink: &Sink,
) -> Result<(), RunError> {
    if retries > 0 {
        sink.retry();
    }
    for _ in 0..retries {
        let into = sink.clone();
        let taken = move |event| into.take(event);
        run::run(target.clone(), sources.clone(), tags.clone(), options.clone(), taken).await?;
        let failed = sink.held_back();
        if failed.is_empty() || options.stop.is_set() {
            return Ok(());
        }
        options.keeper = None; // what they sent is kept already
        options.only = Some(Only::new(move |id| failed.contains(id)));
    }
    sink.last_round();
    let into = sink.clone();
    run::run(target, sources, tags, options, move |event| into.take(event)).await
}
