//! Decoding: every format and colour kind taken, and everything refused as what it is.

use std::io::Cursor;
use std::time::Duration;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageBuffer, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use lianpu_engine::vision::decode::decode;
use lianpu_engine::vision::{Failure, Limits, Picture};

const ALL: Limits =
    Limits { bytes: 1 << 20, pixels: 1 << 20, frames: 1, faces: 1, glances: 1, time: Duration::from_secs(1) };

/// A picture with detail everywhere.
fn detailed(width: u32, height: u32) -> RgbImage {
    ImageBuffer::from_fn(width, height, |x, y| {
        Rgb([(x * 37 + y * 11) as u8, (x * x + 3 * y) as u8, (x ^ y) as u8])
    })
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("the format holds the picture");
    bytes.into_inner()
}

fn jpeg(image: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(image).expect("encoded");
    bytes
}

fn decoded(file: &[u8]) -> Picture {
    decode(file, &ALL).expect("a good picture")
}

#[test]
fn lossless_formats_give_every_pixel_back() {
    let image = detailed(31, 17);
    for format in [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::WebP] {
        let picture = decoded(&encoded(&image.clone().into(), format));
        assert_eq!((picture.width(), picture.height()), (31, 17), "{format:?}");
        assert_eq!(picture.rgb(), image.as_raw().as_slice(), "{format:?}");
    }
}

#[test]
fn jpeg_comes_close() {
    let flat = RgbImage::from_pixel(24, 24, Rgb([200, 120, 40]));
    for channel in decoded(&jpeg(&flat, 95)).rgb().chunks_exact(3) {
        for (found, expected) in channel.iter().zip([200_u8, 120, 40]) {
            assert!(found.abs_diff(expected) <= 3, "{channel:?}");
        }
    }
}

#[test]
fn grey_and_sixteen_bits_and_alpha_become_eight_bit_colour() {
    let grey = DynamicImage::from(image::GrayImage::from_pixel(3, 2, image::Luma([77])));
    assert_eq!(decoded(&encoded(&grey, ImageFormat::Png)).at(1, 1), [77; 3]);
    assert_eq!(decoded(&encoded(&grey, ImageFormat::Jpeg)).at(1, 1), [77; 3]);

    let deep: ImageBuffer<Rgb<u16>, _> = ImageBuffer::from_pixel(2, 2, Rgb([65_535, 32_896, 0]));
    assert_eq!(decoded(&encoded(&deep.into(), ImageFormat::Png)).at(0, 0), [255, 128, 0]);

    let mut clear = RgbaImage::from_pixel(2, 1, Rgba([0, 0, 0, 0]));
    clear.put_pixel(1, 0, Rgba([100, 0, 0, 128]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let picture = decoded(&encoded(&clear.clone().into(), format));
        assert_eq!(picture.at(0, 0), [255; 3], "transparent is white, {format:?}");
        assert_eq!(picture.at(1, 0), [177, 127, 127], "half of it, {format:?}");
    }
}

#[test]
fn a_palette_is_looked_up() {
    // 4 × 1 pixels of two bits: the four colours of the palette in turn.
    let palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7];
    let file = png(&[
        (b"IHDR", &[0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 0, 0, 0]),
        (b"PLTE", &palette),
        (b"IDAT", &stored(&[0, 0b00_01_10_11])),
        (b"IEND", &[]),
    ]);
    assert_eq!(decoded(&file).rgb(), palette);
}

#[test]
fn four_inks_become_three_lights() {
    let picture = decoded(&four_inks([228, 228, 28, 228]));
    for (found, expected) in picture.at(3, 3).into_iter().zip([203_u8, 203, 25]) {
        assert!(found.abs_diff(expected) <= 3, "{:?}", picture.at(3, 3));
    }
}

#[test]
fn exif_orientation_is_applied() {
    let plain = jpeg(&detailed(40, 24), 90);
    let turned = decoded(&with_orientation(&plain, 6)); // the camera was turned: rotate by 90° clockwise
    let upright = decoded(&plain);
    assert_eq!((turned.width(), turned.height()), (24, 40));
    assert_eq!(turned.at(23, 0), upright.at(0, 0));
    assert_eq!(turned.at(23, 39), upright.at(39, 0));
}

#[test]
fn nothing_is_empty() {
    assert_eq!(decode(b"", &ALL), Err(Failure::Empty));
}

#[test]
fn other_formats_are_refused_as_formats() {
    let gif = encoded(&detailed(8, 8).into(), ImageFormat::Gif);
    for file in
        [&gif[..], b"GIF89a", b"%PDF-1.7\n", b"\0", b"hello, not a picture at all", b"II*\0\x08\0\0\0"]
    {
        let failure = decode(file, &ALL).expect_err("no format that is taken");
        assert!(matches!(failure, Failure::Format(_)), "{failure}");
    }
}

