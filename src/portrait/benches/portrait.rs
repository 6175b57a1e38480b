//! How long portraits take to draw, on one core.

use lianpu_portrait::{Scene, draw, file};

fn main() {
    divan::main();
}

const SCENES: [&str; 6] = [
    "anna",
    "anna size=320x320",
    "ben",
    "seed:7 size=240x320",
    "nobody",
    "anna + ben + cora + dan glasses=sun",
];

#[divan::bench(args = SCENES)]
fn drawn(bencher: divan::Bencher<'_, '_>, line: &str) {
    let scene = Scene::parse(line).expect("a scene");
    bencher.bench_local(|| draw(&scene));
}

#[divan::bench]
fn as_jpeg_file(bencher: divan::Bencher<'_, '_>) {
    let scene = Scene::default();
    bencher.bench_local(|| file(&scene));
}
