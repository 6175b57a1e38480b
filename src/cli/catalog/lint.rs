//! `catalog lint`: what is odd in the tables.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use lianpu_corpus::{Dialect, LoadError, Place, dialect, dialect_names, place};
use serde_json::json;

use super::CatalogError;
use crate::catalog::lint::{Finding, Places, lint, read_marks};
use crate::cli::columns::{count, write_columns};
use crate::cli::exit::ExitStatus;
use crate::report::{Palette, printable};

/// What is odd and stays, below a dialect's folder.
const MARKS: &str = "lint.toml";

/// The arguments of `catalog lint`.
#[derive(Debug, Args)]
pub(super) struct LintArgs {
    /// The dialects; all where left out
    #[arg(value_name = "DIALECT")]
    dialects: Vec<String>,
    /// Show what is the vendor's own too, with the reason
    #[arg(long)]
    all: bool,
    /// How to tell it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: file and line, kind, row, what is odd
    #[default]
    Text,
    /// For programs
    Json,
}

pub(super) fn lint_dialects(args: &LintArgs, out: &mut dyn Write) -> Result<ExitStatus, CatalogError> {
    let names = if args.dialects.is_empty() {
        dialect_names()
    } else {
        args.dialects.iter().map(String::as_str).collect()
    };
    let mut findings = Vec::new();
    for name in &names {
        let place = place(name)?;
        let (places, marks) = places(dialect(name)?, &place)?;
        let marks = marks.map_or_else(
            || Ok(Vec::new()),
            |text| {
                let malformed =
                    |error| CatalogError::Malformed { file: place.path(MARKS), error: Box::new(error) };
                read_marks(&text).map_err(malformed)
            },
        )?;
        findings.extend(lint(dialect(name)?, &places, &marks).into_iter().map(|finding| (*name, finding)));
    }
    match args.format {
        Format::Text => write_text(&findings, args.all, names.len(), out)?,
        Format::Json => {
            let shown: Vec<_> = findings
                .iter()
                .filter(|(_, finding)| args.all || finding.vendor.is_none())
                .map(|(dialect, finding)| {
                    let mut finding = json!(finding);
                    finding["dialect"] = json!(dialect);
                    finding
                })
                .collect();
            let vendor = findings.iter().filter(|(_, finding)| finding.vendor.is_some()).count();
            writeln!(
                out,
                "{:#}",
                json!({ "findings": shown, "open": findings.len() - vendor, "vendor": vendor })
            )?;
        }
    }
    let open = findings.iter().any(|(_, finding)| finding.vendor.is_none());
    Ok(if open { ExitStatus::Deviations } else { ExitStatus::AsExpected })
}

/// Where the entries of a dialect's files stand, and the text of its marks.
fn places(dialect: &Dialect, place: &Place) -> Result<(Places, Option<String>), LoadError> {
    let mut places = Places::default();
    let tables = dialect.manifest.tables.iter().map(|id| (format!("tables/{id}.toml"), "row"));
    let further = [("operations.toml", "operation"), ("provocations.toml", "provoke"), (MARKS, "vendor")];
    let further = further.map(|(file, key)| (file.to_owned(), key));
    for (file, key) in tables.chain(further) {
        if let Some(text) = place.text(&file)? {
            places.add(&file, &place.path(&file).display().to_string(), &text, key);
        }
    }
    Ok((places, place.text(MARKS)?))
}

fn write_text(
    findings: &[(&str, Finding)],
    all: bool,
    dialects: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = findings.iter().filter(|(_, finding)| all || finding.vendor.is_none());
    let rows: Vec<_> = shown
        .map(|(_, finding)| {
            let row = finding.code.as_ref().map(ToString::to_string).unwrap_or_default();
            let reason = finding.vendor.as_ref().map(|reason| format!(" [the vendor's own: {reason}]"));
            vec![
                format!("{}:{}", finding.file, finding.line),
                finding.kind.to_string(),
                row,
                printable(&format!("{}{}", finding.words, reason.unwrap_or_default())),
            ]
        })
        .collect();
    write_columns(&rows, 0, out)?;
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    for (_, finding) in findings.iter().filter(|(_, finding)| finding.vendor.is_some()) {
        *own.entry(finding.kind.to_string()).or_default() += 1;
    }
    let vendor: usize = own.values().sum();
    let open = findings.len() - vendor;
    let style = if open == 0 { Palette::COLOUR.good } else { Palette::COLOUR.bad };
    let head = Palette::paint(style, &count(open, "finding"));
    let kinds: Vec<_> = own.iter().map(|(kind, number)| format!("{number} {kind}")).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    writeln!(out, "{head} in {}; {vendor} more are the vendors' own{kinds}", count(dialects, "dialect"))
}
