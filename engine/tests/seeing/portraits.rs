//! What the tests of seeing share: the analyser with nets, and portraits looked at on all cores.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use lianpu_engine::vision::{Analyser as _, Face, Limits, Seeing, Wanted};
use lianpu_portrait::{Scene, file};

use crate::common;

/// The analyser with nets, where they are installed.
pub fn seeing() -> Option<Seeing> {
    let directory = common::nets()?;
    Some(Seeing::load(&directory, Limits::default()).expect("nets that are there are right"))
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

/// The folder of the AT&T (ORL) set, photographs that nobody here took, where it is there.
pub fn set_of_photographs() -> Option<PathBuf> {
    common::shared("data/orl")
}

/// Some photographs of each of these people, as files; none where the set is not there.
pub fn photographs(people: std::ops::RangeInclusive<usize>) -> Vec<Vec<u8>> {
    let Some(folder) = set_of_photographs() else { return Vec::new() };
    let paths =
        people.flat_map(|person| [2, 5, 9].map(|number| folder.join(format!("s{person}/{number}.pgm"))));
    paths.map(|path| bmp(&std::fs::read(path).unwrap())).collect()
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
