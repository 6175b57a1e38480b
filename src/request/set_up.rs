//! What must be there before a request can be about it: persons, groups, faces. Every request of the set-up must succeed.
//!
//! It is told here once, over any transport: a [`SetUp`] says who asks, sends, and notes what is created. Start with [`stand`].

use std::future::Future;
use std::sync::Arc;

use lianpu_corpus::{Account, Dialect, Operation, Which, Word};
use serde_json::Value;

use super::draft::Draft;
use super::standing::Standing;
use super::valid::{Source, UnknownWord};
use crate::judge::{read, values_at};
use crate::wire::{File, Reply};

/// Characters of an answer that are told.
const EXCERPT: usize = 160;

/// Where a set-up is carried out.
pub trait SetUp {
    /// The dialect.
    fn dialect(&self) -> &'static Dialect;

    /// The account that asks.
    fn account(&self) -> Option<&Account>;

    /// Whether the target has this operation at all.
    fn offers(&mut self, _operation: &'static Operation) -> impl Future<Output = bool> {
        std::future::ready(true)
    }

    /// Notes for clean-up what a request is about to create: the catalogue's word for its kind, and its id.
    fn note(&mut self, kind: &str, id: &str);

    /// Signs and sends a request; the error says why no answer came.
    fn send(&mut self, draft: &Draft) -> impl Future<Output = Result<Reply, String>>;
}

/// Why something could not be set up. Says nothing about conformance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetUpError {
    /// No operation of the dialect plays this part.
    #[error("{dialect} has no role {role}")]
    NoRole {
        /// The dialect.
        dialect: String,
        /// The part.
        role: String,
    },
    /// An operation of the set-up cannot be filled in.
    #[error(transparent)]
    Word(#[from] UnknownWord),
    /// A request of the set-up got no answer.
    #[error("{operation}: {why}")]
    NoAnswer {
        /// The operation.
        operation: String,
        /// Why.
        why: String,
    },
    /// A request of the set-up did not succeed.
    #[error("{operation} answered {answer}")]
    Refused {
        /// The operation.
        operation: String,
        /// The beginning of the answer.
        answer: String,
    },
    /// The answer of a success lacks what later requests need.
    #[error("{operation} gave no face at {pointer}")]
    NoFace {
        /// The operation.
        operation: String,
        /// Where it should be.
        pointer: String,
    },
}

impl SetUpError {
    /// Whether the catalogue is to blame, and not the target.
    pub const fn is_of_catalogue(&self) -> bool {
        matches!(self, Self::NoRole { .. } | Self::Word(_))
    }
}

/// The names that a person and its groups get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The person.
    pub person: String,
    /// The group it is in.
    pub group: String,
    /// A group it is not in; created where groups can be.
    pub other_group: String,
}

/// Creates a person in a group, and a group beside it: what every operation's valid request can be about. What the target
/// has no operation for is left out.
pub async fn stand<S: SetUp>(
    at: &mut S,
    names: &Names,
    picture: Arc<File>,
    further: Arc<File>,
) -> Result<Standing, SetUpError> {
    let groups = [names.group.clone()];
    create_person(at, &names.person, &groups, Arc::clone(&picture)).await?;
    let standing = Standing::default().with("person", [&names.person]).with("group", groups);
    let faces = if at.offers(role(at.dialect(), "list-face")?).await {
        faces_of(at, &standing).await?
    } else {
        Vec::new()
    };
    if let Ok(creates) = role(at.dialect(), "create-group")
        && at.offers(creates).await
    {
        create_group(at, &names.other_group).await?;
    }
    Ok(standing
        .with("face", faces.into_iter().take(1))
        .with("other-group", [&names.other_group])
        .with_pictures(picture, further))
}

/// Creates a person of this id in these groups, which are created with it; in one request, or in one for each group.
pub async fn create_person<S: SetUp>(
    at: &mut S,
    id: &str,
    groups: &[String],
    picture: Arc<File>,
) -> Result<(), SetUpError> {
    let operation = role(at.dialect(), "create-person")?;
    let manifest = &at.dialect().manifest;
    let takes_list = operation.parameters.iter().any(|parameter| {
        let word = manifest.word_of(parameter);
        matches!(word, Some(Word::Thing { which: Which::Fresh, resource, several: true }) if resource.name == "group")
    });
    let standing = Standing::default().with_pictures(Arc::clone(&picture), picture);
    for some in groups.chunks(if takes_list { groups.len().max(1) } else { 1 }) {
        let fresh = |kind: &str| if kind == "group" { some.to_vec() } else { vec![id.to_owned()] };
        let draft = valid(at, operation, &standing, fresh)?;
        at.note("person", id);
        for group in some {
            at.note("group", group);
        }
        succeed(at, &draft).await?;
    }
    Ok(())
}

