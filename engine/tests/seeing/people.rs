//! How far apart the named people are for the 128-d net, and how near pictures of one of them.
//!
//! Wanted is that different people lie beyond 0.60 and pictures of one person under 0.45. How near the search came to it, and
//! what was measured, says `docs/portraits.md`; here that stays so.

use lianpu_engine::vision::{Description, Seeing, Wanted};
use lianpu_portrait::{Scene, truth};

use crate::portraits::{at_once, seeing};

const DESCRIBED: Wanted = Wanted { landmarks: true, description: true, largest_only: true, ..Wanted::PLACES };

/// The seeds among which the named people were chosen.
const SEARCHED: std::ops::Range<u64> = 10_000..110_000;

/// Everybody under a condition, described; none where no face is found.
fn everybody(seeing: &Seeing, condition: &str) -> Vec<Option<Description>> {
    let lines: Vec<String> =
        lianpu_corpus::people().iter().map(|person| format!("{} {condition}", person.name)).collect();
    at_once(seeing, &lines, DESCRIBED).into_iter().map(|face| face?.description).collect()
}

fn share(distances: &[f32], right: impl Fn(f32) -> bool) -> f32 {
    100.0 * distances.iter().filter(|distance| right(**distance)).count() as f32 / distances.len() as f32
}

/// The least, at 1, 5, 10, 50 and 90 %, and the most.
fn spread(distances: &[f32]) -> [f32; 7] {
    let mut sorted = distances.to_vec();
    sorted.sort_by(f32::total_cmp);
    [0.0, 0.01, 0.05, 0.1, 0.5, 0.9, 1.0].map(|share| sorted[(share * (sorted.len() - 1) as f32) as usize])
}

#[test]
fn everybody_has_the_sex_and_age_of_their_seed() {
    let mut seeds = Vec::new();
    for person in lianpu_corpus::people() {
        let born = truth(&Scene::parse(&format!("seed:{}", person.seed)).unwrap()).remove(0);
        let named = truth(&Scene::parse(&person.name).unwrap()).remove(0);
        assert_eq!((named.sex, named.age), (born.sex, born.age.round()), "{}", person.name);
        assert!(SEARCHED.contains(&person.seed), "{} of seed {}", person.name, person.seed);
        seeds.push(person.seed);
    }
    seeds.sort_unstable();
    seeds.dedup();
    assert_eq!(seeds.len(), 50, "nobody is there twice");
}

#[test]
fn named_people_are_told_apart_and_known_again() {
    let Some(seeing) = seeing() else { return };
    let ahead = everybody(&seeing, "");
    assert!(ahead.iter().all(Option::is_some), "everybody who looks ahead is found");
    let ahead: Vec<Description> = ahead.into_iter().flatten().collect();

    let different: Vec<f32> = (0..ahead.len())
        .flat_map(|one| (0..one).map(move |other| (one, other)))
        .map(|(one, other)| ahead[one].distance(&ahead[other]))
        .collect();
    let least = different.iter().copied().fold(f32::INFINITY, f32::min);
    let beyond = share(&different, |distance| distance > 0.60);
    println!("{} different pairs: {:.3?}, {beyond:.1} % beyond 0.60", different.len(), spread(&different));
    // Measured: 0.592 and 99.8.
    assert!(least > 0.58 && beyond >= 99.5, "{least} {beyond}");

    // Measured: everybody is found, and everybody under 0.45.
    for condition in [
        "yaw=-20",
        "yaw=20",
        "pitch=-15",
        "pitch=15",
        "pitch=-20",
        "pitch=20",
        "light=50,20",
        "light=-50,20",
        "smile=0.5",
        "smile=1",
        "glasses=clear",
        "glasses=sun",
    ] {
        let other = everybody(&seeing, condition);
        let same: Vec<f32> =
            ahead.iter().zip(&other).filter_map(|(a, b)| Some(a.distance(b.as_ref()?))).collect();
        let (under, farthest) =
            (share(&same, |distance| distance < 0.45), same.iter().copied().fold(0.0, f32::max));
        println!("{condition}: {} found, {under:.1} % under 0.45, {:.3?}", same.len(), spread(&same));
        assert_eq!(same.len(), ahead.len(), "{condition}: who is found");
        assert!(under >= 98.0 && farthest < 0.46, "{condition}: {under} {farthest}");
    }
}
