//! What each step does.

use std::fmt::Display;
use std::time::Duration;

use cucumber::gherkin::StepType;
use futures::FutureExt as _;
use futures::future::{LocalBoxFuture, join_all};
use lianpu_corpus::{Operation, ParameterType};
use serde_json::{Value, json};

use super::draft::{Draft, FAULT_HEADER};
use super::origin::{Behaviour, WORDS};
use super::things::Person;
use super::world::World;
use super::{probe, send};
use crate::judge::{Check, Expectation, Finding, Judgement, judge_code, judge_envelope, judge_fields};
use crate::provoke::{Named, Step, StepKind};
use crate::report::{Reason, Verdict};
use crate::wire::Reply;

/// Persons that a limit may demand before the step refuses: more would be a load test.
const MOST_PERSONS: u64 = 64;

/// Pictures in one request, so that their order is the same by index and by name.
const PICTURES_AT_ONCE: usize = 10;

/// Why a scenario ends without a judgement.
#[derive(Debug)]
pub(super) struct Blocked(Verdict, Reason);

impl Blocked {
    /// The step cannot be carried out: our fault, or the feature file's.
    pub(super) fn step(why: &dyn Display) -> Self {
        Self(Verdict::Indeterminate, Reason::with("step-unknown", why.to_string()))
    }

    /// The target did not do what the set-up needs.
    fn set_up(why: String) -> Self {
        Self(Verdict::Indeterminate, Reason::with("set-up-failed", why))
    }

    /// The target lacks something.
    fn needs(what: &dyn Display) -> Self {
        Self(Verdict::NotProvoked, Reason::new(format!("needs-{what}")))
    }
}

/// The one step definition that cucumber knows: the vocabulary is read by [`Step::parse`].
pub(super) fn step(world: &mut World, context: cucumber::step::Context) -> LocalBoxFuture<'_, ()> {
    async move {
        if !world.is_open() {
            return;
        }
        if world.context().options.stop.is_set() {
            world.interrupted = true;
            return;
        }
        let kind = match context.step.ty {
            StepType::Given => StepKind::Given,
            StepType::When => StepKind::When,
            StepType::Then => StepKind::Then,
        };
        let done = match Step::parse(kind, &context.step.value) {
            Ok(step) => take(world, step).await,
            Err(error) => Err(Blocked::step(&error)),
        };
        if let Err(Blocked(verdict, reason)) = done {
            world.block(verdict, reason);
        }
    }
    .boxed_local()
}

