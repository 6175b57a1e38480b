//! The search by names: one [`Index`] for each length of descriptions, questions gathered, persons ranked.
//!
//! Knows ids of faces and persons and numbers of groups. A tenant's descriptions have one length, that of the
//! analyser; where there are several, each is searched with descriptions of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use slab::Slab;

use super::batches::Batches;
use super::index::{self, Index, Owner, Probe};
use crate::vision::Description;

/// A tenant's descriptions.
#[derive(Debug, Default)]
pub(super) struct Finder {
    persons: Slab<Arc<str>>,
    faces: Slab<Named>,
    indexes: BTreeMap<usize, Index>,
    batches: Batches<Subject, Arc<Question>, Vec<Vec<index::Near>>>,
}

/// Where a description is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    key: u32,
    width: usize,
}

/// A face found.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) person: &'a Arc<str>,
    pub(super) face: &'a Arc<str>,
    pub(super) distance: f32,
}

#[derive(Debug)]
struct Named {
    face: Arc<str>,
    person: u32,
}

/// What questions must have in common to be answered together.
#[derive(Debug, Clone, PartialEq)]
struct Subject {
    width: usize,
    /// Sorted, each once.
    groups: Vec<u64>,
}

#[derive(Debug)]
struct Question {
    descriptions: Vec<Description>,
    top: usize,
}

impl Finder {
    /// A number for a new person.
    pub(super) fn add_person(&mut self, person: Arc<str>) -> u32 {
        number(self.persons.insert(person))
    }

    /// Forgets a person whose faces were removed.
    pub(super) fn remove_person(&mut self, person: u32) {
        self.persons.remove(person as usize);
    }

    /// Adds a face for a person of these groups; `None` for an empty description, which is like nothing.
    pub(super) fn add(
        &mut self,
        face: Arc<str>,
        person: u32,
        groups: &[u64],
        description: &Description,
    ) -> Option<Place> {
        let width = description.0.len();
        if width == 0 {
            return None;
        }
        let key = number(self.faces.insert(Named { face, person }));
        let index = self.indexes.entry(width).or_insert_with(|| Index::new(width));
        index.add(Owner { key, person }, groups, &description.0);
        Some(Place { key, width })
    }

    /// Removes a face whose person is in these groups.
    pub(super) fn remove(&mut self, place: Place, groups: &[u64]) {
        self.faces.remove(place.key as usize);
        if let Some(index) = self.indexes.get_mut(&place.width) {
            index.remove(place.key, groups);
        }
    }

    /// Puts faces into a group.
    pub(super) fn join(&mut self, places: &[Place], group: u64) {
        for Place { key, width } in places {
            if let Some(index) = self.indexes.get_mut(width) {
                index.join(&[*key], &[group]);
            }
        }
    }

    /// Takes faces out of a group.
    pub(super) fn leave(&mut self, places: &[Place], group: u64) {
        for Place { key, width } in places {
            if let Some(index) = self.indexes.get_mut(width) {
                index.leave(&[*key], &[group]);
            }
        }
    }

    /// The description at a place.
    pub(super) fn description(&self, place: Place) -> &[f32] {
        self.indexes.get(&place.width).map_or(&[], |index| index.description(place.key))
    }

    /// For each description the nearest persons of the groups, as [`StateView::nearest`](super::StateView::nearest) says.
    pub(super) fn nearest(
        &self,
        mut groups: Vec<u64>,
        descriptions: &[Description],
        top: usize,
    ) -> Vec<Vec<Found<'_>>> {
        groups.sort_unstable();
        groups.dedup();
        let mut answers: Vec<Vec<Found<'_>>> = descriptions.iter().map(|_| Vec::new()).collect();
        for (width, index) in &self.indexes {
            let same = |place: &usize| descriptions[*place].0.len() == *width;
            let places: Vec<usize> = (0..descriptions.len()).filter(same).collect();
            if places.is_empty() {
                continue;
            }
            let subject = Subject { width: *width, groups: groups.clone() };
            let descriptions = places.iter().map(|place| descriptions[*place].clone()).collect();
            let question = Arc::new(Question { descriptions, top });
            let found = self
                .batches
                .ask(&subject, question, |subject, questions| answered(index, &subject.groups, questions));
            for (place, near) in places.into_iter().zip(found) {
                answers[place] = self.ranked(near, top);
            }
        }
        answers
    }

    /// Persons with their nearest faces, nearest first.
    fn ranked(&self, near: Vec<index::Near>, top: usize) -> Vec<Found<'_>> {
        let mut found: Vec<Found<'_>> = near
            .into_iter()
            .filter_map(|near| {
                let Named { face, person } = self.faces.get(near.key as usize)?;
                let person = self.persons.get(*person as usize)?;
                Some(Found { person, face, distance: near.distance })
            })
            .collect();
        // Both sorts are stable: what is equally near stays in the order of ids and of adding.
        found.sort_by(|a, b| a.person.cmp(b.person).then(a.distance.total_cmp(&b.distance)));
        found.dedup_by(|later, earlier| later.person == earlier.person);
        found.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        found.truncate(top);
        found
    }
}

/// Searches for the descriptions of all questions at once.
fn answered(index: &Index, groups: &[u64], questions: &[Arc<Question>]) -> Vec<Vec<Vec<index::Near>>> {
    let probes: Vec<Probe<'_>> = questions
        .iter()
        .flat_map(|question| {
            question
                .descriptions
                .iter()
                .map(|description| Probe { description: &description.0, top: question.top })
        })
        .collect();
    let mut found = index.search(groups, &probes).into_iter();
    questions.iter().map(|question| found.by_ref().take(question.descriptions.len()).collect()).collect()
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than 2^32 faces fit in memory")
}
