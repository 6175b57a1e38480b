//! Pictures as files.

use std::io::Cursor;

use image::codecs::bmp::BmpEncoder;
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::hiding::Mask;
use super::padding::padded;
use super::picture::Raster;
use super::scene::{Format, Scene};

/// The media type of the file, as it says of itself; damage does not change it.
pub const fn media_type(scene: &Scene) -> &'static str {
    match scene.format {
        Format::Jpeg => "image/jpeg",
        Format::Png => "image/png",
        Format::Bmp => "image/bmp",
        Format::Gif => "image/gif",
        Format::Pdf => "application/pdf",
        Format::Txt => "text/plain",
    }
}

/// Writes a picture as the kind of file the scene asks for, padded, not yet damaged.
///
/// For a kind that is no picture the pixels are not used.
pub fn encode(raster: &Raster, scene: &Scene) -> Vec<u8> {
    let (width, height, rgb) = (raster.width, raster.height, ExtendedColorType::Rgb8);
    let mut bytes = Vec::new();
    let written = match scene.format {
        Format::Pdf | Format::Txt => return no_picture(scene),
        Format::Jpeg => JpegEncoder::new_with_quality(&mut bytes, scene.quality).write_image(
            &raster.pixels,
            width,
            height,
            rgb,
        ),
        Format::Png => PngEncoder::new(&mut bytes).write_image(&raster.pixels, width, height, rgb),
        Format::Bmp => {
            BmpEncoder::new(&mut Cursor::new(&mut bytes)).write_image(&raster.pixels, width, height, rgb)
        }
        Format::Gif => GifEncoder::new_with_speed(&mut bytes, 10).encode(&raster.pixels, width, height, rgb),
    };
    written.expect("a whole raster with sides from 1 to 16384 is encoded into memory by every format");
    padded(bytes, scene)
}

/// Writes a mask as a grey PNG of 8 bits.
pub fn encode_mask(mask: &Mask) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&mask.pixels, mask.width, mask.height, ExtendedColorType::L8)
        .expect("a whole mask is encoded into memory");
    bytes
}

/// A document that is no picture.
pub(super) fn no_picture(scene: &Scene) -> Vec<u8> {
    let text = match scene.format {
        Format::Pdf => empty_page(),
        _ => "This is a text and no picture.\n".to_owned(),
    };
    padded(text.into_bytes(), scene)
}

/// A PDF of one empty page.
fn empty_page() -> String {
    const OBJECTS: [&str; 3] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let (mut text, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
    for (index, object) in OBJECTS.iter().enumerate() {
        let start = text.len();
        table.extend([format!("{start:010} 00000 n \n")]);
        text.extend([format!("{} 0 obj\n{object}\nendobj\n", index + 1)]);
    }
    let start = text.len();
    format!(
        "{text}xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
}
