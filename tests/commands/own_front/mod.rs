//! A front that nobody else knows, and its folder of data: run against, fuzzed and replayed.
//!
//! That it is served, and explained by a record, is tested beside the front itself.

#[path = "../../../engine/tests/server/small_front/front.rs"]
mod front;

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use lianpu_engine::{Config, Engine, vision};

use self::front::PostOffice;
use crate::common::lianpu;

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

    let fuzz = ["fuzz", "--quiet", "--seed", "1", "--cases", "60", "--subject", "signature", "--out", "fuzz"];
    let (exit, fuzzed) = said(folder, &[&fuzz[..], &about].concat());
    assert!(exit == 1 && fuzzed.contains("1, which"), "{fuzzed}");
    let first = fs::read_dir(folder.join("fuzz")).unwrap().map(|entry| entry.unwrap().path());
    let first = first.filter(|path| path.is_dir()).min().unwrap();
    let (exit, shown) = replayed(first.to_str().unwrap());
    assert!(exit == 1 && shown.contains("got 1"), "{shown}");
}
