//! The operations' own tables made into scenarios: a success whose fields are checked, and for every parameter what is
//! missing, empty, of the wrong type, out of range or too long.
//!
//! Which rows these are is told by the rows' conditions: `parameter-empty`, `parameter-invalid`, `parameter-too-long`.
//! A dialect whose tables know no such conditions gets none of them.

use lianpu_corpus::{
    Accept, BodyKind, Certainty, Dialect, Manifest, Operation, Parameter, ParameterType, Reach,
};
use serde_json::{Value, json};

use super::scenario::{ProvokeError, Scenario, judgement, tables_with};
use super::step::Step;
use crate::judge::Expected;

/// Longer than any limit that a service has; only this extreme is asserted where the limit is not documented.
const FAR_TOO_LONG: usize = 65_536;

/// Characters that are no word characters: a hyphen, a space, Chinese.
const BAD_WORDS: [(&str, &str); 3] = [("has-a-hyphen", "g-1"), ("has-a-space", "a b"), ("is-chinese", "组1")];

/// One deviation of one parameter.
struct Deviation {
    trigger: String,
    /// What is done to the parameter.
    step: Step,
    /// The condition whose row is due.
    condition: String,
    /// The conditions whose rows may answer instead.
    instead: Vec<String>,
    certainty: Certainty,
    /// Whether only JSON can say it: in multipart an object is a text like any other.
    only_json: bool,
    /// Whether it may be taken for a right value.
    lenient: bool,
}

/// Why another parameter code may answer.
const CODES_OVERLAP: &str = "the documents do not say which of the parameter codes answers here";

/// Why success may answer.
const MAY_PASS: &str =
    "the documents leave open whether such a value is refused, ignored or brought into the range";

/// Adds the scenarios of every operation's tables.
pub(super) fn make(dialect: &Dialect, made: &mut Vec<Scenario>, errors: &mut Vec<ProvokeError>) {
    for operation in &dialect.operations {
        let before = made.len();
        successes(dialect, operation, made);
        for parameter in operation.parameters.iter().filter(|p| !is_identity(&dialect.manifest, p)) {
            for deviation in deviations(operation, parameter) {
                deviate(dialect, operation, &deviation, made);
            }
        }
        // The same steps stand in every table that has the row.
        let different = made[before..].chunk_by(|one, next| one.trigger == next.trigger);
        errors.extend(different.filter_map(<[_]>::first).flat_map(unsayable));
    }
}

/// Steps that no sentence says: a name of the tables may have characters that sentences have no room for.
fn unsayable(scenario: &Scenario) -> Vec<ProvokeError> {
    let why = |step: &Step| match Step::parse(step.keyword(), &step.to_string()) {
        Ok(read) if read == *step => None,
        Ok(_) => Some(format!("«{step}» is read as another step")),
        Err(error) => Some(error.to_string()),
    };
    scenario.steps.iter().filter_map(why).map(|why| ProvokeError::of(scenario, why)).collect()
}

/// Parts of the account belong to authentication; their recipes are written by hand.
fn is_identity(manifest: &Manifest, parameter: &Parameter) -> bool {
    manifest.names_account(parameter.valid.as_deref())
}

fn successes(dialect: &Dialect, operation: &Operation, made: &mut Vec<Scenario>) {
    let Some(envelope) = dialect.envelope_of(operation) else { return };
    let success = envelope.success_row();
    let mut variants = vec![("valid-request", None)];
    if operation.picture().is_none() {
        variants.extend(operation.bodies.iter().skip(1).map(|kind| {
            let trigger = match kind {
                BodyKind::Json => "valid-json-request",
                BodyKind::Multipart => "valid-multipart-request",
                BodyKind::Form => "valid-form-request",
            };
            (trigger, Some(Step::SentAs { body: *kind }))
        }));
    }
    let variants = variants.into_iter().map(|(trigger, also)| (trigger.to_owned(), also));
    let values = operation.parameters.iter().flat_map(right_values);
    let values = values.map(|(trigger, step)| (trigger, Some(step)));
    for (trigger, also) in variants.chain(values) {
        let mut steps = vec![valid_request(operation)];
        steps.extend(also);
        steps.push(Step::Sent);
        let expected = Expected::row(&success, dialect, operation);
        steps.extend(judgement(expected, Reach::Wire, true, operation.changes));
        steps.push(Step::Documented);
        for table in tables_with(dialect, operation, &success) {
            made.push(Scenario {
                dialect: dialect.manifest.name.clone(),
                table: table.id.clone(),
                code: success.clone(),
                operation: operation.name.clone(),
                trigger: trigger.clone(),
                reach: Reach::Wire,
                certainty: operation.certainty,
                needs: operation.needs.clone(),
                accept: Vec::new(),
                source: Some(operation.source.clone()),
                steps: steps.clone(),
            });
        }
    }
}

