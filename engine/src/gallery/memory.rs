//! The store in memory: gone with the process.
//!
//! A person with one face of 128 numbers, an id of 15 letters and one group takes 3,882 bytes in all, counted over 10,000 of
//! them: 2,304 are the fingerprint that tells almost the same picture, 660 the index. Dialects that never ask for almost
//! the same picture store no fingerprint: 1,578 bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use super::finder::{Finder, Place};
use super::{Change, Decide, Look, Near, Person, StateView, Store, StoreError, StoredFace};
use crate::vision::{Description, Face};

/// The store in memory; tenants lock apart from one another.
///
/// A poisoned lock is taken over: changes are decided before anything is touched, so a panic leaves a whole state.
#[derive(Debug, Default)]
pub struct MemoryStore {
    tenants: RwLock<HashMap<String, Arc<RwLock<Tenant>>>>,
}

#[derive(Debug, Default)]
struct Tenant {
    persons: HashMap<Arc<str>, Member>,
    groups: BTreeMap<String, Group>,
    /// Groups that there ever were: each has a number of its own.
    group_numbers: u64,
    /// Boxed: a table has up to twice as many places as faces.
    faces: HashMap<Arc<str>, Box<Kept>>,
    finder: Finder,
}

#[derive(Debug)]
struct Member {
    number: u32,
    name: String,
    tag: String,
    groups: Vec<String>,
    faces: Vec<Arc<str>>,
}

#[derive(Debug)]
struct Group {
    number: u64,
    persons: BTreeSet<Arc<str>>,
}

/// A face without its description, which the finder keeps.
#[derive(Debug)]
struct Kept {
    person: Arc<str>,
    face: Face,
    place: Option<Place>,
}

impl Store for MemoryStore {
    fn read(&self, tenant: &str, look: Look<'_>) -> Result<(), StoreError> {
        let tenants = self.tenants.read().unwrap_or_else(PoisonError::into_inner);
        let Some(tenant) = tenants.get(tenant).cloned() else { return look(&Tenant::default()) };
        drop(tenants);
        look(&*tenant.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, tenant: &str, decide: Decide<'_>) -> Result<(), StoreError> {
        let mut tenants = self.tenants.write().unwrap_or_else(PoisonError::into_inner);
        let tenant = Arc::clone(tenants.entry(tenant.to_owned()).or_default());
        drop(tenants);
        let mut tenant = tenant.write().unwrap_or_else(PoisonError::into_inner);
        for change in decide(&*tenant)? {
            tenant.apply(change);
        }
        Ok(())
    }
}

impl Tenant {
    fn apply(&mut self, change: Change) {
        match change {
            Change::CreatePerson { person, name, tag } => {
                let person: Arc<str> = person.into();
                let number = self.finder.add_person(Arc::clone(&person));
                let member = Member { number, name, tag, groups: Vec::new(), faces: Vec::new() };
                self.persons.insert(person, member);
            }
            Change::DescribePerson { person, name, tag } => {
                if let Some(member) = self.persons.get_mut(&*person) {
                    member.name = name.unwrap_or_else(|| std::mem::take(&mut member.name));
                    member.tag = tag.unwrap_or_else(|| std::mem::take(&mut member.tag));
                }
            }
            Change::RemovePerson(person) => self.remove_person(&person),
            Change::AddFace(face) => self.add_face(face),
            Change::RemoveFace(face) => self.remove_face(&face),
            Change::Join { person, group } => self.join(&person, group),
            Change::Leave { person, group } => self.leave(&person, &group),
        }
    }

    fn remove_person(&mut self, person: &str) {
        let faces = self.persons.get(person).map_or_else(Vec::new, |member| member.faces.clone());
        for face in faces {
            self.remove_face(&face);
        }
        let Some(member) = self.persons.remove(person) else { return };
        for group in &member.groups {
            self.forget_membership(person, group);
        }
        self.finder.remove_person(member.number);
    }

    fn add_face(&mut self, StoredFace { id, person, mut face }: StoredFace) {
        let Some((person, _)) = self.persons.get_key_value(&*person) else { return };
        let (id, person): (Arc<str>, _) = (id.into(), Arc::clone(person));
        let groups = self.group_numbers_of(&person);
        let Some(member) = self.persons.get_mut(&person) else { return };
        let description = face.description.take();
        let add =
            |description: Description| self.finder.add(Arc::clone(&id), member.number, &groups, &description);
        let place = description.and_then(add);
        member.faces.push(Arc::clone(&id));
        self.faces.insert(id, Box::new(Kept { person, face, place }));
    }

