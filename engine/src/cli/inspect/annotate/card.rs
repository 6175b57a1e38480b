//! One face in the legend: enlarged with its points, and all that is seen of it.

use super::canvas::{Canvas, Colour, LETTER, LINE, Text};
use super::colours::{HIDDEN, MARK, NAME, VALUE};
use super::enlarged::Enlarged;
use crate::cli::inspect::values;
use crate::vision::{Face, Picture};

/// The card; the face is a square as high as it.
pub(super) const SIZE: [i32; 2] = [LINES * LINE + 10 + LETTERS * LETTER, LINES * LINE];

/// Lines of text that have room.
const LINES: i32 = 11;
/// Letters of a line that have room.
const LETTERS: i32 = 46;
/// Letters that a name takes with the space behind it.
const NAMES: usize = 7;

/// The face is shown with so much around it.
const AROUND: f32 = 1.35;

/// From here on a part counts as hidden at the strictest level.
const HIDDEN_FROM: f32 = 0.2;

/// Draws the card of a face with its left upper corner at a place.
pub(super) fn draw(canvas: &mut Canvas, picture: &Picture, face: &Face, number: usize, at: [i32; 2]) {
    let side = SIZE[1];
    let part = face.rect.grown(AROUND);
    canvas.put(picture, &part, at, [side, side]);
    Enlarged { part, at, scale: side as f32 / part.width }.points(canvas, face);
    let mut top = at[1];
    for line in lines(face, number) {
        let mut left = at[0] + side + 10;
        for (letters, colour) in &line {
            left = canvas.write(&Text { letters, colour: *colour, bold: *colour == MARK }, [left, top]);
        }
        top += LINE;
    }
}

type CardLine = Vec<(String, Colour)>;

/// Everything that the table has, in lines that fit.
fn lines(face: &Face, number: usize) -> Vec<CardLine> {
    let rect = &face.rect;
    let place = format!("  {:.0}x{:.0} at {:.0},{:.0}", rect.width, rect.height, rect.x, rect.y);
    let mut lines = vec![vec![(number.to_string(), MARK), (place, VALUE)]];
    lines.push(said("score", format!("{:.1}", face.score)));
    if let Some(pose) = face.pose {
        let text = format!("pitch {:.0}  yaw {:.0}  roll {:.0}", pose.pitch, pose.yaw, pose.roll);
        lines.push(said("pose", text));
    }
    if let (Some(age), Some(gender)) = (face.age, face.gender) {
        let word = if gender.male >= 0.5 { "male" } else { "female" };
        let mut line = said("age", format!("{age:.0}  {word} {:.2}", gender.male.max(1.0 - gender.male)));
        line.extend(values::strongest(face).map(|(name, share)| (format!("  {name} {share:.2}"), VALUE)));
        lines.push(line);
    }
    if let Some((glasses, share)) = face.glasses {
        lines.push(said("wears", format!("{} {share:.2}", values::glasses_word(glasses))));
    }
    if let Some([left, right]) = face.eyes_open {
        lines.push(said("eyes", format!("left {left:.2}  right {right:.2}")));
    }
    if let (Some(mouth), Some((shape, share))) = (face.mouth_open, face.shape) {
        lines.push(said("mouth", format!("{mouth:.2}  shape {} {share:.2}", values::shape_word(shape))));
    }
    if let Some(live) = face.liveness {
        let cartoon = face.cartoon.map_or_else(String::new, |share| format!("  cartoon {share:.2}"));
        lines.push(said("live", format!("{live:.2}{cartoon}")));
    }
    if let Some(quality) = face.quality {
        let (blur, light, whole) = (quality.blur, quality.illumination, quality.completeness);
        lines.push(said("blur", format!("{blur:.2}  light {light:.0}  whole {whole:.0}")));
        lines.extend(hidden(quality.occlusion.named()));
    }
    lines
}

fn said(name: &str, value: String) -> CardLine {
    vec![(format!("{name:<NAMES$}"), NAME), (value, VALUE)]
}

/// The parts in two lines, those that count as hidden coloured.
fn hidden(parts: [(&'static str, f32); 7]) -> Vec<CardLine> {
    let mut lines: Vec<CardLine> = Vec::new();
    for (index, (name, value)) in parts.into_iter().enumerate() {
        if index % 4 == 0 {
            lines.push(vec![(format!("{:<NAMES$}", if index == 0 { "hidden" } else { "" }), NAME)]);
        }
        let colour = if value > HIDDEN_FROM { HIDDEN } else { VALUE };
        let short = name.replace("left_", "l ").replace("right_", "r ").replace("_contour", "");
        if let Some(line) = lines.last_mut() {
            line.push((format!("{short} {value:.1} "), colour));
        }
    }
    lines
}
