//! The files portraits come in: every format decodes, damage breaks them, padding does not, bytes never change.

use lianpu_portrait::{Damage, Format, Scene, TrueFace, draw, file, media_type, truth};
use sha1::{Digest, Sha1};

fn scene(line: &str) -> Scene {
    Scene::parse(line).expect("a scene")
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/portraits"));
    settings.set_prepend_module_to_snapshot(false);
    settings
}

const PICTURES: [Format; 4] = [Format::Jpeg, Format::Png, Format::Bmp, Format::Gif];

#[test]
fn the_bytes_are_pinned() {
    let lines = [
        "anna",
        "ben yaw=30 pitch=-10 roll=20",
        "cora smile=1 glasses=sun as=png",
        "dan mouth=1 eyes=0.5 cover=left_eye,nose as=bmp",
        "seed:1234 blur=2 dark=0.5 noise=8 light=40,10 as=gif",
        "anna + bea + carl size=400x200 as=png",
        "anna size=1700x1300 quality=60",
        "emma motion=12,30 recapture=print as=png",
        "fred glare=0.6 recapture=screen crop=left:0.3 as=png",
        "gina style=cartoon cover=mouth material=hand as=png",
        "nobody seed=1 as=png",
        "nobody seed=2 as=png",
        "nobody seed=3 as=png",
        "anna as=pdf",
    ];
    let sums = lines.map(|line| {
        let bytes = file(&scene(line));
        let sum = Sha1::digest(&bytes).to_vec().iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        format!("{sum:032x} {} {line}", bytes.len())
    });
    let sums = sums.join("\n");
    settings().bind(|| insta::assert_snapshot!("sha1-sums", sums));
}

#[test]
fn every_format_decodes_to_the_size_asked_for() {
    for format in PICTURES {
        let bytes = file(&scene(&format!("anna size=97x131 as={}", format.word())));
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (97, 131), "{format:?}");
    }
}

#[test]
fn lossless_files_hold_the_drawn_pixels() {
    for format in [Format::Png, Format::Bmp] {
        let scene = scene(&format!("bea size=90x110 as={}", format.word()));
        let picture = image::load_from_memory(&file(&scene)).unwrap().into_rgb8();
        assert_eq!(picture.into_raw(), draw(&scene).pixels, "{format:?}");
    }
}

#[test]
fn padding_reaches_the_size_and_changes_no_pixel() {
    for format in PICTURES {
        let line = format!("anna size=64x80 as={}", format.word());
        let plain = file(&scene(&line));
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
        for more in [1, 3, 4, 5, 257, 70_000, 200_001] {
            let padded = file(&scene(&format!("{line} pad={}", plain.len() + more)));
            assert!(padded.len() >= plain.len() + more, "{format:?} +{more}: {}", padded.len());
            assert!(padded.len() <= plain.len() + more + 64, "{format:?} +{more}: {}", padded.len());
            assert_eq!(pixels(&padded), pixels(&plain), "{format:?} +{more}");
        }
        assert_eq!(file(&scene(&format!("{line} pad=10"))), plain);
    }
    assert_eq!(file(&scene("anna as=txt pad=5000")).len(), 5000);
}

#[test]
fn damaged_files_differ_and_do_not_decode_whole() {
    for format in PICTURES {
        let line = format!("anna size=64x80 as={}", format.word());
        let plain = file(&scene(&line));
        for damage in Damage::ALL.iter().filter(|damage| **damage != Damage::None) {
            let broken = file(&scene(&format!("{line} damage={}", damage.word())));
            assert_ne!(broken, plain, "{format:?} {damage:?}");
            // The decoder may fill in the rest of a cut file, but never with the same pixels.
            let pixels =
                |bytes: &[u8]| image::load_from_memory(bytes).map(image::DynamicImage::into_rgb8).ok();
            assert_ne!(pixels(&broken), pixels(&plain), "{format:?} {damage:?}");
        }
        assert!(file(&scene(&format!("{line} damage=empty"))).is_empty());
        assert_eq!(file(&scene(&format!("{line} damage=cut"))).len(), plain.len() / 2);
    }
}

