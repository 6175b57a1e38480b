//! detect: the faces of a picture and what is seen of them.

use serde_json::{Value, json};

use super::{Answer, Call, compare};
use crate::{attributes, body, gate, params, params::Level, picture};

/// The most faces of one answer, and with pictures of them.
const MOST: u64 = 10;
const MOST_WITH_PICTURES: usize = 5;

/// Finds faces. Those that the liveness control refuses are left out; none may be left then.
pub async fn detect(call: &Call) -> Answer {
    let defects = &call.server.defects;
    let fields = body::object(&call.body)?;
    params::face_type(&fields)?;
    let liveness = params::liveness(&fields)?;
    let order = params::choice(&fields, "face_sort_type", 222_039, 1)?;
    let pictures = params::choice(&fields, "display_corp_image", 222_043, 1)? == 1;
    let mut most = params::whole(&fields, "max_face_num", 222_016, 1, [1, MOST])? as usize;
    let mut names = params::face_field(&fields)?;
    if liveness != Level::None && !defects.on("liveness-untold") {
        names.push("liveness".to_owned());
    }
    let source = picture::source(&fields)?;
    let mut seen = picture::faces(&call.server, call.account, &source).await?;
    compare::sort(&mut seen, order);
    if defects.on("detect-smallest-first") {
        seen.reverse();
    }
    if defects.on("max-face-num-ignored") {
        most = MOST as usize;
    }
    if defects.on("detect-tells-one-face") {
        most = 1;
    }
    let total = seen.len();
    seen.truncate(if pictures { most.min(MOST_WITH_PICTURES) } else { most });
    if !defects.on("detect-ignores-liveness-control") {
        seen.retain(|sighting| gate::check(&sighting.face, Level::None, liveness, defects).is_ok());
    }
    let list: Vec<Value> =
        seen.iter().map(|sighting| attributes::element(sighting, &names, pictures, defects)).collect();
    let count = if defects.on("face-num-counts-all") { total } else { list.len() };
    let count = if defects.on("face-num-one-too-many") { count + 1 } else { count };
    let count = if defects.on("face-num-as-text") { json!(count.to_string()) } else { json!(count) };
    Ok(json!({ "face_num": count, "face_list": list, "model": "frontal-1" }))
}
