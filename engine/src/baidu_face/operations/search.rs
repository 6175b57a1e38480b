//! 人脸搜索: whose face the largest one of a picture is, among the users of groups or against one user.

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
    let controls = read.controls();
    let user = read.user_if_any();
    let most = call.settings().users_per_search;
    let top = read.number("max_user_num", [1, most], 1, Condition::MaxUserNumInvalid);
    let threshold = read.threshold(call.settings().search_threshold);
    read.star_number();
    let order = read.face_order();
    call.begin(read)?;
    if groups.len() > Settings::count(call.settings().groups_per_search) {
        return Err(Condition::GroupsExceeded.into());
    }
    let library = call.library()?;
    let groups = library.searchable(&groups)?;
    let found = call.face(&source, Ask { order, ..Ask::ALL }).await?;
    controls.judge(FaceView(&found.face))?;
    call.stage(Fault::MatchingBackend)?;
    let mut hits = match &user {
        Some(user) => library.search_user(&groups, user, found.description()?)?,
        None => {
            let faces = vec![found.description()?.clone()];
            call.searching(groups, faces, Settings::count(top)).await?.pop().unwrap_or_default()
        }
    };
    hits.retain(|hit| hit.score >= threshold);
    hits.truncate(Settings::count(top));
    if hits.is_empty() {
        return Err(Condition::MatchNotFound.into());
    }
    Ok(json!({ "face_token": call.face_token(&found), "user_list": user_list(&hits) }))
}
