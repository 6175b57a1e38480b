//! The configuration as a user meets it: what is read, what wins, what is refused, and that no secret shows.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use super::*;

const SECRET: &str = "PLANTED-hush-hush";

fn no_env(_: &str) -> Option<String> {
    None
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("lianpu.toml"), text)
}

fn full() -> Config {
    parse(
        r#"
        [run]
        jobs = 4
        timeout = 2.5
        seed = 0x10
        reports = ["json=out/report.json"]

        [target.staging]
        base_url = "http://10.0.0.7:8080/"
        dialects = ["tencent-ci"]
        capabilities = ["fault-hook"]
        origin = "http://10.0.0.1:9000"

        [target.staging.limits.tencent-ci]
        faces-per-person = 3

        [target.staging.account.tencent-ci]
        appid = "1"
        bucket = "b"
        secret_id_env = "MY_ID"
        secret_key_env = "MY_KEY"
        requests_per_second = 5
        "#,
    )
    .unwrap()
}

fn faults(text: &str) -> Vec<String> {
    match parse(text).unwrap_err() {
        ConfigError::Faults(faults) => faults.iter().map(ToString::to_string).collect(),
        other => panic!("{other}"),
    }
}

#[test]
fn a_configured_target_is_resolved_with_its_environment() {
    let env = |name: &str| match name {
        "MY_ID" => Some("id".to_owned()),
        "MY_KEY" => Some(SECRET.to_owned()),
        _ => None,
    };
    let config = full();
    assert_eq!(config.run.timeout, Some(Duration::from_millis(2500)));
    assert_eq!(config.run.seed, Some(16));
    let (target, notes) = resolve(Some("staging"), None, Some(&config), &env).unwrap();
    assert_eq!((target.name.as_str(), target.base_url.as_str()), ("staging", "http://10.0.0.7:8080"));
    assert_eq!(target.capabilities, BTreeSet::from(["fault-hook".to_owned()]));
    assert_eq!(target.limits["tencent-ci"]["faces-per-person"], 3);
    assert_eq!(target.origin.as_deref(), Some("http://10.0.0.1:9000"));
    let account = target.account("tencent-ci").unwrap();
    assert_eq!((account.part("appid"), account.part("secret_key")), ("1", SECRET));
    assert_eq!(account.requests_per_second, Some(5));
    assert_eq!(target.second_account("tencent-ci"), None);
    assert_eq!(notes, Vec::<String>::new());
}

#[test]
fn the_environment_wins_over_the_file_and_what_is_missing_is_named() {
    let config = full();
    let env = |name: &str| match name {
        "MY_ID" => Some("id".to_owned()),
        "LIANPU_TENCENT_CI_BUCKET" => Some("other".to_owned()),
        _ => None,
    };
    let error = resolve(Some("staging"), None, Some(&config), &env).unwrap_err().to_string();
    assert_eq!(
        error,
        "lianpu.toml:17: target.staging.account.tencent-ci.secret_key_env: neither MY_KEY nor LIANPU_TENCENT_CI_SECRET_KEY is set in the environment"
    );
    let env = |name: &str| match name {
        "LIANPU_TENCENT_CI_SECRET_KEY" => Some(SECRET.to_owned()),
        name => env(name),
    };
    let (target, _) = resolve(Some("staging"), None, Some(&config), &env).unwrap();
    assert_eq!(target.account("tencent-ci").unwrap().part("bucket"), "other");
}

#[test]
fn an_address_alone_gets_the_documented_accounts_and_a_note() {
    let (target, notes) = resolve(Some("http://127.0.0.1:9/"), None, None, &no_env).unwrap();
    let documented = &lianpu_corpus::bundled("tencent-ci").unwrap().manifest.accounts;
    assert_eq!(&target.accounts["tencent-ci"], documented);
    assert!(notes[0].contains("documented test accounts"), "{notes:?}");
    let has = |address: &str, word: &str| {
        resolve(Some(address), None, None, &no_env).unwrap().0.capabilities.contains(word)
    };
    for (address, loopback) in [
        ("http://127.0.0.1:9", true),
        ("http://[::1]:9", true),
        ("http://localhost:9", true),
        ("https://recognition.image.myqcloud.com", false),
        ("http://10.0.0.1", false),
    ] {
        assert!(has(address, "face-nets"));
        assert_eq!(has(address, "origin"), loopback, "{address}");
        assert!(!has(address, "fault-hook"));
    }
}

#[test]
fn accounts_of_the_environment_are_first_and_second() {
    let env = |name: &str| name.starts_with("LIANPU_TENCENT_CI_").then(|| name.to_lowercase());
    let target = resolve(Some("http://10.0.0.1"), None, None, &env).unwrap().0;
    assert_eq!(target.account("tencent-ci").unwrap().part("appid"), "lianpu_tencent_ci_appid");
    assert_eq!(
        target.second_account("tencent-ci").unwrap().part("secret_id"),
        "lianpu_tencent_ci_second_secret_id"
    );
    assert!(target.account("tencent-ci").unwrap().disabled.is_some());
    let only_second = |name: &str| name.contains("_SECOND_").then(|| "x".to_owned());
    let error = resolve(Some("http://10.0.0.1"), None, None, &only_second).unwrap_err();
    assert!(error.to_string().contains("a second account, but no first"), "{error}");
}

