//! What runs again: what failed, what is left of a run, and what fails only sometimes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::common::proxy::{Answer, Exchange, Proxy};
use crate::common::report::{Run, run};
use crate::common::{LIANPU, Server, shared};

/// Few scenarios, of four rows.
const FEW: [&str; 12] =
    ["--table", "face", "--op", "newperson", "--row", "-1302", "--row", "-1304", "--row", "9", "--row", "14"];

fn ready(server: &Server) -> String {
    server.ready_file().to_str().expect("UTF-8").to_owned()
}

/// One scenario after the other.
fn at<'w>(url: &'w str, ready: &'w str) -> [&'w str; 6] {
    ["--target", url, "--credentials", ready, "--jobs", "1"]
}

/// The answer with another code.
fn wrong(exchange: &Exchange) -> Answer {
    let mut body = exchange.reply.json().expect("JSON");
    body["code"] = json!(-1399);
    Answer::Body(body.to_string())
}

/// A target that answers the rows -1302 and 14 wrongly while it is told to, and how many requests it had.
struct Moody {
    proxy: Proxy,
    is_wrong: Arc<AtomicBool>,
    requests: Arc<AtomicUsize>,
    server: Arc<Server>,
}

impl Moody {
    fn start() -> Self {
        let server = shared();
        let (is_wrong, requests) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
        let (mood, count) = (Arc::clone(&is_wrong), Arc::clone(&requests));
        let proxy = Proxy::start(&server, move |exchange| {
            count.fetch_add(1, Ordering::SeqCst);
            match exchange.code() {
                Some(-1302 | 14) if mood.load(Ordering::SeqCst) => wrong(exchange),
                _ => Answer::Honest,
            }
        });
        Self { proxy, is_wrong, requests, server }
    }

    fn run(&self, words: &[&str]) -> Run {
        run(&[&at(&self.proxy.url(), &ready(&self.server))[..], words].concat())
    }
}

#[test]
fn what_failed_runs_again_and_the_report_has_all() {
    let target = Moody::start();
    let first = target.run(&FEW);
    assert_eq!(first.exit(), 1, "{}", first.said());
    let failed = first.with("fail");
    assert!(failed.len() > 1 && first.scenarios().len() > failed.len(), "{}", first.said());

    target.is_wrong.store(false, Ordering::SeqCst);
    let before = target.requests.swap(0, Ordering::SeqCst);
    let events = first.folder().join("events");
    // Neither filters nor target are given: they are those of then.
    let second = run(&["--rerun", events.to_str().expect("UTF-8")]);
    assert_eq!(second.exit(), 0, "{}", second.said());
    assert_eq!(second.ids(|_| true), first.ids(|_| true));
    assert_eq!(second.with("pass").len() + second.with("tolerated").len(), first.scenarios().len());
    assert!(target.requests.load(Ordering::SeqCst) < before, "what passed is not asked again");
    assert_eq!(second.report["totals"]["scenarios"], first.report["totals"]["scenarios"]);

    let verified = crate::common::lianpu(
        &["report", "verify", second.folder().join("events").to_str().expect("UTF-8")],
        None,
    );
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let other = run(&["--rerun", events.to_str().expect("UTF-8"), "--target", "http://127.0.0.1:9"]);
    assert_eq!(other.exit(), 2, "{}", other.said());
    assert!(other.stderr().contains("its target was"), "{}", other.stderr());
}

#[test]
fn a_run_that_was_broken_off_goes_on() {
    let target = Moody::start();
    let first = target.run(&[&FEW[..], &["--max-fail", "1"]].concat());
    assert_eq!(first.exit(), 1, "{}", first.said());
    assert_eq!(first.with("fail").len(), 1, "{}", first.said());
    assert!(first.stderr().contains("--max-fail"), "{}", first.stderr());
    let said = first.stdout().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("goes on where this ended"), "{said}");
    let done = first.scenarios().len();

    target.is_wrong.store(false, Ordering::SeqCst);
    let events = first.folder().join("events");
    let events = events.to_str().expect("UTF-8");
    let others = run(&["--resume", events, "--op", "newperson"]);
    assert_eq!(others.exit(), 2);
    assert!(others.stderr().contains("give the filters of then"), "{}", others.stderr());
    // Neither filters nor target are given: they are those of then.
    let rest = run(&["--resume", events]);
    assert_eq!(rest.exit(), 1, "what was judged stands: {}", rest.said());
    let whole = target.run(&FEW);
    assert_eq!(rest.ids(|_| true), whole.ids(|_| true));
    assert_eq!(rest.with("fail"), first.with("fail"));
    assert!(done < whole.scenarios().len());
    assert_eq!(rest.report["run"]["partial"], whole.report["run"]["partial"]);
}

#[test]
fn the_events_of_a_run_outlive_a_target_that_is_gone() {
    let target = Moody::start();
    let first = target.run(&[&FEW[..], &["--max-fail", "1"]].concat());
    let events = first.folder().join("events");
    let before = std::fs::read(&events).expect("the events");
    drop(target.proxy);
    let file = events.to_str().expect("UTF-8");
    let report = format!("events={file}");
    let gone = crate::common::lianpu(&["run", "--quiet", "--resume", file, "--report", &report], None);
    assert_eq!(gone.status.code(), Some(3), "{}", String::from_utf8_lossy(&gone.stderr));
    assert_eq!(std::fs::read(&events).expect("the events"), before);
}

