//! Whose face it is.

use super::super::condition::Condition;
use super::super::face_view::score;
use super::{Library, last_part, person_id};
use crate::gallery::{Candidate, GalleryError, Probe};
use crate::vision::Description;

/// A user of a group whom a face may show.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Hit {
    pub(in super::super) group: String,
    pub(in super::super) user: String,
    pub(in super::super) info: String,
    /// 0 to 100; 80 and more is the same person.
    pub(in super::super) score: f64,
}

impl Library<'_> {
    /// Those of the groups that can be searched: all of them exist, unless unknown ones are forgiven.
    pub(in super::super) fn searchable(&self, groups: &[String]) -> Result<Vec<String>, Condition> {
        self.look(|view, shelf| {
            let mut found = Vec::new();
            for group in groups {
                if !shelf.has(group)? {
                    if !self.rules().forgives_unknown_groups {
                        return Err(Condition::GroupUnknown);
                    }
                } else if view.group_size(group)? > 0 {
                    found.push(group.clone());
                }
            }
            Ok(found)
        })
    }

    /// A search to be run where it may take its time: for each face the users that are most alike, at most `top`, most
    /// alike first.
    pub(in super::super) fn into_search(
        self,
        groups: Vec<String>,
        faces: Vec<Description>,
        top: usize,
    ) -> impl FnOnce() -> Result<Vec<Vec<Hit>>, Condition> + Send + 'static {
        let (gallery, tenant) = (self.gallery, self.tenant);
        move || {
            if groups.is_empty() {
                return Ok(vec![Vec::new(); faces.len()]);
            }
            match gallery.identify(&tenant, &Probe::Groups(groups), &faces, top) {
                Ok(found) => {
                    Ok(found.into_iter().map(|found| found.into_iter().map(hit).collect()).collect())
                }
                // The last user went in between.
                Err(GalleryError::NoSuchGroups) => Ok(vec![Vec::new(); faces.len()]),
                Err(_) => Err(Condition::StorageReadFailed),
            }
        }
    }

    /// How alike a face and one user are, in each of the groups that has the user, most alike first.
    pub(in super::super) fn search_user(
        &self,
        groups: &[String],
        user: &str,
        face: &Description,
    ) -> Result<Vec<Hit>, Condition> {
        let mut hits = Vec::new();
        for group in groups {
            let id = person_id(group, user);
            let similarity = match self.gallery.verify(&self.tenant, &id, face) {
                Ok(similarity) => similarity,
                Err(GalleryError::PersonUnknown) => continue,
                Err(_) => return Err(Condition::StorageReadFailed),
            };
            let person = self.gallery.person(&self.tenant, &id);
            let info = person.map(|person| person.tag).unwrap_or_default();
            hits.push(Hit { group: group.clone(), user: user.to_owned(), info, score: score(similarity) });
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(hits)
    }

    /// How alike two faces are, 0 to 100.
    pub(in super::super) fn compare(&self, one: &Description, other: &Description) -> f64 {
        score(self.gallery.similarity(one, other))
    }
}

fn hit(candidate: Candidate) -> Hit {
    Hit {
        group: candidate.person.split('/').next().unwrap_or_default().to_owned(),
        user: last_part(&candidate.person),
        info: candidate.tag,
        score: score(candidate.similarity),
    }
}
