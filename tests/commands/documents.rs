//! What the pages say is so: every `lianpu` command in them parses, every file that they name is there, every link leads somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use lianpu::cli::Cli;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The pages: the README, what lies in `docs/`, and the READMEs below.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(ROOT);
    let mut pages = vec![root.join("README.md"), root.join("fuzz/README.md")];
    for entry in fs::read_dir(root.join("docs")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    assert!(pages.len() > 8, "{pages:?}");
    pages
}

/// The lines of shell in a page, continued ones joined, without comments.
fn shell(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.trim() {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => lines.push(line.to_owned()),
            _ => {}
        }
    }
    lines.join("\n").replace("\\\n", " ").lines().map(str::to_owned).collect()
}

/// The words of each command of ours in a line of shell.
fn commands(line: &str) -> Vec<Vec<String>> {
    let words = shlex::split(line).unwrap_or_else(|| panic!("no shell: {line}"));
    let parts = words.split(|word| ["&&", "||", ";", "|"].contains(&word.as_str()));
    let ours = |words: &[String]| {
        let words: Vec<_> = words.iter().filter(|word| *word != "…").cloned().collect();
        match words.first().map(String::as_str) {
            Some("lianpu") => Some(words),
            // `cargo run … -- WORDS` of the root package
            Some("cargo")
                if words.get(1).is_some_and(|word| word == "run") && !words.contains(&"-p".to_owned()) =>
            {
                let at = words.iter().position(|word| word == "--")?;
                Some(std::iter::once("lianpu".to_owned()).chain(words[at + 1..].iter().cloned()).collect())
            }
            _ => None,
        }
    };
    parts.filter_map(ours).collect()
}

#[test]
fn every_command_of_the_pages_parses() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for page in pages() {
        for line in shell(&fs::read_to_string(&page).unwrap()) {
            for words in commands(&line) {
                seen += 1;
                // Only a build with the feature knows the mistakes that can be planted.
                let planted = words.contains(&"--defect".to_owned()) && !cfg!(feature = "defects");
                if let Err(error) = Cli::command().try_get_matches_from(&words)
                    && !planted
                    && error.use_stderr()
                {
                    wrong.push(format!("{}: {}\n{error}", page.display(), words.join(" ")));
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} commands were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_of_the_pages_leads_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if !link.contains("://") && !file.is_empty() && !page.parent().unwrap().join(file).exists() {
                dead.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

/// Words in backticks that begin with a folder of the project name something that is there.
#[test]
fn every_path_that_the_pages_name_is_there() {
    const FOLDERS: [&str; 8] =
        ["src/", "engine/", "corpus/", "tests/", "features/", "fuzz/", "docs/", "benches/"];
    let mut missing = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = FOLDERS.iter().any(|folder| word.starts_with(folder));
            if is_path && !word.contains(['*', '<', ' ', '…', '{']) && !Path::new(ROOT).join(word).exists()
            {
                missing.push(format!("{}: {word}", page.display()));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
