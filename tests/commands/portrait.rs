//! `lianpu portrait` as it is typed.

use serde_json::Value;

use crate::common;

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

#[test]
fn the_command_writes_truth_and_mask_beside_the_picture() {
    let folder = tempfile::tempdir().unwrap();
    let line =
        "anna cover=mouth + ben glasses=sun size=500x300 canvas=520x310 -o a.png --truth t.json --mask m.png";
    let arguments: Vec<&str> = ["portrait"].into_iter().chain(line.split(' ')).collect();
    let output = common::lianpu(&arguments, Some(folder.path()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&std::fs::read(folder.path().join("t.json")).unwrap()).unwrap();
    let faces = told.as_array().unwrap();
    assert_eq!(faces.len(), 2);
    for face in faces {
        let number = |value: &Value| value.as_f64().unwrap();
        let [x, y, width, height] = ["x", "y", "width", "height"].map(|key| number(&face[key]));
        let points = face["landmarks"].as_array().unwrap();
        assert_eq!(points.len(), 68);
        for point in points {
            let (px, py) = (number(&point[0]), number(&point[1]));
            assert!((x - 1.0..x + width + 1.0).contains(&px), "{point} outside the box");
            assert!((y - 0.2 * height..y + height + 1.0).contains(&py), "{point} outside the box");
        }
        assert_eq!(face["yaw"], 0.0);
    }
    let hidden = |face: usize, part: &str| faces[face]["hidden"][part].as_f64().unwrap();
    assert!(hidden(0, "mouth") > 0.9 && hidden(0, "left_eye") < 0.01, "{}", faces[0]["hidden"]);
    assert!(hidden(1, "left_eye") > 0.9 && hidden(1, "right_eye") > 0.9, "{}", faces[1]["hidden"]);
    assert!(hidden(1, "mouth") < 0.01 && hidden(1, "chin_contour") < 0.01, "{}", faces[1]["hidden"]);

    let mask = image::open(folder.path().join("m.png")).unwrap();
    assert_eq!((mask.width(), mask.height(), mask.color()), (520, 310, image::ColorType::L8));
    let mask = mask.into_luma8();
    assert!(mask.pixels().all(|pixel| [0, 255].contains(&pixel.0[0])));
    let at = |place: &Value| {
        let side = |key| place[key].as_f64().unwrap() as u32;
        mask.get_pixel(side("x"), side("y")).0[0]
    };
    let seen = [0, 1].map(|face| ["mouth", "left_eye", "nose"].map(|point| at(&faces[face][point])));
    assert_eq!(seen, [[255, 0, 0], [0, 255, 0]]);
}
