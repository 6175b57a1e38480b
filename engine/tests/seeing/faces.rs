//! Seeing on real faces: the ORL set, and the weights from the model directory.
//!
//! What is not there is skipped, and said so. A subset keeps the time short.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, crop_imm, overlay, resize};
use image::{GrayImage, ImageFormat, RgbImage};
use lianpu_engine::vision::{
    Analyser, Classic, Face, Failure, Glasses, Limits, Rect, Seeing, Stage, Wanted, Workers, load, models,
};

use crate::common;

const ALL: Wanted = Wanted { landmarks: true, attributes: true, description: true, ..Wanted::PLACES };

/// One picture of ORL, three times its size: person 1 to 40, picture 1 to 10.
fn orl(person: usize, picture: usize) -> Option<RgbImage> {
    let file = fs::read(common::shared(&format!("data/orl/s{person}/{picture}.pgm"))?).expect("read");
    let pixels = file[file.len() - 92 * 112..].to_vec();
    let grey = GrayImage::from_raw(92, 112, pixels).expect("92 × 112 bytes");
    let grown = resize(&grey, 276, 336, FilterType::CatmullRom);
    Some(image::DynamicImage::from(grown).into_rgb8())
}

fn png(image: &RgbImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).expect("encoded");
    bytes.into_inner()
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 60).encode_image(image).expect("encoded");
    bytes
}

fn seeing() -> Option<Seeing> {
    Some(Seeing::load(&common::nets()?, Limits::default()).expect("models that are there are right"))
}

fn one(analyser: &dyn Analyser, file: &[u8], wanted: Wanted) -> Face {
    analyser.analyse(file, wanted, &|_| false).expect("a face").faces.remove(0)
}

#[test]
fn without_models_the_analyser_is_classic_and_says_so() {
    let nowhere = tempfile::tempdir().expect("a temporary directory");
    for models in [None, Some(nowhere.path())] {
        let analyser = load(models).expect("no models are no error");
        assert_eq!(analyser.name(), "classic");
        assert!(!analyser.capabilities().identification);
    }
    fs::write(nowhere.path().join(models::FILES[0].name), "{}").expect("written");
    assert!(load(Some(nowhere.path())).is_err(), "damaged models are not passed over");
}

#[test]
fn classic_sees_places_and_pictures_but_nothing_of_people() {
    let Some(picture) = orl(5, 1) else { return };
    let face = one(&Classic::default(), &png(&picture), ALL);
    assert!(face.rect.width > 100.0 && face.rect.width < 276.0, "{:?}", face.rect);
    assert!(face.description.is_some());
    assert!(face.landmarks.is_none() && face.age.is_none() && face.glasses.is_none() && face.pose.is_none());
}

#[test]
fn a_picture_without_a_face_has_none() {
    let sky = RgbImage::from_fn(320, 240, |x, y| image::Rgb([120, 160, 200 + ((x * y) % 7) as u8]));
    let failure = Classic::default().analyse(&png(&sky), ALL, &|_| false).expect_err("no face");
    assert_eq!(failure, Failure::NoFace);
}

#[test]
fn faces_come_largest_first_and_apart() {
    let (Some(one), Some(other)) = (orl(5, 1), orl(12, 1)) else { return };
    let mut both = RgbImage::from_pixel(640, 360, image::Rgb([110, 120, 130]));
    overlay(&mut both, &resize(&one, 138, 168, FilterType::Triangle), 40, 90);
    overlay(&mut both, &other, 320, 12);
    let classic = Classic::default();
    let faces = classic.analyse(&png(&both), ALL, &|_| false).expect("two faces").faces;
    assert_eq!(faces.len(), 2);
    let rects: Vec<Rect> = faces.iter().map(|face| face.rect).collect();
    assert!(rects[0].centre().x > 320.0 && rects[0].area() > rects[1].area(), "{rects:?}");

    let largest =
        classic.analyse(&png(&both), Wanted { largest_only: true, ..ALL }, &|_| false).expect("a face");
    assert_eq!(largest.faces.len(), 1);
    assert!(largest.faces[0].rect.centre().x > 320.0);

    let bounded =
        classic.analyse(&png(&both), Wanted { fully: Some(1), ..ALL }, &|_| false).expect("two faces");
    assert!(bounded.faces[0].description.is_some() && bounded.faces[1].description.is_none());
}

#[test]
fn the_same_picture_is_almost_the_same_and_other_pictures_are_not() {
    let classic = Classic::default();
    let place = Wanted::default();
    for person in [3, 9, 16, 25, 38] {
        let (Some(picture), Some(later)) = (orl(person, 1), orl(person, 7)) else { return };
        let Some(other) = orl(person + 1, 1) else { return };
        let face = one(&classic, &png(&picture), place);
        let scaled = |factor: f32| {
            resize(&picture, (276.0 * factor) as u32, (336.0 * factor) as u32, FilterType::Triangle)
        };
        let cropped = crop_imm(&picture, 12, 10, 254, 316).to_image();
        for (what, file) in [
            ("as PNG", png(&picture)),
            ("as JPEG", jpeg(&picture)),
            ("at 0.7", png(&scaled(0.7))),
            ("at 1.3 as JPEG", jpeg(&scaled(1.3))),
            ("cropped", png(&cropped)),
        ] {
            assert!(classic.almost_same(&face, &one(&classic, &file, place)), "person {person} {what}");
        }
        assert!(!classic.almost_same(&face, &one(&classic, &png(&later), place)), "person {person} later");
        assert!(
            !classic.almost_same(&face, &one(&classic, &png(&other), place)),
            "person {person} and the next"
        );
    }
}

