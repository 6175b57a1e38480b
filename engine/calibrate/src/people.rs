//! Fifty people as far apart as the space of looks allows: the search that writes `corpus/people.toml` anew. The people who
//! stand there now were chosen by an older one.
//!
//! Candidates are the people of successive seeds, with the sex and, in whole years, the age that the seed gives them. Those
//! who are near the fewest others are kept, and of them half of each sex chosen by [`apart`](super::apart). Whoever of
//! the chosen the net does not know again turned, nodding, lit from aside, smiling or with glasses is struck out, and it is
//! chosen anew, until the net knows all. The names that stand first in the list are used most: they go to those each of whose
//! parts can be covered alone, no hair before it, and of them to those whom the detector is surest of.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

use lianpu_corpus::{Person, Sex};
use lianpu_engine::vision::{Analyser as _, Description, Face, Limits, Seeing, Wanted, models};
use lianpu_portrait::{Part, Scene, Who, file, hiding, truth};

use super::apart::{Weights, choose};
use super::looks::all;

/// The seeds that are searched.
const SEEDS: Range<u64> = 10_000..110_000;
/// So many are described at a time, and remembered together.
const BLOCK: u64 = 10_000;
/// How many candidates are chosen from: their distances must fit into memory.
const KEPT: usize = 10_000;
/// How many everybody is held against to see who is near few.
const SAMPLE: usize = 1_000;
const OF_EACH_SEX: usize = 25;
/// Numbers of a description.
const LONG: usize = 128;
/// Different people should be further apart, pictures of one person nearer.
const DIFFERENT: f32 = 0.60;
const SAME: f32 = 0.45;
/// How pictures of one person may differ.
const CONDITIONS: [&str; 10] = [
    "yaw=-20",
    "yaw=20",
    "pitch=-20",
    "pitch=20",
    "light=50,20",
    "light=-50,20",
    "smile=0.5",
    "smile=1",
    "glasses=clear",
    "glasses=sun",
];
const FILE: &str = "corpus/people.toml";
const HEADER: &str = "\
# People who do not exist: name, the seed the face grows from, sex and age as drawn.
# `cargo run --release -p lianpu-calibrate -- people` chose the seeds, so that a face matcher tells everybody from
# everybody; docs/portraits.md says how far apart they are. Of each sex those come first whose parts can be covered one by one,
# and whom the detector is surest of.
";

struct Candidate {
    /// Scenes borrow whom they show for good.
    person: &'static Person,
    ahead: Description,
}

/// Searches, prints how far apart the chosen are, and writes them down.
pub fn search() {
    let directory = models::default_dir().expect("a folder for models");
    let seeing = Seeing::load(&directory, Limits::default()).expect("the nets are installed");
    let blocks = SEEDS.step_by(BLOCK as usize).map(|start| start..(start + BLOCK).min(SEEDS.end));
    let candidates: Vec<Candidate> = blocks.flat_map(|seeds| described_block(&seeing, seeds)).collect();
    report("every hundredth candidate", candidates.iter().step_by(100));
    let kept = near_few(candidates);
    let chosen = known(&seeing, &kept);
    report("the chosen", chosen.iter().copied());
    std::fs::write(FILE, listed(&seeing, &chosen)).expect("the list is written from the project's folder");
    println!("# {FILE} is written");
}

/// The people of the seeds whose faces are found. In the folder that `CALIBRATE_CACHE` names they are remembered; its
/// `people.*` must go when the drawer changes or what the engine sees.
fn described_block(seeing: &Seeing, seeds: Range<u64>) -> Vec<Candidate> {
    let place = std::env::var_os("CALIBRATE_CACHE")
        .map(|folder| PathBuf::from(folder).join(format!("people.{}-{}", seeds.start, seeds.end)));
    if let Some(bytes) = place.as_ref().and_then(|place| std::fs::read(place).ok()) {
        return bytes.chunks_exact(4 * (1 + LONG)).map(remembered).collect();
    }
    let found = all((seeds.end - seeds.start) as usize, &format!("from seed {}", seeds.start), |index| {
        let person = born(seeds.start + index as u64);
        Some(Candidate { person, ahead: described(seeing, person, "")? })
    });
    let found: Vec<Candidate> = found.into_iter().flatten().collect();
    if let Some(place) = place {
        let numbers = |one: &Candidate| [vec![one.person.seed as f32], one.ahead.0.clone()].concat();
        let bytes: Vec<u8> = found.iter().flat_map(numbers).flat_map(f32::to_le_bytes).collect();
        std::fs::write(place, bytes).expect("the cache is written");
    }
    found
}

/// A seed and a description, as numbers of four bytes.
fn remembered(bytes: &[u8]) -> Candidate {
    let mut numbers = bytes.as_chunks().0.iter().copied().map(f32::from_le_bytes);
    let seed = numbers.next().expect("no empty rows");
    Candidate { person: born(seed as u64), ahead: Description(numbers.collect()) }
}

/// The person of a seed.
fn born(seed: u64) -> &'static Person {
    let face = truth(&Scene::parse(&format!("seed:{seed}")).expect("a scene")).remove(0);
    let sex = if face.sex == "female" { Sex::Female } else { Sex::Male };
    Box::leak(Box::new(Person { name: format!("seed {seed}"), seed, sex, age: face.age.round() as u8 }))
}

/// What the net says of somebody under a condition; none where no face is found.
fn described(seeing: &Seeing, person: &'static Person, condition: &str) -> Option<Description> {
    seen(seeing, person, condition)?.description
}

