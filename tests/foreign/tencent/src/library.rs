//! What is remembered: for each account its groups, persons and faces.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use crate::print::Print;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// The most groups of an account.
pub(crate) const MOST_GROUPS: usize = 5000;
/// The most persons of a group.
pub(crate) const MOST_PERSONS: usize = 20_000;
/// The most faces of a person.
pub(crate) const MOST_FACES: usize = 20;

/// A face of a person.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    pub(crate) id: String,
    pub(crate) tag: Option<String>,
    pub(crate) item: Value,
    pub(crate) print: Print,
    /// Left out of lists; only a planted fault hides a face.
    pub(crate) hidden: bool,
}

/// A person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) tag: String,
    pub(crate) groups: Vec<String>,
    pub(crate) faces: Vec<Face>,
}

impl Person {
    /// The ids of the faces, the youngest first.
    pub(crate) fn face_ids(&self) -> Vec<String> {
        self.faces.iter().rev().filter(|face| !face.hidden).map(|face| face.id.clone()).collect()
    }
}

/// The library of one account.
#[derive(Debug, Default)]
pub(crate) struct Tenant {
    pub(crate) groups: BTreeMap<String, Vec<String>>,
    pub(crate) persons: BTreeMap<String, Person>,
    /// The persons in the order of their making.
    pub(crate) order: Vec<String>,
    /// Persons that are gone but not forgotten: planted faults only.
    ghosts: Vec<(String, Person)>,
    /// Persons as they were before a face was deleted: planted faults only.
    shadows: Vec<(String, Person)>,
}

impl Tenant {
    /// The person of this id.
    pub(crate) fn person(&self, id: &str, defects: &Defects) -> Result<&Person, Code> {
        let unknown = if defects.has(Defect::StrangerAs21) { Code::BAD_PARAMETER } else { Code::NO_PERSON };
        self.persons.get(id).ok_or(unknown)
    }

    /// The same, to be changed.
    pub(crate) fn person_mut(&mut self, id: &str, defects: &Defects) -> Result<&mut Person, Code> {
        self.person(id, defects)?;
        self.persons.get_mut(id).ok_or(Code::NO_PERSON)
    }

    /// Takes a new person in, and makes the groups that it names. Returns the groups that it joined.
    pub(crate) fn admit(
        &mut self,
        id: &str,
        mut person: Person,
        defects: &Defects,
    ) -> Result<Vec<String>, Code> {
        if defects.has(Defect::FirstGroupOnly) {
            person.groups.truncate(1);
        }
        let new = person.groups.iter().filter(|group| !self.groups.contains_key(*group)).count();
        if self.groups.len() + new > MOST_GROUPS {
            return Err(Code::MANY_GROUPS);
        }
        let full =
            |group: &String| self.groups.get(group).is_some_and(|members| members.len() >= MOST_PERSONS);
        if person.groups.iter().any(full) {
            return Err(Code::MANY_PERSONS);
        }
        for group in &person.groups {
            let members = self.groups.entry(group.clone()).or_default();
            if defects.has(Defect::GroupReplaced) {
                members.clear();
            }
            members.retain(|member| member != id);
            members.push(id.to_owned());
        }
        let joined = person.groups.clone();
        self.persons.insert(id.to_owned(), person);
        self.order.push(id.to_owned());
        if defects.has(Defect::ForgetfulAfterFive) && self.persons.len() > 5 {
            let oldest = self.order.remove(0);
            self.dismiss(&oldest, defects);
        }
        Ok(joined)
    }

    /// Removes a person; a group that loses its last person is gone.
    pub(crate) fn dismiss(&mut self, id: &str, defects: &Defects) {
        let Some(person) = self.persons.remove(id) else { return };
        self.order.retain(|known| known != id);
        if !defects.has(Defect::DeletedInGroup) {
            self.groups.retain(|_, members| {
                members.retain(|member| member != id);
                !members.is_empty()
            });
        }
        if defects.has(Defect::DeletedFound) || defects.has(Defect::DeletedFaceStays) {
            self.ghosts.push((id.to_owned(), person));
        }
    }

    /// Notes how a person was before faces of it were deleted.
    pub(crate) fn remember(&mut self, id: &str, before: Person, defects: &Defects) {
        if defects.has(Defect::DeletedFaceFound) {
            self.shadows.push((id.to_owned(), before));
        }
    }

    /// The persons to be searched in a group, the forgotten ones included where a fault keeps them.
    pub(crate) fn members(&self, group: &str, defects: &Defects) -> Vec<(&str, &Person)> {
        let everybody = defects.has(Defect::AllGroupsSearched);
        let within = |person: &Person| everybody || person.groups.iter().any(|known| known == group);
        let mut found: Vec<(&str, &Person)> = Vec::new();
        for (id, person) in &self.persons {
            // The membership in the list counts, as getpersonids tells it.
            let listed = self.groups.get(group).is_some_and(|members| members.contains(id));
            if everybody || (listed && within(person)) {
                found.push((id, person));
            }
        }
        let ghosts = self.ghosts.iter().filter(|_| defects.has(Defect::DeletedFound)).chain(&self.shadows);
        found.extend(ghosts.filter(|(_, ghost)| within(ghost)).map(|(id, ghost)| (id.as_str(), ghost)));
        found
    }

    /// The face of this id, wherever it is.
    pub(crate) fn face(&self, id: &str, defects: &Defects) -> Option<&Face> {
        let ghosts =
            self.ghosts.iter().filter(|_| defects.has(Defect::DeletedFaceStays)).map(|(_, ghost)| ghost);
        self.persons.values().chain(ghosts).flat_map(|person| &person.faces).find(|face| face.id == id)
    }
}

/// The libraries of all accounts.
#[derive(Debug, Default)]
pub(crate) struct Library {
    tenants: HashMap<String, Tenant>,
}

impl Library {
    /// The library of an account.
    pub(crate) fn tenant(&mut self, appid: &str, defects: &Defects) -> &mut Tenant {
        let key = if defects.has(Defect::OneLibrary) { "" } else { appid };
        self.tenants.entry(key.to_owned()).or_default()
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Tenant> {
        self.tenants.values()
    }
}

/// A list of ids as it is told.
pub(crate) fn list(mut ids: Vec<String>, defects: &Defects) -> Value {
    if defects.has(Defect::ListsDoubled)
        && let Some(first) = ids.first().cloned()
    {
        ids.push(first);
    }
    if defects.has(Defect::ListsCutAtTen) {
        ids.truncate(10);
    }
    json!(ids)
}