/// Creates an empty group of this id.
pub async fn create_group<S: SetUp>(at: &mut S, id: &str) -> Result<(), SetUpError> {
    let operation = role(at.dialect(), "create-group")?;
    let draft = valid(at, operation, &Standing::default(), |_| vec![id.to_owned()])?;
    at.note("group", id);
    succeed(at, &draft).await.map(|_| ())
}

/// Carries out the operation that plays this part, about what stands.
pub async fn carry_out<S: SetUp>(at: &mut S, part: &str, standing: &Standing) -> Result<Value, SetUpError> {
    let operation = role(at.dialect(), part)?;
    let draft = about(at, operation, standing)?;
    succeed(at, &draft).await
}

/// Adds faces to a person who stands: one request.
pub async fn add_faces<S: SetUp>(
    at: &mut S,
    standing: &Standing,
    pictures: &[Arc<File>],
) -> Result<(), SetUpError> {
    let operation = role(at.dialect(), "create-face")?;
    let Some(first) = pictures.first() else { return Ok(()) };
    let standing = standing.clone().with_pictures(Arc::clone(first), Arc::clone(first));
    let mut draft = about(at, operation, &standing)?;
    for parameter in &operation.parameters {
        if let Some(Word::Medium { several, .. }) = at.dialect().manifest.word_of(parameter) {
            draft.leave(&parameter.name); // pictures come last, as in the reproducers that are kept
            draft.put_files(&parameter.name, pictures.to_vec(), several);
        }
    }
    succeed(at, &draft).await.map(|_| ())
}

/// Whether one request adds several faces.
pub fn adds_several_faces(dialect: &'static Dialect) -> Result<bool, SetUpError> {
    let mut parameters = role(dialect, "create-face")?.parameters.iter();
    let several = |word| matches!(word, Word::Medium { several: true, .. });
    Ok(parameters.any(|parameter| dialect.manifest.word_of(parameter).is_some_and(several)))
}

/// The face ids of a person who stands, at least one.
pub async fn faces_of<S: SetUp>(at: &mut S, standing: &Standing) -> Result<Vec<String>, SetUpError> {
    let dialect = at.dialect();
    let body = carry_out(at, "list-face", standing).await?;
    let pointer = dialect.manifest.resource("face").and_then(|face| face.ids.as_deref()).unwrap_or_default();
    let faces = values_at(&body, pointer).into_iter();
    let ids: Vec<_> = faces.filter_map(Value::as_str).map(str::to_owned).collect();
    if ids.is_empty() {
        let operation = role(dialect, "list-face")?.name.clone();
        return Err(SetUpError::NoFace { operation, pointer: pointer.to_owned() });
    }
    Ok(ids)
}

/// Sends a request of the set-up, which must succeed; gives the body of the answer.
async fn succeed<S: SetUp>(at: &mut S, draft: &Draft) -> Result<Value, SetUpError> {
    let name = || draft.operation.name.clone();
    let reply = at.send(draft).await.map_err(|why| SetUpError::NoAnswer { operation: name(), why })?;
    let answer = read(&reply, at.dialect(), draft.operation);
    match answer.body {
        Some(body) if answer.success => Ok(body),
        _ => Err(SetUpError::Refused { operation: name(), answer: reply.excerpt(EXCERPT) }),
    }
}

/// A valid request about what stands; what it would create is what stands already.
fn about<S: SetUp>(at: &S, operation: &'static Operation, standing: &Standing) -> Result<Draft, SetUpError> {
    valid(at, operation, standing, |kind| standing.ids(kind).to_vec())
}

fn valid<S: SetUp>(
    at: &S,
    operation: &'static Operation,
    standing: &Standing,
    mut fresh: impl FnMut(&str) -> Vec<String>,
) -> Result<Draft, SetUpError> {
    let source = Source { dialect: at.dialect(), account: at.account(), standing, fresh: &mut fresh };
    Ok(Draft::valid(operation, source)?)
}

fn role(dialect: &'static Dialect, role: &str) -> Result<&'static Operation, SetUpError> {
    let operation = dialect.manifest.role(role).and_then(|name| dialect.operation(name));
    let lacking = || SetUpError::NoRole { dialect: dialect.manifest.name.clone(), role: role.to_owned() };
    operation.ok_or_else(lacking)
}
