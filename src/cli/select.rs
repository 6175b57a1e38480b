//! The filters that verbs share: which dialects, tables, rows, operations, tags.
//!
//! Every word is checked against what there is: a misspelt filter must not look like an empty result.

use std::collections::BTreeSet;

use clap::Args;
use cucumber::gherkin::tagexpr::TagOperation;
use cucumber::tag::Ext as _;
use globset::{Glob, GlobSetBuilder};
use lianpu_corpus::{Dialect, Table};

use super::error::CliError;
use super::known::Known;
use crate::nearest::did_you_mean;
use crate::provoke::Scenario;
use crate::report::RowInfo;
use crate::run::Only;

/// The filters. Each narrows; a filter given several times takes any of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Filters")]
pub struct SelectArgs {
    /// A dialect, such as tencent-ci
    #[arg(long, value_name = "DIALECT")]
    pub dialect: Vec<String>,
    /// A table, such as face or tencent-ci/face
    #[arg(long, value_name = "TABLE")]
    pub table: Vec<String>,
    /// A row: its code, such as -1302, or its id, such as tencent-ci/face/-1302
    #[arg(long, value_name = "ROW", allow_hyphen_values = true)]
    pub row: Vec<String>,
    /// An operation, such as newperson
    #[arg(long, value_name = "OPERATION")]
    pub op: Vec<String>,
    /// A scenario: its id, or a pattern such as 'tencent-ci/face/*/newperson/*'
    #[arg(long, value_name = "ID")]
    pub id: Vec<String>,
    /// A tag expression, such as '@reach:wire and not @needs:origin'
    #[arg(long, value_name = "EXPR")]
    pub tags: Option<String>,
}

impl SelectArgs {
    /// Whether nothing narrows below whole tables.
    pub fn is_whole(&self) -> bool {
        self.row.is_empty() && self.op.is_empty() && self.id.is_empty() && self.tags.is_none()
    }

    /// The scenarios whose ids are given; nothing where none is.
    pub fn only(&self) -> Result<Option<Only>, CliError> {
        if self.id.is_empty() {
            return Ok(None);
        }
        let mut globs = GlobSetBuilder::new();
        for text in &self.id {
            // An id that is given as it is may hold what would be a pattern's sign.
            let pattern = Glob::new(text).or_else(|_| Glob::new(&globset::escape(text)));
            globs.add(pattern.map_err(|error| CliError::Usage(format!("--id {text:?}: {error}")))?);
        }
        let globs = globs.build().map_err(|error| CliError::Usage(format!("--id: {error}")))?;
        let ids: BTreeSet<String> = self.id.iter().cloned().collect();
        Ok(Some(Only::new(move |id| ids.contains(id) || globs.is_match(id))))
    }

    /// The filters as they are given on the command line, each followed by its value.
    pub fn words(&self) -> Vec<String> {
        let many = [
            ("--dialect", &self.dialect),
            ("--table", &self.table),
            ("--row", &self.row),
            ("--op", &self.op),
            ("--id", &self.id),
        ];
        let many =
            many.into_iter().flat_map(|(option, values)| values.iter().map(move |value| (option, value)));
        let all = many.chain(self.tags.iter().map(|tags| ("--tags", tags)));
        all.flat_map(|(option, value)| [option.to_owned(), value.clone()]).collect()
    }

    /// The filters that were given so.
    pub fn of_words(words: &[String]) -> Self {
        let mut args = Self::default();
        for pair in words.chunks_exact(2) {
            let value = pair[1].clone();
            match pair[0].as_str() {
                "--dialect" => args.dialect.push(value),
                "--table" => args.table.push(value),
                "--row" => args.row.push(value),
                "--op" => args.op.push(value),
                "--id" => args.id.push(value),
                "--tags" => args.tags = Some(value),
                _ => {}
            }
        }
        args
    }

