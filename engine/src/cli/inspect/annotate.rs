//! Boxes, points and values drawn on a picture.

use font8x8::legacy::BASIC_LEGACY;
use image::{Rgb, RgbImage};

use super::values;
use crate::vision::{Face, Picture};

const BOX: Rgb<u8> = Rgb([40, 220, 90]);
const POINT: Rgb<u8> = Rgb([255, 220, 40]);
const TEXT: Rgb<u8> = Rgb([255, 255, 255]);

/// The picture with every face marked. Values stand to the right of the box, to its left where there is more room.
pub(super) fn annotated(picture: &Picture, faces: &[Face]) -> RgbImage {
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    let mut image = RgbImage::from_fn(width, height, |x, y| Rgb(picture.at(x as isize, y as isize)));
    let scale = (width.min(height) / 700 + 1) as i32;
    for (number, face) in faces.iter().enumerate() {
        frame(&mut image, face, scale);
        for point in face.landmarks.iter().flat_map(|landmarks| landmarks.iter()) {
            fill(&mut image, point.x as i32, point.y as i32, scale, scale, POINT);
        }
        let lines = lines(number + 1, face);
        let line = 9 * scale;
        let long = lines.iter().map(String::len).max().unwrap_or(0) as i32 * 8 * scale;
        let [before, behind] = [face.rect.x, face.rect.x + face.rect.width].map(|value| value as i32);
        let fits = behind + long <= width as i32 || width as i32 - behind >= before;
        let left = if lines.len() == 1 {
            before
        } else if fits {
            (behind + 3 * scale).min((width as i32 - long).max(0))
        } else {
            (before - long - 3 * scale).max(0)
        };
        let top = face.rect.y as i32 + if lines.len() == 1 { -line } else { 0 };
        for (index, text) in lines.iter().enumerate() {
            write(&mut image, text, left, top + line * index as i32, scale);
        }
    }
    image
}

/// What is said of a face: as much as its width has room for.
fn lines(number: usize, face: &Face) -> Vec<String> {
    let mut lines = vec![format!("{number}: {:.1}", face.score)];
    if face.rect.width < 80.0 {
        return lines;
    }
    if let Some(pose) = face.pose {
        lines.push(format!("p{:.0} y{:.0} r{:.0}", pose.pitch, pose.yaw, pose.roll));
    }
    if let (Some(age), Some(gender)) = (face.age, face.gender) {
        lines.push(format!("{age:.0}y {}", if gender.male >= 0.5 { "male" } else { "female" }));
    }
    lines.extend(values::strongest(face).map(|(name, share)| format!("{name} {share:.2}")));
    if let Some(quality) = face.quality {
        lines.push(format!("blur {:.2} light {:.0}", quality.blur, quality.illumination));
        let hidden = quality.occlusion.named().into_iter().filter(|(_, value)| *value > 0.2);
        lines.extend(hidden.map(|(name, value)| format!("{name} {value:.2}")));
    }
    lines
}

fn frame(image: &mut RgbImage, face: &Face, thick: i32) {
    let [x, y, width, height] =
        [face.rect.x, face.rect.y, face.rect.width, face.rect.height].map(|value| value as i32);
    fill(image, x, y, width, thick, BOX);
    fill(image, x, y + height - thick, width, thick, BOX);
    fill(image, x, y, thick, height, BOX);
    fill(image, x + width - thick, y, thick, height, BOX);
}

/// White letters with a dark rim.
fn write(image: &mut RgbImage, text: &str, left: i32, top: i32, scale: i32) {
    for (dx, dy, colour) in
        [(-1, 0, Rgb([0; 3])), (1, 0, Rgb([0; 3])), (0, -1, Rgb([0; 3])), (0, 1, Rgb([0; 3])), (0, 0, TEXT)]
    {
        for (index, letter) in text.bytes().enumerate() {
            let Some(rows) = BASIC_LEGACY.get(usize::from(letter)) else { continue };
            for (row, bits) in rows.iter().enumerate() {
                for column in (0..8).filter(|column| bits >> column & 1 == 1) {
                    let x = left + (8 * index as i32 + column) * scale + dx;
                    fill(image, x, top + row as i32 * scale + dy, scale, scale, colour);
                }
            }
        }
    }
}

/// Fills a rectangle as far as it is inside the picture.
fn fill(image: &mut RgbImage, left: i32, top: i32, width: i32, height: i32, colour: Rgb<u8>) {
    let inside = |from: i32, length: i32, side: u32| from.max(0)..(from + length).min(side as i32);
    for y in inside(top, height, image.height()) {
        for x in inside(left, width, image.width()) {
            image.put_pixel(x as u32, y as u32, colour);
        }
    }
}
