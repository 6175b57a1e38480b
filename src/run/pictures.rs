//! Drawn pictures, each drawn once a run and off the thread that runs the scenarios.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::OnceCell;

use crate::portrait::{self, Scene, SceneError};
use crate::wire::File;

/// The files of a run by their scene.
#[derive(Debug, Default)]
pub(super) struct Pictures(RefCell<HashMap<String, Rc<OnceCell<Arc<File>>>>>);

impl Pictures {
    /// The file of a scene such as `anna yaw=20`.
    pub(super) async fn file(&self, scene: &str) -> Result<Arc<File>, SceneError> {
        let parsed = Scene::parse(scene)?;
        let cell = Rc::clone(self.0.borrow_mut().entry(scene.to_owned()).or_default());
        let file = cell
            .get_or_init(|| async {
                let drawn = tokio::task::spawn_blocking(move || Arc::new(draw(&parsed))).await;
                drawn.expect("drawing a scene that was read does not panic")
            })
            .await;
        Ok(Arc::clone(file))
    }
}

fn draw(scene: &Scene) -> File {
    let media_type = portrait::media_type(scene);
    let ending = media_type.rsplit('/').next().unwrap_or("bin");
    File {
        name: format!("portrait.{ending}"),
        media_type: media_type.to_owned(),
        bytes: portrait::file(scene),
    }
}
