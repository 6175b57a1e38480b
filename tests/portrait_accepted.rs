//! Detectors that nobody here wrote take the portraits for faces, and the pictures of nobody for none.
//!
//! OpenCV judges, from the Python that `LIANPU_CV_PYTHON` names (a virtual environment with
//! `opencv-python-headless<5`). Without it the test says so and passes, unless `LIANPU_REQUIRE` lists `cv`.

use std::path::Path;
use std::process::Command;

use lianpu::portrait::{Scene, file};

/// Seeds of people and of landscapes that no picture was chosen by.
const UNSEEN: std::ops::Range<u64> = 700_001..700_041;

#[test]
fn a_detector_finds_people_and_not_nobody() {
    let Some(python) = std::env::var_os("LIANPU_CV_PYTHON") else {
        let required = std::env::var("LIANPU_REQUIRE").unwrap_or_default();
        assert!(
            !required.split(',').any(|word| word.trim() == "cv"),
            "LIANPU_REQUIRE lists cv: set LIANPU_CV_PYTHON to a Python that has opencv-python-headless<5"
        );
        eprintln!("skipped: LIANPU_CV_PYTHON names no Python with OpenCV");
        return;
    };
    let people: Vec<String> = UNSEEN
        .flat_map(|seed| ["", " yaw=-20", " yaw=20"].map(|pose| format!("seed:{seed}{pose} seed={seed}")))
        .collect();
    let nobody: Vec<String> = UNSEEN.map(|seed| format!("nobody seed={seed}")).collect();

    let directory = tempfile::tempdir().expect("a directory for pictures");
    let missed =
        lines_where(&people, &found(Path::new(&python), directory.path(), &people), |faces| faces == 0);
    assert!(missed.len() * 100 <= people.len(), "no face found in {missed:#?}");
    let seen = lines_where(&nobody, &found(Path::new(&python), directory.path(), &nobody), |faces| faces > 0);
    assert!(seen.is_empty(), "a face found in {seen:#?}");
}

fn lines_where<'a>(lines: &'a [String], found: &[usize], which: fn(usize) -> bool) -> Vec<&'a str> {
    lines.iter().zip(found).filter(|(_, faces)| which(**faces)).map(|(line, _)| line.as_str()).collect()
}

/// How many faces OpenCV finds in the picture of each line.
fn found(python: &Path, directory: &Path, lines: &[String]) -> Vec<usize> {
    let pictures: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(number, line)| {
            let path = directory.join(format!("{number}.jpg"));
            std::fs::write(&path, file(&Scene::parse(line).expect("a scene"))).expect("a picture is written");
            path
        })
        .collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/detectors/cascade.py");
    let output = Command::new(python).arg(script).args(pictures).output().expect("the Python named runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counts: Vec<usize> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|count| count.parse().expect("a number a line"))
        .collect();
    assert_eq!(counts.len(), lines.len(), "a count for each picture");
    counts
}
