//! Whether the whole face is inside the picture.

use super::super::{Picture, Rect};

/// This part of the box may lie outside: it is a square around faces that are not.
const OUTSIDE: f32 = 0.03;

/// 1 when the detector's box, brow to chin, lies inside the picture but for [`OUTSIDE`], else 0.
///
/// The landmark net is shown only what is inside, so its points never lie outside and say nothing of this.
pub(in super::super) fn completeness(picture: &Picture, rect: &Rect) -> f32 {
    let across = (rect.x + rect.width).min(picture.width() as f32) - rect.x.max(0.0);
    let down = (rect.y + rect.height).min(picture.height() as f32) - rect.y.max(0.0);
    let inside = across.max(0.0) * down.max(0.0) / rect.area().max(1.0);
    f32::from(u8::from(inside >= 1.0 - OUTSIDE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_cut_by_the_edge_is_not_complete() {
        let picture = Picture::new(100, 80, vec![0; 100 * 80 * 3]).expect("a picture");
        let at = |x, y| completeness(&picture, &Rect { x, y, width: 50.0, height: 50.0 });
        for ((x, y), complete) in [
            ((10.0, 10.0), 1.0),
            ((-1.0, 10.0), 1.0),
            ((-5.0, 10.0), 0.0),
            ((55.0, 10.0), 0.0),
            ((10.0, 40.0), 0.0),
        ] {
            assert!((at(x, y) - complete).abs() < 1e-6, "{x} {y}");
        }
    }
}