async fn take(world: &mut World, step: Step) -> Result<(), Blocked> {
    match step {
        Step::Person { person, groups, scene } => {
            let groups = groups.iter().map(|group| world.name(group)).collect();
            create_person(world, &person, groups, &scene).await
        }
        Step::Faces { person, count } => add_faces(world, &person, count).await,
        Step::FacesToLimit { person, lacking, limit } => {
            let count = limit_of(world, &limit)? as usize;
            add_faces(world, &person, count.saturating_sub(lacking)).await
        }
        Step::PersonsToLimit { group, lacking, limit } => fill_group(world, &group, lacking, &limit).await,
        Step::Deleted { person } => delete_person(world, &person).await,
        Step::Request { operation, valid } => begin(world, &operation, valid).await,
        Step::Put { parameter, value } => draft(world)?.put_json_of(&parameter, value),
        Step::Leave { parameter } => {
            draft(world)?.leave(&parameter);
            Ok(())
        }
        Step::Unknown { parameter } => {
            let name = unknown(world, &parameter)?;
            draft(world)?.put_json_of(&parameter, name)
        }
        Step::Names { parameter, named } => {
            let value = named_value(world, &parameter, &named).await?;
            draft(world)?.put_json_of(&parameter, value)
        }
        Step::Long { parameter, bytes } => draft(world)?.put_json_of(&parameter, json!("a".repeat(bytes))),
        Step::Exceeds { parameter, limit } => {
            let entries = limit_of(world, &limit)? + 1;
            let names: Vec<_> = (0..entries).map(|number| world.name(&number.to_string())).collect();
            draft(world)?.put_json_of(&parameter, json!(names))
        }
        Step::Shows { parameter, scenes } => show(world, &parameter, &scenes).await,
        Step::Leads { parameter, scene, behaviour } => lead(world, &parameter, &scene, &behaviour).await,
        Step::Method(method) => draft(world).map(|draft| draft.method = Some(method)),
        Step::Header { name, value } => draft(world).map(|draft| draft.headers.push((name, value))),
        Step::Body(text) => draft(world).map(|draft| draft.raw_body = Some(text)),
        Step::BodyCut => draft(world).map(|draft| draft.cut_in_half = true),
        Step::BoundaryMissing => draft(world).map(|draft| draft.without_boundary = true),
        Step::SentAs(kind) => draft(world).map(|draft| draft.body_kind = Some(kind)),
        Step::SecondAccount => ask_with_second(world),
        Step::SignedBySecond => draft(world).map(|draft| draft.signed_by_second = true),
        Step::SignatureSays(rules) => draft(world).map(|draft| draft.signature.says = rules),
        Step::SignatureForm(form) => draft(world).map(|draft| draft.signature.form = Some(form)),
        Step::SignatureKey(key) => draft(world).map(|draft| draft.signature.key = key),
        Step::SignatureDamage(damage) => draft(world).map(|draft| draft.signature.damage = Some(damage)),
        Step::Fault(name) => ask_for_fault(world, name),
        Step::Sent => send_draft(world).await,
        Step::SentAgain => send_again(world).await,
        Step::SentTooFast => send_too_fast(world).await,
        Step::OperationSent(operation) => {
            begin(world, &operation, true).await?;
            send_draft(world).await
        }
        Step::Code(expectation) => judge(world, &expectation),
        Step::OneCode(expectation) => judge_any(world, &expectation),
        Step::Documented => judge_reply(world),
        Step::ReplyIs { pointer, value } => judge_value(world, &pointer, &value),
        Step::ReplyNames { pointer, name } => {
            let name = json!(world.name(&name));
            judge_value(world, &pointer, &name)
        }
        Step::Status(status) => judge_status(world, status),
        Step::NoTrace => judge_traces(world).await,
    }
}

impl Draft {
    fn put_json_of(&mut self, parameter: &str, value: impl Into<Value>) -> Result<(), Blocked> {
        self.put_json(parameter, value);
        Ok(())
    }
}

fn draft(world: &mut World) -> Result<&mut Draft, Blocked> {
    world.draft.as_mut().ok_or_else(|| Blocked::step(&"no request yet; begin with «a valid … request»"))
}

fn operation(world: &World, name: &str) -> Result<&'static Operation, Blocked> {
    let dialect = world.dialect();
    dialect.operation(name).ok_or_else(|| {
        let known = dialect.operations.iter().map(|operation| operation.name.as_str());
        let nearest = known.min_by_key(|known| strsim::levenshtein(known, name)).unwrap_or("none");
        Blocked::step(&format!("{} has no operation {name}; the nearest is {nearest}", dialect.manifest.name))
    })
}

fn role(world: &World, role: &str) -> Result<&'static Operation, Blocked> {
    let manifest = &world.dialect().manifest;
    let name =
        manifest.role(role).ok_or_else(|| Blocked::step(&format!("{} has no role {role}", manifest.name)))?;
    operation(world, name)
}

fn limit_of(world: &World, name: &str) -> Result<u64, Blocked> {
    let limit = world.context().target.limit(world.dialect(), name);
    limit.ok_or_else(|| Blocked::step(&format!("{} has no limit {name}", world.dialect().manifest.name)))
}

// ---- what is there before

