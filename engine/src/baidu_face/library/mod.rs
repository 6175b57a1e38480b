//! An application's faces: groups of users, users with faces, as the vendor's library has them.
//!
//! Built on the gallery: a user of a group is one of its persons, named `<group>/<user>`, with the user's information as
//! its tag; a face is named `<group>/<user>/<token>`. What the gallery does not know (groups without users, groups that
//! are being deleted, when a face came and its picture) stands on [`shelf::Shelf`]. Both change under one lock, the
//! shelf after the gallery, so that an error leaves no trace.
//!
//! Knows no requests. Start with [`Library`]; the operations stand in `groups`, `users`, `faces` and `search`.

mod faces;
mod groups;
mod search;
mod shelf;
mod users;

use std::sync::Arc;

use super::NAME;
use super::condition::Condition;
use super::fault::Fault;
use super::settings::Settings;
use crate::condition::Condition as GalleryCondition;
use crate::fault::FailingStore;
use crate::gallery::{Change, Gallery, GalleryLimits, Store, StoreError, View};
use crate::vision::Analyser;

pub(super) use faces::Registration;
pub(super) use search::Hit;
pub(super) use users::Membership;

use shelf::{MemoryShelves, Shelf, Shelves};

/// Everybody's libraries.
pub(super) struct Libraries {
    gallery: Gallery,
    shelves: Arc<dyn Shelves>,
    rules: Rules,
}

/// What the settings say of libraries.
#[derive(Debug, Clone, Copy)]
struct Rules {
    faces_per_user: usize,
    face_once_in_group: bool,
    deletion_seconds: u64,
    forgives_unknown_groups: bool,
}

impl Libraries {
    pub(super) fn new(store: &Arc<dyn Store>, analyser: &Arc<dyn Analyser>, settings: &Settings) -> Self {
        // The dialect has limits of its own, judged here.
        let unlimited =
            GalleryLimits { faces_per_person: usize::MAX, persons_per_group: usize::MAX, groups: usize::MAX };
        Self {
            gallery: Gallery::new(Arc::clone(store), Arc::clone(analyser), unlimited),
            shelves: Arc::new(MemoryShelves::default()),
            rules: Rules {
                faces_per_user: Settings::count(settings.faces_per_user),
                face_once_in_group: settings.face_once_in_group == 1,
                deletion_seconds: settings.group_deletion_seconds,
                forgives_unknown_groups: settings.search_forgives_unknown_groups == 1,
            },
        }
    }

    /// The library of an application as one request sees it, at a time in seconds since 1970.
    pub(super) fn of(&self, app_id: &str, fault: Option<Fault>, now: u64) -> Library<'_> {
        let gallery = match fault {
            Some(Fault::StorageWrite) => {
                self.gallery.over(|store| Arc::new(FailingStore { store, reads_too: false }))
            }
            _ => self.gallery.clone(),
        };
        Library { all: self, gallery, tenant: format!("{NAME}/{app_id}"), fault, now }
    }
}

/// The library of one application as one request sees it.
pub(super) struct Library<'a> {
    all: &'a Libraries,
    gallery: Gallery,
    tenant: String,
    fault: Option<Fault>,
    now: u64,
}

/// What a change comes to: a value, what the gallery does, and what the shelf does after it.
type Decision<T> = (T, Vec<Change>, Box<dyn FnOnce(&mut Shelf)>);

impl Library<'_> {
    fn rules(&self) -> Rules {
        self.all.rules
    }

    /// Looks at one consistent state.
    fn look<T>(&self, look: impl Fn(&dyn View, &Shelf) -> Result<T, Condition>) -> Result<T, Condition> {
        self.clear()?;
        self.with(|shelf| {
            let mut refused = None;
            let seen = self.gallery.read(&self.tenant, |view| {
                look(view, shelf).map_err(|condition| {
                    refused = Some(condition);
                    GalleryCondition::StorageFailed
                })
            });
            seen.map_err(|_| refused.unwrap_or(Condition::StorageReadFailed))
        })
    }

    /// Decides on one consistent state and changes it, or on an error leaves it as it is.
    fn change<T>(
        &self,
        decide: impl Fn(&dyn View, &Shelf) -> Result<Decision<T>, Condition>,
    ) -> Result<T, Condition> {
        self.clear()?;
        self.with(|shelf| {
            let mut refused = None;
            let decided = self.gallery.write(&self.tenant, |view| match decide(view, shelf) {
                Ok((value, changes, after)) => Ok(((value, after), changes)),
                Err(condition) => {
                    refused = Some(condition);
                    Err(GalleryCondition::StorageFailed)
                }
            });
            let (value, after) = decided.map_err(|_| refused.unwrap_or(Condition::StorageWriteFailed))?;
            after(shelf);
            Ok(value)
        })
    }

    /// Takes away the groups whose deletion is done by now.
    fn clear(&self) -> Result<(), Condition> {
        super::dispatch::stage(self.fault, Fault::StorageRead)?;
        self.with(|shelf| {
            let gone = shelf.deleted_by(self.now);
            if gone.is_empty() {
                return Ok(());
            }
            // Tidying up belongs to no request, so no request's fault is met by it.
            let cleared = self.all.gallery.write(&self.tenant, |view| {
                let mut changes = Vec::new();
                for group in &gone {
                    changes.extend(view.persons_in(group)?.into_iter().map(Change::RemovePerson));
                }
                Ok(((), changes))
            });
            cleared.map_err(|_| Condition::StorageWriteFailed)?;
            for group in &gone {
                shelf.remove_group(group);
            }
            Ok(())
        })
    }

    /// Holds the shelf; nobody else of the application looks at it or changes it meanwhile.
    fn with<T>(&self, act: impl FnOnce(&mut Shelf) -> Result<T, Condition>) -> Result<T, Condition> {
        let (mut act, mut done) = (Some(act), None);
        self.all.shelves.hold(&self.tenant, &mut |shelf| done = act.take().map(|act| act(shelf)));
        done.unwrap_or(Err(Condition::StorageNotConnected))
    }
}

impl From<StoreError> for Condition {
    fn from(error: StoreError) -> Self {
        tracing::error!("{error}");
        Self::StorageReadFailed
    }
}

/// The gallery's name of a user of a group.
fn person_id(group: &str, user: &str) -> String {
    format!("{group}/{user}")
}

/// The gallery's name of a face.
fn face_id(group: &str, user: &str, token: &str) -> String {
    format!("{group}/{user}/{token}")
}

/// The last part of a gallery's name.
fn last_part(id: &str) -> String {
    id.rsplit('/').next().unwrap_or_default().to_owned()
}
