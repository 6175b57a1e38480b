//! The request that would be sent, with placeholders where names, pictures and signatures are made at run time.

use std::io::{self, Write};

use lianpu_corpus::{BodyKind, Manifest, Operation, ParameterType, Which, Word};

use crate::cli::columns::write_columns;
use crate::cli::known::Known;
use crate::provoke::{Scenario, Step};

/// The request as the steps shape it.
struct Sketch<'o> {
    operation: &'o Operation,
    method: String,
    body: BodyKind,
    /// Name and value of each parameter; a value in parentheses is no value.
    parameters: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    signature: Vec<String>,
    remarks: Vec<String>,
}

pub(super) fn write(
    known: &Known,
    scenario: &Scenario,
    operation: &Operation,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sketch = Sketch::of(&known.dialect.manifest, operation);
    for step in &scenario.steps {
        sketch.take(step);
    }
    sketch.write(known, out)
}

impl<'o> Sketch<'o> {
    /// A valid request of the operation.
    fn of(manifest: &Manifest, operation: &'o Operation) -> Self {
        let given = operation.parameters.iter().filter_map(|parameter| {
            let valid = parameter.valid.as_ref()?;
            Some((parameter.name.clone(), placeholder(manifest, valid)))
        });
        let picture = operation.picture().is_some_and(|picture| picture.valid.is_some());
        let multipart = picture && operation.bodies.contains(&BodyKind::Multipart);
        let first = operation.bodies.first().copied().unwrap_or(BodyKind::Json);
        Self {
            operation,
            method: operation.method.clone(),
            body: if multipart { BodyKind::Multipart } else { first },
            parameters: operation
                .fixed_fields()
                .map(|(name, value)| (name.to_owned(), format!("\"{value}\"")))
                .chain(given)
                .collect(),
            headers: operation
                .fixed_headers()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            signature: Vec::new(),
            remarks: Vec::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Request { .. } => {
                self.remarks.push("names and ids are of things that do not exist".to_owned());
            }
            Step::Put { parameter, value } => self.put(parameter, value.to_string()),
            Step::Leave { parameter } => self.put(parameter, "(absent)".to_owned()),
            Step::Unknown { parameter } => self.put(parameter, "<a name that nothing has>".to_owned()),
            Step::Names { parameter, names } => {
                self.put(parameter, format!("<the name of {} in this scenario>", names.join(", ")));
            }
            Step::NamesFaces { parameter, person } => {
                self.put(parameter, format!("<the faces of {person}>"));
            }
            Step::Long { parameter, bytes } => self.put(parameter, format!("<{bytes} ASCII letters>")),
            Step::Exceeds { parameter, limit } => {
                self.put(parameter, format!("<one entry more than the limit {limit}>"));
            }
            Step::Shows { parameter, scenes } => {
                let scenes: Vec<_> = scenes.iter().map(|scene| format!("<picture of {scene}>")).collect();
                self.put(parameter, scenes.join(" "));
            }
            Step::Leads { parameter, scene, behaviour } => {
                self.put(parameter, format!("<address of {scene} on an origin that {behaviour}>"));
            }
            Step::Method { method } => self.method.clone_from(method),
            Step::HeaderAbsent { name } => self.headers.push((name.clone(), "(absent)".to_owned())),
            Step::Header { name, value } => self.headers.push((name.clone(), value.clone())),
            Step::Fault { name } => self.headers.push(("X-Lianpu-Fault".to_owned(), name.clone())),
            Step::SentAs { body } => self.body = *body,
            Step::Query { .. }
            | Step::QueryAbsent { .. }
            | Step::RawBody { .. }
            | Step::BodyCut
            | Step::Elements { .. }
            | Step::BoundaryMissing
            | Step::SentAgain
            | Step::SentTooFast => {
                self.remarks.push(step.to_string());
            }
            Step::SecondAccount
            | Step::SignedBySecond
            | Step::SignatureScheme { .. }
            | Step::SignatureSays { .. }
            | Step::SignatureForm { .. }
            | Step::SignatureKey { .. }
            | Step::SignatureDamage { .. } => self.signature.push(step.to_string()),
            _ => {}
        }
    }

    /// Puts a parameter in its place; one that stands instead of another takes that one away.
    fn put(&mut self, name: &str, value: String) {
        if let Some(other) = self.operation.parameter(name).and_then(|own| own.instead.as_deref()) {
            let addressed = self
                .operation
                .parameter(name)
                .is_some_and(|own| matches!(own.kind, ParameterType::Url | ParameterType::Urls));
            if addressed {
                self.parameters.retain(|(known, _)| known != other);
                self.body = self.operation.bodies.first().copied().unwrap_or(self.body);
            }
        }
        match self.parameters.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => self.parameters.push((name.to_owned(), value)),
        }
    }

    fn write(&self, known: &Known, out: &mut dyn Write) -> io::Result<()> {
        let content_type = match self.body {
            BodyKind::Json => "application/json",
            BodyKind::Multipart => "multipart/form-data; boundary=<boundary>",
            BodyKind::Form => "application/x-www-form-urlencoded",
        };
        let scheme = known.dialect.manifest.signature.as_deref().unwrap_or("the dialect's");
        let mut headers = vec![
            ("Host".to_owned(), self.operation.host.clone().unwrap_or_else(|| "<the target's>".to_owned())),
            ("Authorization".to_owned(), format!("<{scheme} signature>")),
            ("Content-Type".to_owned(), content_type.to_owned()),
        ];
        for (name, value) in &self.headers {
            headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            headers.push((name.clone(), value.clone()));
        }
        let query: Vec<_> =
            self.operation.fixed_query().map(|(name, value)| format!("{name}={value}")).collect();
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        writeln!(out, "Request    {} {}{query}", self.method, self.operation.path)?;
        for (name, value) in headers {
            writeln!(out, "  {name}: {value}")?;
        }
        let rows: Vec<_> =
            self.parameters.iter().map(|(name, value)| vec![name.clone(), value.clone()]).collect();
        write_columns(&rows, 2, out)?;
        for remark in self.signature.iter().chain(&self.remarks) {
            writeln!(out, "  ({remark})")?;
        }
        Ok(())
    }
}

/// What a valid request puts there, in words.
fn placeholder(manifest: &Manifest, valid: &str) -> String {
    let words = match manifest.word(valid) {
        Some(Word::Literal(literal)) => return literal.to_owned(),
        Some(Word::Part(part)) => format!("the account's {part}"),
        Some(Word::Medium { name, several: false }) => format!("a drawn {name}"),
        Some(Word::Medium { name, several: true }) => format!("drawn {name}s"),
        Some(Word::Thing { which: Which::Fresh, resource, several: false }) => {
            format!("a new {}'s id", resource.name)
        }
        Some(Word::Thing { which: Which::Fresh, resource, several: true }) => {
            format!("new {}s' ids", resource.name)
        }
        Some(Word::Thing { which: Which::Standing, resource, several: false }) => {
            let article = if resource.name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            format!("{article} {}'s id", resource.name)
        }
        Some(Word::Thing { which: Which::Standing, resource, several: true }) => {
            format!("{}s' ids", resource.name)
        }
        Some(Word::Thing { which: Which::Other, .. }) | None => valid.to_owned(),
    };
    format!("<{words}>")
}