#[test]
fn what_is_no_picture_is_not_decoded() {
    for (line, media) in [("anna as=pdf", "application/pdf"), ("anna as=txt", "text/plain")] {
        let scene = scene(line);
        assert!(image::load_from_memory(&file(&scene)).is_err());
        assert_eq!(media_type(&scene), media);
    }
}

#[test]
fn extreme_scenes_are_drawn() {
    for line in [
        "anna size=1x1",
        "anna size=1x900",
        "anna size=900x1",
        "nobody size=1x1",
        "anna size=40x50 zoom=3 roll=180 yaw=60 pitch=45 mouth=1 smile=1 eyes=1 glasses=sun",
        "anna size=40x50 zoom=0.1 blur=50 dark=4 noise=100 light=90,-90",
        "anna size=1x1 motion=100,30 glare=1 recapture=screen style=cartoon crop=top:0.95,right:0.95",
        "anna size=30x900 recapture=print motion=100,90 crop=left:0.95,bottom:0.95",
        "nobody size=3x2 recapture=print glare=1 style=cartoon motion=1,0 crop=left:0.5",
        "seed:0 size=40x50 material=hand cover=left_eye,right_eye,nose,mouth,left_cheek,right_cheek,chin_contour yaw=-60 pitch=-45",
    ] {
        let scene = scene(line);
        let raster = draw(&scene);
        assert_eq!(scene.pixels(), (raster.width, raster.height), "{line}");
        assert_eq!(raster.pixels.len(), 3 * (raster.width * raster.height) as usize, "{line}");
    }
}

#[test]
fn the_seed_of_the_picture_changes_it_and_not_the_face() {
    let (one, two) = (scene("anna seed=1"), scene("anna seed=2"));
    assert_ne!(draw(&one), draw(&two));
    assert_eq!(truth(&one), truth(&two));
}

#[test]
fn turning_moves_the_nose_the_way_the_signs_say() {
    let face = |line: &str| truth(&scene(line)).remove(0);
    let off = |line: &str| {
        let face = face(line);
        let middle = 0.5 * (face.left_eye.x + face.right_eye.x);
        (face.nose.x - middle, face.nose.y - 0.5 * (face.left_eye.y + face.right_eye.y))
    };
    let (x, y) = off("anna");
    assert!(x.abs() < 1.5);
    assert!(off("anna yaw=25").0 > 8.0);
    assert!(off("anna yaw=-25").0 < -8.0);
    assert!(off("anna pitch=20").1 < y - 4.0, "looking up lifts the nose");
    assert!(off("anna pitch=-20").1 > y + 4.0);
    let rolled = face("anna roll=30");
    assert!(rolled.right_eye.y > rolled.left_eye.y + 10.0, "clockwise: the eye on the right sinks");
}

#[test]
fn the_truth_lies_inside_the_picture() {
    for face in truth(&scene("anna + ben + cora + dan + emma size=900x500")) {
        assert!(face.x > 0.0 && face.x + face.width < 900.0 && face.y > 0.0 && face.y + face.height < 500.0);
        for point in [face.left_eye, face.right_eye, face.nose, face.mouth, face.chin] {
            assert!((face.x..=face.x + face.width).contains(&point.x), "{point:?} {face:?}");
            assert!((face.y..=face.y + face.height).contains(&point.y), "{point:?} {face:?}");
        }
        assert!(face.left_eye.x < face.nose.x && face.nose.x < face.right_eye.x);
        assert!(face.nose.y < face.mouth.y && face.mouth.y < face.chin.y);
    }
}

#[test]
fn a_cropped_face_lies_as_far_outside_as_asked_for() {
    for (crop, share, from_edge) in [
        ("left:0.3", 0.3, (|face, _, _| -face.x / face.width) as fn(&TrueFace, f32, f32) -> f32),
        ("right:0.4", 0.4, |face, width, _| (face.x + face.width - width) / face.width),
        ("top:0.25", 0.25, |face, _, _| -face.y / face.height),
        ("bottom:0.6", 0.6, |face, _, height| (face.y + face.height - height) / face.height),
    ] {
        for pose in ["", "yaw=30 zoom=0.7", "pitch=-20 roll=15 size=1700x1300"] {
            let scene = scene(&format!("anna {pose} crop={crop}"));
            let (width, height) = scene.pixels();
            let face = truth(&scene).remove(0);
            let beyond = from_edge(&face, width as f32, height as f32);
            assert!((beyond - share).abs() < 0.01, "{pose} {crop}: {beyond}");
            assert!((face.visible - (1.0 - share)).abs() < 0.25, "{pose} {crop}: {}", face.visible);
        }
    }
    assert!((truth(&scene("anna"))[0].visible - 1.0).abs() < 1e-6);
    let both = truth(&scene("anna crop=left:0.5,bottom:0.5")).remove(0);
    assert!((both.visible - 0.25).abs() < 0.01, "{}", both.visible);
}

