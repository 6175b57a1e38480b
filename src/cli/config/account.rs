//! One account as it is configured: each part a name of an environment variable, or, where it is public, a literal.

use std::collections::BTreeMap;

use lianpu_corpus::{Account, KeyPair, Manifest};

use super::Fault;
use super::document::{Reader, Section, joined};

/// One part of an account, by the name that signature schemes use.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountPart {
    /// Whether it is that of the further key, which has been disabled.
    disabled: bool,
    name: String,
}

/// `[target.<name>.account.<dialect>]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountConfig {
    /// Where each part comes from.
    pub parts: BTreeMap<AccountPart, Origin>,
    /// The requests a second that the account may send.
    pub requests_per_second: Option<u32>,
    /// The file, the line the account begins in, and its key.
    pub place: (String, usize, String),
}

/// Where a part comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// From the file itself.
    Literal(String),
    /// From the environment variable of this name.
    Variable(String),
}

impl AccountPart {
    /// The parts that the dialect's accounts have, in the order of messages, with its words for them; also their keys in
    /// the file.
    fn of(dialect: &Manifest) -> Vec<(Self, String)> {
        let part = |disabled, name: &str| Self { disabled, name: name.to_owned() };
        let own = dialect.credentials.iter().map(|(name, told)| (part(false, name), told.word.clone()));
        let disabled =
            dialect.key_parts().map(|(name, told)| (part(true, name), format!("disabled_{}", told.word)));
        own.chain(disabled).collect()
    }

    /// Whether it may stand in the file itself.
    fn is_public(&self, dialect: &Manifest) -> bool {
        !self.disabled && dialect.is_public(&self.name)
    }
}

/// `LIANPU_TENCENT_CI_SECRET_KEY`, `LIANPU_BAIDU_FACE_SECOND_API_KEY`: the variable of a part, by the dialect's word for it.
fn variable(dialect: &Manifest, word: &str, second: bool) -> String {
    let dialect = dialect.name.replace('-', "_").to_uppercase();
    let second = if second { "SECOND_" } else { "" };
    format!("LIANPU_{dialect}_{second}{}", word.to_uppercase())
}

/// The variable that a message names as an example of an account's: the first half of its key.
pub(super) fn first_variable(dialect: &Manifest) -> String {
    let key = dialect.key_parts().next().map(|(_, part)| part.word.as_str());
    variable(dialect, key.unwrap_or_default(), false)
}

/// The key of the environment variable's name in the file.
fn variable_key(word: &str) -> String {
    format!("{word}_env")
}

/// Reads one account of the file.
pub(super) fn read(
    reader: &mut Reader<'_>,
    path: &str,
    section: Section<'_>,
    dialect: &Manifest,
) -> AccountConfig {
    let words = AccountPart::of(dialect);
    let keys = words.iter().flat_map(|(_, word)| [word.clone(), variable_key(word)]);
    let known: Vec<_> = keys.chain(["requests_per_second".to_owned()]).collect();
    reader.only(path, section, &known.iter().map(String::as_str).collect::<Vec<_>>());
    let mut parts = BTreeMap::new();
    for (part, word) in words {
        let variable_key = variable_key(&word);
        if section.has(&word) && !part.is_public(dialect) {
            let line = reader.line_of(section, &word);
            let why = format!(
                "secrets never stand in this file; write {variable_key} = \"NAME\" with the name of an environment variable"
            );
            reader.fault(line, &joined(path, &word), why);
        } else if let Some((line, name)) = reader.string(path, section, &variable_key) {
            if !is_variable_name(&name) {
                let why = "must be the name of an environment variable: A-Z, 0-9 and _";
                reader.fault(line, &joined(path, &variable_key), why);
            } else if section.has(&word) {
                let why = format!("stands beside {word}; write one of the two");
                reader.fault(line, &joined(path, &variable_key), why);
            }
            parts.insert(part, Origin::Variable(name));
        } else if let Some((_, text)) = reader.string(path, section, &word) {
            parts.insert(part, Origin::Literal(text));
        }
    }
    let rate = reader.whole(path, section, "requests_per_second").and_then(|(line, rate)| {
        let rate = u32::try_from(rate).ok().filter(|rate| *rate > 0);
        if rate.is_none() {
            reader.fault(line, &joined(path, "requests_per_second"), "must be from 1");
        }
        rate
    });
    AccountConfig {
        parts,
        requests_per_second: rate,
        place: (reader.file().to_owned(), section.line, path.to_owned()),
    }
}

/// Upper case only: a secret put there by mistake is refused, and never shown as a missing variable's name.
fn is_variable_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_uppercase() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The account from the environment and the file, part by part; `None` where neither says anything.
pub(super) fn account(
    dialect: &Manifest,
    second: bool,
    config: Option<&AccountConfig>,
    env: &dyn Fn(&str) -> Option<String>,
    faults: &mut Vec<Fault>,
) -> Option<Account> {
    let env = |name: &str| env(name).filter(|value| !value.is_empty());
    let mut found = BTreeMap::new();
    let mut missing = Vec::new();
    for (part, word) in AccountPart::of(dialect) {
        let own = variable(dialect, &word, second);
        let value = env(&own).or_else(|| match config?.parts.get(&part)? {
            Origin::Literal(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Origin::Variable(name) => env(name),
        });
        match value {
            Some(value) => {
                found.insert(part, value);
            }
            None => missing.push((part, word, own)),
        }
    }
    if found.is_empty() && config.is_none() {
        return None;
    }
    // A disabled key is whole or not there.
    let pair_begun = found.keys().any(|part| part.disabled);
    let before = faults.len();
    for (part, word, own) in missing.iter().filter(|(part, ..)| !part.disabled || pair_begun) {
        faults.push(missing_part(part, word, own, config));
    }
    if faults.len() > before {
        return None;
    }
    let (disabled, own): (Vec<_>, Vec<_>) = found.into_iter().partition(|(part, _)| part.disabled);
    let named = |parts: Vec<(AccountPart, String)>| parts.into_iter().map(|(part, value)| (part.name, value));
    let mut account = Account::of(named(own));
    account.disabled = (!disabled.is_empty()).then(|| KeyPair::of(named(disabled)));
    account.requests_per_second = config.and_then(|config| config.requests_per_second);
    Some(account)
}

fn missing_part(part: &AccountPart, word: &str, own: &str, config: Option<&AccountConfig>) -> Fault {
    let Some(config) = config else {
        return Fault {
            file: "environment".to_owned(),
            line: None,
            key: own.to_owned(),
            why: "is not set, though other parts of the account are".to_owned(),
        };
    };
    let (file, line, path) = config.place.clone();
    let (key, why) = match config.parts.get(part) {
        Some(Origin::Variable(name)) => {
            (variable_key(word), format!("neither {name} nor {own} is set in the environment"))
        }
        Some(Origin::Literal(_)) => (word.to_owned(), "must not be empty".to_owned()),
        None => (variable_key(word), format!("is missing, and {own} is not set in the environment")),
    };
    Fault { file, line: Some(line), key: joined(&path, &key), why }
}