    fn remove_face(&mut self, face: &str) {
        let Some(kept) = self.faces.remove(face) else { return };
        let groups = self.group_numbers_of(&kept.person);
        let Some(member) = self.persons.get_mut(&kept.person) else { return };
        member.faces.retain(|id| **id != *face);
        if let Some(place) = kept.place {
            self.finder.remove(place, &groups);
        }
    }

    fn join(&mut self, person: &str, group: String) {
        let Some((id, _)) = self.persons.get_key_value(person) else { return };
        let id = Arc::clone(id);
        let places = self.places_of(person);
        let joined = self.groups.entry(group.clone()).or_insert_with(|| {
            self.group_numbers += 1;
            Group { number: self.group_numbers, persons: BTreeSet::new() }
        });
        joined.persons.insert(id);
        self.finder.join(&places, joined.number);
        if let Some(member) = self.persons.get_mut(person) {
            member.groups.push(group);
        }
    }

    fn leave(&mut self, person: &str, group: &str) {
        let places = self.places_of(person);
        if let Some(left) = self.groups.get(group) {
            self.finder.leave(&places, left.number);
        }
        if let Some(member) = self.persons.get_mut(person) {
            member.groups.retain(|other| other != group);
        }
        self.forget_membership(person, group);
    }

    fn forget_membership(&mut self, person: &str, group: &str) {
        if let Some(left) = self.groups.get_mut(group) {
            left.persons.remove(person);
            if left.persons.is_empty() {
                self.groups.remove(group);
            }
        }
    }

    fn group_numbers_of(&self, person: &str) -> Vec<u64> {
        let groups = self.persons.get(person).into_iter().flat_map(|member| &member.groups);
        groups.filter_map(|group| self.groups.get(group)).map(|group| group.number).collect()
    }

    fn places_of(&self, person: &str) -> Vec<Place> {
        let faces = self.persons.get(person).into_iter().flat_map(|member| &member.faces);
        faces.filter_map(|face| self.faces.get(face)?.place).collect()
    }

    fn stored(&self, id: &str) -> Option<StoredFace> {
        let kept = self.faces.get(id)?;
        let description = kept.place.map(|place| Description(self.finder.description(place).to_vec()));
        let face = Face { description, ..kept.face.clone() };
        Some(StoredFace { id: id.to_owned(), person: (*kept.person).to_owned(), face })
    }
}

impl StateView for Tenant {
    fn person(&self, person: &str) -> Result<Option<Person>, StoreError> {
        Ok(self.persons.get(person).map(|member| Person {
            id: person.to_owned(),
            name: member.name.clone(),
            tag: member.tag.clone(),
            groups: member.groups.clone(),
            faces: member.faces.iter().map(|id| (**id).to_owned()).collect(),
        }))
    }

    fn faces_of(&self, person: &str) -> Result<Vec<StoredFace>, StoreError> {
        let Some(member) = self.persons.get(person) else { return Ok(Vec::new()) };
        Ok(member.faces.iter().filter_map(|id| self.stored(id)).collect())
    }

    fn face(&self, face: &str) -> Result<Option<StoredFace>, StoreError> {
        Ok(self.stored(face))
    }

    fn groups(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.groups.keys().cloned().collect())
    }

    fn group_count(&self) -> Result<usize, StoreError> {
        Ok(self.groups.len())
    }

    fn group_size(&self, group: &str) -> Result<usize, StoreError> {
        Ok(self.groups.get(group).map_or(0, |group| group.persons.len()))
    }

    fn persons_in(&self, group: &str) -> Result<Vec<String>, StoreError> {
        let persons = self.groups.get(group).into_iter().flat_map(|group| &group.persons);
        Ok(persons.map(|person| (**person).to_owned()).collect())
    }

    fn nearest(
        &self,
        groups: &[String],
        descriptions: &[Description],
        top: usize,
    ) -> Result<Vec<Vec<Near>>, StoreError> {
        let groups = groups.iter().filter_map(|group| self.groups.get(group)).map(|group| group.number);
        let found = self.finder.nearest(groups.collect(), descriptions, top);
        let near = |found: super::finder::Found<'_>| {
            let tag = self.persons.get(found.person).map_or_else(String::new, |member| member.tag.clone());
            Near {
                person: (**found.person).to_owned(),
                tag,
                face: (**found.face).to_owned(),
                distance: found.distance,
            }
        };
        Ok(found.into_iter().map(|found| found.into_iter().map(near).collect()).collect())
    }
}
