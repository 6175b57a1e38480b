//! `lianpu schema`: the published shapes of what lianpu reads and writes, as JSON Schema.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::cli::error::CliError;
use crate::cli::exit::ExitStatus;

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Whose shape
    #[arg(value_enum, value_name = "OF")]
    of: Subject,
}

/// What has a published shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// A line of the event stream
    Events,
    /// The JSON report
    Report,
    /// lianpu.toml
    Config,
    /// expectations.toml
    Expectations,
}

impl Subject {
    const fn text(self) -> &'static str {
        match self {
            Self::Events => include_str!("events.json"),
            Self::Report => include_str!("report.json"),
            Self::Config => include_str!("config.json"),
            Self::Expectations => include_str!("expectations.json"),
        }
    }
}

/// Runs the verb.
pub fn run(args: &SchemaArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    out.write_all(args.of.text().as_bytes())?;
    Ok(ExitStatus::AsExpected)
}

#[cfg(test)]
mod tests {
    use jsonschema::Validator;
    use serde_json::{Value, json};

    use super::*;
    use crate::judge::Check;
    use crate::report::{Format, ListedState, ReasonCode, Verdict};

    fn schema(of: Subject) -> Value {
        serde_json::from_str(of.text()).unwrap()
    }

    fn validator(of: Subject) -> Validator {
        let schema = schema(of);
        assert!(jsonschema::meta::is_valid(&schema), "{of:?} is no schema");
        jsonschema::validator_for(&schema).unwrap()
    }

    /// The schema with every object closed: what is written must be named in it.
    fn closed(of: Subject) -> Validator {
        fn close(schema: &mut Value) {
            if let Value::Object(object) = schema {
                let whole = object.contains_key("properties") && !object.contains_key("$ref");
                if whole && !object.contains_key("additionalProperties") {
                    object.insert("additionalProperties".into(), false.into());
                }
            }
            match schema {
                Value::Object(object) => object.values_mut().for_each(close),
                Value::Array(entries) => entries.iter_mut().for_each(close),
                _ => {}
            }
        }
        let mut schema = schema(of);
        close(&mut schema);
        if of == Subject::Events {
            // The one object that is named in two places: its kind stands beside it.
            schema["$defs"]["scenario"]["properties"]["event"] = json!({});
        }
        jsonschema::validator_for(&schema).unwrap()
    }