/// Trigger and step of what just is right: every value of a closed set, both ends of a range, the greatest length.
/// Where one may be lenient with what lies above, the documents disagree about the upper end.
fn right_values(parameter: &Parameter) -> Vec<(String, Step)> {
    let slug_of_name = slug(&parameter.name);
    let values = parameter.one_of.iter().map(json_of);
    let ends = parameter
        .range
        .into_iter()
        .flat_map(|[least, greatest]| if parameter.lenient { vec![least] } else { vec![least, greatest] });
    let mut right: Vec<_> = values
        .chain(ends.map(Value::from))
        .map(|value| (format!("{slug_of_name}-may-be-{}", slug(&value.to_string())), put(parameter, value)))
        .collect();
    right.extend(
        parameter.max_length.map(|bytes| (format!("{slug_of_name}-longest"), long(parameter, bytes))),
    );
    right
}

fn deviations(operation: &Operation, parameter: &Parameter) -> Vec<Deviation> {
    let kind = &parameter.kind;
    let slug = slug(&parameter.name);
    let wrong = |what: &str, value: Value| Deviation {
        trigger: format!("{slug}-{what}"),
        only_json: value.is_object() || value.is_array(),
        step: put(parameter, value),
        condition: parameter.refusal.clone().unwrap_or_else(|| "parameter-invalid".to_owned()),
        instead: match parameter.refusal {
            Some(_) => parameter.refusal_or.clone(),
            None => ["bad-request", "parameter-empty"].map(str::to_owned).to_vec(),
        },
        certainty: Certainty::Inferred,
        lenient: parameter.lenient && parameter.certainty == Certainty::Inferred,
    };
    let empty = |what: &str, step: Step| Deviation {
        trigger: format!("{slug}-{what}"),
        step,
        condition: "parameter-empty".to_owned(),
        instead: vec![parameter.refusal.clone().unwrap_or_else(|| "parameter-invalid".to_owned())],
        certainty: parameter.certainty,
        only_json: false,
        lenient: false,
    };
    let mut made = Vec::new();
    if parameter.required {
        let instead =
            if parameter.refusal.is_some() { Vec::new() } else { vec!["parameter-invalid".to_owned()] };
        made.push(Deviation {
            instead,
            ..empty("absent", Step::Leave { parameter: parameter.name.clone() })
        });
    }
    match kind {
        ParameterType::String if parameter.valid.is_some() || parameter.refusal.is_some() => {
            if parameter.required {
                made.push(empty("empty", put(parameter, json!(""))));
            }
            made.push(wrong("is-an-object", json!({})));
            made.push(wrong("is-a-list", json!([])));
        }
        ParameterType::Strings if parameter.valid.is_some() => {
            if parameter.required {
                made.push(empty("empty", put(parameter, json!([]))));
            }
            made.push(wrong("is-a-text", json!("qq")));
            made.push(wrong("holds-objects", json!([{}])));
        }
        ParameterType::Integer | ParameterType::Digits | ParameterType::Number => {
            made.push(wrong("is-a-text", json!("x")));
            if *kind != ParameterType::Number {
                // No document says what becomes of a fraction.
                made.push(Deviation { lenient: true, ..wrong("is-a-fraction", json!(0.5)) });
            }
            if let Some([least, greatest]) = parameter.range {
                made.push(wrong("below-range", json!(least - 1)));
                let above = wrong("above-range", json!(greatest + 1));
                made.push(Deviation { lenient: parameter.lenient, ..above });
            }
        }
        ParameterType::Boolean => made.push(wrong("is-a-text", json!("perhaps"))),
        ParameterType::Picture | ParameterType::Pictures
            if !operation.bodies.contains(&BodyKind::Multipart) =>
        {
            if parameter.required {
                made.push(empty("empty", put(parameter, json!(""))));
            }
            made.push(wrong("is-a-number", json!(123)));
            made.push(wrong("is-an-object", json!({})));
        }
        _ => {}
    }
    if parameter.charset.as_deref() == Some("word") {
        made.extend(BAD_WORDS.iter().map(|(what, value)| wrong(what, json!(value))));
    }
    for value in &parameter.wrong {
        let json = json_of(value);
        let wrong = wrong(&format!("is-{}", self::slug(&json.to_string())), json);
        made.push(Deviation { lenient: wrong.lenient || (parameter.lenient && value.is_str()), ..wrong });
    }
    if let Some(bytes) = parameter.refused_length {
        made.push(Deviation { step: long(parameter, bytes), ..wrong("too-long", json!("")) });
    } else if matches!(kind, ParameterType::String) {
        made.push(Deviation {
            step: long(parameter, FAR_TOO_LONG),
            condition: "parameter-too-long".to_owned(),
            instead: Vec::new(),
            ..wrong("too-long", json!(""))
        });
    }
    made
}

