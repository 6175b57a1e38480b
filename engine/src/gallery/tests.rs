//! The gallery's rules against a plain model of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::{
    FailingStore, Gallery, GalleryError, GalleryLimits, MemoryStore, NewPerson, Probe, Store, StoreError,
};
use crate::vision::{Analyser, Analysis, Capabilities, Description, Face, Failure, Rect, Stage, Wanted};

/// A face that nothing is wrong with.
const GOOD: fn(Face) -> Result<Face, GalleryError> = Ok;

/// Compares; sees nothing.
struct Comparer;

impl Analyser for Comparer {
    fn name(&self) -> &'static str {
        "comparer"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }

    fn analyse(&self, _: &[u8], _: Wanted, _: &dyn Fn(Stage) -> bool) -> Result<Analysis, Failure> {
        Err(Failure::NoFace)
    }

    fn similarity(&self, distance: f32) -> f32 {
        100.0 - distance
    }

    fn same_person_from(&self) -> f32 {
        90.0
    }

    fn almost_same(&self, a: &Face, b: &Face) -> bool {
        a.description == b.description
    }
}

fn face(value: f32) -> Face {
    Face {
        rect: Rect::default(),
        score: 1.0,
        landmarks: None,
        pose: None,
        age: None,
        gender: None,
        expression: None,
        glasses: None,
        description: Some(Description(vec![value])),
        fingerprint: Vec::new(),
        ..Face::default()
    }
}

fn gallery() -> Gallery {
    let limits = GalleryLimits { faces_per_person: 3, persons_per_group: 4, groups: 5 };
    Gallery::new(Arc::new(MemoryStore::default()), Arc::new(Comparer), limits)
}

fn person(id: &str, groups: &[&str], value: f32) -> NewPerson {
    NewPerson {
        id: id.to_owned(),
        name: String::new(),
        tag: format!("tag of {id}"),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        face: face(value),
    }
}

#[test]
fn a_store_that_fails_keeps_what_it_had() {
    let gallery = gallery();
    gallery.create_person("t", &person("p", &["g"], 1.0)).expect("a new person");
    let failing = gallery.over(|store| Arc::new(FailingStore { store, reads_too: false }) as Arc<dyn Store>);
    let failed = Err(GalleryError::Store(StoreError::Write("asked to fail at writing".to_owned())));
    assert_eq!(failing.create_person("t", &person("q", &["h"], 2.0)).map(drop), failed.clone());
    assert_eq!(failing.remove_person("t", "p"), failed.clone());
    assert_eq!(failing.add_faces("t", "p", &[GOOD(face(5.0))]).map(drop), failed);
    assert_eq!(
        failing.remove_person("t", "nobody"),
        Err(GalleryError::PersonUnknown),
        "what is found comes first"
    );
    assert_eq!(gallery.groups("t"), Ok(vec!["g".to_owned()]));
    assert_eq!(gallery.person("t", "p").map(|person| person.faces.len()), Ok(1));
}

#[test]
fn a_removed_description_is_not_found_again() {
    let gallery = gallery();
    gallery.create_person("t", &person("p", &["g"], 1.0)).expect("a new person");
    gallery.create_person("t", &person("q", &["g"], 2.0)).expect("a new person");
    gallery.remove_person("t", "p").expect("it was there");
    gallery.create_person("t", &person("r", &["g"], 3.0)).expect("a new person");
    let probe = Probe::Group("g".to_owned());
    let found = gallery.identify("t", &probe, &[Description(vec![1.0])], 9).expect("a group");
    let found: Vec<_> = found[0].iter().map(|found| (found.person.as_str(), found.similarity)).collect();
    assert_eq!(found, [("q", 99.0), ("r", 98.0)]);
}

#[test]
fn a_person_of_several_groups_is_a_candidate_once() {
    let gallery = gallery();
    let created = gallery.create_person("t", &person("p", &["g", "h"], 1.0)).expect("a new person");
    let outcomes = gallery.add_faces("t", "p", &[GOOD(face(4.0)), GOOD(face(2.0)), GOOD(face(7.0))]);
    let outcomes = outcomes.expect("a known person");
    assert_eq!(outcomes[2], Err(GalleryError::FacesExceeded));
    let probe = Probe::Groups(vec!["h".to_owned(), "g".to_owned(), "nowhere".to_owned()]);
    let found = gallery.identify("t", &probe, &[Description(vec![2.2])], 9).expect("two groups");
    assert_eq!(found[0].len(), 1);
    assert_eq!(Ok(&found[0][0].face), outcomes[1].as_ref());
    assert_ne!(found[0][0].face, created.faces[0]);
    assert_eq!(found[0][0].tag, "tag of p");
}

