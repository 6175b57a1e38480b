//! What the tests of seeing share: the analyser with nets, and portraits looked at on all cores.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use lianpu::portrait::{Scene, file};
use lianpu_engine::vision::{Analyser as _, Face, Limits, Seeing, Wanted, models};

/// The analyser with nets; none, and a word of it, where they are not installed.
pub fn seeing() -> Option<Seeing> {
    let directory = models::default_dir().ok();
    let Some(directory) = directory.filter(|directory| models::any(directory)) else {
        assert!(!required("nets"), "LIANPU_REQUIRE lists nets: run `lianpu-engine models install`");
        eprintln!("skipped: the nets are not installed");
        return None;
    };
    Some(Seeing::load(&directory, Limits::default()).expect("nets that are there are right"))
}

/// Whether `LIANPU_REQUIRE` (a list with commas) says that this must be there, not passed over.
fn required(what: &str) -> bool {
    std::env::var("LIANPU_REQUIRE").is_ok_and(|list| list.split(',').any(|word| word.trim() == what))
}

/// The largest face of each scene, in their order; none where none is found.
pub fn at_once(seeing: &Seeing, lines: &[String], wanted: Wanted) -> Vec<Option<Face>> {
    all(lines.len(), |index| {
        let scene = Scene::parse(&lines[index]).unwrap_or_else(|error| panic!("{}: {error}", lines[index]));
        look(seeing, &file(&scene), wanted)
    })
}

/// The largest face of a picture file.
pub fn look(seeing: &Seeing, file: &[u8], wanted: Wanted) -> Option<Face> {
    Some(seeing.analyse(file, wanted, &|_| false).ok()?.faces.remove(0))
}

/// Photographs of ORL that nobody here took, where the shared data is: some of each of these people, as files.
pub fn photographs(people: std::ops::RangeInclusive<usize>) -> Vec<Vec<u8>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/orl"));
    let paths =
        people.flat_map(|person| [2, 5, 9].map(|number| folder.join(format!("s{person}/{number}.pgm"))));
    let files: Vec<_> = paths.filter_map(|path| std::fs::read(path).ok()).map(|file| bmp(&file)).collect();
    if files.is_empty() {
        assert!(!required("shared"), "LIANPU_REQUIRE lists shared: no photographs in {}", folder.display());
        eprintln!("skipped: no photographs in {}", folder.display());
    }
    files
}

/// A grey picture of 92 by 112, whose bytes end a PGM file, as a BMP file.
fn bmp(pgm: &[u8]) -> Vec<u8> {
    let pixels = pgm[pgm.len() - 92 * 112..].to_vec();
    let grey = image::GrayImage::from_raw(92, 112, pixels).expect("92 by 112 bytes");
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(grey).into_rgb8().write_to(&mut bytes, image::ImageFormat::Bmp).unwrap();
    bytes.into_inner()
}

/// Does something with each number below `count`, on all cores; the results in order.
pub fn all<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(count));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return;
                    }
                    let result = work(index);
                    results.lock().unwrap().push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
