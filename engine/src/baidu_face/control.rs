//! Quality and liveness control: which numbers a face must reach at which level.
//!
//! The thresholds are the vendor's (private deployment, 质量检测); angles are judged alike at every level. A face is
//! judged from the coarsest defect to the finest, since a dark or blurred picture tells little of what covers a face.
//! Knows nothing of pictures and requests.

use super::condition::Condition;
use super::face_view::FaceView;
use super::level::Level;

/// What a request wants controlled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Controls {
    pub(super) quality: Level,
    pub(super) liveness: Level,
}

/// Limits at the levels low, normal and high.
type Limits = [f64; 3];

/// What is less is too dark.
const ILLUMINATION: Limits = [20.0, 40.0, 100.0];
/// What is more is too blurred.
const BLUR: Limits = [0.8, 0.6, 0.2];
/// What is less is not whole.
const COMPLETENESS: Limits = [0.0, 0.0, 1.0];
/// What is more is covered, for every part.
const OCCLUSION: Limits = [0.8, 0.6, 0.2];
/// What is more is covered beyond doubt: the middle limit. No document says which of several parts is named.
const SURELY_COVERED: f64 = OCCLUSION[1];
/// What is less is not alive.
pub(super) const LIVENESS: Limits = [0.05, 0.3, 0.9];
/// Degrees; what is more looks elsewhere.
const ANGLE: f64 = 30.0;

impl Controls {
    /// Quality first, then liveness. What the analyser cannot see is not judged.
    pub(super) fn judge(self, face: FaceView<'_>) -> Result<(), Condition> {
        judge_quality(face, self.quality)?;
        judge_liveness(face, self.liveness)
    }
}

/// The first defect of a face.
pub(super) fn judge_quality(face: FaceView<'_>, level: Level) -> Result<(), Condition> {
    let Some(column) = level.column() else { return Ok(()) };
    if face.illumination().is_some_and(|value| value < ILLUMINATION[column]) {
        return Err(Condition::FaceBadlyLit);
    }
    if face.blur().is_some_and(|value| value > BLUR[column]) {
        return Err(Condition::FaceBlurred);
    }
    if face.completeness().is_some_and(|value| value < COMPLETENESS[column]) {
        return Err(Condition::FaceIncomplete);
    }
    if face.angles().is_some_and(|angles| angles.iter().any(|angle| angle.abs() > ANGLE)) {
        return Err(Condition::FaceTurnedAway);
    }
    judge_occlusion(&face.occlusion().unwrap_or_default(), OCCLUSION[column])
}

/// A face with one covered part is named by it, also where others are a little suspect; one with several is covered.
fn judge_occlusion(parts: &[(&str, f64)], most: f64) -> Result<(), Condition> {
    let covered = parts.iter().filter(|(_, value)| *value > most);
    let surely = covered.clone().filter(|(_, value)| *value > SURELY_COVERED).count();
    match covered.max_by(|(_, a), (_, b)| a.total_cmp(b)) {
        None => Ok(()),
        Some(_) if surely > 1 => Err(Condition::FaceCovered),
        Some((part, _)) => Err(condition_of(part)),
    }
}

fn judge_liveness(face: FaceView<'_>, level: Level) -> Result<(), Condition> {
    let Some(column) = level.column() else { return Ok(()) };
    if face.liveness().is_some_and(|value| value < LIVENESS[column]) {
        return Err(Condition::LivenessFailed);
    }
    Ok(())
}

fn condition_of(part: &str) -> Condition {
    match part {
        "left_eye" => Condition::LeftEyeCovered,
        "right_eye" => Condition::RightEyeCovered,
        "left_cheek" => Condition::LeftCheekCovered,
        "right_cheek" => Condition::RightCheekCovered,
        "chin_contour" => Condition::ChinCovered,
        "nose" => Condition::NoseCovered,
        "mouth" => Condition::MouthCovered,
        _ => Condition::FaceCovered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::{Face, Occlusion, Pose, Quality};

    const GOOD: Quality = Quality {
        occlusion: Occlusion {
            left_eye: 0.0,
            right_eye: 0.0,
            nose: 0.0,
            mouth: 0.0,
            left_cheek: 0.0,
            right_cheek: 0.0,
            chin_contour: 0.0,
        },
        blur: 0.1,
        illumination: 150.0,
        completeness: 1.0,
    };

    fn judged(quality: Quality, yaw: f32) -> [Option<Condition>; 4] {
        let pose = Some(Pose { yaw, ..Pose::default() });
        let face = Face { quality: Some(quality), pose, ..Face::default() };
        [Level::None, Level::Low, Level::Normal, Level::High]
            .map(|level| judge_quality(FaceView(&face), level).err())
    }

    #[test]
    fn every_defect_has_its_own_refusal_at_the_levels_of_the_table() {
        let occlusion = GOOD.occlusion;
        let all = |condition| [None, Some(condition), Some(condition), Some(condition)];
        let high = |condition| [None, None, None, Some(condition)];
        let two = |condition| [None, None, Some(condition), Some(condition)];
        assert_eq!(judged(GOOD, 0.0), [None; 4]);
        assert_eq!(judged(GOOD, -31.0), all(Condition::FaceTurnedAway));
        assert_eq!(judged(Quality { blur: 0.7, ..GOOD }, 0.0), two(Condition::FaceBlurred));
        assert_eq!(judged(Quality { illumination: 30.0, ..GOOD }, 0.0), two(Condition::FaceBadlyLit));
        assert_eq!(judged(Quality { completeness: 0.0, ..GOOD }, 0.0), high(Condition::FaceIncomplete));
        let nose = Quality { occlusion: Occlusion { nose: 0.9, ..occlusion }, ..GOOD };
        assert_eq!(judged(nose, 0.0), all(Condition::NoseCovered));
        let eye = Quality { occlusion: Occlusion { left_eye: 0.3, ..occlusion }, ..GOOD };
        assert_eq!(judged(eye, 0.0), high(Condition::LeftEyeCovered));
        let mouth = Quality { occlusion: Occlusion { mouth: 0.7, chin_contour: 0.5, ..occlusion }, ..GOOD };
        assert_eq!(judged(mouth, 0.0), two(Condition::MouthCovered));
        let scarf = Quality { occlusion: Occlusion { mouth: 0.7, chin_contour: 0.7, ..occlusion }, ..GOOD };
        assert_eq!(judged(scarf, 0.0), two(Condition::FaceCovered));
    }

    #[test]
    fn what_is_not_seen_is_not_judged() {
        let face = Face::default();
        let controls = Controls { quality: Level::High, liveness: Level::High };
        assert_eq!(controls.judge(FaceView(&face)), Ok(()));
    }
}
