//! Which source files import which, read from their text: `use` declarations and paths within the code.
//!
//! An import counts for the file that defines the name: what a module passes on from another one (`pub use`) is followed
//! there. That a module declares its parts (`mod part;`) or passes their names on is no import; that it uses them is.
//! Comments, texts and unit tests do not count. Reads what rustfmt writes; knows no macros but paths in them.

use std::collections::{BTreeMap, BTreeSet};

/// Files by what they import.
pub type Imports = BTreeMap<String, BTreeSet<String>>;

/// The imports among sources, which are given by their paths below the crate's root module, `lib.rs`.
pub fn imports(sources: &BTreeMap<String, String>) -> Imports {
    let files: Vec<File> = sources.iter().map(|(path, text)| File::read(path, text)).collect();
    let modules = files.iter().map(|file| (file.module.clone(), file)).collect();
    let of_file = |file: &File| {
        let used = file.used().into_iter().filter_map(|path| resolved(&path, &modules, 0));
        (file.path.clone(), used.filter(|used| *used != file.path).collect())
    };
    files.iter().map(of_file).collect()
}

/// The circles among files: groups in which each file leads to each other one.
pub fn circles(imports: &Imports) -> Vec<Vec<String>> {
    let reached = |from: &String| {
        let (mut found, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            next.extend(imports.get(file).into_iter().flatten().filter(|used| found.insert((*used).clone())));
        }
        found
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        imports.keys().map(|file| (file, reached(file))).collect();
    let mut circles = BTreeSet::new();
    for (file, others) in reached.iter().filter(|(file, others)| others.contains(**file)) {
        let back = |other: &&String| reached.get(*other).is_some_and(|others| others.contains(*file));
        circles.insert(others.iter().filter(back).cloned().collect::<Vec<_>>());
    }
    circles.into_iter().collect()
}

/// The code of a file: no comments, no texts, no unit tests.
pub fn code(text: &str) -> String {
    let text = without_tests(text);
    let (mut code, mut rest) = (String::new(), text.as_str());
    while let Some(character) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if character == '"' {
            text_length(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            code.push(character);
            character.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// Without what is compiled for unit tests alone: an item that ends in the line in which it begins, or at its closing brace.
fn without_tests(text: &str) -> String {
    let plain = |line| if str::starts_with(line, "#[cfg(all(test") { "#[cfg(test)]" } else { line };
    let text = text.lines().map(plain).collect::<Vec<_>>().join("\n");
    let mut parts = text.split("\n#[cfg(test)]\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |code, part| {
        let line = part.find('\n').map_or(part, |end| &part[..end]);
        let end = if line.ends_with(';') { part.find('\n') } else { part.find("\n}").map(|end| end + 2) };
        code + "\n" + end.map_or("", |end| &part[end..])
    })
}

/// Without `(in crate::module)`: who may see a thing is no import.
fn without_visibilities(code: &str) -> String {
    let mut parts = code.split("pub(in ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |code, part| code + "pub" + part.split_once(')').map_or("", |(_, rest)| rest))
}

/// The length of a text in quotes, at whose beginning the code stands.
fn text_length(code: &str) -> usize {
    let mut escaped = false;
    for (at, character) in code.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// A path from the crate's root.
type Segments = Vec<String>;

struct File {
    path: String,
    module: Segments,
    /// What is declared by `use`: the name it has here, its path, and whether it is passed on.
    uses: Vec<(String, Segments, bool)>,
    /// The code without its `use` declarations.
    rest: String,
}

impl File {
    fn read(path: &str, text: &str) -> Self {
        let module = module_of(path);
        let code = without_visibilities(&code(text));
        let (mut uses, mut rest, mut from) = (Vec::new(), String::new(), 0);
        while let Some((start, begin, passes_on)) = next_use(&code, from) {
            let end = code[begin..].find(';').map_or(code.len(), |end| begin + end);
            rest.push_str(&code[from..start]);
            for (name, path) in tree(&code[begin..end]) {
                uses.extend(absolute(&path, &module, &code).map(|path| (name, path, passes_on)));
            }
            from = end;
        }
        rest.push_str(&code[from..]);
        Self { path: path.to_owned(), module, uses, rest }
    }

    /// The paths that the file uses: what it declares, unless it only passes it on, and what stands in its code.
    fn used(&self) -> Vec<Segments> {
        // That a module declares a part of its own name is no use of it.
        let lines = self.rest.lines().filter(|line| !line.ends_with(';') || !line.contains("mod "));
        let words: BTreeSet<&str> = lines.flat_map(|line| line.split(|c: char| !is_word(c))).collect();
        let declared =
            self.uses.iter().filter(|(name, _, passes_on)| !passes_on || words.contains(name.as_str()));
        let mut used: Vec<_> = declared.map(|(_, path, _)| path.clone()).collect();
        for (at, _) in self.rest.match_indices("::") {
            let start = self.rest[..at].rfind(|c: char| !is_word(c)).map_or(0, |start| start + 1);
            // Only the beginning of a path is read on from.
            if self.rest[..start].ends_with("::") {
                continue;
            }
            let path = self.rest[start..].split(|c: char| !is_word(c) && c != ':').next().unwrap_or_default();
            let path: Segments =
                path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
            used.extend(absolute(&path, &self.module, &self.rest));
        }
        used
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// `http/body.rs` is `http`, `body`; `http/mod.rs` is `http`; `lib.rs` is the root.
fn module_of(path: &str) -> Segments {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut module: Segments = path.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    module
}

/// The next `use`: where the declaration starts, where its tree begins, and whether it passes names on.
fn next_use(code: &str, from: usize) -> Option<(usize, usize, bool)> {
    let mut search = from;
    loop {
        let at = search + code[search..].find("use ")?;
        search = at + 4;
        let line = code[..at].rfind('\n').map_or(0, |line| line + 1);
        let before = code[line..at].trim();
        if before.is_empty() {
            return Some((line.max(from), at + 4, false));
        }
        if before.starts_with("pub") && before.ends_with(['b', ')']) {
            return Some((line.max(from), at + 4, true));
        }
    }
}

/// The paths of a tree `a::{b, c as d, e::{self, f}}` with the name that each has.
fn tree(text: &str) -> Vec<(String, Segments)> {
    let text = text.trim();
    let Some((before, inner)) = text.split_once('{') else {
        let (path, name) = text.split_once(" as ").unwrap_or((text, ""));
        let mut path: Segments = path.split("::").map(|part| part.trim().to_owned()).collect();
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name =
            if name.is_empty() { path.last().cloned().unwrap_or_default() } else { name.trim().to_owned() };
        return vec![(name, path)];
    };
    let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, character) in inner.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| tree(&format!("{before}{}", part.trim()))).collect()
}

/// A path from the root, if it leads into the crate: by `crate`, `super` or `self`, or by a module declared in the code.
fn absolute(path: &[String], module: &[String], code: &str) -> Option<Segments> {
    let (first, rest) = path.split_first()?;
    let mut base = module.to_vec();
    match first.as_str() {
        "crate" => base.clear(),
        "self" => {}
        "super" => {
            base.pop()?;
            let further = rest.iter().take_while(|part| *part == "super").count();
            base.truncate(base.len().checked_sub(further)?);
            base.extend(rest.iter().skip(further).cloned());
            return Some(base);
        }
        part if code.contains(&format!("mod {part};")) => base.push(part.to_owned()),
        _ => return None,
    }
    base.extend(rest.iter().cloned());
    Some(base)
}

/// The file that defines what a path leads to; names that are passed on are followed.
fn resolved(path: &[String], modules: &BTreeMap<Segments, &File>, depth: usize) -> Option<String> {
    let (file, rest) =
        (0..=path.len()).rev().find_map(|cut| Some((modules.get(&path[..cut])?, &path[cut..])))?;
    let passed_on = rest.first().filter(|_| depth < 8).and_then(|name| {
        let named = |(known, _, passes_on): &&(String, Segments, bool)| *passes_on && known == name;
        let (_, path, _) = file.uses.iter().find(named)?;
        let path: Segments = path.iter().chain(&rest[1..]).cloned().collect();
        resolved(&path, modules, depth + 1)
    });
    passed_on.or_else(|| Some(file.path.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_circle_is_found_and_nothing_else() {
        let read = |sources: &[(&str, &str)]| {
            let sources = sources.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
            imports(&sources.collect())
        };
        let honest = [
            ("lib.rs", "pub mod a;\nmod b;\npub use a::One;\n"),
            ("a/mod.rs", "//! See [`crate::b`].\nmod one;\nmod two;\npub use one::One;\n\npub struct Own;\n"),
            ("a/one.rs", "use super::two::{self, Two};\n\npub struct One(Two);\n"),
            ("a/two.rs", "pub struct Two;\nconst TEXT: &str = \"crate::b::B\";\n"),
            (
                "b.rs",
                "use crate::a::{One, Own as Ours};\n\n#[cfg(test)]\nmod tests {\n    use crate::c::C;\n}\n",
            ),
            ("c.rs", "#[cfg(test)]\nmod sample;\n\npub struct C(crate::b::B);\n"),
        ];
        let found = read(&honest);
        let used = |file: &str| found[file].iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(used("a/one.rs"), ["a/two.rs"]);
        assert_eq!(used("b.rs"), ["a/mod.rs", "a/one.rs"], "a name is its definer's");
        assert_eq!(used("c.rs"), ["b.rs"], "a path in the code counts");
        assert!(
            used("a/mod.rs").is_empty() && used("lib.rs").is_empty(),
            "declaring and passing on does not"
        );
        assert!(circles(&found).is_empty());

        let planted = |path: &str, text: &'static str| {
            let mut sources = honest;
            sources.iter_mut().filter(|(known, _)| *known == path).for_each(|source| source.1 = text);
            circles(&read(&sources))
        };
        assert_eq!(planted("a/two.rs", "use super::One;\n"), [["a/one.rs", "a/two.rs"]]);
        assert_eq!(planted("a/two.rs", "fn two() -> crate::One {}\n"), [["a/one.rs", "a/two.rs"]]);
        assert_eq!(
            planted("a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub struct Own(One);\n").len(),
            0
        );
        assert_eq!(
            planted("a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub struct Own(One, crate::b::B);\n"),
            [["a/mod.rs", "b.rs"]]
        );
        let three = "use super::{\n    super::c,\n};\n";
        assert_eq!(planted("a/two.rs", three), [["a/one.rs", "a/two.rs", "b.rs", "c.rs"]]);
    }
}