/// What a test does.
#[derive(Debug, Clone)]
enum Step {
    Create(u8, Vec<u8>, i8),
    Remove(u8),
    Add(u8, i8),
    Join(u8, u8),
    Leave(u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let (id, group, value) = (|| 0..6_u8, || 0..7_u8, || -20..20_i8);
    prop_oneof![
        3 => (id(), prop::collection::vec(group(), 1..3), value()).prop_map(|(p, g, v)| Step::Create(p, g, v)),
        1 => id().prop_map(Step::Remove),
        3 => (id(), value()).prop_map(|(p, v)| Step::Add(p, v)),
        2 => (id(), group()).prop_map(|(p, g)| Step::Join(p, g)),
        2 => (id(), group()).prop_map(|(p, g)| Step::Leave(p, g)),
    ]
}

/// Persons by id: their groups, and the values of their faces.
type Model = BTreeMap<String, (Vec<String>, Vec<f32>)>;

fn size(model: &Model, group: &str) -> usize {
    model.values().filter(|(groups, _)| groups.iter().any(|other| other == group)).count()
}

fn groups(model: &Model) -> Vec<String> {
    let mut groups: Vec<_> = model.values().flat_map(|(groups, _)| groups.clone()).collect();
    groups.sort();
    groups.dedup();
    groups
}

/// The groups newly joined, if all can be.
fn joinable(model: &Model, already: &[String], wanted: &[String]) -> Option<Vec<String>> {
    let mut joined: Vec<String> = wanted.iter().filter(|group| !already.contains(group)).cloned().collect();
    let mut seen = Vec::new();
    joined.retain(|group| {
        !seen.contains(group) && {
            seen.push(group.clone());
            true
        }
    });
    let fresh = joined.iter().filter(|group| size(model, group) == 0).count();
    let fits = joined.iter().all(|group| size(model, group) < 4) && groups(model).len() + fresh <= 5;
    fits.then_some(joined)
}

fn apply(gallery: &Gallery, model: &mut Model, step: &Step) {
    let name = |id: &u8| format!("p{id}");
    let group = |id: &u8| format!("g{id}");
    match step {
        Step::Create(id, wanted, value) => {
            let wanted: Vec<_> = wanted.iter().map(group).collect();
            let names: Vec<_> = wanted.iter().map(String::as_str).collect();
            let created = gallery.create_person("t", &person(&name(id), &names, f32::from(*value)));
            let joined = joinable(model, &[], &wanted).filter(|_| !model.contains_key(&name(id)));
            assert_eq!(created.is_ok(), joined.is_some(), "{step:?}");
            joined.map(|joined| model.insert(name(id), (joined, vec![f32::from(*value)])));
        }
        Step::Remove(id) => {
            assert_eq!(gallery.remove_person("t", &name(id)).is_ok(), model.remove(&name(id)).is_some());
        }
        Step::Add(id, value) => {
            let value = f32::from(*value);
            let added = gallery.add_faces("t", &name(id), &[GOOD(face(value))]);
            let Some((_, faces)) = model.get_mut(&name(id)) else {
                assert_eq!(added, Err(GalleryError::PersonUnknown));
                return;
            };
            let expected = match faces.len() {
                3.. => Some(GalleryError::FacesExceeded),
                _ if faces.contains(&value) => Some(GalleryError::FaceAlmostSame),
                _ => None,
            };
            assert_eq!(added.expect("a known person")[0].as_ref().err(), expected.as_ref());
            faces.extend(expected.is_none().then_some(value));
        }
        Step::Join(id, wanted) => {
            let wanted = [group(wanted)];
            let already = model.get(&name(id)).map(|(groups, _)| groups.clone());
            let joined = already.and_then(|already| joinable(model, &already, &wanted));
            let outcome = gallery.join("t", &name(id), &wanted);
            assert_eq!(
                outcome.map(|outcome| outcome.changed).ok(),
                joined.as_ref().map(Vec::len),
                "{step:?}"
            );
            let member = model.get_mut(&name(id));
            if let (Some((groups, _)), Some(joined)) = (member, joined) {
                groups.extend(joined);
            }
        }
        Step::Leave(id, left) => {
            let exists = size(model, &group(left)) > 0;
            let outcome = gallery.leave("t", &name(id), &[group(left)]);
            let Some((groups, _)) = model.get_mut(&name(id)) else { return };
            assert_eq!(outcome.is_ok(), exists, "{step:?}");
            groups.retain(|other| *other != group(left));
        }
    }
}

proptest! {
    #[test]
    fn the_gallery_does_as_the_model(steps in prop::collection::vec(step(), 0..60), probe in -20..20_i8) {
        let gallery = gallery();
        let mut model = Model::new();
        for step in &steps {
            apply(&gallery, &mut model, step);
        }
        prop_assert_eq!(gallery.groups("t").unwrap_or_default(), groups(&model));
        let probe = f32::from(probe) + 0.3;
        for group in groups(&model) {
            let members = model.iter().filter(|(_, (groups, _))| groups.contains(&group));
            let nearest = |values: &[f32]| values.iter().map(|value| (value - probe).abs()).min_by(f32::total_cmp);
            let mut expected: Vec<_> =
                members.filter_map(|(id, (_, values))| Some((nearest(values)?, id.clone()))).collect();
            expected.sort_by(|a, b| a.0.total_cmp(&b.0));
            expected.truncate(2);
            let found = gallery.identify("t", &Probe::Group(group), &[Description(vec![probe])], 2);
            let found = found.expect("the group exists").remove(0);
            let similarities: Vec<_> = found.iter().map(|found| found.similarity).collect();
            let wanted: Vec<_> = expected.iter().map(|(distance, _)| 100.0 - distance).collect();
            prop_assert_eq!(similarities, wanted);
        }
    }
}
