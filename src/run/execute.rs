//! One run: features in, events out.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use cucumber::event::{self, ScenarioFinished};
use cucumber::gherkin::tagexpr::TagOperation;
use cucumber::gherkin::{Feature, Scenario};
use cucumber::runner::Basic;
use cucumber::writer::Ext as _;
use cucumber::{Cucumber, Event as Cucumbers, Writer, cli, parser, step};
use futures::FutureExt as _;
use regex::Regex;

use super::client::Client;
use super::context::{Context, Options};
use super::error::RunError;
use super::feed::{FeatureSource, Feed};
use super::names::Names;
use super::origin::Origin;
use super::script::Script;
use super::tags::Tags;
use super::target::Target;
use super::transcript::{Recorded, Transcript};
use super::world::World;
use super::{clean_up, evidence, script, steps};
use crate::report::{Event, Finished, Reason, ReasonCode, ScenarioPlace, Verdict};

/// Runs every scenario of the sources, many at once, and hands out an event for each verdict, and one at the end.
///
/// The caller has sent [`Event::RunStarted`]. Must be called inside a tokio runtime; all scenarios run on the calling
/// thread.
pub async fn run(
    target: Target,
    sources: Vec<FeatureSource>,
    tags: Option<TagOperation>,
    options: Options,
    sink: impl FnMut(Event) + 'static,
) -> Result<(), RunError> {
    let begun = Instant::now();
    let client = Client::new(&target)?;
    let origin = Origin::start(target.origin.as_deref()).await.map_err(RunError::Origin)?;
    let (jobs, stop, shard, only) = (options.jobs, options.stop.clone(), options.shard, options.only.clone());
    let context = Rc::new(Context::new(target, client, options, origin, Box::new(sink)));
    let errors = Rc::new(RefCell::new(Vec::new()));
    let feed = Feed {
        sources: sources.into(),
        ready: VecDeque::new(),
        tags,
        shard,
        only,
        budget: Arc::clone(&context.budget),
        stop: stop.clone(),
        errors: Rc::clone(&errors),
        names: Names::default(),
    };
    let before = Rc::clone(&context);
    let after = Rc::clone(&context);
    let runner = Basic::default()
        .steps(definitions())
        .max_concurrent_scenarios(jobs)
        .before(move |feature, _, scenario, world: &mut World| {
            let tags = Tags::read(script::tags(feature, scenario));
            world.equip(Rc::clone(&before), tags, script::read_steps(feature, scenario));
            async {
                world.renew_tokens().await;
                world.look_for_operation().await;
            }
            .boxed_local()
        })
        .after(move |feature, _, scenario, finished, world| {
            let context = Rc::clone(&after);
            async move {
                finish(&context, feature, scenario, finished, world).await;
                context.budget.done();
            }
            .boxed_local()
        });
    let options = cli::Opts::<cli::Empty, cucumber::runner::basic::Cli, cli::Empty, cli::Empty> {
        re_filter: None,
        tags_filter: None,
        parser: cli::Empty,
        runner: cucumber::runner::basic::Cli::default(),
        writer: cli::Empty,
        custom: cli::Empty,
    };
    Cucumber::<World, _, (), _, _>::custom(feed, runner, Silent.assert_normalized())
        .with_cli(options)
        .run(())
        .await;
    let left = context.leftovers.take();
    let finished = Finished {
        partial: stop.is_set(),
        seconds: begun.elapsed().as_secs_f64(),
        leftovers: left.iter().map(ToString::to_string).collect(),
        left,
        totals: None, // counted by whoever takes the events
        digest: None,
    };
    (context.sink.borrow_mut())(Event::RunFinished(finished));
    if context.is_gone() {
        return Err(RunError::Gone(context.target.base_url.clone()));
    }
    let errors = errors.take();
    if errors.is_empty() { Ok(()) } else { Err(RunError::Features(errors)) }
}

/// One definition a keyword takes every sentence: cucumber tries all its expressions on every step, so a table of our
/// own is both quicker and readable without running.
fn definitions() -> step::Collection<World> {
    let any = || Regex::new("(?s)^.*$").expect("an expression");
    step::Collection::new().given(None, any(), steps::step).when(None, any(), steps::step).then(
        None,
        any(),
        steps::step,
    )
}

/// Cleans up after a scenario and hands out its record.
async fn finish(
    context: &Context,
    feature: &Feature,
    scenario: &Scenario,
    finished: &ScenarioFinished,
    world: Option<&mut World>,
) {
    let Some(world) = world else { return };
    if let ScenarioFinished::BeforeHookFailed(_) | ScenarioFinished::StepFailed(..) = finished {
        let why = Reason::with(ReasonCode::HarnessError, "a step panicked; this is a bug of the harness");
        world.block(Verdict::Indeterminate, why);
    }
    steps::settle(world).await;
    let mut record = world.record(&scenario.name);
    if record.row.is_none() {
        let file = feature.path.as_deref().map(|path| path.display().to_string());
        record.place = file.map(|file| ScenarioPlace { file, line: scenario.position.line });
    }
    if matches!(record.verdict, Verdict::Fail | Verdict::Indeterminate) {
        record.evidence = Some(Box::new(evidence::of(scenario, world, context)));
    }
    if let (Verdict::Fail, Some(keeper)) = (record.verdict, &context.options.keeper) {
        let transcript = transcript(feature, scenario, world);
        record.reproducer = transcript.and_then(|transcript| keeper.keep(&record, &transcript));
    }
    let interrupted = world.interrupted;
    if let Some(actor) = &mut world.actor {
        clean_up::all(actor).await;
    }
    if !interrupted {
        (context.sink.borrow_mut())(Event::Scenario(record));
    }
}

/// All that the scenario did; nothing where it ended before a step that cannot be read.
fn transcript(feature: &Feature, scenario: &Scenario, world: &World) -> Option<Transcript> {
    let steps = world.steps.iter().cloned().collect::<Result<_, _>>().ok()?;
    let tags = script::tags(feature, scenario).cloned().collect();
    let script = Script { id: scenario.name.clone(), tags, steps };
    let actor = world.actor();
    let Recorded { moments, exchanges, left_out, mutated, .. } = actor.recording.take();
    let (caller, namespace) = (actor.caller(), actor.namespace.clone());
    Some(Transcript { script, caller, namespace, moments, exchanges, left_out, mutated })
}

/// Cucumber's own writer writes nothing: the records are the output.
struct Silent;

impl Writer<World> for Silent {
    type Cli = cli::Empty;

    async fn handle_event(&mut self, _: parser::Result<Cucumbers<event::Cucumber<World>>>, _: &Self::Cli) {}
}
