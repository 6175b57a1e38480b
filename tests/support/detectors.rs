//! Four detectors that nobody here wrote, behind one question: where are faces in these pictures?
//!
//! rustface runs here; the others are programs that print what they see. What each needs is told by a variable
//! ([`Detector::told_by`]); `.ci/run` shows how to install it. Knows nothing of what the pictures should show.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use rustface::ImageData;

use crate::lacking;

/// Who judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detector {
    /// SeetaFace's cascade, of the crate rustface.
    Rustface,
    /// OpenCV's frontal Haar cascade.
    Cascade,
    /// dlib's histograms of oriented gradients.
    Hog,
    /// The SSD MobileNet of face-api.
    Ssd,
}

/// Where a face is seen, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// The left border.
    pub x: f32,
    /// The upper border.
    pub y: f32,
    /// To the right border.
    pub width: f32,
    /// To the lower border.
    pub height: f32,
}

impl Detector {
    /// The word of `LIANPU_REQUIRE`, the variable that tells where the detector is, and what it should name.
    fn told_by(self) -> Option<(&'static str, &'static str, &'static str)> {
        match self {
            Self::Rustface => None,
            Self::Cascade => Some(("cv", "LIANPU_CV_PYTHON", "a Python that has opencv-python-headless<5")),
            Self::Hog => {
                Some(("dlib", "LIANPU_HOG", "the program built from tests/detectors/hog.cpp and libdlib-dev"))
            }
            Self::Ssd => {
                Some(("ssd", "LIANPU_SSD", "a folder with tests/detectors/package.json after npm ci there"))
            }
        }
    }

    /// Whether the detector is there. Says that it is skipped when not; panics when it must not be.
    pub fn is_there(self) -> bool {
        let Some((word, variable, what)) = self.told_by() else { return true };
        if std::env::var_os(variable).is_some() {
            return true;
        }
        lacking(word, &format!("{self:?}: {variable} does not name {what}"));
        false
    }

    /// Where faces are seen in each of these binary PPM files.
    pub fn faces(self, pictures: &[PathBuf]) -> Vec<Vec<Seen>> {
        if pictures.is_empty() {
            return Vec::new();
        }
        let script = |name: &str| Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../detectors")).join(name);
        let place =
            self.told_by().and_then(|(_, variable, _)| std::env::var_os(variable)).unwrap_or_default();
        match self {
            Self::Rustface => by_rustface(pictures),
            Self::Cascade => printed(Command::new(place).arg(script("cascade.py")), pictures),
            Self::Hog => printed(&mut Command::new(place), pictures),
            Self::Ssd => printed(Command::new("node").arg(script("ssd.cjs")).arg(place), pictures),
        }
    }
}

/// What a program prints: a line a picture, `x,y,width,height` a face.
fn printed(command: &mut Command, pictures: &[PathBuf]) -> Vec<Vec<Seen>> {
    let output = command.args(pictures).output().expect("the detector's program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("numbers are ASCII");
    let faces: Vec<_> = text.lines().map(|line| line.split(' ').filter_map(seen).collect()).collect();
    assert_eq!(faces.len(), pictures.len(), "a line for each picture");
    faces
}

fn seen(text: &str) -> Option<Seen> {
    let numbers: Vec<f32> =
        text.split(',').filter(|number| !number.is_empty()).map(|n| n.parse().expect("a number")).collect();
    let [x, y, width, height] = numbers[..] else {
        assert!(numbers.is_empty(), "four numbers a face: {text}");
        return None;
    };
    Some(Seen { x, y, width, height })
}

fn by_rustface(pictures: &[PathBuf]) -> Vec<Vec<Seen>> {
    let mut detector = rustface::create_detector_with_model(model().clone());
    detector.set_score_thresh(2.0);
    detector.set_pyramid_scale_factor(0.8);
    detector.set_slide_window_step(4, 4);
    let grey = |path: &PathBuf| image::open(path).expect("a PPM").into_luma8();
    pictures
        .iter()
        .map(|path| {
            let picture = grey(path);
            let faces = detector.detect(&ImageData::new(&picture, picture.width(), picture.height()));
            let boxes = faces.iter().map(rustface::FaceInfo::bbox);
            boxes
                .map(|b| Seen {
                    x: b.x() as f32,
                    y: b.y() as f32,
                    width: b.width() as f32,
                    height: b.height() as f32,
                })
                .collect()
        })
        .collect()
}

/// The model inside the crate's package, which the crate itself does not name.
fn model() -> &'static rustface::Model {
    static MODEL: OnceLock<rustface::Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        // Not offline: cargo wants to know the packages of other systems too, which no build here fetched.
        let metadata = cargo_metadata::MetadataCommand::new().manifest_path(manifest).exec();
        let metadata = metadata.expect("cargo describes the workspace");
        let package = metadata.packages.iter().find(|package| *package.name == "rustface");
        let manifest = &package.expect("rustface is a dependency").manifest_path;
        let folder = manifest.parent().expect("a manifest is in a folder");
        rustface::load_model(folder.join("model/seeta_fd_frontal_v1.0.bin").as_str())
            .expect("the model that rustface ships")
    })
}
