//! What stands at a target for requests to be about.

use std::sync::Arc;

use crate::wire::File;

/// What exists at the target for a request to be about. What does not stand is named by a name that nothing has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// Kinds by the catalogue's words (`person`, `group`, `other-group`, `face`), and the ids of what exists of them.
    things: Vec<(String, Vec<String>)>,
    /// The picture that the person was created with; none where no request asks for one.
    pub picture: Option<Arc<File>>,
    /// A picture of another face.
    pub further: Option<Arc<File>>,
}

impl Standing {
    /// The same with these things of a kind, in place of those that stood.
    #[must_use]
    pub fn with(mut self, kind: &str, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.put(kind, ids);
        self
    }

    /// The same with both pictures.
    #[must_use]
    pub fn with_pictures(self, picture: Arc<File>, further: Arc<File>) -> Self {
        Self { picture: Some(picture), further: Some(further), ..self }
    }

    /// Puts the things of a kind in place of those that stood.
    pub fn put(&mut self, kind: &str, ids: impl IntoIterator<Item = impl Into<String>>) {
        let ids = ids.into_iter().map(Into::into).collect();
        match self.things.iter_mut().find(|(known, _)| known == kind) {
            Some((_, old)) => *old = ids,
            None => self.things.push((kind.to_owned(), ids)),
        }
    }

    /// The ids of what stands of a kind; none where nothing does.
    pub fn ids(&self, kind: &str) -> &[String] {
        self.things.iter().find(|(known, _)| known == kind).map_or(&[], |(_, ids)| ids)
    }
}
