//! The bundled catalogue, as reports ask for it.

use std::collections::HashMap;
use std::sync::OnceLock;

use lianpu_corpus::{Code, Table, bundled};

use super::known::Known;
use crate::provoke::Scenario;
use crate::report::{Reference, RowText, Sentence};

/// The bundled catalogue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Catalogue;

impl Reference for Catalogue {
    fn row(&self, id: &str) -> Option<RowText> {
        let mut parts = id.splitn(3, '/');
        let (dialect, table, code) = (parts.next()?, parts.next()?, parts.next()?);
        let table = bundled(dialect).ok()?.table(table)?;
        let code = Code::parse(code);
        let row = table.row(&code)?;
        Some(RowText {
            file: format!("corpus/dialects/{dialect}/tables/{}.toml", table.id),
            line: line(dialect, table, &code)?,
            meaning: row.meaning.clone(),
            gloss: row.gloss.clone(),
        })
    }

    fn sentences(&self, id: &str) -> Vec<Sentence> {
        let sentences = scenarios().get(id).map(|scenario| &scenario.sentences);
        let sentences = sentences.into_iter().flatten();
        sentences.map(|(kind, text)| Sentence { keyword: kind.as_str(), text: text.clone() }).collect()
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

/// The line of a row's `[[row]]` in its table's file.
fn line(dialect: &str, table: &Table, code: &Code) -> Option<usize> {
    let place = table.rows.iter().position(|row| row.code == *code)?;
    let text = lianpu_corpus::table_text(dialect, &table.id)?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.trim() == "[[row]]")
        .nth(place)
        .map(|(index, _)| index + 1)
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::dialect_names;

    use super::*;

    #[test]
    fn every_row_is_found_at_its_line() {
        let mut rows = 0;
        for name in dialect_names() {
            let dialect = bundled(name).unwrap();
            for table in &dialect.tables {
                let text = lianpu_corpus::table_text(name, &table.id).unwrap();
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
        assert_eq!(told.len(), scenario.sentences.len());
        assert_eq!(told[0].text, scenario.sentences[0].1);
        assert_eq!(Catalogue.sentences("nothing"), []);
    }
}
