//! Faces of a user: listed and deleted.

use super::{Library, Stored};
use crate::codes::{Refusal, refuse};

impl Library {
    /// The faces of a user, the newest first.
    pub fn faces(&self, group: &str, user: &str) -> Result<Vec<Stored>, Refusal> {
        let faces = &self.user(group, user, 223_100)?.faces;
        let count = if self.on("face-list-cut-at-ten") { 10 } else { usize::MAX };
        let count = if self.on("face-list-is-first-only") { 1 } else { count };
        Ok(faces.iter().rev().take(count).cloned().collect())
    }

    /// Deletes a face; the last one takes the user with it.
    pub fn delete_face(&mut self, group: &str, user: &str, token: &str) -> Result<(), Refusal> {
        let of = self.user(group, user, 223_100)?;
        let Some(index) = of.faces.iter().position(|face| face.sighting.token == token) else {
            return if self.on("unknown-face-is-deleted") { Ok(()) } else { refuse(223_106) };
        };
        if self.on("face-is-not-deleted") {
            return Ok(());
        }
        let info = of.info.clone();
        let (ghost, all, keep) = (
            self.on("deleted-face-stays-in-search"),
            self.on("face-delete-takes-all"),
            self.on("user-without-faces-stays"),
        );
        let index = if self.on("face-delete-takes-first") { 0 } else { index };
        let Some(users) = self.groups.get_mut(group) else { return refuse(223_100) };
        let Some(of) = users.get_mut(user) else { return refuse(223_103) };
        let gone = of.faces.remove(index);
        if all {
            of.faces.clear();
        }
        if of.faces.is_empty() && !keep {
            users.remove(user);
        }
        if ghost {
            self.ghosts.push((group.to_owned(), user.to_owned(), info, gone));
        }
        Ok(())
    }
}
