//! The analyser without nets: places, fingerprints, and a description that only finds the same picture again.

use std::cell::OnceCell;

use super::detect::Found;
use super::similarity::Scale;
use super::stages::{self, Hook};
use super::{
    Analyser, Analysis, Capabilities, Face, Failure, Limits, Picture, Stage, Wanted, fingerprint, lbp,
};

/// Similarities of local binary patterns: 80 at a distance that different people of ORL reach in 1 of 100,000 pairs.
///
/// The same picture encoded again, resized by 0.7 to 1.3 or slightly cropped lies between 0.24 and 0.60, so most of
/// those count as the same; other pictures of the same person lie around 0.54 and mostly do not. Anything above 80
/// is therefore a near-duplicate or a shot of the same series, never an identification.
const SCALE: Scale = Scale(&[(0.0, 100.0), (0.5, 80.0), (0.6, 60.0), (0.8, 20.0), (1.0, 0.0)]);

/// The analyser `classic`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Classic {
    limits: Limits,
}

impl Classic {
    /// An analyser that takes pictures within limits.
    pub fn new(limits: Limits) -> Self {
        Self { limits }
    }
}

impl Analyser for Classic {
    fn name(&self) -> &'static str {
        "classic"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::default() // places and pictures, nothing of people
    }

    fn analyse(&self, picture: &[u8], wanted: Wanted, fails: Hook<'_>) -> Result<Analysis, Failure> {
        let pixels = OnceCell::new();
        stages::analyse(picture, &self.limits, wanted, fails, |picture, found, wanted| {
            let pixels = Some(*pixels.get_or_init(|| picture.digest()));
            Ok(Face { pixels, ..face(picture, found, wanted, fails)? })
        })
    }

    fn similarity(&self, distance: f32) -> f32 {
        SCALE.at(distance)
    }

    fn same_person_from(&self) -> f32 {
        80.0
    }

    fn almost_same(&self, a: &Face, b: &Face) -> bool {
        fingerprint::likeness(&a.fingerprint, &b.fingerprint) >= fingerprint::SAME
    }
}

fn face(picture: &Picture, found: &Found, wanted: Wanted, fails: Hook<'_>) -> Result<Face, Failure> {
    if wanted.landmarks {
        unseen(Stage::Contour, fails)?;
    }
    if wanted.attributes {
        for stage in [Stage::Pose, Stage::Gender, Stage::Age, Stage::Expression, Stage::Glasses] {
            unseen(stage, fails)?;
        }
    }
    let description = if wanted.description {
        stages::run(Stage::Describe, fails, || Some(lbp::describe(picture, &found.rect)))?
    } else {
        None
    };
    Ok(Face {
        rect: stages::clipped(&found.rect, picture),
        score: found.score,
        description,
        fingerprint: fingerprint::fingerprint(picture, &found.rect),
        ..Face::default()
    })
}

/// A stage this analyser does not have; it fails when it is asked to.
fn unseen(stage: Stage, fails: Hook<'_>) -> Result<(), Failure> {
    stages::run(stage, fails, || None::<f32>).map(drop)
}
