//! Real pictures, seen by the nets: control, merging, editing, content review, the register of citizens.
//!
//! The pictures are those of the bundled citizens, which are drawn. Skips, saying so, where the nets' weights are not
//! installed.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage, imageops};
use lianpu_corpus::{Citizen, citizens, markers};
use lianpu_engine::vision::{ABILITIES, Limits, Seeing};
use serde_json::{Value, json};

use crate::common;
use crate::support::baidu::{Baidu, with};

fn baidu() -> Option<Baidu> {
    let seeing = Seeing::load(&common::nets()?, Limits::default()).expect("models that are there are right");
    Some(Baidu::seeing(Arc::new(seeing), |_| {}))
}

/// The picture of a citizen.
fn portrait(name: &str) -> RgbImage {
    let citizen = citizens().iter().find(|citizen| citizen.portrait.as_deref() == Some(name));
    let file = citizen.and_then(Citizen::picture).expect("a picture");
    image::load_from_memory(file).expect("a picture file").into_rgb8()
}

fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let encoder = JpegEncoder::new_with_quality(&mut file, quality);
    picture.write_with_encoder(encoder).expect("a picture can be written");
    file.into_inner()
}

fn image(picture: &RgbImage) -> Value {
    json!({ "image": STANDARD.encode(jpeg(picture, 90)), "image_type": "BASE64" })
}

fn opened(text: &Value) -> RgbImage {
    let file = STANDARD.decode(text.as_str().expect("a text")).expect("Base64");
    image::load_from_memory(&file).expect("a picture file").into_rgb8()
}

/// How much two pictures of one size differ in the mean.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    let sum: u64 = one.iter().zip(other.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.len() as f64
}

/// The picture turned clockwise about its middle, on grey.
fn rolled(picture: &RgbImage, degrees: f32) -> RgbImage {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let (width, height) = picture.dimensions();
    let (middle_x, middle_y) = (width as f32 / 2.0, height as f32 / 2.0);
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 - middle_x, y as f32 - middle_y);
        let (x, y) = (x * cosine + y * sine + middle_x, y * cosine - x * sine + middle_y);
        let inside = x >= 0.0 && y >= 0.0 && (x as u32) < width && (y as u32) < height;
        if inside { *picture.get_pixel(x as u32, y as u32) } else { Rgb([128; 3]) }
    })
}

#[test]
fn citizens_are_recognised() {
    let Some(baidu) = baidu() else { return };
    let known = json!({ "id_card_number": "990101199804120027", "name": "脸谱安" });
    let score = |picture: &RgbImage| {
        let result = baidu.ok("v3/person/verify", &with(&image(picture), &known));
        result["score"].as_f64().expect("a number")
    };
    let (own, other) = (score(&portrait("anna")), score(&portrait("ben")));
    assert!(own > 95.0 && other < 80.0, "{own} {other}");
    let unknown = json!({ "id_card_number": "990101199804120027", "name": "脸谱本" });
    assert_eq!(baidu.code("v3/person/verify", &with(&image(&portrait("anna")), &unknown)), 222_351);
}

#[test]
fn defects_are_refused_at_high_and_pass_without_control() {
    let Some(baidu) = baidu() else { return };
    let anna = portrait("anna");
    let (width, height) = anna.dimensions();
    let dark = RgbImage::from_fn(width, height, |x, y| anna.get_pixel(x, y).0.map(|value| value / 4).into());
    let blurred = imageops::blur(&anna, 5.0);
    let turned = rolled(&anna, 45.0);
    for (what, picture, expected) in [
        ("as it is", &anna, 0),
        ("dark", &dark, 223_115),
        ("blurred", &blurred, 223_114),
        ("turned", &turned, 223_129),
    ] {
        let add = |level: &str| {
            let user = json!({ "group_id": "g", "user_id": "u", "action_type": "REPLACE", "quality_control": level });
            baidu.code("v3/faceset/user/add", &with(&image(picture), &user))
        };
        assert_eq!((add("HIGH"), add("NONE")), (expected, 0), "{what}");
    }
}

