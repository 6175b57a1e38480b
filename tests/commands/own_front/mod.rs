//! A front that nobody else knows, and its folder of data: run against, fuzzed and replayed.
//!
//! That it is served, and explained by a record, is tested beside the front itself.

#[path = "../../../engine/tests/server/small_front/front.rs"]
mod front;

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use lianpu_engine::{Config, Engine, vision};

use self::front::PostOffice;
use crate::common::{LIANPU, lianpu};

/// The folder of its data.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/own_front/post-office");

/// Serves the front until the test program ends; its address.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    std::thread::spawn(move || {
        let analyser = vision::load(None).unwrap();
        let engine = Engine::with_fronts(Config::documented().unwrap(), analyser, vec![Box::new(PostOffice)]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            Arc::new(engine).serve(listener, std::future::pending()).await;
        });
    });
    format!("http://{address}")
}

/// The data in a folder of their own, with the row of a missing stamp under another code.
fn with_another_code(folder: &Path) {
    fs::create_dir_all(folder.join("office/tables")).unwrap();
    for file in ["dialect.toml", "operations.toml", "provocations.toml", "tables/errors.toml"] {
        let text = fs::read_to_string(Path::new(DATA).join(file)).unwrap();
        let text = text.replace("code = 1\n", "code = 7\n").replace("row = 1\n", "row = 7\n");
        fs::write(folder.join("office").join(file), text).unwrap();
    }
}

/// Runs the command in a folder; its exit and all it said.
fn said(folder: &Path, words: &[&str]) -> (i32, String) {
    let output = lianpu(words, Some(folder));
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn a_front_of_ones_own_is_run_against_by_its_data_alone() {
    let folder = tempfile::tempdir().unwrap();
    let target = serve();
    let about = ["--catalog", DATA, "--dialect", "post-office", "--target", &target];
    let (exit, judged) = said(folder.path(), &[&["run", "--quiet"][..], &about].concat());
    assert_eq!(exit, 0, "{judged}");
    assert!(judged.contains("12 scenarios, 12 pass"), "{judged}");
    let kinds = ["parameter-dropped", "parameter-emptied", "bearer-unknown", "bearer-cut"];
    let kinds: Vec<_> = kinds.iter().flat_map(|kind| ["--mutator", *kind]).collect();
    let fuzz = [&["fuzz", "--quiet", "--seed", "1", "--cases", "200"][..], &kinds].concat();
    let (exit, fuzzed) = said(folder.path(), &[&fuzz[..], &about].concat());
    assert!(exit == 0 && fuzzed.contains("200 cases") && fuzzed.contains("0 findings"), "{fuzzed}");
}

#[test]
fn what_deviates_from_the_data_of_ones_own_is_found_and_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_another_code(folder);
    let target = serve();
    let about = ["--catalog", "office", "--dialect", "post-office", "--target", &target];
    let replayed =
        |bundle: &str| said(folder, &["replay", bundle, "--catalog", "office", "--target", &target]);

    let (exit, judged) = said(folder, &[&["run", "--quiet"][..], &about].concat());
    assert!(exit == 1 && judged.contains("expected 7, got 1"), "{judged}");
    let bundles = fs::read_dir(folder.join("lianpu-report/reproducers")).unwrap();
    let bundles: Vec<_> = bundles.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(bundles.len(), 4, "{judged}");
    let (exit, shown) = replayed(bundles[0].to_str().unwrap());
    assert!(exit == 1 && shown.contains("expected 7, got 1"), "{shown}");

    let commands = printed(&judged);
    assert_eq!(commands.len(), 8, "two for each of four failures: {judged}");
    for command in commands {
        let (exit, shown) = in_a_shell(folder, &command);
        assert!(exit == Some(1) && shown.contains("expected 7, got 1"), "{command}: {exit:?}: {shown}");
    }

    let fuzz = ["fuzz", "--quiet", "--seed", "1", "--cases", "60", "--subject", "signature", "--out", "fuzz"];
    let (exit, fuzzed) = said(folder, &[&fuzz[..], &about].concat());
    assert!(exit == 1 && fuzzed.contains("1, which"), "{fuzzed}");
    let first = fs::read_dir(folder.join("fuzz")).unwrap().map(|entry| entry.unwrap().path());
    let first = first.filter(|path| path.is_dir()).min().unwrap();
    let (exit, shown) = replayed(first.to_str().unwrap());
    assert!(exit == 1 && shown.contains("got 1"), "{shown}");
    let commands = printed(&fuzzed);
    assert!(!commands.is_empty(), "{fuzzed}");
    for command in commands {
        let (exit, shown) = in_a_shell(folder, &command);
        assert!(exit == Some(1) && shown.contains("got 1"), "{command}: {exit:?}: {shown}");
    }

    // Where no target is named, both go where they were.
    let catalog = ["--catalog", "office"];
    let (exit, shown) = said(folder, &[&["replay", first.to_str().unwrap()][..], &catalog].concat());
    assert!(exit == 1 && shown.starts_with(&format!("target    {target} at {target}")), "{exit}: {shown}");
    let resume = ["fuzz", "--quiet", "--cases", "70", "--resume", "fuzz"];
    let (exit, shown) = said(folder, &[&resume[..], &catalog].concat());
    assert!(exit == 1 && shown.contains(&target), "{exit}: {shown}");
}

/// The commands that a summary prints to see a failure again; a backslash goes on in the next line.
fn printed(summary: &str) -> Vec<String> {
    let mut lines = summary.lines();
    let mut commands = Vec::new();
    while let Some(line) = lines.next() {
        let label = ["again ", "replay "].iter().find_map(|label| line.trim_start().strip_prefix(label));
        let Some(mut command) =
            label.map(|rest| rest.trim().to_owned()).filter(|rest| rest.starts_with("lianpu "))
        else {
            continue;
        };
        while let Some(begun) = command.strip_suffix('\\') {
            command = format!("{begun} {}", lines.next().unwrap_or_default().trim());
        }
        commands.push(command);
    }
    commands
}

/// Runs a command as somebody who copies it does; its exit and all it said.
fn in_a_shell(folder: &Path, command: &str) -> (Option<i32>, String) {
    let programs = Path::new(LIANPU).parent().unwrap().display();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    let output =
        shell.args(["-c", command]).env("PATH", path).env("NO_COLOR", "1").current_dir(folder).output();
    let output = output.unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}
