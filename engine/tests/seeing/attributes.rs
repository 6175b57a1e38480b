//! What the engine says of eyes, mouths, drawings, prints and screens, on portraits that nothing was fitted on.

use lianpu_engine::vision::{Analyser as _, Emotion, Face, Glasses, Wanted};
use lianpu_portrait::{Photograph, Raster, file_of_photographs};

use crate::portraits;
use crate::portraits::{at_once, seeing};

const ALL: Wanted =
    Wanted { attributes: true, landmarks: true, liveness: true, largest_only: true, ..Wanted::PLACES };

const POSES: [&str; 4] = ["", "yaw=12", "yaw=-15 light=30,30", "pitch=6 roll=-8"];

/// `count` people from a seed on, in some pose, each with each of the endings.
fn portraits(first: usize, count: usize, endings: &[&str]) -> Vec<String> {
    (0..count)
        .flat_map(|index| {
            let who = format!("seed:{} seed={index} {}", first + index, POSES[index % POSES.len()]);
            endings.iter().map(move |ending| format!("{who} {ending}"))
        })
        .collect()
}

/// The share, in percent, of the faces for which an answer is right.
fn right(lines: &[String], faces: &[Option<Face>], is_right: impl Fn(usize, &Face) -> bool) -> f32 {
    let (mut all, mut right) = (0.0, 0.0);
    for (index, face) in faces.iter().enumerate() {
        let Some(face) = face else { continue };
        all += 1.0;
        if is_right(index, face) {
            right += 1.0;
        } else {
            println!(
                "{}: eyes {:?}, mouth {:?}, {:?}",
                lines[index],
                face.eyes_open,
                face.mouth_open,
                face.smile()
            );
        }
    }
    assert!(all >= 0.9 * faces.len() as f32, "{all} faces found of {}", faces.len());
    println!("{:.1} % of {all}", 100.0 * right / all);
    100.0 * right / all
}

#[test]
fn closed_eyes_are_told_from_open_ones() {
    let Some(seeing) = seeing() else { return };
    let lines = portraits(990_000, 24, &["eyes=0", "eyes=1"]);
    let faces = at_once(&seeing, &lines, ALL);
    let share = right(&lines, &faces, |index, face| {
        // Thin line of bridge and dark lids can pass for sunglasses: that is no answer, and counts as wrong.
        face.eyes_open.is_some_and(|eyes| eyes.iter().all(|open| (*open > 0.5) == (index % 2 == 0)))
    });
    assert!(share >= 90.0, "{share}");
}

#[test]
fn open_mouths_are_told_from_closed_ones() {
    let Some(seeing) = seeing() else { return };
    let lines = portraits(991_000, 24, &["mouth=0", "mouth=1", "smile=0.3"]);
    let faces = at_once(&seeing, &lines, ALL);
    let share = right(&lines, &faces, |index, face| (face.mouth_open.unwrap() > 0.5) == (index % 3 == 1));
    assert!(share >= 90.0, "{share}");
}

#[test]
fn drawings_are_told_from_photographs() {
    let Some(seeing) = seeing() else { return };
    let lines = portraits(992_000, 24, &["", "style=cartoon"]);
    let faces = at_once(&seeing, &lines, ALL);
    let share = right(&lines, &faces, |index, face| (face.cartoon.unwrap() >= 0.5) == (index % 2 == 1));
    assert!(share >= 95.0, "{share}");
}

#[test]
fn prints_and_screens_are_told_from_life() {
    let Some(seeing) = seeing() else { return };
    let endings = ["", "recapture=print", "recapture=screen", "recapture=screen size=480x640"];
    let lines = portraits(993_000, 20, &endings);
    let faces = at_once(&seeing, &lines, ALL);
    // Below 0.05 fails at every level; from 0.9 on none does.
    for (what, least, ending) in
        [("life at 0.9", 0.9, 0), ("print", 0.3, 1), ("screen", 0.3, 2), ("large screen", 0.3, 3)]
    {
        let (mut all, mut passing) = (0.0, 0.0);
        for (_, face) in faces.iter().enumerate().filter(|(index, _)| index % endings.len() == ending) {
            let Some(face) = face else { continue };
            all += 1.0;
            passing += f32::from(u8::from(face.liveness.unwrap() >= least));
        }
        let share = 100.0 * passing / all;
        println!("{what}: {share:.1} % of {all} pass");
        assert!(if ending == 0 { share >= 95.0 } else { share <= 5.0 }, "{what}: {share}");
    }
}

