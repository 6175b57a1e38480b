//! An operation and its parameters, as the documents have them.

use std::io::{self, Write};

use lianpu_corpus::{Operation, Parameter, ParameterType};

use crate::cli::columns::write_columns;

/// The operation and its parameters, as the documents have them.
pub(super) fn write_operation(operation: &Operation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Operation  {} {}", operation.method, operation.path)?;
    writeln!(out, "           {} ({})", operation.title, operation.gloss)?;
    writeln!(out, "           {}, {}", operation.certainty, operation.source)?;
    let rows: Vec<_> = operation.parameters.iter().map(parameter).collect();
    write_columns(&rows, 2, out)
}

fn parameter(parameter: &Parameter) -> Vec<String> {
    let kind = match parameter.kind {
        ParameterType::String => "string",
        ParameterType::Strings => "strings",
        ParameterType::Integer => "integer",
        ParameterType::Digits => "digits",
        ParameterType::Number => "number",
        ParameterType::Object => "object",
        ParameterType::Boolean => "boolean",
        ParameterType::Picture => "picture",
        ParameterType::Pictures => "pictures",
        ParameterType::Url => "url",
        ParameterType::Urls => "urls",
    };
    let mut limits = Vec::new();
    limits.extend(parameter.range.map(|[least, greatest]| format!("{least} to {greatest}")));
    if !parameter.one_of.is_empty() {
        let values: Vec<_> = parameter.one_of.iter().map(ToString::to_string).collect();
        limits.push(format!("one of {}", values.join(" ")));
    }
    limits.extend(parameter.max_length.map(|bytes| format!("at most {bytes} bytes")));
    limits.extend(parameter.max_entries.map(|entries| format!("at most {entries} entries")));
    limits.extend(parameter.instead.as_ref().map(|other| format!("or {other}")));
    let required = if parameter.required { "required" } else { "optional" };
    let gloss = if limits.is_empty() {
        parameter.gloss.clone()
    } else {
        format!("{} ({})", parameter.gloss, limits.join(", "))
    };
    vec![parameter.name.clone(), kind.to_owned(), required.to_owned(), parameter.certainty.to_string(), gloss]
}
