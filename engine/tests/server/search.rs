//! The search of the store in memory against one that compares face after face.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use lianpu_engine::gallery::{Change, MemoryStore, Near, StateView, Store, StoreError, StoredFace};
use lianpu_engine::vision::{Description, Face};
use proptest::prelude::*;

/// Persons by id: their groups, and their faces in the order of adding.
#[derive(Debug, Default, Clone)]
struct Model(BTreeMap<String, Member>);

type Member = (BTreeSet<String>, Vec<(String, Description)>);

impl Model {
    /// What the contract of [`StateView::nearest`] says, by its words.
    fn nearest(&self, groups: &[String], probe: &Description, top: usize) -> Vec<Near> {
        let mut persons: Vec<Near> = Vec::new();
        for (person, (own, faces)) in &self.0 {
            if !groups.iter().any(|group| own.contains(group)) {
                continue;
            }
            let mut best: Option<Near> = None;
            for (face, description) in faces {
                let distance = plain_distance(description, probe);
                if best.as_ref().is_none_or(|best| distance < best.distance) {
                    let tag = format!("tag of {person}");
                    best = Some(Near { person: person.clone(), tag, face: face.clone(), distance });
                }
            }
            persons.extend(best);
        }
        persons.sort_by(|a, b| a.distance.total_cmp(&b.distance)); // stable: equally near ones stay in order of their ids
        persons.truncate(top);
        persons
    }

    fn create(&mut self, person: &str) -> Vec<Change> {
        if self.0.contains_key(person) {
            return Vec::new();
        }
        self.0.insert(person.to_owned(), Default::default());
        let tag = format!("tag of {person}");
        vec![Change::CreatePerson { person: person.to_owned(), name: String::new(), tag }]
    }

    /// Applies a step, and says by which changes.
    fn apply(&mut self, step: &Step, face: usize) -> Vec<Change> {
        match step {
            Step::Add(person, values) => {
                let person = format!("p{person}");
                let mut changes = self.create(&person);
                let description = description(*values);
                let id = format!("f{face}");
                let (_, faces) = self.0.get_mut(&person).expect("created");
                faces.push((id.clone(), description.clone()));
                let face = Face { description: Some(description), ..Face::default() };
                changes.push(Change::AddFace(StoredFace { id, person, face }));
                changes
            }
            Step::RemoveFace(person, which) => {
                let Some((_, faces)) = self.0.get_mut(&format!("p{person}")) else { return Vec::new() };
                if faces.is_empty() {
                    return Vec::new();
                }
                let (id, _) = faces.remove(which.index(faces.len()));
                vec![Change::RemoveFace(id)]
            }
            Step::RemovePerson(person) => {
                let person = format!("p{person}");
                self.0.remove(&person).map(|_| Change::RemovePerson(person)).into_iter().collect()
            }
            Step::Join(person, group) => {
                let (person, group) = (format!("p{person}"), format!("g{group}"));
                let Some((groups, _)) = self.0.get_mut(&person) else { return Vec::new() };
                groups.insert(group.clone()).then_some(Change::Join { person, group }).into_iter().collect()
            }
            Step::Leave(person, group) => {
                let (person, group) = (format!("p{person}"), format!("g{group}"));
                let Some((groups, _)) = self.0.get_mut(&person) else { return Vec::new() };
                groups.remove(&group).then_some(Change::Leave { person, group }).into_iter().collect()
            }
        }
    }
}

fn plain_distance(a: &Description, b: &Description) -> f32 {
    let mut sum = 0.0_f32;
    for (a, b) in a.0.iter().zip(&b.0) {
        sum += (a - b) * (a - b);
    }
    sum.sqrt()
}

