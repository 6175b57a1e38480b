//! `lianpu list`: what there is, one thing a line, its name first.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use lianpu_corpus::{Code, Operation};

use super::columns::{count, write_columns};
use super::error::CliError;
use super::exit::ExitStatus;
use super::known::Known;
use super::select::{SelectArgs, Selected, choose};
use crate::mutate;
use crate::provoke::VOCABULARY;

/// List scenarios, rows, tables, operations, steps, faults or mutators.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  lianpu list                                   every scenario
  lianpu list rows --table face                 the rows of a table, and from where each is provoked
  lianpu list scenarios --row -1302             the scenarios of a row
  lianpu list --tags '@reach:wire and not @op:detect'
  lianpu list steps                             the sentences of which scenarios are made
  lianpu list mutators                          what the fuzzer may do to a valid request")]
pub struct ListArgs {
    /// What to list
    #[arg(value_enum, default_value_t)]
    pub what: What,
    /// The filters.
    #[command(flatten)]
    pub select: SelectArgs,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Scenarios: id, reach, certainty, needs
    #[default]
    Scenarios,
    /// Rows: id, reach, number of scenarios, meaning
    Rows,
    /// Tables: id, rows, rows with a scenario, heading
    Tables,
    /// Dialects: name, tables, operations, scenarios, product
    Dialects,
    /// Operations: dialect, name, method, path, meaning
    Operations,
    /// Steps: keyword, sentence, meaning
    Steps,
    /// Faults that the fault hook can ask for: dialect, name, meaning
    Faults,
    /// Mutators of the fuzzer: name, subject, the dialects it applies to, what it does
    Mutators,
}

/// Lists.
pub fn run(args: &ListArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    if matches!(args.what, What::Steps) {
        if args.select != SelectArgs::default() {
            return Err(CliError::Usage("`list steps` takes no filter: all dialects share the steps".into()));
        }
        write_columns(&steps(), 0, out)?;
        return Ok(ExitStatus::AsExpected);
    }
    list(&Known::load(&args.select.dialect)?, args, out)?;
    Ok(ExitStatus::AsExpected)
}

fn list(known: &[Known], args: &ListArgs, out: &mut dyn Write) -> Result<(), CliError> {
    let chosen = choose(known, &args.select)?;
    let rows = known.iter().zip(&chosen).flat_map(|(known, selected)| match args.what {
        What::Scenarios => scenarios(selected),
        What::Rows => rows(known, selected),
        What::Tables => tables(known, selected),
        What::Dialects => vec![dialect(known)],
        What::Operations => operations(selected, &args.select),
        What::Faults => faults(known),
        What::Mutators => Vec::new(), // of all dialects at once
        What::Steps => steps(),
    });
    let mut rows: Vec<_> = rows.collect();
    if matches!(args.what, What::Mutators) {
        rows = mutators(&chosen);
    }
    write(&rows, out).map_err(CliError::Output)
}

fn write(rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    write_columns(rows, 0, out)
}

fn scenarios(selected: &Selected) -> Vec<Vec<String>> {
    let scenarios = selected.scenarios.iter();
    scenarios
        .map(|scenario| {
            let needs = scenario.needs.iter().map(|need| format!("needs:{need}")).collect::<Vec<_>>();
            vec![scenario.id(), scenario.reach.to_string(), scenario.certainty.to_string(), needs.join(" ")]
        })
        .collect()
}

fn rows(known: &Known, selected: &Selected) -> Vec<Vec<String>> {
    let row = |info: &crate::report::RowInfo| {
        let mut parts = info.id.splitn(3, '/').skip(1);
        let table = known.dialect.table(parts.next()?)?;
        let code = Code::parse(parts.next()?);
        let row = table.row(&code)?;
        let count = known.of_row(table, &code).count();
        let text = format!("{} ({})", row.meaning, row.gloss);
        Some(vec![info.id.clone(), info.reach.to_string(), count.to_string(), text])
    };
    selected.rows.iter().filter_map(row).collect()
}

fn tables(known: &Known, selected: &Selected) -> Vec<Vec<String>> {
    let tables = selected.tables.iter();
    tables
        .map(|table| {
            let provoked =
                table.rows.iter().filter(|row| known.of_row(table, &row.code).next().is_some()).count();
            vec![
                format!("{}/{}", known.name(), table.id),
                count(table.rows.len(), "row"),
                format!("{provoked} with scenarios"),
                format!("{} ({})", table.title, table.gloss),
            ]
        })
        .collect()
}

fn dialect(known: &Known) -> Vec<String> {
    let manifest = &known.dialect.manifest;
    vec![
        manifest.name.clone(),
        count(known.dialect.tables.len(), "table"),
        count(known.dialect.operations.len(), "operation"),
        count(known.scenarios.len(), "scenario"),
        format!("{} ({})", manifest.title, manifest.gloss),
    ]
}

