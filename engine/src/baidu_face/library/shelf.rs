//! What a library keeps beside the gallery: groups, also empty ones, and when a face came and from which picture.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::condition::Condition;
use super::super::portrait::Portrait;

/// One application's shelf.
#[derive(Debug, Default)]
pub(super) struct LibraryShelf {
    groups: BTreeMap<String, Group>,
}

/// A group with its faces by token.
#[derive(Debug, Default)]
struct Group {
    deleted_at: Option<u64>,
    faces: HashMap<String, Kept>,
}

/// A face that is registered, for one or several users of a group.
#[derive(Debug)]
struct Kept {
    portrait: Option<Portrait>,
    since: BTreeMap<String, u64>,
}

/// Keeps the shelves of all applications.
pub(super) trait LibraryShelves: Send + Sync {
    /// Lets `act` at one application's shelf while nobody else is.
    fn hold(&self, tenant: &str, act: &mut dyn FnMut(&mut LibraryShelf));
}

/// The shelves in memory: gone with the process.
#[derive(Debug, Default)]
pub(super) struct MemoryShelves {
    tenants: Mutex<HashMap<String, Arc<Mutex<LibraryShelf>>>>,
}

impl LibraryShelves for MemoryShelves {
    fn hold(&self, tenant: &str, act: &mut dyn FnMut(&mut LibraryShelf)) {
        let mut tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        let shelf = Arc::clone(tenants.entry(tenant.to_owned()).or_default());
        drop(tenants);
        act(&mut shelf.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl LibraryShelf {
    /// Whether a group is there; an error while it is being deleted.
    pub(super) fn has(&self, group: &str) -> Result<bool, Condition> {
        match self.groups.get(group) {
            None => Ok(false),
            Some(Group { deleted_at: None, .. }) => Ok(true),
            Some(_) => Err(Condition::GroupDeleting),
        }
    }

    /// The group must be there.
    pub(super) fn require(&self, group: &str) -> Result<(), Condition> {
        if self.has(group)? { Ok(()) } else { Err(Condition::GroupUnknown) }
    }

    /// The groups that are not being deleted, sorted.
    pub(super) fn groups(&self) -> impl Iterator<Item = &String> {
        self.groups.iter().filter(|(_, group)| group.deleted_at.is_none()).map(|(id, _)| id)
    }

    pub(super) fn add_group(&mut self, group: &str) {
        self.groups.entry(group.to_owned()).or_default();
    }

    /// Begins the deletion of a group, which is done at a time.
    pub(super) fn delete_group(&mut self, group: &str, at: u64) {
        if let Some(group) = self.groups.get_mut(group) {
            group.deleted_at = Some(at);
        }
    }

    /// The groups whose deletion is done by a time.
    pub(super) fn deleted_by(&self, now: u64) -> Vec<String> {
        let done = |group: &Group| group.deleted_at.is_some_and(|at| at <= now);
        self.groups.iter().filter(|(_, group)| done(group)).map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn remove_group(&mut self, group: &str) {
        self.groups.remove(group);
    }

    /// The users of a group who have a face.
    pub(super) fn owners(&self, group: &str, token: &str) -> BTreeSet<&str> {
        let kept = self.groups.get(group).and_then(|group| group.faces.get(token));
        kept.map_or_else(BTreeSet::new, |kept| kept.since.keys().map(String::as_str).collect())
    }

    /// When a face of a user came, in seconds since 1970.
    pub(super) fn since(&self, group: &str, user: &str, token: &str) -> Option<u64> {
        self.groups.get(group)?.faces.get(token)?.since.get(user).copied()
    }

    /// The picture of a face that is registered anywhere.
    pub(super) fn portrait(&self, token: &str) -> Option<&Portrait> {
        self.groups.values().find_map(|group| group.faces.get(token)?.portrait.as_ref())
    }

    pub(super) fn add_face(
        &mut self,
        group: &str,
        user: &str,
        token: &str,
        portrait: Option<Portrait>,
        now: u64,
    ) {
        let group = self.groups.entry(group.to_owned()).or_default();
        let kept = group.faces.entry(token.to_owned()).or_insert(Kept { portrait, since: BTreeMap::new() });
        kept.since.insert(user.to_owned(), now);
    }

    pub(super) fn remove_face(&mut self, group: &str, user: &str, token: &str) {
        let Some(group) = self.groups.get_mut(group) else { return };
        let Some(kept) = group.faces.get_mut(token) else { return };
        kept.since.remove(user);
        if kept.since.is_empty() {
            group.faces.remove(token);
        }
    }

    /// Copies a face's picture to another group.
    pub(super) fn copy_face(&mut self, from: &str, to: &str, user: &str, token: &str, now: u64) {
        let kept = self.groups.get(from).and_then(|group| group.faces.get(token));
        let portrait = kept.and_then(|kept| kept.portrait.clone());
        self.add_face(to, user, token, portrait, now);
    }
}
