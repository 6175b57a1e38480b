//! `lianpu portrait` as it is typed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

#[test]
fn words_and_flags_mix_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    for (name, arguments) in [
        ("a.jpg", vec!["anna", "smile=1", "size=64x80", "-o", "a.jpg"]),
        ("b.jpg", vec!["-o", "b.jpg", "anna", "smile=1", "--size", "64x80"]),
        ("c.jpg", vec!["anna smile=1 size=64x80", "--output", "c.jpg"]),
    ] {
        let output = common::lianpu(&[&["portrait"], &arguments[..]].concat(), Some(folder.path()));
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(read("a.jpg").starts_with(&[0xff, 0xd8]));
    assert_eq!(read("a.jpg"), read("b.jpg"));
    assert_eq!(read("a.jpg"), read("c.jpg"));
}

#[test]
fn a_seed_alone_draws_the_person_of_that_seed() {
    let folder = tempfile::tempdir().unwrap();
    let draw = |arguments: &[&str]| {
        let output = common::lianpu(
            &[&["portrait", "--size", "64x80", "-o", "-"], arguments].concat(),
            Some(folder.path()),
        );
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    assert_eq!(draw(&["--seed", "7"]), draw(&["seed:7", "seed=7"]));
    assert_ne!(draw(&["--seed", "7"]), draw(&["--seed", "8"]));
}

#[test]
fn an_unknown_word_names_the_nearest_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = common::lianpu(&["portrait", "ana", "-o", "a.jpg"], Some(folder.path()));
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("anna"));
    assert!(!folder.path().join("a.jpg").exists());
}