#[test]
fn points_and_attributes_are_told() {
    let Some(baidu) = baidu() else { return };
    let asked = json!({ "face_field": "age,gender,glasses,expression,emotion,eye_status,quality,landmark" });
    let face = baidu.ok("v3/detect", &with(&image(&portrait("ben")), &asked))["face_list"][0].clone();
    assert_eq!(face["gender"]["type"], "male");
    let (left, top) = (&face["landmark"][0], &face["landmark"][3]);
    assert!(left["x"].as_f64() < face["landmark"][1]["x"].as_f64() && left["y"].as_f64() < top["y"].as_f64());
    assert_eq!(face["quality"]["completeness"], 1);
    assert!(face["face_probability"].as_f64() > Some(0.9));
    let points = baidu.ok("v1/landmark", &image(&portrait("ben")));
    assert_eq!((&points["face_num"], &points["face_list"][0]["landmark"]), (&json!(1), &face["landmark"]));
}

#[test]
fn what_cannot_be_told_is_left_out_and_nothing_else() {
    let Some(baidu) = baidu() else { return };
    let fields = "age,beauty,emotion,expression,eye_status,face_shape,face_type,feature,gender,glasses,\
                  landmark,landmark72,landmark150,landmark201,lip_language,mask,parsing,quality,race,spoofing";
    let face = baidu.ok("v3/detect", &with(&image(&portrait("ben")), &json!({ "face_field": fields })));
    let face = &face["face_list"][0];
    let absent: BTreeSet<&str> = fields.split(',').filter(|field| face[field].is_null()).collect();
    let untold = ABILITIES.iter().filter(|ability| !ability.is_told()).map(|ability| ability.name);
    assert_eq!(absent, untold.collect());
    let of_old = with(&image(&portrait("ben")), &json!({ "face_field": "faceshape,facetype" }));
    let told = &baidu.ok("v3/detect", &of_old)["face_list"][0];
    assert_eq!((&told["face_shape"], &told["face_type"]), (&face["face_shape"], &face["face_type"]));
    assert!(told["faceshape"].is_null() && told["facetype"].is_null(), "asked for by the names of old");
    let share = face["glasses"]["probability"].as_f64().expect("a number");
    assert!((0.5..1.0).contains(&share), "no certainty is made up: {}", face["glasses"]);
}

#[test]
fn the_dialects_readme_says_what_cannot_be_told() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/dialects/baidu-face/README.md");
    let readme = std::fs::read_to_string(readme).expect("read");
    for ability in ABILITIES.iter().filter(|ability| !ability.is_told()) {
        let row = format!("| `{}` | {} |", ability.name, ability.meaning);
        assert!(readme.contains(&row), "the README lacks {row}");
    }
}

#[test]
fn a_face_is_put_in_the_place_of_another() {
    let Some(baidu) = baidu() else { return };
    let (anna, ben) = (portrait("anna"), portrait("ben"));
    let merge = |degree: &str| {
        let body = json!({
            "image_template": with(&image(&anna), &json!({ "quality_control": "NONE" })),
            "image_target": image(&ben),
            "merge_degree": degree,
        });
        opened(&baidu.ok("v1/merge", &body)["merge_image"])
    };
    let (low, complete) = (merge("LOW"), merge("COMPLETE"));
    assert_eq!(complete.dimensions(), anna.dimensions());
    assert!(difference(&complete, &anna) > difference(&low, &anna) + 0.5, "the degree counts");
    let corner = |picture: &RgbImage| imageops::crop_imm(picture, 0, 0, 30, 30).to_image();
    assert!(difference(&corner(&complete), &corner(&anna)) < 3.0, "only the face changes");
    let score = |picture: &RgbImage, other: &RgbImage| {
        baidu.ok("v3/match", &json!([image(picture), image(other)]))["score"].as_f64().expect("a number")
    };
    let (before, after) = (score(&anna, &ben), score(&complete, &ben));
    assert!(after > before, "more like the target: {before} {after}");
}