    /// The tag expression, if one is given.
    pub fn tag_operation(&self) -> Result<Option<TagOperation>, CliError> {
        let Some(text) = &self.tags else { return Ok(None) };
        text.parse().map(Some).map_err(|error| {
            let example = "such as '@reach:wire and not (@needs:origin or @needs:face-nets)'";
            CliError::Usage(format!("--tags {text:?}: {error}; write a tag expression {example}"))
        })
    }
}

/// What was chosen of one dialect.
#[derive(Debug, Clone)]
pub struct Selected {
    /// The dialect.
    pub dialect: &'static Dialect,
    /// The chosen tables, in the documents' order.
    pub tables: Vec<&'static Table>,
    /// The chosen rows, in the documents' order, with or without a scenario.
    pub rows: Vec<RowInfo>,
    /// The chosen scenarios, in the documents' order.
    pub scenarios: Vec<Scenario>,
    /// How many scenarios the dialect has in all.
    pub canonical: usize,
}

/// The chosen scenarios of every dialect that has any; an error where none is left.
pub fn select(args: &SelectArgs) -> Result<Vec<Selected>, CliError> {
    let chosen = choose(&Known::load(&args.dialect)?, args)?;
    if chosen.iter().any(|selected| !selected.scenarios.is_empty()) {
        return Ok(chosen.into_iter().filter(|selected| !selected.scenarios.is_empty()).collect());
    }
    let reasons: Vec<_> = chosen
        .iter()
        .flat_map(|selected| &selected.rows)
        .filter_map(|row| Some(format!("\n{}: {}", row.id, row.reason.as_ref()?)))
        .take(5)
        .collect();
    Err(CliError::Usage(format!("no scenario is left by these filters{}", reasons.concat())))
}

/// What the filters leave of what there is; every unknown word is an error.
pub(super) fn choose(known: &[Known], args: &SelectArgs) -> Result<Vec<Selected>, CliError> {
    check(known, args)?;
    let tags = args.tag_operation()?;
    if let Some(expression) = &tags {
        check_tags(known, expression)?;
    }
    let only = args.only()?;
    Ok(known.iter().map(|known| choose_in(known, args, tags.as_ref(), only.as_ref())).collect())
}

fn choose_in(known: &Known, args: &SelectArgs, tags: Option<&TagOperation>, only: Option<&Only>) -> Selected {
    let any =
        |wanted: &[String], is: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|w| is(w));
    let in_table =
        |table: &str| any(&args.table, &|w| w == table || w == format!("{}/{table}", known.name()));
    let in_row = |row: &str| any(&args.row, &|w| w == row || row.splitn(3, '/').nth(2) == Some(w));
    let scenarios: Vec<_> = known
        .scenarios
        .iter()
        .filter(|scenario| in_table(&scenario.table) && in_row(&scenario.row_id()))
        .filter(|scenario| any(&args.op, &|w| w == scenario.operation))
        .filter(|scenario| tags.is_none_or(|tags| tags.eval(tags_of(scenario).iter())))
        .filter(|scenario| only.is_none_or(|only| only.takes(&scenario.id())))
        .cloned()
        .collect();
    let tables: Vec<_> = known.dialect.tables.iter().filter(|table| in_table(&table.id)).collect();
    // A filter that only scenarios can meet leaves the rows that have such a scenario.
    let narrowed = !args.op.is_empty() || tags.is_some() || only.is_some();
    let with_scenario: BTreeSet<_> = scenarios.iter().map(Scenario::row_id).collect();
    let rows = tables.iter().flat_map(|table| table.rows.iter().map(|row| known.row_info(table, &row.code)));
    let rows = rows.filter(|row| in_row(&row.id) && (!narrowed || with_scenario.contains(&row.id))).collect();
    Selected { dialect: known.dialect, tables, rows, scenarios, canonical: known.scenarios.len() }
}

/// The tags by which a scenario is chosen: its own, those of its feature, without `@`.
fn tags_of(scenario: &Scenario) -> Vec<String> {
    let of_feature = [format!("dialect:{}", scenario.dialect), format!("table:{}", scenario.table)];
    of_feature.into_iter().chain(scenario.tags()).collect()
}

