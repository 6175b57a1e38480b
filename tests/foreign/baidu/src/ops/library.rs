//! The operations on users, groups and faces.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Answer, Call, compare};
use crate::{attributes, body, gate, library::Adding, params, picture};

/// How long a defect looks away between a check and the deed.
const GAP: Duration = Duration::from_millis(150);

/// user/add and user/update. The picture is looked at before the library.
pub async fn add(call: &Call, update: bool) -> Answer {
    let defects = &call.server.defects;
    let fields = body::object(&call.body)?;
    let (quality, liveness) = (params::quality(&fields)?, params::liveness(&fields)?);
    let order = params::choice(&fields, "face_sort_type", 222_039, 1)?;
    let info = params::user_info(&fields)?;
    let (user, group) = (params::user(&fields)?, params::group(&fields)?);
    let replace = matches!(fields.get("action_type"), Some(Value::String(action)) if action == "REPLACE");
    let source = picture::source(&fields)?;
    let seen = picture::faces(&call.server, call.account, &source).await?;
    let sighting = compare::main_face(seen, order, defects)?;
    gate::check(&sighting.face, quality, liveness, defects)?;
    let keep = update && defects.on("update-appends");
    let create = !update || (replace && !defects.on("update-replace-makes-no-user"));
    let adding = Adding { group, user, info, replace: (update || replace) && !keep, create };
    if defects.on("two-faces-at-once") {
        call.server.library(call.account).may_add(&adding, &sighting)?;
        tokio::time::sleep(GAP).await;
        call.server.library(call.account).add(&adding, &sighting);
    } else {
        let mut library = call.server.library(call.account);
        library.may_add(&adding, &sighting)?;
        if !(update && defects.on("update-is-forgotten")) {
            library.add(&adding, &sighting);
        }
    }
    let token = if defects.on("add-tells-another-face-token") { "f".repeat(32) } else { sighting.token };
    Ok(
        json!({ "face_token": token, "location": attributes::location(&sighting.face, defects), "stored": true }),
    )
}

/// user/get.
pub fn get_user(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let (group, user) = (params::group_or_all(&fields)?, params::user(&fields)?);
    let told = call.server.library(call.account).tell(group.as_deref(), &user)?;
    let list = told.into_iter().map(|(group, info)| json!({ "group_id": group, "user_info": info }));
    Ok(json!({ "user_list": list.collect::<Vec<_>>() }))
}

/// user/copy.
pub fn copy_user(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let to = params::id(&fields, "dst_group_id", 222_006)?;
    let from = params::id(&fields, "src_group_id", 222_006)?;
    let user = params::user(&fields)?;
    call.server.library(call.account).copy(&user, &from, &to)?;
    Ok(Value::Null)
}

/// user/delete.
pub fn delete_user(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let (group, user) = (params::group_or_all(&fields)?, params::user(&fields)?);
    call.server.library(call.account).delete_user(group.as_deref(), &user)?;
    Ok(Value::Null)
}

/// face/getlist.
pub fn list_faces(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let (user, group) = (params::user(&fields)?, params::group(&fields)?);
    let faces = call.server.library(call.account).faces(&group, &user)?;
    let hours = if call.server.defects.on("ctime-is-utc") { 0 } else { 8 };
    let list = faces
        .iter()
        .map(|face| json!({ "face_token": face.sighting.token, "ctime": ctime(face.created, hours) }));
    Ok(json!({ "face_list": list.collect::<Vec<_>>() }))
}

/// Date and time of day so many hours east of Greenwich.
fn ctime(seconds: u64, hours: i64) -> String {
    let at = jiff::Timestamp::from_second(seconds as i64 + hours * 3600).unwrap_or_default();
    at.to_string().replace('T', " ").trim_end_matches('Z').to_owned()
}

/// face/delete.
pub fn delete_face(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let token = params::required(params::only_text(&fields, "face_token", 222_025)?)?;
    params::face_token(&token)?;
    let (user, group) = (params::user(&fields)?, params::group(&fields)?);
    call.server.library(call.account).delete_face(&group, &user, &token)?;
    Ok(Value::Null)
}

/// group/add.
pub async fn add_group(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let group = params::group(&fields)?;
    if call.server.defects.on("two-groups-at-once") {
        call.server.library(call.account).may_add_group(&group)?;
        tokio::time::sleep(GAP).await;
        call.server.library(call.account).add_group(&group);
        return Ok(Value::Null);
    }
    let mut library = call.server.library(call.account);
    library.may_add_group(&group)?;
    library.add_group(&group);
    Ok(Value::Null)
}

/// group/delete.
pub fn delete_group(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let group = params::group(&fields)?;
    call.server.library(call.account).delete_group(&group)?;
    Ok(Value::Null)
}

/// Where a list begins and how long it may be.
fn part(fields: &body::Fields) -> Result<(u64, u64), crate::codes::Refusal> {
    let length = params::whole(fields, "length", 222_003, 100, [1, 1000])?;
    Ok((params::whole(fields, "start", 222_002, 0, [0, u64::MAX])?, length))
}

/// group/getlist.
pub fn list_groups(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let (start, length) = part(&fields)?;
    let list = call.server.library(call.account).groups(start, length);
    Ok(json!({ "group_id_list": list }))
}

/// group/getusers.
pub fn list_users(call: &Call) -> Answer {
    let fields = body::object(&call.body)?;
    let (start, length) = part(&fields)?;
    let group = params::group(&fields)?;
    let list = call.server.library(call.account).users(&group, start, length)?;
    Ok(json!({ "user_id_list": list }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_face_is_that_of_beijing() {
        assert_eq!(ctime(1_700_000_000, 8), "2023-11-15 06:13:20");
    }
}