#[test]
fn glasses_are_told_from_none_and_dark_ones_from_clear_ones() {
    let Some(seeing) = seeing() else { return };
    let lines = portraits(995_000, 24, &["glasses=none", "glasses=clear", "glasses=sun"]);
    let faces = at_once(&seeing, &lines, ALL);
    for (kind, expected) in [Glasses::None, Glasses::Common, Glasses::Sun].into_iter().enumerate() {
        let some = |index: usize| index % 3 == kind;
        let lines: Vec<String> = pick(&lines, some);
        let faces: Vec<Option<Face>> = pick(&faces, some);
        println!("{expected:?}");
        let share = right(&lines, &faces, |_, face| face.glasses.is_some_and(|(seen, _)| seen == expected));
        // Measured: 100, 100 and 95.8.
        assert!(share >= 90.0, "{expected:?}: {share}");
    }
}

/// Those of some numbers.
fn pick<T: Clone>(all: &[T], some: impl Fn(usize) -> bool) -> Vec<T> {
    all.iter().enumerate().filter(|(index, _)| some(*index)).map(|(_, one)| one.clone()).collect()
}

#[test]
fn who_smiles_more_is_seen_to() {
    let Some(seeing) = seeing() else { return };
    let lines = portraits(996_000, 24, &["smile=0", "smile=0.5", "smile=1"]);
    let faces = at_once(&seeing, &lines, ALL);
    let happy = |face: &Option<Face>| Some(face.as_ref()?.expression?.happy());
    let (mut all, mut ranked, mut told, mut emotions) = (0.0, 0.0, [0.0; 3], [0.0; 2]);
    for three in faces.chunks(3) {
        let [Some(none), Some(some), Some(full)] = [0, 1, 2].map(|index| happy(&three[index])) else {
            continue;
        };
        all += 1.0;
        ranked += f32::from(u8::from(none <= some + 0.02 && some <= full + 0.02));
        for (told, is) in told.iter_mut().zip([none < 0.5, some < 0.5, full >= 0.5]) {
            *told += f32::from(u8::from(is));
        }
        let strongest = |face: &Option<Face>| face.as_ref().unwrap().expression.unwrap().emotion().0;
        for (told, is) in emotions
            .iter_mut()
            .zip([strongest(&three[0]) == Emotion::Neutral, strongest(&three[2]) == Emotion::Happy])
        {
            *told += f32::from(u8::from(is));
        }
    }
    let percent = |count: f32| 100.0 * count / all;
    println!(
        "of {all}: ranked {:.1} %; below half {:.1} without and {:.1} with half a smile, above with a whole one {:.1}; neutral {:.1}, happy {:.1}",
        percent(ranked),
        percent(told[0]),
        percent(told[1]),
        percent(told[2]),
        percent(emotions[0]),
        percent(emotions[1])
    );
    // Measured: 95.8; 95.8, 83.3 and 62.5; 33.3 and 62.5. What a drawn face looks like at rest the net takes for sad as often as for
    // neutral, and four in ten whole smiles pass for none: more and less is read, a number is not.
    assert!(all >= 21.0 && percent(ranked) >= 87.0, "{all} {ranked}");
    for (share, least) in told.into_iter().chain(emotions).map(percent).zip([87.0, 70.0, 50.0, 20.0, 50.0]) {
        assert!(share >= least, "{share} and not {least}");
    }
}

#[test]
fn sex_and_age_are_read_as_drawn_as_far_as_they_are() {
    let Some(seeing) = seeing() else { return };
    let lines: Vec<String> = lianpu_corpus::people()
        .iter()
        .map(|person| person.name.clone())
        .chain(portraits(997_000, 50, &[""]))
        .collect();
    let faces = at_once(&seeing, &lines, ALL);
    let (mut all, mut same, mut off, mut ages) = (0.0, [[0.0; 2]; 2], 0.0, Vec::new());
    for (line, face) in lines.iter().zip(&faces) {
        let Some(face) = face else { continue };
        let truth = lianpu_portrait::truth(&lianpu_portrait::Scene::parse(line).unwrap()).remove(0);
        all += 1.0;
        let male = truth.sex == "male";
        let sex = &mut same[usize::from(male)];
        sex[0] += f32::from(u8::from((face.gender.unwrap().male >= 0.5) == male));
        sex[1] += 1.0;
        off += (face.age.unwrap() - truth.age).abs();
        ages.push((truth.age, face.age.unwrap()));
    }
    let [women, men] = same.map(|[right, all]| 100.0 * right / all);
    let mean = |of: &dyn Fn(&(f32, f32)) -> f32| ages.iter().map(of).sum::<f32>() / all;
    let (drawn, seen) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let spread = |of: &dyn Fn(&(f32, f32)) -> f32| mean(&|pair| of(pair) * of(pair)).sqrt();
    let together = mean(&|pair| (pair.0 - drawn) * (pair.1 - seen))
        / (spread(&|pair| pair.0 - drawn) * spread(&|pair| pair.1 - seen));
    println!(
        "of {all}: women {women:.1}, men {men:.1} % right; ages off by {:.1} years in the mean, correlation {together:.2}, mean {seen:.1} of {drawn:.1}",
        off / all
    );
    // Measured: 80.4 and 79.6 %; 18.6 years, 0.39. The net sees everybody about thirty, and of the drawn marks of age little.
    assert!(all >= 95.0 && women >= 68.0 && men >= 70.0, "{all} {women} {men}");
    assert!(off / all <= 22.0 && together >= 0.1, "{} {together}", off / all);
}

