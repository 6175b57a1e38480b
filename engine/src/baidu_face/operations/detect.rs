//! 人脸检测: the faces of a picture with their attributes. Liveness control leaves faces out; where none is asked for, faces
//! are told as well that the analyser took no time for, without attributes.

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::control::Controls;
use super::super::face_view::FaceView;
use super::super::level::Level;
use super::super::picture::{Ask, Found};
use super::super::render::OperationOutcome;
use super::super::settings::Settings;

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let source = read.image();
    let most = call.settings().faces_per_detection;
    let most = read.number("max_face_num", [1, most], 1, Condition::MaxFaceNumInvalid);
    let mut fields = read.face_fields();
    read.face_type(false);
    let liveness = read.liveness();
    let order = read.face_order();
    call.begin(read)?;
    let glances = liveness == Level::None;
    let ask = Ask { order, most: Settings::count(most), glances, ..Ask::LOOKS };
    let mut faces = call.faces(&source, ask).await?;
    let controls = Controls { quality: Level::None, liveness };
    faces.retain(|found| controls.judge(FaceView(&found.face)).is_ok());
    if faces.is_empty() && call.settings().filtered_is_no_face == 1 {
        return Err(Condition::FaceNotDetected.into());
    }
    if liveness != Level::None {
        fields.push("liveness".to_owned());
    }
    let list: Vec<_> = faces.iter().map(|found| item(call, found, &fields)).collect();
    Ok(json!({ "face_num": list.len(), "face_list": list }))
}

/// A face as answers list it.
pub(super) fn item(call: &Call<'_>, found: &Found, fields: &[String]) -> Value {
    let view = FaceView(&found.face);
    let mut item = view.basics();
    item.insert("face_token".to_owned(), call.face_token(found).into());
    view.add_fields(fields, &mut item);
    item.into()
}
