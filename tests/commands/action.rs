//! The step for GitHub's runners, run as a runner would run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::{LIANPU, shared};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn step(folder: &Path, inputs: &[(&str, &str)]) -> Output {
    let mut command = Command::new("bash");
    command.arg(format!("{ROOT}/.github/action/run.sh")).current_dir(folder);
    command.env("LIANPU", LIANPU).env("GITHUB_STEP_SUMMARY", "summary.md").env("NO_COLOR", "1");
    let server = shared();
    command.env("INPUT_CREDENTIALS", server.ready_file());
    command.envs(inputs.iter().copied()).output().unwrap()
}

#[test]
fn the_step_runs_and_leaves_its_reports() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = [
        ("INPUT_ARGS", "--op getinfo --row 4"),
        ("INPUT_GATE", "divergence<1%,coverage>95%"),
        ("INPUT_REPORTS", "out dir"),
    ];
    let output = step(folder.path(), &inputs);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("::notice title=lianpu::0 failing"), "{said}");
    for file in ["events.ndjson", "report.json", "junit.xml", "report.md", "lianpu.sarif"] {
        assert!(fs::metadata(folder.path().join("out dir").join(file)).unwrap().len() > 100, "{file}");
    }
    let summary = fs::read_to_string(folder.path().join("summary.md")).unwrap();
    assert!(summary.starts_with("## lianpu: as expected"), "{summary}");
}

#[test]
fn the_exit_is_that_of_the_run_and_no_input_is_shell() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        step(folder.path(), &[("INPUT_TARGET", "$(touch made)"), ("INPUT_ARGS", "--row 4; touch made")]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!folder.path().join("made").exists());
    let output =
        step(folder.path(), &[("INPUT_ARGS", "--row 4 --op getinfo"), ("INPUT_GATE", "coverage>100%")]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[test]
fn every_input_is_handed_on() {
    let action = fs::read_to_string(format!("{ROOT}/action.yml")).unwrap();
    let script = fs::read_to_string(format!("{ROOT}/.github/action/run.sh")).unwrap();
    let inputs = action.split("runs:").next().unwrap().lines();
    let names = inputs
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|name| !name.starts_with(' '));
    let names: Vec<_> = names.collect();
    assert_eq!(names.len(), 8, "{names:?}");
    for name in names {
        let variable = format!("INPUT_{}", name.to_uppercase().replace('-', "_"));
        assert!(action.contains(&format!("{variable}: ${{{{ inputs.{name} }}}}")), "{name}");
        assert!(script.contains(&variable), "{name}");
    }
}
