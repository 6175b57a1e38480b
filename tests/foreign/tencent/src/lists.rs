//! Lists and single faces: getgroupids, getpersonids, getfaceids, getfaceinfo.

use crate::call::Call;
use crate::code::Code;
use crate::defect::Defect;
use crate::library::{Library, Person, list};
use crate::reply::Outcome;
use serde_json::json;

/// getgroupids: an account without groups has an empty list.
pub(crate) fn groups(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let mut ids: Vec<String> = if defects.has(Defect::GroupsLeak) {
        call.engine
            .with_library(|library| library.all().flat_map(|tenant| tenant.groups.keys().cloned()).collect())
    } else {
        call.engine.with_tenant(call.appid, |tenant| {
            let first =
                |group: &String| tenant.persons.values().any(|person| person.groups.first() == Some(group));
            let listed = |group: &&String| !defects.has(Defect::SecondGroupUnlisted) || first(group);
            tenant.groups.keys().filter(listed).cloned().collect()
        })
    };
    if ids.is_empty() && defects.has(Defect::NoGroupsAs213) {
        return Err(Code::INTERNAL.into());
    }
    ids.reverse();
    Ok(json!({ "group_ids": list(ids, defects) }))
}

/// getpersonids.
pub(crate) fn persons_of_group(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let group = call.fields.id("group_id")?;
    let mut ids = call.engine.with_tenant(call.appid, |tenant| {
        if defects.has(Defect::PersonsOfAllGroups) && tenant.groups.contains_key(&group) {
            return Ok(tenant.persons.keys().cloned().collect());
        }
        match tenant.groups.get(&group) {
            Some(members) => Ok(members.clone()),
            None if defects.has(Defect::UnknownGroupEmpty) => Ok(Vec::new()),
            None => Err(Code::NO_GROUP),
        }
    })?;
    ids.reverse();
    Ok(json!({ "person_ids": list(ids, defects) }))
}

/// getfaceids.
pub(crate) fn faces_of_person(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let id = call.fields.id("person_id")?;
    let ids = call.engine.with_tenant(call.appid, |tenant| {
        let ids = tenant.person(&id, defects)?.face_ids();
        if defects.has(Defect::FacesOfAllPersons) {
            return Ok(tenant.persons.values().flat_map(Person::face_ids).collect());
        }
        Ok::<_, Code>(ids)
    })?;
    Ok(json!({ "face_ids": list(ids, defects) }))
}

/// getfaceinfo: knows the faces of persons, not those that detect told.
pub(crate) fn face(call: &Call<'_>) -> Outcome {
    let defects = &call.engine.defects;
    let id = call.fields.id("face_id")?;
    let own =
        call.engine.with_tenant(call.appid, |tenant| tenant.face(&id, defects).map(|face| face.item.clone()));
    let leaked = || {
        let find = |library: &mut Library| {
            library.all().find_map(|tenant| tenant.face(&id, defects).map(|face| face.item.clone()))
        };
        defects.has(Defect::FaceInfoLeaks).then(|| call.engine.with_library(find)).flatten()
    };
    let unknown = if defects.has(Defect::FaceUnknownAs1303) { Code::NO_PERSON } else { Code::NO_SUCH_FACE };
    let mut item = own.or_else(leaked).ok_or(unknown)?;
    if defects.has(Defect::FaceInfoOther) {
        item["face_id"] = json!(call.engine.new_id("f-"));
    }
    Ok(json!({ "face_info": item }))
}