/// Letters and digits, separated by single hyphens.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let sign = if text.starts_with('-') { vec!["minus"] } else { Vec::new() };
    let slug = sign.into_iter().chain(words).collect::<Vec<_>>().join("-").to_lowercase();
    if slug.is_empty() { "of-signs".to_owned() } else { slug }
}

fn deviate(dialect: &Dialect, operation: &Operation, deviation: &Deviation, made: &mut Vec<Scenario>) {
    let of_operation = dialect.tables.iter().filter(|table| operation.tables.contains(&table.id));
    for table in of_operation {
        let Some(row) = table.row_for(&deviation.condition) else { continue };
        let others = deviation.instead.iter().filter_map(|condition| table.row_for(condition));
        let mut accept: Vec<_> =
            others.map(|row| Accept { code: row.code.clone(), reason: CODES_OVERLAP.to_owned() }).collect();
        if let Some(envelope) = dialect.envelope_of(operation).filter(|_| deviation.lenient) {
            accept.push(Accept { code: envelope.success_row(), reason: MAY_PASS.to_owned() });
        }
        let tolerated = accept.iter().map(|accept| accept.code.clone());
        let expected = Expected::row(&row.code, dialect, operation).tolerating(tolerated);
        let pictures = if deviation.only_json { pictures_by_address(operation) } else { Vec::new() };
        let by_address = !pictures.is_empty();
        // What may pass needs what a success needs.
        let of_success = if deviation.lenient { operation.needs.as_slice() } else { &[] };
        let of_origin = by_address.then(|| "origin".to_owned());
        let mut steps = vec![valid_request(operation)];
        steps.extend(pictures);
        steps.push(deviation.step.clone());
        steps.push(Step::Sent);
        steps.extend(judgement(expected, Reach::Wire, false, operation.changes));
        made.push(Scenario {
            dialect: dialect.manifest.name.clone(),
            table: table.id.clone(),
            code: row.code.clone(),
            operation: operation.name.clone(),
            trigger: deviation.trigger.clone(),
            reach: if by_address { Reach::Origin } else { Reach::Wire },
            certainty: deviation.certainty.max(operation.certainty),
            needs: of_origin.into_iter().chain(of_success.iter().cloned()).collect(),
            accept,
            source: Some(operation.source.clone()),
            steps,
        });
    }
}

/// The steps that put addresses in place of a valid request's pictures, so that it can be sent as JSON.
fn pictures_by_address(operation: &Operation) -> Vec<Step> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.valid.is_some());
    let pictures = parameters.filter_map(|parameter| match parameter.kind {
        ParameterType::Picture => Some(("anna", parameter.instead.as_ref()?)),
        ParameterType::Pictures => Some(("bea", parameter.instead.as_ref()?)),
        _ => None,
    });
    pictures
        .map(|(scene, url)| Step::Leads {
            parameter: url.clone(),
            scene: scene.to_owned(),
            behaviour: "serves it".to_owned(),
        })
        .collect()
}

fn valid_request(operation: &Operation) -> Step {
    Step::ValidRequest { operation: operation.name.clone() }
}

fn put(parameter: &Parameter, value: Value) -> Step {
    Step::Put { parameter: parameter.name.clone(), value }
}

fn long(parameter: &Parameter, bytes: usize) -> Step {
    Step::Long { parameter: parameter.name.clone(), bytes }
}

/// A value of the tables as JSON has it.
fn json_of(value: &toml::Value) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
