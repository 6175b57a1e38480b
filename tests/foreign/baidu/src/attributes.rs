//! What the answers tell of a face.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};

use crate::{
    defects::Defects,
    json::rounded,
    picture::Sighting,
    vision::{self, Face, PARTS},
};

/// Where a face is: its upper left corner, turned with it, and its size.
pub fn location(face: &Face, defects: &Defects) -> Value {
    let scale = if defects.on("box-in-half-scale") { 0.5 } else { 1.0 };
    let tall = 1.12;
    let (x, y) = face.square.point(0.0, 0.5 - tall / 2.0);
    let (width, height) = (face.square.side * scale, face.square.side * tall * scale);
    let (width, height) =
        if defects.on("width-and-height-exchanged") { (height, width) } else { (width, height) };
    let (left, top) = if defects.on("left-and-top-exchanged") { (y, x) } else { (x, y) };
    let turn = if defects.on("rotation-always-0") { 0.0 } else { face.square.turn };
    let mut location = json!({
        "left": rounded(left * scale, 2),
        "top": rounded(top * scale, 2),
        "width": width.round() as i64,
        "height": height.round() as i64,
        "rotation": turn.round() as i64,
    });
    if defects.on("box-as-text") {
        location["width"] = json!(location["width"].to_string());
    }
    location
}

/// The element of a list of faces.
pub fn element(sighting: &Sighting, names: &[String], picture: bool, defects: &Defects) -> Value {
    let face = &sighting.face;
    let scale = if defects.on("probability-in-percent") { 100.0 } else { 1.0 };
    let angle = if defects.on("angle-in-radians") { 1f32.to_radians() } else { 1.0 };
    let mut map = Map::new();
    map.insert("face_token".into(), json!(sighting.token));
    map.insert("location".into(), location(face, defects));
    map.insert("face_probability".into(), json!(rounded(face.probability * scale, 4)));
    let angles = json!({
        "yaw": rounded(face.yaw * angle, 2),
        "pitch": rounded(guess(face, "pitch", -4.0, 4.0) * angle, 2),
        "roll": rounded(face.square.turn * angle, 2),
    });
    map.insert("angle".into(), angles);
    map.insert("detector".into(), json!("frontal"));
    if picture {
        map.insert("corp_image_base64".into(), json!(BASE64_STANDARD.encode(&face.portrait)));
    }
    let all = if defects.on("attributes-unasked") { ALL.map(str::to_owned).to_vec() } else { Vec::new() };
    for name in names.iter().chain(&all).filter(|_| !defects.on("face-field-ignored")) {
        attribute(&mut map, face, name, defects);
    }
    if defects.on("no-face-token-told") {
        map.remove("face_token");
    }
    Value::Object(map)
}

/// Every name of `face_field`, for a defect that tells all.
const ALL: [&str; 8] = ["age", "beauty", "expression", "gender", "glasses", "face_type", "mask", "emotion"];

/// Adds what one name of `face_field` stands for; unknown names add nothing.
fn attribute(map: &mut Map<String, Value>, face: &Face, name: &str, defects: &Defects) {
    let point = |(x, y): (f32, f32)| json!({ "x": rounded(x, 2), "y": rounded(y, 2) });
    let list = |points: Vec<(f32, f32)>| Value::from(points.into_iter().map(point).collect::<Vec<_>>());
    let one_of = |name: &str, kinds: &[&str]| {
        let kind = kinds[(guess(face, name, 0.0, kinds.len() as f32) as usize).min(kinds.len() - 1)];
        json!({ "type": kind, "probability": rounded(guess(face, &format!("p {name}"), 0.6, 0.99), 3) })
    };
    let cover = |part: &str| {
        PARTS.iter().position(|name| *name == part).map_or(0.0, |index| face.quality.cover[index])
    };
    let (name, value) = match name {
        "age" if defects.on("age-as-text") => ("age", json!("31")),
        "age" => ("age", json!(rounded(guess(face, "age", 21.0, 48.0), 1))),
        "beauty" => ("beauty", json!(rounded(guess(face, "beauty", 20.0, 80.0), 2))),
        "expression" => ("expression", one_of("expression", &["none", "none", "smile"])),
        "face_shape" | "faceshape" => {
            ("face_shape", one_of("shape", &["square", "triangle", "oval", "heart", "round"]))
        }
        "gender" => ("gender", one_of("gender", &["male", "female"])),
        "glasses" => {
            let dark = cover("left_eye") > 0.5 && cover("right_eye") > 0.5;
            ("glasses", json!({ "type": if dark { "sun" } else { "none" }, "probability": 0.81 }))
        }
        "eye_status" => {
            let open = |part: &str| rounded(1.0 - cover(part), 4);
            ("eye_status", json!({ "left_eye": open("left_eye"), "right_eye": open("right_eye") }))
        }
        "emotion" => ("emotion", one_of("emotion", &["neutral", "neutral", "happy", "sad"])),
        "race" => ("race", one_of("race", &["yellow", "white", "black", "arabs"])),
        "face_type" | "facetype" => ("face_type", json!({ "type": "human", "probability": 0.97 })),
        "mask" => {
            let worn = cover("nose") > 0.5 && cover("mouth") > 0.5;
            ("mask", json!({ "type": u8::from(worn), "probability": 0.88 }))
        }
        "spoofing" => ("spoofing", json!(rounded(1.0 - face.quality.live, 6))),
        "liveness" => ("liveness", json!({ "livemapscore": rounded(face.quality.live, 6) })),
        "landmark" => {
            map.insert("landmark72".into(), list(vision::landmark72(&face.square)));
            ("landmark", list(vision::landmark4(&face.square)))
        }
        "landmark4" => ("landmark", list(vision::landmark4(&face.square))),
        "landmark72" if defects.on("landmark72-is-short") => {
            ("landmark72", list(vision::landmark72(&face.square)[..68].to_vec()))
        }
        "landmark72" => ("landmark72", list(vision::landmark72(&face.square))),
        "landmark150" if defects.on("landmark150-as-list") => {
            ("landmark150", vision::landmark150(&face.square).into_iter().map(|(_, at)| point(at)).collect())
        }
        "landmark150" => {
            let points = vision::landmark150(&face.square).into_iter().map(|(name, at)| (name, point(at)));
            ("landmark150", Value::Object(points.collect()))
        }
        "quality" => ("quality", quality(face, defects)),
        _ => return,
    };
    map.insert(name.to_owned(), value);
}

/// The measures of a picture.
fn quality(face: &Face, defects: &Defects) -> Value {
    let parts = PARTS.iter().zip(face.quality.cover);
    let occlusion: Map<String, Value> =
        parts.map(|(part, cover)| ((*part).to_owned(), json!(rounded(cover, 4)))).collect();
    let light =
        if defects.on("illumination-is-a-share") { face.quality.light / 255.0 } else { face.quality.light };
    let blur = if defects.on("blur-upside-down") { 1.0 - face.quality.blur } else { face.quality.blur };
    let whole = u8::from(face.quality.whole != defects.on("completeness-upside-down"));
    json!({
        "occlusion": occlusion,
        "blur": rounded(blur, 6),
        "illumination": rounded(light, 1),
        "completeness": whole,
    })
}

/// A number between two bounds that is the same for the same face.
fn guess(face: &Face, name: &str, least: f32, most: f32) -> f32 {
    let start = face.description.seed();
    let hash = name.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let share = ((hash >> 20) % 10_000) as f32 / 10_000.0;
    least + (most - least) * share
}
