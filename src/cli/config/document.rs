//! A TOML document that is read key by key, with every fault collected and none of them showing a value.

use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use lianpu_corpus::Code;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;
use crate::nearest::did_you_mean;

/// The faults found so far, and what it takes to place them.
#[derive(Debug)]
pub(in crate::cli) struct Reader<'t> {
    file: String,
    text: &'t str,
    pub(in crate::cli) faults: Vec<Fault>,
}

/// One table of the document.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Section<'d> {
    table: &'d DeTable<'d>,
    /// The line the table begins in.
    pub(in crate::cli) line: usize,
}

impl<'t> Reader<'t> {
    pub(in crate::cli) fn new(file: &Path, text: &'t str) -> Self {
        Self { file: file.display().to_string(), text, faults: Vec::new() }
    }

    /// The document, or every place where it is no TOML.
    pub(in crate::cli) fn parse(&mut self) -> Option<Spanned<DeTable<'t>>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let line = error.span().map(|span| self.line(&span));
            self.faults.push(Fault {
                file: self.file.clone(),
                line,
                key: String::new(),
                why: error.message().to_owned(),
            });
        }
        errors.is_empty().then_some(document)
    }

    pub(in crate::cli) fn section<'d>(&self, table: &'d Spanned<DeTable<'d>>) -> Section<'d> {
        Section { table: table.get_ref(), line: self.line(&table.span()) }
    }

    pub(in crate::cli) fn file(&self) -> &str {
        &self.file
    }

    /// The line of a key of the table; that of the table where it has none.
    pub(in crate::cli) fn line_of(&self, section: Section<'_>, key: &str) -> usize {
        self.find(section, key).map_or(section.line, |(line, _)| line)
    }

    pub(in crate::cli) fn fault(&mut self, line: usize, key: &str, why: impl Into<String>) {
        let file = self.file.clone();
        self.faults.push(Fault { file, line: Some(line), key: key.to_owned(), why: why.into() });
    }

    /// Complains about every key that is not known.
    pub(in crate::cli) fn only(&mut self, path: &str, section: Section<'_>, known: &[&str]) {
        for key in section.table.keys() {
            let word: &str = key.get_ref();
            if !known.contains(&word) {
                let hint = did_you_mean(word, known.iter().copied());
                let line = self.line(&key.span());
                self.fault(line, &joined(path, word), format!("unknown key{hint}"));
            }
        }
    }

    /// The keys of a table whose keys are names, each with its line and its own table.
    pub(in crate::cli) fn named<'d>(
        &mut self,
        path: &str,
        section: Section<'d>,
        key: &str,
    ) -> Vec<(String, Section<'d>)> {
        let Some(outer) = self.table(path, section, key) else { return Vec::new() };
        let path = joined(path, key);
        let names: Vec<String> = outer.table.keys().map(|name| name.get_ref().to_string()).collect();
        names.into_iter().filter_map(|name| Some((name.clone(), self.table(&path, outer, &name)?))).collect()
    }

    pub(in crate::cli) fn table<'d>(
        &mut self,
        path: &str,
        section: Section<'d>,
        key: &str,
    ) -> Option<Section<'d>> {
        let (line, value) = self.find(section, key)?;
        match value {
            DeValue::Table(table) => Some(Section { table, line }),
            other => self.wrong(line, path, key, "a table", other),
        }
    }

    /// The tables of `[[key]]`.
    pub(in crate::cli) fn tables<'d>(
        &mut self,
        path: &str,
        section: Section<'d>,
        key: &str,
    ) -> Vec<Section<'d>> {
        let Some((line, value)) = self.find(section, key) else { return Vec::new() };
        let DeValue::Array(entries) = value else {
            self.wrong::<()>(line, path, key, &format!("tables: write [[{key}]]"), value);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for entry in entries {
            let line = self.line(&entry.span());
            match entry.get_ref() {
                DeValue::Table(table) => sections.push(Section { table, line }),
                other => {
                    self.wrong::<()>(line, path, key, &format!("tables: write [[{key}]]"), other);
                }
            }
        }
        sections
    }

    /// A day, as TOML has it or as a text: `2027-01-31`.
    pub(in crate::cli) fn date(
        &mut self,
        path: &str,
        section: Section<'_>,
        key: &str,
    ) -> Option<(usize, Date)> {
        let (line, value) = self.find(section, key)?;
        let text = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            other => return self.wrong(line, path, key, "a day such as 2027-01-31", other),
        };
        match (text.len() == 10).then(|| text.parse().ok()).flatten() {
            Some(date) => Some((line, date)),
            None => {
                self.fault(line, &joined(path, key), "must be a day such as 2027-01-31");
                None
            }
        }
    }

    /// A code: a whole number or a text.
    pub(in crate::cli) fn code(&mut self, path: &str, section: Section<'_>, key: &str) -> Option<Code> {
        let (line, value) = self.find(section, key)?;
        let code = match value {
            DeValue::Integer(digits) => {
                i64::from_str_radix(digits.as_str(), digits.radix()).ok().map(Code::Int)
            }
            DeValue::String(text) => Some(Code::Text(text.to_string())),
            _ => None,
        };
        code.or_else(|| self.wrong(line, path, key, "a code: a whole number or a text", value))
    }

    pub(in crate::cli) fn string(
        &mut self,
        path: &str,
        section: Section<'_>,
        key: &str,
    ) -> Option<(usize, String)> {
        let (line, value) = self.find(section, key)?;
        match value {
            DeValue::String(text) => Some((line, text.to_string())),
            other => self.wrong(line, path, key, "a text", other),
        }
    }

    pub(in crate::cli) fn strings(
        &mut self,
        path: &str,
        section: Section<'_>,
        key: &str,
    ) -> Option<(usize, Vec<String>)> {
        let (line, value) = self.find(section, key)?;
        let DeValue::Array(entries) = value else {
            return self.wrong(line, path, key, "a list of texts", value);
        };
        let mut texts = Vec::new();
        for entry in entries {
            match entry.get_ref() {
                DeValue::String(text) => texts.push(text.to_string()),
                other => return self.wrong(line, path, key, "a list of texts", other),
            }
        }
        Some((line, texts))
    }

    pub(in crate::cli) fn whole(
        &mut self,
        path: &str,
        section: Section<'_>,
        key: &str,
    ) -> Option<(usize, u64)> {
        let (line, value) = self.find(section, key)?;
        let number = match value {
            DeValue::Integer(digits) => u64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        match number {
            Some(number) => Some((line, number)),
            None => self.wrong(line, path, key, "a whole number from 0", value),
        }
    }

    /// Yes or no.
    pub(in crate::cli) fn flag(&mut self, path: &str, section: Section<'_>, key: &str) -> Option<bool> {
        let (line, value) = self.find(section, key)?;
        match value {
            DeValue::Boolean(flag) => Some(*flag),
            other => self.wrong(line, path, key, "true or false", other),
        }
    }

    /// The texts of a table whose keys are names, each with its line.
    pub(in crate::cli) fn texts(
        &mut self,
        path: &str,
        section: Section<'_>,
        key: &str,
    ) -> Vec<(usize, String, String)> {
        let Some(table) = self.table(path, section, key) else { return Vec::new() };
        let path = joined(path, key);
        let read = |name: String| {
            let (line, text) = self.string(&path, table, &name)?;
            Some((line, name, text))
        };
        table.keys().into_iter().filter_map(read).collect()
    }

    /// Seconds, whole or with a fraction.
    pub(in crate::cli) fn seconds(
        &mut self,
        path: &str,
        section: Section<'_>,
        key: &str,
    ) -> Option<(usize, f64)> {
        let (line, value) = self.find(section, key)?;
        let number = match value {
            DeValue::Integer(digits) => {
                i64::from_str_radix(digits.as_str(), digits.radix()).ok().map(|n| n as f64)
            }
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) => Some((line, number)),
            None => self.wrong(line, path, key, "a number of seconds", value),
        }
    }

    fn find<'d>(&self, section: Section<'d>, key: &str) -> Option<(usize, &'d DeValue<'d>)> {
        let (place, value) = section.table.iter().find(|(known, _)| known.get_ref() == key)?;
        Some((self.line(&place.span()), value.get_ref()))
    }

    /// Says the type that came, never the value: it may be a secret at the wrong place.
    fn wrong<T>(
        &mut self,
        line: usize,
        path: &str,
        key: &str,
        wanted: &str,
        value: &DeValue<'_>,
    ) -> Option<T> {
        let why = format!("must be {wanted}, not {}", value.type_str());
        self.fault(line, &joined(path, key), why);
        None
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.text.as_bytes()[..span.start.min(self.text.len())].split(|byte| *byte == b'\n').count()
    }
}

impl Section<'_> {
    pub(in crate::cli) fn has(&self, key: &str) -> bool {
        self.table.keys().any(|known| known.get_ref() == key)
    }

    pub(in crate::cli) fn keys(&self) -> Vec<String> {
        self.table.keys().map(|key| key.get_ref().to_string()).collect()
    }
}

/// A key below another.
pub(in crate::cli) fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
