//! Groups: made by name or by their first user, deleted in their own time.

use super::super::condition::Condition;
use super::{Library, last_part};

impl Library<'_> {
    /// Makes an empty group.
    pub(in super::super) fn add_group(&self, group: &str) -> Result<(), Condition> {
        self.change(|_, shelf| {
            if shelf.has(group)? {
                return Err(Condition::GroupExists);
            }
            let id = group.to_owned();
            Ok(((), Vec::new(), Box::new(move |shelf| shelf.add_group(&id))))
        })
    }

    /// Begins the deletion of a group with everything in it.
    pub(in super::super) fn delete_group(&self, group: &str) -> Result<(), Condition> {
        let done_at = self.now.saturating_add(self.rules().deletion_seconds);
        self.change(|_, shelf| {
            shelf.require(group)?;
            let id = group.to_owned();
            Ok(((), Vec::new(), Box::new(move |shelf| shelf.delete_group(&id, done_at))))
        })?;
        self.clear()
    }

    /// A page of the groups, sorted.
    pub(in super::super) fn groups(&self, (start, length): (usize, usize)) -> Result<Vec<String>, Condition> {
        self.look(|_, shelf| Ok(shelf.groups().skip(start).take(length).cloned().collect()))
    }

    /// How many groups there are.
    pub(in super::super) fn group_count(&self) -> Result<usize, Condition> {
        self.look(|_, shelf| Ok(shelf.groups().count()))
    }

    /// Every group with the number of its users, at one moment: a group whose deletion begins meanwhile is in it or not.
    pub(in super::super) fn sizes(&self) -> Result<Vec<(String, usize)>, Condition> {
        self.look(|view, shelf| {
            shelf.groups().map(|group| Ok((group.clone(), view.persons_in(group)?.len()))).collect()
        })
    }

    /// A page of a group's users, sorted.
    pub(in super::super) fn users(
        &self,
        group: &str,
        (start, length): (usize, usize),
    ) -> Result<Vec<String>, Condition> {
        self.look(|view, shelf| {
            shelf.require(group)?;
            let users = view.persons_in(group)?;
            Ok(users.iter().skip(start).take(length).map(|id| last_part(id)).collect())
        })
    }
}
