//! What a campaign is about, from the command line or from the journal of an earlier part.

use clap::Args;
use lianpu_corpus::{Dialect, Operation, dialect, dialect_names};

use crate::cli::error::CliError;
use crate::cli::known::check_dialects;
use crate::fuzzing::{Begun, Scope};
use crate::mutate::{Mutator, Subject, mutators};
use crate::nearest::did_you_mean;
use crate::run::{Session, Target};

/// What to change, and where. Each narrows; given several times, any of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct ScopeArgs {
    /// What to change: signature, multipart (bodies of every kind) or picture
    #[arg(long, value_name = "SUBJECT", value_parser = subject)]
    subject: Vec<Subject>,
    /// A mutator, such as expired (`lianpu list mutators`)
    #[arg(long, value_name = "MUTATOR", value_parser = mutator)]
    mutator: Vec<&'static str>,
    /// A dialect, such as tencent-ci
    #[arg(long, value_name = "DIALECT")]
    dialect: Vec<String>,
    /// An operation, such as newperson
    #[arg(long, value_name = "OPERATION")]
    op: Vec<String>,
}

/// A scope before it is known what the target can do.
#[derive(Debug)]
pub(super) struct Asked {
    operations: Vec<(&'static Dialect, &'static Operation)>,
    subjects: Vec<Subject>,
    mutators: Vec<&'static Mutator>,
    /// Whether dialects, or operations, were asked for by name.
    dialects_by_name: bool,
    operations_by_name: bool,
}

fn subject(word: &str) -> Result<Subject, String> {
    let known = Subject::WORDS.iter().find(|(known, _)| *known == word);
    known.map(|(_, subject)| *subject).ok_or_else(|| "write signature, multipart or picture".to_owned())
}

fn mutator(word: &str) -> Result<&'static str, String> {
    let known = mutators().find(|mutator| mutator.name == word);
    known.map(|mutator| mutator.name).ok_or_else(|| {
        let hint = did_you_mean(word, mutators().map(|mutator| mutator.name));
        format!("no such mutator{hint}; `lianpu list mutators` shows all")
    })
}

impl ScopeArgs {
    /// Whether operations are asked for by name.
    pub(super) fn names_operations(&self) -> bool {
        !self.op.is_empty()
    }

    /// Reads the words; a campaign that goes on has its scope in its journal.
    pub(super) fn read(&self, begun: Option<&Begun>) -> Result<Asked, CliError> {
        if let Some(begun) = begun {
            return of_journal(begun);
        }
        check_dialects(&self.dialect)?;
        let mut operations = Vec::new();
        for name in dialect_names() {
            if !self.dialect.is_empty() && !self.dialect.iter().any(|own| own == name) {
                continue;
            }
            let dialect = dialect(name)?;
            let own = dialect
                .operations
                .iter()
                .filter(|operation| self.op.is_empty() || self.op.contains(&operation.name));
            operations.extend(own.map(|operation| (dialect, operation)));
        }
        for op in &self.op {
            if !operations.iter().any(|(_, operation)| operation.name == *op) {
                let all = dialect_names().into_iter().filter_map(|name| dialect(name).ok());
                let all =
                    all.flat_map(|dialect| &dialect.operations).map(|operation| operation.name.as_str());
                let hint = did_you_mean(op, all);
                return Err(CliError::Usage(format!(
                    "no operation {op}{hint}; `lianpu list operations` shows all"
                )));
            }
        }
        Ok(Asked {
            operations,
            subjects: self.subject.clone(),
            mutators: named(&self.mutator),
            dialects_by_name: !self.dialect.is_empty(),
            operations_by_name: !self.op.is_empty(),
        })
    }
}

fn named<S: AsRef<str>>(names: &[S]) -> Vec<&'static Mutator> {
    mutators().filter(|mutator| names.iter().any(|name| name.as_ref() == mutator.name)).collect()
}

