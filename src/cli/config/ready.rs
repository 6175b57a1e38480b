//! `--credentials FILE`: the line that a server of ours writes when it is ready.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lianpu_corpus::{Account, LackingPart, dialect};
use serde::Deserialize;

use super::{ConfigError, Fault};

/// The ready line. Members that are not named here are another program's business.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Ready {
    /// Scheme, host and port.
    pub(super) base_url: Option<String>,
    /// The accounts of each dialect.
    #[serde(default)]
    pub(super) accounts: BTreeMap<String, Vec<Account>>,
    /// What the server says it has, in its own words.
    capabilities: Option<Vec<String>>,
    /// Its limits by dialect and name.
    #[serde(default)]
    pub(super) limits: BTreeMap<String, BTreeMap<String, u64>>,
}

/// The server's words and ours.
const WORDS: [(&str, &str); 5] = [
    ("content-markers", "content-markers"),
    ("face-nets", "face-nets"),
    ("faults", "fault-hook"),
    ("private-urls", "origin"),
    ("test-citizens", "test-citizens"),
];

impl Ready {
    pub(super) fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::File { file: path.to_owned(), source })?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let fault = |line, why: String| {
            let file = path.display().to_string();
            ConfigError::Faults(vec![Fault { file, line, key: String::new(), why }])
        };
        let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        // A server may have logged other lines before.
        let ready =
            lines().find(|(_, line)| line.trim_start().starts_with('{') && line.contains("\"ready\""));
        let Some((index, line)) = ready.or_else(|| lines().next()) else {
            return Err(fault(None, "is empty; it must hold the line {\"ready\":true,…}".to_owned()));
        };
        // The parser's own words can hold values of the line; its class and place cannot.
        let read: Self = serde_json::from_str(line).map_err(|error| {
            let class = match error.classify() {
                serde_json::error::Category::Data => {
                    "not a ready line: a member has another type or is missing"
                }
                _ => "not one JSON object in one line",
            };
            fault(
                Some(index + 1),
                format!(
                    "{class} (column {}); it must be like {{\"ready\":true,\"base_url\":…,\"accounts\":…}}",
                    error.column()
                ),
            )
        })?;
        let accounts = read.accounts.into_iter().map(|(name, told)| {
            let named =
                named(&name, told).map_err(|why| fault(Some(index + 1), format!("not a ready line: {why}")));
            Ok((name, named?))
        });
        Ok(Self { accounts: accounts.collect::<Result<_, ConfigError>>()?, ..read })
    }

    /// The same line, handed over in this process.
    pub(super) fn of(value: &serde_json::Value) -> Result<Self, ConfigError> {
        Self::parse(Path::new("the bundled engine's ready line"), &value.to_string())
    }

    /// The capabilities in our words, and those we do not know; `None` where the line says nothing of them.
    pub(super) fn capabilities(&self) -> Option<(BTreeSet<String>, Vec<String>)> {
        let said = self.capabilities.as_ref()?;
        let mut known = BTreeSet::new();
        let mut unknown = Vec::new();
        for word in said {
            match WORDS.iter().find(|(theirs, ours)| theirs == word || ours == word) {
                Some((_, ours)) => {
                    known.insert((*ours).to_owned());
                }
                None => unknown.push(word.clone()),
            }
        }
        Some((known, unknown))
    }
}

/// A dialect's accounts, in its vendor's words or in ours, with our names. Of an unknown dialect nobody knows the words.
fn named(name: &str, told: Vec<Account>) -> Result<Vec<Account>, String> {
    let Ok(dialect) = dialect(name) else { return Ok(told) };
    let named = told.into_iter().enumerate().map(|(index, told)| {
        let named = dialect.manifest.account(told);
        named.map_err(|LackingPart(part)| format!("account {} of {name} has no {part}", index + 1))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_is_found_below_other_lines() {
        let text = "starting\n{\"ready\":true,\"base_url\":\"http://127.0.0.1:1\",\"capabilities\":[\"faults\",\"private-urls\",\"dance\"],\"vision\":\"nets\"}\n";
        let ready = Ready::parse(Path::new("ready.json"), text).unwrap();
        let (known, unknown) = ready.capabilities().unwrap();
        assert_eq!(known, BTreeSet::from(["fault-hook".to_owned(), "origin".to_owned()]));
        assert_eq!(unknown, ["dance"]);
    }

    #[test]
    fn an_account_is_told_in_the_vendors_words_and_must_be_whole() {
        let of = |account: &str| {
            let line = format!("{{\"ready\":true,\"accounts\":{{\"baidu-face\":[{account}]}}}}");
            Ready::parse(Path::new("ready.json"), &line)
        };
        let ready = of("{\"app_id\":\"7\",\"api_key\":\"i\",\"secret_key\":\"HUSH\",\"quota\":{}}").unwrap();
        assert_eq!(ready.accounts["baidu-face"][0].part("secret_id"), "i");
        let error = of("{\"app_id\":\"7\",\"secret_key\":\"HUSH\"}").unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("account 1 of baidu-face has no secret_id") && !shown.contains("HUSH"),
            "{shown}"
        );
    }

    #[test]
    fn a_line_that_is_none_is_told_without_its_values() {
        for text in [
            "",
            "{\"ready\":true,\"accounts\":{\"tencent-ci\":\"HUSHHUSH\"}}",
            "{\"ready\":true,\"accounts\":{\"tencent-ci\":[{\"secret_key\":\"HUSHHUSH\"",
            "HUSHHUSH",
        ] {
            let error = Ready::parse(Path::new("ready.json"), text).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("ready.json") && !shown.contains("HUSH"), "{shown}");
        }
    }
}
