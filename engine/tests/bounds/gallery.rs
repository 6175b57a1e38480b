//! What a face in the gallery costs in memory, counted.

use std::sync::Arc;

use lianpu_engine::gallery::{Gallery, GalleryLimits, MemoryStore, NewPerson};
use lianpu_engine::vision::{Classic, Description, Face, Gender, Point, Pose, fingerprint};

use crate::measuring::{allocated, turn};

const FACES: usize = 10_000;

/// A person with one face, as the nets see it.
fn person(number: usize, fingerprint: usize) -> NewPerson {
    let value = |at: usize| ((number * 131 + at * 17) % 997) as f32 / 9970.0;
    let face = Face {
        landmarks: Some(Box::new([Point::default(); 68])),
        pose: Some(Pose::default()),
        age: Some(30.0),
        gender: Some(Gender { male: 0.5 }),
        description: Some(Description((0..128).map(value).collect())),
        fingerprint: vec![0; fingerprint],
        pixels: Some([0; 32]),
        ..Face::default()
    };
    NewPerson {
        id: format!("person-{number:08}"),
        name: String::new(),
        tag: String::new(),
        groups: vec!["staff".to_owned()],
        face,
    }
}

/// Bytes for each person with one face of so large a fingerprint.
fn bytes(fingerprint: usize) -> usize {
    let limits = GalleryLimits { faces_per_person: 20, persons_per_group: FACES, groups: 10 };
    let gallery = Gallery::new(Arc::new(MemoryStore::default()), Arc::new(Classic::default()), limits);
    let before = allocated();
    for number in 0..FACES {
        gallery.create_person("tenant", &person(number, fingerprint)).expect("there is room");
    }
    (allocated() - before) / FACES
}

#[test]
fn a_face_costs_what_the_readme_says() {
    let _turn = turn();
    let (with, without) = (bytes(fingerprint::SIDE * fingerprint::SIDE), bytes(0));
    eprintln!("{with} bytes with a fingerprint, {without} without");
    assert!(with <= 3900, "{with}");
    assert!(without <= 1600, "{without}");
}
