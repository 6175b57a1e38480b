//! The content review: refuses what must not be shown, here harmless pictures that bear a marker in its stead.
//!
//! What a marker is stands in the corpus, `content-markers.toml`.

use lianpu_corpus::{Marker, markers};

use super::condition::Condition;
use crate::vision::Picture;

/// The refusal that a picture earns.
pub(super) fn review(picture: &Picture) -> Result<(), Condition> {
    match markers().iter().find(|marker| bears(picture, marker)) {
        None => Ok(()),
        Some(marker) if marker.condition == Condition::ContentPorn.as_str() => Err(Condition::ContentPorn),
        Some(_) => Err(Condition::ContentSensitivePerson),
    }
}

/// Whether the middle of every square has the marker's colour.
fn bears(picture: &Picture, marker: &Marker) -> bool {
    let side = marker.side as usize;
    if picture.height() < side || picture.width() < side * marker.colours.len() {
        return false;
    }
    marker.colours.iter().enumerate().all(|(place, colour)| {
        let mean = mean(picture, [place * side + side / 4, side / 4], side - side / 2);
        mean.iter().zip(colour).all(|(seen, wanted)| seen.abs_diff(*wanted) <= marker.tolerance)
    })
}

/// The mean colour of a square.
fn mean(picture: &Picture, [left, top]: [usize; 2], side: usize) -> [u8; 3] {
    let mut sum = [0_u32; 3];
    for y in top..top + side {
        for x in left..left + side {
            for (sum, value) in sum.iter_mut().zip(picture.at(x as isize, y as isize)) {
                *sum += u32::from(value);
            }
        }
    }
    sum.map(|sum| (sum / (side * side) as u32) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey picture with a marker drawn by its definition.
    fn marked(marker: &Marker, dimmed: u8) -> Picture {
        let (width, height) = (200, 60);
        let mut rgb = vec![128; width * height * 3];
        for (place, colour) in marker.colours.iter().enumerate() {
            for y in 0..marker.side as usize {
                for x in 0..marker.side as usize {
                    let at = (y * width + place * marker.side as usize + x) * 3;
                    rgb[at..at + 3].copy_from_slice(&colour.map(|value| value.saturating_sub(dimmed)));
                }
            }
        }
        Picture::new(width, height, rgb).expect("as many bytes as it says")
    }

    #[test]
    fn a_marked_picture_earns_its_refusal_and_no_other_does() {
        for marker in markers() {
            for dimmed in [0, 50] {
                let refused = review(&marked(marker, dimmed)).map_err(Condition::as_str);
                assert_eq!(refused, Err(marker.condition.as_str()));
            }
            assert_eq!(review(&marked(marker, 100)), Ok(()));
        }
        assert_eq!(review(&Picture::new(8, 8, vec![0; 192]).expect("a picture")), Ok(()));
    }
}
