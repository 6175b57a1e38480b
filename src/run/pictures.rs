//! The pictures of a run, each made once and off the thread that runs the scenarios: drawn, or of the user's photographs.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use lru::LruCache;
use tokio::sync::OnceCell;

use super::album::{Album, NotInAlbum};
use crate::portrait::{self, Scene, SceneError};
use crate::wire::File;

/// Bytes of files that are kept; beyond them those go that were not asked for the longest.
const MOST_BYTES: usize = 64 << 20;

/// The files of a run.
#[derive(Debug)]
pub(super) struct Pictures {
    album: Option<Arc<Album>>,
    most: usize,
    /// By the scene as it was asked for and as it is usually written.
    kept: RefCell<LruCache<String, Rc<Picture>>>,
}

/// A file that is there, or that all wait for who ask.
#[derive(Debug)]
struct Picture {
    scene: Scene,
    file: OnceCell<Result<Arc<File>, NotInAlbum>>,
}

/// Why there is no picture of a scene.
#[derive(Debug, thiserror::Error)]
pub(super) enum PictureError {
    #[error(transparent)]
    Scene(#[from] SceneError),
    #[error(transparent)]
    Album(#[from] NotInAlbum),
}

impl Pictures {
    /// Pictures of an album's people, or drawn ones.
    pub(super) fn new(album: Option<Arc<Album>>) -> Self {
        Self { album, most: MOST_BYTES, kept: RefCell::new(LruCache::unbounded()) }
    }

    /// The file of a scene such as `anna yaw=20`.
    pub(super) async fn file(&self, line: &str) -> Result<Arc<File>, PictureError> {
        let picture = self.picture(line)?;
        let made = picture.file.get_or_init(|| self.make(&picture.scene)).await;
        Ok(Arc::clone(made.as_ref().map_err(Clone::clone)?))
    }

    /// The place of a scene's file, the same however the scene is written.
    fn picture(&self, line: &str) -> Result<Rc<Picture>, SceneError> {
        let mut kept = self.kept.borrow_mut();
        if let Some(picture) = kept.get(line) {
            return Ok(Rc::clone(picture));
        }
        let scene = Scene::parse(line)?;
        let usual = scene.to_string();
        let fresh = || Rc::new(Picture { scene, file: OnceCell::new() });
        let picture = Rc::clone(kept.get_or_insert(usual, fresh));
        kept.put(line.to_owned(), Rc::clone(&picture));
        Ok(picture)
    }

    async fn make(&self, scene: &Scene) -> Result<Arc<File>, NotInAlbum> {
        let (scene, album) = (scene.clone(), self.album.clone());
        let making = tokio::task::spawn_blocking(move || make(&scene, album.as_deref()));
        let file = making.await.expect("drawing a scene that was read does not panic")?;
        self.forget(file.bytes.len());
        Ok(Arc::new(file))
    }

    /// Makes room for so many bytes.
    fn forget(&self, more: usize) {
        let mut kept = self.kept.borrow_mut();
        let size = |picture: &Picture| match picture.file.get() {
            Some(Ok(file)) => file.bytes.len(),
            _ => 0,
        };
        let mut bytes = more + kept.iter().map(|(_, picture)| size(picture)).sum::<usize>();
        while bytes > self.most
            && let Some((_, picture)) = kept.pop_lru()
        {
            bytes -= size(&picture);
        }
    }
}

fn make(scene: &Scene, album: Option<&Album>) -> Result<File, NotInAlbum> {
    let bytes = match album {
        Some(album) => album.file(scene)?,
        None => portrait::file(scene),
    };
    let media_type = portrait::media_type(scene);
    let ending = media_type.rsplit('/').next().unwrap_or("bin");
    Ok(File { name: format!("portrait.{ending}"), media_type: media_type.to_owned(), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures(most: usize) -> Pictures {
        Pictures { most, ..Pictures::new(None) }
    }

    #[tokio::test]
    async fn a_scene_is_drawn_once_however_it_is_written() {
        let pictures = pictures(MOST_BYTES);
        let lines =
            ["anna size=40x50", "anna yaw=0  size=40x50", "anna size=40x50 seed=0", "anna size=40x50"];
        let files = futures::future::join_all(lines.map(|line| pictures.file(line))).await;
        let first = files[0].as_ref().unwrap();
        assert!(files.iter().all(|file| Arc::ptr_eq(file.as_ref().unwrap(), first)));
        let other = pictures.file("anna size=40x50 seed=1").await.unwrap();
        assert_ne!(other.bytes, first.bytes);
    }

    #[tokio::test]
    async fn what_was_not_asked_for_the_longest_goes_first() {
        let pictures = pictures(10_000);
        let line = |seed: usize| format!("nobody size=8x8 pad=4000 seed={seed}");
        let first = pictures.file(&line(0)).await.unwrap();
        let second = pictures.file(&line(1)).await.unwrap();
        let again = pictures.file(&line(0)).await.unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        pictures.file(&line(2)).await.unwrap();
        assert!(Arc::ptr_eq(&first, &pictures.file(&line(0)).await.unwrap()));
        let again = pictures.file(&line(1)).await.unwrap();
        assert!(!Arc::ptr_eq(&second, &again));
        assert_eq!(second.bytes, again.bytes);
        let held: usize = pictures.kept.borrow().iter().filter_map(|(_, picture)| picture.file.get()).count();
        assert!(held <= 3, "{held}");
    }

    #[tokio::test]
    async fn what_is_no_scene_is_told() {
        assert!(matches!(pictures(0).file("ana").await, Err(PictureError::Scene(_))));
        assert!(pictures(0).file("anna size=8x8").await.is_ok());
    }
}