#[test]
fn a_cut_file_is_damaged_wherever_it_is_cut() {
    let image = detailed(64, 48);
    let files = [
        jpeg(&image, 80),
        encoded(&image.clone().into(), ImageFormat::Png),
        encoded(&image.clone().into(), ImageFormat::Bmp),
        encoded(&image.into(), ImageFormat::WebP),
    ];
    for file in files {
        for percent in [15, 30, 50, 70, 90, 97] {
            let cut = &file[..file.len() * percent / 100];
            let failure = decode(cut, &ALL).expect_err("half a picture");
            assert!(matches!(failure, Failure::Damaged(_)), "{:?} at {percent} %: {failure}", &file[..4]);
        }
    }
}

#[test]
fn a_header_before_noise_is_damaged() {
    let noise: Vec<u8> = (0..4000_u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let good = jpeg(&detailed(64, 64), 80);
    let header = good.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan starts") + 14;
    let png_start = b"\x89PNG\r\n\x1a\n";
    for start in [&good[..header], &[0xFF, 0xD8, 0xFF][..], b"BM", png_start, b"RIFF\x10\0\0\0WEBP"] {
        let failure = decode(&[start, &noise].concat(), &ALL).expect_err("noise");
        assert!(matches!(failure, Failure::Damaged(_)), "{start:?}: {failure}");
    }
}

#[test]
fn limits_are_checked_before_decoding() {
    let file = jpeg(&detailed(64, 64), 80);
    let few = Limits { bytes: file.len() - 1, ..ALL };
    assert!(matches!(decode(&file, &few), Err(Failure::TooLarge(_))));
    let small = Limits { pixels: 64 * 64 - 1, ..ALL };
    assert!(matches!(decode(&file, &small), Err(Failure::TooLarge(_))));
    assert!(decode(&file, &Limits { bytes: file.len(), pixels: 64 * 64, ..ALL }).is_ok());

    // 60,000 × 60,000 pixels in a few bytes: the header alone must be enough to refuse them.
    let bomb =
        png(&[(b"IHDR", &[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 2, 0, 0, 0]), (b"IDAT", &stored(&[0]))]);
    assert!(matches!(decode(&bomb, &Limits::default()), Err(Failure::TooLarge(_))));
}

/// A JPEG with an EXIF block in front that says nothing but the orientation.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff =
        [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation, 0, 0, 0, 0, 0, 0][..]].concat();
    let exif = [b"Exif\0\0", &tiff[..]].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

/// A PNG of the given chunks.
fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in chunks {
        let body = [&name[..], data].concat();
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(&body);
        file.extend(crc32(&body).to_be_bytes());
    }
    file
}

/// A zlib stream that stores a few bytes as they are.
fn stored(data: &[u8]) -> Vec<u8> {
    let length = data.len() as u16;
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    let sum = ((b << 16) | a).to_be_bytes();
    [&[0x78, 0x01, 0x01], &length.to_le_bytes()[..], &(!length).to_le_bytes(), data, &sum].concat()
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    })
}

/// An 8 × 8 JPEG in four inks, each one value, as image programs store them (255 is no ink).
///
/// One code a table: the difference from grey in ten bits, then the end of the block.
fn four_inks(inks: [i32; 4]) -> Vec<u8> {
    let mut bits = 0_u64;
    for ink in inks {
        let level = (ink - 128) * 8;
        assert!((512..1024).contains(&level.abs()), "ten bits");
        let ten = if level > 0 { level } else { level + 1023 };
        bits = (bits << 12) | (u64::try_from(ten).expect("not negative") << 1);
    }
    let mut file = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, data: &[u8]| {
        file.extend([0xFF, marker]);
        file.extend((data.len() as u16 + 2).to_be_bytes());
        file.extend(data);
    };
    segment(0xEE, b"Adobe\0\x64\0\0\0\0\0");
    segment(0xDB, &[&[0][..], &[1; 64]].concat());
    segment(0xC0, &[8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
    let one_code = |class: u8, symbol: u8| [&[class, 1][..], &[0; 15], &[symbol]].concat();
    segment(0xC4, &one_code(0x00, 10));
    segment(0xC4, &one_code(0x10, 0));
    segment(0xDA, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    for byte in &bits.to_be_bytes()[2..] {
        file.push(*byte);
        if *byte == 0xFF {
            file.push(0);
        }
    }
    file.extend([0xFF, 0xD9]);
    file
}
