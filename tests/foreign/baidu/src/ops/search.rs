//! search and multi-search: who is it?

use serde_json::{Value, json};

use super::{Answer, Call, compare};
use crate::{
    attributes,
    body::{self, Fields},
    codes::{Refusal, refuse},
    gate,
    library::{Hit, Probe},
    params, picture,
};

/// What both searches are asked.
struct Asked {
    groups: Vec<String>,
    most: usize,
    threshold: f64,
    order: u64,
}

fn asked(fields: &Fields, most: u64, default: f64) -> Result<Asked, Refusal> {
    Ok(Asked {
        threshold: params::decimal(fields, "match_threshold", 222_030, [0.0, 100.0])?.unwrap_or(default),
        most: params::whole(fields, "max_user_num", 222_021, 1, [1, most])? as usize,
        order: params::choice(fields, "face_sort_type", 222_039, 1)?,
        groups: params::group_list(fields)?,
    })
}

/// Searches for the main face of a picture.
pub async fn search(call: &Call) -> Answer {
    let defects = &call.server.defects;
    let fields = body::object(&call.body)?;
    let (quality, liveness) = (params::quality(&fields)?, params::liveness(&fields)?);
    let user = params::optional_id(&fields, "user_id", 222_018)?;
    let asked = asked(&fields, 50, call.server.options.search_threshold)?;
    let source = picture::source(&fields)?;
    let seen = picture::faces(&call.server, call.account, &source).await?;
    let sighting = compare::main_face(seen, asked.order, defects)?;
    gate::check(&sighting.face, quality, liveness, defects)?;
    let probe = Probe {
        face: &sighting.face,
        groups: &asked.groups,
        user: user.as_deref(),
        threshold: asked.threshold,
        most: asked.most,
    };
    let hits = call.server.library(call.account).search(&probe);
    if hits.is_empty() && !defects.on("nobody-found-is-success") {
        return refuse(222_207);
    }
    let token = if defects.on("search-tells-another-face-token") { "0".repeat(32) } else { sighting.token };
    Ok(json!({ "face_token": token, "user_list": rows(&hits, call), "searched": asked.groups.len() }))
}

/// Searches for each face of a picture. Faces that a control refuses are left out.
pub async fn multi_search(call: &Call) -> Answer {
    let defects = &call.server.defects;
    let fields = body::object(&call.body)?;
    let faces = params::whole(&fields, "max_face_num", 222_016, 1, [1, 10])? as usize;
    let asked = asked(&fields, 20, 80.0)?;
    let (quality, liveness) = (params::quality(&fields)?, params::liveness(&fields)?);
    let source = picture::source(&fields)?;
    let mut seen = picture::faces(&call.server, call.account, &source).await?;
    compare::sort(&mut seen, asked.order);
    seen.truncate(if defects.on("multi-search-takes-one-face") { 1 } else { faces });
    seen.retain(|sighting| gate::check(&sighting.face, quality, liveness, defects).is_ok());
    if seen.is_empty() {
        return refuse(222_202);
    }
    let library = call.server.library(call.account);
    let mut list = Vec::with_capacity(seen.len());
    let mut anyone = false;
    for sighting in &seen {
        let face = if defects.on("multi-search-repeats-first-face") { &seen[0].face } else { &sighting.face };
        let probe =
            Probe { face, groups: &asked.groups, user: None, threshold: asked.threshold, most: asked.most };
        let hits = library.search(&probe);
        anyone |= !hits.is_empty();
        let mut element = json!({
            "face_token": sighting.token,
            "location": attributes::location(&sighting.face, defects),
            "user_list": rows(&hits, call),
        });
        if defects.on("multi-search-lacks-location") {
            element.as_object_mut().map(|map| map.remove("location"));
        }
        list.push(element);
    }
    if !anyone {
        return refuse(222_207);
    }
    let count = if defects.on("multi-search-counts-one") { 1 } else { list.len() };
    Ok(json!({ "face_num": count, "face_list": list }))
}

/// The rows of the users found.
fn rows(hits: &[Hit], call: &Call) -> Vec<Value> {
    let defects = &call.server.defects;
    hits.iter()
        .map(|hit| {
            let score = if defects.on("search-score-is-a-share") { hit.score / 100.0 } else { hit.score };
            let (group, user) = match defects.on("group-and-user-exchanged") {
                true => (&hit.user, &hit.group),
                false => (&hit.group, &hit.user),
            };
            json!({ "group_id": group, "user_id": user, "user_info": hit.info, "score": score })
        })
        .collect()
}
