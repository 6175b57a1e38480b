//! The rules of dependence, kept as tests: who may use whom, what the pure modules must not know, how long a file may be.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking and is documented by its name"
)]

use std::fs;
use std::path::{Path, PathBuf};

use lianpu_testing::imports::{circles, imports};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Modules of the harness that know no socket, clock, file or environment.
const PURE: [&str; 10] =
    ["wire", "sign", "portrait", "catalog", "request", "provoke", "mutate", "oracle", "judge", "report"];

/// Modules in their order from the inside outwards: each may use those before it. `report` stands beside `provoke`. `portrait`
/// is a package of its own, which uses nothing but the corpus.
const LAYERS: [&[&str]; 8] = [
    &["wire"],
    &["sign", "catalog", "judge"],
    &["request"],
    &["provoke", "mutate", "oracle", "report"],
    &["run"],
    &["bundle"],
    &["fuzzing"],
    &["cli"],
];

/// What a pure module must not name.
const IMPURE: [&str; 10] = [
    "std::net",
    "std::fs",
    "std::env",
    "std::time::SystemTime",
    "std::time::Instant",
    "Instant::now",
    "SystemTime::now",
    "tokio::",
    "reqwest::",
    "std::process",
];

/// Lines that a file may have.
const LONGEST: usize = 600;

/// The sources below a folder, without the tests and benches of a package that lies in it.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if ["portrait/tests", "portrait/benches"].iter().any(|other| path.ends_with(other)) => {}
                true => folders.push(path),
                false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

/// The code of a file without comments, up to its unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn offences(folder: &str, allowed: impl Fn(&Path) -> bool, forbidden: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(folder).into_iter().filter(|path| !allowed(path)) {
        let code = code(&path);
        for word in forbidden.iter().filter(|word| code.contains(**word)) {
            found.push(format!("{} names {word}", path.strip_prefix(ROOT).unwrap().display()));
        }
    }
    found
}

