//! Groups: made, listed, deleted.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{Group, Library, page};
use crate::codes::{Refusal, refuse};

impl Library {
    /// Whether a group can be made.
    pub fn may_add_group(&self, name: &str) -> Result<(), Refusal> {
        self.not_deleting(name)?;
        if self.groups.contains_key(name) && !self.on("group-twice-is-taken") {
            refuse(223_101)
        } else {
            Ok(())
        }
    }

    /// Makes a group.
    pub fn add_group(&mut self, name: &str) {
        if self.on("group-add-is-forgotten") {
            return;
        }
        if let Some(users) = self.buried.remove(name).filter(|_| self.on("new-group-keeps-old-users")) {
            self.groups.insert(name.to_owned(), users);
            return;
        }
        if self.on("group-twice-empties-it") {
            self.groups.remove(name);
        }
        self.groups.entry(name.to_owned()).or_default();
    }

    /// Deletes a group with all its users.
    pub fn delete_group(&mut self, name: &str) -> Result<(), Refusal> {
        if self.on("unknown-group-is-deleted") && !self.groups.contains_key(name) {
            return Ok(());
        }
        self.group(name, 223_100)?;
        if self.on("group-is-not-deleted") {
            return Ok(());
        }
        if self.on("group-delete-empties-only") {
            self.groups.insert(name.to_owned(), Group::new());
            return Ok(());
        }
        if self.on("group-delete-takes-all-groups") {
            self.groups.retain(|other, _| other == name);
        }
        let users = self.groups.remove(name).unwrap_or_default();
        if self.on("deleted-group-stays-in-search") {
            self.bury(name, &users);
        }
        self.buried.insert(name.to_owned(), users);
        self.deleting.retain(|_, at| at.elapsed() < Duration::from_secs(600));
        self.deleting.insert(name.to_owned(), Instant::now());
        Ok(())
    }

    /// Leaves all faces of a group in the index.
    fn bury(&mut self, name: &str, users: &Group) {
        for (user, of) in users {
            for face in &of.faces {
                self.ghosts.push((name.to_owned(), user.clone(), of.info.clone(), face.clone()));
            }
        }
    }

    /// The ids of the groups, from Z to A.
    pub fn groups(&self, start: u64, length: u64) -> Vec<String> {
        let hide_empty = self.on("empty-groups-unlisted");
        let all = self.groups.iter().filter(|(_, users)| !hide_empty || !users.is_empty());
        page(all.rev().map(|(name, _)| name.clone()).collect(), start, length, &self.rules.defects)
    }

    /// The ids of a group's users, from Z to A.
    pub fn users(&self, name: &str, start: u64, length: u64) -> Result<Vec<String>, Refusal> {
        if self.on("users-of-unknown-group-are-none") && !self.groups.contains_key(name) {
            return Ok(Vec::new());
        }
        let mut all: Vec<String> = self.group(name, 223_100)?.keys().rev().cloned().collect();
        if self.on("users-of-all-groups-listed") {
            all = self.groups.values().flat_map(BTreeMap::keys).cloned().collect();
        }
        Ok(page(all, start, length, &self.rules.defects))
    }
}
