//! Fifty people as far apart as the space of looks allows: the search, and how the people of `corpus/people.toml` stand in it.
//!
//! Candidates are the people of successive seeds, with the sex and, in whole years, the age that the seed gives them.
//! Somebody is taken only if the net knows them again turned, lit from aside, smiling and with glasses. Then people are
//! exchanged as long as fewer pairs lie too near. `CANDIDATES` takes fewer seeds than all.
//!
//! The named people come from the same seeds and are their people, but an older drawer and net chose them, and they stay:
//! [`exchanges`] says how much an exchange of one of them would change today.

use std::sync::OnceLock;

use lianpu::portrait::{Scene, Who, file, truth};
use lianpu_corpus::{Person, Sex};
use lianpu_engine::vision::{Analyser as _, Description, Limits, Seeing, Wanted, models};

use super::looks::all;

/// The seeds that are searched; those of all named people are among them.
const SEEDS: std::ops::Range<u64> = 10_000..13_200;
const PEOPLE: usize = 50;
/// Different people should be further apart, pictures of one person nearer.
const DIFFERENT: f32 = 0.60;
const SAME: f32 = 0.45;
/// How pictures of one person may differ.
const CONDITIONS: [&str; 8] = [
    "yaw=-20",
    "yaw=20",
    "light=50,20",
    "light=-50,20",
    "smile=0.5",
    "smile=1",
    "glasses=clear",
    "glasses=sun",
];

struct Candidate {
    person: &'static Person,
    ahead: Description,
    /// Whether the net knows the person again under every condition: looked at only when it matters.
    known: OnceLock<bool>,
}

impl Candidate {
    fn is_known(&self, seeing: &Seeing) -> bool {
        *self.known.get_or_init(|| {
            let others = all(CONDITIONS.len(), "conditions", |index| {
                described(seeing, self.person, CONDITIONS[index])
            });
            others.iter().all(|other| other.as_ref().is_some_and(|other| self.ahead.distance(other) <= SAME))
        })
    }
}

/// Searches, and prints the people and how far apart they are.
pub fn search() {
    let seeing = nets();
    let candidates = candidates(&seeing);
    let chosen = apart(&seeing, &candidates);
    for index in &chosen {
        let Person { seed, sex, age, .. } = candidates[*index].person;
        let sex = if *sex == Sex::Female { "female" } else { "male" };
        println!("[[person]]\nname = \"\"\nseed = {seed}\nsex = \"{sex}\"\nage = {age}\n");
    }
    let asked: Vec<bool> = candidates.iter().filter_map(|candidate| candidate.known.get().copied()).collect();
    println!(
        "# {} of {} asked about are known again",
        asked.iter().filter(|known| **known).count(),
        asked.len()
    );
    report(&candidates, &chosen);
}

/// Which exchanges of one named person for a candidate of the same sex and nearly the same age would set the named people
/// further apart.
pub fn exchanges() {
    let seeing = nets();
    let mut candidates = candidates(&seeing);
    let named: Vec<usize> = lianpu_corpus::people()
        .iter()
        .map(|person| {
            let ahead = described(&seeing, person, "").expect("everybody who looks ahead is found");
            candidates.retain(|candidate| candidate.person.seed != person.seed);
            candidates.push(Candidate { person, ahead, known: OnceLock::new() });
            person.seed
        })
        .collect::<Vec<u64>>()
        .into_iter()
        .map(|seed| {
            candidates.iter().position(|candidate| candidate.person.seed == seed).expect("just added")
        })
        .collect();
    report(&candidates, &named);
    let distance = |one: usize, other: usize| candidates[one].ahead.distance(&candidates[other].ahead);
    let nearest =
        |one: usize, others: &[usize]| others.iter().map(|other| distance(one, *other)).fold(9.0, f32::min);
    let near = |one: usize, others: &[usize]| {
        others.iter().filter(|other| distance(one, **other) < DIFFERENT).count()
    };
    let (mut fewer, mut wider, mut tried, mut best) = (0, 0, 0, (0, String::new()));
    let pairs = |place: usize| -> Vec<usize> {
        named.iter().copied().filter(|other| *other != named[place]).collect()
    };
    let least = (0..named.len()).map(|place| nearest(named[place], &pairs(place))).fold(9.0, f32::min);
    for place in 0..named.len() {
        let (others, person) = (pairs(place), candidates[named[place]].person);
        let without = (0..others.len())
            .map(|at| {
                nearest(
                    others[at],
                    &others.iter().copied().filter(|other| *other != others[at]).collect::<Vec<_>>(),
                )
            })
            .fold(9.0, f32::min);
        let now = near(named[place], &others);
        for (index, candidate) in candidates.iter().enumerate().filter(|(index, _)| !named.contains(index)) {
            let alike = candidate.person.sex == person.sex && candidate.person.age.abs_diff(person.age) <= 5;
            if !alike {
                continue;
            }
            tried += 1;
            let then = near(index, &others);
            let improves = [then < now, nearest(index, &others).min(without) > least + 1e-4];
            if !improves.contains(&true) || !candidate.is_known(&seeing) {
                continue;
            }
            fewer += usize::from(improves[0]);
            wider += usize::from(improves[1]);
            if improves[0] && now - then > best.0 {
                best = (now - then, format!("{} for seed {}", person.name, candidate.person.seed));
            }
        }
    }
    println!(
        "# {} candidates of seeds {SEEDS:?}; of {tried} exchanges {fewer} leave fewer pairs nearer than {DIFFERENT}, the best {} fewer ({}); {wider} raise the least distance",
        candidates.len(),
        best.0,
        best.1
    );
}