#[derive(Debug, Clone)]
enum Step {
    Add(u8, [i8; 3]),
    RemoveFace(u8, prop::sample::Index),
    RemovePerson(u8),
    Join(u8, u8),
    Leave(u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let (person, group) = (|| 0..12_u8, || 0..4_u8);
    let values = prop::array::uniform3(-2..3_i8);
    prop_oneof![
        8 => (person(), values).prop_map(|(p, values)| Step::Add(p, values)),
        3 => (person(), any::<prop::sample::Index>()).prop_map(|(p, which)| Step::RemoveFace(p, which)),
        1 => person().prop_map(Step::RemovePerson),
        4 => (person(), group()).prop_map(|(p, g)| Step::Join(p, g)),
        2 => (person(), group()).prop_map(|(p, g)| Step::Leave(p, g)),
    ]
}

/// 128 numbers; a few only are possible, so many are equally near.
fn description(values: [i8; 3]) -> Description {
    Description((0..128).map(|place| f32::from(values[place % 3]) * 0.1 + 0.3).collect())
}

fn change(store: &MemoryStore, changes: &[Change]) {
    store.write("t", &mut |_| Ok(changes.to_vec())).expect("memory does not fail");
}

fn nearest(store: &MemoryStore, groups: &[String], probes: &[Description], top: usize) -> Vec<Vec<Near>> {
    let mut found = Vec::new();
    store
        .read("t", &mut |view: &dyn StateView| {
            found = view.nearest(groups, probes, top)?;
            Ok(())
        })
        .expect("memory does not fail");
    found
}

proptest! {
    #[test]
    fn the_answer_is_that_of_a_scan_face_after_face(
        steps in prop::collection::vec(step(), 0..400),
        probes in prop::collection::vec(prop::array::uniform3(-3..4_i8), 1..6),
        groups in prop::collection::vec(0..5_u8, 1..4),
        top in 1..7_usize,
    ) {
        let (store, mut model) = (MemoryStore::default(), Model::default());
        for (number, step) in steps.iter().enumerate() {
            change(&store, &model.apply(step, number));
        }
        let groups: Vec<_> = groups.iter().map(|group| format!("g{group}")).collect();
        let probes: Vec<_> = probes.into_iter().map(description).collect();
        let expected: Vec<_> = probes.iter().map(|probe| model.nearest(&groups, probe, top)).collect();
        prop_assert_eq!(nearest(&store, &groups, &probes, top), expected);
    }
}

/// Numbers that look random.
fn random(count: usize, mut state: u64) -> Vec<f32> {
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    };
    std::iter::repeat_with(next).take(count).collect()
}

#[test]
fn many_faces_of_many_groups_are_searched_as_plainly() {
    let (store, mut model) = (MemoryStore::default(), Model::default());
    let mut changes = Vec::new();
    for number in 0..3000_usize {
        let person = format!("p{}", number % 700);
        changes.extend(model.create(&person));
        let description = Description(random(128, number as u64));
        let (groups, faces) = model.0.get_mut(&person).expect("created");
        faces.push((format!("f{number}"), description.clone()));
        let face = Face { description: Some(description), ..Face::default() };
        changes.push(Change::AddFace(StoredFace { id: format!("f{number}"), person: person.clone(), face }));
        let group = format!("g{}", number % 5);
        if groups.insert(group.clone()) {
            changes.push(Change::Join { person, group });
        }
    }
    for number in 0..200 {
        let person = format!("p{}", number * 3);
        model.0.remove(&person);
        changes.push(Change::RemovePerson(person));
    }
    change(&store, &changes);
    let probes: Vec<_> = (0..40).map(|number| Description(random(128, 5 + number * 31))).collect();
    for groups in [&["g0"][..], &["g1", "g4"], &["g0", "g1", "g2", "g3", "g4"], &["nowhere"]] {
        let groups: Vec<_> = groups.iter().map(|group| (*group).to_owned()).collect();
        let expected: Vec<_> = probes.iter().map(|probe| model.nearest(&groups, probe, 5)).collect();
        assert_eq!(nearest(&store, &groups, &probes, 5), expected);
        assert_eq!(nearest(&store, &groups, &probes[..1], 5), expected[..1]);
    }
}