fn check(known: &[Known], args: &SelectArgs) -> Result<(), CliError> {
    let dialects = words(known.iter().map(|known| known.name().to_owned()));
    all_known("dialect", &args.dialect, &dialects)?;
    let tables = known.iter().flat_map(|known| {
        known
            .dialect
            .tables
            .iter()
            .flat_map(|table| [table.id.clone(), format!("{}/{}", known.name(), table.id)])
    });
    all_known("table", &args.table, &words(tables))?;
    let rows = known.iter().flat_map(|known| {
        let rows = known.dialect.tables.iter().flat_map(|table| {
            table.rows.iter().flat_map(|row| [row.code.to_string(), known.row_id(table, &row.code)])
        });
        rows.chain(known.scenarios.iter().flat_map(|scenario| [scenario.code.to_string(), scenario.row_id()]))
    });
    all_known("row", &args.row, &words(rows))?;
    let operations = known.iter().flat_map(|known| known.dialect.operations.iter().map(|op| op.name.clone()));
    all_known("operation", &args.op, &words(operations))?;
    let ids = || known.iter().flat_map(|known| known.scenarios.iter().map(Scenario::id));
    check_ids(&args.id, ids)
}

/// Complains about an id, or a pattern, that no scenario has.
pub(super) fn check_ids<I: Iterator<Item = String>>(
    wanted: &[String],
    ids: impl Fn() -> I,
) -> Result<(), CliError> {
    for text in wanted {
        let one = SelectArgs { id: vec![text.clone()], ..SelectArgs::default() };
        let Some(only) = one.only()? else { continue };
        if !ids().any(|id| only.takes(&id)) {
            let ids: Vec<_> = ids().collect();
            let hint = did_you_mean(text, ids.iter().map(String::as_str));
            return Err(CliError::Usage(format!(
                "no scenario {text}{hint}; `lianpu list scenarios` shows all, * stands for any part of an id"
            )));
        }
    }
    Ok(())
}

fn words(words: impl Iterator<Item = String>) -> BTreeSet<String> {
    words.collect()
}

fn all_known(kind: &str, wanted: &[String], known: &BTreeSet<String>) -> Result<(), CliError> {
    let Some(unknown) = wanted.iter().find(|word| !known.contains(*word)) else { return Ok(()) };
    let hint = did_you_mean(unknown, known.iter().map(String::as_str));
    Err(CliError::Usage(format!("no {kind} {unknown}{hint}; `lianpu list {kind}s` shows all")))
}

fn check_tags(known: &[Known], expression: &TagOperation) -> Result<(), CliError> {
    check_tags_in(&words(known.iter().flat_map(|known| known.scenarios.iter().flat_map(tags_of))), expression)
}

/// Complains about a tag that none of these is; they stand without `@`.
pub(super) fn check_tags_in(tags: &BTreeSet<String>, expression: &TagOperation) -> Result<(), CliError> {
    let mut used = Vec::new();
    collect(expression, &mut used);
    let Some(unknown) = used.into_iter().find(|tag| !tags.contains(*tag)) else { return Ok(()) };
    let hint = did_you_mean(unknown, tags.iter().map(String::as_str));
    Err(CliError::Usage(format!("no scenario has the tag @{unknown}{hint}")))
}