#[test]
fn a_ready_line_brings_address_accounts_capabilities_and_limits() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let account = format!(
        r#"{{"appid":"7","bucket":"b","secret_id":"i","secret_key":"{SECRET}","disabled":{{"secret_id":"d","secret_key":"{SECRET}2"}}}}"#
    );
    writeln!(
        file,
        r#"{{"ready":true,"base_url":"http://127.0.0.1:5","accounts":{{"tencent-ci":[{account},{account}]}},"capabilities":["faults","private-urls","face-nets"],"limits":{{"tencent-ci":{{"faces-per-person":20}}}},"vision":"nets"}}"#
    )
    .unwrap();
    let (target, _) = resolve(None, Some(file.path()), None, &no_env).unwrap();
    assert_eq!(target.base_url, "http://127.0.0.1:5");
    assert_eq!(target.account("tencent-ci").unwrap().part("appid"), "7");
    assert_eq!(target.capabilities.len(), 3);
    assert_eq!(target.limits["tencent-ci"]["faces-per-person"], 20);
    // The address on the command line wins, the accounts stay.
    let (elsewhere, _) = resolve(Some("http://10.0.0.1"), Some(file.path()), None, &no_env).unwrap();
    assert_eq!(elsewhere.base_url, "http://10.0.0.1");
    assert_eq!(elsewhere.account("tencent-ci").unwrap().part("appid"), "7");
    for shown in [format!("{target:?}"), format!("{target:#?}")] {
        assert!(shown.contains("appid"), "{shown}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn secrets_never_show_in_faults() {
    let found = faults(&format!(
        "[target.a]\nbase_url = \"http://u:{SECRET}@h\"\n[target.a.account.tencent-ci]\nsecret_key = \"{SECRET}\"\nsecret_id_env = \"{SECRET}\"\nappid = [\"{SECRET}\"]\n"
    ));
    let all = found.join("\n");
    assert!(!all.contains(SECRET), "{all}");
    assert!(
        all.contains(
            "lianpu.toml:4: target.a.account.tencent-ci.secret_key: secrets never stand in this file"
        ),
        "{all}"
    );
    assert_eq!(found.len(), 4, "{all}");
    let broken = faults(&format!("[target.a]\nsecret = {SECRET}\n")).join("\n");
    assert!(broken.starts_with("lianpu.toml:2: ") && !broken.contains(SECRET), "{broken}");
}

#[test]
fn every_fault_is_told_with_its_line_and_a_suggestion() {
    let found = faults(
        r#"
[run]
jbos = 3
timeout = -1
reports = ["jsn=x"]
[target.a]
base_ulr = "http://h"
dialects = ["tencent-cl"]
capabilities = ["fault_hook"]
[target.a.limits.tencent-ci]
face-per-person = 1
[target.a.account.tencent-cj]
appid = "1"
"#,
    );
    let expected = [
        "lianpu.toml:3: run.jbos: unknown key; did you mean jobs?",
        "lianpu.toml:4: run.timeout: must be seconds, more than 0 and at most 3600",
        "lianpu.toml:5: run.reports: write FORMAT=PATH, formats: html, json, junit, events, markdown, tap, sarif, github, badge, cucumber; did you mean json?",
        "lianpu.toml:6: target.a.base_url: is missing; write \"http://host:port\"",
        "lianpu.toml:7: target.a.base_ulr: unknown key; did you mean base_url?",
        "lianpu.toml:8: target.a.dialects: unknown word \"tencent-cl\"; did you mean tencent-ci?; known: baidu-face, tencent-ci, tencent-faceid",
        "lianpu.toml:9: target.a.capabilities: unknown word \"fault_hook\"; did you mean fault-hook?; known: content-markers, face-nets, fault-hook, origin, test-citizens",
        "lianpu.toml:11: target.a.limits.tencent-ci.face-per-person: unknown key; did you mean faces-per-person?",
        "lianpu.toml:12: target.a.account.tencent-cj: no dialect named tencent-cj; there are: baidu-face, tencent-ci, tencent-faceid; did you mean tencent-ci?",
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_unknown_target_names_those_there_are() {
    let error = resolve(Some("stagign"), None, Some(&full()), &no_env).unwrap_err().to_string();
    assert!(error.contains("(there: staging); did you mean staging?"), "{error}");
    assert!(matches!(resolve(None, None, None, &no_env), Err(ConfigError::NoTarget)));
    for address in ["ftp://h", "http://h/path", "http://h?x=1", "http://"] {
        assert!(resolve(Some(address), None, None, &no_env).is_err(), "{address}");
    }
}

#[test]
fn a_ready_line_in_this_process_makes_the_bundled_target() {
    let account = serde_json::json!({"appid": "7", "bucket": "b", "secret_id": "i", "secret_key": SECRET});
    let line = serde_json::json!({
        "ready": true, "base_url": "http://127.0.0.1:5", "accounts": {"tencent-ci": [account]}, "capabilities": [],
    });
    let target = from_ready(&line, "bundled").unwrap();
    assert_eq!((target.name.as_str(), target.base_url.as_str()), ("bundled", "http://127.0.0.1:5"));
    assert_eq!(target.capabilities.len(), 0);
    assert_eq!(target.accounts.len(), 1);
}

#[test]
fn times_are_read_with_their_unit() {
    assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
    assert_eq!(duration("2.5s"), Ok(Duration::from_millis(2500)));
    assert_eq!(duration("1m"), Ok(Duration::from_secs(60)));
    for wrong in ["10", "s", "-1s", "0s", "2h", "NaNs", "infs", "1e9s", "10 s"] {
        assert!(duration(wrong).is_err(), "{wrong}");
    }
}