fn nets() -> Seeing {
    let directory = models::default_dir().expect("a folder for models");
    Seeing::load(&directory, Limits::default()).expect("the nets are installed")
}

/// The people of the seeds whose faces are found.
fn candidates(seeing: &Seeing) -> Vec<Candidate> {
    let count =
        std::env::var("CANDIDATES").ok().map(|number| number.parse().expect("CANDIDATES is a number"));
    let count = count.unwrap_or(usize::MAX).min((SEEDS.end - SEEDS.start) as usize);
    let found = all(count, "candidates", |index| {
        let seed = SEEDS.start + index as u64;
        let born = truth(&Scene::parse(&format!("seed:{seed}")).expect("a scene")).remove(0);
        let sex = if born.sex == "female" { Sex::Female } else { Sex::Male };
        let person = Person { name: format!("seed {seed}"), seed, sex, age: born.age.round() as u8 };
        let person: &'static Person = Box::leak(Box::new(person));
        Some(Candidate { person, ahead: described(seeing, person, "")?, known: OnceLock::new() })
    });
    found.into_iter().flatten().collect()
}

/// What the net says of somebody under a condition; none where no face is found.
fn described(seeing: &Seeing, person: &'static Person, condition: &str) -> Option<Description> {
    let mut scene = Scene::parse(&format!("seed:0 {condition}")).expect("conditions are scenes");
    scene.faces[0].who = Who::Named(person);
    let wanted = Wanted { landmarks: true, description: true, largest_only: true, ..Wanted::PLACES };
    seeing.analyse(&file(&scene), wanted, &|_| false).ok()?.faces.remove(0).description
}

/// The chosen: farthest from each other first, then exchanged one by one; half of each sex, all known again.
fn apart(seeing: &Seeing, candidates: &[Candidate]) -> Vec<usize> {
    let table: Vec<Vec<f32>> = candidates
        .iter()
        .map(|one| candidates.iter().map(|other| one.ahead.distance(&other.ahead)).collect())
        .collect();
    // The first of a sex, by `order` from low to high, who is free and known.
    let first = |chosen: &[usize], sex: Sex, order: &dyn Fn(usize) -> f32| -> Option<usize> {
        let mut free: Vec<usize> = (0..candidates.len())
            .filter(|index| candidates[*index].person.sex == sex && !chosen.contains(index))
            .filter(|index| order(*index).is_finite())
            .collect();
        free.sort_by(|a, b| order(*a).total_cmp(&order(*b)));
        free.into_iter().find(|index| candidates[*index].is_known(seeing))
    };
    let mut chosen: Vec<usize> = Vec::new();
    for place in 0..PEOPLE {
        let sex = if place % 2 == 0 { Sex::Female } else { Sex::Male };
        let nearest = |index: usize| chosen.iter().map(|other| table[index][*other]).fold(9.0, f32::min);
        chosen.push(first(&chosen, sex, &|index| -nearest(index)).expect("more candidates than people"));
    }
    // How much somebody among others weighs: pairs that lie too near, and a little for how near.
    let weight = |index: usize, others: &[usize]| -> f32 {
        let near = others.iter().map(|other| table[index][*other]).filter(|distance| *distance < DIFFERENT);
        near.map(|distance| 1.0 + 20.0 * (DIFFERENT - distance)).sum()
    };
    loop {
        let mut better = false;
        for place in 0..chosen.len() {
            let sex = candidates[chosen[place]].person.sex;
            let others: Vec<usize> = chosen.iter().copied().filter(|index| *index != chosen[place]).collect();
            let now = weight(chosen[place], &others);
            // Nobody who is no better is asked about.
            let order = |index: usize| {
                let weight = weight(index, &others);
                if weight < now - 1e-4 { weight } else { f32::INFINITY }
            };
            if let Some(best) = first(&chosen, sex, &order) {
                chosen[place] = best;
                better = true;
            }
        }
        if !better {
            return chosen;
        }
    }
}

/// How far apart the chosen are, and all candidates.
fn report(candidates: &[Candidate], chosen: &[usize]) {
    let everybody: Vec<usize> = (0..candidates.len()).collect();
    for (who, some) in [("the chosen", chosen), ("all candidates", &everybody)] {
        let mut distances: Vec<f32> = some
            .iter()
            .enumerate()
            .flat_map(|(place, one)| {
                some[..place].iter().map(|other| candidates[*one].ahead.distance(&candidates[*other].ahead))
            })
            .collect();
        distances.sort_by(f32::total_cmp);
        let at = |share: f32| distances[(share * (distances.len() - 1) as f32) as usize];
        let near = distances.iter().filter(|distance| **distance < DIFFERENT).count();
        println!(
            "# {who}: {near} of {} pairs nearer than {DIFFERENT}; least {:.3}, 1 % {:.3}, 10 % {:.3}, half {:.3}",
            distances.len(),
            at(0.0),
            at(0.01),
            at(0.1),
            at(0.5)
        );
    }
}
