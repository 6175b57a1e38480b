//! Faces of users: registered, replaced, listed, removed.

use super::super::condition::Condition;
use super::super::fault::{Fault, stage};
use super::super::portrait::{Portrait, token};
use super::{Decision, Library, face_id, last_part, person_id};
use crate::gallery::{Change, Person, StoredFace};
use crate::vision::Face;

/// A face to be registered for a user.
#[derive(Debug, Clone)]
pub(in super::super) struct Registration {
    pub(in super::super) group: String,
    pub(in super::super) user: String,
    /// What is known of the user from now on; `None` leaves it as it is.
    pub(in super::super) info: Option<String>,
    pub(in super::super) face: Face,
    pub(in super::super) portrait: Portrait,
    /// Whether the picture itself is kept.
    pub(in super::super) keeps_picture: bool,
    /// Whether the user's other faces of the group go.
    pub(in super::super) replaces: bool,
}

impl Library<'_> {
    /// Registers a face; group and user come to exist.
    pub(in super::super) fn add(&self, new: &Registration) -> Result<(), Condition> {
        self.register(new, |_, _| Ok(()))
    }

    /// Registers a face in place of all others of a user; the group must exist, and unless `creates` the user too.
    pub(in super::super) fn update(&self, new: &Registration, creates: bool) -> Result<(), Condition> {
        self.register(new, |group_exists, user_exists| match (group_exists, user_exists || creates) {
            (false, _) => Err(Condition::GroupUnknown),
            (true, false) => Err(Condition::UserUnknown),
            (true, true) => Ok(()),
        })
    }

    fn register(
        &self,
        new: &Registration,
        allow: impl Fn(bool, bool) -> Result<(), Condition>,
    ) -> Result<(), Condition> {
        let token = token(&new.face, &new.portrait);
        self.change(|view, shelf| {
            let known = view.person(&person_id(&new.group, &new.user))?;
            allow(shelf.has(&new.group)?, known.is_some())?;
            let owners = shelf.owners(&new.group, &token);
            let own = owners.contains(new.user.as_str());
            let others = owners.len() > usize::from(own);
            if (own && !new.replaces) || (others && self.rules().face_once_in_group) {
                return Err(Condition::FaceExists);
            }
            let before = known.as_ref().map_or(0, |person| person.faces.len());
            if !new.replaces && before >= self.rules().faces_per_user {
                return Err(Condition::FacesExceeded);
            }
            stage(self.fault, Fault::PictureWrite)?;
            let (changes, gone) = changes(new, known.as_ref(), &token);
            let (new, token, now) = (new.clone(), token.clone(), self.now);
            let decision: Decision<()> = (
                (),
                changes,
                Box::new(move |shelf| {
                    for old in &gone {
                        shelf.remove_face(&new.group, &new.user, old);
                    }
                    let portrait = new.keeps_picture.then_some(new.portrait);
                    shelf.add_face(&new.group, &new.user, &token, portrait, now);
                }),
            );
            Ok(decision)
        })
    }

    /// Whether a face can be registered at all, before its picture is looked at: the group is not being deleted, and
    /// for an update group and user exist.
    pub(in super::super) fn may_register(
        &self,
        group: &str,
        user: &str,
        must_exist: Option<bool>,
    ) -> Result<(), Condition> {
        self.look(|view, shelf| {
            let exists = shelf.has(group)?;
            let Some(creates) = must_exist.map(|user_too| !user_too) else { return Ok(()) };
            if !exists {
                return Err(Condition::GroupUnknown);
            }
            if !creates && view.person(&person_id(group, user))?.is_none() {
                return Err(Condition::UserUnknown);
            }
            Ok(())
        })
    }

    /// The faces of a user with the times at which they came, in that order.
    pub(in super::super) fn faces(&self, group: &str, user: &str) -> Result<Vec<(String, u64)>, Condition> {
        self.look(|view, shelf| {
            shelf.require(group)?;
            let person = view.person(&person_id(group, user))?.ok_or(Condition::UserUnknown)?;
            let tokens = person.faces.iter().map(|face| last_part(face));
            let dated = |token: String| {
                let since = shelf.since(group, user, &token).unwrap_or(0);
                (token, since)
            };
            Ok(tokens.map(dated).collect())
        })
    }

    /// Removes a face; the user goes with the last one.
    pub(in super::super) fn delete_face(
        &self,
        group: &str,
        user: &str,
        token: &str,
    ) -> Result<(), Condition> {
        self.change(|view, shelf| {
            shelf.require(group)?;
            let person = view.person(&person_id(group, user))?.ok_or(Condition::UserUnknown)?;
            let id = face_id(group, user, token);
            if !person.faces.contains(&id) {
                return Err(Condition::FaceUnknown);
            }
            let change = if person.faces.len() == 1 {
                Change::RemovePerson(person.id)
            } else {
                Change::RemoveFace(id)
            };
            let (group, user, token) = (group.to_owned(), user.to_owned(), token.to_owned());
            let decision: Decision<()> =
                ((), vec![change], Box::new(move |shelf| shelf.remove_face(&group, &user, &token)));
            Ok(decision)
        })
    }

    /// The picture of a registered face.
    pub(in super::super) fn portrait(&self, token: &str) -> Result<Option<Portrait>, Condition> {
        self.look(|_, shelf| Ok(shelf.portrait(token).cloned()))
    }
}

/// What the gallery changes, and the tokens that go.
fn changes(new: &Registration, known: Option<&Person>, token: &str) -> (Vec<Change>, Vec<String>) {
    let id = person_id(&new.group, &new.user);
    let mut changes = Vec::new();
    let mut gone = Vec::new();
    match known {
        None => {
            let tag = new.info.clone().unwrap_or_default();
            changes.push(Change::CreatePerson { person: id.clone(), name: String::new(), tag });
            changes.push(Change::Join { person: id.clone(), group: new.group.clone() });
        }
        Some(person) => {
            if new.info.is_some() {
                changes.push(Change::DescribePerson {
                    person: id.clone(),
                    name: None,
                    tag: new.info.clone(),
                });
            }
            if new.replaces {
                gone.extend(person.faces.iter().map(|face| last_part(face)));
                changes.extend(person.faces.iter().cloned().map(Change::RemoveFace));
            }
        }
    }
    // What is almost the same picture nobody asks here, so the fingerprint goes too.
    let face = Face { landmarks: None, fingerprint: Vec::new(), pixels: None, ..new.face.clone() };
    changes.push(Change::AddFace(StoredFace { id: face_id(&new.group, &new.user, token), person: id, face }));
    (changes, gone)
}
