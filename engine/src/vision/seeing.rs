//! The analyser with nets.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::path::Path;

use super::detect::Found;
use super::models::{ModelError, Origin};
use super::nets::input::{self, Crop};
use super::nets::{Nets, recognition};
use super::quality::{self, openness};
use super::similarity::Scale;
use super::stages::{self, Finite, Hook};
use super::turn::Turn;
use super::{
    Analyser, Analysis, Capabilities, Description, Face, Failure, Glasses, Landmarks, Limits, Picture, Pose,
    Rect, Stage, Wanted, align, contour, face_shape, face_type, fingerprint, glasses, liveness, pose, turn,
};

/// Similarities of 128-d descriptions, with 80 where two different people of ORL are taken for one in about 1 of
/// 10,000 pairs: the score from which both Tencent and Baidu advise to take two faces for one person.
///
/// Distances on ORL (399 pictures, 40 people, 79,401 pairs): same person 0.30 in the median, 0.48 at the 95th percentile;
/// different people 0.76 in the median, 0.51 at the 0.1th percentile. Medians lie at 90 and at 30. False acceptances and
/// rejections at some thresholds:
///
/// | distance | score | accepted wrongly | rejected wrongly |
/// | --- | --- | --- | --- |
/// | 0.44 | 81.5 | 0.001 % | 9.8 % |
/// | 0.46 | 80.3 | 0.009 % | 7.4 % |
/// | 0.465 | 80 | 0.012 % | 6.5 % |
/// | 0.50 | 74.8 | 0.07 % | 3.5 % |
/// | 0.55 | 67.4 | 0.40 % | 1.4 % |
/// | 0.58 | 63.0 | 1.1 % | 0.7 % |
/// | 0.60 | 60 | 2.0 % | 0.3 % (the customary threshold) |
const SCALE: Scale =
    Scale(&[(0.0, 100.0), (0.3, 90.0), (0.465, 80.0), (0.6, 60.0), (0.76, 30.0), (1.2, 0.0)]);

/// A face is upright when the line through its eyes is turned by no more degrees.
const LEVEL: f32 = 6.0;
/// How often a face is turned upright and looked at.
const TURNS: usize = 3;
/// Landmarks whose misfit is larger may have gone astray.
const ASTRAY: f32 = 0.4;
/// Landmarks whose misfit is larger make no head at all.
const NO_HEAD: f32 = 0.8;
/// Landmarks agree that lie no further apart in the mean than this part of the face's box.
const AGREE: f32 = 0.08;
/// The turns from which such a face is looked at again, in degrees.
const OTHER_TURNS: [f32; 4] = [28.0, -28.0, 50.0, -50.0];

