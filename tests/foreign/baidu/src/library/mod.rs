//! One application's library: groups of users, users with faces. Kept in memory.

mod faces;
mod groups;
mod lookup;
#[cfg(test)]
mod tests;
mod users;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    codes::{Refusal, refuse},
    defects::Defects,
    picture::Sighting,
    scores,
    vision::Face,
};

pub use lookup::{Hit, Probe};
pub use users::Adding;

/// The most faces of one user in one group.
const MOST_FACES: usize = 20;
/// How long a face token lives that is not registered.
const TOKEN_LIFE: Duration = Duration::from_secs(3600);

/// A face of a user.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its token and what was seen.
    pub sighting: Sighting,
    /// When it was added, in seconds since 1970.
    pub created: u64,
    /// When it was added, for searches.
    added: Instant,
}

/// A user of a group.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// What is noted about the user.
    pub info: String,
    /// The user's faces, the oldest first.
    pub faces: Vec<Stored>,
}

/// The users of a group.
type Group = BTreeMap<String, User>;

/// How a library behaves.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What is wrong with it.
    pub defects: Defects,
    /// How long a new face is not yet found by a search.
    pub search_delay: Duration,
    /// How long the deletion of a group goes on.
    pub group_delete_delay: Duration,
    /// The likeness at which two faces are taken for the same person's.
    pub same: f32,
}

impl Default for Rules {
    fn default() -> Self {
        let none = Duration::ZERO;
        Self { defects: Defects::default(), search_delay: none, group_delete_delay: none, same: scores::SAME }
    }
}

/// Everything that one application stored.
#[derive(Debug, Default)]
pub struct Library {
    groups: BTreeMap<String, Group>,
    deleting: HashMap<String, Instant>,
    tokens: HashMap<String, (Arc<Face>, Instant)>,
    /// Faces that a defect leaves in the index after they were deleted.
    ghosts: Vec<(String, String, String, Stored)>,
    /// Groups that a defect brings back with all their users.
    buried: HashMap<String, Group>,
    rules: Rules,
}

impl Library {
    /// An empty library.
    pub fn new(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Keeps the tokens of a picture's faces for their hour.
    pub fn remember(&mut self, seen: &[Sighting]) {
        if self.tokens.len() > 20_000 {
            self.tokens.retain(|_, (_, at)| at.elapsed() < TOKEN_LIFE);
        }
        let kept = if self.on("second-face-token-forgotten") { 1 } else { seen.len() };
        for sighting in &seen[..kept] {
            self.tokens.insert(sighting.token.clone(), (Arc::clone(&sighting.face), Instant::now()));
        }
    }

    /// The face that a token stands for.
    pub fn known(&self, token: &str) -> Result<Sighting, Refusal> {
        let fresh = self
            .tokens
            .get(token)
            .filter(|(_, at)| at.elapsed() < TOKEN_LIFE)
            .map(|(face, _)| Arc::clone(face));
        let face = fresh.or_else(|| {
            let all = self.groups.values().flat_map(BTreeMap::values).flat_map(|user| &user.faces);
            all.into_iter()
                .find(|face| face.sighting.token == token)
                .map(|face| Arc::clone(&face.sighting.face))
        });
        match face {
            Some(face) => Ok(Sighting { token: token.to_owned(), face }),
            None => refuse(if self.on("unknown-face-token-is-222202") { 222_202 } else { 222_209 }),
        }
    }

    /// Refuses a group that is being deleted.
    fn not_deleting(&self, group: &str) -> Result<(), Refusal> {
        if self.is_deleting(group) { refuse(223_128) } else { Ok(()) }
    }

    fn is_deleting(&self, group: &str) -> bool {
        self.deleting.get(group).is_some_and(|at| at.elapsed() < self.rules.group_delete_delay)
    }

    /// A group that exists and stays.
    fn group(&self, name: &str, otherwise: u32) -> Result<&Group, Refusal> {
        self.not_deleting(name)?;
        self.groups.get(name).ok_or(Refusal(otherwise))
    }

    /// A user of a group.
    fn user(&self, group: &str, user: &str, no_group: u32) -> Result<&User, Refusal> {
        self.group(group, no_group)?.get(user).ok_or(Refusal(223_103))
    }

    fn on(&self, defect: &str) -> bool {
        self.rules.defects.on(defect)
    }
}

/// The part of a list that was asked for.
fn page(all: Vec<String>, start: u64, length: u64, defects: &Defects) -> Vec<String> {
    let start = if defects.on("start-ignored") { 0 } else { start };
    let start = if defects.on("start-counts-pages") { start * length } else { start };
    let length = if defects.on("length-ignored") { 1000 } else { length };
    let length = if defects.on("lists-cut-at-ten") { length.min(10) } else { length };
    all.into_iter().skip(start as usize).take(length as usize).collect()
}
