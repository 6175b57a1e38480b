//! What exists in a scenario: persons and their groups, under short names.

use std::collections::BTreeMap;

/// The persons of one scenario by their short names.
#[derive(Debug, Default)]
pub(super) struct Things {
    persons: BTreeMap<String, Person>,
    last: Option<String>,
}

/// A person that the set-up created.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    /// The id on the wire.
    pub(super) id: String,
    /// The groups' ids on the wire.
    pub(super) groups: Vec<String>,
    /// How many faces the set-up gave it.
    pub(super) faces: usize,
}

impl Things {
    pub(super) fn add(&mut self, name: &str, person: Person) {
        self.persons.insert(name.to_owned(), person);
        self.last = Some(name.to_owned());
    }

    pub(super) fn person(&self, name: &str) -> Option<&Person> {
        self.persons.get(name)
    }

    pub(super) fn person_mut(&mut self, name: &str) -> Option<&mut Person> {
        self.persons.get_mut(name)
    }

    /// Keeps a deleted person under its name, so that steps may ask for it; it is nobody's default any more.
    pub(super) fn bury(&mut self, name: &str) {
        self.last.take_if(|last| last == name);
    }

    /// The person a valid request is about when nothing else is said: the last one created.
    pub(super) fn last(&self) -> Option<&Person> {
        self.last.as_ref().and_then(|name| self.persons.get(name))
    }
}