#[test]
fn nets_tell_people_apart_and_classic_does_not_pretend_to() {
    let Some(seeing) = seeing() else { return };
    let analysers: [&dyn Analyser; 2] = [&seeing, &Classic::default()];
    let wanted = Wanted { description: true, largest_only: true, ..Wanted::default() };
    let people = [3, 8, 12, 20, 27, 30];
    for analyser in analysers {
        let mut described = Vec::new();
        for person in people {
            for picture in [1, 5] {
                let Some(image) = orl(person, picture) else { return };
                let description = one(analyser, &png(&image), wanted).description.expect("wanted");
                described.push((person, description));
            }
        }
        for (index, (person, a)) in described.iter().enumerate() {
            assert!(analyser.similarity(analyser.distance(a, a)) > 99.99);
            for (other, b) in &described[..index] {
                let similarity = analyser.similarity(analyser.distance(a, b));
                let same = similarity >= analyser.same_person_from();
                if person != other {
                    assert!(!same, "{}: {person} and {other} are {similarity} alike", analyser.name());
                } else if analyser.capabilities().identification {
                    assert!(same, "{}: {person} is {similarity} like before", analyser.name());
                }
            }
        }
    }
}

#[test]
fn nets_see_all_there_is_to_a_face() {
    let (Some(seeing), Some(picture), Some(spectacled)) = (seeing(), orl(5, 1), orl(20, 1)) else { return };
    let face = one(&seeing, &png(&picture), ALL);
    let landmarks = face.landmarks.clone().expect("wanted");
    assert!(landmarks[36].x < landmarks[45].x && landmarks[30].y < landmarks[8].y);
    let grown = face.rect.grown(1.4);
    assert!(landmarks.iter().all(|p| p.x > grown.x && p.x < grown.x + grown.width));
    let pose = face.pose.expect("wanted");
    assert!([pose.pitch, pose.yaw, pose.roll].iter().all(|angle| angle.abs() < 25.0), "{pose:?}");
    assert!((15.0..60.0).contains(&face.age.expect("wanted")));
    assert!(face.gender.expect("wanted").male > 0.8);
    let shares = face.expression.expect("wanted").shares;
    assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-4);
    let worn = |face: &Face| face.glasses.map(|(glasses, _)| glasses);
    assert_eq!(worn(&face), Some(Glasses::None));
    assert_eq!(worn(&one(&seeing, &png(&spectacled), ALL)), Some(Glasses::Common));
    let length = face.description.expect("wanted").0.iter().map(|value| value * value).sum::<f32>().sqrt();
    assert!((1.2..1.6).contains(&length), "{length}");
}

#[test]
fn the_hook_is_asked_in_order_for_what_is_wanted_and_fails_it() {
    let Some(picture) = orl(5, 1) else { return };
    let file = png(&picture);
    let stages = [
        Stage::Decode,
        Stage::Detect,
        Stage::Contour,
        Stage::Pose,
        Stage::Gender,
        Stage::Age,
        Stage::Expression,
        Stage::Glasses,
        Stage::Describe,
    ];
    let nets = seeing();
    let classic = Classic::default();
    let mut analysers: Vec<&dyn Analyser> = vec![&classic];
    analysers.extend(nets.as_ref().map(|nets| nets as &dyn Analyser));
    for analyser in analysers {
        let asked = |wanted| {
            let asked = RefCell::new(Vec::new());
            analyser
                .analyse(&file, wanted, &|stage| {
                    asked.borrow_mut().push(stage);
                    false
                })
                .expect("a face");
            asked.into_inner()
        };
        assert_eq!(asked(ALL), stages, "{}", analyser.name());
        assert_eq!(asked(Wanted::default()), stages[..2]);
        let description = Wanted { description: true, ..Wanted::default() };
        let described = [Stage::Decode, Stage::Detect, Stage::Contour, Stage::Describe];
        // The nets describe a face by its landmarks; without nets there are none.
        let stands_on_landmarks = analyser.capabilities().landmarks;
        let expected = described.iter().filter(|stage| stands_on_landmarks || **stage != Stage::Contour);
        assert_eq!(asked(description), expected.copied().collect::<Vec<_>>());
        for failing in stages {
            let failure = analyser.analyse(&file, ALL, &|stage| stage == failing).expect_err("asked to fail");
            assert_eq!(failure, Failure::Stage(failing));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_answer_many_jobs_alike() {
    let Some(picture) = orl(5, 1) else { return };
    let workers = Workers::new(Arc::new(Classic::default()));
    let file = bytes::Bytes::from(png(&picture));
    let jobs = (0..6).map(|_| workers.analyse(file.clone(), Wanted::default(), Arc::new(|_| false)));
    let seen = futures::future::join_all(jobs).await;
    let boxes: HashSet<String> =
        seen.iter().map(|seen| format!("{:?}", seen.as_ref().expect("a face"))).collect();
    assert_eq!(boxes.len(), 1);
    let damaged =
        workers.analyse(bytes::Bytes::from_static(b"BM"), Wanted::default(), Arc::new(|_| false)).await;
    assert!(matches!(damaged, Err(Failure::Damaged(_))));
}
