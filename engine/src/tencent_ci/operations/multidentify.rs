//! 多脸检索: whose faces all those of a picture are.

use serde::Serialize;

use super::super::call::Call;
use super::super::face_item::FaceRect;
use super::super::pictures::described;
use super::super::render::{Data, Outcome};
use super::SESSION;
use super::identify::{Candidate, search};
use crate::vision::Wanted;

#[derive(Serialize)]
struct Reply {
    session_id: &'static str,
    results: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    candidates: Vec<Candidate>,
    face_rect: FaceRect,
}

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut read = call.reader();
    let groups = read.groups();
    let picture = read.picture("image", "url");
    read.note("session_id");
    read.finish()?;
    let seen = call.analyse(&picture, Wanted { description: true, ..Wanted::default() }).await?;
    let descriptions = seen.faces.iter().map(|face| described(face).cloned()).collect::<Result<_, _>>()?;
    let found = search(call, groups, descriptions).await?;
    let found = seen.faces.iter().zip(found);
    let results =
        found.map(|(face, candidates)| Found { candidates, face_rect: FaceRect::of(face.rect) }).collect();
    Ok(Data::of(&Reply { session_id: SESSION, results })?)
}
