//! Runs and campaigns with a user's own photographs (`--faces`).
//!
//! Drawn people stand for photographed ones, so that the true places of their parts are known.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use lianpu::portrait::{Scene, truth};
use serde_json::json;

use crate::common;
use crate::common::lianpu;
use crate::common::proxy::{Answer, Proxy};

/// Folders of three pictures a person, with landmarks.
fn album(folder: &Path, people: &[&str]) {
    let mut lines = String::new();
    for person in people {
        fs::create_dir_all(folder.join(person)).unwrap();
        for (number, pose) in ["", " yaw=6 seed=3", " yaw=-6 smile=0.3 seed=5"].iter().enumerate() {
            let (line, file) = (format!("{person}{pose}"), format!("{person}/{number}.png"));
            common::draw(&line, &folder.join(&file));
            lines.extend([
                json!({ "file": file, "faces": truth(&Scene::parse(&line).unwrap()) }).to_string(),
                "\n".to_owned(),
            ]);
        }
    }
    fs::write(folder.join("landmarks.jsonl"), lines).unwrap();
}

const OWN: &str = r#"Feature: persons

  Scenario: somebody is told from somebody else
    Given a person "p" in group "g" with the portrait "anna"
    And a valid verify request
    And its person_id names "p"
    And its image shows "anna yaw=8 seed=2"
    When it is sent
    Then the code is 0

  Scenario: a covered face
    Given a valid detect request
    And its image shows "bea cover=mouth"
    When it is sent
    Then the code is 0

  Scenario: closed eyes
    Given a valid detect request
    And its image shows "bea eyes=1"
    When it is sent
    Then the code is 0
"#;

#[test]
fn a_run_uses_the_photographs_and_says_what_they_do_not_show() {
    let folder = tempfile::tempdir().unwrap();
    album(&folder.path().join("faces"), &["emma", "fred", "gina"]);
    fs::create_dir(folder.path().join("own")).unwrap();
    fs::write(folder.path().join("own/a.feature"), OWN).unwrap();
    let server = common::shared();
    let arguments =
        ["run", "--target", server.base_url(), "--credentials", server.ready_file().to_str().unwrap()]
            .map(str::to_owned);
    let more = ["--features", "own", "--faces", "faces", "--report", "json=report.json"].map(str::to_owned);
    let all: Vec<_> = arguments.iter().chain(&more).map(String::as_str).collect();
    let output = lianpu(&all, Some(folder.path()));
    let report = fs::read_to_string(folder.path().join("report.json")).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        report.contains("needs-drawn-portrait") && report.contains("eyes changes the face itself"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(report.contains(r#""totals":{"scenarios":3,"pass":2,"#), "{report}");
    assert!(report.contains(r#""reasons":{"needs-drawn-portrait":1}"#), "{report}");
}

#[test]
fn too_few_people_and_broken_pictures_are_told_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let faces = folder.path().join("faces");
    album(&faces, &["emma", "fred"]);
    let told = || {
        let output = lianpu(&["run", "--faces", "faces", "--row", "-1302"], Some(folder.path()));
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let few = told();
    assert!(few.contains("faces: 2 folders with pictures") && few.contains("are needed"), "{few}");
    assert!(few.contains("anna, bea"), "{few}");

    album(&faces, &["emma", "fred", "gina"]);
    fs::write(faces.join("fred/broken.jpg"), b"no picture").unwrap();
    let broken = told();
    assert!(broken.contains("fred/broken.jpg"), "{broken}");

    fs::remove_file(faces.join("fred/broken.jpg")).unwrap();
    fs::write(faces.join("landmarks.jsonl"), "{\"file\":\"emma/0.png\",\"faces\":[{\"landmarks\":[[1,2]]}]}")
        .unwrap();
    let wrong = told();
    assert!(wrong.contains("landmarks.jsonl:1: a face has 68 landmarks, and not 1"), "{wrong}");
}

/// The sizes of the JPEG files in a body.
fn pictures(body: &[u8]) -> Vec<(u32, u32)> {
    let starts = body.windows(3).enumerate().filter(|(_, three)| *three == [0xff, 0xd8, 0xff]);
    starts
        .filter_map(|(start, _)| image::load_from_memory(&body[start..]).ok())
        .map(|picture| (picture.width(), picture.height()))
        .collect()
}

#[test]
fn a_campaign_sends_the_photographs() {
    let folder = tempfile::tempdir().unwrap();
    let faces = folder.path().join("faces");
    for person in ["emma", "fred", "gina"] {
        fs::create_dir_all(faces.join(person)).unwrap();
        common::draw(&format!("{person} size=310x390"), &faces.join(person).join("1.png"));
    }
    let server = common::shared();
    let sent = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&sent);
    let proxy = Proxy::start(&server, move |exchange| {
        kept.lock().unwrap().extend(pictures(&exchange.request.body));
        Answer::Honest
    });
    let url = proxy.url();
    let credentials = server.ready_file();
    let campaign = |faces: &[&str]| {
        let words =
            ["fuzz", "--quiet", "--op", "detect", "--mutator", "expired", "--seed", "7", "--cases", "3"];
        let target = ["--target", &url, "--credentials", credentials.to_str().unwrap(), "--timeout", "60s"];
        lianpu(&[&words[..], &target, faces].concat(), Some(folder.path()))
    };
    let output = campaign(&["--faces", "faces", "--out", "one"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(sent.lock().unwrap().contains(&(310, 390)), "{:?}", sent.lock().unwrap());

    sent.lock().unwrap().clear();
    fs::remove_dir_all(faces.join("gina")).unwrap();
    let few = campaign(&["--faces", "faces", "--out", "two"]);
    let said = String::from_utf8_lossy(&few.stderr);
    assert_eq!(few.status.code(), Some(2), "{said}");
    assert!(
        said.contains("faces: 2 folders with pictures, and 3 are needed: anna, bea, somebody else"),
        "{said}"
    );
    assert!(sent.lock().unwrap().is_empty(), "nothing is sent");
}