#[test]
fn a_picture_of_a_picture_shows_everything_smaller_about_its_middle() {
    let plain = truth(&scene("anna")).remove(0);
    for kind in ["print", "screen"] {
        let again = truth(&scene(&format!("anna recapture={kind}"))).remove(0);
        assert!((again.width / plain.width - 0.84).abs() < 1e-3);
        assert!((again.nose.y - 176.0 - 0.84 * (plain.nose.y - 176.0)).abs() < 0.01);
        assert_eq!(again.conditions, [format!("recapture={kind}")]);
    }
}

/// The mean difference of neighbours across and down, in grey levels.
fn sharpness(line: &str) -> (f32, f32) {
    let raster = draw(&scene(&format!("{line} noise=0")));
    let width = raster.width as usize;
    let at = |x: usize, y: usize| f32::from(raster.pixels[3 * (y * width + x) + 1]);
    let (mut across, mut down) = (0.0, 0.0);
    for y in 60..300 {
        for x in 60..220 {
            across += (at(x + 1, y) - at(x, y)).abs() / 38_400.0;
            down += (at(x, y + 1) - at(x, y)).abs() / 38_400.0;
        }
    }
    (across, down)
}

#[test]
fn motion_takes_sharpness_along_its_direction() {
    let (plain, level, upright) =
        (sharpness("anna"), sharpness("anna motion=16,0"), sharpness("anna motion=16,90"));
    assert!(level.0 < 0.7 * plain.0 && level.0 / plain.0 < 0.8 * level.1 / plain.1, "{plain:?} {level:?}");
    assert!(
        upright.1 < 0.7 * plain.1 && upright.1 / plain.1 < 0.8 * upright.0 / plain.0,
        "{plain:?} {upright:?}"
    );
}

#[test]
fn glare_makes_more_and_more_of_the_picture_white() {
    let white =
        |line: &str| draw(&scene(line)).pixels.iter().filter(|v| **v > 230).count() as f32 / 304_128.0;
    let shares = ["dan", "dan glare=0.5", "dan glare=1"].map(white);
    assert!(shares[1] > shares[0] + 0.05 && shares[2] > shares[1] + 0.1, "{shares:?}");
}

#[test]
fn every_condition_changes_the_picture_and_is_told() {
    for condition in
        ["motion=9,20", "glare=0.3", "crop=left:0.1", "recapture=print", "recapture=screen", "style=cartoon"]
    {
        let changed = scene(&format!("bea {condition}"));
        assert_ne!(draw(&changed), draw(&scene("bea")), "{condition}");
        assert_eq!(truth(&changed)[0].conditions, [condition]);
    }
}

#[test]
fn covers_of_every_material_hide_the_same_place() {
    let bare = draw(&scene("bea noise=0"));
    for material in ["cloth", "paper", "hand", "plastic", "black"] {
        let scene = scene(&format!("bea noise=0 cover=mouth material={material}"));
        let face = truth(&scene).remove(0);
        assert_eq!((face.covered, face.material), (vec!["mouth"], Some(material)));
        let covered = draw(&scene);
        let changed = |x: f32, y: f32| {
            let place = 3 * (y as usize * 288 + x as usize);
            covered.pixels[place..place + 3]
                .iter()
                .zip(&bare.pixels[place..])
                .any(|(a, b)| a.abs_diff(*b) > 4)
        };
        assert!(
            changed(face.mouth.x, face.mouth.y) && changed(face.mouth.x - 9.0, face.mouth.y),
            "{material}"
        );
        assert!(!changed(face.left_eye.x, face.left_eye.y), "{material}");
    }
    assert_eq!(truth(&scene("bea material=hand"))[0].material, None);
}
