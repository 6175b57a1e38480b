//! Who is it: an exact scan over descriptions.

use super::membership::existing;
use super::persons::known;
use super::{Gallery, Scanned};
use crate::condition::Condition;
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
    pub fn verify(&self, tenant: &str, person: &str, description: &Description) -> Result<f32, Condition> {
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
    ) -> Result<Vec<Vec<Candidate>>, Condition> {
        self.read(tenant, |view| {
            let groups = match probe {
                Probe::Group(group) => {
                    if view.group_size(group)? == 0 {
                        return Err(Condition::GroupUnknown);
                    }
                    vec![group.clone()]
                }
                Probe::Groups(groups) => existing(view, groups)?,
            };
            if groups.is_empty() {
                return Err(Condition::GroupListUnknown);
            }
            let mut rankings: Vec<_> = descriptions.iter().map(|_| Ranking::new(top)).collect();
            let mut other = Description(Vec::new());
            view.scan(&groups, &mut |scanned| {
                other.0.clear();
                other.0.extend_from_slice(scanned.description);
                for (ranking, description) in rankings.iter_mut().zip(descriptions) {
                    ranking.offer(&scanned, self.analyser.distance(description, &other));
                }
            })?;
            let similar = |distance| self.analyser.similarity(distance);
            Ok(rankings.into_iter().map(|ranking| ranking.candidates(&similar)).collect())
        })
    }
}

/// The nearest persons so far, nearest first.
struct Ranking {
    top: usize,
    nearest: Vec<(f32, Candidate)>,
}

impl Ranking {
    fn new(top: usize) -> Self {
        Self { top, nearest: Vec::with_capacity(top + 1) }
    }

    /// Takes a face in if it is nearer than the last, or than the same person's best so far.
    fn offer(&mut self, scanned: &Scanned<'_>, distance: f32) {
        let full = self.nearest.len() >= self.top;
        if full && self.nearest.last().is_none_or(|(last, _)| distance >= *last) {
            return;
        }
        if let Some(own) = self.nearest.iter().position(|(_, candidate)| candidate.person == scanned.person) {
            if distance >= self.nearest[own].0 {
                return;
            }
            self.nearest.remove(own);
        }
        let at = self.nearest.partition_point(|(other, _)| *other <= distance);
        let candidate = Candidate {
            person: scanned.person.to_owned(),
            tag: scanned.tag.to_owned(),
            face: scanned.face.to_owned(),
            similarity: 0.0,
        };
        self.nearest.insert(at, (distance, candidate));
        self.nearest.truncate(self.top);
    }

    fn candidates(self, similar: &dyn Fn(f32) -> f32) -> Vec<Candidate> {
        let scored = |(distance, candidate)| Candidate { similarity: similar(distance), ..candidate };
        self.nearest.into_iter().map(scored).collect()
    }
}
