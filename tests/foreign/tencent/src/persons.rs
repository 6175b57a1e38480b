//! Making, deleting, describing persons: newperson, delperson, setinfo, getinfo.

use crate::call::Call;
use crate::code::Code;
use crate::defect::Defect;
use crate::found::Seen;
use crate::library::{Face, Person, list};
use crate::reply::Outcome;
use serde_json::json;
use std::time::Duration;

/// newperson: without a picture the person begins without a face.
pub(crate) async fn create(call: &Call<'_>) -> Outcome {
    let (engine, fields) = (call.engine, call.fields);
    let defects = &engine.defects;
    let id = fields.id("person_id")?;
    let groups = fields.ids("group_ids", false)?;
    let (name, tag) =
        (fields.note("person_name")?.unwrap_or_default(), fields.note("tag")?.unwrap_or_default());
    let source = fields.picture("image", "url")?;
    let exists = if defects.has(Defect::ExistingAs1303) { Code::NO_PERSON } else { Code::PERSON_EXISTS };
    let overwrites = defects.has(Defect::ExistingOverwritten);
    if engine.with_tenant(call.appid, |tenant| tenant.persons.contains_key(&id)) && !overwrites {
        return Err(exists.into());
    }
    let mut person = Person { name, tag, groups, faces: Vec::new() };
    if defects.has(Defect::NameForgotten) {
        person.name.clear();
    }
    if defects.has(Defect::TagForgotten) {
        person.tag.clear();
    }
    let seen = match source {
        Some(source) if !defects.has(Defect::PictureUnread) => Some(engine.see(source).await),
        _ => None,
    };
    if defects.has(Defect::FacelessCreated) && matches!(seen, Some(Err(Code::NO_FACE))) {
        engine.with_tenant(call.appid, |tenant| tenant.admit(&id, person.clone(), defects))?;
    }
    if let Some(seen) = seen {
        person.faces.push(new_face(call, &seen?, None)?);
    }
    let face_id = person.faces.first().map(|face| face.id.clone()).unwrap_or_default();
    let added = person.faces.len();
    if defects.has(Defect::TwinCreations) {
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    let joined = engine.with_tenant(call.appid, |tenant| {
        // Another request may have made the person meanwhile.
        if tenant.persons.contains_key(&id) && !overwrites && !defects.has(Defect::TwinCreations) {
            return Err(exists);
        }
        tenant.admit(&id, person, defects)
    })?;
    Ok(json!({
        "person_id": if defects.has(Defect::OtherPersonId) { format!("{id}-1") } else { id },
        "suc_group": if defects.has(Defect::GroupsCountedOnce) { 1 } else { joined.len() },
        "suc_face": if defects.has(Defect::FaceUncounted) { 0 } else { added },
        "face_id": if defects.has(Defect::OtherFaceId) { engine.new_id("f-") } else { face_id },
        "group_ids": if defects.has(Defect::JoinedUntold) { Vec::new() } else { joined },
    }))
}

/// The main face of a picture, as a face of a person.
pub(crate) fn new_face(call: &Call<'_>, seen: &Seen, tag: Option<String>) -> Result<Face, Code> {
    let defects = &call.engine.defects;
    let found = seen.main_face(defects)?;
    let id = call.engine.new_id("f-");
    Ok(Face { item: found.item(&id, true, defects), print: found.print.clone(), id, tag, hidden: false })
}

/// delperson.
pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let id = call.fields.id("person_id")?;
    call.engine.with_tenant(call.appid, |tenant| {
        if defects.has(Defect::DeletionOfStranger) && !tenant.persons.contains_key(&id) {
            return Ok(());
        }
        let person = tenant.person(&id, defects)?.clone();
        if defects.has(Defect::DeletedStays) {
            return Ok(());
        }
        tenant.dismiss(&id, defects);
        let others: Vec<String> = tenant
            .persons
            .iter()
            .filter(|(other, known)| {
                let alike = other.get(..6).is_some() && other.get(..6) == id.get(..6);
                (defects.has(Defect::GroupDeletedToo)
                    && known.groups.iter().any(|group| person.groups.contains(group)))
                    || (defects.has(Defect::DeletionByPrefix) && alike)
            })
            .map(|(other, _)| other.clone())
            .collect();
        for other in others {
            tenant.dismiss(&other, defects);
        }
        Ok::<(), Code>(())
    })?;
    Ok(json!({ "deleted": i32::from(!defects.has(Defect::DeletedZero)), "person_id": id }))
}

/// setinfo: what is not given stays as it is.
pub(crate) fn set(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let id = call.fields.id("person_id")?;
    let (name, tag) = (call.fields.note("person_name")?, call.fields.note("tag")?);
    call.engine.with_tenant(call.appid, |tenant| {
        if defects.has(Defect::SettingStranger) && !tenant.persons.contains_key(&id) {
            return Ok(());
        }
        let person = tenant.person_mut(&id, defects)?;
        if defects.has(Defect::SettingForgotten) {
            return Ok(());
        }
        if tag.is_none() && name.is_some() && defects.has(Defect::SettingWipesTag) {
            person.tag.clear();
        }
        if name.is_none() && tag.is_some() && defects.has(Defect::SettingWipesName) {
            person.name.clear();
        }
        if let Some(tag) = tag.filter(|_| !defects.has(Defect::SettingIgnoresTag)) {
            person.tag = tag;
        }
        if let Some(name) = name {
            person.name.clone_from(&name);
            if defects.has(Defect::SettingEverybody) {
                tenant.persons.values_mut().for_each(|other| other.name.clone_from(&name));
            }
        }
        Ok::<(), Code>(())
    })?;
    Ok(json!({ "person_id": id }))
}

/// getinfo.
pub(crate) fn tell(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let id = call.fields.id("person_id")?;
    let person = call.engine.with_tenant(call.appid, |tenant| tenant.person(&id, defects).cloned())?;
    let mut groups = person.groups.clone();
    groups.reverse();
    if defects.has(Defect::InfoWithoutGroups) {
        groups.clear();
    }
    let mut data = json!({
        "person_id": id,
        "person_name": person.name,
        "face_ids": list(person.face_ids(), defects),
        "group_ids": list(groups, defects),
        "face_count": person.faces.len(),
    });
    if !defects.has(Defect::InfoWithoutTag) {
        data["tag"] = json!(person.tag);
    }
    Ok(data)
}
