//! A face found, and which of several at one place counts.

use super::super::Rect;
use super::sheet::Sheet;

/// A face found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The square from brow to chin, in pixels of the picture; parts may lie outside of it.
    pub rect: Rect,
    /// From [`LEAST_SCORE`] up; clear faces have 5 to 25.
    pub score: f32,
    /// By how many degrees the picture had to be turned anticlockwise for it; 0 for faces found as they are.
    pub roll: f32,
}

/// Scores below are not reported.
pub const LEAST_SCORE: f32 = 2.0;

/// Boxes that share more than this part of the smaller one are the same face.
const SAME: f32 = 0.4;

/// Keeps the surer one of two boxes at the same place, and none whose centre is outside; largest first.
pub(super) fn apart(mut found: Vec<Found>, sheet: &Sheet) -> Vec<Found> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Found> = Vec::new();
    for face in found {
        if sheet.holds(face.rect.centre()) && kept.iter().all(|other| shared(&face.rect, &other.rect) <= SAME)
        {
            kept.push(face);
        }
    }
    kept.sort_by(|a, b| b.rect.area().total_cmp(&a.rect.area()));
    kept
}

/// The part of the smaller box that both share.
fn shared(a: &Rect, b: &Rect) -> f32 {
    let across = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
    let down = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
    across.max(0.0) * down.max(0.0) / a.area().min(b.area())
}
