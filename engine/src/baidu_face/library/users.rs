//! Users: told, copied, removed.

use super::super::condition::Condition;
use super::super::fault::{Fault, stage};
use super::{Decision, Library, face_id, last_part, person_id};
use crate::gallery::{Change, StateView, StoredFace};

/// A user of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Membership {
    pub(in super::super) group: String,
    pub(in super::super) info: String,
}

impl Library<'_> {
    /// A user of a group, or of every group that has one of this name.
    pub(in super::super) fn user(
        &self,
        user: &str,
        group: Option<&str>,
    ) -> Result<Vec<Membership>, Condition> {
        self.look(|view, shelf| {
            let groups = match group {
                Some(group) => {
                    shelf.require(group)?;
                    vec![group.to_owned()]
                }
                None => shelf.groups().cloned().collect(),
            };
            let mut found = Vec::new();
            for group in groups {
                if let Some(person) = view.person(&person_id(&group, user))? {
                    found.push(Membership { group, info: person.tag });
                }
            }
            if found.is_empty() { Err(Condition::UserUnknown) } else { Ok(found) }
        })
    }

    /// Removes a user of a group, or of every group that has one of this name.
    pub(in super::super) fn delete_user(&self, user: &str, group: Option<&str>) -> Result<(), Condition> {
        let memberships = self.user(user, group)?;
        self.change(|view, _| {
            let mut changes = Vec::new();
            let mut faces = Vec::new();
            for membership in &memberships {
                let id = person_id(&membership.group, user);
                let Some(person) = view.person(&id)? else { continue };
                faces.extend(person.faces.iter().map(|face| (membership.group.clone(), last_part(face))));
                changes.push(Change::RemovePerson(id));
            }
            let user = user.to_owned();
            let decision: Decision<()> = (
                (),
                changes,
                Box::new(move |shelf| {
                    for (group, token) in &faces {
                        shelf.remove_face(group, &user, token);
                    }
                }),
            );
            Ok(decision)
        })
    }

    /// Copies a user with all faces to another group, which must not have one of this name.
    pub(in super::super) fn copy_user(&self, user: &str, from: &str, to: &str) -> Result<(), Condition> {
        self.change(|view, shelf| {
            shelf.require(from)?;
            let person = view.person(&person_id(from, user))?.ok_or(Condition::UserUnknown)?;
            if !shelf.has(to)? {
                return Err(Condition::DestinationGroupUnknown);
            }
            let copy = person_id(to, user);
            if view.person(&copy)?.is_some() {
                return Err(Condition::UserExists);
            }
            let tokens: Vec<_> = person.faces.iter().map(|face| last_part(face)).collect();
            let taken =
                |token: &String| self.rules().face_once_in_group && !shelf.owners(to, token).is_empty();
            if tokens.iter().any(taken) {
                return Err(Condition::FaceExists);
            }
            stage(self.fault, Fault::PictureWrite)?;
            let changes = copied(view, &person.id, &copy, to, &person.tag, user)?;
            let (user, from, to, now) = (user.to_owned(), from.to_owned(), to.to_owned(), self.now);
            let decision: Decision<()> = (
                (),
                changes,
                Box::new(move |shelf| {
                    for token in &tokens {
                        shelf.copy_face(&from, &to, &user, token, now);
                    }
                }),
            );
            Ok(decision)
        })
    }
}

/// The changes that make a person and its faces again under another name.
fn copied(
    view: &dyn StateView,
    person: &str,
    copy: &str,
    group: &str,
    tag: &str,
    user: &str,
) -> Result<Vec<Change>, Condition> {
    let mut changes = vec![
        Change::CreatePerson { person: copy.to_owned(), name: String::new(), tag: tag.to_owned() },
        Change::Join { person: copy.to_owned(), group: group.to_owned() },
    ];
    for stored in view.faces_of(person)? {
        let id = face_id(group, user, &last_part(&stored.id));
        changes.push(Change::AddFace(StoredFace { id, person: copy.to_owned(), face: stored.face }));
    }
    Ok(changes)
}
