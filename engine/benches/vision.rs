//! What seeing costs on one core: a picture of 640 × 480 with one face.
//!
//! The face is drawn of ellipses; the detector takes it for one. Stages that need nets are left out, saying so, when
//! the model directory is empty.
//!
//! The quickest of 100 runs on a virtual machine of the Sapphire Rapids kind (AVX-512): describing a found face 3.9 ms (median
//! 4.0), its landmarks 5.8, age and gender 2.0, finding all faces 17.0, everything there is to see 45. Where others use the
//! same processor: describing 4.7 to 5.1 (median 5.3 to 6.4), everything 53 to 59.

#![expect(clippy::print_stdout, reason = "says what is left out")]

use std::io::Cursor;

use divan::Bencher;
use image::{ImageFormat, Rgb, RgbImage};
use lianpu_engine::vision::nets::Nets;
use lianpu_engine::vision::nets::input::Crop;
use lianpu_engine::vision::{
    Analyser, Classic, Limits, Picture, Seeing, Wanted, align, decode, detect, fingerprint, glasses, lbp,
    models, pose, quality,
};

fn main() {
    if seeing().is_none() {
        println!("no models: the benchmarks of the nets are left out");
    }
    divan::main();
}

#[divan::bench]
fn decode_jpeg(bencher: Bencher<'_, '_>) {
    let file = file();
    bencher.bench(|| decode::decode(&file, &Limits::default()));
}

#[divan::bench]
fn detect_all(bencher: Bencher<'_, '_>) {
    let picture = picture();
    bencher.bench(|| detect::faces(&picture, usize::MAX));
}

#[divan::bench]
fn detect_largest(bencher: Bencher<'_, '_>) {
    let picture = picture();
    bencher.bench(|| detect::largest(&picture, usize::MAX));
}

#[divan::bench]
fn fingerprint(bencher: Bencher<'_, '_>) {
    let (picture, found) = (picture(), found());
    bencher.bench(|| fingerprint::fingerprint(&picture, &found.rect));
}

#[divan::bench]
fn likeness(bencher: Bencher<'_, '_>) {
    let print = fingerprint::fingerprint(&picture(), &found().rect);
    bencher.bench(|| fingerprint::likeness(&print, &print));
}

#[divan::bench]
fn describe_by_patterns(bencher: Bencher<'_, '_>) {
    let (picture, found) = (picture(), found());
    bencher.bench(|| lbp::describe(&picture, &found.rect));
}

#[divan::bench]
fn classic(bencher: Bencher<'_, '_>) {
    let (file, classic) = (file(), Classic::default());
    bencher.bench(|| classic.analyse(&file, Wanted::ALL, &|_| false));
}

#[divan::bench]
fn landmarks(bencher: Bencher<'_, '_>) {
    let Some(seeing) = seeing() else { return };
    let (picture, found) = (picture(), found());
    bencher.bench_local(|| seeing.landmarks(&picture, &found.rect));
}

#[divan::bench]
fn describe(bencher: Bencher<'_, '_>) {
    let Some(seeing) = seeing() else { return };
    let (picture, found) = (picture(), found());
    let landmarks = seeing.landmarks(&picture, &found.rect).expect("inside the picture");
    bencher.bench_local(|| seeing.describe(&picture, &landmarks));
}

#[divan::bench]
fn age_and_gender(bencher: Bencher<'_, '_>) {
    let Some((nets, picture, crop)) = whole_face() else { return };
    bencher.bench_local(|| nets.age_gender.run(&picture, &crop));
}

#[divan::bench]
fn expression(bencher: Bencher<'_, '_>) {
    let Some((nets, picture, crop)) = whole_face() else { return };
    bencher.bench_local(|| nets.expression.run(&picture, &crop));
}

#[divan::bench]
fn pose_and_glasses(bencher: Bencher<'_, '_>) {
    let Some(seeing) = seeing() else { return };
    let (picture, found) = (picture(), found());
    let landmarks = seeing.landmarks(&picture, &found.rect).expect("inside the picture");
    bencher.bench_local(|| (pose::pose(&landmarks), glasses::glasses(&picture, &landmarks)));
}

