//! What is told of a face, with its types.

use serde_json::json;

use crate::support::{Server, picture};

#[test]
fn detect_describes_the_first_five_faces() {
    let server = Server::start(|_| {});
    let faces = (0..7).map(|number| format!("face{number}")).collect::<Vec<_>>().join(",");
    let reply = server.multipart("detect", &[("image", &picture(&faces))]);
    let data = reply.ok();
    assert_eq!((&data["image_width"], &data["image_height"]), (&json!(640), &json!(480)));
    let faces = data["face"].as_array().expect("a list");
    assert_eq!(faces.len(), 7);
    for face in &faces[..5] {
        assert_eq!(face["age"], json!(37));
        assert_eq!((&face["pitch"], &face["yaw"], &face["roll"]), (&json!(4), &json!(-30), &json!(1)));
        assert_eq!(
            (&face["gender"], &face["expression"], &face["glass"]),
            (&json!(99), &json!(10), &json!(true))
        );
    }
    for face in &faces[5..] {
        assert!(face.get("age").is_none() && face.get("yaw").is_none(), "{face}");
        assert!(face["face_id"].is_string() && face["x"].is_i64(), "{face}");
    }
    assert!(reply.text.contains(r#""width":64.0"#), "{}", reply.text);
    let largest = server.multipart("detect", &[("mode", b"1"), ("image", &picture("anna,bea"))]).ok();
    assert_eq!(largest["face"].as_array().map(Vec::len), Some(1));
}

#[test]
fn getfaceinfo_tells_what_was_seen_when_the_face_was_added() {
    let server = Server::start(|_| {});
    let face = server.person("p", "g", &picture("anna"))["face_id"].clone();
    let info = server.json("getfaceinfo", json!({ "face_id": face }));
    let expected = json!({
        "face_id": face, "x": 0, "y": 10, "width": 64.0, "height": 64.0, "pitch": 4, "roll": 1, "yaw": -30, "age": 37,
        "gender": 99, "glass": true, "expression": 10,
    });
    assert_eq!(info.ok()["face_info"], expected);
    assert_eq!(server.json("getfaceinfo", json!({ "face_id": "1" })).code(), -1305);
}

#[test]
fn shape_tells_seven_lines_of_each_face() {
    let server = Server::start(|_| {});
    let data = server.multipart("shape", &[("image", &picture("anna,bea"))]).ok();
    let shapes = data["face_shape"].as_array().expect("a list");
    assert_eq!(shapes.len(), 2);
    let lines = [
        ("face_profile", 21),
        ("left_eye", 8),
        ("right_eye", 8),
        ("left_eyebrow", 8),
        ("right_eyebrow", 8),
        ("mouth", 22),
        ("nose", 13),
    ];
    for (line, count) in lines {
        let points = shapes[1][line].as_array().expect(line);
        assert_eq!(points.len(), count, "{line}");
        assert!(points.iter().all(|point| point["x"].is_i64() && point["y"].is_i64()), "{line}");
    }
}