/// Sends a request of the set-up, which must succeed; gives the body.
async fn set_up(world: &mut World, draft: &Draft) -> Result<Value, Blocked> {
    let context = world.context();
    let name = &draft.operation.name;
    let reply = send::deliver(draft, world, &context)
        .await
        .map_err(|why| Blocked::set_up(format!("{name}: {why}")))?;
    let envelope =
        world.dialect().manifest.envelope.as_ref().expect("a dialect with operations has an envelope");
    let answer = judge_envelope(&reply, envelope, &mut Vec::new());
    match (answer.code, answer.body) {
        (Some(code), Some(body)) if code == envelope.success => Ok(body),
        _ => Err(Blocked::set_up(format!("{name} answered {}", reply.excerpt(160)))),
    }
}

async fn create_person(
    world: &mut World,
    name: &str,
    groups: Vec<String>,
    scene: &str,
) -> Result<(), Blocked> {
    let operation = role(world, "create-person")?;
    let context = world.context();
    let file = context.pictures.file(scene).await.map_err(|error| Blocked::step(&error))?;
    let id = world.name(name);
    let mut draft = Draft::new(operation);
    send::fill(&mut draft, world, &context);
    for parameter in &operation.parameters {
        match parameter.valid.as_deref() {
            Some("fresh-person") => draft.put_json(&parameter.name, id.as_str()),
            Some("fresh-groups") => draft.put_json(&parameter.name, json!(groups)),
            Some("portrait") => draft.put_files(&parameter.name, vec![file.clone()], false),
            _ => {}
        }
    }
    world.ledger.note(&id, world.asks_second);
    set_up(world, &draft).await?;
    world.things.add(name, Person { id, groups, faces: 1 });
    Ok(())
}

/// The person that a valid request is about: the last one created, or one created now.
pub(super) async fn some_person(world: &mut World) -> Result<Person, Blocked> {
    if world.things.last().is_none() {
        let group = world.name("group");
        create_person(world, "person", vec![group], send::DEFAULT_PORTRAIT).await?;
    }
    world.things.last().cloned().ok_or_else(|| Blocked::step(&"no person"))
}

/// The face ids of a person on the wire.
pub(super) async fn faces_of(world: &mut World, person: &str) -> Result<Vec<String>, Blocked> {
    let operation = role(world, "list-faces")?;
    let mut draft = Draft::new(operation);
    let context = world.context();
    send::fill(&mut draft, world, &context);
    for parameter in operation.parameters.iter().filter(|p| p.valid.as_deref() == Some("person")) {
        draft.put_json(&parameter.name, person);
    }
    let body = set_up(world, &draft).await?;
    let pointer = world.dialect().manifest.reads.get("faces").map_or("", String::as_str);
    let faces = body.pointer(pointer).and_then(Value::as_array);
    let ids = faces.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    match ids.is_empty() {
        true => Err(Blocked::set_up(format!("{} gave no face at {pointer}", operation.name))),
        false => Ok(ids),
    }
}

async fn add_faces(world: &mut World, name: &str, count: usize) -> Result<(), Blocked> {
    let operation = role(world, "add-faces")?;
    let context = world.context();
    let person = person(world, name)?.clone();
    let scenes: Vec<_> = (person.faces..count).map(|number| format!("seed:{}", 1000 + number)).collect();
    for some in scenes.chunks(PICTURES_AT_ONCE) {
        let mut files = Vec::new();
        for scene in some {
            files.push(context.pictures.file(scene).await.map_err(|error| Blocked::step(&error))?);
        }
        let mut draft = Draft::new(operation);
        send::fill(&mut draft, world, &context);
        for parameter in &operation.parameters {
            match parameter.valid.as_deref() {
                Some("person") => draft.put_json(&parameter.name, person.id.as_str()),
                Some("portraits") => draft.put_files(&parameter.name, files.clone(), true),
                _ => {}
            }
        }
        set_up(world, &draft).await?;
    }
    let there = faces_of(world, &person.id).await?.len();
    if there != count {
        return Err(Blocked::set_up(format!("person {name} has {there} faces after adding up to {count}")));
    }
    if let Some(person) = world.things.person_mut(name) {
        person.faces = count;
    }
    Ok(())
}

