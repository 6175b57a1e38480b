//! A part of the picture on the canvas, and the marks of faces on it.

use super::canvas::{Canvas, LETTER, LINE, Text};
use super::colours::{GROUND, MARK, POINT};
use crate::vision::{Face, Rect};

/// A part of the picture as it lies on the canvas.
pub(super) struct Enlarged {
    pub(super) part: Rect,
    /// Where its left upper corner lies.
    pub(super) at: [i32; 2],
    /// Pixels of the canvas for one of the picture.
    pub(super) scale: f32,
}

impl Enlarged {
    /// Where a place of the picture lies.
    fn place(&self, x: f32, y: f32) -> [i32; 2] {
        let along = |value: f32, start: f32, from: i32| from + ((value - start) * self.scale).round() as i32;
        [along(x, self.part.x, self.at[0]), along(y, self.part.y, self.at[1])]
    }

    /// The landmarks, as large as the face allows.
    pub(super) fn points(&self, canvas: &mut Canvas, face: &Face) {
        let side = ((face.rect.width * self.scale / 60.0) as i32).clamp(1, 4);
        for point in face.landmarks.iter().flat_map(|landmarks| landmarks.iter()) {
            // The middle of a pixel has whole coordinates.
            let [x, y] = self.place(point.x + 0.5, point.y + 0.5);
            canvas.fill([x - side / 2, y - side / 2], [side, side], POINT);
        }
    }

    /// The box, and the face's number above it; below it where there is no room above.
    pub(super) fn frame(&self, canvas: &mut Canvas, face: &Face, number: usize) {
        let rect = &face.rect;
        let [x, y] = self.place(rect.x, rect.y);
        let size = [rect.width, rect.height].map(|side| (side * self.scale).round() as i32);
        canvas.frame([x, y], size, if size[0] < 120 { 1 } else { 2 }, MARK);
        let letters = number.to_string();
        let tag = [letters.len() as i32 * LETTER + 4, LINE - 2];
        let top = if y >= tag[1] { y - tag[1] } else { y + size[1] };
        canvas.fill([x, top], tag, MARK);
        canvas.write(&Text { letters: &letters, colour: GROUND, bold: true }, [x + 2, top]);
    }
}
