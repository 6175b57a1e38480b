//! The store in memory: gone with the process.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use super::rows::{Row, Rows};
use super::{Change, Decide, Look, Person, Scanned, Store, StoreError, StoredFace, View};
use crate::condition::Condition;
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
    persons: HashMap<String, Member>,
    groups: BTreeMap<String, BTreeSet<String>>,
    faces: HashMap<String, Kept>,
    rows: Rows,
}

#[derive(Debug, Default)]
struct Member {
    name: String,
    tag: String,
    groups: Vec<String>,
    faces: Vec<(String, Option<Row>)>,
}

/// A face without its description, which stands in the rows.
#[derive(Debug)]
struct Kept {
    person: String,
    face: Face,
}

impl Store for MemoryStore {
    fn read(&self, tenant: &str, look: Look<'_>) -> Result<(), Condition> {
        let tenants = self.tenants.read().unwrap_or_else(PoisonError::into_inner);
        let Some(tenant) = tenants.get(tenant).cloned() else { return look(&Tenant::default()) };
        drop(tenants);
        look(&*tenant.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, tenant: &str, decide: Decide<'_>) -> Result<(), Condition> {
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
                self.persons.insert(person, Member { name, tag, ..Member::default() });
            }
            Change::DescribePerson { person, name, tag } => {
                if let Some(member) = self.persons.get_mut(&person) {
                    member.name = name.unwrap_or_else(|| std::mem::take(&mut member.name));
                    member.tag = tag.unwrap_or_else(|| std::mem::take(&mut member.tag));
                }
            }
            Change::RemovePerson(person) => self.remove_person(&person),
            Change::AddFace(face) => self.add_face(face),
            Change::RemoveFace(face) => self.remove_face(&face),
            Change::Join { person, group } => {
                if let Some(member) = self.persons.get_mut(&person) {
                    member.groups.push(group.clone());
                    self.groups.entry(group).or_default().insert(person);
                }
            }
            Change::Leave { person, group } => {
                if let Some(member) = self.persons.get_mut(&person) {
                    member.groups.retain(|other| *other != group);
                }
                self.forget_membership(&person, &group);
            }
        }
    }

    fn remove_person(&mut self, person: &str) {
        let Some(member) = self.persons.remove(person) else { return };
        for group in &member.groups {
            self.forget_membership(person, group);
        }
        for (face, row) in member.faces {
            self.faces.remove(&face);
            self.rows.remove(row);
        }
    }

    fn add_face(&mut self, StoredFace { id, person, mut face }: StoredFace) {
        let Some(member) = self.persons.get_mut(&person) else { return };
        let row = face.description.take().map(|description| self.rows.add(&description.0));
        member.faces.push((id.clone(), row));
        self.faces.insert(id, Kept { person, face });
    }

    fn remove_face(&mut self, face: &str) {
        let Some(kept) = self.faces.remove(face) else { return };
        let Some(member) = self.persons.get_mut(&kept.person) else { return };
        let Some(at) = member.faces.iter().position(|(id, _)| id == face) else { return };
        let (_, row) = member.faces.remove(at);
        self.rows.remove(row);
    }

    fn forget_membership(&mut self, person: &str, group: &str) {
        if let Some(persons) = self.groups.get_mut(group) {
            persons.remove(person);
            if persons.is_empty() {
                self.groups.remove(group);
            }
        }
    }

    fn stored(&self, id: &str, row: Option<&Row>) -> Option<StoredFace> {
        let kept = self.faces.get(id)?;
        let description = row.map(|row| Description(self.rows.description(row).to_vec()));
        let face = Face { description, ..kept.face.clone() };
        Some(StoredFace { id: id.to_owned(), person: kept.person.clone(), face })
    }
}

impl View for Tenant {
    fn person(&self, person: &str) -> Result<Option<Person>, StoreError> {
        Ok(self.persons.get(person).map(|member| Person {
            id: person.to_owned(),
            name: member.name.clone(),
            tag: member.tag.clone(),
            groups: member.groups.clone(),
            faces: member.faces.iter().map(|(id, _)| id.clone()).collect(),
        }))
    }

    fn faces_of(&self, person: &str) -> Result<Vec<StoredFace>, StoreError> {
        let Some(member) = self.persons.get(person) else { return Ok(Vec::new()) };
        Ok(member.faces.iter().filter_map(|(id, row)| self.stored(id, row.as_ref())).collect())
    }

    fn face(&self, face: &str) -> Result<Option<StoredFace>, StoreError> {
        let row = self
            .faces
            .get(face)
            .and_then(|kept| self.persons.get(&kept.person))
            .and_then(|member| member.faces.iter().find(|(id, _)| id == face))
            .and_then(|(_, row)| row.as_ref());
        Ok(self.stored(face, row))
    }

    fn groups(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.groups.keys().cloned().collect())
    }

    fn group_count(&self) -> Result<usize, StoreError> {
        Ok(self.groups.len())
    }

    fn group_size(&self, group: &str) -> Result<usize, StoreError> {
        Ok(self.groups.get(group).map_or(0, BTreeSet::len))
    }

    fn persons_in(&self, group: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.groups.get(group).map_or_else(Vec::new, |persons| persons.iter().cloned().collect()))
    }

    fn scan(&self, groups: &[String], visit: &mut dyn FnMut(Scanned<'_>)) -> Result<(), StoreError> {
        let persons: BTreeSet<&String> =
            groups.iter().filter_map(|group| self.groups.get(group)).flatten().collect();
        for person in persons {
            let Some(member) = self.persons.get(person) else { continue };
            for (face, row) in &member.faces {
                let Some(row) = row else { continue };
                let description = self.rows.description(row);
                visit(Scanned { person, tag: &member.tag, face, description });
            }
        }
        Ok(())
    }
}
