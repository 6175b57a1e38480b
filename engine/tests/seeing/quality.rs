//! What the engine says of the quality of drawn portraits, whose truth is known, on people that nothing was fitted on.
//!
//! The thresholds are those of Baidu's quality control: occlusion and blur fail above 0.8, 0.6 and 0.2 (LOW, NORMAL, HIGH), illumination
//! below 20, 40 and 100, completeness below 1 (HIGH). Without the nets the tests say so and pass, unless
//! `LIANPU_REQUIRE` lists `nets`.

use lianpu_engine::vision::{Face, Wanted};
use lianpu_portrait::{Scene, draw, truth};

use crate::portraits;
use crate::portraits::{at_once, seeing};

const THRESHOLDS: [f32; 3] = [0.8, 0.6, 0.2];
/// At least as much light must fall on a face (LOW, NORMAL, HIGH).
const ILLUMINATIONS: [f32; 3] = [20.0, 40.0, 100.0];
const QUALITY: Wanted = Wanted { quality: true, landmarks: true, largest_only: true, ..Wanted::PLACES };
const PARTS: [&str; 7] =
    ["left_eye", "right_eye", "nose", "mouth", "left_cheek", "right_cheek", "chin_contour"];

/// Poses and lights in which the portraits stand.
const CONDITIONS: [&str; 6] = [
    "",
    "yaw=12 smile=0.4",
    "yaw=-18 pitch=6 light=40,20",
    "pitch=-8 roll=8 zoom=1.15",
    "yaw=8 pitch=10 light=-45,30 noise=3",
    "roll=-10 glasses=clear blur=0.8",
];

/// Of the parts that are bare (or hidden), how many there were, and how many were called so at each threshold.
#[derive(Default)]
struct Count {
    all: f32,
    right: [f32; 3],
}

impl Count {
    fn add(&mut self, value: f32, hidden: bool) {
        self.all += 1.0;
        for (right, threshold) in self.right.iter_mut().zip(THRESHOLDS) {
            *right += f32::from(u8::from((value > threshold) == hidden));
        }
    }

    fn shares(&self) -> [f32; 3] {
        self.right.map(|right| 100.0 * right / self.all)
    }
}

#[test]
fn hidden_parts_are_told_from_bare_ones_at_each_threshold() {
    let Some(seeing) = seeing() else { return };
    let materials = ["cloth", "paper", "hand", "plastic"];
    let mut scenes = Vec::new();
    for seed in 0..24 {
        let who = format!("seed:{} seed={seed} {}", 950_000 + seed, CONDITIONS[seed % CONDITIONS.len()]);
        scenes.push((who.clone(), None));
        for step in 0..3 {
            let (part, material) = ((seed * 3 + step) % 7, materials[(seed + step) % materials.len()]);
            scenes.push((format!("{who} cover={} material={material}", PARTS[part]), Some(part)));
        }
    }
    let lines: Vec<String> = scenes.iter().map(|(line, _)| line.clone()).collect();
    let (mut bare, mut hidden, mut found) = (Count::default(), Count::default(), 0);
    let mut parts: [Count; 7] = std::array::from_fn(|_| Count::default());
    let mut wrong = Vec::new();
    for ((line, covered), face) in scenes.iter().zip(at_once(&seeing, &lines, QUALITY)) {
        let Some(face) = face else { continue };
        found += 1;
        for (part, (name, value)) in face.quality.unwrap().occlusion.named().into_iter().enumerate() {
            let is_hidden = *covered == Some(part);
            parts[part].add(value, is_hidden);
            if is_hidden {
                hidden.add(value, true);
            } else {
                bare.add(value, false);
            }
            if (value > 0.6) != is_hidden {
                wrong.push(format!("{line}: {name} {value:.2}"));
            }
        }
    }
    let all: [f32; 3] = std::array::from_fn(|threshold| {
        100.0 * (bare.right[threshold] + hidden.right[threshold]) / (bare.all + hidden.all)
    });
    let (bare, hidden) = (bare.shares(), hidden.shares());
    println!(
        "{found} of {} faces found; bare {bare:.1?}, hidden {hidden:.1?} % right at {THRESHOLDS:?}",
        lines.len()
    );
    println!("{wrong:#?}");
    for (name, part) in PARTS.iter().zip(&parts) {
        println!("{name}: {:.1?} % right", part.shares());
        assert!(part.shares().iter().all(|share| *share >= 95.0), "{name}: {:?}", part.shares());
    }
    assert!(found * 100 >= lines.len() * 90, "{found}");
    assert!(all.iter().all(|share| *share >= 96.5), "{all:?}");
    assert!(hidden.iter().all(|share| *share >= 94.0), "{hidden:?}");
}