fn operations(selected: &Selected, args: &SelectArgs) -> Vec<Vec<String>> {
    let by_scenario = !args.row.is_empty() || args.tags.is_some();
    let chosen = |operation: &&Operation| {
        (args.op.is_empty() || args.op.contains(&operation.name))
            && selected.tables.iter().any(|table| operation.tables.contains(&table.id))
            && (!by_scenario
                || selected.scenarios.iter().any(|scenario| scenario.operation == operation.name))
    };
    let operations = selected.dialect.operations.iter().filter(chosen);
    operations
        .map(|operation| {
            vec![
                selected.dialect.manifest.name.clone(),
                operation.name.clone(),
                operation.method.clone(),
                operation.path.clone(),
                format!("{} ({})", operation.title, operation.gloss),
            ]
        })
        .collect()
}

fn faults(known: &Known) -> Vec<Vec<String>> {
    let faults = known.dialect.manifest.faults.iter();
    faults.map(|fault| vec![known.name().to_owned(), fault.name.clone(), fault.gloss.clone()]).collect()
}

/// The mutators that apply to some operation that was chosen.
fn mutators(chosen: &[Selected]) -> Vec<Vec<String>> {
    let applying = mutate::mutators().filter_map(|mutator| {
        let applies = |selected: &&Selected| {
            let asked = |operation: &&Operation| {
                selected.tables.iter().any(|table| operation.tables.contains(&table.id))
            };
            let mut operations = selected.dialect.operations.iter().filter(asked);
            operations.any(|operation| mutator.applies_to(selected.dialect, operation))
        };
        let dialects: Vec<_> =
            chosen.iter().filter(applies).map(|selected| selected.dialect.manifest.name.as_str()).collect();
        (!dialects.is_empty()).then(|| {
            vec![
                mutator.name.to_owned(),
                mutator.subject.as_str().to_owned(),
                dialects.join(" "),
                mutator.gloss.to_owned(),
            ]
        })
    });
    applying.collect()
}

fn steps() -> Vec<Vec<String>> {
    let entries = VOCABULARY.iter();
    entries
        .map(|entry| vec![format!("{} {}", entry.keyword, entry.pattern), entry.gloss.to_owned()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    fn listed(what: What, select: SelectArgs) -> String {
        let mut text = Vec::new();
        list(&sample::known(), &ListArgs { what, select }, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn everything_there_is() {
        let kinds =
            [What::Scenarios, What::Rows, What::Tables, What::Dialects, What::Operations, What::Faults];
        let all: Vec<_> = kinds
            .iter()
            .map(|what| format!("== {what:?}\n{}\n", listed(*what, SelectArgs::default())))
            .collect();
        sample::assert_snapshot("list", &all.concat());
    }

    #[test]
    fn filters_hold_for_rows_and_operations_too() {
        let filter = SelectArgs { row: vec!["-1302".into()], ..SelectArgs::default() };
        assert_eq!(listed(What::Rows, filter.clone()).lines().count(), 1);
        let operations = listed(What::Operations, filter);
        assert!(operations.contains("newperson") && !operations.contains("delperson"), "{operations}");
    }

    #[test]
    fn mutators_of_a_dialect_are_those_of_its_signature_and_the_common_ones() {
        let of = |dialect: &str| {
            let select = SelectArgs { dialect: vec![dialect.into()], ..SelectArgs::default() };
            let mut text = Vec::new();
            run(&ListArgs { what: What::Mutators, select }, &mut text).unwrap();
            String::from_utf8(text).unwrap()
        };
        let has = |text: &str, name: &str| text.lines().any(|line| line.split(' ').next() == Some(name));
        let (tokens, texts) = (of("baidu-face"), of("tencent-ci"));
        assert!(has(&tokens, "token-absent") && !has(&tokens, "digest-flipped"), "{tokens}");
        assert!(has(&texts, "digest-flipped") && !has(&texts, "token-absent"), "{texts}");
    }

    #[test]
    fn steps_take_no_filter() {
        let args =
            ListArgs { what: What::Steps, select: SelectArgs { op: vec!["x".into()], ..Default::default() } };
        assert!(run(&args, &mut Vec::new()).unwrap_err().to_string().contains("takes no filter"));
        let mut text = Vec::new();
        run(&ListArgs { what: What::Steps, select: SelectArgs::default() }, &mut text).unwrap();
        assert_eq!(String::from_utf8(text).unwrap().lines().count(), VOCABULARY.len());
    }

    #[test]
    fn the_compiled_in_dialects_are_listed() {
        let mut text = Vec::new();
        run(&ListArgs { what: What::Rows, select: SelectArgs::default() }, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("tencent-ci/face/-1302") && text.contains("tencent-ci/face-management/-1302"));
    }
}
