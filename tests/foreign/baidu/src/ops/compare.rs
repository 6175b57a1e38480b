//! match: two pictures compared.

use serde_json::json;

use super::{Answer, Call};
use crate::{
    body,
    codes::{Refusal, refuse},
    gate, params,
    picture::{self, Sighting},
    scores,
};

/// Compares the faces of two pictures.
pub async fn compare(call: &Call) -> Answer {
    let defects = &call.server.defects;
    let elements = body::list(&call.body)?;
    let any = defects.on("match-takes-any-number") && !elements.is_empty();
    if elements.len() != 2 && !any {
        return refuse(222_208);
    }
    let mut asked = Vec::with_capacity(2);
    for fields in &elements {
        let (quality, liveness) = (params::quality(fields)?, params::liveness(fields)?);
        params::face_type(fields)?;
        asked.push((
            picture::source(fields)?,
            quality,
            liveness,
            params::choice(fields, "face_sort_type", 222_039, 1)?,
        ));
    }
    let mut found: Vec<Sighting> = Vec::with_capacity(2);
    for (index, (source, quality, liveness, order)) in asked.iter().enumerate() {
        let sighting = main_face(picture::faces(&call.server, call.account, source).await?, *order, defects)?;
        if index == 0 || !defects.on("match-checks-first-only") {
            gate::check(&sighting.face, *quality, *liveness, defects)?;
        }
        found.push(sighting);
    }
    let (first, last) = (&found[0], &found[found.len() - 1]);
    let same = call.server.options.same_likeness;
    let mut score = scores::score(&first.face, &last.face, same);
    if defects.on("match-ignores-second-picture") {
        score = scores::score(&first.face, &first.face, same);
    }
    if defects.on("match-score-is-a-share") {
        score /= 100.0;
    }
    if defects.on("match-score-upside-down") {
        score = 100.0 - score;
    }
    let mut tokens: Vec<_> =
        found.iter().map(|sighting| json!({ "face_token": sighting.token, "rank": 1 })).collect();
    if defects.on("match-tokens-exchanged") {
        tokens.reverse();
    }
    let score = if defects.on("score-as-text") { json!(score.to_string()) } else { json!(score) };
    Ok(json!({ "score": score, "face_list": tokens, "threshold_hint": 80 }))
}

/// The face that a call is about: the largest one, or the one nearest to the centre.
pub fn main_face(
    mut seen: Vec<Sighting>,
    order: u64,
    defects: &crate::defects::Defects,
) -> Result<Sighting, Refusal> {
    sort(&mut seen, order);
    if defects.on("smallest-face-taken") {
        seen.reverse();
    }
    seen.into_iter().next().ok_or(Refusal(222_202))
}

/// Sorts faces: the largest first, or the nearest to the centre first.
pub fn sort(seen: &mut [Sighting], order: u64) {
    match order {
        0 => seen.sort_by(|a, b| b.face.square.side.total_cmp(&a.face.square.side)),
        _ => seen.sort_by(|a, b| a.face.from_centre.total_cmp(&b.face.from_centre)),
    }
}
