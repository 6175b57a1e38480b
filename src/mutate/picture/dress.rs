//! Good pictures in odd dress: whole files that decoders must take or may refuse, and files that are two things at once.

use std::borrow::Cow;

use image::imageops;
use image::{DynamicImage, RgbImage};

use super::content;
use super::jpeg::{Jpeg, with_segment};
use super::mutation::Foreign;
use super::pixels::{PictureKind, alpha_png, grey_jpeg, jpeg, pixels, png};
use super::png::{self as chunked, Layout};

/// JPEG that draws itself in several passes.
pub(super) fn progressive(file: &[u8]) -> Option<Vec<u8>> {
    Some(jpeg(&pixels(file)?, |encoder| encoder.set_progressive(true)))
}

/// JPEG that says it is coded arithmetically, which hardly a decoder can.
pub(super) fn arithmetic(file: &[u8]) -> Option<Vec<u8>> {
    let file = PictureKind::Jpeg.of(file)?;
    let jpeg = Jpeg::read(&file)?;
    Some(jpeg.replaced(jpeg.frame()?.place.start + 1, &[0xC9]))
}

/// The picture without colours.
pub(super) fn grey(kind: PictureKind, file: &[u8]) -> Option<Vec<u8>> {
    let image = pixels(file)?;
    Some(match kind {
        PictureKind::Jpeg => grey_jpeg(&image),
        PictureKind::Png => png(&DynamicImage::from(DynamicImage::from(image).into_luma8())),
        PictureKind::Bmp => {
            super::pixels::bmp(&DynamicImage::from(DynamicImage::from(image).into_luma8()).into_rgb8())
        }
    })
}

/// PNG of several frames; a decoder that knows of none shows the first.
pub(super) fn animated_png(file: &[u8], frames: u8) -> Option<Vec<u8>> {
    let plain = PictureKind::Png.of(file)?;
    let (width, height) = pixels(&plain)?.dimensions();
    let chunks = chunked::chunks(&plain)?;
    let pixel_data: Vec<u8> = chunks
        .iter()
        .filter(|c| c.kind == *b"IDAT")
        .flat_map(|c| &plain[c.content.clone()])
        .copied()
        .collect();
    let frames = u32::from(frames.max(2));
    let control = |sequence: u32| {
        let mut content = sequence.to_be_bytes().to_vec();
        content.extend([width, height, 0, 0].iter().flat_map(|side| side.to_be_bytes()));
        content.extend([0, 1, 0, 10, 0, 0]); // a tenth of a second, drawn over what was there
        chunked::chunk(*b"fcTL", &content)
    };
    let header = chunks.first()?;
    let mut animated = plain[..header.place.end].to_vec();
    animated.extend(chunked::chunk(*b"acTL", &[frames.to_be_bytes(), [0; 4]].concat()));
    animated.extend(control(0));
    animated.extend(chunked::chunk(*b"IDAT", &pixel_data));
    for frame in 1..frames {
        animated.extend(control(2 * frame - 1));
        let data = [&(2 * frame).to_be_bytes()[..], &pixel_data].concat();
        animated.extend(chunked::chunk(*b"fdAT", &data));
    }
    animated.extend(chunked::chunk(*b"IEND", &[]));
    Some(animated)
}

/// JPEG with an EXIF orientation (TIFF 6, 0x0112). `turned`: the pixels are turned so that only who obeys sees the
/// picture upright; else they stay, and only who does not.
pub(super) fn exif_orientation(file: &[u8], orientation: u8, turned: bool) -> Option<Vec<u8>> {
    let file = PictureKind::Jpeg.of(file)?;
    let file = if turned { Cow::Owned(jpeg(&unturned(&pixels(&file)?, orientation), |_| ())) } else { file };
    let entry = [&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0][..]];
    Some(with_segment(&file, 0xE1, &exif(&entry, &[])))
}

/// What must be stored so that the orientation brings the picture back.
fn unturned(image: &RgbImage, orientation: u8) -> RgbImage {
    match orientation {
        2 => imageops::flip_horizontal(image),
        3 => imageops::rotate180(image),
        4 => imageops::flip_vertical(image),
        5 => imageops::flip_horizontal(&imageops::rotate90(image)),
        6 => imageops::rotate270(image),
        7 => imageops::flip_horizontal(&imageops::rotate270(image)),
        8 => imageops::rotate90(image),
        _ => image.clone(),
    }
}

/// JPEG with a small other JPEG in its EXIF data, as cameras put a thumbnail there.
pub(super) fn exif_thumbnail(file: &[u8], thumbnail: &[u8]) -> Option<Vec<u8>> {
    let file = PictureKind::Jpeg.of(file)?;
    let small = imageops::thumbnail(&pixels(thumbnail)?, 96, 120);
    let small = jpeg(&small, |_| ());
    let length = (small.len() as u32).to_be_bytes();
    // Directory 0 has no entries and leads to directory 1, which tells where the thumbnail is and how long.
    let from = 8 + 2 + 4 + 2 + 2 * 12 + 4_u32;
    let tiff = [
        &b"MM\0*\0\0\0\x08\0\0\0\0\0\x0e\0\x02"[..],
        &[0x02, 0x01, 0, 4, 0, 0, 0, 1],
        &from.to_be_bytes(),
        &[0x02, 0x02, 0, 4, 0, 0, 0, 1],
        &length,
        &[0; 4],
        &small,
    ];
    Some(with_segment(&file, 0xE1, &[&b"Exif\0\0"[..], &tiff.concat()].concat()))
}

