//! 人脸注册: registers the largest face of a picture; group and user come to exist.

use serde_json::json;

use super::super::call::Call;
use super::super::face_view::FaceView;
use super::super::library::Registration;
use super::super::picture::{Ask, Found};
use super::super::reader::Reader;
use super::super::render::{OperationOutcome, Refusal};

use super::super::control::Controls;
use super::super::source::Source;
use crate::vision::Order;

/// What adding and updating have in common.
pub(super) struct Parameters {
    pub(super) source: Source,
    pub(super) group: String,
    pub(super) user: String,
    info: Option<String>,
    controls: Controls,
    order: Order,
    /// Whether `action_type` is `REPLACE`. No row is its own, so any other word is the default.
    pub(super) replaces: bool,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let parameters = Parameters::read(call)?;
    let library = call.library()?;
    library.may_register(&parameters.group, &parameters.user, None)?;
    let found = parameters.face(call).await?;
    library.add(&parameters.registration(call, &found, parameters.replaces))?;
    Ok(registered(call, &found))
}

impl Parameters {
    pub(super) fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        let mut read = call.reader()?;
        let parameters = Self::of(&mut read);
        call.begin(read)?;
        Ok(parameters)
    }

    fn of(read: &mut Reader<'_>) -> Self {
        Self {
            source: read.image(),
            group: read.group("group_id"),
            user: read.user(),
            info: read.user_info(),
            controls: read.controls(),
            order: read.face_order(),
            replaces: read.given("action_type").and_then(|value| value.as_str()) == Some("REPLACE"),
        }
    }

    /// The face, judged.
    pub(super) async fn face(&self, call: &Call<'_>) -> Result<Found, Refusal> {
        let found = call.face(&self.source, Ask { order: self.order, ..Ask::ALL }).await?;
        self.controls.judge(FaceView(&found.face))?;
        Ok(found)
    }

    pub(super) fn registration(&self, call: &Call<'_>, found: &Found, replaces: bool) -> Registration {
        Registration {
            group: self.group.clone(),
            user: self.user.clone(),
            info: self.info.clone(),
            face: found.face.clone(),
            portrait: found.portrait.clone(),
            keeps_picture: call.settings().stores_pictures == 1,
            replaces,
        }
    }
}

/// The answer for a registered face.
pub(super) fn registered(call: &Call<'_>, found: &Found) -> serde_json::Value {
    json!({ "face_token": call.face_token(found), "location": FaceView(&found.face).location() })
}
