//! How a picture is given, and what it may be.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::baidu::{Baidu, image, with};
use crate::support::origin;

fn bytes(file: &[u8]) -> Value {
    json!({ "image": STANDARD.encode(file), "image_type": "BASE64" })
}

#[test]
fn bytes_that_are_no_picture_are_refused() {
    let baidu = Baidu::start();
    for file in [&b"hello"[..], b"GIF89a....", b"RIFF\0\0\0\0WEBPVP8 ", b"\xff\xd8\xff\xfe\xff", b"{}"] {
        assert_eq!(baidu.code("v3/detect", &bytes(file)), 222_203, "{file:?}");
    }
    let address = format!("data:image/jpeg;base64,{}", STANDARD.encode(b"\xff\xd8\xffanna"));
    assert_eq!(baidu.code("v3/detect", &json!({ "image": address, "image_type": "BASE64" })), 222_203);
    assert_eq!(baidu.code("v3/detect", &image("")), 222_202);
}

#[test]
fn a_picture_larger_than_allowed_is_refused_by_its_head() {
    let baidu = Baidu::start();
    let png = |width: u32, height: u32| {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        file.extend(width.to_be_bytes());
        file.extend(height.to_be_bytes());
        file.extend([8, 2, 0, 0, 0]);
        file.extend(crc(&file[12..]).to_be_bytes());
        file.extend(b"\0\0\xff\xffIDATx\x9c");
        file
    };
    for (width, height) in [(8000, 8000), (1921, 10), (10, 1921), (1081, 1081)] {
        assert_eq!(baidu.code("v3/detect", &bytes(&png(width, height))), 222_304, "{width}x{height}");
    }
    for (width, height) in [(1920, 1080), (1080, 1920)] {
        assert_eq!(baidu.code("v3/detect", &bytes(&png(width, height))), 222_203, "no pixels follow");
    }
    let newer = Baidu::with(|config| {
        config.set_limit("picture-long-side", 6000).expect("known");
        config.set_limit("picture-short-side", 6000).expect("known");
    });
    assert_eq!(newer.code("v3/detect", &bytes(&png(6000, 6000))), 222_203);
}

/// The check sum of a part of a PNG file.
fn crc(bytes: &[u8]) -> u32 {
    let table =
        |byte: u32| (0..8).fold(byte, |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 });
    !bytes.iter().fold(!0_u32, |crc, byte| table((crc ^ u32::from(*byte)) & 0xff) ^ (crc >> 8))
}

#[test]
fn pictures_are_fetched_or_not() {
    let baidu = Baidu::start();
    let origin = origin::start();
    let at = |path: &str| json!({ "image": format!("http://{origin}/{path}"), "image_type": "URL" });
    assert_eq!(baidu.code("v3/detect", &at("face/anna")), 0);
    for path in ["missing", "error", "page", "empty", "cut", "huge"] {
        assert_eq!(baidu.code("v3/detect", &at(path)), 222_204, "{path}");
    }
    for address in ["http://127.0.0.1:9/x.jpg", "http://no-such-host.invalid/x.jpg", "ftp://x/y", "nonsense"]
    {
        let body = json!({ "image": address, "image_type": "URL" });
        assert_eq!(baidu.code("v3/detect", &body), 222_204, "{address}");
    }
    let careful = Baidu::with(|config| config.allow_private_urls = false);
    assert_eq!(careful.code("v3/detect", &at("face/anna")), 222_204);
}

#[test]
fn detection_tells_what_was_asked_for() {
    let baidu = Baidu::start();
    let all = baidu.ok("v3/detect", &with(&image("anna,bea"), &json!({ "max_face_num": 5, "face_field": "age,gender,expression,glasses,emotion,landmark,quality" })));
    assert_eq!(all["face_num"], 2);
    let face = &all["face_list"][0];
    assert_eq!(face["age"], 37);
    assert_eq!(face["gender"], json!({ "type": "male", "probability": 0.99 }));
    assert_eq!(face["expression"]["type"], "none");
    assert_eq!(face["glasses"]["type"], "common");
    assert_eq!(face["angle"], json!({ "yaw": -50, "pitch": 4, "roll": 1 }));
    assert_eq!(face["landmark"].as_array().map(Vec::len), Some(4));
    assert_eq!(face["location"]["rotation"], 1);
    let plain = baidu.ok("v3/detect", &image("anna,bea"));
    assert_eq!(plain["face_num"], 1, "one unless more are asked for");
    let face = plain["face_list"][0].as_object().expect("an object");
    let names: Vec<_> = face.keys().map(String::as_str).collect();
    assert_eq!(names, ["angle", "face_probability", "face_token", "location"]);
}

