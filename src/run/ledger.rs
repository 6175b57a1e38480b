//! What an actor may have created at the target. Nothing else is ever deleted.

use lianpu_corpus::{Dialect, Resource};

/// What an actor may have created, of the kinds that its dialect cleans up.
#[derive(Debug)]
pub(super) struct Ledger {
    /// What is cleaned up.
    pub(super) resources: Vec<&'static Resource>,
    entries: Vec<Entry>,
}

/// One thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is.
    pub(super) resource: &'static Resource,
    /// Its id on the wire.
    pub(super) id: String,
    /// Whether the second account created it.
    pub(super) by_second: bool,
}

impl Ledger {
    pub(super) fn of(dialect: &'static Dialect) -> Self {
        Self { resources: dialect.manifest.cleaned().collect(), entries: Vec::new() }
    }

    /// Notes a thing; a second time changes nothing, and nor do things that go with others.
    pub(super) fn note(&mut self, kind: &str, id: &str, by_second: bool) {
        let Some(resource) = self.resources.iter().find(|resource| resource.name == kind) else { return };
        let entry = Entry { resource, id: id.to_owned(), by_second };
        if !self.entries.contains(&entry) {
            self.entries.push(entry);
        }
    }

    /// How many things are noted.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Forgets a thing that is known to be gone.
    pub(super) fn strike(&mut self, kind: &str, id: &str) {
        self.entries.retain(|entry| entry.resource.name != kind || entry.id != id);
    }

    /// Takes what was noted after the first so many things.
    pub(super) fn take_from(&mut self, first: usize) -> Vec<Entry> {
        self.entries.split_off(self.entries.len().min(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_others_is_not_noted() {
        let dialect = lianpu_corpus::bundled("baidu-face").unwrap();
        let mut ledger = Ledger::of(dialect);
        for (kind, id) in [("group", "g"), ("person", "p"), ("group", "g"), ("group", "h")] {
            ledger.note(kind, id, false);
        }
        ledger.note("group", "g", true);
        ledger.strike("person", "h");
        assert_eq!(ledger.len(), 3);
        ledger.strike("group", "h");
        let taken = ledger.take_from(1);
        assert_eq!(
            taken.iter().map(|entry| (&*entry.id, entry.by_second)).collect::<Vec<_>>(),
            [("g", true)]
        );
        assert_eq!(ledger.len(), 1);
    }
}