/// The scope of a campaign that goes on; what this version does not know any more is an error.
fn of_journal(begun: &Begun) -> Result<Asked, CliError> {
    let gone = |what: &str, name: &str| {
        CliError::Usage(format!("the campaign is about the {what} {name}, which this version does not know"))
    };
    let operation = |name: &String| {
        let (name, operation) = name.split_once('/')?;
        let dialect = dialect(name).ok()?;
        Some((dialect, dialect.operation(operation)?))
    };
    let operations =
        begun.operations.iter().map(|name| operation(name).ok_or_else(|| gone("operation", name)));
    let subjects = begun.subjects.iter().map(|word| subject(word).map_err(|_| gone("subject", word)));
    let names = begun.mutators.iter().map(|name| mutator(name).map_err(|_| gone("mutator", name)));
    Ok(Asked {
        operations: operations.collect::<Result<_, _>>()?,
        subjects: subjects.collect::<Result<_, _>>()?,
        mutators: named(&names.collect::<Result<Vec<_>, _>>()?),
        dialects_by_name: true,
        operations_by_name: true,
    })
}

impl Asked {
    /// What of it the target can be asked. What it has no account for, or lacks the means for, is left out and said to
    /// be, unless it was asked for by name.
    pub(super) fn at(self, target: &Target, notes: &mut Vec<String>) -> Result<Scope, CliError> {
        let Self { mut operations, subjects, mutators, dialects_by_name, operations_by_name } = self;
        let mut left_out = Vec::new();
        if !dialects_by_name {
            operations.retain(|(dialect, _)| {
                let speaks = target.accounts.contains_key(&dialect.manifest.name);
                if !speaks && !left_out.contains(&dialect.manifest.name) {
                    left_out.push(dialect.manifest.name.clone());
                }
                speaks
            });
        }
        notes.extend(
            left_out.iter().map(|name| format!("{name} is left out: the target has no account for it")),
        );
        if !operations_by_name {
            let mut lacking = Vec::new();
            operations.retain(|(_, operation)| {
                let lacks = operation.needs.iter().find(|need| !target.capabilities.contains(*need));
                lacking.extend(lacks.map(|need| format!("{} (needs {need})", operation.name)));
                lacks.is_none()
            });
            if !lacking.is_empty() {
                notes.push(format!("left out: {}", lacking.join(", ")));
            }
        }
        if operations.is_empty() {
            return Err(CliError::Usage("no operation is left that the target can be asked".to_owned()));
        }
        Scope { operations, subjects, mutators }
            .narrowed()
            .map_err(|error| CliError::Usage(error.to_string()))
    }
}

/// The scope without what the target does not offer, which is said; all of it must be left where it was asked for by name.
pub(super) async fn offered(
    mut scope: Scope,
    session: &Session,
    by_name: bool,
) -> Result<(Scope, Vec<String>), CliError> {
    let mut lacking = Vec::new();
    let mut operations = Vec::new();
    for (dialect, operation) in std::mem::take(&mut scope.operations) {
        match session.lacking(dialect, operation).await.map_err(|error| CliError::Other(error.into()))? {
            None => operations.push((dialect, operation)),
            Some(why) if by_name => {
                return Err(CliError::Usage(format!("the target does not offer what was asked for: {why}")));
            }
            Some(why) => lacking.push(format!("left out: {why}")),
        }
    }
    if operations.is_empty() {
        return Err(CliError::Usage("no operation is left that the target offers".to_owned()));
    }
    Ok((Scope { operations, ..scope }, lacking))
}

/// The dialects of a scope, each once.
pub(super) fn dialects(scope: &Scope) -> Vec<&'static Dialect> {
    let mut dialects: Vec<&'static Dialect> = Vec::new();
    for (dialect, _) in &scope.operations {
        if !dialects.iter().any(|known| known.manifest.name == dialect.manifest.name) {
            dialects.push(dialect);
        }
    }
    dialects
}
