//! 人脸搜索 M:N: whose faces those of a picture are. Control leaves faces out.

use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::face_view::FaceView;
use super::super::fault::Fault;
use super::super::picture::Ask;
use super::super::render::OperationOutcome;
use super::super::settings::Settings;
use super::user_list;

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let source = read.image();
    let groups = read.group_list();
    let most_faces = call.settings().faces_per_search;
    let most_faces = read.number("max_face_num", [1, most_faces], 1, Condition::MaxFaceNumInvalid);
    let threshold = read.threshold(80);
    let controls = read.controls();
    let most = call.settings().users_per_multi_search;
    let top = read.number("max_user_num", [1, most], 1, Condition::MaxUserNumInvalid);
    read.star_number();
    let order = read.face_order();
    call.begin(read)?;
    if groups.len() > Settings::count(call.settings().groups_per_search) {
        return Err(Condition::GroupsExceeded.into());
    }
    let groups = call.library()?.searchable(&groups)?;
    let ask = Ask { order, most: Settings::count(most_faces), ..Ask::ALL };
    let mut faces = call.faces(&source, ask).await?;
    faces.retain(|found| controls.judge(FaceView(&found.face)).is_ok());
    if faces.is_empty() && call.settings().filtered_is_no_face == 1 {
        return Err(Condition::FaceNotDetected.into());
    }
    call.stage(Fault::MatchingBackend)?;
    let descriptions =
        faces.iter().map(|found| found.description().cloned()).collect::<Result<Vec<_>, _>>()?;
    let mut found = call.searching(groups, descriptions, Settings::count(top)).await?;
    for hits in &mut found {
        hits.retain(|hit| hit.score >= threshold);
    }
    if found.iter().all(Vec::is_empty) && call.settings().multi_search_must_match == 1 {
        return Err(Condition::MatchNotFound.into());
    }
    let item = |(face, hits): (_, &Vec<_>)| {
        let face: &super::super::picture::Found = face;
        json!({
            "face_token": call.face_token(face),
            "location": FaceView(&face.face).location(),
            "user_list": user_list(hits),
        })
    };
    let list: Vec<_> = faces.iter().zip(&found).map(item).collect();
    Ok(json!({ "face_num": list.len(), "face_list": list }))
}