#[test]
fn of_named_people_the_covered_part_fails_at_high_and_the_others_do_not() {
    let Some(seeing) = seeing() else { return };
    let mut scenes = Vec::new();
    for person in lianpu_corpus::people() {
        scenes.push((person.name.clone(), None));
        for (number, part) in PARTS.iter().enumerate() {
            scenes.push((format!("{} cover={part}", person.name), Some(number)));
        }
    }
    let lines: Vec<String> = scenes.iter().map(|(line, _)| line.clone()).collect();
    let (mut parts, mut all, mut scenes_right, mut rest) = (0.0, 0.0, 0.0, [0.0; 3]);
    for ((line, covered), face) in scenes.iter().zip(at_once(&seeing, &lines, QUALITY)) {
        let Some(face) = face else { continue };
        let quality = face.quality.unwrap();
        all += 1.0;
        let wrong: Vec<String> = quality
            .occlusion
            .named()
            .into_iter()
            .enumerate()
            .filter(|(part, (_, value))| (*value > 0.2) != (*covered == Some(*part)))
            .map(|(_, (name, value))| format!("{name} {value:.2}"))
            .collect();
        parts += 7.0 - wrong.len() as f32;
        scenes_right += f32::from(u8::from(wrong.is_empty()));
        let passes = [quality.blur <= 0.2, quality.illumination >= 100.0, quality.completeness >= 1.0];
        rest.iter_mut().zip(passes).for_each(|(count, passes)| *count += f32::from(u8::from(passes)));
        if !wrong.is_empty() || passes.contains(&false) {
            println!(
                "{line}: {wrong:?}, blur {:.2}, illumination {:.0}, completeness {}",
                quality.blur, quality.illumination, quality.completeness
            );
        }
    }
    let percent = |count: f32| 100.0 * count / all;
    let (parts, scenes_right, rest) = (percent(parts / 7.0), percent(scenes_right), rest.map(percent));
    println!(
        "{all} of {} found; {parts:.1} % of parts, {scenes_right:.1} % of pictures right; {rest:.1?} sharp, lit, complete",
        lines.len()
    );
    // Measured: 387 of 400; 99.1 and 95.1; 95.9, 98.2 and 100. A pale face with faint brows reads a little blurred, the darkest
    // skin a little dim, and beards and covered mouths now and then as hidden chins.
    assert!(
        all >= 0.95 * lines.len() as f32 && parts >= 98.0 && scenes_right >= 93.0,
        "{parts} {scenes_right}"
    );
    assert!(rest.iter().zip([94.0, 97.0, 99.0]).all(|(share, least)| *share >= least), "{rest:?}");
}

#[test]
fn nothing_hides_real_faces_that_nothing_hides() {
    let Some(seeing) = seeing() else { return };
    let files = portraits::photographs(1..=40);
    let faces = portraits::all(files.len(), |index| portraits::look(&seeing, &files[index], QUALITY));
    let mut bare = Count::default();
    for face in faces.into_iter().flatten() {
        for (_, value) in face.quality.unwrap().occlusion.named() {
            bare.add(value, false);
        }
    }
    println!("{} faces; bare {:.1?} % right at {THRESHOLDS:?}", bare.all / 7.0, bare.shares());
    // Measured 96.9, 96.2 and 94.9 % on 120 pictures, grey and as small as 92 by 112: nothing was fitted on photographs, and of
    // real chins one in six is taken for hidden at HIGH.
    let [low, normal, high] = bare.shares();
    assert!(files.is_empty() || (low >= 96.2 && normal >= 95.4 && high >= 94.0), "{low} {normal} {high}");
}

#[test]
fn blur_falls_on_the_right_side_of_each_threshold() {
    let Some(seeing) = seeing() else { return };
    // The number is w / (w + 0.036) for a blur w wide in distances between the eyes.
    let lines: Vec<String> = (0..60)
        .map(|index| {
            format!(
                "seed:{} zoom=1.1 blur={}",
                960_000 + index,
                [0.0, 1.2, 2.0, 3.0, 6.0, 8.0, 13.0, 16.0][index % 8]
            )
        })
        .collect();
    let (mut right, mut all) = (0, 0);
    for (line, face) in lines.iter().zip(at_once(&seeing, &lines, QUALITY)) {
        let Some(face) = face else { continue };
        let scene = Scene::parse(line).unwrap();
        let truth = &truth(&scene)[0];
        let unit = (truth.right_eye.x - truth.left_eye.x).hypot(truth.right_eye.y - truth.left_eye.y);
        let width = scene.blur / unit;
        let expected = width / (width + 0.036);
        let seen = face.quality.unwrap().blur;
        for threshold in THRESHOLDS.into_iter().filter(|threshold| (threshold - expected).abs() >= 0.05) {
            all += 1;
            if (seen > threshold) == (expected > threshold) {
                right += 1;
            } else {
                println!("{line}: {seen:.2} instead of {expected:.2}");
            }
        }
    }
    println!("{right} of {all} right");
    assert!(all > 100 && right * 100 >= all * 95, "{right} of {all}");
}

