//! Who is it: one person's faces, or the nearest of whole groups.

use super::membership::existing;
use super::persons::known;
use super::{Gallery, GalleryError, Near};
use crate::vision::Description;

/// Where to look for a face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// One group, which must exist.
    Group(String),
    /// Several groups, of which at least one must exist.
    Groups(Vec<String>),
}

/// A person that a face may show.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Who.
    pub person: String,
    /// The person's tag.
    pub tag: String,
    /// The face of the person that is most alike.
    pub face: String,
    /// How alike, 0 to 100.
    pub similarity: f32,
}

impl Gallery {
    /// How alike two faces are, 0 to 100.
    pub fn similarity(&self, one: &Description, other: &Description) -> f32 {
        self.analyser.similarity(self.analyser.distance(one, other))
    }

    /// Whether faces so similar count as the same person's.
    pub fn is_same_person(&self, similarity: f32) -> bool {
        similarity >= self.analyser.same_person_from()
    }

    /// How alike a face and the most similar one of a person are, 0 to 100; 0 for a person without faces.
    pub fn verify(&self, tenant: &str, person: &str, description: &Description) -> Result<f32, GalleryError> {
        self.read(tenant, |view| {
            known(view, person)?;
            let faces = view.faces_of(person)?;
            let nearest = faces
                .iter()
                .filter_map(|face| face.face.description.as_ref())
                .map(|other| self.analyser.distance(description, other))
                .min_by(f32::total_cmp);
            Ok(nearest.map_or(0.0, |distance| self.analyser.similarity(distance)))
        })
    }

    /// For each description the persons that are most alike, at most `top`, most alike first; a person counts with
    /// its best face.
    pub fn identify(
        &self,
        tenant: &str,
        probe: &Probe,
        descriptions: &[Description],
        top: usize,
    ) -> Result<Vec<Vec<Candidate>>, GalleryError> {
        self.read(tenant, |view| {
            let groups = match probe {
                Probe::Group(group) => {
                    if view.group_size(group)? == 0 {
                        return Err(GalleryError::GroupUnknown);
                    }
                    vec![group.clone()]
                }
                Probe::Groups(groups) => existing(view, groups)?,
            };
            if groups.is_empty() {
                return Err(GalleryError::NoSuchGroups);
            }
            let found = view.nearest(&groups, descriptions, top)?;
            Ok(found
                .into_iter()
                .map(|near| near.into_iter().map(|near| self.candidate(near)).collect())
                .collect())
        })
    }

    fn candidate(&self, near: Near) -> Candidate {
        let similarity = self.analyser.similarity(near.distance);
        Candidate { person: near.person, tag: near.tag, face: near.face, similarity }
    }
}
