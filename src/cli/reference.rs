//! The known dialects, as reports ask for them.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use lianpu_corpus::{Code, Table, dialect, item_lines, place};

use super::known::Known;
use crate::provoke::Scenario;
use crate::report::{Reference, RowText, Sentence, TableText};

/// The known dialects: the bundled ones, and those of folders.
#[derive(Debug, Clone, Copy)]
pub(super) struct Catalogue;

impl Reference for Catalogue {
    fn row(&self, id: &str) -> Option<RowText> {
        let (name, table, code) = parts(id)?;
        let table = dialect(name).ok()?.table(table)?;
        let code = Code::parse(code);
        let row = table.row(&code)?;
        let file = format!("tables/{}.toml", table.id);
        Some(RowText {
            line: line(name, &file, table, &code)?,
            file: place(name).ok()?.path(&file).display().to_string(),
            meaning: row.meaning.clone(),
            gloss: row.gloss.clone(),
            message: row.message.clone(),
            remedy: row.remedy.clone(),
            document: format!("{}:{}", row.source.as_deref().unwrap_or(&table.source), row.line),
        })
    }

    fn table(&self, id: &str) -> Option<TableText> {
        let (name, table) = id.split_once('/')?;
        let table = dialect(name).ok()?.table(table)?;
        Some(TableText { title: table.title.clone(), gloss: table.gloss.clone() })
    }

    fn operations(&self, name: &str) -> Vec<String> {
        let operations = dialect(name).into_iter().flat_map(|dialect| &dialect.operations);
        operations.map(|operation| operation.name.clone()).collect()
    }

    fn sentences(&self, id: &str) -> Vec<Sentence> {
        let steps = scenarios().get(id).into_iter().flat_map(|scenario| &scenario.steps);
        steps.map(|step| Sentence { keyword: step.keyword().as_str(), text: step.to_string() }).collect()
    }
}

/// Made at the first question: most reports ask none.
fn scenarios() -> &'static HashMap<String, Scenario> {
    static SCENARIOS: OnceLock<HashMap<String, Scenario>> = OnceLock::new();
    SCENARIOS.get_or_init(|| {
        let known = Known::load(&[]).unwrap_or_default();
        let scenarios = known.into_iter().flat_map(|known| known.scenarios);
        scenarios.map(|scenario| (scenario.id(), scenario)).collect()
    })
}

/// Dialect, table and code of a row id.
fn parts(id: &str) -> Option<(&str, &str, &str)> {
    let mut parts = id.splitn(3, '/');
    Some((parts.next()?, parts.next()?, parts.next()?))
}

/// The line of a row's `[[row]]` in its table's file. The lines of a file are found once.
fn line(dialect: &str, file: &str, table: &Table, code: &Code) -> Option<usize> {
    static LINES: OnceLock<Mutex<HashMap<String, Vec<u32>>>> = OnceLock::new();
    let mut known = LINES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    let lines = known.entry(format!("{dialect}/{file}")).or_insert_with(|| {
        let text = place(dialect).ok().and_then(|place| place.text(file).ok().flatten());
        text.map(|text| item_lines(&text, "row")).unwrap_or_default()
    });
    let place = table.rows.iter().position(|row| row.code == *code)?;
    lines.get(place).map(|line| *line as usize)
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::dialect_names;

    use super::*;

    #[test]
    fn every_row_is_found_at_its_line() {
        let mut rows = 0;
        for name in dialect_names() {
            for table in &dialect(name).unwrap().tables {
                let text = place(name).unwrap().text(&format!("tables/{}.toml", table.id)).unwrap().unwrap();
                let lines: Vec<_> = text.lines().collect();
                for row in &table.rows {
                    let found = Catalogue.row(&format!("{name}/{}/{}", table.id, row.code)).unwrap();
                    let written = match &row.code {
                        Code::Int(code) => format!("code = {code}"),
                        Code::Text(code) => format!("code = \"{code}\""),
                    };
                    assert_eq!(lines[found.line], written, "{}:{}", found.file, found.line);
                    assert_eq!(found.meaning, row.meaning);
                    rows += 1;
                }
            }
        }
        assert!(rows > 400, "{rows}");
    }

    #[test]
    fn sentences_are_those_of_the_scenario() {
        let known = Known::load(&["tencent-ci".into()]).unwrap();
        let scenario = &known[0].scenarios[0];
        let told = Catalogue.sentences(&scenario.id());
        assert_eq!(told.len(), scenario.steps.len());
        assert_eq!(told[0].text, scenario.steps[0].to_string());
        assert_eq!(Catalogue.sentences("nothing"), []);
    }
}