#[test]
fn searches_at_the_same_time_see_whole_states() {
    let store = Arc::new(MemoryStore::default());
    let mut changes = Vec::new();
    for number in 0..2000_u64 {
        let person = format!("p{number}");
        changes.push(Change::CreatePerson {
            person: person.clone(),
            name: String::new(),
            tag: String::new(),
        });
        let face = Face { description: Some(Description(random(128, number))), ..Face::default() };
        changes.push(Change::AddFace(StoredFace { id: format!("f{number}"), person: person.clone(), face }));
        changes.push(Change::Join { person, group: format!("g{}", number % 2) });
    }
    change(&store, &changes);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        // A twin of person 1 comes and goes; in every state one of the two groups has it.
        scope.spawn(|| {
            let face = Face { description: Some(Description(random(128, 1))), ..Face::default() };
            let (person, tag) = ("a twin".to_owned(), String::new());
            while !stop.load(Ordering::Relaxed) {
                change(
                    &store,
                    &[
                        Change::CreatePerson {
                            person: person.clone(),
                            name: String::new(),
                            tag: tag.clone(),
                        },
                        Change::AddFace(StoredFace {
                            id: "t".to_owned(),
                            person: person.clone(),
                            face: face.clone(),
                        }),
                        Change::Join { person: person.clone(), group: "g0".to_owned() },
                    ],
                );
                change(&store, &[Change::RemovePerson(person.clone())]);
            }
        });
        let searching: Vec<_> = (0..16_u64)
            .map(|thread| {
                let store = Arc::clone(&store);
                scope.spawn(move || {
                    for round in 0..20 {
                        let number = (thread * 20 + round) % 300 * 2 + 1;
                        let probe = [Description(random(128, number))];
                        let groups = if thread % 2 == 0 {
                            vec!["g1".to_owned()]
                        } else {
                            vec!["g0".to_owned(), "g1".to_owned()]
                        };
                        let found = nearest(&store, &groups, &probe, 2).remove(0);
                        let own = found.iter().find(|near| near.person == format!("p{number}"));
                        assert_eq!(
                            own.map(|near| (near.face.clone(), near.distance)),
                            Some((format!("f{number}"), 0.0))
                        );
                        assert!(
                            found.iter().all(|near| near.distance == 0.0 || near.distance > 1.0),
                            "{found:?}"
                        );
                    }
                })
            })
            .collect();
        let outcomes: Vec<_> = searching.into_iter().map(thread::ScopedJoinHandle::join).collect();
        stop.store(true, Ordering::Relaxed);
        assert!(outcomes.iter().all(Result::is_ok));
    });
}

#[test]
fn tenants_and_lengths_stay_apart() {
    let store = MemoryStore::default();
    let face = |id: &str, description: Vec<f32>| {
        let face = Face { description: Some(Description(description)), ..Face::default() };
        Change::AddFace(StoredFace { id: id.to_owned(), person: "p".to_owned(), face })
    };
    let create = Change::CreatePerson { person: "p".to_owned(), name: String::new(), tag: String::new() };
    let join = Change::Join { person: "p".to_owned(), group: "g".to_owned() };
    change(
        &store,
        &[create, join, face("short", vec![1.0, 2.0]), face("long", vec![1.0; 4248]), face("none", vec![])],
    );
    let probes = [Description(vec![1.0; 4248]), Description(vec![1.0; 3]), Description(vec![1.0, 5.0])];
    let found = nearest(&store, &["g".to_owned()], &probes, 3);
    let found: Vec<Vec<_>> = found
        .iter()
        .map(|found| found.iter().map(|near| (near.face.as_str(), near.distance)).collect())
        .collect();
    assert_eq!(found, [vec![("long", 0.0)], vec![], vec![("short", 3.0)]]);
    let other: Result<(), StoreError> = store.read("another", &mut |view| {
        assert_eq!(view.nearest(&["g".to_owned()], &probes, 3)?, [vec![], vec![], vec![]]);
        Ok(())
    });
    assert_eq!(other, Ok(()));
}