#[test]
fn the_face_in_the_middle_can_come_first() {
    let baidu = Baidu::start();
    let left = |order: u32| {
        let body = with(&image("a,b,c,d,e"), &json!({ "face_sort_type": order }));
        baidu.ok("v3/detect", &body)["face_list"][0]["location"]["left"].clone()
    };
    // Faces lie 70 pixels apart in a picture 640 wide.
    assert_eq!((left(0), left(1)), (json!(0), json!(280)));
}

#[test]
fn a_face_that_looks_elsewhere_fails_the_control_and_passes_without() {
    let baidu = Baidu::start();
    // The made-up faces have a yaw of 50 degrees.
    let body = json!({ "group_id": "g", "user_id": "u", "quality_control": "LOW" });
    assert_eq!(baidu.code("v3/faceset/user/add", &with(&image("anna"), &body)), 223_129);
    let none = json!({ "group_id": "g", "user_id": "u", "quality_control": "NONE" });
    assert_eq!(baidu.code("v3/faceset/user/add", &with(&image("anna"), &none)), 0);
    let search = json!({ "group_id_list": "g", "quality_control": "HIGH" });
    assert_eq!(baidu.code("v3/search", &with(&image("anna"), &search)), 223_129);
    assert_eq!(baidu.code("v3/multi-search", &with(&image("anna"), &search)), 222_202, "all are left out");
    let citizen =
        json!({ "id_card_number": "990101199804120027", "name": "another", "quality_control": "HIGH" });
    assert_eq!(baidu.code("v3/person/verify", &with(&image("anna"), &citizen)), 223_129, "quality first");
}

#[test]
fn sessions_of_video_liveness_have_codes() {
    let baidu = Baidu::start();
    let path = "v1/faceliveness/sessioncode";
    let voice = baidu.ok(path, &json!({ "min_code_length": 4, "max_code_length": "4" }));
    assert_eq!(voice["code"].as_str().map(str::len), Some(4));
    assert_eq!(baidu.code(path, &json!({ "type": 1 })), 0);
    assert_eq!(baidu.code(path, &json!({ "min_code_length": 6, "max_code_length": 3 })), 222_027);
    for value in [json!("x"), json!(0), json!(99)] {
        assert_eq!(baidu.code(path, &json!({ "min_code_length": value })), 222_028, "{value}");
        assert_eq!(baidu.code(path, &json!({ "max_code_length": value })), 222_029, "{value}");
    }
    let video = STANDARD.encode(b"RIFF\xff\xd8\xffanna\xff\xd9..");
    let verify =
        |more: Value| baidu.call("v1/faceliveness/verify", &with(&json!({ "video_base64": video }), &more));
    assert_eq!(verify(json!({ "face_field": 5 }))["error_code"], 222_017);
    // The made-up picture is text, which the end of a JPEG file is not.
    assert_eq!(verify(json!({}))["error_code"], 222_202);
    assert_eq!(verify(json!({ "session_id": "none" }))["error_msg"], "param[session_id] is null");
    assert_eq!(baidu.code("v1/faceliveness/verify", &json!({})), 222_001);
    let no_video = json!({ "video_base64": STANDARD.encode(b"ftypmp42") });
    assert_eq!(baidu.code("v1/faceliveness/verify", &no_video), 222_203);
}

#[test]
fn citizens_are_known_by_number_and_name() {
    let baidu = Baidu::start();
    let citizen = |number: &str, name: &str| json!({ "id_card_number": number, "name": name });
    let known = citizen("990101199804120027", "脸谱安");
    assert_eq!(baidu.ok("v3/person/idmatch", &known), Value::Null);
    assert_eq!(baidu.code("v3/person/idmatch", &citizen("990101199804120027", "脸谱本")), 222_351);
    assert_eq!(baidu.code("v3/person/idmatch", &citizen("11010519491231002X", "脸谱安")), 222_351);
    let without_picture = with(&image("anna"), &citizen("990101198806060043", "脸谱无"));
    assert_eq!(baidu.code("v3/person/verify", &without_picture), 222_350);
}
