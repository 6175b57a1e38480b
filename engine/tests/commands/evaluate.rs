//! The command `lianpu-engine evaluate` as a process, on a part of ORL and on folders that are no set.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common;

fn evaluate(set: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianpu-engine"));
    command.arg("evaluate").arg(set).args(arguments).output().expect("the command runs")
}

/// Copies some of ORL; `false` when it is not there.
fn part_of_orl(into: &Path, people: &[u8], pictures: &[u8]) -> bool {
    let Some(orl) = common::shared("data/orl") else { return false };
    for person in people {
        fs::create_dir(into.join(format!("s{person}"))).expect("made");
        for picture in pictures {
            let name = format!("s{person}/{picture}.pgm");
            fs::copy(orl.join(&name), into.join(&name)).expect("copied");
        }
    }
    true
}

#[test]
fn a_set_is_measured_and_what_is_no_picture_is_named() {
    let set = tempfile::tempdir().expect("a folder");
    if !part_of_orl(set.path(), &[3, 8, 12], &[1, 5]) {
        return;
    }
    fs::write(set.path().join("s3/torn.jpg"), [0xFF, 0xD8, 0xFF, 0xE0]).expect("written");
    let (roc, svg) = (set.path().join("roc.csv"), set.path().join("roc.svg"));
    let output = evaluate(
        set.path(),
        &["--roc", roc.to_str().expect("text"), "--svg", svg.to_str().expect("text"), "--jobs", "1"],
    );
    let (out, aside) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{aside}");
    assert!(out.contains("pictures            6, and 1 that cannot be read"), "{out}");
    assert!(out.contains("faces found         6 of 6  100.00 %"), "{out}");
    assert!(out.contains("15 pairs") && out.contains("TAR at FAR 1e-3     not enough pictures"), "{out}");
    assert!(aside.contains("torn.jpg: the picture cannot be decoded"), "{aside}");
    assert!(aside.contains("7 of 7 pictures"), "{aside}");
    // Without the nets only places are checked.
    if common::nets().is_some() {
        assert!(out.contains("nets"), "{out}");
        assert!(out.contains("3 of 3  100.00 %") && out.contains("equal error rate    0.00 %"), "{out}");
    }
    let roc = fs::read_to_string(roc).expect("written");
    assert!(roc.starts_with("distance,false_accept_rate,true_accept_rate\n0.0000,0.00000000,0.00000000\n"));
    assert!(roc.ends_with(",1.00000000,1.00000000\n"), "{roc}");
    assert!(fs::read_to_string(svg).expect("written").contains("<polyline"));
}

#[test]
fn what_is_no_set_is_refused_with_what_would_be_right() {
    let set = tempfile::tempdir().expect("a folder");
    let refused = || {
        let output = evaluate(set.path(), &[]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).expect("text")
    };
    assert!(refused().contains("one folder a person is expected"));
    fs::create_dir(set.path().join("anna")).expect("made");
    fs::write(set.path().join("anna/1.png"), "not a picture").expect("written");
    assert!(refused().contains("nobody has two pictures"));
    fs::write(set.path().join("anna/2.pgm"), "P5 neither").expect("written");
    let said = refused();
    assert!(said.contains("none of the 2 pictures can be read") && said.contains("1.png"), "{said}");
}
