//! 人脸属性编辑: the face of a picture made younger, older, more female or more male.

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::fault::Fault;
use super::super::morph::{self, Look};
use super::super::render::{OperationOutcome, Refusal};
use super::super::subject::Subject;

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let subject = Subject::read(&mut read);
    let action = read.required("action_type").and_then(Value::as_str).map(str::to_owned);
    let needs_target = action.as_deref().is_some_and(|action| action.starts_with("V2_"));
    let target = if needs_target { read.required("target") } else { None };
    call.begin(read)?;
    // No row is that of a word that is no action, so it counts as none.
    let look = action.as_deref().and_then(|action| look(action, target));
    let look = look.ok_or(Refusal { condition: Condition::ParameterEmpty, field: Some("action_type") })?;
    let seen = subject.seen(call).await?;
    call.stage(Fault::MergeEngine)?;
    let filed = seen.filed()?;
    let edit = move || morph::jpeg(&morph::edit(&filed.side()?, &look));
    let file = call.workers().run(edit).await.flatten().ok_or(Condition::MergeFailed)?;
    Ok(json!({ "image": super::super::values::encoded(&file) }))
}

/// What an action makes of a face. The target of a V2 action is an age in years, or a gender: its name, or 0 for female
/// to 1 for male.
fn look(action: &str, target: Option<&Value>) -> Option<Look> {
    let number = target.and_then(|target| match target {
        Value::String(text) => text.trim().parse::<f32>().ok(),
        other => other.as_f64().map(|number| number as f32),
    });
    match action {
        "TO_KID" => Some(Look::KID),
        "TO_OLD" => Some(Look::OLD),
        "TO_FEMALE" => Some(Look::FEMALE),
        "TO_MALE" => Some(Look::MALE),
        "V2_AGE" => number.map(Look::of_age),
        "V2_GENDER" => match target.and_then(Value::as_str) {
            Some("male") => Some(Look::MALE),
            Some("female") => Some(Look::FEMALE),
            _ => number.map(Look::of_gender),
        },
        _ => None,
    }
}
