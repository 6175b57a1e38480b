//! The mini-language: lines to scenes and back, and what it says of wrong lines.

use lianpu_portrait::{
    CoverMaterial, Crop, Damage, Format, Glasses, Lamp, Motion, Part, Recapture, Scene, SceneError, Sitter,
    Style, Who,
};
use proptest::prelude::*;

fn who() -> impl Strategy<Value = Who> {
    let people = lianpu_corpus::people();
    prop_oneof![(0..people.len()).prop_map(|at| Who::Named(&people[at])), any::<u64>().prop_map(Who::Seed)]
}

fn sitter() -> impl Strategy<Value = Sitter> {
    let angles = (-60.0..=60.0_f32, -45.0..=45.0_f32, -180.0..=180.0_f32);
    let shares = (0.0..=1.0_f32, 0.0..=1.0_f32, 0.0..=1.0_f32, 0.1..=3.0_f32);
    let extras = (
        prop::sample::select(Glasses::ALL),
        prop::sample::subsequence(Part::ALL, 0..=7),
        prop::sample::select(CoverMaterial::ALL),
    );
    (who(), angles, shares, extras).prop_map(
        |(who, (yaw, pitch, roll), (smile, mouth, eyes, zoom), (glasses, cover, material))| Sitter {
            who,
            yaw,
            pitch,
            roll,
            smile,
            mouth,
            eyes,
            glasses,
            cover,
            material,
            zoom,
        },
    )
}

/// A share for one of two opposite borders.
fn border() -> impl Strategy<Value = (f32, f32)> {
    (0.0..=0.95_f32, any::<bool>()).prop_map(|(share, first)| if first { (share, 0.0) } else { (0.0, share) })
}

prop_compose! {
    fn taken()(
        (left, right) in border(),
        (top, bottom) in border(),
        (pixels, angle) in (0.0..=100.0_f32, -180.0..=180.0_f32),
        glare in 0.0..=1.0_f32,
        recapture in prop::sample::select(Recapture::ALL),
        style in prop::sample::select(Style::ALL),
    ) -> Scene {
        let (crop, motion) = (Crop { left, right, top, bottom }, Motion { pixels, angle });
        Scene { crop, motion, glare, recapture, style, ..Scene::nobody() }
    }
}

prop_compose! {
    fn scene()(
        faces in prop::collection::vec(sitter(), 0..4),
        (seed, pad) in (any::<u64>(), 0..=1_u32 << 28),
        size in prop::option::of((1..=16_384_u32, 1..=16_384_u32)),
        (blur, dark, noise) in (0.0..=50.0_f32, 0.0..=4.0_f32, 0.0..=100.0_f32),
        (azimuth, elevation) in (-90.0..=90.0_f32, -90.0..=90.0_f32),
        format in prop::sample::select(Format::ALL),
        damage in prop::sample::select(Damage::ALL),
        quality in 1..=100_u8,
        taken in taken(),
    ) -> Scene {
        Scene { faces, seed, size, blur, dark, light: Lamp { azimuth, elevation }, noise, format, quality, damage, pad, ..taken }
    }
}

proptest! {
    #[test]
    fn a_scene_written_and_read_is_the_same(scene in scene()) {
        prop_assert_eq!(Scene::parse(&scene.to_string()), Ok(scene));
    }

    #[test]
    fn any_text_is_read_or_refused(line in "\\PC{0,60}") {
        if let Err(error) = Scene::parse(&line) {
            prop_assert!(error.to_string().starts_with("column "));
        }
    }

    #[test]
    fn words_of_the_language_in_any_order_are_read_or_refused(
        words in prop::collection::vec(
            prop::sample::select(vec!["anna", "+", "nobody", "seed:7", "yaw=20", "size=8x8", "cover=nose", "=", "as="]),
            0..8,
        )
    ) {
        let line = words.join(" ");
        if let Ok(scene) = Scene::parse(&line) {
            prop_assert_eq!(Scene::parse(&scene.to_string()), Ok(scene));
        }
    }
}

#[test]
fn the_line_of_the_documentation_is_read() {
    let line = "anna yaw=20 smile=1 + bea glasses=sun size=640x400";
    let scene = Scene::parse(line).expect("a scene");
    assert_eq!(scene.faces.len(), 2);
    assert_eq!(scene.to_string(), line);
}

#[test]
fn a_line_is_written_without_what_is_usual() {
    let line = "anna crop=bottom:0.25,left:0.5 motion=0,0 style=photo recapture=none material=cloth";
    assert_eq!(Scene::parse(line).unwrap().to_string(), "anna crop=left:0.5,bottom:0.25");
    let line = "anna yaw=0 smile=0 seed=0 as=jpeg cover=nose,left_eye";
    assert_eq!(Scene::parse(line).unwrap().to_string(), "anna cover=left_eye,nose");
}

#[test]
fn errors_say_where_and_what_would_be_right() {
    let said = |line: &str| Scene::parse(line).unwrap_err().to_string();
    let lines = [
        "",
        "ana",
        "anna yawn=20",
        "anna yaw=200",
        "anna yaw=20 yaw=10",
        "anna bea",
        "anna +",
        "anna cover=moth",
        "nobody yaw=20",
        "nobody + anna",
        "anna size=320",
        "anna as=jpg",
        "anna damage=cutt",
        "anna glasses=",
        "anna dark=NaN",
        "anna motion=12",
        "anna crop=left",
        "anna crop=left:0.2,right:0.2",
        "anna crop=top:1.5",
        "anna recapture=sceen",
        "anna material=wood",
        "seed:x",
        "张三",
    ];
    let report = lines.map(|line| format!("{line}\n  {}", said(line))).join("\n");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/portraits"));
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("scene-errors", report));
}

#[test]
fn a_key_may_be_given_once_for_each_face() {
    assert!(Scene::parse("anna yaw=1 + bea yaw=2").is_ok());
    assert_eq!(
        Scene::parse("anna blur=1 + bea blur=1"),
        Err(SceneError::Twice { at: 19, key: "blur".to_owned() })
    );
}