#[test]
fn a_template_must_be_good_and_parameters_right() {
    let Some(baidu) = baidu() else { return };
    let (anna, ben) = (image(&portrait("anna")), image(&portrait("ben")));
    let merge = |template: &Value, target: &Value, more: &Value| {
        let both = json!({ "image_template": template, "image_target": target });
        baidu.code("v1/merge", &with(&both, more))
    };
    let none = json!({});
    let blurred = image(&imageops::blur(&portrait("anna"), 6.0));
    assert_eq!(merge(&blurred, &ben, &none), 222_211);
    assert_eq!(merge(&with(&blurred, &json!({ "quality_control": "HIGH" })), &ben, &none), 223_114);
    assert_eq!(merge(&anna, &blurred, &none), 0, "the target need not be as good");
    assert_eq!(merge(&anna, &ben, &json!({ "merge_degree": "FULL" })), 222_101);
    assert_eq!(merge(&anna, &ben, &json!({ "merge_degree": 3 })), 222_101);
    assert_eq!(merge(&anna, &ben, &json!({ "template_type": {} })), 222_046);
    assert_eq!(merge(&with(&anna, &json!({ "face_location": "abc" })), &ben, &none), 222_102);
    assert_eq!(merge(&anna, &json!({ "image_type": "BASE64" }), &none), 222_001);
    let engine = json!({ "image_template": anna, "image_target": ben });
    assert_eq!(baidu.failing("merge.engine", "v1/merge", &engine), 222_212);
}

#[test]
fn a_face_is_edited() {
    let Some(baidu) = baidu() else { return };
    let anna = portrait("anna");
    let edit = |action: &Value| opened(&baidu.ok("v1/editattr", &with(&image(&anna), action))["image"]);
    let looks =
        ["TO_KID", "TO_OLD", "TO_FEMALE", "TO_MALE"].map(|action| edit(&json!({ "action_type": action })));
    for (index, look) in looks.iter().enumerate() {
        assert_eq!(look.dimensions(), anna.dimensions());
        assert!(difference(look, &anna) > 1.0, "{index} changes something");
        assert!(looks[index + 1..].iter().all(|other| difference(look, other) > 0.5), "{index} is its own");
        assert_eq!(baidu.code("v3/detect", &image(look)), 0, "still a face");
    }
    let older = edit(&json!({ "action_type": "V2_AGE", "target": "70" }));
    assert!(difference(&older, &looks[1]) < 0.1, "the oldest there is");
    assert_eq!(baidu.code("v1/editattr", &with(&image(&anna), &json!({ "action_type": "V2_AGE" }))), 222_001);
    assert_eq!(baidu.code("v1/editattr", &image(&anna)), 222_001);
    let nowhere = json!({ "action_type": "TO_KID", "face_location": { "left": 1 } });
    assert_eq!(baidu.code("v1/editattr", &with(&image(&anna), &nowhere)), 222_102);
}

#[test]
fn marked_pictures_are_refused_by_the_review() {
    let Some(baidu) = baidu() else { return };
    let codes = [("porn", 222_307), ("sensitive-person", 222_308)];
    let ben = image(&portrait("ben"));
    for marker in markers() {
        let mut marked = portrait("anna");
        for (place, colour) in marker.colours.iter().enumerate() {
            for (x, y) in (0..marker.side).flat_map(|y| (0..marker.side).map(move |x| (x, y))) {
                marked.put_pixel(place as u32 * marker.side + x, y, (*colour).into());
            }
        }
        let (_, code) = codes.iter().find(|(name, _)| *name == marker.name).expect("a known marker");
        for quality in [30, 95] {
            let marked = json!({ "image": STANDARD.encode(jpeg(&marked, quality)), "image_type": "BASE64" });
            let edit = with(&marked, &json!({ "action_type": "TO_KID" }));
            assert_eq!(baidu.code("v1/editattr", &edit), *code);
            for (template, target) in [(&marked, &ben), (&ben, &marked)] {
                let merge = json!({ "image_template": template, "image_target": target });
                assert_eq!(baidu.code("v1/merge", &merge), *code);
            }
            assert_eq!(baidu.code("v3/detect", &marked), 0, "nobody reviews what is not shown again");
        }
    }
}
