//! Pixels painted anew.

use crate::vision::Picture;

/// Another colour for the pixels of a box (left, top, right, lower; the last two excluded), the rest as it is.
pub(super) fn repainted(
    picture: &Picture,
    [left, top, right, lower]: [usize; 4],
    colour: impl Fn(usize, usize) -> [f32; 3],
) -> Picture {
    let mut rgb = picture.rgb().to_vec();
    for y in top..lower.min(picture.height()) {
        for x in left..right.min(picture.width()) {
            let at = (y * picture.width() + x) * 3;
            for (byte, value) in rgb[at..at + 3].iter_mut().zip(colour(x, y)) {
                *byte = value.round().clamp(0.0, 255.0) as u8;
            }
        }
    }
    Picture::new(picture.width(), picture.height(), rgb).unwrap_or_else(|| picture.clone())
}