async fn fill_group(world: &mut World, group: &str, lacking: usize, limit: &str) -> Result<(), Blocked> {
    let most = limit_of(world, limit)?;
    if most > MOST_PERSONS {
        return Err(Blocked(
            Verdict::NotProvoked,
            Reason::with(
                "needs-lowered-limit",
                format!("{limit} is {most}; at most {MOST_PERSONS} persons are made"),
            ),
        ));
    }
    let id = world.name(group);
    for number in 0..(most as usize).saturating_sub(lacking) {
        let scene = format!("seed:{}", 1000 + number);
        create_person(world, &format!("member{number}"), vec![id.clone()], &scene).await?;
    }
    Ok(())
}

async fn delete_person(world: &mut World, name: &str) -> Result<(), Blocked> {
    let operation = role(world, "delete-person")?;
    let id = person(world, name)?.id.clone();
    let mut draft = Draft::new(operation);
    let context = world.context();
    send::fill(&mut draft, world, &context);
    for parameter in operation.parameters.iter().filter(|p| p.valid.as_deref() == Some("person")) {
        draft.put_json(&parameter.name, id.as_str());
    }
    set_up(world, &draft).await?;
    world.ledger.strike(&id);
    world.things.bury(name);
    Ok(())
}

fn person<'w>(world: &'w World, name: &str) -> Result<&'w Person, Blocked> {
    world.things.person(name).ok_or_else(|| Blocked::step(&format!("no person \"{name}\" in this scenario")))
}

// ---- the request

async fn begin(world: &mut World, name: &str, valid: bool) -> Result<(), Blocked> {
    let mut draft = Draft::new(operation(world, name)?);
    send::fill_valid(&mut draft, world, valid).await?;
    world.draft = Some(draft);
    Ok(())
}

fn unknown(world: &mut World, parameter: &str) -> Result<Value, Blocked> {
    let kind = draft(world)?.operation.parameter(parameter).map(|p| (p.kind, p.valid.clone()));
    Ok(match kind {
        Some((_, Some(valid))) if valid == "face" => json!("1"),
        Some((_, Some(valid))) if valid == "faces" => json!(["1"]),
        Some((ParameterType::Strings, _)) => json!([world.fresh()]),
        _ => json!(world.fresh()),
    })
}

async fn named_value(world: &mut World, parameter: &str, named: &Named) -> Result<Value, Blocked> {
    let list = draft(world)?.operation.parameter(parameter).is_some_and(|p| p.kind == ParameterType::Strings);
    let ids = match named {
        Named::Things(names) => names.iter().map(|name| world.name(name)).collect(),
        Named::FacesOf(name) => {
            let id = person(world, name)?.id.clone();
            faces_of(world, &id).await?
        }
    };
    match ids.first() {
        Some(first) if !list => Ok(json!(first)),
        _ => Ok(json!(ids)),
    }
}

async fn show(world: &mut World, parameter: &str, scenes: &[String]) -> Result<(), Blocked> {
    let context = world.context();
    let mut files = Vec::new();
    for scene in scenes {
        files.push(context.pictures.file(scene).await.map_err(|error| Blocked::step(&error))?);
    }
    let draft = draft(world)?;
    let list = draft.operation.parameter(parameter).is_some_and(|p| p.kind == ParameterType::Pictures);
    draft.put_files(parameter, files, list);
    Ok(())
}

async fn lead(world: &mut World, parameter: &str, scene: &str, behaviour: &str) -> Result<(), Blocked> {
    let context = world.context();
    let behaviour = Behaviour::parse(behaviour).ok_or_else(|| {
        let known: Vec<_> = WORDS.iter().map(|(words, _)| *words).collect();
        Blocked::step(&format!("no origin that {behaviour}; write one of: {}", known.join("; ")))
    })?;
    if !context.target.capabilities.contains("origin") {
        return Err(Blocked::needs(&"origin"));
    }
    let file = context.pictures.file(scene).await.map_err(|error| Blocked::step(&error))?;
    let address = context.origin.publish(&file, behaviour);
    let draft = draft(world)?;
    match draft.operation.parameter(parameter).map(|p| p.kind) {
        Some(ParameterType::Urls) => draft.put_json(parameter, json!([address])),
        _ => draft.put_json(parameter, address),
    }
    Ok(())
}