#[divan::bench]
fn quality(bencher: Bencher<'_, '_>) {
    let Some(seeing) = seeing() else { return };
    let (picture, found) = (picture(), found());
    let landmarks = seeing.landmarks(&picture, &found.rect).expect("inside the picture");
    bencher.bench_local(|| quality::quality(&picture, &landmarks, &found.rect));
}

/// The whole analysis, every face.
#[divan::bench]
fn nets(bencher: Bencher<'_, '_>) {
    let Some(seeing) = seeing() else { return };
    let file = file();
    bencher.bench_local(|| seeing.analyse(&file, Wanted::ALL, &|_| false));
}

/// The whole analysis of the largest face.
#[divan::bench]
fn nets_largest(bencher: Bencher<'_, '_>) {
    let Some(seeing) = seeing() else { return };
    let file = file();
    let wanted = Wanted { largest_only: true, ..Wanted::ALL };
    bencher.bench_local(|| seeing.analyse(&file, wanted, &|_| false));
}

#[divan::bench]
fn load_nets(bencher: Bencher<'_, '_>) {
    bencher.bench_local(seeing);
}

/// The nets, and what the attribute nets are shown.
fn whole_face() -> Option<(Nets, Picture, Crop)> {
    let (seeing, nets) = (seeing()?, Nets::load(&models::default_dir().ok()?).ok()?);
    let (picture, found) = (picture(), found());
    let landmarks = seeing.landmarks(&picture, &found.rect)?;
    let crop = Crop::of(&picture, &align::whole_face(&landmarks))?;
    Some((nets, picture, crop))
}

fn seeing() -> Option<Seeing> {
    Seeing::load(&models::default_dir().ok()?, Limits::default()).ok()
}

fn found() -> detect::Found {
    detect::largest(&picture(), usize::MAX).expect("detected").expect("the drawn face is found")
}

fn picture() -> Picture {
    let image = drawn();
    Picture::new(640, 480, image.into_raw()).expect("640 × 480")
}

fn file() -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    drawn().write_to(&mut file, ImageFormat::Jpeg).expect("encoded");
    file.into_inner()
}

/// A face of soft ellipses on a plain wall.
fn drawn() -> RgbImage {
    // Centre, half axes, colour; later ones lie above.
    const PARTS: [([f32; 4], [f32; 3]); 12] = [
        ([320.0, 215.0, 108.0, 135.0], [60.0, 45.0, 35.0]),
        ([320.0, 250.0, 95.0, 130.0], [205.0, 165.0, 140.0]),
        ([320.0, 175.0, 80.0, 45.0], [212.0, 172.0, 148.0]),
        ([281.0, 208.0, 26.0, 6.0], [70.0, 50.0, 40.0]),
        ([359.0, 208.0, 26.0, 6.0], [70.0, 50.0, 40.0]),
        ([281.0, 228.0, 24.0, 13.0], [150.0, 110.0, 95.0]),
        ([359.0, 228.0, 24.0, 13.0], [150.0, 110.0, 95.0]),
        ([281.0, 228.0, 9.0, 9.0], [40.0, 30.0, 25.0]),
        ([359.0, 228.0, 9.0, 9.0], [40.0, 30.0, 25.0]),
        ([320.0, 265.0, 9.0, 30.0], [225.0, 185.0, 160.0]),
        ([320.0, 294.0, 20.0, 6.0], [140.0, 95.0, 80.0]),
        ([320.0, 326.0, 36.0, 10.0], [140.0, 65.0, 65.0]),
    ];
    RgbImage::from_fn(640, 480, |x, y| {
        let wall = [120.0, 130.0, 140.0 + ((x * 7 + y * 13) % 5) as f32];
        let colour = PARTS.iter().fold(wall, |below, ([cx, cy, rx, ry], colour)| {
            let (dx, dy) = ((x as f32 - cx) / rx, (y as f32 - cy) / ry);
            let inside = ((1.0 - dx.hypot(dy)) * rx.min(*ry) / 3.0 + 0.5).clamp(0.0, 1.0);
            std::array::from_fn(|channel| below[channel] + (colour[channel] - below[channel]) * inside)
        });
        Rgb(colour.map(|value| value as u8))
    })
}
