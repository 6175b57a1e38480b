//! Who belongs to which group.

use std::collections::HashSet;

use super::persons::known;
use super::{Change, Gallery, GalleryError, StateView};

/// What joining or leaving came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// How many groups were joined or left.
    pub changed: usize,
    /// The person's groups afterwards.
    pub groups: Vec<String>,
}

impl Gallery {
    /// The tenant's groups; an error when there is none.
    pub fn groups(&self, tenant: &str) -> Result<Vec<String>, GalleryError> {
        let groups = self.read(tenant, |view| view.groups())?;
        if groups.is_empty() { Err(GalleryError::NoSuchGroups) } else { Ok(groups) }
    }

    /// The persons of a group.
    pub fn persons_in(&self, tenant: &str, group: &str) -> Result<Vec<String>, GalleryError> {
        let persons = self.read(tenant, |view| view.persons_in(group))?;
        if persons.is_empty() { Err(GalleryError::GroupUnknown) } else { Ok(persons) }
    }

    /// Puts a person into groups; those that do not exist are created, those it is in already do not count.
    pub fn join(&self, tenant: &str, person: &str, groups: &[String]) -> Result<Membership, GalleryError> {
        self.write(tenant, |view| {
            let mut now = known(view, person)?.groups;
            let joined = self.joinable(view, &now, groups)?;
            now.extend(joined.iter().cloned());
            let changed = joined.len();
            let join = |group| Change::Join { person: person.to_owned(), group };
            Ok((Membership { changed, groups: now }, joined.into_iter().map(join).collect()))
        })
    }

    /// Takes a person out of groups; those it is not in do not count. An error when none of the groups exists.
    pub fn leave(&self, tenant: &str, person: &str, groups: &[String]) -> Result<Membership, GalleryError> {
        self.write(tenant, |view| {
            let mut now = known(view, person)?.groups;
            if existing(view, groups)?.is_empty() {
                return Err(GalleryError::GroupUnknown);
            }
            let left: Vec<_> = now.extract_if(.., |group| groups.contains(group)).collect();
            let changed = left.len();
            let leave = |group| Change::Leave { person: person.to_owned(), group };
            Ok((Membership { changed, groups: now }, left.into_iter().map(leave).collect()))
        })
    }

    /// Those of the wanted groups that a person of the groups `already` would newly join, each once, if the limits
    /// allow all of them.
    pub(super) fn joinable(
        &self,
        view: &dyn StateView,
        already: &[String],
        wanted: &[String],
    ) -> Result<Vec<String>, GalleryError> {
        let mut joined = Vec::new();
        let mut seen: HashSet<&String> = already.iter().collect();
        let mut group_count = view.group_count()?;
        for group in wanted {
            if !seen.insert(group) {
                continue;
            }
            let size = view.group_size(group)?;
            if size >= self.limits.persons_per_group {
                return Err(GalleryError::PersonsExceeded);
            }
            if size == 0 {
                group_count += 1;
                if group_count > self.limits.groups {
                    return Err(GalleryError::GroupsExceeded);
                }
            }
            joined.push(group.clone());
        }
        Ok(joined)
    }
}

/// Those of the groups that exist.
pub(super) fn existing(view: &dyn StateView, groups: &[String]) -> Result<Vec<String>, GalleryError> {
    let mut found = Vec::new();
    for group in groups {
        if view.group_size(group)? > 0 {
            found.push(group.clone());
        }
    }
    Ok(found)
}
