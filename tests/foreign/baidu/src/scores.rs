//! From likeness to the scores of the interface: 0 to 100, where 80 means the same person.

use crate::{json::rounded, vision::Face};

/// The likeness at which two faces are taken for the same person's.
const SAME: f32 = 0.45;

/// How alike two faces are, 0 to 100.
pub fn score(one: &Face, other: &Face) -> f64 {
    from_likeness(one.description.likeness(&other.description))
}

/// Two straight lines that meet at 80.
fn from_likeness(likeness: f32) -> f64 {
    let score = if likeness >= SAME {
        80.0 + 20.0 * (likeness - SAME) / (1.0 - SAME)
    } else {
        80.0 * (likeness / SAME).max(0.0).powf(1.5)
    };
    rounded(score.clamp(0.0, 100.0), 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_rise_from_0_to_100() {
        assert!(from_likeness(-0.5).abs() < f64::EPSILON);
        assert!((from_likeness(SAME) - 80.0).abs() < 0.01);
        assert!((from_likeness(1.0) - 100.0).abs() < 0.01);
    }
}
