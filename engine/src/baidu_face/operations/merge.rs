//! 人脸融合: the face of one picture in the place of that of another.

use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::control::judge_quality;
use super::super::face_view::FaceView;
use super::super::fault::Fault;
use super::super::level::Level;
use super::super::morph;
use super::super::render::{OperationOutcome, Refusal};
use super::super::subject::Subject;

/// Narrower faces of a template cannot be merged into; the vendor advises 100 pixels.
const NARROWEST: f32 = 64.0;

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let template = part(call, &mut read, "image_template");
    let target = part(call, &mut read, "image_target");
    let degree = read.given("merge_degree");
    let degree = read.checked(degree, Condition::MergeDegreeInvalid, |degree| share(degree).is_some());
    read.template_type();
    let (template, target) = (template.transpose()?, target.transpose()?);
    call.begin(read)?;
    let (Some(template), Some(target)) = (template, target) else {
        return Err(Condition::InternalError.into()); // noted as missing, so never reached
    };
    let share = degree.as_deref().and_then(share).unwrap_or(1.0);
    let (template, target) = (template.seen(call).await?, target.seen(call).await?);
    let view = FaceView(&template.face);
    if template.face.rect.width < NARROWEST || judge_quality(view, Level::Normal).is_err() {
        return Err(Condition::TemplateQualityInsufficient.into());
    }
    call.stage(Fault::MergeEngine)?;
    let (template, target) = (template.filed()?, target.filed()?);
    let merge = move || morph::jpeg(&morph::merge(&template.side()?, &target.side()?, share));
    let file = call.workers().run(merge).await.flatten().ok_or(Condition::MergeFailed)?;
    Ok(json!({ "merge_image": super::super::values::encoded(&file) }))
}

/// One of the two pictures; `None` where it is missing.
fn part(
    call: &Call<'_>,
    read: &mut super::super::reader::Reader<'_>,
    name: &'static str,
) -> Option<Result<Subject, Refusal>> {
    let fields =
        call.body.fields().ok().and_then(|fields| fields.get(name)).and_then(|part| part.as_object());
    let Some(fields) = fields else {
        read.miss(name);
        return None;
    };
    let mut read = call.reader_of(fields);
    let subject = Subject::read(&mut read);
    Some(read.finish().map(|()| subject))
}

/// How much of the target's face is shown.
fn share(degree: &str) -> Option<f32> {
    match degree {
        "LOW" => Some(0.4),
        "NORMAL" => Some(0.6),
        "HIGH" => Some(0.8),
        "COMPLETE" => Some(1.0),
        _ => None,
    }
}
