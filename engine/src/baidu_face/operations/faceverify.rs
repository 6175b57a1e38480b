//! 在线活体检测: whether one, three or eight pictures of one person show somebody present.

use futures::future::try_join_all;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::control::LIVENESS;
use super::super::face_view::{FaceView, decimals};
use super::super::picture::Ask;
use super::super::render::OperationOutcome;
use super::super::source::Source;
use super::detect::item;

/// How many pictures there may be.
const COUNTS: [usize; 3] = [1, 3, 8];

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let elements = call.body.elements()?;
    let mut asked: Vec<(Source, Vec<String>)> = Vec::new();
    for element in elements {
        let fields = element.as_object().ok_or(Condition::BodyNotJson)?;
        let mut read = call.reader_of(fields);
        let source = read.image();
        let mut fields = read.face_fields();
        fields.push("liveness".to_owned());
        call.begin(read)?;
        asked.push((source, fields));
    }
    if !COUNTS.contains(&asked.len()) {
        return Err(Condition::PictureCountWrong.into());
    }
    let faces = try_join_all(asked.iter().map(|(source, _)| call.face(source, Ask::LOOKS))).await?;
    let liveness = faces.iter().filter_map(|found| FaceView(&found.face).liveness()).max_by(f64::total_cmp);
    let list: Vec<_> =
        faces.iter().zip(&asked).map(|(found, (_, fields))| item(call, found, fields)).collect();
    let mut result = Map::new();
    if let Some(liveness) = liveness {
        result.insert("face_liveness".to_owned(), decimals(liveness, 4));
    }
    result.insert("thresholds".to_owned(), thresholds());
    result.insert("face_list".to_owned(), list.into());
    Ok(result.into())
}

/// The liveness from which so many of the present are refused.
pub(super) fn thresholds() -> Value {
    let [low, normal, high] = LIVENESS;
    json!({ "frr_1e-4": low, "frr_1e-3": normal, "frr_1e-2": high })
}
