//! What finding a face among many costs on one core: the store in memory, asked as the gallery asks it.
//!
//! Descriptions are random vectors of length 1 with 128 numbers, a person for each; each probe is a stored one. The
//! script `peers/faiss.py` sets these times beside those of another exact search.
//!
//! CPU time of the quickest call on a shared virtual machine of the Sapphire Rapids kind, 100,000 faces: one probe 0.7 to
//! 0.9 ms, 64 together 17.6 ms, where faiss-cpu's `IndexFlatIP` took 1.9 to 2.2 ms for one on one thread: at least twice its
//! rate, and 7 times with 64 together.

use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use lianpu_engine::gallery::{Change, MemoryStore, Store, StoredFace};
use lianpu_engine::vision::{Description, Face};

fn main() {
    divan::main();
}

/// Tables are made once; a million faces take half a gigabyte.
const SIZES: [usize; 3] = [1_000, 100_000, 1_000_000];
/// How many persons are asked for.
const TOP: usize = 5;

#[divan::bench(args = SIZES)]
fn one(bencher: Bencher<'_, '_>, size: usize) {
    run(bencher, size, &["all"], 1);
}

#[divan::bench(args = SIZES)]
fn sixty_four_together(bencher: Bencher<'_, '_>, size: usize) {
    run(bencher, size, &["all"], 64);
}

/// A tenth of the faces, wherever they stand.
#[divan::bench(args = SIZES)]
fn one_in_a_scattered_group(bencher: Bencher<'_, '_>, size: usize) {
    run(bencher, size, &["every tenth"], 1);
}

/// A tenth of the faces, added one after another.
#[divan::bench(args = SIZES)]
fn one_in_a_dense_group(bencher: Bencher<'_, '_>, size: usize) {
    run(bencher, size, &["first tenth"], 1);
}

#[divan::bench(args = SIZES)]
fn one_in_two_groups(bencher: Bencher<'_, '_>, size: usize) {
    run(bencher, size, &["first tenth", "every tenth"], 1);
}

fn run(bencher: Bencher<'_, '_>, size: usize, groups: &[&str], together: usize) {
    let store = filled(size);
    let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
    let mut round = 0;
    bencher
        .counter(ItemsCount::new(together))
        .with_inputs(|| {
            round += 1;
            let stored = |number: usize| description((round * 64 + number) * 7919 % size);
            (0..together).map(stored).collect::<Vec<_>>()
        })
        .bench_local_values(|probes| {
            let mut found = Vec::new();
            let read = store.read("tenant", &mut |view| {
                found = view.nearest(&groups, &probes, TOP)?;
                Ok(())
            });
            assert!(read.is_ok() && found.len() == together);
            found
        });
}

fn filled(size: usize) -> &'static MemoryStore {
    static STORES: [OnceLock<MemoryStore>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    let place = SIZES.iter().position(|other| *other == size).expect("one of the sizes");
    STORES[place].get_or_init(|| {
        let store = MemoryStore::default();
        for number in 0..size {
            let written = store.write("tenant", &mut |_| Ok(changes(number, size)));
            assert!(written.is_ok());
        }
        store
    })
}

fn changes(number: usize, size: usize) -> Vec<Change> {
    let person = format!("person {number}");
    let face = Face { description: Some(description(number)), ..Face::default() };
    let join = |group: &str| Change::Join { person: person.clone(), group: group.to_owned() };
    let mut changes = vec![
        Change::CreatePerson { person: person.clone(), name: String::new(), tag: String::new() },
        Change::AddFace(StoredFace { id: format!("face {number}"), person: person.clone(), face }),
        join("all"),
    ];
    changes.extend(number.is_multiple_of(10).then(|| join("every tenth")));
    changes.extend((number < size / 10).then(|| join("first tenth")));
    changes
}

/// A vector of length 1: about normally distributed numbers from a generator of 64 bits.
fn description(number: usize) -> Description {
    let mut state = number as u64 ^ 0x9E37_79B9_7F4A_7C15;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 16_777_216.0 - 0.5
    };
    let mut values: Vec<f32> = (0..128).map(|_| uniform() + uniform() + uniform() + uniform()).collect();
    let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
    for value in &mut values {
        *value /= length;
    }
    Description(values)
}
