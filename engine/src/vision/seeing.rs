//! The analyser with nets.

use std::path::Path;

use super::detect::Found;
use super::models::ModelError;
use super::nets::input::{self, Crop};
use super::nets::{Nets, recognition};
use super::quality::{self, Quality, openness};
use super::similarity::Scale;
use super::stages::{self, Hook};
use super::{
    Analyser, Analysis, Capabilities, Description, Face, Failure, Landmarks, Limits, Picture, Pose, Rect,
    Stage, Wanted, align, fingerprint, glasses, pose, turn,
};

/// Similarities of 128-d descriptions, with 80 where two different people of ORL are taken for one in about 1 of
/// 10,000 pairs, which is where a service wants it.
///
/// Distances on ORL (399 pictures, 40 people): same person 0.30 in the median, 0.48 at the 95th percentile; different
/// people 0.76 in the median, 0.51 at the 0.1th percentile. False acceptances and rejections at some thresholds:
///
/// | distance | accepted wrongly | rejected wrongly |
/// | --- | --- | --- |
/// | 0.46 | 0.006 % | 7.0 % |
/// | 0.47 | 0.017 % | 6.0 % |
/// | 0.50 | 0.07 % | 3.5 % |
/// | 0.55 | 0.41 % | 1.6 % |
/// | 0.58 | 1.1 % | 1.1 % (equal error rate) |
/// | 0.60 | 2.0 % | 0.7 % (the customary threshold) |
const SCALE: Scale =
    Scale(&[(0.0, 100.0), (0.3, 90.0), (0.465, 80.0), (0.6, 60.0), (0.76, 30.0), (1.2, 0.0)]);

/// The landmark net is shown the detector's box grown about a point below its middle: brow to chin.
const GROWN: f32 = 1.15;
/// How far below, as a part of the box.
const BELOW: f32 = 0.05;

/// The analyser `nets`.
#[derive(Debug)]
pub struct Seeing {
    nets: Nets,
    limits: Limits,
}

impl Seeing {
    /// Loads the nets from a directory; takes pictures within limits.
    pub fn load(directory: &Path, limits: Limits) -> Result<Self, ModelError> {
        Ok(Self { nets: Nets::load(directory)?, limits })
    }

    fn face(
        &self,
        picture: &Picture,
        found: &Found,
        wanted: Wanted,
        fails: Hook<'_>,
    ) -> Result<Face, Failure> {
        let place = Face {
            rect: stages::clipped(&found.rect, picture),
            score: found.score,
            fingerprint: fingerprint::fingerprint(picture, &found.rect),
            ..Face::default()
        };
        if !(wanted.landmarks || wanted.attributes || wanted.description || wanted.quality) {
            return Ok(place);
        }
        if found.roll == 0.0 {
            return self.upright_face(picture, &found.rect, place, wanted, fails);
        }
        // The nets know upright faces only. The detector's turn is coarse, so the eyes tell what is left of the roll.
        let failed = Failure::Stage(Stage::Contour);
        let (coarse, _) = turn::upright(picture, &found.rect, found.roll).ok_or(failed.clone())?;
        let rect = turn::inside(&found.rect);
        let roll =
            found.roll + self.landmarks(&coarse, &rect).map_or(0.0, |landmarks| left_of_roll(&landmarks));
        let (upright, turn) = turn::upright(picture, &found.rect, roll).ok_or(failed)?;
        let mut face = self.upright_face(&upright, &rect, place, wanted, fails)?;
        face.landmarks = face.landmarks.map(|landmarks| turn.back_landmarks(&landmarks));
        face.pose = face.pose.map(|pose| Pose { roll: pose.roll + roll, ..pose });
        face.quality = face
            .quality
            .map(|quality| Quality { completeness: quality::completeness(picture, &found.rect), ..quality });
        Ok(face)
    }

    /// Sees an upright face in a detector's box; its place is known.
    fn upright_face(
        &self,
        picture: &Picture,
        rect: &Rect,
        place: Face,
        wanted: Wanted,
        fails: Hook<'_>,
    ) -> Result<Face, Failure> {
        let mut face = place;
        // Every later stage stands on the landmarks: they are looked for, and can fail, whatever is wanted of them.
        let Some(landmarks) = stages::run(Stage::Contour, fails, || self.landmarks(picture, rect))? else {
            return Err(Failure::Stage(Stage::Contour));
        };
        if wanted.attributes {
            self.attributes(picture, &landmarks, &mut face, fails)?;
        }
        if wanted.quality {
            face.quality = Some(quality::quality(picture, &landmarks, rect));
        }
        if wanted.description {
            face.description =
                stages::run(Stage::Describe, fails, || Some(self.describe(picture, &landmarks)))?;
        }
        face.landmarks = wanted.landmarks.then_some(landmarks);
        Ok(face)
    }

    fn attributes(
        &self,
        picture: &Picture,
        landmarks: &Landmarks,
        face: &mut Face,
        fails: Hook<'_>,
    ) -> Result<(), Failure> {
        face.pose = stages::run(Stage::Pose, fails, || Some(pose::pose(landmarks)))?;
        let crop = Crop::of(picture, &align::whole_face(landmarks)).ok_or(Failure::Stage(Stage::Gender))?;
        let (age, gender) = self.nets.age_gender.run(picture, &crop); // one net sees both
        face.gender = stages::run(Stage::Gender, fails, || Some(gender))?;
        face.age = stages::run(Stage::Age, fails, || Some(age.max(0.0)))?;
        face.expression =
            stages::run(Stage::Expression, fails, || Some(self.nets.expression.run(picture, &crop)))?;
        face.eyes_open = Some(openness::eyes(landmarks));
        face.mouth_open = Some(openness::mouth(landmarks));
        face.glasses = stages::run(Stage::Glasses, fails, || Some(glasses::glasses(picture, landmarks)))?;
        Ok(())
    }

    /// The landmarks of the face in a detector's box; `None` when the box lies outside the picture.
    pub fn landmarks(&self, picture: &Picture, rect: &Rect) -> Option<Landmarks> {
        let below = Rect { y: rect.y + rect.height * BELOW, ..*rect };
        Some(self.nets.landmarks.run(picture, &Crop::of(picture, &below.grown(GROWN))?))
    }

    /// The description of the face with these landmarks.
    pub fn describe(&self, picture: &Picture, landmarks: &Landmarks) -> Description {
        let side = recognition::SIDE;
        let input = input::from_fn(side, align::upright(picture, landmarks, side));
        Description(self.nets.recognition.run(&input))
    }
}

/// By how many degrees the line through the eyes is turned, as far as the detector can be wrong about it.
fn left_of_roll(landmarks: &Landmarks) -> f32 {
    let (left, right) = align::eyes(landmarks);
    (right.y - left.y).atan2(right.x - left.x).to_degrees().clamp(-20.0, 20.0)
}

impl Analyser for Seeing {
    fn name(&self) -> &'static str {
        "nets"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { landmarks: true, attributes: true, identification: true }
    }

    fn analyse(&self, picture: &[u8], wanted: Wanted, fails: Hook<'_>) -> Result<Analysis, Failure> {
        stages::analyse(picture, &self.limits, wanted, fails, |picture, found, wanted| {
            self.face(picture, found, wanted, fails)
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
