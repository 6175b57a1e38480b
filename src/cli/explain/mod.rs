//! `lianpu explain`: all that is known of a scenario, a row, an operation or a step, without sending anything.

mod mutator;
mod operation;
mod request;
mod scenario;
mod subject;

use std::io::{self, Write};

use clap::Args;

use self::operation::write_operation;
use self::subject::{Subject, find};
use super::error::CliError;
use super::exit::ExitStatus;
use super::known::Known;
use crate::provoke::Entry;

/// Explain a scenario, a row, an operation, a step or a mutator: the vendor's words, the steps, the request.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  lianpu explain tencent-ci/face/-1302/newperson/same-person-id
  lianpu explain tencent-ci/face/-1302          a row and its scenarios
  lianpu explain -1302                          the rows with this code
  lianpu explain newperson                      an operation and its parameters
  lianpu explain 'its person_id is absent'      a step
  lianpu explain mutator field-dropped          what the fuzzer does to a request, and what must answer")]
pub struct ExplainArgs {
    /// A scenario's or row's id, a code, an operation, a step's sentence, or `mutator` and the name of one
    #[arg(value_name = "ID", allow_hyphen_values = true, required = true, num_args = 1..=2)]
    pub id: Vec<String>,
}

/// Explains.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    match args.id.as_slice() {
        [mutator, name] if mutator == "mutator" => mutator::explain(name, out)?,
        id => explain(&Known::load(&[])?, &id.join(" "), out)?,
    }
    Ok(ExitStatus::AsExpected)
}

fn explain(known: &[Known], id: &str, out: &mut dyn Write) -> Result<(), CliError> {
    let written = match find(known, id).map_err(CliError::Usage)? {
        Subject::Scenario(known, scenario) => scenario::write(known, scenario, out),
        Subject::Rows(rows) => {
            write_all(out, &rows, |(known, table, row), out| scenario::write_row(known, table, row, out))
        }
        Subject::Scenarios(scenarios) => scenario::write_success(id.trim(), &scenarios, out),
        Subject::Operations(operations) => write_all(out, &operations, |(known, operation), out| {
            writeln!(out, "{} of {}\n", operation.name, known.name())?;
            write_operation(operation, out)
        }),
        Subject::Step(entry) => write_step(entry, out),
    };
    written.map_err(CliError::Output)
}

/// Several things, a blank line between them.
fn write_all<T>(
    out: &mut dyn Write,
    things: &[T],
    one: impl Fn(&T, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    for (index, thing) in things.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        one(thing, out)?;
    }
    Ok(())
}

fn write_step(entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} {}\n", entry.keyword, entry.pattern)?;
    writeln!(out, "{}", entry.gloss)?;
    writeln!(out, "\nExample\n  {} {}", entry.keyword, entry.example)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    fn explained(id: &str) -> String {
        let mut text = Vec::new();
        explain(&sample::known(), id, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn refusal(id: &str) -> String {
        explain(&sample::known(), id, &mut Vec::new()).unwrap_err().to_string()
    }

    #[test]
    fn scenarios_rows_operations_and_steps() {
        for (name, id) in [
            ("explain-scenario", "tencent-ci/face/-1302/newperson/same-person-id"),
            ("explain-success", "tencent-ci/face/0/newperson/valid-request"),
            ("explain-row", "tencent-ci/face/-1302"),
            ("explain-row-without-scenario", "-5999"),
            ("explain-success-row", "tencent-ci/face/0"),
            ("explain-operation", "newperson"),
            ("explain-step", "its person_id is absent"),
        ] {
            sample::assert_snapshot(name, &explained(id));
        }
    }

    #[test]
    fn the_request_follows_the_steps() {
        let absent = explained("tencent-ci/face/-1301/newperson/person-id-absent");
        assert!(absent.contains("  person_id  (absent)\n"), "{absent}");
        let empty = explained("tencent-ci/face/-1301/newperson/group-ids-empty");
        assert!(empty.contains("  group_ids  []\n"), "{empty}");
        let fault = explained("tencent-ci/face/-1399/delperson/gallery-write");
        assert!(fault.contains("X-Lianpu-Fault: gallery.write"), "{fault}");
    }

    #[test]
    fn unknown_ids_are_refused_with_the_nearest() {
        for (id, near) in [
            ("tencent-ci/face/-1302/newperson/same-person", "tencent-ci/face/-1302/newperson/same-person-id"),
            ("tencent-ci/face/-1320", "tencent-ci/face/-1302"),
            ("newpersn", "newperson"),
        ] {
            let error = refusal(id);
            assert!(error.starts_with(&format!("nothing is called {id}; the nearest are:")), "{error}");
            assert!(error.contains(&format!("\n{near}")), "{error}");
        }
    }

    #[test]
    fn every_compiled_in_scenario_and_row_can_be_explained() {
        let known = Known::load(&[]).unwrap();
        let mut scenarios = 0;
        for one in &known {
            let rows =
                one.dialect.tables.iter().flat_map(|t| t.rows.iter().map(|row| one.row_id(t, &row.code)));
            let ids = one.scenarios.iter().map(crate::provoke::Scenario::id).chain(rows);
            for id in ids {
                let mut text = Vec::new();
                explain(&known, &id, &mut text).unwrap_or_else(|error| panic!("{id}: {error}"));
                let text = String::from_utf8(text).unwrap();
                assert!(text.starts_with(&id), "{id}:\n{text}");
                scenarios += 1;
            }
        }
        assert!(scenarios > 300, "only {scenarios}");
    }
}
