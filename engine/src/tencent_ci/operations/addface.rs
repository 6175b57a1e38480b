//! 增加人脸: adds faces to a person, each picture judged by itself. Source: document 3.
//!
//! Where no picture was added, the code of the first is the answer's own; the list of codes is told all the same.
//! What `tag` would be a remark on, person or face, the document does not say: it is checked and not kept.

use futures::{StreamExt, stream};
use lianpu_corpus::Code;
use serde::Serialize;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::render::{Data, OperationOutcome, Refusal};
use super::SESSION;

/// How many pictures of one request are fetched and analysed at once.
const AT_ONCE: usize = 4;

#[derive(Serialize)]
struct Reply<'a> {
    added: usize,
    session_id: &'static str,
    face_ids: Vec<&'a str>,
    ret_codes: Vec<&'a Code>,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person = read.id("person_id");
    let pictures = read.pictures("images", "urls");
    read.note("tag");
    read.finish()?;
    if pictures.is_empty() {
        return Err(Condition::PictureEmpty.into());
    }
    let pending: Vec<_> = pictures.iter().map(|picture| call.face_to_keep(picture)).collect();
    let faces: Vec<_> = stream::iter(pending).buffered(AT_ONCE).collect().await;
    let outcomes = call.gallery.add_faces(&call.tenant, &person, &faces)?;
    let data = Data::of(&reply(call, &outcomes))?;
    match outcomes.first() {
        Some(Err(first)) if outcomes.iter().all(Result::is_err) => Err(Refusal { condition: *first, data }),
        _ => Ok(data),
    }
}

fn reply<'a>(call: &'a Call<'_>, outcomes: &'a [Result<String, Condition>]) -> Reply<'a> {
    let face_ids: Vec<_> = outcomes.iter().flatten().map(String::as_str).collect();
    Reply {
        added: face_ids.len(),
        session_id: SESSION,
        face_ids,
        ret_codes: outcomes.iter().map(|outcome| call.code_of(outcome)).collect(),
    }
}