/// Somebody's face under a condition.
fn seen(seeing: &Seeing, person: &'static Person, condition: &str) -> Option<Face> {
    let wanted = Wanted { landmarks: true, description: true, largest_only: true, ..Wanted::PLACES };
    Some(seeing.analyse(&file(&shown(person, condition)), wanted, &|_| false).ok()?.faces.remove(0))
}

/// Somebody under a condition.
fn shown(person: &'static Person, condition: &str) -> Scene {
    let mut scene = Scene::parse(&format!("seed:0 {condition}")).expect("conditions are scenes");
    scene.faces[0].who = Who::Named(person);
    scene
}

/// Those who are near the fewest of a sample.
fn near_few(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let sample: Vec<&Candidate> = candidates.iter().step_by(candidates.len().div_ceil(SAMPLE)).collect();
    let near =
        |one: &Candidate| sample.iter().filter(|other| one.ahead.distance(&other.ahead) < DIFFERENT).count();
    let counts: Vec<usize> = candidates.iter().map(near).collect();
    let mut ranked: Vec<(usize, Candidate)> = counts.into_iter().zip(candidates).collect();
    ranked.sort_by_key(|(near, candidate)| (*near, candidate.person.seed));
    ranked.truncate(KEPT);
    ranked.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The best choice of people whom the net knows again under all conditions.
fn known<'a>(seeing: &Seeing, kept: &'a [Candidate]) -> Vec<&'a Candidate> {
    // A pair that is just too near weighs 1, the nearer the more.
    let weights = Weights::new(kept.len(), |one, other| {
        let distance = kept[one].ahead.distance(&kept[other].ahead);
        if distance < DIFFERENT { 1.0 + 20.0 * (DIFFERENT - distance) } else { 0.0 }
    });
    let mut is_known: HashMap<usize, bool> = HashMap::new();
    loop {
        let kinds = [Sex::Female, Sex::Male].map(|sex| {
            let of_sex =
                |index: &usize| kept[*index].person.sex == sex && is_known.get(index) != Some(&false);
            (0..kept.len()).filter(of_sex).collect()
        });
        let chosen = choose(&weights, &kinds, OF_EACH_SEX);
        let asked: Vec<usize> =
            chosen.iter().copied().filter(|index| !is_known.contains_key(index)).collect();
        let answers = all(asked.len(), "known again", |place| knows(seeing, &kept[asked[place]]));
        let unknown = answers.iter().filter(|known| !**known).count();
        println!("# {} asked about, {unknown} not known again", asked.len());
        is_known.extend(asked.into_iter().zip(answers));
        if unknown == 0 {
            return chosen.into_iter().map(|index| &kept[index]).collect();
        }
    }
}

/// Whether the net knows somebody again under all conditions.
fn knows(seeing: &Seeing, one: &Candidate) -> bool {
    CONDITIONS.iter().all(|condition| {
        described(seeing, one.person, condition).is_some_and(|other| one.ahead.distance(&other) <= SAME)
    })
}

/// The chosen under the names that there are.
fn listed(seeing: &Seeing, chosen: &[&Candidate]) -> String {
    let rank = |person| (can_be_covered(person), seen(seeing, person, "").map_or(0.0, |face| face.score));
    let mut chosen: Vec<_> = chosen.iter().map(|one| (rank(one.person), one.person)).collect();
    chosen.sort_by(|((one, sure), a), ((other, surer), b)| {
        other.cmp(one).then(surer.total_cmp(sure)).then(a.seed.cmp(&b.seed))
    });
    let mut list = HEADER.to_owned();
    for Person { name, sex, .. } in lianpu_corpus::people() {
        let place = chosen.iter().position(|(_, person)| person.sex == *sex).expect("as many as names");
        let Person { seed, age, .. } = chosen.remove(place).1;
        let sex = if *sex == Sex::Female { "female" } else { "male" };
        let entry = format!("\n[[person]]\nname = \"{name}\"\nseed = {seed}\nsex = \"{sex}\"\nage = {age}\n");
        list.push_str(&entry);
    }
    list
}

/// Whether a patch over any part of somebody's face hides that part and no other.
fn can_be_covered(person: &'static Person) -> bool {
    Part::ALL.iter().all(|part| {
        let hidden = hiding(&shown(person, &format!("cover={}", part.word()))).faces[0];
        Part::ALL.iter().all(|other| {
            let share = hidden.of(*other).unwrap_or(0.0);
            if part == other { share > 0.8 } else { share < 0.2 }
        })
    })
}

/// How far apart some people are.
fn report<'a>(who: &str, people: impl Iterator<Item = &'a Candidate>) {
    let people: Vec<&Candidate> = people.collect();
    let pairs = (0..people.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let distance = |(one, other): (usize, usize)| people[one].ahead.distance(&people[other].ahead);
    let mut distances: Vec<f32> = pairs.map(distance).collect();
    distances.sort_by(f32::total_cmp);
    let at = |share: f32| distances[(share * (distances.len() - 1) as f32) as usize];
    println!(
        "# {who}: {} of {} pairs nearer than {DIFFERENT}; least {:.3}, 1 % {:.3}, 10 % {:.3}, half {:.3}",
        distances.partition_point(|distance| *distance < DIFFERENT),
        distances.len(),
        at(0.0),
        at(0.01),
        at(0.1),
        at(0.5)
    );
}