#[test]
fn what_fails_only_sometimes_is_flaky_and_no_success() {
    let server = shared();
    let seen = Arc::new(Mutex::new(BTreeMap::new()));
    let counts = Arc::clone(&seen);
    let proxy = Proxy::start(&server, move |exchange| {
        let Some(code @ (-1302 | 14)) = exchange.code() else { return Answer::Honest };
        let mut counts = counts.lock().expect("no panic");
        let count: &mut usize = counts.entry(code).or_default();
        *count += 1;
        // Row 14 is answered wrongly for ever, -1302 the first time.
        if code == 14 || *count == 1 { wrong(exchange) } else { Answer::Honest }
    });
    let (url, ready) = (proxy.url(), ready(&server));
    let told = run(&[&at(&url, &ready)[..], &["--retries", "2"], &FEW].concat());
    assert_eq!(told.exit(), 1, "{}", told.said());
    let flaky = told.with("flaky");
    assert_eq!(flaky.len(), 1, "{}", told.said());
    assert!(flaky.iter().all(|id| id.contains("/-1302/")), "{flaky:?}");
    let of = |id: &str| told.scenarios().iter().find(|one| one["id"] == id).cloned().expect("it ran");
    let one = of(flaky.first().expect("one"));
    assert_eq!(one["attempts"], 2);
    assert!(!one["findings"].as_array().expect("a list").is_empty(), "the finding stays: {one}");
    let failed = told.with("fail");
    assert!(!failed.is_empty() && failed.iter().all(|id| of(id)["attempts"] == 3), "{}", told.said());
    assert!(told.stdout().contains("1 flaky"), "{}", told.stdout());
    let junit = told.file("junit");
    assert!(junit.contains("fails only sometimes, passed at attempt 2"), "{junit}");
}

#[test]
fn one_scenario_is_chosen_by_its_id() {
    let target = Moody::start();
    target.is_wrong.store(false, Ordering::SeqCst);
    let few = target.run(&FEW);
    let ids = few.ids(|_| true);
    let id = ids.first().expect("one");
    let one = target.run(&["--id", id]);
    assert_eq!(one.ids(|_| true).into_iter().collect::<Vec<_>>(), [id.as_str()], "{}", one.said());
    let some = target.run(&["--id", "tencent-ci/face/-1302/newperson/*"]);
    assert!(
        some.exit() == 0 && some.ids(|_| true).iter().all(|id| id.contains("/-1302/newperson/")),
        "{}",
        some.said()
    );
    let none = target.run(&["--id", &id[..id.len() - 1]]);
    assert_eq!(none.exit(), 2);
    assert!(none.stderr().contains(&format!("did you mean {id}?")), "{}", none.stderr());
}

#[cfg(unix)]
#[test]
fn the_exit_is_kept_when_the_reader_of_the_output_is_gone() {
    use std::process::{Command, Stdio};
    let target = Moody::start();
    let (url, ready) = (target.proxy.url(), ready(&target.server));
    let mut command = Command::new(LIANPU);
    command.args(["run", "--quiet"]).args(at(&url, &ready)).args(FEW);
    let folder = tempfile::tempdir().expect("a folder");
    let mut process = command.current_dir(folder.path()).stdout(Stdio::piped()).spawn().expect("it starts");
    drop(process.stdout.take());
    assert_eq!(process.wait().expect("it ends").code(), Some(1));
}

#[test]
fn what_a_run_left_is_deleted_when_it_is_asked_for() {
    let server = shared();
    let keeps = Arc::new(AtomicBool::new(true));
    let mood = Arc::clone(&keeps);
    let proxy = Proxy::start(&server, move |exchange| match exchange.operation.as_str() {
        "delperson" if mood.load(Ordering::SeqCst) => Answer::Reply {
            status: "500 Internal Server Error",
            content_type: "text/plain",
            body: "not now".to_owned(),
        },
        _ => Answer::Honest,
    });
    let before = proxy.groups_now();
    let (url, ready) = (proxy.url(), ready(&server));
    let told = run(&[&at(&url, &ready)[..], &FEW].concat());
    let said = told.stdout().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("left over") && said.contains("lianpu tidy"), "{said}");
    let events = told.folder().join("events");
    let events = events.to_str().expect("UTF-8");
    let refused = crate::common::lianpu(&["tidy", events], None);
    assert_eq!(refused.status.code(), Some(1), "{}", String::from_utf8_lossy(&refused.stderr));
    keeps.store(false, Ordering::SeqCst);
    let tidied = crate::common::lianpu(&["tidy", events], None);
    assert_eq!(tidied.status.code(), Some(0), "{}", String::from_utf8_lossy(&tidied.stderr));
    assert!(String::from_utf8_lossy(&tidied.stdout).contains("deleted"), "{tidied:?}");
    assert_eq!(proxy.groups_now(), before);
}
