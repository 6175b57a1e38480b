//! Whether a face passes the quality and liveness controls of a call.

use crate::{
    codes::{Refusal, refuse},
    defects::Defects,
    params::Level,
    vision::{Face, PARTS},
};

/// The largest turn of a head.
const MOST_TURN: f32 = 30.0;

/// What a level allows.
struct Limits {
    cover: f32,
    blur: f32,
    light: f32,
    whole: bool,
    live: f32,
}

/// The vendor's table.
fn limits(level: Level) -> Option<Limits> {
    match level {
        Level::None => None,
        Level::Low => Some(Limits { cover: 0.8, blur: 0.8, light: 20.0, whole: false, live: 0.05 }),
        Level::Normal => Some(Limits { cover: 0.6, blur: 0.6, light: 40.0, whole: false, live: 0.3 }),
        Level::High => Some(Limits { cover: 0.2, blur: 0.2, light: 100.0, whole: true, live: 0.9 }),
    }
}

/// Checks liveness first, then the picture's quality: no document fixes the order outside of person/verify.
pub fn check(face: &Face, quality: Level, liveness: Level, defects: &Defects) -> Result<(), Refusal> {
    check_liveness(face, liveness, defects)?;
    check_quality(face, quality, defects)
}

/// Refuses a picture of a picture.
fn check_liveness(face: &Face, level: Level, defects: &Defects) -> Result<(), Refusal> {
    match limits(level) {
        Some(limits) if face.quality.live < limits.live && !defects.on("liveness-control-ignored") => {
            refuse(223_120)
        }
        _ => Ok(()),
    }
}

fn check_quality(face: &Face, level: Level, defects: &Defects) -> Result<(), Refusal> {
    let level = if defects.on("high-quality-is-normal") { level.min(Level::Normal) } else { level };
    let Some(limits) = limits(level).filter(|_| !defects.on("quality-control-ignored")) else {
        return Ok(());
    };
    let quality = &face.quality;
    if face.square.turn.abs().max(face.yaw.abs()) > MOST_TURN && !defects.on("turned-faces-pass") {
        return refuse(223_129);
    }
    if limits.whole && !quality.whole {
        return refuse(if defects.on("incomplete-is-covered") { 223_113 } else { 223_116 });
    }
    if quality.light < limits.light && !defects.on("dark-faces-pass") {
        return refuse(if defects.on("light-and-blur-exchanged") { 223_114 } else { 223_115 });
    }
    if quality.blur > limits.blur && !defects.on("blurred-faces-pass") {
        return refuse(if defects.on("light-and-blur-exchanged") { 223_115 } else { 223_114 });
    }
    let covered: Vec<&str> = PARTS
        .iter()
        .zip(quality.cover)
        .filter(|(_, cover)| *cover > limits.cover)
        .map(|(part, _)| *part)
        .collect();
    match covered[..] {
        [] => Ok(()),
        _ if defects.on("covered-faces-pass") => Ok(()),
        [part] => refuse(code(part, defects)),
        _ => refuse(223_113),
    }
}

/// The code of one covered part.
fn code(part: &str, defects: &Defects) -> u32 {
    match part {
        "nose" if defects.on("nose-and-mouth-exchanged") => 223_127,
        "mouth" if defects.on("nose-and-mouth-exchanged") => 223_126,
        "left_eye" => 223_121,
        "right_eye" => 223_122,
        "left_cheek" => 223_123,
        "right_cheek" => 223_124,
        "chin_contour" => 223_125,
        "nose" => 223_126,
        _ => 223_127,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_is_at_least_as_strict_as_the_one_below() {
        let all =
            [Level::Low, Level::Normal, Level::High].map(|level| limits(level).expect("a level that checks"));
        assert!(all.windows(2).all(|pair| pair[0].cover > pair[1].cover && pair[0].light < pair[1].light));
        assert!(limits(Level::None).is_none());
    }

    #[test]
    fn every_part_has_its_own_code() {
        let mut codes = PARTS.map(|part| code(part, &Defects::default()));
        codes.sort_unstable();
        assert_eq!(codes, [223_121, 223_122, 223_123, 223_124, 223_125, 223_126, 223_127]);
    }
}
