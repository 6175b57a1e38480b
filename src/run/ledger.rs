//! What a scenario created at the target, and its clean-up. Nothing else is ever deleted.

use lianpu_corpus::{Dialect, Operation};

use super::context::Context;
use super::draft::Draft;
use super::send;
use super::transcript::Purpose;
use super::world::World;
use crate::judge::{Answer, read};

/// Leftovers that are told.
const MOST_LEFTOVERS: usize = 1000;

/// What this scenario may have created.
#[derive(Debug, Default)]
pub(super) struct Ledger(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    kind: Kind,
    id: String,
    by_second: bool,
}

/// What is cleaned up. Where groups outlive their persons they are deleted, and the persons with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Group,
}

impl Kind {
    /// The role of the operation that deletes it.
    const fn role(self) -> &'static str {
        match self {
            Self::Person => "delete-person",
            Self::Group => "delete-group",
        }
    }

    /// What `valid` says of the parameter that names it.
    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Group => "group",
        }
    }

    /// What a dialect's scenarios clean up.
    pub(super) fn of(dialect: &Dialect) -> Self {
        match dialect.manifest.role(Self::Group.role()) {
            Some(_) => Self::Group,
            None => Self::Person,
        }
    }
}

impl Ledger {
    /// Notes a thing; a second time changes nothing.
    pub(super) fn note(&mut self, kind: Kind, id: &str, by_second: bool) {
        let entry = Entry { kind, id: id.to_owned(), by_second };
        if !self.0.contains(&entry) {
            self.0.push(entry);
        }
    }

    /// How many things are noted.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets a thing that is known to be gone.
    pub(super) fn strike(&mut self, kind: Kind, id: &str) {
        self.0.retain(|entry| entry.kind != kind || entry.id != id);
    }
}

/// Deletes what the scenario created; what cannot be deleted is told to the run.
pub(super) async fn clean_up(world: &mut World) {
    clean_up_from(world, 0).await;
}

/// Deletes what was noted after the first so many things.
pub(super) async fn clean_up_from(world: &mut World, first: usize) {
    let kept = world.ledger.0.len().min(first);
    let entries = world.ledger.0.split_off(kept);
    if entries.is_empty() {
        return;
    }
    let context = world.context();
    let dialect = world.dialect();
    for entry in entries {
        let operation = dialect.manifest.role(entry.kind.role()).and_then(|name| dialect.operation(name));
        let Some(operation) = operation else { continue };
        world.asks_second = entry.by_second;
        if let Some(why) = delete(&entry, operation, world, &context).await {
            let mut leftovers = context.leftovers.borrow_mut();
            if leftovers.len() == MOST_LEFTOVERS {
                continue; // a target that deletes nothing must not fill our memory
            }
            leftovers.push(format!("{}: {} {why}", entry.id, operation.name));
        }
    }
}

/// Why it is still there.
async fn delete(
    entry: &Entry,
    operation: &'static Operation,
    world: &World,
    context: &Context,
) -> Option<String> {
    let mut draft = Draft::new(operation);
    send::fill(&mut draft, world, context);
    for parameter in &operation.parameters {
        if parameter.valid.as_deref() == Some(entry.kind.parameter()) {
            draft.put_json(&parameter.name, entry.id.as_str());
        }
    }
    match send::deliver(&draft, Purpose::SetUp, world, context).await {
        Ok(reply) => {
            let gone =
                is_gone(entry.kind, &read(&reply, world.dialect(), operation), world.dialect(), operation);
            (!gone).then(|| format!("answered {}", reply.excerpt(120)))
        }
        Err(why) => Some(why.to_string()),
    }
}

/// Deleted now, or not there.
fn is_gone(kind: Kind, answer: &Answer, dialect: &Dialect, operation: &Operation) -> bool {
    let gone = dialect.manifest.resource(kind.parameter()).map_or(&[][..], |resource| &resource.gone);
    answer.success || answer.code.as_ref().is_some_and(|code| dialect.tells(operation, code, gone))
}
