//! The body of the fuzz target on `lianpu.toml`.

use std::path::Path;

use super::{Config, ConfigError};

/// Reads any bytes as a configuration. What is taken is TOML with nothing unknown at its top and addresses that are some; a
/// refusal has its faults, each in a line that exists and with a reason.
pub fn fuzz_config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Config::parse(Path::new("lianpu.toml"), text) {
        Ok(config) => {
            let table: toml::Table = toml::from_str(text).expect("what is taken is TOML");
            assert!(table.keys().all(|key| key == "run" || key == "target"), "{table:?}");
            for target in config.targets.values() {
                assert!(target.base_url.starts_with("http"), "{}", target.base_url);
                assert!(target.dialects.iter().all(|name| lianpu_corpus::bundled(name).is_ok()));
            }
            assert!(config.run.jobs != Some(0));
        }
        Err(ConfigError::Faults(faults)) => {
            assert!(!faults.is_empty(), "a refusal without a reason");
            for fault in faults {
                assert!(!fault.why.is_empty(), "{fault:?}");
                let line = fault.line.unwrap_or(1);
                assert!((1..=text.lines().count() + 1).contains(&line), "{fault}");
            }
        }
        Err(other) => panic!("reading a text opens no file: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(
            lines in prop::collection::vec(
                r#"(\[run\]|\[target\.a\]|\[target\.a\.limits\.tencent-ci\]|jobs = [0-9-]{1,6}|seed = [0-9x]{1,4}|base_url = "http://[a-z.:0-9]{1,8}"|timeout = [0-9.]{1,4}|[a-z."=\[\]{} ]{0,12})"#,
                0..8,
            ),
        ) {
            fuzz_config(lines.join("\n").as_bytes());
        }
    }

    #[test]
    fn the_file_that_init_writes_is_taken() {
        fuzz_config(include_bytes!("../lianpu.toml"));
    }
}
