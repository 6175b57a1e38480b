//! The target, from the command line, the environment, the files and the defaults, in this order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lianpu_corpus::{Account, Manifest, dialect, dialect_names};
use reqwest::Url;

use super::ready::Ready;
use super::{Config, ConfigError, Fault, TargetConfig, account};
use crate::nearest::did_you_mean;
use crate::run::Target;

/// The target that a ready line describes, under a name.
pub fn from_ready(line: &serde_json::Value, name: &str) -> Result<Target, ConfigError> {
    let ready = Ready::of(line)?;
    let (target, _) = assemble(None, Some(&ready), None, &|_| None)?;
    Ok(Target { name: name.to_owned(), ..target })
}

/// Makes the target, and says what was assumed, a sentence each.
///
/// `target` is a name in the configuration or an address; `credentials` a file with a ready line, whose address holds
/// where `target` is absent. All faults are collected.
pub fn resolve(
    target: Option<&str>,
    credentials: Option<&Path>,
    config: Option<&Config>,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<(Target, Vec<String>), ConfigError> {
    let ready = credentials.map(Ready::load).transpose()?;
    assemble(target, ready.as_ref(), config, env)
}

fn assemble(
    target: Option<&str>,
    ready: Option<&Ready>,
    config: Option<&Config>,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<(Target, Vec<String>), ConfigError> {
    let (name, configured) = named(target, ready, config)?;
    let mut notes = Vec::new();
    let mut faults = Vec::new();
    let base_url = match configured {
        Some(configured) => configured.base_url.clone(),
        None => base_url(&name).unwrap_or_else(|why| {
            let file = if target.is_some() { "--target" } else { "--credentials" };
            faults.push(Fault { file: file.to_owned(), line: None, key: String::new(), why });
            String::new()
        }),
    };
    let accounts = accounts(configured, ready, env, &mut notes, &mut faults);
    if !faults.is_empty() {
        return Err(ConfigError::Faults(faults));
    }
    let said = said_capabilities(configured, ready, &mut notes);
    let assumed = if said.is_some() { BTreeSet::new() } else { assumed(&base_url, &mut notes) };
    let capabilities = said.unwrap_or_else(|| assumed.clone());
    let mut limits = configured.map(|configured| configured.limits.clone()).unwrap_or_default();
    for (dialect, own) in ready.into_iter().flat_map(|ready| &ready.limits) {
        limits.entry(dialect.clone()).or_default().extend(own.clone());
    }
    let name = if configured.is_some() { name } else { base_url.clone() };
    let origin = configured.and_then(|configured| configured.origin.clone());
    let operations = configured.and_then(|configured| configured.operations.clone());
    let without = configured.map(|configured| configured.without.clone()).unwrap_or_default();
    let route = match configured.map(|configured| configured.route.route(env)).transpose() {
        Ok(route) => route.unwrap_or_default(),
        Err(why) => {
            let fault =
                Fault { file: "lianpu.toml".to_owned(), line: None, key: format!("target.{name}"), why };
            return Err(ConfigError::Faults(vec![fault]));
        }
    };
    let target = Target {
        name,
        base_url,
        accounts,
        capabilities,
        assumed,
        operations,
        without,
        limits,
        origin,
        route,
    };
    Ok((target, notes))
}

/// The name or address that is meant, and its configuration.
fn named<'c>(
    target: Option<&str>,
    ready: Option<&Ready>,
    config: Option<&'c Config>,
) -> Result<(String, Option<&'c TargetConfig>), ConfigError> {
    let Some(target) = target else {
        let address = ready.and_then(|ready| ready.base_url.clone());
        return address.map(|address| (address, None)).ok_or(ConfigError::NoTarget);
    };
    if let Some(configured) = config.and_then(|config| config.targets.get(target)) {
        return Ok((target.to_owned(), Some(configured)));
    }
    if target.contains("://") {
        return Ok((target.to_owned(), None));
    }
    let known: Vec<_> = config.iter().flat_map(|config| config.targets.keys().map(String::as_str)).collect();
    let hint = match (config, known.is_empty()) {
        (Some(config), false) => {
            let near = did_you_mean(target, known.iter().copied());
            format!(" in {} (there: {}){near}", config.file.display(), known.join(", "))
        }
        (Some(config), true) => format!(" in {}, which has none", config.file.display()),
        (None, _) => ", for there is no lianpu.toml (`lianpu init` writes one)".to_owned(),
    };
    Err(ConfigError::UnknownTarget { name: target.to_owned(), hint })
}

/// For each dialect: the file's accounts, else those of environment and configuration, else the documented ones.
fn accounts(
    configured: Option<&TargetConfig>,
    ready: Option<&Ready>,
    env: &dyn Fn(&str) -> Option<String>,
    notes: &mut Vec<String>,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, Vec<Account>> {
    let mut accounts = BTreeMap::new();
    for manifest in spoken_by(configured) {
        let dialect = manifest.name.as_str();
        if let Some(own) = ready.and_then(|ready| ready.accounts.get(dialect)).filter(|own| !own.is_empty()) {
            accounts.insert(dialect.to_owned(), own.clone());
            continue;
        }
        let before = faults.len();
        let config = configured.and_then(|configured| configured.accounts.get(dialect));
        let first = account::account(manifest, false, config, env, faults);
        let config = configured.and_then(|configured| configured.second_accounts.get(dialect));
        let second = account::account(manifest, true, config, env, faults);
        match (first, second) {
            (Some(first), second) => {
                accounts.insert(dialect.to_owned(), std::iter::once(first).chain(second).collect());
            }
            (None, Some(_)) if faults.len() == before => faults.push(Fault {
                file: "environment".to_owned(),
                line: None,
                key: account::first_variable(manifest),
                why: format!("{dialect} has a second account, but no first"),
            }),
            (None, _) => {}
        }
    }
    // A server's ready line names all dialects it speaks, and whoever names one account means that one.
    if accounts.is_empty() && ready.is_none() && faults.is_empty() {
        for dialect in spoken_by(configured) {
            documented(dialect, &mut accounts, notes);
        }
    }
    accounts
}

/// Every dialect, or those that the file says the target speaks.
fn spoken_by(configured: Option<&TargetConfig>) -> impl Iterator<Item = &'static Manifest> {
    let spoken = configured.map_or(&[][..], |configured| &configured.dialects);
    let known = dialect_names().into_iter().filter_map(|name| dialect(name).ok());
    known
        .map(|dialect| &dialect.manifest)
        .filter(|manifest| spoken.is_empty() || spoken.contains(&manifest.name))
}

fn documented(dialect: &Manifest, accounts: &mut BTreeMap<String, Vec<Account>>, notes: &mut Vec<String>) {
    if let Some(first) = dialect.accounts.first() {
        let shown = first.parts().find(|(name, _)| dialect.is_public(name));
        let shown = shown.map_or_else(String::new, |(name, value)| format!(", {name} {value}"));
        notes.push(format!(
            "no credentials for {}: using its documented test accounts{shown}; give your own with \
             --credentials, {} … or lianpu.toml",
            dialect.name,
            account::first_variable(dialect),
        ));
        accounts.insert(dialect.name.clone(), dialect.accounts.clone());
    }
}

/// The capabilities that somebody named.
fn said_capabilities(
    configured: Option<&TargetConfig>,
    ready: Option<&Ready>,
    notes: &mut Vec<String>,
) -> Option<BTreeSet<String>> {
    if let Some((known, unknown)) = ready.and_then(Ready::capabilities) {
        let unknown =
            unknown.iter().map(|word| format!("unknown capability {word:?} in the credentials file"));
        notes.extend(unknown);
        return Some(known);
    }
    configured.and_then(|configured| configured.capabilities.clone())
}

/// The capabilities of a target of which nobody named any.
fn assumed(base_url: &str, notes: &mut Vec<String>) -> BTreeSet<String> {
    let mut assumed = BTreeSet::from(["face-nets".to_owned()]);
    if is_loopback(base_url) {
        assumed.insert("origin".to_owned());
    }
    let words: Vec<_> = assumed.iter().map(String::as_str).collect();
    notes.push(format!("assuming that the target has: {}", words.join(", ")));
    assumed
}

fn is_loopback(base_url: &str) -> bool {
    let Ok(url) = Url::parse(base_url) else { return false };
    let Some(host) = url.host_str() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    address.map_or(host == "localhost", |address| address.is_loopback())
}

/// An address without a slash at its end, or what would be right.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|error| format!("no address: {error}; write http://host:port"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("an address of scheme {}; only http and https are spoken", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "credentials never stand in an address; give them by --credentials or the environment".into()
        );
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("only scheme, host and port: the operations bring their own paths".into());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}
