//! What both analysers do the same way: ask the fault hook, decode, detect, and stop at what is not wanted.

use super::decode::decode;
use super::detect::{self, Found};
use super::{Analysis, Face, Failure, Limits, Picture, Rect, Stage, Wanted};

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
        detect::largest(&picture, limits.glances)?.into_iter().collect()
    } else {
        detect::faces(&picture, limits.glances)?
    };
    if found.is_empty() {
        return Err(Failure::NoFace);
    }
    let shares = shares(&found, &picture, wanted, limits);
    let faces = found
        .iter()
        .zip(shares)
        .map(|(found, share)| match share {
            Share::All => face(&picture, found, wanted),
            Share::Glance => Ok(Face { only_glanced: true, ..face(&picture, found, wanted.glance())? }),
            Share::Place => face(&picture, found, Wanted::PLACES),
        })
        .collect::<Result<_, _>>()?;
    Ok(Analysis { width: picture.width() as u32, height: picture.height() as u32, faces })
}

/// How much of what is wanted a face gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    All,
    Glance,
    Place,
}

/// What each face gets: the first ones in the order that is asked for all, as far as the limits go.
fn shares(found: &[Found], picture: &Picture, wanted: Wanted, limits: &Limits) -> Vec<Share> {
    let boxes = found.iter().map(|found| clipped(&found.rect, picture));
    let order = wanted.order.of(boxes, [picture.width() as u32, picture.height() as u32]);
    let meant = order.into_iter().filter(|place| wanted.only.is_none_or(|only| *place == only));
    let mut shares = vec![Share::Place; found.len()];
    let most = wanted.fully.unwrap_or(usize::MAX);
    let fully = limits.fully(picture.width() * picture.height(), found.len());
    for (turn, place) in meant.take(most).enumerate().filter(|_| wanted.more_than_places()) {
        shares[place] = match turn {
            turn if turn < fully => Share::All,
            turn if turn < limits.glances => Share::Glance,
            _ => Share::Place,
        };
    }
    shares
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
