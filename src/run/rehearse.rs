//! A kept scenario carried out again, by itself: anew, or with the bytes that were sent then.

use std::rc::Rc;

use super::fixture::Session;
use super::replay::{AsSent, Replay};
use super::script::Script;
use super::tags::Tags;
use super::world::World;
use super::{clean_up, steps};
use crate::report::ScenarioRecord;

/// What came of it.
#[derive(Debug)]
pub struct Rehearsed {
    /// The verdict and what it rests on.
    pub record: ScenarioRecord,
    /// Requests whose bytes are others than would be sent now: they name what the target gave then.
    pub differing: usize,
    /// What this target could not fill in.
    pub unfilled: Option<String>,
}

impl Session {
    /// Carries the scenario out and cleans up after it; with the bytes of an earlier run, where they are given.
    pub async fn rehearse(&self, script: &Script, as_sent: Option<AsSent>) -> Rehearsed {
        let mut world = World::default();
        let steps = script.steps.iter().cloned().map(Ok).collect();
        world.equip(Rc::clone(&self.context), Tags::read(script.tags.iter()), steps);
        if let (Some(AsSent { namespace, moments, open }), Some(actor)) = (as_sent, &mut world.actor) {
            actor.namespace = namespace;
            actor.replay = Some(Replay::new(moments, open, self.raw.clone()));
        }
        world.renew_tokens().await;
        for _ in &script.steps {
            steps::carry_out_next(&mut world).await;
        }
        let replay = world.actor.as_mut().and_then(|actor| actor.replay.take());
        let record = world.record(&script.id);
        if let Some(actor) = &mut world.actor {
            clean_up::all(actor).await;
        }
        Rehearsed {
            record,
            differing: replay.as_ref().map_or(0, Replay::differing),
            unfilled: replay.and_then(|replay| replay.unfilled()),
        }
    }
}
