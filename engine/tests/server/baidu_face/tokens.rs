//! The same picture has the same face tokens, however its pixels were encoded.

use std::io::Cursor;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::imageops::{FilterType, overlay, resize};
use image::{ImageFormat, RgbImage};
use lianpu_corpus::{Citizen, citizens};
use lianpu_engine::vision::Classic;
use serde_json::{Value, json};

use crate::support::baidu::{Baidu, with};

/// The picture file of a citizen.
fn file(name: &str) -> &'static [u8] {
    let citizen = citizens().iter().find(|citizen| citizen.portrait.as_deref() == Some(name));
    citizen.and_then(Citizen::picture).expect("a picture")
}

fn pixels(file: &[u8]) -> RgbImage {
    image::load_from_memory(file).expect("a picture file").into_rgb8()
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture can be written");
    file.into_inner()
}

fn image(file: &[u8]) -> Value {
    json!({ "image": STANDARD.encode(file), "image_type": "BASE64" })
}

fn tokens(baidu: &Baidu, file: &[u8]) -> Vec<String> {
    let found = baidu.ok("v3/detect", &with(&image(file), &json!({ "max_face_num": 5 })));
    let list = found["face_list"].as_array().expect("a list");
    list.iter().filter_map(|face| face["face_token"].as_str()).map(str::to_owned).collect()
}

#[test]
fn what_decodes_to_the_same_pixels_has_the_same_token() {
    let baidu = Baidu::seeing(Arc::new(Classic::default()), |_| {});
    let jpeg = file("anna");
    let anna = pixels(jpeg);
    let token = tokens(&baidu, jpeg);
    assert_eq!(token.len(), 1);
    for format in [ImageFormat::Png, ImageFormat::Bmp] {
        assert_eq!(tokens(&baidu, &encoded(&anna, format)), token, "{format:?}");
    }
    assert_ne!(tokens(&baidu, &encoded(&anna, ImageFormat::Jpeg)), token, "other pixels");
    let mut touched = anna.clone();
    touched.get_pixel_mut(0, 0).0[0] ^= 1;
    assert_ne!(tokens(&baidu, &encoded(&touched, ImageFormat::Png)), token, "one pixel");
}

#[test]
fn faces_of_one_picture_have_tokens_of_their_own() {
    let baidu = Baidu::seeing(Arc::new(Classic::default()), |_| {});
    let (anna, ben) = (pixels(file("anna")), pixels(file("ben")));
    let (width, height) = anna.dimensions();
    let mut both = RgbImage::new(width * 2, height);
    overlay(&mut both, &anna, 0, 0);
    overlay(
        &mut both,
        &resize(&ben, width * 4 / 5, height * 4 / 5, FilterType::Triangle),
        i64::from(width),
        20,
    );
    let found = tokens(&baidu, &encoded(&both, ImageFormat::Png));
    assert_eq!(found.len(), 2);
    assert_ne!(found[0], found[1]);
    assert_eq!(found, tokens(&baidu, &encoded(&both, ImageFormat::Bmp)));
    // Either face serves as a picture, and is the same face then.
    for token in &found {
        let again = baidu.ok("v3/detect", &json!({ "image": token, "image_type": "FACE_TOKEN" }));
        assert_eq!(again["face_list"][0]["face_token"], *token);
    }
}

#[test]
fn a_face_is_registered_once_however_its_picture_is_encoded() {
    let baidu = Baidu::seeing(Arc::new(Classic::default()), |_| {});
    let anna = pixels(file("anna"));
    let add = |file: &[u8], user: &str| {
        let user = json!({ "group_id": "g", "user_id": user });
        baidu.code("v3/faceset/user/add", &with(&image(file), &user))
    };
    assert_eq!(add(file("anna"), "u"), 0);
    assert_eq!(add(&encoded(&anna, ImageFormat::Png), "u"), 223_105);
    assert_eq!(add(&encoded(&anna, ImageFormat::Bmp), "v"), 223_105);
    assert_eq!(add(file("ben"), "v"), 0);
    let token = &tokens(&baidu, &encoded(&anna, ImageFormat::Bmp))[0];
    let removed = json!({ "group_id": "g", "user_id": "u", "face_token": token });
    assert_eq!(baidu.code("v3/faceset/face/delete", &removed), 0, "any encoding names it");
    assert_eq!(add(&encoded(&anna, ImageFormat::Png), "u"), 0);
}