    fn held(validator: &Validator, value: &Value) {
        let faults: Vec<_> =
            validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:?}\n{value}");
    }

    /// The body of a snapshot of reports.
    fn snapshot(name: &str) -> String {
        let path = format!("{}/snapshots/reports/{name}.snap", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        text.splitn(3, "---\n").nth(2).unwrap().to_owned()
    }

    fn toml(text: &str) -> Value {
        // Days are texts in JSON.
        fn plain(value: &toml::Value) -> Value {
            match value {
                toml::Value::Datetime(date) => date.to_string().into(),
                toml::Value::Array(entries) => entries.iter().map(plain).collect(),
                toml::Value::Table(table) => {
                    table.iter().map(|(key, value)| (key.clone(), plain(value))).collect()
                }
                other => serde_json::to_value(other).unwrap(),
            }
        }
        plain(&toml::from_str(text).unwrap())
    }

    #[test]
    fn what_is_written_is_as_published() {
        let (open, closed) = (validator(Subject::Events), closed(Subject::Events));
        for line in snapshot("events.ndjson").lines().filter(|line| !line.is_empty()) {
            let event: Value = serde_json::from_str(line).unwrap();
            held(&open, &event);
            held(&closed, &event);
        }
        let report: Value = serde_json::from_str(&snapshot("report.json")).unwrap();
        held(&validator(Subject::Report), &report);
        held(&self::closed(Subject::Report), &report);
    }

    #[test]
    fn what_is_no_event_is_refused() {
        let events = validator(Subject::Events);
        let lines = snapshot("events.ndjson");
        let scenario: Value = serde_json::from_str(lines.lines().nth(3).unwrap()).unwrap();
        for (pointer, wrong) in [
            ("/verdict", json!("passed")),
            ("/event", json!("scenari")),
            ("/expected/0", json!(1.5)),
            ("/findings/0/check", json!("colour")),
            ("/id", json!(7)),
        ] {
            let mut spoilt = scenario.clone();
            *spoilt.pointer_mut(pointer).unwrap() = wrong;
            assert!(!events.is_valid(&spoilt), "{pointer}");
            let mut lacking = scenario.clone();
            let member = pointer.split('/').nth(1).unwrap();
            lacking.as_object_mut().unwrap().remove(member);
            assert!(!events.is_valid(&lacking), "without {member}");
        }
    }

    #[test]
    fn every_closed_word_is_published() {
        let defs = &schema(Subject::Events)["$defs"];
        let words = |words: Vec<&str>| json!(words);
        assert_eq!(defs["verdict"]["enum"], words(Verdict::ALL.map(Verdict::as_str).to_vec()));
        assert_eq!(
            defs["reason"]["properties"]["code"]["enum"],
            words(ReasonCode::ALL.map(ReasonCode::as_str).to_vec())
        );
        assert_eq!(
            defs["finding"]["properties"]["check"]["enum"],
            words(Check::ALL.map(Check::as_str).to_vec())
        );
        let states = [
            ListedState::Expected,
            ListedState::Different,
            ListedState::Stale,
            ListedState::Expired,
            ListedState::Quarantined,
        ];
        assert_eq!(
            defs["expectation"]["properties"]["state"]["enum"],
            words(states.map(ListedState::as_str).to_vec())
        );
        let report = &schema(Subject::Report)["$defs"];
        for (name, shape) in report.as_object().unwrap() {
            assert_eq!(*shape, defs[name], "{name} differs between the two schemas");
        }
        let expectations = schema(Subject::Expectations);
        let actual = &expectations["properties"]["expect"]["items"]["properties"]["actual"]["properties"];
        assert_eq!(actual["reason"]["enum"], defs["reason"]["properties"]["code"]["enum"]);
        let reports =
            &schema(Subject::Config)["properties"]["run"]["properties"]["reports"]["items"]["pattern"];
        assert_eq!(*reports, json!(format!("^({})=.+", Format::ALL.map(Format::as_str).join("|"))));
    }

    #[test]
    fn files_are_as_published() {
        let expectations = validator(Subject::Expectations);
        let entry = "version = 1\n[[expect]]\nid = \"a/**\"\nmax = 40\nactual = { http = 200, code = 0, checks = [\"code\"] }\n\
                     reason = \"r\"\nexpires = 2027-01-31\nwhen = { target = \"t\", has = [\"origin\"] }\n\
                     [[quarantine]]\nid = \"b\"\nreason = \"r\"\nissue = \"1\"\nexpires = \"2027-01-31\"\n";
        held(&expectations, &toml(entry));
        for (from, to) in [
            ("reason = \"r\"\nexpires = 2027-01-31\nwhen", "expires = 2027-01-31\nwhen"),
            ("actual = { http = 200, code = 0, checks = [\"code\"] }", "actual = {}"),
            ("issue = \"1\"\n", ""),
            ("version = 1", "version = 2"),
            ("max =", "most ="),
        ] {
            assert!(entry.contains(from), "{from}");
            assert!(!expectations.is_valid(&toml(&entry.replacen(from, to, 1))), "{from}");
        }
        let config = validator(Subject::Config);
        let template = include_str!("../lianpu.toml");
        held(&config, &toml(template));
        let settings = template.lines().map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => setting,
            _ => line,
        });
        held(&config, &toml(&settings.collect::<Vec<_>>().join("\n")));
        let wrong = template.replace("base_url", "base_ulr");
        assert!(!config.is_valid(&toml(&wrong)));
    }
}
