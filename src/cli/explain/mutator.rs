//! One mutator of the fuzzer: what it does, with which parameters, where, and what may answer.

use crate::nearest::by_likeness;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use arbitrary::Unstructured;
use lianpu_corpus::{Dialect, Operation, dialect, dialect_names};

use crate::cli::columns::write_columns;
use crate::cli::error::CliError;
use crate::mutate::{Mutation, Mutator, Plan, Subject, apply, mutator, mutators};
use crate::oracle::predict;
use crate::request::{Caller, Ground, Standing};
use crate::wire::File;

/// How many near names an error names.
const NEAR: usize = 5;

/// Draws of the parameters from which the answers are collected.
const DRAWS: u8 = 64;

/// Explains the mutator of this name.
pub(super) fn explain(name: &str, out: &mut dyn Write) -> Result<(), CliError> {
    let mutator = mutator(name).ok_or_else(|| CliError::Usage(unknown(name)))?;
    write(mutator, out).map_err(CliError::Output)
}

fn write(mutator: &Mutator, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{} (changes the {})\n\n{}", mutator.name, mutator.subject.as_str(), mutator.gloss)?;
    if !mutator.parameters.is_empty() {
        writeln!(out, "\nParameters")?;
        let about = |(name, gloss): &(&str, &str)| vec![(*name).to_owned(), gloss.trim().to_owned()];
        write_columns(&mutator.parameters.iter().map(about).collect::<Vec<_>>(), 2, out)?;
    }
    let example = Mutation::draw(mutator, &mut Unstructured::new(&[0x55; 64])).ok();
    if let Some(Ok(text)) = example.map(|mutation| serde_json::to_string(&mutation)) {
        writeln!(out, "\nIn a plan\n  {text}")?;
    }
    for dialect in dialect_names().into_iter().filter_map(|name| dialect(name).ok()) {
        let applies = |operation: &&Operation| mutator.applies_to(dialect, operation);
        let operations: Vec<_> = dialect.operations.iter().filter(applies).collect();
        let Some(operation) = operations.first() else { continue };
        let count = (operations.len(), dialect.operations.len());
        writeln!(out, "\n{}: {} of {} operations", dialect.manifest.name, count.0, count.1)?;
        write_answers(mutator, dialect, operation, out)?;
    }
    Ok(())
}

/// The answers that are right, for one operation and many draws of the parameters, each with its reason.
fn write_answers(
    mutator: &Mutator,
    dialect: &'static Dialect,
    operation: &'static Operation,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let mut rules = BTreeMap::new();
    let Some(ground) = ground(dialect, operation) else { return Ok(()) };
    // Pictures are drawn anew for each.
    let draws = if mutator.subject == Subject::Picture { DRAWS / 16 } else { DRAWS };
    for draw in 0..draws {
        let bytes: Vec<_> =
            (0..64_u8).map(|at| at.wrapping_mul(73).wrapping_add(draw.wrapping_mul(41))).collect();
        let Ok(mutation) = Mutation::draw(mutator, &mut Unstructured::new(&bytes)) else { continue };
        let plan = Plan {
            dialect: dialect.manifest.name.clone(),
            operation: operation.name.clone(),
            mutations: vec![mutation],
        };
        let Ok(mutant) = apply(&plan, &ground) else { continue };
        let prediction = predict(dialect, operation, &mutant.effects);
        for effect in &mutant.effects {
            rules
                .entry(prediction.words(dialect, operation))
                .or_insert_with(|| (effect.rule.clone(), effect.certainty));
        }
    }
    for (answers, (rule, certainty)) in rules {
        writeln!(out, "  {} answers {answers}\n    {certainty}: {rule}", operation.name)?;
    }
    Ok(())
}

/// The valid request to a made-up target.
fn ground(dialect: &'static Dialect, operation: &'static Operation) -> Option<Ground> {
    let mut accounts = dialect.manifest.accounts.iter().cloned();
    let expired = "24.0123456789abcdef0123456789abcdef.60.1500000000.282335-10000001".to_owned();
    let mut account = accounts.next()?;
    account.set("expired_token", expired);
    let token = "24.0123456789abcdef0123456789abcdef.2592000.1702592000.282335-10000001".to_owned();
    let caller = Caller {
        dialect,
        account,
        other: accounts.next(),
        token: Some(token.clone()),
        other_token: Some(token),
        host: dialect.manifest.host.clone().unwrap_or_default(),
        now: 1_700_000_000,
        nonce: 1_234_567_890,
        limits: dialect.manifest.limits.clone(),
    };
    let picture = Arc::new(File {
        name: "face.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: crate::portrait::file(&crate::portrait::Scene::parse("anna size=96x96").ok()?),
    });
    let standing = Standing::default()
        .with("person", ["p"])
        .with("group", ["g"])
        .with("other-group", ["h"])
        .with("face", ["0123456789abcdef0123456789abcdef"])
        .with_pictures(Arc::clone(&picture), picture);
    Ground::valid(dialect, operation, &standing, "n", caller).ok()
}

fn unknown(name: &str) -> String {
    let near = by_likeness(name, mutators().map(|known| known.name));
    let near: Vec<_> = near.take(NEAR).map(|known| format!("\n{known}")).collect();
    format!("no mutator is called {name}; the nearest are:{}", near.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(name: &str) -> String {
        let mut text = Vec::new();
        explain(name, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn a_mutator_is_explained_with_its_parameters_and_answers() {
        let text = explained("field-dropped");
        for wanted in [
            "field-dropped (changes the signature)",
            "the field that is left out",
            "{\"mutator\":\"field-dropped\",\"field\":",
            " answers 5, 11 or 14\n",
            " answers 0\n",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in {text}");
        }
    }

    #[test]
    fn every_mutator_of_a_signature_says_what_answers() {
        for mutator in mutators().filter(|mutator| mutator.subject.as_str() == "signature") {
            let text = explained(mutator.name);
            assert!(text.contains(" answers ") && !text.contains("no answer that is known"), "{text}");
        }
    }

    #[test]
    fn a_wrong_name_is_answered_with_near_ones() {
        let error = explain("field-droped", &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("\nfield-dropped"), "{error}");
    }
}
