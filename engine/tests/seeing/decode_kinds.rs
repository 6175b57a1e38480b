//! Decoding: each kind of pixels and each way a camera may have been held, as tables; moving pictures; and what is converted
//! for face sets.

use std::io::Cursor;

use image::codecs::{bmp::BmpEncoder, jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder};
use image::{
    DynamicImage, ExtendedColorType, ImageBuffer, ImageEncoder, ImageFormat, Luma, LumaA, Rgb, RgbImage, Rgba,
};
use lianpu_engine::vision::decode::{convert, decode};
use lianpu_engine::vision::{Failure, Limits, Picture};

fn decoded(file: &[u8]) -> Picture {
    decode(file, &Limits::default()).expect("a good picture")
}

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).expect("the format holds the picture");
    bytes.into_inner()
}

#[test]
fn every_kind_of_pixel_becomes_eight_bit_colour_over_white() {
    use ImageFormat::{Bmp, Png, WebP};
    const DEEP: u16 = 257; // so many steps of 16 bits are one of 8
    // Half of the colour and half of the white below it.
    let half = |value: u32| ((value * 128 + 255 * 127 + 127) / 255) as u8;
    let mixed = [half(100), half(0), half(255)];
    let grey = ImageBuffer::from_pixel(4, 4, Luma([100_u8]));
    let grey_deep = ImageBuffer::from_pixel(4, 4, Luma([100 * DEEP]));
    let grey_clear = ImageBuffer::from_pixel(4, 4, LumaA([100_u8, 128]));
    let grey_clear_deep = ImageBuffer::from_pixel(4, 4, LumaA([100 * DEEP, 128 * DEEP]));
    let deep = ImageBuffer::from_pixel(4, 4, Rgb([100 * DEEP, 0, 255 * DEEP]));
    let clear = ImageBuffer::from_pixel(4, 4, Rgba([100_u8, 0, 255, 128]));
    let clear_deep = ImageBuffer::from_pixel(4, 4, Rgba([100 * DEEP, 0, 255 * DEEP, 128 * DEEP]));
    let table: [(&str, Vec<u8>, [u8; 3]); 11] = [
        ("grey", encoded(grey.clone(), Png), [100; 3]),
        ("grey of 16 bits", encoded(grey_deep, Png), [100; 3]),
        ("grey with alpha", encoded(grey_clear, Png), [half(100); 3]),
        ("grey of 16 bits with alpha", encoded(grey_clear_deep, Png), [half(100); 3]),
        ("colour of 16 bits", encoded(deep, Png), [100, 0, 255]),
        ("colour with alpha", encoded(clear.clone(), Png), mixed),
        ("colour of 16 bits with alpha", encoded(clear_deep, Png), mixed),
        ("a palette of which one entry is half transparent", palette_with_alpha(), mixed),
        ("WebP with alpha", encoded(clear.clone(), WebP), mixed),
        ("BMP with alpha", encoded(clear, Bmp), mixed),
        ("a palette in a BMP", palette_bmp(&grey), [7, 100, 9]),
    ];
    for (name, file, expected) in table {
        let picture = decoded(&file);
        assert_eq!((picture.width(), picture.height()), (4, 4), "{name}");
        assert!(picture.rgb().as_chunks().0.iter().all(|pixel| *pixel == expected), "{name}: {picture:?}");
    }
}

/// 4 × 4 pixels of the second colour of two.
fn palette_with_alpha() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 4, 4);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(vec![0, 0, 0, 100, 0, 255]);
    encoder.set_trns(vec![255, 128]);
    encoder.write_header().expect("written").write_image_data(&[1; 16]).expect("written");
    bytes
}

fn palette_bmp(indices: &ImageBuffer<Luma<u8>, Vec<u8>>) -> Vec<u8> {
    let palette: Vec<[u8; 3]> = (0..=255).map(|index| [7, index, 9]).collect();
    let mut bytes = Vec::new();
    BmpEncoder::new(&mut bytes)
        .encode_with_palette(indices, 4, 4, ExtendedColorType::L8, Some(&palette))
        .expect("written");
    bytes
}

#[test]
fn pictures_are_turned_as_the_camera_was_held() {
    // Six blocks, a to f; how they must lie for each orientation (Exif 2.3, 4.6.4 A).
    let table = ["abc def", "cba fed", "fed cba", "def abc", "ad be cf", "da eb fc", "fc eb da", "cf be ad"];
    let image = RgbImage::from_fn(48, 32, |x, y| {
        let block = (y / 16 * 3 + x / 16) as u8;
        Rgb([block * 45; 3])
    });
    for (orientation, expected) in (1..).zip(table) {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let picture = decoded(&oriented(&image, format, orientation));
            let block = |x, y| char::from(b'a' + (picture.at(x * 16 + 8, y * 16 + 8)[0] + 22) / 45);
            let row = |y| (0..picture.width() as isize / 16).map(|x| block(x, y)).collect::<String>();
            let rows: Vec<String> = (0..picture.height() as isize / 16).map(row).collect();
            assert_eq!(rows.join(" "), expected, "{format:?} of orientation {orientation}");
        }
    }
}

