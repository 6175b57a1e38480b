//! The slots with a meaning: what fills them is checked when a sentence is read.

use std::fmt::{self, Write};

use lianpu_corpus::BodyKind;
use serde_json::Value;

use super::slot::{Number, Slot, Text, Texts, Word, quoted};
use super::{code_words, slot};
use crate::judge::Expected;
use crate::mutate::Mutation;
use crate::portrait::Scene;
use crate::sign::{self, Damage, FieldRule, KeyChoice, Scheme};

/// A picture, as `lianpu portrait` reads it.
pub struct Picture;

/// Pictures.
pub struct PictureList;

/// An HTTP method.
pub struct MethodName;

/// A kind of body.
pub struct BodyWord;

/// A signature scheme that there is.
pub struct SchemeName;

/// Fields of the signed text, each with what it shall say.
pub struct FieldRules;

/// Names of fields of the signed text, in order.
pub struct FieldNames;

/// Whose key signs.
pub struct KeyWords;

/// What is done to a finished signature.
pub struct DamageWords;

/// Mutations, as a plan lists them.
pub struct Mutations;

/// The codes that are expected.
pub struct CodeWords;

/// An HTTP status.
pub struct StatusNumber;

impl Slot for Picture {
    type Value = String;

    const PLACEHOLDER: &'static str = Text::PLACEHOLDER;

    fn read(part: &str) -> Result<String, String> {
        scene(Text::read(part)?)
    }

    fn write(value: &String, to: &mut dyn Write) -> fmt::Result {
        Text::write(value, to)
    }
}

impl Slot for PictureList {
    type Value = Vec<String>;

    const PLACEHOLDER: &'static str = Texts::PLACEHOLDER;

    fn read(part: &str) -> Result<Vec<String>, String> {
        Texts::read(part)?.into_iter().map(scene).collect()
    }

    fn write(values: &Vec<String>, to: &mut dyn Write) -> fmt::Result {
        Texts::write(values, to)
    }
}

/// A scene as it was written, once it is known to be one.
fn scene(text: String) -> Result<String, String> {
    Scene::parse(&text).map(|_| text).map_err(|error| error.to_string())
}

impl Slot for MethodName {
    type Value = String;

    const PLACEHOLDER: &'static str = Word::PLACEHOLDER;

    fn read(part: &str) -> Result<String, String> {
        Word::read(part)
    }

    fn write(value: &String, to: &mut dyn Write) -> fmt::Result {
        Word::write(value, to)
    }
}

impl Slot for BodyWord {
    type Value = BodyKind;

    const PLACEHOLDER: &'static str = Word::PLACEHOLDER;

    fn read(part: &str) -> Result<BodyKind, String> {
        match part {
            "json" => Ok(BodyKind::Json),
            "multipart" => Ok(BodyKind::Multipart),
            "form" => Ok(BodyKind::Form),
            other => Err(format!("«{other}» is no body kind; write json, form or multipart")),
        }
    }

    fn write(value: &BodyKind, to: &mut dyn Write) -> fmt::Result {
        to.write_str(match value {
            BodyKind::Json => "json",
            BodyKind::Multipart => "multipart",
            BodyKind::Form => "form",
        })
    }
}

impl Slot for SchemeName {
    type Value = &'static dyn Scheme;

    const PLACEHOLDER: &'static str = Word::PLACEHOLDER;

    fn read(part: &str) -> Result<&'static dyn Scheme, String> {
        sign::scheme(part).map_err(|error| error.to_string())
    }

    fn write(value: &&'static dyn Scheme, to: &mut dyn Write) -> fmt::Result {
        to.write_str(value.name())
    }
}

impl Slot for FieldRules {
    type Value = Vec<FieldRule>;

    const PLACEHOLDER: &'static str = Text::PLACEHOLDER;

    fn read(part: &str) -> Result<Vec<FieldRule>, String> {
        FieldRule::parse_all(&Text::read(part)?).map_err(|error| error.to_string())
    }

    fn write(values: &Vec<FieldRule>, to: &mut dyn Write) -> fmt::Result {
        let rules: Vec<_> = values.iter().map(ToString::to_string).collect();
        to.write_str(&quoted(&rules.join(" ")))
    }
}

impl Slot for FieldNames {
    type Value = Vec<String>;

    const PLACEHOLDER: &'static str = Text::PLACEHOLDER;

    fn read(part: &str) -> Result<Vec<String>, String> {
        Ok(Text::read(part)?.split(' ').map(str::to_owned).collect())
    }

    fn write(values: &Vec<String>, to: &mut dyn Write) -> fmt::Result {
        to.write_str(&quoted(&values.join(" ")))
    }
}

impl Slot for KeyWords {
    type Value = KeyChoice;

    const PLACEHOLDER: &'static str = slot::Rest::PLACEHOLDER;

    fn read(part: &str) -> Result<KeyChoice, String> {
        KeyChoice::parse(part).ok_or_else(|| one_of(KeyChoice::WORDS.map(|(words, _)| words)))
    }

    fn write(value: &KeyChoice, to: &mut dyn Write) -> fmt::Result {
        to.write_str(value.words())
    }
}

impl Slot for DamageWords {
    type Value = Damage;

    const PLACEHOLDER: &'static str = slot::Rest::PLACEHOLDER;

    fn read(part: &str) -> Result<Damage, String> {
        sign::damage(part).ok_or_else(|| one_of(sign::damage_words()))
    }

    fn write(value: &Damage, to: &mut dyn Write) -> fmt::Result {
        to.write_str(value.words())
    }
}

fn one_of(words: impl IntoIterator<Item = &'static str>) -> String {
    format!("write one of: {}", words.into_iter().collect::<Vec<_>>().join("; "))
}

impl Slot for Mutations {
    type Value = Vec<Mutation>;

    const PLACEHOLDER: &'static str = slot::Json::PLACEHOLDER;

    fn read(part: &str) -> Result<Vec<Mutation>, String> {
        let Value::Array(list) = slot::Json::read(part)? else {
            return Err("write a list: [{\"mutator\": …}]".to_owned());
        };
        let read = |mutation: Value| {
            let text = mutation.to_string();
            serde_json::from_value(mutation).map_err(|_| {
                format!("{text} is no mutation; `lianpu list mutators` shows all with their parameters")
            })
        };
        list.into_iter().map(read).collect()
    }

    fn write(values: &Vec<Mutation>, to: &mut dyn Write) -> fmt::Result {
        to.write_str(&serde_json::to_string(values).map_err(|_| fmt::Error)?)
    }
}

impl Slot for CodeWords {
    type Value = Expected;

    const PLACEHOLDER: &'static str = slot::Rest::PLACEHOLDER;

    fn read(part: &str) -> Result<Expected, String> {
        code_words::read(part)
    }

    fn write(value: &Expected, to: &mut dyn Write) -> fmt::Result {
        to.write_str(&code_words::write(value))
    }
}

impl Slot for StatusNumber {
    type Value = u16;

    const PLACEHOLDER: &'static str = Number::PLACEHOLDER;

    fn read(part: &str) -> Result<u16, String> {
        part.parse().map_err(|_| "no HTTP status".to_owned())
    }

    fn write(value: &u16, to: &mut dyn Write) -> fmt::Result {
        write!(to, "{value}")
    }
}
