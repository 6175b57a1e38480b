//! What is seen, drawn: boxes, points and numbers on the picture, and below it each face with its values.
//!
//! A face may be small and there may be many of them, so the values stand in a legend: a card for each face with the
//! face enlarged. Small pictures are enlarged as a whole.

mod canvas;
mod card;
mod colours;
mod enlarged;

use image::RgbImage;

use crate::vision::{Face, Picture, Rect};
use canvas::{Canvas, LETTER, LINE, Text};
use colours::{GROUND, NAME, VALUE};
use enlarged::Enlarged;

/// A picture whose longer side has fewer pixels is enlarged, by a whole factor.
const LONG_ENOUGH: usize = 800;
/// But never more than so many times.
const MOST_ENLARGED: usize = 8;
/// Between cards, and at the edges.
const GAP: i32 = 12;

/// What the numbers mean that do not say so themselves.
const MEANING: [&str; 2] = [
    "0 to 1: eyes and mouth open, live, cartoon, blur, hidden parts (orange: over 0.2)",
    "degrees: pitch up, yaw and roll to the right; whole 1: not cut off; light 0 to 255",
];

/// The picture with every face marked, and the legend; `title` stands above the legend.
pub(super) fn annotated(title: &str, picture: &Picture, faces: &[Face]) -> RgbImage {
    let enlarged = (LONG_ENOUGH / picture.width().max(picture.height())).clamp(1, MOST_ENLARGED) as i32;
    let shown = [picture.width() as i32 * enlarged, picture.height() as i32 * enlarged];
    let letters = MEANING.iter().map(|line| line.len()).max().unwrap_or(0) as i32;
    let width = shown[0].max(card::SIZE[0] + 2 * GAP).max(letters * LETTER + 2 * GAP);
    let columns = ((width - GAP) / (card::SIZE[0] + GAP)).clamp(1, faces.len().max(1) as i32);
    let rows = (faces.len() as i32 + columns - 1) / columns;
    let head = 2 * GAP + LINE * (1 + MEANING.len() as i32);
    let height = shown[1] + head + rows * (card::SIZE[1] + GAP);

    let mut canvas = Canvas::new(width, height, GROUND);
    let left = (width - shown[0]) / 2;
    let whole = Rect { x: 0.0, y: 0.0, width: picture.width() as f32, height: picture.height() as f32 };
    canvas.put(picture, &whole, [left, 0], shown);
    let on = Enlarged { part: whole, at: [left, 0], scale: enlarged as f32 };
    for face in faces {
        on.points(&mut canvas, face);
    }
    for (index, face) in faces.iter().enumerate() {
        on.frame(&mut canvas, face, index + 1);
    }
    // A face may reach over the edge of the picture, its marks may not.
    canvas.fill([0, shown[1]], [width, height - shown[1]], GROUND);
    canvas.fill([0, 0], [left, shown[1]], GROUND);
    canvas.fill([left + shown[0], 0], [width, shown[1]], GROUND);

    let mut top = shown[1] + GAP;
    canvas.write(&Text { letters: title, colour: VALUE, bold: true }, [GAP, top]);
    for line in MEANING {
        top += LINE;
        canvas.write(&Text { letters: line, colour: NAME, bold: false }, [GAP, top]);
    }
    for (index, face) in faces.iter().enumerate() {
        let (column, row) = (index as i32 % columns, index as i32 / columns);
        let at = [GAP + column * (card::SIZE[0] + GAP), shown[1] + head + row * (card::SIZE[1] + GAP)];
        card::draw(&mut canvas, picture, face, index + 1, at);
    }
    canvas.finished()
}
