//! 人脸对比: how alike two faces are. A refusal says at which picture: `fail_flag` 1 or 2.

use serde::Serialize;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::face_item::decimals;
use super::super::render::{Data, OperationOutcome, Refusal};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    session_id: &'static str,
    similarity: f64,
}

#[derive(Serialize)]
struct Failed {
    session_id: &'static str,
    fail_flag: u8,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let first = read.picture("imageA", "urlA");
    let second = read.picture("imageB", "urlB");
    read.finish()?;
    let (first, second) = futures::join!(call.face_to_compare(&first), call.face_to_compare(&second));
    let first = first.map_err(|condition| failed(1, condition))?;
    let second = second.map_err(|condition| failed(2, condition))?;
    let similarity = decimals(call.gallery.similarity(&first, &second), 4);
    Ok(Data::of(&Reply { session_id: SESSION, similarity })?)
}

fn failed(fail_flag: u8, condition: Condition) -> Refusal {
    Data::of(&Failed { session_id: SESSION, fail_flag })
        .map_or_else(Refusal::from, |data| Refusal { condition, data })
}
