//! faceverify: was a person before the camera? sessioncode: what to say or do in a video.

use serde_json::{Value, json};

use super::{Answer, Call, compare};
use crate::{
    accounts, attributes, body,
    codes::{Refusal, refuse},
    json::rounded,
    params, picture,
};

/// Judges 1, 3 or 8 pictures of one person by the best of them.
pub async fn faceverify(call: &Call) -> Answer {
    let defects = &call.server.defects;
    let elements = body::list(&call.body)?;
    match elements.len() {
        0 => return refuse(222_001),
        1 | 3 | 8 => {}
        _ if defects.on("faceverify-takes-any-number") => {}
        _ => return refuse(222_208),
    }
    let mut asked = Vec::with_capacity(elements.len());
    for fields in &elements {
        let option = params::only_text(fields, "option", 216_100)?.unwrap_or_default();
        let names = params::face_field(fields)?;
        asked.push((picture::source(fields)?, names, option));
    }
    let mut list = Vec::with_capacity(asked.len());
    let mut lives = Vec::with_capacity(asked.len());
    for (source, names, _option) in &asked {
        let seen = picture::faces(&call.server, call.account, source).await?;
        let sighting = compare::main_face(seen, 0, defects)?;
        lives.push(sighting.face.quality.live);
        let mut names = names.clone();
        names.push("liveness".to_owned());
        let mut element = attributes::element(&sighting, &names, false, defects);
        rename_chin(&mut element);
        list.push(element);
    }
    let best = match defects.on("faceverify-takes-the-worst") {
        true => lives.iter().copied().fold(1.0, f32::min),
        false => lives.iter().copied().fold(0.0, f32::max),
    };
    if defects.on("faceverify-lists-one") {
        list.truncate(1);
    }
    let mut result = json!({ "face_liveness": rounded(best, 6), "face_list": list, "pictures": lives.len() });
    if !defects.on("faceverify-lacks-thresholds") {
        result["thresholds"] = json!({ "frr_1e-4": 0.05, "frr_1e-3": 0.3, "frr_1e-2": 0.9 });
    }
    if defects.on("thresholds-as-list") {
        result["thresholds"] = json!([0.05, 0.3, 0.9]);
    }
    Ok(result)
}

/// This operation calls the chin differently from detect.
fn rename_chin(element: &mut Value) {
    let Some(parts) = element.pointer_mut("/quality/occlusion").and_then(Value::as_object_mut) else {
        return;
    };
    if let Some(chin) = parts.remove("chin_contour") {
        parts.insert("chin".to_owned(), chin);
    }
}

/// Gives a code: digits to say as a text, or actions as a list of numbers.
pub fn sessioncode(call: &Call) -> Answer {
    let defects = &call.server.defects;
    let fields = body::object(&call.body)?;
    let kind = params::choice(&fields, "type", 216_100, 1)?;
    let [least, most] = if kind == 0 { [3, 6] } else { [1, 3] };
    let shortest = length(&fields, "min_code_length", 222_028, least, most)?;
    let longest = length(&fields, "max_code_length", 222_029, least, most)?;
    let (from, to) = (shortest.unwrap_or(least), longest.unwrap_or(most));
    if from > to && !defects.on("code-lengths-exchanged-silently") {
        return refuse(222_027);
    }
    let count = if defects.on("code-longer-than-asked") {
        to + 1
    } else {
        fastrand::u64(from.min(to)..=to.max(from))
    };
    let code = if kind == 0 {
        json!((0..count).map(|_| fastrand::digit(10)).collect::<String>())
    } else {
        json!((0..count).map(|_| [0, 4, 5, 7][fastrand::usize(..4)]).collect::<Vec<u32>>())
    };
    let session =
        if defects.on("session-id-constant") { "S1".to_owned() } else { format!("S{}", accounts::hex(26)) };
    Ok(json!({ "session_id": session, "code": code }))
}

fn length(
    fields: &body::Fields,
    name: &str,
    code: u32,
    least: u64,
    most: u64,
) -> Result<Option<u64>, Refusal> {
    if params::text(fields, name, code)?.is_none() {
        return Ok(None);
    }
    match params::whole(fields, name, code, 0, [least, u64::MAX])? {
        value if value > most => refuse(code),
        value => Ok(Some(value)),
    }
}
