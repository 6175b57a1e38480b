//! An application's faces: groups of users, users with faces, as the vendor's library has them.
//!
//! Built on the gallery: a user of a group is one of its persons, named `<group>/<user>`, with the user's information as
//! its tag; a face is named `<group>/<user>/<token>`. What the gallery does not know (groups without users, groups that
//! are being deleted, when a face came and its picture) stands on [`shelf::LibraryShelf`]. Both change under one lock, the
//! shelf after the gallery, so that an error leaves no trace.
//!
//! Knows no requests. Start with [`Library`]; the operations stand in `groups`, `users`, `faces` and `search`.

mod faces;
mod groups;
mod search;
mod shelf;
mod users;

use std::sync::Arc;

use super::condition::Condition;
use super::fault::{Fault, stage};
use super::names::NAME;
use super::settings::Settings;
use crate::gallery::{Change, FailingStore, Gallery, GalleryLimits, StateView, Store, StoreError};
use crate::vision::Analyser;

pub(super) use faces::Registration;
pub(super) use search::Hit;
pub(super) use users::Membership;

use shelf::{LibraryShelf, LibraryShelves, MemoryShelves};

/// Everybody's libraries.
pub(super) struct Libraries {
    gallery: Gallery,
    shelves: Arc<dyn LibraryShelves>,
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
type Decision<T> = (T, Vec<Change>, Box<dyn FnOnce(&mut LibraryShelf)>);

impl Library<'_> {
    fn rules(&self) -> Rules {
        self.all.rules
    }

    /// Looks at one consistent state.
    fn look<T>(
        &self,
        look: impl Fn(&dyn StateView, &LibraryShelf) -> Result<T, Condition>,
    ) -> Result<T, Condition> {
        self.clear()?;
        self.with(|shelf| self.gallery.read(&self.tenant, |view| look(view, shelf)))
    }

    /// Decides on one consistent state and changes it, or on an error leaves it as it is.
    fn change<T>(
        &self,
        decide: impl Fn(&dyn StateView, &LibraryShelf) -> Result<Decision<T>, Condition>,
    ) -> Result<T, Condition> {
        self.clear()?;
        self.with(|shelf| {
            let (value, after) = self.gallery.write(&self.tenant, |view| {
                let (value, changes, after) = decide(view, shelf)?;
                Ok::<_, Condition>(((value, after), changes))
            })?;
            after(shelf);
            Ok(value)
        })
    }

    /// Takes away the groups whose deletion is done by now.
    fn clear(&self) -> Result<(), Condition> {
        stage(self.fault, Fault::StorageRead)?;
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
                Ok::<_, StoreError>(((), changes))
            });
            cleared?;
            for group in &gone {
                shelf.remove_group(group);
            }
            Ok(())
        })
    }

    /// Holds the shelf; nobody else of the application looks at it or changes it meanwhile.
    fn with<T>(&self, act: impl FnOnce(&mut LibraryShelf) -> Result<T, Condition>) -> Result<T, Condition> {
        let (mut act, mut done) = (Some(act), None);
        self.all.shelves.hold(&self.tenant, &mut |shelf| done = act.take().map(|act| act(shelf)));
        done.unwrap_or(Err(Condition::StorageNotConnected))
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
