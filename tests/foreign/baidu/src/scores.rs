//! From likeness to the scores of the interface: 0 to 100, where 80 means the same person.

use crate::{json::rounded, vision::Face};

/// The likeness at which two faces are taken for the same person's.
pub const SAME: f32 = 0.8;

/// How alike two faces are, 0 to 100.
pub fn score(one: &Face, other: &Face, same: f32) -> f64 {
    from_likeness(one.description.likeness(&other.description), same)
}

/// Two straight lines that meet at 80.
fn from_likeness(likeness: f32, same: f32) -> f64 {
    let score = if likeness >= same {
        80.0 + 20.0 * (likeness - same) / (1.0 - same)
    } else {
        80.0 * (likeness / same).max(0.0).powf(1.5)
    };
    rounded(score.clamp(0.0, 100.0), 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_rise_from_0_to_100() {
        assert!(from_likeness(-0.5, SAME).abs() < f64::EPSILON);
        assert!((from_likeness(SAME, SAME) - 80.0).abs() < 0.01);
        assert!((from_likeness(1.0, SAME) - 100.0).abs() < 0.01);
    }
}
