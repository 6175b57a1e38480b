//! 视频活体检测: whether a video shows somebody present.
//!
//! Videos whose pictures are JPEG files one behind the other (motion JPEG, whatever holds them) are looked at. Nothing here
//! listens, so the code of a session is used up and told, and what was said is not.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::face_view::{FaceView, decimals};
use super::super::picture::{Ask, Found};
use super::super::render::{OperationOutcome, Refusal};
use super::super::source::Source;
use super::detect::item;
use super::faceverify::thresholds;

/// The most pictures of a video that are looked at.
const MOST: usize = 8;

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let video = read.required("video_base64").and_then(Value::as_str).map(str::to_owned);
    let session = read.given("session_id").and_then(Value::as_str).map(str::to_owned);
    let mut fields = read.face_fields();
    fields.push("liveness".to_owned());
    call.begin(read)?;
    let code = session.map(|id| used_up(call, &id)).transpose()?;
    let video =
        video.and_then(|text| super::super::values::decoded(&text)).ok_or(Condition::PictureUndecodable)?;
    let faces = faces(call, &video).await?;
    Ok(result(call, &faces, &fields, code))
}

/// The code of a session. One that is not open has no row of its own: it is as if no session had been given.
fn used_up(call: &Call<'_>, id: &str) -> Result<String, Refusal> {
    let code = call.front.sessions.take(call.account, id, call.now);
    code.ok_or(Refusal { condition: Condition::ParameterEmpty, field: Some("session_id") })
}

/// The largest face of every picture that shows one.
async fn faces(call: &Call<'_>, video: &Bytes) -> Result<Vec<Found>, Condition> {
    let pictures = pictures(video);
    if pictures.is_empty() {
        return Err(Condition::PictureUndecodable);
    }
    let step = pictures.len().div_ceil(MOST);
    let mut faces = Vec::new();
    for picture in pictures.into_iter().step_by(step) {
        match call.face(&Source::Bytes(picture), Ask::LOOKS).await {
            Ok(found) => faces.push(found),
            Err(Condition::FaceNotDetected | Condition::PictureUndecodable) => {}
            Err(other) => return Err(other),
        }
    }
    if faces.is_empty() { Err(Condition::FaceNotDetected) } else { Ok(faces) }
}

/// The JPEG files of a video, from each beginning to the end of its last marker before the next.
fn pictures(video: &Bytes) -> Vec<Bytes> {
    let starts: Vec<usize> = memchr::memmem::find_iter(video, b"\xff\xd8\xff").collect();
    let ends = starts.iter().skip(1).copied().chain([video.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, next)| {
            let end = memchr::memmem::rfind(&video[*start..next], b"\xff\xd9")?;
            Some(video.slice(*start..start + end + 2))
        })
        .collect()
}

fn result(call: &Call<'_>, faces: &[Found], fields: &[String], code: Option<String>) -> Value {
    let mut result = Map::new();
    let mut liveness: Vec<f64> = faces.iter().filter_map(|found| FaceView(&found.face).liveness()).collect();
    liveness.sort_by(f64::total_cmp);
    if let Some(most) = liveness.last() {
        result.insert("score".to_owned(), decimals(*most, 4));
        result.insert("maxspoofing".to_owned(), decimals(1.0 - liveness[0], 4));
        result.insert("spoofing_score".to_owned(), decimals(1.0 - liveness[liveness.len() / 2], 4));
    }
    result.insert("thresholds".to_owned(), thresholds());
    if let Some(code) = code {
        result.insert("code".to_owned(), json!({ "create": code, "identify": "", "similarity": 0 }));
    }
    let list: Vec<Value> = faces.iter().map(|found| picture(call, found, fields)).collect();
    let best = |(_, a): &(&Value, f64), (_, b): &(&Value, f64)| a.total_cmp(b);
    let lively = list.iter().zip(faces.iter().map(|found| FaceView(&found.face).liveness().unwrap_or(0.0)));
    result.insert("best_image".to_owned(), lively.max_by(best).map_or(Value::Null, |(best, _)| best.clone()));
    result.insert("pic_list".to_owned(), list.into());
    result.into()
}

/// A picture of the video with its face.
fn picture(call: &Call<'_>, found: &Found, fields: &[String]) -> Value {
    let mut picture = item(call, found, fields);
    picture["pic"] = super::super::values::encoded(&found.portrait.picture).into();
    picture["face_id"] = picture["face_token"].clone();
    if let Some(liveness) = FaceView(&found.face).liveness() {
        picture["liveness_score"] = decimals(liveness, 4);
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_of_a_video_are_found_whatever_holds_them() {
        let video =
            Bytes::from_static(b"RIFF..\xff\xd8\xff1\xff\xd900dc\xff\xd8\xff2\xff\xd9..\xff\xd8\xff3");
        assert_eq!(pictures(&video), [&b"\xff\xd8\xff1\xff\xd9"[..], b"\xff\xd8\xff2\xff\xd9"]);
        assert_eq!(pictures(&Bytes::from_static(b"\0\0\0\x18ftypmp42")), Vec::<Bytes>::new());
    }
}
