//! One account as it is configured: each part a name of an environment variable, or, where it is public, a literal.

use std::collections::BTreeMap;

use lianpu_corpus::{Account, KeyPair, Manifest};

use super::Fault;
use super::document::{Reader, Section, joined};

/// One part of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The tenant's public number.
    Appid,
    /// The bucket that belongs to it.
    Bucket,
    /// The public half of its key.
    SecretId,
    /// The secret half of its key.
    SecretKey,
    /// The public half of a disabled key of the same tenant.
    DisabledSecretId,
    /// The secret half of that key.
    DisabledSecretKey,
}

/// `[target.<name>.account.<dialect>]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountConfig {
    /// Where each part comes from.
    pub parts: BTreeMap<Part, Origin>,
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

impl Part {
    /// Every part, in the order of messages.
    pub const ALL: [Self; 6] = [
        Self::Appid,
        Self::Bucket,
        Self::SecretId,
        Self::SecretKey,
        Self::DisabledSecretId,
        Self::DisabledSecretKey,
    ];

    /// What the dialect calls it, if its accounts have it; also its key in the file.
    pub fn word(self, dialect: &Manifest) -> Option<String> {
        let word = |name: &str| dialect.credentials.get(name);
        match self {
            Self::Appid => word("appid").cloned(),
            Self::Bucket => word("bucket").cloned(),
            Self::SecretId => word("secret_id").cloned(),
            Self::SecretKey => word("secret_key").cloned(),
            Self::DisabledSecretId => word("secret_id").map(|word| format!("disabled_{word}")),
            Self::DisabledSecretKey => word("secret_key").map(|word| format!("disabled_{word}")),
        }
    }

    /// The parts that the dialect's accounts have, with its words for them.
    fn of(dialect: &Manifest) -> Vec<(Self, String)> {
        Self::ALL.iter().filter_map(|part| Some((*part, part.word(dialect)?))).collect()
    }

    /// `LIANPU_TENCENT_CI_SECRET_KEY`, `LIANPU_BAIDU_FACE_SECOND_API_KEY`.
    pub fn variable(self, dialect: &Manifest, second: bool) -> String {
        let word = self.word(dialect).unwrap_or_default().to_uppercase();
        let dialect = dialect.name.replace('-', "_").to_uppercase();
        let second = if second { "SECOND_" } else { "" };
        format!("LIANPU_{dialect}_{second}{word}")
    }

    /// Whether it may stand in the file itself.
    const fn is_public(self) -> bool {
        matches!(self, Self::Appid | Self::Bucket)
    }

    /// Whether an account can do without it.
    const fn is_optional(self) -> bool {
        matches!(self, Self::DisabledSecretId | Self::DisabledSecretKey)
    }
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
    let words = Part::of(dialect);
    let keys = words.iter().flat_map(|(_, word)| [word.clone(), variable_key(word)]);
    let known: Vec<_> = keys.chain(["requests_per_second".to_owned()]).collect();
    reader.only(path, section, &known.iter().map(String::as_str).collect::<Vec<_>>());
    let mut parts = BTreeMap::new();
    for (part, word) in words {
        let variable_key = variable_key(&word);
        if section.has(&word) && !part.is_public() {
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
    for (part, word) in Part::of(dialect) {
        let own = part.variable(dialect, second);
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
    let lacking = |part: Part| {
        let pair_begun =
            found.contains_key(&Part::DisabledSecretId) || found.contains_key(&Part::DisabledSecretKey);
        !part.is_optional() || pair_begun
    };
    let before = faults.len();
    for (part, word, own) in missing.iter().filter(|(part, ..)| lacking(*part)) {
        faults.push(missing_part(*part, word, own, config));
    }
    if faults.len() > before {
        return None;
    }
    let mut take = |part| found.remove(&part);
    let disabled = take(Part::DisabledSecretId).zip(take(Part::DisabledSecretKey));
    Some(Account {
        appid: take(Part::Appid).unwrap_or_default(),
        bucket: take(Part::Bucket).unwrap_or_default(),
        secret_id: take(Part::SecretId)?,
        secret_key: take(Part::SecretKey)?,
        expired_token: None,
        disabled: disabled.map(|(secret_id, secret_key)| KeyPair { secret_id, secret_key }),
        requests_per_second: config.and_then(|config| config.requests_per_second),
    })
}

fn missing_part(part: Part, word: &str, own: &str, config: Option<&AccountConfig>) -> Fault {
    let Some(config) = config else {
        return Fault {
            file: "environment".to_owned(),
            line: None,
            key: own.to_owned(),
            why: "is not set, though other parts of the account are".to_owned(),
        };
    };
    let (file, line, path) = config.place.clone();
    let (key, why) = match config.parts.get(&part) {
        Some(Origin::Variable(name)) => {
            (variable_key(word), format!("neither {name} nor {own} is set in the environment"))
        }
        Some(Origin::Literal(_)) => (word.to_owned(), "must not be empty".to_owned()),
        None => (variable_key(word), format!("is missing, and {own} is not set in the environment")),
    };
    Fault { file, line: Some(line), key: joined(&path, &key), why }
}