/// EXIF data of one directory.
fn exif(entries: &[&[u8]], rest: &[u8]) -> Vec<u8> {
    let count = (entries.len() as u16).to_be_bytes();
    [b"Exif\0\0MM\0*\0\0\0\x08", &count[..], &entries.concat(), &[0; 4], rest].concat()
}

/// JPEG that is a ZIP archive too: its directory stands at the end, where archives have it (APPNOTE 4.3).
pub(super) fn with_archive(file: &[u8]) -> Option<Vec<u8>> {
    let file = PictureKind::Jpeg.of(file)?.into_owned();
    let (name, text) = (b"hello.txt", b"lianpu");
    let check = crc32fast::hash(text).to_le_bytes();
    let sizes = [(text.len() as u32).to_le_bytes(); 2].concat();
    let named = [&(name.len() as u16).to_le_bytes()[..], &[0, 0]].concat();
    let entry = [&[0; 8][..], &check, &sizes, &named].concat(); // stored, no time
    let offset = (file.len() as u32).to_le_bytes();
    let local = [&b"PK\x03\x04\x0a\0"[..], &entry, name, text].concat();
    let central = [&b"PK\x01\x02\x0a\0\x0a\0"[..], &entry, &[0; 10], &offset, name].concat();
    let place = (file.len() as u32 + local.len() as u32).to_le_bytes();
    let length = (central.len() as u32).to_le_bytes();
    let end = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &length, &place, &[0, 0]].concat();
    Some([file, local, central, end].concat())
}

/// PNG with a web page after its end.
pub(super) fn with_page(file: &[u8]) -> Option<Vec<u8>> {
    let page = b"<!DOCTYPE html><html><body><script>document.title='lianpu'</script></body></html>";
    Some([&PictureKind::Png.of(file)?[..], page].concat())
}

/// The picture, seen through.
pub(super) fn transparent(file: &[u8], opacity: u8) -> Option<Vec<u8>> {
    Some(alpha_png(&pixels(file)?, opacity))
}

/// A PNG that declares 30000 x 30000 pixels of so many bits: 112 MB or 900 MB of black in one thousandth of that, or,
/// unless `whole`, only the first rows of it in a few hundred bytes.
pub(super) fn bomb(depth: u8, whole: bool) -> Vec<u8> {
    let layout = Layout { width: 30_000, height: 30_000, depth, colour: 0 };
    if whole {
        return chunked::black(&layout);
    }
    let rows = chunked::zeros(layout.unpacked() / 300);
    chunked::file(&[(b"IHDR", &layout.header()), (b"IDAT", &rows), (b"IEND", &[])])
}

/// A good PNG beside whose pixels stand 256 MB of colour profile.
pub(super) fn profile_bomb(file: &[u8]) -> Option<Vec<u8>> {
    let plain = PictureKind::Png.of(file)?;
    let header = chunked::chunks(&plain)?.into_iter().next()?;
    let profile = [b"lianpu\0\0", &chunked::zeros(256 << 20)[..]].concat();
    let profile = chunked::chunk(*b"iCCP", &profile);
    Some([&plain[..header.place.end], &profile, &plain[header.place.end..]].concat())
}

/// A picture of one pixel.
pub(super) fn one_pixel(kind: PictureKind) -> Vec<u8> {
    let image = RgbImage::from_pixel(1, 1, image::Rgb([200, 160, 140]));
    match kind {
        PictureKind::Jpeg => jpeg(&image, |_| ()),
        PictureKind::Png => png(&DynamicImage::from(image)),
        PictureKind::Bmp => super::pixels::bmp(&image),
    }
}

/// A black square.
pub(super) fn black_square(side: u32) -> Vec<u8> {
    chunked::black(&Layout { width: side, height: side, depth: 8, colour: 0 })
}

/// A JPEG grown to so many bytes by comments, which decoders skip.
pub(super) fn grown(file: &[u8], bytes: usize) -> Option<Vec<u8>> {
    let file = PictureKind::Jpeg.of(file)?;
    let mut comments = Vec::new();
    while file.len() + comments.len() + 4 <= bytes {
        let held = (bytes - file.len() - comments.len() - 4).min(65_533);
        comments.extend([0xFF, 0xFE]);
        comments.extend((held as u16 + 2).to_be_bytes());
        comments.extend(std::iter::repeat_n(b' ', held));
    }
    Some([&file[..2], &comments, &file[2..]].concat())
}

/// The picture as a kind of file that no document names, or what is no picture at all.
pub(super) fn foreign(file: &[u8], format: Foreign) -> Option<Vec<u8>> {
    Some(match format {
        Foreign::Gif => super::pixels::gif(&pixels(file)?, 1),
        Foreign::Webp => super::pixels::webp(&pixels(file)?),
        Foreign::Pdf => content::file("nobody size=8x8 as=pdf")?.bytes,
        Foreign::Svg => br#"<svg xmlns="http://www.w3.org/2000/svg" width="288" height="352"><circle cx="144" cy="176" r="90"/></svg>"#.to_vec(),
        Foreign::Text => b"This is a text and no picture.\n".to_vec(),
    })
}
