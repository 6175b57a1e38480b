//! What the engine sees of pictures, many at a time.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

use image::{ImageFormat, RgbImage};
use lianpu_engine::vision::{Analyser, Landmarks, Limits, Picture, Point, Seeing, Wanted, decode, models};
use lianpu_portrait::{Scene, file};

static SEEING: LazyLock<Seeing> = LazyLock::new(|| {
    let directory = models::default_dir().expect("a folder of models");
    Seeing::load(&directory, Limits::default()).expect("`lianpu-engine models install` was run")
});

/// A picture and the landmarks of its largest face.
pub struct Looked {
    pub picture: Picture,
    pub landmarks: Landmarks,
}

/// Finds the face of a picture file; none where there is none.
pub fn look(file: &[u8]) -> Option<Looked> {
    let wanted = Wanted { landmarks: true, largest_only: true, ..Wanted::PLACES };
    let face = SEEING.analyse(file, wanted, &|_| false).ok()?.faces.remove(0);
    let picture = decode::decode(file, &Limits::default()).ok()?;
    Some(Looked { picture, landmarks: face.landmarks? })
}

/// Draws a scene and finds its largest face, or remembers it: in the folder that `CALIBRATE_CACHE` names drawing and looking
/// are done once. Its `.points` must go when the landmarks change, all of it when the drawer does.
pub fn look_at_scene(line: &str) -> Option<Looked> {
    let Some(folder) = std::env::var_os("CALIBRATE_CACHE").map(PathBuf::from) else {
        return look(&drawn(line));
    };
    let name = line.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let (shown, seen) =
        (folder.join(format!("{name:016x}.file")), folder.join(format!("{name:016x}.points")));
    if let (Ok(file), Ok(points)) = (std::fs::read(&shown), std::fs::read(&seen)) {
        let values: Vec<f32> =
            points.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
        if values.is_empty() {
            return None;
        }
        let landmarks =
            Box::new(std::array::from_fn(|index| Point { x: values[2 * index], y: values[2 * index + 1] }));
        let picture = decode::decode(&file, &Limits::default()).ok()?;
        return Some(Looked { picture, landmarks });
    }
    let file = std::fs::read(&shown).unwrap_or_else(|_| drawn(line));
    let looked = look(&file);
    let points: Vec<u8> = looked
        .iter()
        .flat_map(|looked| looked.landmarks.iter())
        .flat_map(|point| [point.x.to_le_bytes(), point.y.to_le_bytes()].concat())
        .collect();
    std::fs::write(shown, file).expect("the cache is written");
    std::fs::write(seen, points).expect("the cache is written");
    looked
}

/// The file of a scene.
fn drawn(line: &str) -> Vec<u8> {
    file(&Scene::parse(line).unwrap_or_else(|error| panic!("{line}: {error}")))
}

/// A picture as a file.
pub fn bmp(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Bmp).expect("memory is written");
    bytes.into_inner()
}

/// The same without colours.
pub fn grey(picture: &Picture) -> Picture {
    let luma = picture.grey().luma;
    let rgb = luma.iter().flat_map(|value| [*value; 3]).collect();
    Picture::new(picture.width(), picture.height(), rgb).expect("as large as before")
}

/// The landmark on the other side of the face.
pub const MIRROR: [usize; 68] = [
    16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 27, 28,
    29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40, 54, 53, 52, 51, 50, 49, 48,
    59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65,
];

/// Does something with each number below `count`, on all cores; the results in order.
pub fn all<T: Send>(count: usize, what: &str, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
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
                    if index % 500 == 499 {
                        eprintln!("{what}: {} of {count}", index + 1);
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