/// Photographs shown by the harness, plain and as a print and a screen; of each how many percent pass the threshold for life.
#[test]
fn prints_and_screens_of_photographs_are_told_from_life() {
    let Some(seeing) = seeing() else { return };
    let photographs: Vec<Photograph> =
        portraits::photographs(1..=10).iter().map(|file| photograph(file)).collect();
    if photographs.is_empty() {
        return;
    }
    let kinds = ["none", "print", "screen"];
    let faces = portraits::all(kinds.len() * photographs.len(), |index| {
        let (number, kind) = (index / kinds.len(), kinds[index % kinds.len()]);
        let line = format!("anna recapture={kind} seed={number}");
        let scene = lianpu_portrait::Scene::parse(&line).unwrap();
        let file = file_of_photographs(&scene, &[&photographs[number]]).unwrap();
        portraits::look(&seeing, &file, ALL)
    });
    for (number, kind) in kinds.iter().enumerate() {
        let seen: Vec<f32> = faces
            .iter()
            .skip(number)
            .step_by(kinds.len())
            .flatten()
            .map(|face| face.liveness.unwrap())
            .collect();
        let share = |least: f32| {
            100.0 * seen.iter().filter(|live| **live >= least).count() as f32 / seen.len() as f32
        };
        println!(
            "{kind}: {} of {} found; pass {:.1?}",
            seen.len(),
            photographs.len(),
            [0.05, 0.3, 0.9].map(share)
        );
        assert!(seen.len() * 100 >= 90 * photographs.len(), "{kind}: {} found", seen.len());
        // Measured on 60, and 30 here: all plain ones pass at every level, and no other does at any.
        if number == 0 {
            assert!(share(0.9) >= 95.0, "{}", share(0.9));
        } else {
            assert!(share(0.05) <= 5.0, "{kind}: {}", share(0.05));
        }
    }
}

fn photograph(file: &[u8]) -> Photograph {
    let pixels = image::load_from_memory(file).unwrap().into_rgb8();
    Photograph {
        raster: Raster { width: pixels.width(), height: pixels.height(), pixels: pixels.into_raw() },
        face: None,
    }
}

#[test]
fn photographs_are_from_life_and_of_humans() {
    let Some(seeing) = seeing() else { return };
    let files = portraits::photographs(1..=40);
    let faces: Vec<Face> = portraits::all(files.len(), |index| portraits::look(&seeing, &files[index], ALL))
        .into_iter()
        .flatten()
        .collect();
    if faces.is_empty() {
        return;
    }
    let share = |right: &dyn Fn(&Face) -> bool| {
        100.0 * faces.iter().filter(|face| right(face)).count() as f32 / faces.len() as f32
    };
    let (live, human) =
        (share(&|face| face.liveness.unwrap() >= 0.9), share(&|face| face.cartoon.unwrap() < 0.5));
    println!("{live:.1} % live at 0.9, {human:.1} % human");
    assert!(live >= 95.0 && human >= 95.0, "{live} {human}");
}

#[test]
fn what_is_not_wanted_is_not_said() {
    let Some(seeing) = seeing() else { return };
    let lines = portraits(994_000, 1, &[""]);
    let places = at_once(&seeing, &lines[..1], Wanted { largest_only: true, ..Wanted::PLACES });
    let face = places[0].as_ref().unwrap();
    assert!(
        face.liveness.is_none() && face.shape.is_none() && face.cartoon.is_none() && face.smile().is_none()
    );
    let can = seeing.capabilities();
    assert!(can.quality && can.liveness && can.attributes && can.landmarks);
    let cannot = lianpu_engine::vision::Classic::default().capabilities();
    assert!(!cannot.quality && !cannot.liveness && !cannot.attributes);
}
