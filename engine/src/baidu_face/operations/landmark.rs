//! 人脸关键点: the points of the faces of a picture.

use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::picture::Ask;
use super::super::render::OperationOutcome;
use super::super::settings::Settings;
use super::detect::item;

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let source = read.image();
    let most = call.settings().faces_per_search;
    let most = read.number("max_face_num", [1, most], 1, Condition::MaxFaceNumInvalid);
    let mut fields = read.face_fields();
    fields.push("landmark".to_owned());
    read.face_type(false);
    call.begin(read)?;
    let faces = call.faces(&source, Ask { most: Settings::count(most), ..Ask::LOOKS }).await?;
    let list: Vec<_> = faces.iter().map(|found| item(call, found, &fields)).collect();
    Ok(json!({ "face_num": list.len(), "face_list": list }))
}