/// Of so many faces of a picture the landmarks are looked for again when they may have gone astray, which takes as long as
/// all else.
const SECOND_THOUGHTS: usize = 8;

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
        shared: &Shared,
        found: &Found,
        wanted: Wanted,
        fails: Hook<'_>,
    ) -> Result<Face, Failure> {
        let mut face = Face {
            rect: stages::clipped(&found.rect, picture),
            score: found.score,
            fingerprint: fingerprint::fingerprint(picture, &found.rect),
            ..Face::default()
        };
        if !wanted.more_than_a_glance() {
            face.pose = wanted.angles.then(|| self.glanced(picture, found)).flatten();
            return Ok(face);
        }
        // Every later stage stands on the landmarks: they are looked for, and can fail, whatever is wanted of them.
        let mut upright = None;
        let landmarks = stages::run(Stage::Contour, fails, || {
            let seen = self.upright(picture, shared, found)?;
            let landmarks = seen.landmarks_in_picture();
            upright = Some(seen);
            Some(landmarks)
        })?;
        let (Some(landmarks), Some(upright)) = (landmarks, upright) else {
            return Err(Failure::Stage(Stage::Contour));
        };
        if wanted.attributes {
            self.attributes(picture, &landmarks, &upright, &mut face, fails)?;
        }
        if wanted.quality {
            face.quality = Some(quality::quality(picture, &landmarks, &found.rect));
        }
        if wanted.liveness {
            let whole = shared.whole.get_or_init(|| liveness::Whole::of(picture));
            face.liveness = Some(liveness::liveness(picture, whole, &landmarks));
        }
        if wanted.description {
            face.description =
                stages::run(Stage::Describe, fails, || Some(self.describe(picture, &landmarks)))?;
        }
        face.landmarks = wanted.landmarks.then_some(landmarks);
        Ok(face)
    }

    /// The angles of a face after a first look; `None` where they are no numbers.
    fn glanced(&self, picture: &Picture, found: &Found) -> Option<Pose> {
        let seen = self.turned(picture, found, found.roll)?;
        let pose = pose::pose(&seen.landmarks);
        Some(Pose { roll: pose.roll + seen.roll, ..pose }).filter(Finite::is_finite)
    }

    /// Turns a face upright, as the nets want it, and finds its landmarks.
    ///
    /// The detector's turn is coarse, and the landmark net sees less the more a face is turned: the line through the
    /// eyes tells what is left of the roll, until little is. `None` when the box lies outside the picture.
    fn upright<'a>(&self, picture: &'a Picture, shared: &Shared, found: &Found) -> Option<Upright<'a>> {
        let first = self.levelled(picture, found, found.roll)?;
        let thoughts = shared.second_thoughts.get();
        let mut best = if pose::misfit(&first.landmarks) <= ASTRAY || thoughts == SECOND_THOUGHTS {
            first
        } else {
            shared.second_thoughts.set(thoughts + 1);
            self.confirmed(picture, found, first)?
        };
        best.landmarks = contour::exactly(&self.nets.landmarks, &best.canvas, &found.rect, &best.landmarks)?;
        Some(best)
    }

    /// Of the landmarks that are found from more than one turn those that fit a head best; where none are, of all.
    ///
    /// Misfit alone does not tell: heads differ, and what the net makes of a face that lies on its side may by chance fit
    /// the mean head better than a real face does. But chance seldom repeats itself, except where all landmarks fall on
    /// one spot, which makes no head.
    fn confirmed<'a>(&self, picture: &'a Picture, found: &Found, first: Upright<'a>) -> Option<Upright<'a>> {
        let misfit = |seen: &Upright<'_>| pose::misfit(&seen.landmarks);
        let mut seen = vec![(misfit(&first), first)];
        for turn in OTHER_TURNS {
            let other = self.levelled(picture, found, found.roll + turn)?;
            seen.push((misfit(&other), other));
        }
        let agree = |one: usize, other: usize| {
            one != other && apart(&seen[one].1, &seen[other].1) / found.rect.width <= AGREE
        };
        let is_confirmed =
            |one: usize| seen[one].0 <= NO_HEAD && (0..seen.len()).any(|other| agree(one, other));
        let ranked = (0..seen.len()).map(|index| (!is_confirmed(index), seen[index].0, index));
        let (.., best) = ranked.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))?;
        Some(seen.swap_remove(best).1)
    }

    /// The rough landmarks of a face, turned by what they say themselves until it is upright.
    fn levelled<'a>(&self, picture: &'a Picture, found: &Found, roll: f32) -> Option<Upright<'a>> {
        let mut best = self.turned(picture, found, roll)?;
        for _ in 1..TURNS {
            let left = left_of_roll(&best.landmarks);
            if left.abs() <= LEVEL {
                break;
            }
            let next = self.turned(picture, found, best.roll + left)?;
            if left_of_roll(&next.landmarks).abs() >= left.abs() {
                break;
            }
            best = next;
        }
        Some(best)
    }

    /// The rough landmarks of a face that is taken to be rolled by so many degrees.
    fn turned<'a>(&self, picture: &'a Picture, found: &Found, roll: f32) -> Option<Upright<'a>> {
        if roll == 0.0 {
            let landmarks = contour::roughly(&self.nets.landmarks, picture, &found.rect)?;
            return Some(Upright { canvas: Cow::Borrowed(picture), turn: None, landmarks, roll });
        }
        let (canvas, turn) = turn::upright(picture, &found.rect, roll)?;
        let landmarks = contour::roughly(&self.nets.landmarks, &canvas, &turn::inside(&found.rect))?;
        Some(Upright { canvas: Cow::Owned(canvas), turn: Some(turn), landmarks, roll })
    }

    fn attributes(
        &self,
        picture: &Picture,
        landmarks: &Landmarks,
        upright: &Upright<'_>,
        face: &mut Face,
        fails: Hook<'_>,
    ) -> Result<(), Failure> {
        face.pose = stages::run(Stage::Pose, fails, || {
            let pose = pose::pose(&upright.landmarks);
            Some(Pose { roll: pose.roll + upright.roll, ..pose })
        })?;
        let canvas = &*upright.canvas;
        let crop =
            Crop::of(canvas, &align::whole_face(&upright.landmarks)).ok_or(Failure::Stage(Stage::Gender))?;
        let (age, gender) = self.nets.age_gender.run(canvas, &crop); // one net sees both
        face.gender = stages::run(Stage::Gender, fails, || Some(gender))?;
        face.age = stages::run(Stage::Age, fails, || Some(age.max(0.0)))?;
        face.expression =
            stages::run(Stage::Expression, fails, || Some(self.nets.expression.run(canvas, &crop)))?;
        face.glasses = stages::run(Stage::Glasses, fails, || Some(glasses::glasses(picture, landmarks)))?;
        face.eyes_open =
            (!matches!(face.glasses, Some((Glasses::Sun, _)))).then(|| openness::eyes(picture, landmarks));
        face.mouth_open = Some(openness::mouth(picture, landmarks));
        face.shape = face.pose.map(|pose| face_shape::face_shape(landmarks, pose));
        face.cartoon = Some(face_type::cartoon(picture, landmarks));
        Ok(())
    }

    /// The landmarks of an upright face in a detector's box; `None` when the box lies outside the picture.
    pub fn landmarks(&self, picture: &Picture, rect: &Rect) -> Option<Landmarks> {
        let rough = contour::roughly(&self.nets.landmarks, picture, rect)?;
        contour::exactly(&self.nets.landmarks, picture, rect, &rough)
    }

    /// The description of the face with these landmarks.
    pub fn describe(&self, picture: &Picture, landmarks: &Landmarks) -> Description {
        let side = recognition::SIDE;
        let input = input::of(side, &align::upright(picture, landmarks, side));
        Description(self.nets.recognition.run(&input))
    }
}

