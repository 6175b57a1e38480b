//! Detectors that nobody here wrote take the portraits for faces, and the pictures of nobody for none.
//!
//! Seeds of people and landscapes that no picture was chosen by; frontal, turned by 20° to either side, and, where a
//! detector knows tilted heads, rolled by 30° to either side. A detector that is not installed is skipped, visibly,
//! unless `LIANPU_REQUIRE` lists it. `LIANPU_PORTRAITS=200` looks at so many people instead of [`PEOPLE`], and says what
//! each detector misses.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};

use lianpu_portrait::{Scene, TrueFace, file, truth};

use lianpu_testing::detectors::{Detector, Seen};

/// People, and landscapes, unless more are asked for.
const PEOPLE: u64 = 16;

/// The first of the seeds; the others follow.
const UNSEEN: u64 = 700_001;

#[test]
fn rustface_sees_them() {
    judge(Detector::Rustface, false);
}

#[test]
fn the_cascade_of_opencv_sees_them() {
    judge(Detector::Cascade, false);
}

#[test]
fn the_gradients_of_dlib_see_them_rolled_too() {
    judge(Detector::Hog, true);
}

#[test]
fn the_ssd_of_face_api_sees_them_rolled_too() {
    judge(Detector::Ssd, true);
}

fn judge(detector: Detector, knows_rolled: bool) {
    if !detector.is_there() {
        return;
    }
    let pictures = Pictures::shared();
    let (posed, nobody) =
        (pictures.seen_by(detector, Group::Posed), pictures.seen_by(detector, Group::Nobody));
    posed.at_least(99, detector, "frontal and turned by 20°");
    if knows_rolled {
        pictures.seen_by(detector, Group::Rolled).at_least(95, detector, "rolled by 30°");
    }
    assert!(nobody.right.is_empty(), "{detector:?} sees a face where nobody is: {:#?}", nobody.right);
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    /// Somebody who looks ahead or a little aside.
    Posed,
    /// Somebody who tilts the head.
    Rolled,
    /// Nobody.
    Nobody,
}

impl Group {
    const ALL: [Self; 3] = [Self::Posed, Self::Rolled, Self::Nobody];

    /// The pictures of a seed.
    fn lines(self, seed: u64) -> Vec<String> {
        let poses: &[&str] = match self {
            Self::Posed => &["", " yaw=-20", " yaw=20"],
            Self::Rolled => &[" roll=-30", " roll=30"],
            Self::Nobody => return vec![format!("nobody seed={seed}")],
        };
        poses.iter().map(|pose| format!("seed:{seed}{pose} seed={seed}")).collect()
    }
}

/// Drawn pictures as a decoder gives them, each with its line.
struct Pictures {
    all: Vec<(Group, String, PathBuf)>,
    _folder: tempfile::TempDir,
}

impl Pictures {
    /// One set for all tests that run at the same time; it goes with the last of them.
    fn shared() -> Arc<Self> {
        static PICTURES: Mutex<Weak<Pictures>> = Mutex::new(Weak::new());
        let mut pictures = PICTURES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        pictures.upgrade().unwrap_or_else(|| {
            let drawn = Arc::new(Self::drawn());
            *pictures = Arc::downgrade(&drawn);
            drawn
        })
    }

    fn drawn() -> Self {
        let people = std::env::var("LIANPU_PORTRAITS").map_or(PEOPLE, |number| number.parse().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let seeds = UNSEEN..UNSEEN + people;
        let lines = seeds.flat_map(|seed| Group::ALL.map(|group| (group, group.lines(seed))));
        let all: Vec<_> = lines
            .flat_map(|(group, lines)| lines.into_iter().map(move |line| (group, line)))
            .enumerate()
            .map(|(number, (group, line))| (group, line, folder.path().join(format!("{number}.ppm"))))
            .collect();
        std::thread::scope(|threads| {
            for some in all.chunks(all.len().div_ceil(2).max(1)) {
                threads.spawn(|| some.iter().for_each(|(_, line, path)| draw(line, path)));
            }
        });
        Self { all, _folder: folder }
    }

    fn seen_by(&self, detector: Detector, group: Group) -> Seeing<'_> {
        let some: Vec<_> = self.all.iter().filter(|(which, ..)| *which == group).collect();
        let paths: Vec<_> = some.iter().map(|(.., path)| path.clone()).collect();
        let mut seeing = Seeing { right: Vec::new(), missed: Vec::new() };
        for ((group, line, _), faces) in some.iter().zip(detector.faces(&paths)) {
            let found = match group {
                Group::Nobody => !faces.is_empty(),
                _ => faces.iter().any(|face| fits(face, &truth(&Scene::parse(line).unwrap())[0])),
            };
            if found { &mut seeing.right } else { &mut seeing.missed }.push(line.as_str());
        }
        seeing
    }
}

/// Writes what a decoder makes of the JPEG file.
fn draw(line: &str, path: &PathBuf) {
    let jpeg = file(&Scene::parse(line).unwrap());
    let pixels = image::load_from_memory(&jpeg).unwrap().into_rgb8();
    let head = format!("P6\n{} {}\n255\n", pixels.width(), pixels.height());
    std::fs::write(path, [head.as_bytes(), pixels.as_raw()].concat()).unwrap();
}

/// Whether a box is about the face: detectors draw theirs up to twice as large as brow to chin, or a little smaller.
fn fits(seen: &Seen, face: &TrueFace) -> bool {
    let overlap = |from: f32, size: f32, other: f32, length: f32| {
        ((from + size).min(other + length) - from.max(other)).max(0.0)
    };
    let both =
        overlap(seen.x, seen.width, face.x, face.width) * overlap(seen.y, seen.height, face.y, face.height);
    both / (seen.width * seen.height + face.width * face.height - both) > 0.35
}

/// Lines by whether a face is found in their pictures.
struct Seeing<'a> {
    right: Vec<&'a str>,
    missed: Vec<&'a str>,
}

impl Seeing<'_> {
    fn at_least(&self, percent: usize, detector: Detector, how: &str) {
        let all = self.right.len() + self.missed.len();
        eprintln!("{detector:?}, {how}: {} of {all}; missed {:?}", self.right.len(), self.missed);
        assert!(
            self.right.len() * 100 >= percent * all,
            "{detector:?} must see at least {percent} % of faces {how}, and saw {} of {all}; not {:#?}",
            self.right.len(),
            self.missed
        );
    }
}
