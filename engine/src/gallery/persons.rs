//! Persons and their faces.

use super::{Change, Gallery, GalleryError, Person, StateView, StoredFace};
use crate::vision::Face;

/// A person to be created.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Its id.
    pub id: String,
    /// Its name, possibly empty.
    pub name: String,
    /// Its tag, possibly empty.
    pub tag: String,
    /// Its groups; a repeated one counts once.
    pub groups: Vec<String>,
    /// Its first face.
    pub face: Face,
}

impl Gallery {
    /// Creates a person with one face in its groups; groups that do not exist are created.
    pub fn create_person(&self, tenant: &str, new: &NewPerson) -> Result<Person, GalleryError> {
        let face = self.stored(&new.id, &new.face);
        self.write(tenant, |view| {
            if view.person(&new.id)?.is_some() {
                return Err(GalleryError::PersonExists);
            }
            if self.limits.faces_per_person == 0 {
                return Err(GalleryError::FacesExceeded);
            }
            let groups = self.joinable(view, &[], &new.groups)?;
            let mut changes = vec![
                Change::CreatePerson { person: new.id.clone(), name: new.name.clone(), tag: new.tag.clone() },
                Change::AddFace(face.clone()),
            ];
            changes.extend(
                groups.iter().map(|group| Change::Join { person: new.id.clone(), group: group.clone() }),
            );
            let person = Person {
                id: new.id.clone(),
                name: new.name.clone(),
                tag: new.tag.clone(),
                groups,
                faces: vec![face.id.clone()],
            };
            Ok((person, changes))
        })
    }

    /// Removes a person with everything that belongs to it.
    pub fn remove_person(&self, tenant: &str, person: &str) -> Result<(), GalleryError> {
        self.write(tenant, |view| {
            known(view, person)?;
            Ok(((), vec![Change::RemovePerson(person.to_owned())]))
        })
    }

    /// Sets a person's name or tag; `None` leaves it as it is.
    pub fn describe_person(
        &self,
        tenant: &str,
        person: &str,
        name: Option<&str>,
        tag: Option<&str>,
    ) -> Result<(), GalleryError> {
        self.write(tenant, |view| {
            known(view, person)?;
            let change = Change::DescribePerson {
                person: person.to_owned(),
                name: name.map(str::to_owned),
                tag: tag.map(str::to_owned),
            };
            Ok(((), vec![change]))
        })
    }

    /// The person of this id.
    pub fn person(&self, tenant: &str, person: &str) -> Result<Person, GalleryError> {
        self.read(tenant, |view| known(view, person))
    }

    /// The face of this id.
    pub fn face(&self, tenant: &str, face: &str) -> Result<StoredFace, GalleryError> {
        self.read(tenant, |view| view.face(face)?.ok_or(GalleryError::FaceUnknown))
    }

    /// Adds faces to a person, each judged by itself and in order: its id, or why it was not added.
    ///
    /// An entry that is an error already stays that error. An unknown person is an error of the whole.
    pub fn add_faces<E: Clone + From<GalleryError>>(
        &self,
        tenant: &str,
        person: &str,
        faces: &[Result<Face, E>],
    ) -> Result<Vec<Result<String, E>>, GalleryError> {
        self.write(tenant, |view| {
            known(view, person)?;
            let mut kept = view.faces_of(person)?;
            let before = kept.len();
            let outcomes = faces
                .iter()
                .map(|face| {
                    let face = face.as_ref().map_err(Clone::clone)?;
                    if kept.len() >= self.limits.faces_per_person {
                        return Err(GalleryError::FacesExceeded.into());
                    }
                    if kept.iter().any(|other| self.analyser.almost_same(&other.face, face)) {
                        return Err(GalleryError::FaceAlmostSame.into());
                    }
                    let face = self.stored(person, face);
                    let id = face.id.clone();
                    kept.push(face);
                    Ok(id)
                })
                .collect();
            Ok((outcomes, kept.split_off(before).into_iter().map(Change::AddFace).collect()))
        })
    }

    /// Removes those of the faces that belong to the person and says which; an error when none does.
    pub fn remove_faces(
        &self,
        tenant: &str,
        person: &str,
        faces: &[String],
    ) -> Result<Vec<String>, GalleryError> {
        self.write(tenant, |view| {
            let owned = known(view, person)?.faces;
            let removed: Vec<_> = faces.iter().filter(|face| owned.contains(face)).cloned().collect();
            if removed.is_empty() {
                return Err(GalleryError::FaceUnknown);
            }
            let changes = removed.iter().cloned().map(Change::RemoveFace).collect();
            Ok((removed, changes))
        })
    }

    fn stored(&self, person: &str, face: &Face) -> StoredFace {
        let face = Face { landmarks: None, pixels: None, ..face.clone() };
        StoredFace { id: self.fresh_face_id(), person: person.to_owned(), face }
    }
}

/// The person, or the error that there is none.
pub(super) fn known(view: &dyn StateView, person: &str) -> Result<Person, GalleryError> {
    view.person(person)?.ok_or(GalleryError::PersonUnknown)
}