/// What the faces of a picture share.
#[derive(Debug, Default)]
struct Shared {
    whole: OnceCell<liveness::Whole>,
    /// How many of them were looked at again.
    second_thoughts: Cell<usize>,
}

/// A face as the nets want to see it.
struct Upright<'a> {
    /// The picture, or what is around the face turned.
    canvas: Cow<'a, Picture>,
    /// How the canvas lies on the picture; `None` where it is the picture.
    turn: Option<Turn>,
    /// The landmarks on the canvas.
    landmarks: Landmarks,
    /// By how many degrees the face is turned clockwise in the picture, less what the landmarks are on the canvas.
    roll: f32,
}

impl Upright<'_> {
    fn landmarks_in_picture(&self) -> Landmarks {
        match &self.turn {
            Some(turn) => turn.back_landmarks(&self.landmarks),
            None => self.landmarks.clone(),
        }
    }
}

/// How far the landmarks of two looks lie apart in the mean, in pixels of the picture.
fn apart(one: &Upright<'_>, other: &Upright<'_>) -> f32 {
    let (one, other) = (one.landmarks_in_picture(), other.landmarks_in_picture());
    let sum: f32 = one.iter().zip(other.iter()).map(|(a, b)| (a.x - b.x).hypot(a.y - b.y)).sum();
    sum / one.len() as f32
}

/// By how many degrees the line through the eyes is turned, as far as the detector can be wrong about it.
fn left_of_roll(landmarks: &Landmarks) -> f32 {
    let (left, right) = align::eyes(landmarks);
    let angle = (right.y - left.y).atan2(right.x - left.x).to_degrees();
    if angle.is_finite() { angle.clamp(-30.0, 30.0) } else { 0.0 }
}

impl Analyser for Seeing {
    fn name(&self) -> &'static str {
        "nets"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            landmarks: true,
            attributes: true,
            quality: true,
            liveness: true,
            identification: true,
        }
    }

    fn weights(&self) -> Option<Origin> {
        Some(self.nets.origin)
    }

    fn analyse(&self, picture: &[u8], wanted: Wanted, fails: Hook<'_>) -> Result<Analysis, Failure> {
        let (shared, pixels) = (Shared::default(), OnceCell::new());
        stages::analyse(picture, &self.limits, wanted, fails, |picture, found, wanted| {
            let pixels = Some(*pixels.get_or_init(|| picture.digest()));
            Ok(Face { pixels, ..self.face(picture, &shared, found, wanted, fails)? })
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