/// A file whose EXIF data say nothing but the orientation.
fn oriented(image: &RgbImage, format: ImageFormat, orientation: u8) -> Vec<u8> {
    let exif =
        [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation, 0, 0, 0, 0, 0, 0][..]].concat();
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Jpeg => with_exif(JpegEncoder::new_with_quality(&mut bytes, 95), exif, image),
        ImageFormat::Png => with_exif(PngEncoder::new(&mut bytes), exif, image),
        _ => with_exif(WebPEncoder::new_lossless(&mut bytes), exif, image),
    }
    bytes
}

fn with_exif(mut encoder: impl ImageEncoder, exif: Vec<u8>, image: &RgbImage) {
    encoder.set_exif_metadata(exif).expect("the format holds EXIF data");
    encoder.write_image(image, image.width(), image.height(), ExtendedColorType::Rgb8).expect("written");
}

#[test]
fn pictures_that_move_are_refused_before_their_frames_are_read() {
    let still = RgbImage::from_pixel(8, 8, Rgb([90, 120, 60]));
    let png = encoded(still.clone(), ImageFormat::Png);
    let webp = encoded(still, ImageFormat::WebP);
    for (frames, taken) in [(1, true), (2, false), (0x7FFF_FFFF, false)] {
        let outcome = decode(&moving_png(&png, frames), &Limits::default());
        match taken {
            true => assert_eq!(outcome.expect("a still picture").at(3, 3), [90, 120, 60]),
            false => assert!(matches!(outcome, Err(Failure::Format(_))), "{outcome:?}"),
        }
    }
    // Laying a frame over the ones before may round a colour.
    let is_near = |picture: &Picture| {
        picture.at(3, 3).into_iter().zip([90_u8, 120, 60]).all(|(seen, due)| seen.abs_diff(due) <= 1)
    };
    assert!(is_near(&decoded(&moving_webp(&webp[12..], 1))));
    for frame in [&webp[12..], b"VP8L\x04\0\0\0damaged"] {
        let outcome = decode(&moving_webp(frame, 3), &Limits::default());
        assert!(matches!(outcome, Err(Failure::Format(_))), "{outcome:?}");
    }
    // Whoever allows so many frames gets the first.
    let three = Limits { frames: 3, ..Limits::default() };
    assert_eq!(decode(&moving_png(&png, 3), &three).expect("allowed").at(3, 3), [90, 120, 60]);
    assert!(is_near(&decode(&moving_webp(&webp[12..], 3), &three).expect("allowed")));
}

/// A PNG that says it has so many frames, beside the picture that decoders without animations show.
fn moving_png(still: &[u8], frames: u32) -> Vec<u8> {
    let body = [&b"acTL"[..], &frames.to_be_bytes(), &[0; 4]].concat();
    let sum = !body.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    });
    [&still[..33], &8_u32.to_be_bytes(), &body, &sum.to_be_bytes(), &still[33..]].concat()
}

/// A WebP of 8 × 8 pixels with a frame several times.
fn moving_webp(frame: &[u8], frames: usize) -> Vec<u8> {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let mut chunk = [&name[..], &(body.len() as u32).to_le_bytes(), body].concat();
        chunk.resize(chunk.len().next_multiple_of(2), 0);
        chunk
    };
    let canvas = chunk(b"VP8X", &[2, 0, 0, 0, 7, 0, 0, 7, 0, 0]);
    let place = [0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 100, 0, 0, 0];
    let frame = chunk(b"ANMF", &[&place[..], frame].concat());
    let body = [&b"WEBP"[..], &canvas, &chunk(b"ANIM", &[0; 6]), &frame.repeat(frames)].concat();
    chunk(b"RIFF", &body)
}

#[test]
fn what_no_service_takes_is_converted_within_the_same_limits() {
    let clear = ImageBuffer::from_fn(4, 4, |x, _| Rgba([200_u8, 30, 30, if x < 2 { 0 } else { 255 }]));
    let gif = encoded(clear, ImageFormat::Gif);
    let picture = decoded(&convert(&gif).expect("converted"));
    assert_eq!((picture.at(0, 0), picture.at(3, 0)), ([255; 3], [200, 30, 30]), "transparent is white");
    let map = [&b"P5 2 1 255\n"[..], &[7, 9]].concat();
    assert_eq!(decoded(&convert(&map).expect("converted")).rgb(), [7, 7, 7, 9, 9, 9]);

    let mut vast = gif;
    vast[6..10].copy_from_slice(&[0x60, 0xEA, 0x60, 0xEA]); // 60,000 × 60,000
    for file in [&vast[..], b"P5 60000 60000 255\n"] {
        let refused = convert(file).expect_err("too many pixels");
        assert!(matches!(refused, Failure::TooLarge(_)), "{refused}");
    }
    let refused = convert(&[b"P4 9 9\n".to_vec(), vec![0; 33 << 20]].concat()).map(drop);
    assert!(matches!(refused, Err(Failure::TooLarge(_))), "{refused:?}");
}
