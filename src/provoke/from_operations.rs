//! The operations' own tables made into scenarios: a success whose fields are checked, and for every parameter what is
//! missing, empty, of the wrong type, out of range or too long.
//!
//! Which rows these are is told by the rows' conditions: `parameter-empty`, `parameter-invalid`, `parameter-too-long`.
//! A dialect whose tables know no such conditions gets none of them.

use lianpu_corpus::{
    Accept, BodyKind, Certainty, Dialect, Manifest, Operation, Parameter, ParameterType, Reach,
};

use super::scenario::{Scenario, judgement, tables_with};
use super::step::StepKind;
use crate::judge::Expected;

/// Longer than any limit that a service has; only this extreme is asserted where the limit is not documented.
const FAR_TOO_LONG: usize = 65_536;

/// Characters that are no word characters: a hyphen, a space, Chinese.
const BAD_WORDS: [(&str, &str); 3] = [("has-a-hyphen", "g-1"), ("has-a-space", "a b"), ("is-chinese", "组1")];

/// One deviation of one parameter.
struct Deviation {
    trigger: String,
    /// The Given sentence about the parameter.
    sentence: String,
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
pub(super) fn make(dialect: &Dialect, made: &mut Vec<Scenario>) {
    for operation in &dialect.operations {
        successes(dialect, operation, made);
        for parameter in operation.parameters.iter().filter(|p| !is_identity(&dialect.manifest, p)) {
            for deviation in deviations(operation, parameter) {
                deviate(dialect, operation, &deviation, made);
            }
        }
    }
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
        variants.extend(operation.bodies.iter().skip(1).map(|kind| match kind {
            BodyKind::Json => ("valid-json-request", Some("it is sent as json")),
            BodyKind::Multipart => ("valid-multipart-request", Some("it is sent as multipart")),
            BodyKind::Form => ("valid-form-request", Some("it is sent as form")),
        }));
    }
    let variants = variants.into_iter().map(|(trigger, also)| (trigger.to_owned(), also.map(str::to_owned)));
    let values = operation.parameters.iter().flat_map(right_values);
    let values = values.map(|(trigger, sentence)| (trigger, Some(sentence)));
    for (trigger, also) in variants.chain(values) {
        let mut sentences = vec![(StepKind::Given, format!("a valid {} request", operation.name))];
        sentences.extend(also.map(|sentence| (StepKind::Given, sentence)));
        sentences.push((StepKind::When, "it is sent".to_owned()));
        let expectation = Expected::row(&success, dialect, operation);
        sentences.extend(judgement(&expectation, Reach::Wire, true, operation.changes));
        sentences.push((StepKind::Then, "the reply is as documented".to_owned()));
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
                sentences: sentences.clone(),
            });
        }
    }
}

/// Trigger and sentence of what just is right: every value of a closed set, both ends of a range, the greatest length.
/// Where one may be lenient with what lies above, the documents disagree about the upper end.
fn right_values(parameter: &Parameter) -> Vec<(String, String)> {
    let Parameter { name, .. } = parameter;
    let values = parameter.one_of.iter().map(|value| serde_json::to_string(value).unwrap_or_default());
    let ends = parameter
        .range
        .into_iter()
        .flat_map(|[least, greatest]| if parameter.lenient { vec![least] } else { vec![least, greatest] });
    let mut right: Vec<_> = values
        .chain(ends.map(|end| end.to_string()))
        .map(|value| (format!("{}-may-be-{}", slug(name), slug(&value)), format!("its {name} is {value}")))
        .collect();
    if let Some(bytes) = parameter.max_length {
        right.push((format!("{}-longest", slug(name)), format!("its {name} is {bytes} bytes long")));
    }
    right
}