fn ask_with_second(world: &mut World) -> Result<(), Blocked> {
    let context = world.context();
    if context.target.second_account(&world.dialect().manifest.name).is_none() {
        return Err(Blocked::needs(&"second-account"));
    }
    world.asks_second = true;
    let mut draft = world.draft.take().ok_or_else(|| Blocked::step(&"no request yet"))?;
    send::fill(&mut draft, world, &context);
    world.draft = Some(draft);
    Ok(())
}

fn ask_for_fault(world: &mut World, name: String) -> Result<(), Blocked> {
    let manifest = &world.dialect().manifest;
    if !manifest.faults.iter().any(|fault| fault.name == name) {
        return Err(Blocked::step(&format!("{} has no fault {name}", manifest.name)));
    }
    if !world.context().target.capabilities.contains("fault-hook") {
        return Err(Blocked::needs(&"fault-hook"));
    }
    draft(world).map(|draft| draft.headers.push((FAULT_HEADER.to_owned(), Some(name))))
}

// ---- sending

async fn send_draft(world: &mut World) -> Result<(), Blocked> {
    let context = world.context();
    let draft = world.draft.take().ok_or_else(|| Blocked::step(&"nothing to send yet"))?;
    let request = draft.finish(world, &context).map_err(|lacking| Blocked::needs(&lacking))?;
    if world.watches_traces {
        world.traces = probe::before(&draft, world, &context).await;
    }
    let answer = send::exchange(&request, &context).await;
    note_creation(world, &draft, answer.as_ref().ok());
    world.answers = vec![answer];
    world.sent = Some(request);
    world.draft = Some(draft);
    Ok(())
}

/// What the judged request itself created is cleaned up as well; without an answer, what it may have created under a
/// name of this scenario.
fn note_creation(world: &mut World, draft: &Draft, reply: Option<&Reply>) {
    let manifest = &world.dialect().manifest;
    let (Some(role), Some(envelope)) = (manifest.role("create-person"), &manifest.envelope) else { return };
    if role != draft.operation.name {
        return;
    }
    let created = draft.operation.parameters.iter().find(|p| p.valid.as_deref() == Some("fresh-person"));
    let Some(id) = created.and_then(|parameter| draft.text(&parameter.name)).map(str::to_owned) else {
        return;
    };
    let code = reply.and_then(|reply| judge_envelope(reply, envelope, &mut Vec::new()).code);
    if code.as_ref() == Some(&envelope.success) || (code.is_none() && id.starts_with(&world.namespace)) {
        world.ledger.note(&id, world.asks_second);
    }
}

async fn send_again(world: &mut World) -> Result<(), Blocked> {
    let request = world.sent.clone().ok_or_else(|| Blocked::step(&"nothing was sent before"))?;
    let context = world.context();
    world.answers = vec![send::exchange(&request, &context).await];
    Ok(())
}

async fn send_too_fast(world: &mut World) -> Result<(), Blocked> {
    let context = world.context();
    let manifest = &world.dialect().manifest;
    let account = match world.asks_second {
        true => context.target.second_account(&manifest.name),
        false => context.target.account(&manifest.name),
    };
    let Some(rate) = account.and_then(|account| account.requests_per_second) else {
        return Err(Blocked::needs(&"rate-limit"));
    };
    let draft = world.draft.take().ok_or_else(|| Blocked::step(&"nothing to send yet"))?;
    let mut requests = Vec::new();
    for _ in 0..rate * 10 {
        requests.push(draft.finish(world, &context).map_err(|lacking| Blocked::needs(&lacking))?);
    }
    world.answers = join_all(requests.iter().map(|request| send::exchange(request, &context))).await;
    // The scenarios after this one shall find the account's allowance restored.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    Ok(())
}

// ---- judging

