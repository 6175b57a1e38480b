//! The index against a plain scan.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// What a test does with a face, a person or a group.
#[derive(Debug, Clone)]
enum Step {
    Add(u32, Vec<i8>),
    Remove(prop::sample::Index),
    Join(u32, u64),
    Leave(u32, u64),
}

fn step() -> impl Strategy<Value = Step> {
    let (person, group) = (|| 0..8_u32, || 0..4_u64);
    prop_oneof![
        // A few values only: many faces are equally near.
        6 => (person(), prop::collection::vec(-2..3_i8, 3)).prop_map(|(p, values)| Step::Add(p, values)),
        4 => any::<prop::sample::Index>().prop_map(Step::Remove),
        2 => (person(), group()).prop_map(|(p, g)| Step::Join(p, g)),
        2 => (person(), group()).prop_map(|(p, g)| Step::Leave(p, g)),
    ]
}

/// Faces as they were added, and the groups of persons.
#[derive(Debug, Default)]
struct Model {
    faces: Vec<(Owner, Vec<f32>)>,
    groups: BTreeMap<u32, Vec<u64>>,
    next: u32,
}

/// Descriptions of a width that follow from three numbers.
fn description(width: usize, values: &[i8]) -> Vec<f32> {
    (0..width).map(|place| f32::from(values[place % 3]) * (1.0 + (place / 3) as f32 / 64.0)).collect()
}

impl Model {
    fn apply(&mut self, index: &mut Index, step: &Step) {
        let groups = |model: &Self, person: u32| model.groups.get(&person).cloned().unwrap_or_default();
        match step {
            Step::Add(person, values) => {
                // Keys of removed faces are used again.
                let free = (0..self.next).find(|key| self.faces.iter().all(|(owner, _)| owner.key != *key));
                let key = free.unwrap_or(self.next);
                self.next = self.next.max(key + 1);
                let (owner, description) = (Owner { key, person: *person }, description(index.width, values));
                index.add(owner, &groups(self, *person), &description);
                self.faces.push((owner, description));
            }
            Step::Remove(which) if !self.faces.is_empty() => {
                let (owner, _) = self.faces.remove(which.index(self.faces.len()));
                index.remove(owner.key, &groups(self, owner.person));
            }
            Step::Remove(_) => {}
            Step::Join(person, group) => {
                if !groups(self, *person).contains(group) {
                    self.groups.entry(*person).or_default().push(*group);
                    index.join(&self.keys(*person), &[*group]);
                }
            }
            Step::Leave(person, group) => {
                if let Some(groups) = self.groups.get_mut(person) {
                    groups.retain(|other| other != group);
                }
                index.leave(&self.keys(*person), &[*group]);
            }
        }
    }

    fn keys(&self, person: u32) -> Vec<u32> {
        self.faces.iter().filter(|(owner, _)| owner.person == person).map(|(owner, _)| owner.key).collect()
    }

    /// Every face of the groups with its distance, in the order of adding.
    fn measured(&self, groups: &[u64], probe: &[f32]) -> Vec<(Owner, Near)> {
        let inside = |owner: &Owner| {
            self.groups.get(&owner.person).is_some_and(|own| own.iter().any(|group| groups.contains(group)))
        };
        let near = |(owner, description): &(Owner, Vec<f32>)| {
            (*owner, Near { key: owner.key, distance: euclidean(probe, description) })
        };
        self.faces.iter().filter(|(owner, _)| inside(owner)).map(near).collect()
    }
}

/// The distance of the last of the `top` nearest persons.
fn last_distance(measured: &[(Owner, Near)], top: usize) -> f32 {
    let mut persons: BTreeMap<u32, f32> = BTreeMap::new();
    for (owner, near) in measured {
        let best = persons.entry(owner.person).or_insert(near.distance);
        *best = best.min(near.distance);
    }
    let mut distances: Vec<f32> = persons.into_values().collect();
    distances.sort_by(f32::total_cmp);
    distances.get(top - 1).copied().unwrap_or(f32::INFINITY)
}

proptest! {
    #[test]
    fn nothing_that_a_plain_scan_finds_is_missed(
        steps in prop::collection::vec(step(), 0..300),
        probes in prop::collection::vec(prop::collection::vec(-3..4_i8, 3), 1..7),
        groups in prop::collection::vec(0..5_u64, 0..4),
        top in 1..5_usize,
        width in prop::sample::select(vec![3_usize, 128, 4248]),
        coded_from in prop::sample::select(vec![1, 20, usize::MAX]),
    ) {
        let mut index = Index::coded_from(width, coded_from);
        let mut model = Model::default();
        for step in &steps {
            model.apply(&mut index, step);
        }
        prop_assert_eq!(index.live.len() as usize, model.faces.len());
        for (owner, kept) in &model.faces {
            prop_assert_eq!(index.description(owner.key), &kept[..]);
        }
        let probes: Vec<_> = probes.iter().map(|values| description(width, values)).collect();
        let asked: Vec<_> = probes.iter().map(|description| Probe { description, top }).collect();
        let found = index.search(&groups, &asked);
        for (probe, found) in probes.iter().zip(found) {
            let measured = model.measured(&groups, probe);
            let last = last_distance(&measured, top);
            let all: Vec<_> = measured.into_iter().map(|(_, near)| near).collect();
            let needed: Vec<_> = all.iter().filter(|near| near.distance <= last).copied().collect();
            let kept: Vec<_> = found.iter().filter(|near| near.distance <= last).copied().collect();
            prop_assert_eq!(kept, needed, "all that is needed, in order");
            prop_assert!(found.iter().all(|near| all.contains(near)), "nothing else");
        }
    }
}

#[test]
fn tombstones_go_when_they_are_many() {
    let mut index = Index::coded_from(2, 100);
    for key in 0..400_u32 {
        index.add(Owner { key, person: key }, &[u64::from(key % 2)], &[key as f32, 1.0]);
    }
    for key in 0..100 {
        index.remove(key, &[u64::from(key % 2)]);
        assert_eq!(index.owners.len(), 400, "a quarter may be tombstones");
    }
    index.remove(100, &[0]);
    assert_eq!((index.owners.len(), index.live.len()), (299, 299));
    let probe = Probe { description: &[0.0, 1.0], top: 1 };
    assert_eq!(index.search(&[0], &[probe])[0], [Near { key: 102, distance: 102.0 }]);
    for key in 101..400 {
        index.remove(key, &[u64::from(key % 2)]);
    }
    assert!(index.owners.len() <= FEW && index.groups.is_empty() && index.codes.is_none());
    assert_eq!(index.search(&[0, 1], &[probe]), [vec![]]);
}

#[test]
fn numbers_beyond_all_bounds_are_ranked_all_the_same() {
    let mut index = Index::coded_from(3, usize::MAX);
    let rows = [[1e30, 0.0, 0.0], [2.0, 0.0, 0.0], [-1e30, 1e30, 0.0], [0.5, 0.0, 0.0]];
    for (key, row) in (0..).zip(&rows) {
        index.add(Owner { key, person: key }, &[0], row);
    }
    let found = index.search(&[0], &[Probe { description: &[0.0; 3], top: 2 }]);
    let near: Vec<_> = found[0].iter().filter(|near| near.distance <= 2.0).map(|near| near.key).collect();
    assert_eq!(near, [1, 3]);
}
