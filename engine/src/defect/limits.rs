//! Limits that are one too many.

use super::list::{BODY_LIMIT_IGNORED, CANDIDATES_ONE_MORE, FACES_ONE_MORE, ID_ONE_LONGER, INFO_ONE_LONGER};
use crate::front::{Defect, Defects, Limits};

/// The limits by whatever name fronts have them under, and the defect that makes them one more.
const ONE_MORE: [(&str, Defect); 5] = [
    ("candidates", CANDIDATES_ONE_MORE),
    ("faces-per-person", FACES_ONE_MORE),
    ("faces-per-user", FACES_ONE_MORE),
    ("id-bytes", ID_ONE_LONGER),
    ("user-info-bytes", INFO_ONE_LONGER),
];

/// The limits with the defects of limits.
pub(super) fn spoil(limits: &mut Limits, defects: &Defects) {
    for (name, _) in ONE_MORE.iter().filter(|(_, defect)| defects.has(*defect)) {
        limits.entry((*name).to_owned()).and_modify(|limit| *limit = limit.saturating_add(1));
    }
    if defects.has(BODY_LIMIT_IGNORED) {
        limits.entry("body-bytes".to_owned()).and_modify(|limit| *limit = limit.saturating_mul(2));
    }
}
