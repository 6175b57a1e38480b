//! The table at the end: how often what was asked, and at which stage its signature failed.

use std::collections::BTreeMap;
use std::fmt;

use crate::front::Verification;

/// Endpoints and mistakes that are told; a client that tries everything must not fill the memory.
const MOST: usize = 1000;

/// Sums of exchanges.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// By method, path, scheme, what differs and why, and the code of the answer.
    rows: BTreeMap<Row, u64>,
    beyond: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    endpoint: String,
    scheme: String,
    signature: String,
    answer: String,
    hint: String,
}

impl Sums {
    pub(super) fn add(
        &mut self,
        method: &str,
        path: &str,
        signature: Option<&Verification>,
        status: u16,
        code: Option<String>,
    ) {
        let row = Row {
            endpoint: format!("{method} {path}"),
            scheme: signature.map_or("none", |signature| signature.scheme).to_owned(),
            signature: match signature {
                None => "not judged".to_owned(),
                Some(signature) => {
                    signature.differs.map_or_else(|| "ok".to_owned(), |stage| format!("{stage} differs"))
                }
            },
            answer: code.map_or_else(|| status.to_string(), |code| format!("{status}, {code}")),
            hint: signature
                .and_then(|signature| signature.hint.clone().or_else(|| signature.why.clone()))
                .unwrap_or_default(),
        };
        if self.rows.len() < MOST || self.rows.contains_key(&row) {
            *self.rows.entry(row).or_default() += 1;
        } else {
            self.beyond += 1;
        }
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head =
            ["REQUESTS", "ENDPOINT", "SCHEME", "SIGNATURE", "ANSWER", "LIKELY MISTAKE"].map(str::to_owned);
        let rows = self.rows.iter().map(|(row, number)| {
            let Row { endpoint, scheme, signature, answer, hint } = row.clone();
            [number.to_string(), endpoint, scheme, signature, answer, hint]
        });
        let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
        let widths: Vec<_> = (0..6)
            .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
            .collect();
        for row in &rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        if self.beyond > 0 {
            writeln!(f, "and {} more requests of other kinds", self.beyond)?;
        }
        Ok(())
    }
}