fn collect<'e>(expression: &'e TagOperation, tags: &mut Vec<&'e str>) {
    match expression {
        TagOperation::And(one, other) | TagOperation::Or(one, other) => {
            collect(one, tags);
            collect(other, tags);
        }
        TagOperation::Not(inner) => collect(inner, tags),
        TagOperation::Tag(tag) => tags.push(tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    fn ids(args: &SelectArgs) -> Vec<String> {
        let chosen = choose(&sample::known(), args).unwrap();
        chosen.iter().flat_map(|selected| selected.scenarios.iter().map(Scenario::id)).collect()
    }

    fn refusal(args: &SelectArgs) -> String {
        choose(&sample::known(), args).unwrap_err().to_string()
    }

    fn one(word: &str) -> Vec<String> {
        vec![word.to_owned()]
    }

    #[test]
    fn each_filter_narrows() {
        let all = ids(&SelectArgs::default());
        for (filter, part) in [
            (SelectArgs { row: one("-1302"), ..Default::default() }, "/-1302/"),
            (
                SelectArgs { row: one("tencent-ci/face/-1302"), ..Default::default() },
                "tencent-ci/face/-1302/",
            ),
            (SelectArgs { op: one("delperson"), ..Default::default() }, "/delperson/"),
            (SelectArgs { table: one("face"), ..Default::default() }, "tencent-ci/face/"),
            (SelectArgs { tags: Some("@reach:fault".into()), ..Default::default() }, "/gallery-write"),
            (
                SelectArgs { tags: Some("@row:-1302 and not @op:delperson".into()), ..Default::default() },
                "/-1302/newperson/",
            ),
            (
                SelectArgs { tags: Some("@table:face and @dialect:tencent-ci".into()), ..Default::default() },
                "/face/",
            ),
        ] {
            let chosen = ids(&filter);
            let expected: Vec<_> = all.iter().filter(|id| id.contains(part)).cloned().collect();
            assert_eq!(chosen, expected, "{filter:?}");
            assert!(
                !chosen.is_empty()
                    && (chosen.len() < all.len() || part == "/face/" || part == "tencent-ci/face/")
            );
        }
    }

    #[test]
    fn filters_are_read_as_they_are_written() {
        let args = SelectArgs {
            dialect: one("baidu-face"),
            row: vec!["-1302".into(), "4".into()],
            op: one("detect"),
            id: one("a/*"),
            tags: Some("@a and not @b".into()),
            ..Default::default()
        };
        assert_eq!(SelectArgs::of_words(&args.words()), args);
        assert_eq!(SelectArgs::of_words(&SelectArgs::default().words()), SelectArgs::default());
    }

    #[test]
    fn rows_stand_with_and_without_scenarios() {
        let rows = |args: &SelectArgs| choose(&sample::known(), args).unwrap()[0].rows.clone();
        let all = rows(&SelectArgs::default());
        assert!(
            all.iter().any(|row| row.reason.as_deref() == Some("nothing outside can overload the store"))
        );
        assert_eq!(rows(&SelectArgs { op: one("delperson"), ..Default::default() }).len(), 2);
    }

    #[test]
    fn unknown_words_are_refused_with_the_nearest() {
        for (filter, part) in [
            (
                SelectArgs { dialect: one("tencent"), ..Default::default() },
                "no dialect tencent; did you mean tencent-ci?",
            ),
            (SelectArgs { table: one("fase"), ..Default::default() }, "no table fase; did you mean face?"),
            (SelectArgs { row: one("-1320"), ..Default::default() }, "no row -1320; did you mean -130"),
            (
                SelectArgs { op: one("newpersn"), ..Default::default() },
                "no operation newpersn; did you mean newperson?",
            ),
            (
                SelectArgs { tags: Some("@reach:wir".into()), ..Default::default() },
                "no scenario has the tag @reach:wir; did you mean reach:wire?",
            ),
            (SelectArgs { tags: Some("@a not @b".into()), ..Default::default() }, "write a tag expression"),
        ] {
            assert!(refusal(&filter).contains(part), "{}", refusal(&filter));
        }
    }

    #[test]
    fn nothing_left_is_an_error_that_says_why() {
        let error = select(&SelectArgs { dialect: one("baidu-face"), ..Default::default() });
        if let Err(error) = error {
            assert!(error.to_string().starts_with("no scenario is left by these filters"), "{error}");
        }
        assert!(
            !select(&SelectArgs { dialect: one("tencent-ci"), ..Default::default() }).unwrap().is_empty()
        );
    }
}
