//! 五官定位: finds the contours of the faces of a picture. An analyser that sees no landmarks fails at the contour; faces that
//! it takes no time for, because there are so many, are left out.

use serde::Serialize;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::contours::Contours;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;
use crate::vision::Wanted;

#[derive(Serialize)]
struct Reply {
    session_id: &'static str,
    image_width: u32,
    image_height: u32,
    face_shape: Vec<Contours>,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let largest_only = read.largest_only();
    let picture = read.picture("image", "url");
    read.finish()?;
    let wanted = Wanted { landmarks: true, largest_only, ..Wanted::default() };
    let seen = call.analyse(&picture, wanted).await?;
    let looked_at = seen.faces.iter().filter(|face| face.landmarks.is_some() || !face.only_glanced);
    let contours = looked_at.map(|face| face.landmarks.as_ref().map(Contours::of));
    let reply = Reply {
        session_id: SESSION,
        image_width: seen.width,
        image_height: seen.height,
        face_shape: contours.collect::<Option<_>>().ok_or(Condition::ContourFailed)?,
    };
    Ok(Data::of(&reply)?)
}