#[test]
fn a_border_that_cuts_a_face_makes_it_incomplete() {
    let Some(seeing) = seeing() else { return };
    let crops = ["", "crop=left:0.25", "crop=bottom:0.25", "crop=right:0.2", "crop=top:0.12"];
    let lines: Vec<String> =
        (970_000..970_012).flat_map(|seed| crops.map(|crop| format!("seed:{seed} {crop}"))).collect();
    let faces = at_once(&seeing, &lines, QUALITY);
    let (mut right, mut found) = (0, 0);
    for (number, crop) in crops.iter().enumerate() {
        let seen: Vec<_> = faces.iter().skip(number).step_by(crops.len()).flatten().collect();
        let whole = |face: &&&Face| face.quality.unwrap().completeness >= 1.0;
        let told = seen.iter().filter(|face| whole(face) == crop.is_empty()).count();
        println!("{crop:?}: {told} of {} right, of 12", seen.len());
        assert!(seen.len() >= 7 && told * 100 >= 80 * seen.len(), "{crop:?}: {told} of {}", seen.len());
        (right, found) = (right + told, found + seen.len());
    }
    assert!(right * 100 >= found * 95, "{right} of {found}");
}

/// The mean grey of the face, brows to chin and well inside its sides, as the picture has it.
fn grey_of_face(line: &str) -> f32 {
    let scene = Scene::parse(line).unwrap();
    let (raster, face) = (draw(&scene), truth(&scene).remove(0));
    let (mut sum, mut all) = (0.0, 0.0);
    for row in face.y as usize..(face.y + 0.8 * face.height) as usize {
        for column in (face.x + 0.2 * face.width) as usize..(face.x + 0.8 * face.width) as usize {
            let rgb = &raster.pixels[3 * (row * raster.width as usize + column)..][..3];
            sum += 0.299 * f32::from(rgb[0]) + 0.587 * f32::from(rgb[1]) + 0.114 * f32::from(rgb[2]);
            all += 1.0;
        }
    }
    sum / all
}

#[test]
fn darkness_falls_on_the_right_side_of_each_threshold() {
    let Some(seeing) = seeing() else { return };
    // Whoever has dark skin is credited with up to half as much again: each grey stays between two thresholds with that, too.
    let greys = [(9.0, 0), (25.0, 1), (60.0, 2), (115.0, 3)];
    let mut lines = Vec::new();
    for seed in 971_000..971_012 {
        let bright = grey_of_face(&format!("seed:{seed} noise=0"));
        let darker = greys.iter().filter(|(grey, _)| *grey <= bright);
        lines
            .extend(darker.map(|(grey, passed)| (format!("seed:{seed} dark={:.3}", grey / bright), *passed)));
    }
    let words: Vec<String> = lines.iter().map(|(line, _)| line.clone()).collect();
    let mut right = [[0, 0]; 4];
    for ((line, passed), face) in lines.iter().zip(at_once(&seeing, &words, QUALITY)) {
        let Some(face) = face else { continue };
        let seen = face.quality.unwrap().illumination;
        let passes = ILLUMINATIONS.iter().filter(|threshold| seen >= **threshold).count();
        right[*passed][1] += 1;
        if passes == *passed {
            right[*passed][0] += 1;
        } else {
            println!("{line}: {seen:.1}");
        }
    }
    println!("right of found, failing all three, two, one, no threshold: {right:?}");
    for ([right, found], least) in right.into_iter().zip([11, 11, 11, 9]) {
        assert!(found >= least && right == found, "{right} of {found}");
    }
}

#[test]
fn brightness_follows_the_exposure() {
    let Some(seeing) = seeing() else { return };
    // Half the light, half the number.
    let lines: Vec<String> = (0..10)
        .flat_map(|index| {
            ["1", "0.6", "0.3"].map(|dark| format!("seed:{} noise=0 dark={dark}", 971_000 + index))
        })
        .collect();
    let seen: Vec<Option<f32>> =
        at_once(&seeing, &lines, QUALITY).into_iter().map(|face| Some(face?.quality?.illumination)).collect();
    for (line, three) in lines.chunks(3).zip(seen.chunks(3)) {
        let Some(bright) = three[0] else { continue };
        for (share, dark) in [(0.6, three[1]), (0.3, three[2])] {
            let Some(dark) = dark else { continue };
            assert!(
                (dark - share * bright).abs() < 0.06 * bright,
                "{}: {bright} and {dark} at {share}",
                line[0]
            );
        }
    }
}
