//! Operations on pictures: detect, compare, verify, identify.

use crate::call::Call;
use crate::code::Code;
use crate::defect::Defect;
use crate::fields::Source;
use crate::library::{Person, Tenant};
use crate::print::{Print, SAME_PERSON};
use crate::reply::{Outcome, Refusal};
use serde_json::{Value, json};
use std::collections::HashSet;

/// How many candidates identify tells.
const CANDIDATES: usize = 5;
/// How many faces of a picture are told with all their features.
const WHOLE_FACES: usize = 5;

/// detect: without a mode only the largest face is told.
pub(crate) async fn detect(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let largest = call.fields.largest_only()? && !defects.has(Defect::ModeIgnored);
    let source = call.fields.required_picture("image", "url")?;
    let seen = match call.engine.see(source).await {
        Err(Code::NO_FACE) if defects.has(Defect::FacelessOk) => {
            return Ok(json!({ "image_width": 0, "image_height": 0, "face": [] }));
        }
        seen => seen?,
    };
    let told = if largest { vec![seen.main_face(defects)?] } else { seen.faces.iter().collect() };
    let items: Vec<Value> = told
        .iter()
        .enumerate()
        .map(|(number, found)| found.item(&call.engine.new_id("d-"), number < WHOLE_FACES, defects))
        .collect();
    let (mut width, mut height) = (seen.width, seen.height);
    if defects.has(Defect::SizeExchanged) {
        (width, height) = (height, width);
    }
    Ok(json!({ "image_width": width, "image_height": height, "face": items, "face_count": items.len() }))
}

/// compare: `fail_flag` tells which picture failed.
pub(crate) async fn compare(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let first = call.fields.required_picture("imageA", "urlA")?;
    let second = call.fields.required_picture("imageB", "urlB")?;
    let failed = |flag: i32| move |code| Refusal { code, data: json!({ "fail_flag": flag }) };
    let first = main_print(call, first).await.map_err(failed(1))?;
    let second = if defects.has(Defect::SecondUnseen) {
        first.clone()
    } else {
        main_print(call, second).await.map_err(failed(2))?
    };
    let mut similarity = json!(first.similarity(&second));
    if defects.has(Defect::AlwaysAlike) {
        similarity = json!(97.5);
    }
    if defects.has(Defect::SimilarityFraction) {
        similarity = json!(similarity.as_f64().unwrap_or_default() / 100.0);
    }
    if defects.has(Defect::SimilarityText) {
        similarity = json!(similarity.to_string());
    }
    Ok(json!({ "similarity": similarity }))
}

/// The description of the main face of a picture.
async fn main_print(call: &Call<'_>, source: Source) -> Result<Print, Code> {
    let seen = call.engine.see(source).await?;
    Ok(seen.main_face(&call.engine.defects)?.print.clone())
}

/// The face of a person that is most like this one: how much, its id, its tag.
fn best(person: &Person, print: &Print, first_only: bool) -> (f64, String, Option<String>) {
    let faces = person.faces.iter().take(if first_only { 1 } else { usize::MAX });
    let scored = faces.map(|face| (face.print.similarity(print), face.id.clone(), face.tag.clone()));
    scored.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or_default()
}

/// verify: the person first, then the picture. A person without faces is like nobody.
pub(crate) async fn verify(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let id = call.fields.id("person_id")?;
    let source = call.fields.required_picture("image", "url")?;
    let person = call.engine.with_tenant(call.appid, |tenant| {
        if defects.has(Defect::AnybodyVerified) && tenant.persons.contains_key(&id) {
            let faces = tenant.persons.values().flat_map(|person| person.faces.clone()).collect();
            return Ok(Person { faces, ..Person::default() });
        }
        match tenant.person(&id, defects) {
            Err(_) if defects.has(Defect::StrangerVerified) => Ok(Person::default()),
            person => person.cloned(),
        }
    })?;
    let print = main_print(call, source).await?;
    let (confidence, ..) = best(&person, &print, defects.has(Defect::FirstFaceOnly));
    let matches = (confidence >= SAME_PERSON) != defects.has(Defect::MatchInverted);
    Ok(json!({
        "confidence": told_confidence(call, confidence),
        "ismatch": if defects.has(Defect::MatchAsText) { json!(matches.to_string()) } else { json!(matches) },
        "threshold": SAME_PERSON,
    }))
}

fn told_confidence(call: &Call<'_>, confidence: f64) -> f64 {
    if call.engine.defects.has(Defect::ConfidenceOutside) { confidence * 2.0 } else { confidence }
}

/// identify: the best face of each person of the groups, five persons at most.
pub(crate) async fn identify(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let (groups, unknown) = if call.fields.has("group_ids") {
        (call.fields.ids("group_ids", false)?, Code::NO_GROUP_LIST)
    } else {
        (vec![call.fields.id("group_id")?], Code::NO_GROUP)
    };
    let source = call.fields.required_picture("image", "url")?;
    check_groups(call, &groups, unknown)?;
    let print = main_print(call, source).await?;
    let mut candidates = score(call, &groups, &print);
    candidates.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    let mut told = HashSet::new();
    candidates.retain(|candidate| told.insert(candidate.person_id.clone()));
    let most = match () {
        () if defects.has(Defect::CandidatesMany) => 50,
        () if defects.has(Defect::CandidateOnly) => 1,
        () => CANDIDATES,
    };
    candidates.truncate(most);
    if defects.has(Defect::CandidatesAscending) {
        candidates.reverse();
    }
    let told: Vec<Value> = candidates
        .into_iter()
        .map(|candidate| {
            let mut told = json!({
                "person_id": candidate.person_id,
                "face_id": candidate.face_id,
                "confidence": told_confidence(call, candidate.confidence),
            });
            if !defects.has(Defect::CandidateTagless) {
                told["tag"] = json!(candidate.tag);
            }
            told
        })
        .collect();
    Ok(json!({ "candidates": told }))
}

/// Whether all the groups are there.
fn check_groups(call: &Call<'_>, groups: &[String], unknown: Code) -> Result<(), Code> {
    let there = call
        .engine
        .with_tenant(call.appid, |tenant| groups.iter().all(|group| tenant.groups.contains_key(group)));
    if there || call.engine.defects.has(Defect::UnknownGroupSearched) { Ok(()) } else { Err(unknown) }
}

struct Candidate {
    person_id: String,
    face_id: String,
    confidence: f64,
    tag: String,
}

fn score(call: &Call<'_>, groups: &[String], print: &Print) -> Vec<Candidate> {
    let defects = &call.engine.defects;
    let groups = if defects.has(Defect::FirstGroupSearched) { &groups[..1] } else { groups };
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut search = |tenant: &Tenant| {
        for (id, person) in groups.iter().flat_map(|group| tenant.members(group, defects)) {
            let (confidence, face_id, tag) = best(person, print, defects.has(Defect::FirstFaceOnly));
            if !face_id.is_empty() {
                let tag = tag.unwrap_or_else(|| person.tag.clone());
                candidates.push(Candidate { person_id: id.to_owned(), face_id, confidence, tag });
            }
        }
    };
    if defects.has(Defect::SearchLeaks) {
        call.engine.with_library(|library| library.all().for_each(&mut search));
    } else {
        call.engine.with_tenant(call.appid, |tenant| search(tenant));
    }
    candidates
}
