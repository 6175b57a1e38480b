//! Which operations the target offers. What it does not offer is found once a run, and not judged.
//!
//! An operation is not offered where the target says so, or where its plain valid request is answered as a path that nobody
//! has: with a code that says so, or without any code and like a path that was made up. A target that names its operations
//! is taken at its word.

use std::rc::Rc;

use super::actor::Actor;
use super::clean_up;
use super::context::Context;
use super::offered::Look;
use super::send::send;
use super::transcript::Purpose;
use super::usual::{DEFAULT_PORTRAIT, FURTHER_PORTRAIT};
use crate::judge::read;
use crate::report::{Reason, ReasonCode};
use crate::request::{Draft, Standing};
use lianpu_corpus::{Code, ConditionClass, Dialect, Operation};

/// What stands in the place of a name that the target knows.
const MADE_UP: &str = "lianpu-no-such-operation";

/// The codes by which a target says that it does not offer an operation.
const NOT_OFFERED: [ConditionClass; 2] = [ConditionClass::OperationUnknown, ConditionClass::Permission];

/// The statuses by which HTTP, or the vendors' gateways, say that nothing is there: 404, 405, 410 and 501 of RFC 9110, 424 of
/// Tencent's. Any other that all paths share is a fault of the target as a whole.
const NO_PATH: [u16; 5] = [404, 405, 410, 424, 501];

/// Why there is no judgement about an operation that the target does not offer; nothing where it does.
pub(super) async fn lacking(
    context: &Rc<Context>,
    dialect: &'static Dialect,
    operation: &'static Operation,
) -> Option<Reason> {
    let why = match context.target.offers(&dialect.manifest.name, &operation.name) {
        Some(true) => None,
        Some(false) => Some("the target is said to be without it".to_owned()),
        None => {
            let names = (dialect.manifest.name.as_str(), operation.name.as_str());
            let cell = Rc::clone(context.offers.lacking.borrow_mut().entry(names).or_default());
            cell.get_or_init(|| ask(context, dialect, operation)).await.clone()
        }
    };
    why.map(|why| Reason::with(ReasonCode::OperationNotOffered, format!("{}: {why}", operation.name)))
}

async fn ask(
    context: &Rc<Context>,
    dialect: &'static Dialect,
    operation: &'static Operation,
) -> Option<String> {
    let mut actor = Actor::new(Rc::clone(context), dialect);
    let draft = plain_request(&mut actor, operation).await?;
    for resource in actor.ledger.resources.clone() {
        let parameter = dialect.manifest.created_by(resource, operation);
        if let Some(id) = parameter.and_then(|parameter| draft.text(&parameter.name)) {
            actor.note(&resource.name, id);
        }
    }
    let why = answered(&draft, &actor).await;
    clean_up::all(&mut actor).await;
    why
}

/// The operation's valid request about nobody.
async fn plain_request(actor: &mut Actor, operation: &'static Operation) -> Option<Draft> {
    let pictures = &actor.context.pictures;
    let picture = pictures.file(DEFAULT_PORTRAIT).await.ok()?;
    let further = pictures.file(FURTHER_PORTRAIT).await.ok()?;
    actor.valid(operation, &Standing::default().with_pictures(picture, further)).ok()
}

/// Why the operation is not offered, by what its request is answered.
async fn answered(draft: &Draft, actor: &Actor) -> Option<String> {
    let (dialect, operation) = (actor.dialect, draft.operation);
    let prepared = actor.prepare(draft).ok()?;
    let reply = send(prepared, draft, Purpose::Probe, actor).await.answer.ok()?;
    let answer = read(&reply, dialect, operation);
    if answer.success {
        return None;
    }
    if let Some(code) = &answer.code {
        return says_so(dialect, operation, code).then(|| format!("its valid request is answered {code}"));
    }
    let look = Look::of(&reply);
    let is_like_no_path =
        NO_PATH.contains(&reply.status) && unknown_path(draft, actor).await.as_ref() == Some(&look);
    is_like_no_path.then(|| format!("it is answered like a path that nobody has: HTTP {}", reply.status))
}

fn says_so(dialect: &Dialect, operation: &Operation, code: &Code) -> bool {
    dialect.is_of_class(operation, code, &NOT_OFFERED)
}

/// How the target answers a path that was made up, where that is without a code; asked once for each method.
async fn unknown_path(draft: &Draft, actor: &Actor) -> Option<Look> {
    let key = (actor.dialect.manifest.name.as_str(), draft.operation.method.as_str());
    let cell = Rc::clone(actor.context.offers.unknown.borrow_mut().entry(key).or_default());
    let look = cell.get_or_init(|| async {
        let mut prepared = actor.prepare(draft).ok()?;
        let (path, query) = match prepared.request.target.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (prepared.request.target.as_str(), String::new()),
        };
        let (above, _) = path.rsplit_once('/')?;
        prepared.request.target = format!("{above}/{MADE_UP}{query}");
        let reply = send(prepared, draft, Purpose::Probe, actor).await.answer.ok()?;
        let answer = read(&reply, actor.dialect, draft.operation);
        (answer.code.is_none() && !answer.success).then(|| Look::of(&reply))
    });
    look.await.clone()
}
