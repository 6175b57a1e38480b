//! `lint.toml`: what is odd and the vendor's own, with a reason.

use lianpu_corpus::Code;
use serde::Deserialize;

use super::finding::{Finding, LintKind, Places};

/// The file below a dialect's folder.
const FILE: &str = "lint.toml";

/// One mark: findings of a kind that stay, for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VendorMark {
    /// The kind.
    pub kind: LintKind,
    /// The table; every table where absent.
    #[serde(default)]
    pub table: Option<String>,
    /// The codes; every code where absent.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// Why it stays.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    #[serde(default)]
    vendor: Vec<VendorMark>,
}

/// The marks of the text of a `lint.toml`.
///
/// # Errors
/// The text is not TOML, lacks a field or has an unknown one; the error tells line and column.
pub fn read_marks(text: &str) -> Result<Vec<VendorMark>, toml::de::Error> {
    toml::from_str::<Marks>(text).map(|marks| marks.vendor)
}

/// Marks the findings, and adds one for every mark, or code of a mark, that fits none.
pub(super) fn mark(findings: &mut Vec<Finding>, marks: &[VendorMark], places: &Places) {
    let mut stale = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        let mut fitting = Vec::new();
        for finding in findings.iter_mut().filter(|finding| mark.fits(finding)) {
            finding.vendor = Some(mark.reason.clone());
            fitting.extend(finding.code.clone());
        }
        let idle: Vec<_> =
            mark.codes.iter().filter(|code| !fitting.contains(code)).map(Code::to_string).collect();
        let words = match (&mark.codes[..], &fitting[..], &idle[..]) {
            ([], [], _) => format!("nothing of kind {} is left to mark; take the mark out", mark.kind),
            (_, _, []) | ([], ..) => continue,
            _ => format!(
                "no {} is found at {}; take {} out",
                mark.kind,
                idle.join(", "),
                if idle.len() == 1 { "it" } else { "them" }
            ),
        };
        let (file, line) = places.of(FILE, number);
        let table = mark.table.clone().unwrap_or_default();
        stale.push(Finding { kind: LintKind::StaleMark, table, code: None, file, line, words, vendor: None });
    }
    findings.extend(stale);
}

impl VendorMark {
    fn fits(&self, finding: &Finding) -> bool {
        self.kind == finding.kind
            && self.table.as_ref().is_none_or(|table| *table == finding.table)
            && (self.codes.is_empty() || finding.code.as_ref().is_some_and(|code| self.codes.contains(code)))
    }
}
