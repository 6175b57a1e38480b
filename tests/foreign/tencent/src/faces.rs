//! Adding and deleting faces of a person: addface, delface.

use crate::call::Call;
use crate::code::Code;
use crate::defect::Defect;
use crate::library::{Face, MOST_FACES, Person, Tenant};
use crate::persons::new_face;
use crate::print::SAME_PICTURE;
use crate::reply::Outcome;
use serde_json::{Value, json};
use std::time::Duration;

/// addface: whatever becomes of the pictures, the code is 0, and `ret_codes` tells of each.
///
/// `face_ids` has an id for every picture: the new one, that of the face which the person has already, or one that
/// names nothing.
pub(crate) async fn add(call: &Call<'_>) -> Outcome {
    let (engine, fields) = (call.engine, call.fields);
    let defects = &engine.defects;
    let id = fields.id("person_id")?;
    let tag = fields.note("tag")?;
    let mut sources = fields.pictures()?;
    if sources.contains(&Err(Code::BAD_REQUEST)) {
        return Err(Code::BAD_REQUEST.into());
    }
    if defects.has(Defect::FirstPictureOnly) {
        sources.truncate(1);
    }
    let had = engine.with_tenant(call.appid, |tenant| {
        if defects.has(Defect::AdditionMakesPerson) && !tenant.persons.contains_key(&id) {
            tenant.admit(&id, Person::default(), defects)?;
        }
        tenant.person(&id, defects).map(|person| person.faces.len())
    })?;
    let mut faces = Vec::new();
    for source in sources {
        let face = match source {
            Ok(source) => engine.see(source).await.and_then(|seen| new_face(call, &seen, tag.clone())),
            Err(code) => Err(code),
        };
        faces.push(face);
    }
    if defects.has(Defect::LimitTogether) {
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    let (mut ids, mut codes) = (Vec::new(), Vec::new());
    engine.with_tenant(call.appid, |tenant| {
        let person = recipient(tenant, call, &id)?;
        for (number, face) in faces.into_iter().enumerate() {
            let known = if defects.has(Defect::LimitTogether) { had + number } else { person.faces.len() };
            let (face_id, code) = match face {
                Ok(face) => keep(call, person, face, known),
                Err(code) => (engine.new_id("n-"), code.number),
            };
            ids.push(face_id);
            codes.push(code);
        }
        Ok::<(), Code>(())
    })?;
    let added = codes.iter().filter(|code| **code == 0 || defects.has(Defect::AddedMiscounted)).count();
    if defects.has(Defect::RetCodesReversed) {
        codes.reverse();
    }
    if defects.has(Defect::RetCodesCut) {
        codes.truncate(1);
    }
    let codes = if defects.has(Defect::RetCodesText) {
        codes.iter().map(|code| Value::from(code.to_string())).collect()
    } else {
        json!(codes)
    };
    Ok(json!({ "added": added, "face_ids": ids, "ret_codes": codes, "person_id": id }))
}

/// The person that the faces go to.
fn recipient<'t>(tenant: &'t mut Tenant, call: &Call<'_>, id: &str) -> Result<&'t mut Person, Code> {
    let defects = &call.engine.defects;
    let elsewhere = tenant.persons.keys().next().filter(|_| defects.has(Defect::AdditionElsewhere)).cloned();
    let person = tenant.person_mut(elsewhere.as_deref().unwrap_or(id), defects)?;
    if defects.has(Defect::AdditionWipesName) {
        person.name.clear();
    }
    Ok(person)
}

/// Adds a face to a person that is held to have `known` ones: the id to tell, and the code.
fn keep(call: &Call<'_>, person: &mut Person, mut face: Face, known: usize) -> (String, i32) {
    let defects = &call.engine.defects;
    let twin = person.faces.iter().find(|other| other.print.similarity(&face.print) >= SAME_PICTURE);
    if let Some(twin) = twin.filter(|_| !defects.has(Defect::SameFaceAdded)) {
        let code = if defects.has(Defect::SameFaceAs213) { Code::INTERNAL } else { Code::SAME_FACE };
        return (twin.id.clone(), code.number);
    }
    let most = if defects.has(Defect::TenFaces) { 10 } else { MOST_FACES };
    if known >= most && !defects.has(Defect::TwentyFirstFace) {
        return (call.engine.new_id("n-"), Code::MANY_FACES.number);
    }
    face.hidden = defects.has(Defect::AddedUnlisted);
    let id = face.id.clone();
    person.faces.push(face);
    (id, 0)
}

/// delface: ids that are not the person's are passed over.
pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let id = call.fields.id("person_id")?;
    let mut wanted = call.fields.ids("face_ids", true)?;
    let asked = wanted.clone();
    if defects.has(Defect::FaceDeletionFirst) {
        wanted.truncate(1);
    }
    let deleted = call.engine.with_tenant(call.appid, |tenant| {
        let person = tenant.person_mut(&id, defects)?;
        let before = person.clone();
        let whole = defects.has(Defect::FaceDeletionWhole);
        let mut deleted = take(person, &wanted);
        if defects.has(Defect::FaceDeletionIdle) {
            *person = before.clone();
        } else if whole {
            person.faces.clear();
        }
        let empty = person.faces.is_empty();
        if !deleted.is_empty() {
            tenant.remember(&id, before, defects);
        }
        if defects.has(Defect::FaceDeletionAnywhere) {
            tenant.persons.values_mut().for_each(|other| deleted.extend(take(other, &wanted)));
        }
        if empty && defects.has(Defect::LastFaceDeletesPerson) {
            tenant.dismiss(&id, defects);
        }
        Ok::<_, Code>(deleted)
    })?;
    Ok(json!({
        "deleted": if defects.has(Defect::FaceDeletionMiscounted) { asked.len() } else { deleted.len() },
        "face_ids": if defects.has(Defect::FaceDeletionEcho) { asked } else { deleted },
    }))
}

/// Takes faces from a person, and tells which.
fn take(person: &mut Person, wanted: &[String]) -> Vec<String> {
    let taken = |face: &Face| wanted.contains(&face.id);
    let ids = person.faces.iter().filter(|face| taken(face)).map(|face| face.id.clone()).collect();
    person.faces.retain(|face| !taken(face));
    ids
}