fn deviations(operation: &Operation, parameter: &Parameter) -> Vec<Deviation> {
    let Parameter { name, kind, .. } = parameter;
    let slug = slug(name);
    let wrong = |what: &str, value: &str| Deviation {
        trigger: format!("{slug}-{what}"),
        sentence: format!("its {name} is {value}"),
        condition: parameter.refusal.clone().unwrap_or_else(|| "parameter-invalid".to_owned()),
        instead: match parameter.refusal {
            Some(_) => parameter.refusal_or.clone(),
            None => ["bad-request", "parameter-empty"].map(str::to_owned).to_vec(),
        },
        certainty: Certainty::Inferred,
        only_json: value.starts_with(['{', '[']),
        lenient: parameter.lenient && parameter.certainty == Certainty::Inferred,
    };
    let empty = |what: &str, value: &str| Deviation {
        trigger: format!("{slug}-{what}"),
        sentence: format!("its {name} is {value}"),
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
        made.push(Deviation { instead, ..empty("absent", "absent") });
    }
    match kind {
        ParameterType::String if parameter.valid.is_some() || parameter.refusal.is_some() => {
            if parameter.required {
                made.push(empty("empty", "\"\""));
            }
            made.push(wrong("is-an-object", "{}"));
            made.push(wrong("is-a-list", "[]"));
        }
        ParameterType::Strings if parameter.valid.is_some() => {
            if parameter.required {
                made.push(empty("empty", "[]"));
            }
            made.push(wrong("is-a-text", "\"qq\""));
            made.push(wrong("holds-objects", "[{}]"));
        }
        ParameterType::Integer | ParameterType::Digits | ParameterType::Number => {
            made.push(wrong("is-a-text", "\"x\""));
            if *kind != ParameterType::Number {
                made.push(wrong("is-a-fraction", "0.5"));
            }
            if let Some([least, greatest]) = parameter.range {
                made.push(wrong("below-range", &(least - 1).to_string()));
                let above = wrong("above-range", &(greatest + 1).to_string());
                made.push(Deviation { lenient: parameter.lenient, ..above });
            }
        }
        ParameterType::Boolean => made.push(wrong("is-a-text", "\"perhaps\"")),
        ParameterType::Picture | ParameterType::Pictures
            if !operation.bodies.contains(&BodyKind::Multipart) =>
        {
            if parameter.required {
                made.push(empty("empty", "\"\""));
            }
            made.push(wrong("is-a-number", "123"));
            made.push(wrong("is-an-object", "{}"));
        }
        _ => {}
    }
    if parameter.charset.as_deref() == Some("word") {
        made.extend(BAD_WORDS.iter().map(|(what, value)| wrong(what, &format!("\"{value}\""))));
    }
    for value in &parameter.wrong {
        let json = serde_json::to_string(value).unwrap_or_default();
        let wrong = wrong(&format!("is-{}", self::slug(&json)), &json);
        made.push(Deviation { lenient: wrong.lenient || (parameter.lenient && value.is_str()), ..wrong });
    }
    if let Some(bytes) = parameter.refused_length {
        let long = wrong("too-long", "");
        made.push(Deviation { sentence: format!("its {name} is {bytes} bytes long"), ..long });
    } else if matches!(kind, ParameterType::String) {
        made.push(Deviation {
            sentence: format!("its {name} is {FAR_TOO_LONG} bytes long"),
            condition: "parameter-too-long".to_owned(),
            instead: Vec::new(),
            ..wrong("too-long", "")
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
        let expectation = Expected::row(&row.code, dialect, operation).tolerating(tolerated);
        let pictures = if deviation.only_json { pictures_by_address(operation) } else { Vec::new() };
        let by_address = !pictures.is_empty();
        let mut sentences = vec![(StepKind::Given, format!("a valid {} request", operation.name))];
        sentences.extend(pictures);
        sentences.push((StepKind::Given, deviation.sentence.clone()));
        sentences.push((StepKind::When, "it is sent".to_owned()));
        sentences.extend(judgement(&expectation, Reach::Wire, false, operation.changes));
        made.push(Scenario {
            dialect: dialect.manifest.name.clone(),
            table: table.id.clone(),
            code: row.code.clone(),
            operation: operation.name.clone(),
            trigger: deviation.trigger.clone(),
            reach: if by_address { Reach::Origin } else { Reach::Wire },
            certainty: deviation.certainty,
            needs: if by_address { vec!["origin".to_owned()] } else { Vec::new() },
            accept,
            source: Some(operation.source.clone()),
            sentences,
        });
    }
}

/// The sentences that put addresses in place of a valid request's pictures, so that it can be sent as JSON.
fn pictures_by_address(operation: &Operation) -> Vec<(StepKind, String)> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.valid.is_some());
    let pictures = parameters.filter_map(|parameter| match parameter.kind {
        ParameterType::Picture => Some(("anna", parameter.instead.as_ref()?)),
        ParameterType::Pictures => Some(("bea", parameter.instead.as_ref()?)),
        _ => None,
    });
    pictures
        .map(|(scene, url)| {
            (StepKind::Given, format!("its {url} leads to \"{scene}\" on an origin that serves it"))
        })
        .collect()
}
