//! Users: added, renewed, told of, copied and deleted.

use std::time::Instant;

use super::{Group, Library, MOST_FACES, Stored, User};
use crate::{
    accounts::now,
    codes::{Refusal, refuse},
    picture::Sighting,
};

/// What is to be added to whom.
#[derive(Clone, Debug)]
pub struct Adding {
    /// The group.
    pub group: String,
    /// The user.
    pub user: String,
    /// What is noted about the user; none leaves it as it is.
    pub info: Option<String>,
    /// Whether the user's earlier faces go.
    pub replace: bool,
    /// Whether a user who is missing is made.
    pub create: bool,
}

impl Library {
    /// Whether a face can be added.
    pub fn may_add(&self, adding: &Adding, sighting: &Sighting) -> Result<(), Refusal> {
        self.not_deleting(&adding.group)?;
        let Some(group) = self.groups.get(&adding.group) else {
            return if adding.create { Ok(()) } else { refuse(223_103) };
        };
        let user = group.get(&adding.user);
        if user.is_none() && !adding.create && !self.on("update-makes-users") {
            return refuse(223_103);
        }
        let holder = group
            .iter()
            .find(|(_, user)| user.faces.iter().any(|face| face.sighting.token == sighting.token));
        if adding.replace {
            return Ok(());
        }
        if holder.is_some() && !self.on("same-face-twice") {
            return refuse(223_105);
        }
        let most = if self.on("one-face-too-many") { MOST_FACES + 1 } else { MOST_FACES };
        if user.is_some_and(|user| user.faces.len() >= most) && !self.on("no-limit-of-faces") {
            return refuse(222_210);
        }
        Ok(())
    }

    /// Adds a face.
    pub fn add(&mut self, adding: &Adding, sighting: &Sighting) {
        let append = self.on("replace-appends");
        let wipe = self.on("user-info-wiped-by-second-face");
        let lose = self.on("user-info-is-forgotten");
        let stale = self.on("user-info-is-not-renewed");
        let garble = self.on("chinese-user-info-lost");
        let ghost = self.on("replaced-faces-stay-in-search");
        let drop_all = self.on("append-replaces");
        let elsewhere = self.on("replace-in-all-groups");
        if adding.replace && elsewhere {
            self.groups.values_mut().for_each(|group| drop(group.remove(&adding.user)));
        }
        let group = self.groups.entry(adding.group.clone()).or_default();
        let new = !group.contains_key(&adding.user);
        let user = group.entry(adding.user.clone()).or_default();
        if (adding.replace && !append) || (!adding.replace && drop_all) {
            let gone = std::mem::take(&mut user.faces);
            if ghost {
                let info = user.info.clone();
                self.ghosts.extend(
                    gone.into_iter()
                        .map(|face| (adding.group.clone(), adding.user.clone(), info.clone(), face)),
                );
            }
        }
        match &adding.info {
            Some(_) if lose || (stale && !new) => {}
            Some(info) if garble => {
                user.info = info.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
            }
            Some(info) => user.info.clone_from(info),
            None if wipe => user.info.clear(),
            None => {}
        }
        user.faces.push(Stored { sighting: sighting.clone(), created: now(), added: Instant::now() });
    }

    /// The groups of a user, with what each notes about the user.
    pub fn tell(&self, group: Option<&str>, user: &str) -> Result<Vec<(String, String)>, Refusal> {
        if let Some(group) = group.filter(|_| !self.on("user-get-tells-all-groups")) {
            let info = self.user(group, user, 223_103)?.info.clone();
            return Ok(vec![(group.to_owned(), info)]);
        }
        let all = self
            .groups
            .iter()
            .filter_map(|(name, users)| Some((name.clone(), users.get(user)?.info.clone())));
        let count = if self.on("all-groups-are-one") { 1 } else { usize::MAX };
        let all: Vec<_> = all.take(count).collect();
        if all.is_empty() { refuse(223_103) } else { Ok(all) }
    }

    /// Copies a user with faces to another group, where faces that are there already stay once.
    pub fn copy(&mut self, user: &str, from: &str, to: &str) -> Result<(), Refusal> {
        let source = self.user(from, user, 223_100)?.clone();
        self.not_deleting(to)?;
        if !self.groups.contains_key(to) && !self.on("copy-makes-groups") {
            return refuse(223_111);
        }
        if self.on("copy-is-forgotten") {
            return Ok(());
        }
        let (no_info, one_face, moves) =
            (self.on("copy-loses-info"), self.on("copy-takes-one-face"), self.on("copy-moves"));
        let target = self.groups.entry(to.to_owned()).or_default();
        let mut merged = target.get(user).cloned().unwrap_or_default();
        for face in source.faces.iter().take(if one_face { 1 } else { usize::MAX }) {
            if merged.faces.iter().all(|other| other.sighting.token != face.sighting.token) {
                merged.faces.push(Stored { added: Instant::now(), ..face.clone() });
            }
        }
        if merged.faces.len() > MOST_FACES {
            return refuse(222_210);
        }
        if !no_info {
            merged.info = source.info;
        }
        target.insert(user.to_owned(), merged);
        if moves {
            self.groups.get_mut(from).map(|group| group.remove(user));
        }
        Ok(())
    }

    /// Deletes a user from one group or from all.
    pub fn delete_user(&mut self, group: Option<&str>, user: &str) -> Result<(), Refusal> {
        let groups: Vec<String> = match group {
            Some(group) => {
                if !self.on("unknown-user-is-deleted") {
                    self.user(group, user, 223_103)?;
                }
                vec![group.to_owned()]
            }
            None => self
                .groups
                .iter()
                .filter(|(_, users)| users.contains_key(user))
                .map(|(name, _)| name.clone())
                .collect(),
        };
        if groups.is_empty() {
            return refuse(223_103);
        }
        let everywhere = self.on("user-delete-takes-all-groups");
        let groups = if everywhere { self.groups.keys().cloned().collect() } else { groups };
        let groups = if self.on("delete-everywhere-takes-one") { groups[..1].to_vec() } else { groups };
        for name in groups {
            let gone = match self.groups.get_mut(&name) {
                Some(_) if self.rules.defects.on("user-is-not-deleted") => None,
                Some(users) => users.remove(user),
                None => None,
            };
            self.forget(&name, user, gone);
        }
        Ok(())
    }

    /// What a deletion leaves behind when it is a defective one.
    fn forget(&mut self, group: &str, user: &str, gone: Option<User>) {
        let Some(gone) = gone else { return };
        if self.on("deleted-user-stays-in-search") {
            let left = gone
                .faces
                .iter()
                .map(|face| (group.to_owned(), user.to_owned(), gone.info.clone(), face.clone()));
            self.ghosts.extend(left);
        }
        if self.on("emptied-group-goes") && self.groups.get(group).is_some_and(Group::is_empty) {
            self.groups.remove(group);
        }
    }
}
