//! The rules of dependence within the engine, kept as tests: who may use whom, where vendors are known, and that no files
//! import one another in a circle.

#![allow(missing_docs, unreachable_pub, reason = "tests are documented by their names")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lianpu_testing::imports::{circles, code, imports};

/// Modules in their order from the inside outwards: each may use those of the lines before it, and nothing of its own line.
const LAYERS: [&[&str]; 9] = [
    &["vision", "fetch"],
    &["gallery"],
    &["front"],
    &["record", "defect", "tencent_ci", "baidu_face"],
    &["http", "fronts"],
    &["config"],
    &["engine"],
    &["fuzzing"],
    &["cli"],
];

/// The only file that names fronts.
const FRONTS: &str = "fronts.rs";

/// Words of vendors beside the names of their folders.
const WORDS: [&str; 6] = ["tencent", "baidu", "万象", "优图", "qcloud", "bce-"];

/// The sources by their path below `src`, without the command's `main.rs`, which is a crate of its own.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).expect("below it").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("a source"));
            }
        }
    }
    found.remove("main.rs");
    assert!(found.len() > 200, "{} files", found.len());
    found
}

/// The module at the top of a path: `http/body.rs` is of `http`.
fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The folders of fronts, as the list of all fronts imports them.
fn vendors(sources: &BTreeMap<String, String>) -> Vec<String> {
    let fronts: Vec<_> = sources[FRONTS]
        .match_indices("::FRONT")
        .filter_map(|(at, _)| sources[FRONTS][..at].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next())
        .map(str::to_owned)
        .collect();
    assert!(fronts.len() >= 2, "{fronts:?}");
    fronts
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let circles = circles(&imports(&sources()));
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn modules_use_those_further_inside_only() {
    let layer = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut offences = Vec::new();
    for (file, used) in imports(&sources()) {
        let (from, own) = (top(&file).to_owned(), layer(top(&file)));
        for used in used.iter().filter(|used| top(used) != from && file != "lib.rs") {
            assert!(own.is_some() && layer(top(used)).is_some(), "{file} or {used} stands in no layer");
            if layer(top(used)) >= own {
                offences.push(format!("{file} uses {used}"));
            }
        }
    }
    assert!(offences.is_empty(), "{offences:#?}");
}

#[test]
fn nobody_knows_a_vendor_but_its_folder_and_the_list_of_fronts() {
    let sources = sources();
    let vendors = vendors(&sources);
    let mut offences = Vec::new();
    for (file, text) in &sources {
        if file == FRONTS || vendors.iter().any(|vendor| vendor == top(file)) {
            continue;
        }
        // What is seen of faces is told in units for which vendors' documents are the source, which is said there.
        let text = if top(file) == "vision" { code(text) } else { text.clone() };
        for line in text.lines().filter(|line| file != "lib.rs" || !line.starts_with("pub mod ")) {
            let lower = line.to_lowercase();
            let words = WORDS.iter().copied().chain(vendors.iter().map(String::as_str));
            offences.extend(
                words.filter(|word| lower.contains(word)).map(|word| format!("{file}: {word}: {line}")),
            );
        }
    }
    assert!(offences.is_empty(), "{offences:#?}");
}

#[test]
fn nobody_asks_for_a_defect_but_what_makes_defects() {
    let makers =
        |file: &str| top(file) == "defect" || file == "front/defect.rs" || file.ends_with("/spoilt.rs");
    let asking: Vec<_> = sources()
        .into_iter()
        .filter(|(file, text)| !makers(file) && code(text).contains("defects.has("))
        .map(|(file, _)| file)
        .collect();
    assert!(asking.is_empty(), "{asking:?}");
}
