use std::sync::Arc;

use image::{Rgb, RgbImage};

use super::*;
use crate::vision::{Description, Quality, patch::Square};

/// A face that looks like its number.
fn sighting(number: u32) -> Sighting {
    let picture = RgbImage::from_fn(128, 128, |x, y| {
        let bright = (x * (number + 3) / 41 + y * (2 * number + 1) / 37) % 2;
        Rgb([(40 + 150 * bright) as u8; 3])
    });
    let square = Square { x: 64.0, y: 64.0, side: 128.0, turn: 0.0 };
    let patch = crate::vision::patch::Patch::cut(&picture, &square, crate::vision::patch::SIDE);
    let face = Face {
        square,
        probability: 1.0,
        yaw: 0.0,
        description: Description::of([&patch; 3]),
        quality: Quality::default(),
        from_centre: 0.0,
        portrait: Vec::new(),
    };
    Sighting { token: format!("{number:032x}"), face: Arc::new(face) }
}

fn add(library: &mut Library, group: &str, user: &str, number: u32) -> Result<(), Refusal> {
    let adding = adding(group, user);
    library.may_add(&adding, &sighting(number))?;
    library.add(&adding, &sighting(number));
    Ok(())
}

fn adding(group: &str, user: &str) -> Adding {
    Adding { group: group.to_owned(), user: user.to_owned(), info: None, replace: false, create: true }
}

fn found(library: &Library, groups: &[&str], number: u32) -> Vec<String> {
    let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
    let face = sighting(number).face;
    let probe = Probe { face: &face, groups: &groups, user: None, threshold: 90.0, most: 5 };
    library.search(&probe).into_iter().map(|hit| hit.user).collect()
}

#[test]
fn a_group_is_made_once() {
    let mut library = Library::default();
    assert_eq!(library.may_add_group("g"), Ok(()));
    library.add_group("g");
    assert_eq!(library.may_add_group("g"), Err(Refusal(223_101)));
    assert_eq!(library.users("h", 0, 9), Err(Refusal(223_100)));
    assert_eq!(library.delete_group("h"), Err(Refusal(223_100)));
}

#[test]
fn a_group_that_is_being_deleted_takes_nothing() {
    let rules = Rules { group_delete_delay: Duration::from_secs(60), ..Rules::default() };
    let mut library = Library::new(rules);
    add(&mut library, "g", "u", 1).expect("a first face");
    library.delete_group("g").expect("a group that is there");
    assert_eq!(add(&mut library, "g", "u", 1), Err(Refusal(223_128)));
    assert_eq!(library.may_add_group("g"), Err(Refusal(223_128)));
    assert!(library.groups(0, 9).is_empty());
}

#[test]
fn a_face_is_unique_in_its_group_and_twenty_is_the_most() {
    let mut library = Library::default();
    for number in 0..20 {
        add(&mut library, "g", "u", number).expect("a new face");
    }
    assert_eq!(add(&mut library, "g", "u", 3), Err(Refusal(223_105)));
    assert_eq!(add(&mut library, "g", "v", 3), Err(Refusal(223_105)));
    assert_eq!(add(&mut library, "g", "u", 20), Err(Refusal(222_210)));
    assert_eq!(add(&mut library, "h", "u", 3), Ok(()));
}

#[test]
fn the_last_face_takes_the_user_with_it() {
    let mut library = Library::default();
    add(&mut library, "g", "u", 1).expect("a face");
    assert_eq!(library.delete_face("g", "u", "beef"), Err(Refusal(223_106)));
    library.delete_face("g", "u", &sighting(1).token).expect("a face that is there");
    assert_eq!(library.tell(Some("g"), "u"), Err(Refusal(223_103)));
    assert_eq!(library.users("g", 0, 9), Ok(Vec::new()));
}

#[test]
fn a_copy_has_the_faces_and_the_source_stays() {
    let mut library = Library::default();
    add(&mut library, "g", "u", 1).expect("a face");
    assert_eq!(library.copy("u", "g", "h"), Err(Refusal(223_111)));
    library.add_group("h");
    library.copy("u", "g", "h").expect("a copy");
    library.copy("u", "g", "h").expect("a second copy changes nothing");
    assert_eq!(library.faces("h", "u").map(|faces| faces.len()), Ok(1));
    assert_eq!(library.tell(None, "u").map(|groups| groups.len()), Ok(2));
    library.delete_user(None, "u").expect("a user of two groups");
    assert_eq!(library.tell(None, "u"), Err(Refusal(223_103)));
}

#[test]
fn a_search_looks_in_its_groups_only() {
    let mut library = Library::default();
    add(&mut library, "g", "u", 1).expect("a face");
    add(&mut library, "h", "v", 9).expect("a face");
    assert_eq!(found(&library, &["g", "h"], 1), ["u"]);
    assert_eq!(found(&library, &["g", "h"], 9), ["v"]);
    assert!(found(&library, &["g"], 9).is_empty());
}

#[test]
fn lists_are_paged() {
    let mut library = Library::default();
    for name in ["a", "b", "c"] {
        library.add_group(name);
    }
    assert_eq!(library.groups(0, 2), ["c", "b"]);
    assert_eq!(library.groups(2, 2), ["a"]);
}
