//! What both analysers do the same way: ask the fault hook, decode, detect, and stop at what is not wanted.

use super::decode::{Limits, decode};
use super::detect::{self, Found};
use super::{Analysis, Face, Failure, Picture, Rect, Stage, Wanted};

/// The fault hook: whether a stage is to fail.
pub(super) type Hook<'a> = &'a dyn Fn(Stage) -> bool;

/// Asks the hook, then runs the stage and fails it when its numbers are not finite.
///
/// A wanted stage that an analyser cannot see is asked as well, so that faults are answered alike by both.
pub(super) fn run<T>(
    stage: Stage,
    fails: Hook<'_>,
    see: impl FnOnce() -> Option<T>,
) -> Result<Option<T>, Failure>
where
    T: Finite,
{
    if fails(stage) {
        return Err(Failure::Stage(stage));
    }
    match see() {
        Some(seen) if !seen.is_finite() => Err(Failure::Stage(stage)),
        seen => Ok(seen),
    }
}

/// Decodes, detects, and describes each face with `face`; the second argument says what is wanted of it.
pub(super) fn analyse(
    file: &[u8],
    limits: &Limits,
    wanted: Wanted,
    fails: Hook<'_>,
    face: impl Fn(&Picture, &Found, Wanted) -> Result<Face, Failure>,
) -> Result<Analysis, Failure> {
    if fails(Stage::Decode) {
        return Err(Failure::Stage(Stage::Decode));
    }
    let picture = decode(file, limits)?;
    if fails(Stage::Detect) {
        return Err(Failure::Stage(Stage::Detect));
    }
    let found = if wanted.largest_only {
        detect::largest(&picture)?.into_iter().collect()
    } else {
        detect::faces(&picture)?
    };
    if found.is_empty() {
        return Err(Failure::NoFace);
    }
    let fully = wanted.fully.unwrap_or(usize::MAX);
    let only_place = Wanted::PLACES;
    let faces = found
        .iter()
        .enumerate()
        .map(|(index, found)| face(&picture, found, if index < fully { wanted } else { only_place }))
        .collect::<Result<_, _>>()?;
    Ok(Analysis { width: picture.width() as u32, height: picture.height() as u32, faces })
}

/// The part of a box inside the picture.
pub(super) fn clipped(rect: &Rect, picture: &Picture) -> Rect {
    let (left, top) = (rect.x.max(0.0), rect.y.max(0.0));
    let right = (rect.x + rect.width).min(picture.width() as f32);
    let lower = (rect.y + rect.height).min(picture.height() as f32);
    Rect { x: left, y: top, width: right - left, height: lower - top }
}

/// What can be checked for being numbers at all.
pub(super) trait Finite {
    fn is_finite(&self) -> bool;
}

impl Finite for f32 {
    fn is_finite(&self) -> bool {
        f32::is_finite(*self)
    }
}

impl Finite for super::Landmarks {
    fn is_finite(&self) -> bool {
        self.iter().all(|point| point.x.is_finite() && point.y.is_finite())
    }
}

impl Finite for super::Pose {
    fn is_finite(&self) -> bool {
        [self.pitch, self.yaw, self.roll].into_iter().all(f32::is_finite)
    }
}

impl Finite for super::Gender {
    fn is_finite(&self) -> bool {
        self.male.is_finite()
    }
}

impl Finite for super::Expression {
    fn is_finite(&self) -> bool {
        self.shares.into_iter().all(f32::is_finite)
    }
}

impl Finite for super::Glasses {
    fn is_finite(&self) -> bool {
        true
    }
}

impl Finite for super::Description {
    fn is_finite(&self) -> bool {
        self.0.iter().copied().all(f32::is_finite)
    }
}
