//! 多脸检索: whose faces those of a picture are. Only the first few are searched for, as only the first few are fully described
//! where faces are detected; of the others the place is told.

use std::iter::repeat_with;

use serde::Serialize;

use super::super::call::Call;
use super::super::face_item::FaceRect;
use super::super::pictures::described;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;
use super::identify::{Candidate, search};
use crate::vision::{Face, Wanted};

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

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let groups = read.groups();
    let picture = read.picture("image", "url");
    read.note("session_id");
    read.finish()?;
    let fully = call.bounds().fully_described_faces;
    let wanted = Wanted { description: true, fully: Some(fully), ..Wanted::default() };
    let seen = call.analyse(&picture, wanted).await?;
    let searched = seen.faces.iter().take(fully).filter(|face| !face.only_glanced);
    let descriptions = searched.map(|face| described(face).cloned()).collect::<Result<_, _>>()?;
    let found = search(call, groups, descriptions).await?;
    // Nobody is told of the faces that follow.
    let found = found.into_iter().chain(repeat_with(Vec::new));
    let result = |(face, candidates): (&Face, _)| Found { candidates, face_rect: FaceRect::of(face.rect) };
    let results = seen.faces.iter().zip(found).map(result).collect();
    Ok(Data::of(&Reply { session_id: SESSION, results })?)
}