/// The packages of this project that a package uses in one section of its manifest.
fn uses(package: &str, section: &str) -> Vec<String> {
    let manifest = fs::read_to_string(Path::new(ROOT).join(package).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let section = manifest.get(section).and_then(toml::Value::as_table);
    let names = section.into_iter().flatten().map(|(name, _)| name.clone());
    names.filter(|name| name.starts_with("lianpu")).collect()
}

#[test]
fn packages_use_only_what_is_further_in() {
    for section in ["dependencies", "build-dependencies"] {
        let corpus: &[&str] = if section == "dependencies" { &["lianpu-corpus"] } else { &[] };
        assert_eq!(uses("corpus", section), Vec::<String>::new());
        assert_eq!(uses("tests/support", section), Vec::<String>::new());
        assert_eq!(uses("src/portrait", section), corpus);
        assert_eq!(uses("engine", section), corpus);
    }
    assert_eq!(uses("corpus", "dev-dependencies"), Vec::<String>::new());
    assert_eq!(uses("src/portrait", "dev-dependencies"), ["lianpu-testing"]);
    let drawn = ["lianpu-portrait", "lianpu-testing"];
    assert_eq!(uses("engine", "dev-dependencies"), drawn, "its tests draw whom it looks at");
}

#[test]
fn only_the_command_line_meets_the_engine() {
    let in_cli = |path: &Path| path.starts_with(Path::new(ROOT).join("src/cli"));
    assert_eq!(offences("src", in_cli, &["lianpu_engine"]), Vec::<String>::new());
}

#[test]
fn the_engine_never_uses_the_harness() {
    assert_eq!(offences("engine/src", |_| false, &["lianpu::", "lianpu_portrait"]), Vec::<String>::new());
}

#[test]
fn the_corpus_and_the_portraits_use_neither() {
    for folder in ["corpus/src", "src/portrait"] {
        assert_eq!(offences(folder, |_| false, &["lianpu_engine", "lianpu::"]), Vec::<String>::new());
    }
}

#[test]
fn pure_modules_know_no_socket_clock_file_or_environment() {
    for module in PURE {
        assert_eq!(offences(&format!("src/{module}"), |_| false, &IMPURE), Vec::<String>::new());
    }
}

#[test]
fn modules_use_only_what_is_further_in() {
    for (layer, modules) in LAYERS.iter().enumerate() {
        let outer: Vec<_> = LAYERS[layer + 1..].iter().flat_map(|modules| modules.iter()).collect();
        let forbidden: Vec<_> = outer.iter().map(|module| format!("crate::{module}::")).collect();
        let forbidden: Vec<_> = forbidden.iter().map(String::as_str).collect();
        for module in *modules {
            assert_eq!(offences(&format!("src/{module}"), |_| false, &forbidden), Vec::<String>::new());
        }
    }
}

/// Circles of files that are meant, each as its files, with the reason; at most two in the harness.
const CIRCLES: [(&[&str], &str); 0] = [];

#[test]
fn no_files_import_one_another_in_a_circle() {
    assert!(CIRCLES.len() <= 2 && CIRCLES.iter().all(|(_, reason)| !reason.is_empty()));
    let mut found = Vec::new();
    for package in ["src", "src/portrait", "corpus/src", "tests/support"] {
        let root = Path::new(ROOT).join(package);
        let own = files(package).into_iter().filter_map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            // Another package, and the command, which is a crate of its own.
            let is_apart = package == "src" && (name.starts_with("portrait/") || name == "main.rs");
            (!is_apart).then(|| (name, fs::read_to_string(path).unwrap()))
        });
        let circles = circles(&imports(&own.collect()));
        let meant =
            |circle: &Vec<String>| CIRCLES.iter().any(|(files, _)| package == "src" && circle == files);
        found.extend(circles.into_iter().filter(|circle| !meant(circle)).map(|circle| (package, circle)));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn nothing_prints_but_the_terminal() {
    let terminal = |path: &Path| path.to_string_lossy().contains("src/cli/terminal");
    assert_eq!(
        offences("src", terminal, &["println!(", "eprintln!(", "print!(", "dbg!("]),
        Vec::<String>::new()
    );
}

#[test]
fn files_stay_short() {
    let mut long = Vec::new();
    for folder in [
        "src",
        "engine/src",
        "corpus/src",
        "tests",
        "engine/tests",
        "corpus/tests",
        "src/portrait/tests",
        "benches",
        "engine/calibrate/src",
        "docs/terminal-svg",
        "fuzz/fuzz_targets",
    ] {
        for path in files(folder) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > LONGEST {
                long.push(format!("{} has {lines} lines", path.strip_prefix(ROOT).unwrap().display()));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    for folder in ["src", "engine/src", "corpus/src"] {
        for path in files(folder) {
            if !fs::read_to_string(&path).unwrap().starts_with("//!") {
                silent.push(path.strip_prefix(ROOT).unwrap().display().to_string());
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

/// The vendor is data: in the harness its names stand only where a mechanism is its own.
#[test]
fn the_harness_knows_vendors_only_as_mechanisms() {
    let mechanism = |path: &Path| {
        let path = path.strip_prefix(ROOT).unwrap().to_string_lossy().into_owned();
        // Made-up runs, and unit tests.
        let sample = ["/sample.rs", "/tests.rs", "/properties.rs"].iter().any(|file| path.ends_with(file));
        sample || path.starts_with("src/sign/") || path.starts_with("src/cli/")
    };
    let names = ["tencent", "baidu", "faceid", "万象"];
    assert_eq!(offences("src", mechanism, &names), Vec::<String>::new());
}

/// Mutators say what they broke in classes of conditions; which conditions those are, each dialect's data say.
#[test]
fn mutators_name_no_condition_of_a_dialect() {
    let mut conditions = Vec::new();
    for name in lianpu_corpus::dialect_names() {
        let tables = &lianpu_corpus::bundled(name).unwrap().tables;
        let rows = tables.iter().flat_map(|table| &table.rows);
        conditions.extend(rows.filter_map(|row| row.condition.as_deref()));
    }
    let mut found = Vec::new();
    for path in files("src/mutate") {
        let code = code(&path);
        for line in code.lines() {
            // The name of a mutator, which may be that of a condition, begins its line in the list.
            let said = line.split('"').skip(1).step_by(2);
            let is_list = line.trim_start().starts_with('"') && line.contains(" {");
            for word in said.skip(usize::from(is_list)).filter(|word| conditions.contains(word)) {
                found.push(format!("{} names {word}", path.strip_prefix(ROOT).unwrap().display()));
            }
        }
    }
    assert!(conditions.len() > 100);
    assert_eq!(found, Vec::<String>::new());
}

/// A scheme is known by its own files and by a line (and its import) of the two registries: to add one is to touch these.
#[test]
fn a_signature_scheme_stands_in_its_own_files_and_the_two_registries() {
    let schemes: Vec<_> =
        files("src/sign").into_iter().filter(|path| code(path).contains("impl Scheme for ")).collect();
    assert_eq!(schemes.len(), lianpu::sign::SCHEMES.len());
    for path in schemes {
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        let words = code(&path);
        let scheme = words.split("impl Scheme for ").nth(1).unwrap().split(' ').next().unwrap();
        let name = words.split("pub const NAME: &str = \"").nth(1).unwrap().split('"').next().unwrap();
        assert!(lianpu::sign::scheme(name).is_ok(), "{name}");
        let own = |path: &Path| {
            let path = path.strip_prefix(ROOT).unwrap().to_string_lossy().into_owned();
            let mutators = format!("src/mutate/signature/{module}");
            path == format!("src/sign/{module}.rs")
                || path == format!("{mutators}.rs")
                || path.starts_with(&format!("{mutators}/"))
        };
        let registries = ["src/sign/registry.rs", "src/sign/mod.rs", "src/mutate/signature/mod.rs"];
        let is_registry = |path: &Path| registries.iter().any(|known| path.ends_with(known));
        let known_by = [format!("{module}::"), format!("{scheme}Mutation"), format!("&{scheme}")];
        let known_by: Vec<_> = known_by.iter().map(String::as_str).collect();
        let elsewhere = |path: &Path| own(path) || is_registry(path);
        assert_eq!(offences("src", elsewhere, &known_by), Vec::<String>::new());
        for (registry, most) in registries.iter().zip([2, 1, 2]) {
            let code = code(&Path::new(ROOT).join(registry));
            let lines = code.lines().filter(|line| line.contains(&module) || line.contains(scheme));
            assert!(lines.count() <= most, "{registry} knows {module} in more than {most} lines");
        }
        assert!(files("src/mutate/signature").iter().any(|path| own(path)), "{name} has no mutators");
    }
}