fn judge(world: &mut World, expectation: &Expectation) -> Result<(), Blocked> {
    world.expected = expectation.codes();
    let judgement = match world.answers.last() {
        None => return Err(Blocked::step(&"nothing was sent yet")),
        Some(Err(why)) => Judgement {
            findings: vec![Finding::new(Check::Transport, "an answer", why.to_string())],
            ..Judgement::default()
        },
        Some(Ok(reply)) => {
            let envelope = world.dialect().manifest.envelope.as_ref();
            judge_code(reply, expectation, envelope.expect("a dialect with operations has an envelope"))
        }
    };
    world.tolerated |= judgement.tolerated;
    world.findings.extend(judgement.findings.iter().cloned());
    world.judgement = judgement;
    Ok(())
}

/// At least one answer has the code; the others may say anything that is well formed.
fn judge_any(world: &mut World, expectation: &Expectation) -> Result<(), Blocked> {
    let envelope =
        world.dialect().manifest.envelope.as_ref().expect("a dialect with operations has an envelope");
    world.expected = expectation.codes();
    let judged: Vec<_> =
        world.answers.iter().flatten().map(|reply| judge_code(reply, expectation, envelope)).collect();
    match judged.into_iter().find(|judgement| judgement.findings.is_empty()) {
        Some(judgement) => {
            world.tolerated |= judgement.tolerated;
            world.judgement = judgement;
        }
        None => {
            let mut seen: Vec<_> = world
                .answers
                .iter()
                .map(|answer| match answer {
                    Ok(reply) => judge_envelope(reply, envelope, &mut Vec::new())
                        .code
                        .map_or_else(|| format!("HTTP {}", reply.status), |code| code.to_string()),
                    Err(why) => why.to_string(),
                })
                .collect();
            seen.sort_unstable();
            seen.dedup();
            let expected = format!("{} in one of {} answers", expectation.code, world.answers.len());
            world.findings.push(Finding::new(Check::Code, expected, seen.join(", ")));
        }
    }
    Ok(())
}

fn judge_reply(world: &mut World) -> Result<(), Blocked> {
    let operation = draft(world)?.operation;
    let Some(body) = &world.judgement.answer.body else { return Ok(()) };
    let envelope =
        world.dialect().manifest.envelope.as_ref().expect("a dialect with operations has an envelope");
    if world.judgement.answer.code.as_ref() == Some(&envelope.success) {
        let findings = judge_fields(body, operation);
        world.findings.extend(findings);
    }
    Ok(())
}

fn judge_value(world: &mut World, pointer: &str, value: &Value) -> Result<(), Blocked> {
    let Some(body) = &world.judgement.answer.body else { return Ok(()) };
    let found = crate::judge::values_at(body, pointer);
    if found.contains(&value) {
        return Ok(());
    }
    let actual = found.first().map_or_else(|| "nothing".to_owned(), ToString::to_string);
    world.findings.push(Finding::new(Check::Field, format!("{value} at {pointer}"), actual));
    Ok(())
}

fn judge_status(world: &mut World, status: u16) -> Result<(), Blocked> {
    if let Some(Ok(reply)) = world.answers.last()
        && reply.status != status
    {
        let actual = reply.status.to_string();
        world.findings.push(Finding::new(Check::Status, format!("HTTP {status}"), actual));
    }
    Ok(())
}

/// What an error left behind under a name of this scenario is cleaned up as well.
fn note_trace(world: &mut World) {
    let Some(draft) = world.draft.take() else { return };
    note_creation(world, &draft, None);
    world.draft = Some(draft);
}

async fn judge_traces(world: &mut World) -> Result<(), Blocked> {
    let envelope = world.dialect().manifest.envelope.as_ref();
    let succeeded = world.judgement.answer.code.is_some()
        && world.judgement.answer.code.as_ref() == envelope.map(|envelope| &envelope.success);
    if succeeded {
        return Ok(()); // a success, expected or not, may change things
    }
    let context = world.context();
    let traces = std::mem::take(&mut world.traces);
    let findings = probe::after(&traces, world, &context).await;
    if !findings.is_empty() {
        note_trace(world);
    }
    world.findings.extend(findings);
    Ok(())
}
