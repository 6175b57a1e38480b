//! Defects that can be planted, by name. The list lies beside this file; `(weak)` marks those that only an inference forbids.

use std::sync::Arc;

/// A name and a sentence on each line, with a tab between.
const LIST: &str = include_str!("defects.tsv");

/// The defects that are planted.
#[derive(Clone, Debug, Default)]
pub struct Defects(Arc<[String]>);

impl Defects {
    /// Plants defects; unknown names are told.
    pub fn planted(names: &[String]) -> Result<Self, String> {
        match names.iter().find(|name| !known().any(|(known, _)| known == name.as_str())) {
            Some(unknown) => Err(format!("no defect is called {unknown}; --list-defects names them all")),
            None => Ok(Self(names.into())),
        }
    }

    /// Whether one is planted.
    pub fn on(&self, name: &str) -> bool {
        debug_assert!(known().any(|(known, _)| known == name), "{name} is not in the list");
        self.0.iter().any(|planted| planted == name)
    }
}

/// The names with their sentences.
fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter_map(|line| line.split_once('\t'))
}

/// The list for people.
pub fn list() -> String {
    known().fold(String::new(), |list, (name, sentence)| list + &format!("{name:<36} {sentence}\n"))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// All source below a folder.
    fn source(folder: &Path) -> String {
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        entries
            .map(|entry| match entry.path() {
                path if path.is_dir() => source(&path),
                path if path.extension().is_some_and(|kind| kind == "rs") => {
                    fs::read_to_string(path).expect("text")
                }
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn the_list_and_the_source_name_the_same_defects() {
        let text = source(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
        let opening = concat!("on", "(\"");
        let used: BTreeSet<&str> =
            text.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let listed: BTreeSet<&str> = known().map(|(name, _)| name).collect();
        assert_eq!(used, listed);
        assert_eq!(known().count(), listed.len());
    }

    #[test]
    fn unknown_names_are_refused() {
        assert!(
            Defects::planted(&["start-ignored".to_owned()]).is_ok_and(|planted| planted.on("start-ignored"))
        );
        assert!(Defects::planted(&["nothing".to_owned()]).is_err());
    }
}
