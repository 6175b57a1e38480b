//! A row in the vendor's words, and a scenario of it.

use std::io::{self, Write};

use lianpu_corpus::{Certainty, Code, Reach, Row, Table};

use super::operation::write_operation;
use super::request;
use crate::cli::columns::write_columns;
use crate::cli::known::Known;
use crate::provoke::{Scenario, step_lines};

/// A row with its scenarios.
pub(super) fn write_row(known: &Known, table: &Table, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", known.row_id(table, &row.code))?;
    write_words(table, row, out)?;
    let info = known.row_info(table, &row.code);
    writeln!(out, "Reach      {}: {}", info.reach, reach_words(info.reach))?;
    if let Some(reason) = info.reason {
        return writeln!(out, "Scenarios  none: {reason}");
    }
    write_scenarios(known.of_row(table, &row.code), out)
}

/// The scenarios of the success code, which stands in no table.
pub(super) fn write_success(id: &str, scenarios: &[&Scenario], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{id}\n\nRow        the success code; it stands in no table")?;
    write_scenarios(scenarios.iter().copied(), out)
}

fn write_scenarios<'s>(scenarios: impl Iterator<Item = &'s Scenario>, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = scenarios
        .map(|scenario| vec![scenario.id(), scenario.reach.to_string(), scenario.certainty.to_string()])
        .collect();
    writeln!(out, "Scenarios  {}", rows.len())?;
    write_columns(&rows, 2, out)
}

/// A scenario with all that is known of it.
pub(super) fn write(known: &Known, scenario: &Scenario, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", scenario.id())?;
    if let Some(table) = known.dialect.table(&scenario.table) {
        match table.row(&scenario.code) {
            Some(row) => write_words(table, row, out)?,
            None => writeln!(out, "Row        {} 成功 (success); it stands in no table", scenario.code)?,
        }
    }
    writeln!(out, "Reach      {}: {}", scenario.reach, reach_words(scenario.reach))?;
    writeln!(out, "Certainty  {}: {}", scenario.certainty, certainty_words(scenario.certainty))?;
    if !scenario.needs.is_empty() {
        writeln!(out, "Needs      {}", scenario.needs.join(", "))?;
    }
    if let Some(source) = &scenario.source {
        writeln!(out, "Recipe     {source}")?;
    }
    writeln!(out)?;
    write_expected(known, scenario, out)?;
    writeln!(out, "\nScenario")?;
    for line in step_lines(&scenario.steps) {
        writeln!(out, "  {line}")?;
    }
    if let Some(operation) = known.dialect.operation(&scenario.operation) {
        writeln!(out)?;
        write_operation(operation, out)?;
        writeln!(out)?;
        request::write(known, scenario, operation, out)?;
    }
    writeln!(out, "\nRun        lianpu run --row {} --op {}", scenario.row_id(), scenario.operation)
}

/// The row as the vendor has it, and our English.
fn write_words(table: &Table, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Row        {} {} ({})", row.code, row.meaning, row.gloss)?;
    writeln!(out, "Table      {} ({})", table.title, table.gloss)?;
    if let Some(message) = &row.message {
        let certainty = row.message_certainty.unwrap_or(Certainty::Documented);
        writeln!(out, "Message    {message} ({certainty})")?;
    }
    if let Some(remedy) = &row.remedy {
        writeln!(out, "Remedy     {remedy}")?;
    }
    if let Some(billed) = row.billed {
        writeln!(out, "Billed     {}", if billed { "yes" } else { "no" })?;
    }
    let source = row.source.as_ref().unwrap_or(&table.source);
    writeln!(out, "Source     {source}, line {}", row.line)?;
    match &row.note {
        Some(note) => writeln!(out, "Note       {note}"),
        None => Ok(()),
    }
}

fn write_expected(known: &Known, scenario: &Scenario, out: &mut dyn Write) -> io::Result<()> {
    let operation = known.dialect.operation(&scenario.operation);
    let envelope = operation.and_then(|operation| known.dialect.envelope_of(operation));
    let success = envelope.is_some_and(|envelope| envelope.success_row() == scenario.code);
    if success && envelope.is_some_and(|envelope| envelope.success.is_none()) {
        write!(out, "Expected   a success, without a code")?;
    } else {
        let kind = match scenario.code {
            Code::Int(_) => "a JSON integer",
            Code::Text(_) => "a JSON string",
        };
        write!(out, "Expected   code {} as {kind}", scenario.code)?;
    }
    if let Some(envelope) = envelope {
        let statuses: Vec<_> = envelope.statuses(success).iter().map(u16::to_string).collect();
        let statuses = if statuses.is_empty() { "any status".to_owned() } else { statuses.join(" or ") };
        write!(out, " at {}, HTTP {statuses}", envelope.code)?;
    }
    writeln!(out)?;
    for accept in &scenario.accept {
        writeln!(out, "Accepted   code {}: {}", accept.code, accept.reason)?;
    }
    Ok(())
}

const fn reach_words(reach: Reach) -> &'static str {
    match reach {
        Reach::Wire => "one crafted request",
        Reach::State => "a sequence of requests",
        Reach::Load => "volume",
        Reach::Origin => "a picture server under the harness's control",
        Reach::Picture => "what the picture shows",
        Reach::Fault => "only a failing inside, by the fault hook",
        Reach::None => "cannot be provoked from outside",
    }
}

const fn certainty_words(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Documented => "the vendor's documents say so",
        Certainty::Recorded => "somebody recorded the vendor, or a sibling product, doing so",
        Certainty::Inferred => "our conclusion from names, neighbours or clients",
    }
}
