//! The walk of the README: a small vendor of one's own, from `init` to a run against its server.

use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Output;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lianpu_testing::detectors::Detector;
use serde_json::{Value, json};

use crate::common::lianpu;
use crate::common::listener::Listener;

/// The vendor's server: a key, two parameters, and a detector that nobody here wrote.
fn serve(stream: &mut TcpStream) -> io::Result<()> {
    loop {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        let head = String::from_utf8_lossy(&head).to_lowercase();
        let field = |name: &str| head.lines().find_map(|line| Some(line.strip_prefix(name)?.trim()));
        let length = field("content-length:").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        let (status, answer) = answer(field("authorization:"), &body);
        let answer = answer.to_string();
        write!(
            stream,
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{answer}",
            answer.len()
        )?;
    }
}

fn answer(authorization: Option<&str>, body: &[u8]) -> (u16, Value) {
    let error = |code: i64, message: &str| (400, json!({ "code": code, "message": message }));
    if authorization != Some("bearer test-key") {
        return (401, json!({ "code": 1004, "message": "key unknown" }));
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let picture = match &body["image"] {
        Value::Null => return error(1001, "parameter missing"),
        Value::String(text) if text.is_empty() => return error(1001, "parameter missing"),
        Value::String(text) => STANDARD.decode(text),
        _ => return error(1002, "parameter invalid"),
    };
    let most = match &body["max_faces"] {
        Value::Null => 1,
        number => number.as_u64().unwrap_or(0),
    };
    let Some(picture) = picture.ok().filter(|_| (1..=10).contains(&most)) else {
        return error(1002, "parameter invalid");
    };
    let Ok(picture) = image::load_from_memory(&picture) else { return error(1005, "no picture") };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("picture.ppm");
    picture.into_rgb8().save(&file).unwrap();
    match Detector::Rustface.faces(&[file])[0].len() as u64 {
        0 => error(1003, "no face"),
        faces => (200, json!({ "code": 0, "message": "ok", "faces": faces.min(most) })),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs the command in a folder; its exit and all it said.
fn said(folder: &Path, words: &str) -> (i32, String) {
    let Output { status, stdout, stderr } = lianpu(&words.split(' ').collect::<Vec<_>>(), Some(folder));
    (status.code().unwrap(), format!("{}{}", text(&stdout), text(&stderr)))
}

fn change(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(old), "{} has no {old}", file.display());
    fs::write(file, text.replacen(old, new, 1)).unwrap();
}

#[test]
fn a_small_vendor_is_added_run_and_kept_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let server = Listener::start(|mut stream| serve(&mut stream));
    let run = format!("run --quiet --catalog acme --dialect acme --target {}", server.url());

    let (exit, written) = said(folder, "init --dialect acme");
    assert!(exit == 0 && written.contains("written: acme/dialect.toml"), "{written}");
    let (exit, listed) = said(folder, "list --catalog acme --dialect acme");
    assert_eq!((exit, listed.lines().count()), (0, 13), "{listed}");
    assert!(listed.contains("acme/errors/1001/detect/image-absent"), "{listed}");
    let (exit, explained) = said(folder, "explain --catalog acme acme/errors/1003");
    assert!(exit == 0 && explained.contains("the picture shows no face"), "{explained}");
    let (exit, shown) = said(folder, "catalog show acme/errors --catalog acme");
    assert!(exit == 0 && shown.contains("key unknown"), "{shown}");
    let (exit, features) = said(folder, "features --catalog acme --out features");
    assert!(exit == 0 && features.contains("written: features/acme/errors.feature"), "{features}");
    let (exit, linted) = said(folder, "catalog lint acme --catalog acme");
    assert!(exit == 0 && linted.starts_with("0 findings in 1 dialect"), "{linted}");
    let (exit, judged) = said(folder, &run);
    assert_eq!(exit, 0, "{judged}");
    assert!(judged.contains("13"), "{judged}");

    // It is fuzzed with what its data say; what is found replays.
    let fuzz =
        format!("fuzz --quiet --seed 1 --cases 60 --catalog acme --dialect acme --target {}", server.url());
    let right = "--mutator parameter-dropped --mutator parameter-emptied --mutator no-face --out right";
    let (exit, fuzzed) = said(folder, &format!("{fuzz} {right}"));
    assert!(exit == 0 && fuzzed.contains("60 cases"), "{fuzzed}");
    let (exit, fuzzed) = said(folder, &format!("{fuzz} --mutator truncated-in-header --out wrong"));
    assert!(exit == 1 && fuzzed.contains("1005, which detect never answers"), "{fuzzed}");
    let bundle = "wrong/001-acme-detect-truncated-in-header";
    let (exit, replayed) = said(folder, &format!("replay {bundle} --catalog acme --target {}", server.url()));
    assert_eq!(exit, 1, "{replayed}");
    let (exit, replayed) = said(folder, &format!("replay {bundle} --target {}", server.url()));
    assert!(exit == 2 && replayed.contains("acme"), "{replayed}");

    // The vendor's page gets a row; it is seen, taken over and provoked.
    let page = folder.join("acme/errors.csv");
    assert_eq!(said(folder, "catalog watch acme/errors.csv --against acme").0, 0);
    change(&page, "1099,", "1005,no picture,the bytes are no picture\n1099,");
    let (exit, changed) = said(folder, "catalog watch acme/errors.csv --against acme");
    assert_eq!(exit, 1, "{changed}");
    assert!(changed.contains("+ 1005  row added  minor  the bytes are no picture"), "{changed}");
    let row = "[[row]]\ncode = 1005\nmessage = \"no picture\"\nmeaning = \"the bytes are no picture\"\n\
               gloss = \"the bytes are no picture\"\nline = 6\n\n[[row]]\ncode = 1099";
    change(&folder.join("acme/tables/errors.toml"), "[[row]]\ncode = 1099", row);
    assert_eq!(said(folder, "catalog watch acme/errors.csv --against acme").0, 0);
    let recipe = "[[provoke]]\nrow = 1005\ntrigger = \"prose\"\nreach = \"wire\"\noperations = [\"detect\"]\n\
                  certainty = \"documented\"\nsteps = \"\"\"\nGiven a valid {op} request\n\
                  And its image is \\\"bm8gcGljdHVyZQ==\\\"\nWhen it is sent\n\"\"\"\n\n[[provoke]]\nrow = 1099";
    change(&folder.join("acme/provocations.toml"), "[[provoke]]\nrow = 1099", recipe);
    let (exit, judged) = said(folder, &format!("{run} --row 1005 --strict"));
    assert_eq!(exit, 0, "{judged}");

    // Another code than the table's is a deviation, and found.
    change(&folder.join("acme/tables/errors.toml"), "code = 1003", "code = 1013");
    change(&folder.join("acme/provocations.toml"), "row = 1003", "row = 1013");
    let (exit, judged) = said(folder, &run);
    assert_eq!(exit, 1, "{judged}");
    assert!(judged.contains("1013") && judged.contains("1003"), "{judged}");

    // What failed is kept, and replayed with the data.
    let events = fs::read_to_string(folder.join("lianpu-report/events.ndjson")).unwrap();
    let kept = events.split("\"reproducer\":\"").nth(1).unwrap().split('"').next().unwrap();
    let (exit, replayed) = said(folder, &format!("replay {kept} --catalog acme --target {}", server.url()));
    assert_eq!(exit, 1, "{replayed}");
    let (exit, replayed) = said(folder, &format!("replay {kept} --target {}", server.url()));
    assert!(exit == 2 && replayed.contains("acme"), "{replayed}");
}

#[test]
fn mistakes_are_told_with_file_row_field_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (file, old, new, part) in [
        (
            "tables/errors.toml",
            "1002",
            "1001",
            "acme/tables/errors.toml: row 1001, field code: the code stands in this table already",
        ),
        (
            "tables/errors.toml",
            "meaning = \"the key",
            "meening = \"the key",
            "unknown field `meening`, expected one of",
        ),
        (
            "operations.toml",
            "[\"errors\"]",
            "[\"erors\"]",
            "acme/operations.toml: operation detect, field tables: no table `erors`; there are: errors",
        ),
        (
            "operations.toml",
            "\"portrait\"",
            "\"face-picture\"",
            "field valid: parameter `image`: `face-picture` is unknown; write one of",
        ),
        (
            "provocations.toml",
            "row = 1003",
            "row = 1033",
            "row 1033, trigger landscape, field row: no table has the code 1033",
        ),
        ("provocations.toml", "When it is sent", "When it is gone", "When it is gone"),
        (
            "dialect.toml",
            "\"bearer\"",
            "\"berer\"",
            "acme/dialect.toml: field signature: no scheme `berer`; there are: access-token, bce-auth-v1, bearer, tencent-ci; did you mean bearer?",
        ),
        (
            "dialect.toml",
            "signature = \"bearer\"",
            "signature_or = [\"bearer\", \"access-tokn\"]",
            "acme/dialect.toml: field signature_or: no scheme `access-tokn`; there are: access-token, bce-auth-v1, bearer, tencent-ci; did you mean access-token?",
        ),
        ("dialect.toml", "presence = ", "presense = ", "acme/dialect.toml: TOML parse error at line"),
        ("dialect.toml", "presence = ", "presense = ", "unknown variant `presense`, expected one of"),
        (
            "dialect.toml",
            "form = [\"parameter-invalid\"]",
            "form = [\"parameter-invald\"]",
            "acme/dialect.toml: field classes: form: no row has the condition `parameter-invald`",
        ),
        (
            "dialect.toml",
            "form = [\"parameter-invalid\"]",
            "form = []",
            "acme/dialect.toml: field classes: `form` has no conditions; leave it out",
        ),
        (
            "provocations.toml",
            "When it is sent",
            "And its signature suffers a short digest\nWhen it is sent",
            "bearer cannot suffer a short digest; it has none",
        ),
        (
            "dialect.toml",
            "\"key-wrong\"",
            "\"key-rong\"",
            "field preflight: no row has the condition `key-rong`",
        ),
        ("dialect.toml", "[envelope]", "[envelop]", "unknown field `envelop`"),
    ] {
        assert_eq!(said(folder, "init --dialect acme --force").0, 0);
        change(&folder.join("acme").join(file), old, new);
        let (exit, error) = said(folder, "list --catalog acme --dialect acme");
        assert!(exit == 2 && error.contains(part), "{file}: {error}");
    }
    let (exit, error) = said(folder, "list --catalog nowhere");
    assert!(
        exit == 2
            && error.contains("nowhere/dialect.toml: the file is missing; `lianpu init --dialect NAME`"),
        "{error}"
    );
    said(folder, "init --dialect acme --force");
    let (exit, error) = said(folder, "run --catalog acme --dialect acme");
    assert!(
        exit == 2
            && error.contains("the bundled engine does not speak acme; name an implementation with --target"),
        "{error}"
    );
}
