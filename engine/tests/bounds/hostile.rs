//! Pictures made to hurt: real encodings that were damaged, and large ones, through the whole analysis. None panics, and
//! none takes more than 2 seconds or 256 MB.
//!
//! Both analysers are held to it: `nets` where they are installed, which `LIANPU_REQUIRE=nets` demands.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageBuffer, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use lianpu_engine::vision::Failure;
#[cfg(feature = "fuzzing")]
use lianpu_engine::vision::fuzz_analysis;
use proptest::prelude::*;

use crate::measuring::{analysed, bounded, turn};

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("the format holds the picture");
    bytes.into_inner()
}

/// A picture with detail everywhere.
pub fn detailed(width: u32, height: u32) -> RgbImage {
    ImageBuffer::from_fn(width, height, |x, y| {
        Rgb([(x * 37 + y * 11) as u8, (x * x + 3 * y) as u8, (x ^ y) as u8])
    })
}

/// The formats taken, colour kinds included.
fn good(which: usize) -> Vec<u8> {
    let image = detailed(56, 48);
    let clear = RgbaImage::from_fn(40, 40, |x, y| Rgba([x as u8 * 6, y as u8 * 6, 90, (x * y) as u8]));
    let deep: ImageBuffer<Rgb<u16>, _> =
        ImageBuffer::from_fn(40, 40, |x, y| Rgb([x as u16 * 999, y as u16, 7]));
    match which {
        0 => encoded(&image.into(), ImageFormat::Png),
        1 => encoded(&image.into(), ImageFormat::Bmp),
        2 => encoded(&image.into(), ImageFormat::WebP),
        3 => encoded(&clear.into(), ImageFormat::Png),
        4 => encoded(&clear.into(), ImageFormat::WebP),
        5 => encoded(&deep.into(), ImageFormat::Png),
        6 => encoded(&image::GrayImage::from_pixel(30, 70, image::Luma([77])).into(), ImageFormat::Jpeg),
        _ => {
            let mut bytes = Vec::new();
            JpegEncoder::new_with_quality(&mut bytes, 75).encode_image(&image).expect("encoded");
            bytes
        }
    }
}

/// Where the format writes width and height, and in how many bytes each.
fn dimensions(file: &[u8]) -> Option<(usize, usize, usize)> {
    match file {
        [0x89, b'P', ..] => Some((16, 20, 4)),
        [b'B', b'M', ..] => Some((18, 22, 4)),
        [0xFF, 0xD8, ..] => {
            let frame = file.windows(2).position(|pair| pair == [0xFF, 0xC0])?;
            Some((frame + 7, frame + 5, 2))
        }
        _ => None,
    }
}

/// One way to damage a file.
#[derive(Debug, Clone)]
enum Damage {
    Set(prop::sample::Index, u8),
    Flip(prop::sample::Index, u8),
    Truncate(prop::sample::Index),
    Repeat(prop::sample::Index, u8),
    Dimensions(u32, u32),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<prop::sample::Index>;
    let side = || prop_oneof![0..4_u32, 30..90_u32, any::<u32>()];
    prop_oneof![
        4 => (place(), any::<u8>()).prop_map(|(place, value)| Damage::Set(place, value)),
        4 => (place(), 0..8_u8).prop_map(|(place, bit)| Damage::Flip(place, bit)),
        1 => place().prop_map(Damage::Truncate),
        1 => (place(), any::<u8>()).prop_map(|(place, times)| Damage::Repeat(place, times)),
        2 => (side(), side()).prop_map(|(width, height)| Damage::Dimensions(width, height)),
    ]
}

fn damaged(mut file: Vec<u8>, damage: &Damage) -> Vec<u8> {
    if file.is_empty() {
        return file;
    }
    match damage {
        Damage::Set(place, value) => {
            let place = place.index(file.len());
            file[place] = *value;
        }
        Damage::Flip(place, bit) => {
            let place = place.index(file.len());
            file[place] ^= 1 << bit;
        }
        Damage::Truncate(place) => file.truncate(place.index(file.len())),
        Damage::Repeat(place, times) => {
            let from = place.index(file.len());
            let part = file[from..file.len().min(from + 16)].repeat(usize::from(*times));
            file.splice(from..from, part);
        }
        Damage::Dimensions(width, height) => {
            let Some((width_at, height_at, bytes)) = dimensions(&file) else { return file };
            let little = file.starts_with(b"BM");
            for (at, side) in [(width_at, width), (height_at, height)] {
                let side = if little { side.to_le_bytes() } else { side.to_be_bytes() };
                let side = if little { &side[..bytes] } else { &side[4 - bytes..] };
                if let Some(place) = file.get_mut(at..at + bytes) {
                    place.copy_from_slice(side);
                }
            }
            if file.starts_with(b"\x89P") && file.len() > 33 {
                let sum = crc32(&file[12..29]).to_be_bytes();
                file[29..33].copy_from_slice(&sum);
            }
        }
    }
    file
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(data in proptest::collection::vec(any::<u8>(), 0..300), magic in 0_usize..5) {
        let _turn = turn();
        let magics: [&[u8]; 5] = [b"", &[0xFF, 0xD8, 0xFF, 0xE0], b"\x89PNG\r\n\x1a\n", b"BM", b"RIFF\x40\0\0\0WEBPVP8"];
        let file = [magics[magic], &data].concat();
        #[cfg(feature = "fuzzing")]
        fuzz_analysis(&file);
        bounded("bytes at random", &file);
    }

    #[test]
    fn no_damage_of_a_good_file_hurts(which in 0_usize..8, all in proptest::collection::vec(damage(), 1..6)) {
        let _turn = turn();
        let file = all.iter().fold(good(which), damaged);
        #[cfg(feature = "fuzzing")]
        fuzz_analysis(&file);
        bounded(&format!("{:?}", &file[..file.len().min(40)]), &file);
    }
}

#[test]
fn pictures_of_any_shape_are_analysed() {
    let _turn = turn();
    for (width, height) in [(1, 1), (1, 2), (2, 1), (3, 900), (20_000, 1), (1, 20_000), (39, 41), (5000, 7)] {
        let file = encoded(&detailed(width, height).into(), ImageFormat::Png);
        for outcome in analysed(&file) {
            assert!(matches!(outcome, Ok(_) | Err(Failure::NoFace)), "{width}x{height}: {outcome:?}");
        }
    }
}

#[test]
fn a_profile_that_unpacks_to_very_much_is_not_unpacked() {
    let _turn = turn();
    let file = encoded(&detailed(8, 8).into(), ImageFormat::Png);
    // 400 MB of zeros: blocks that store one zero and repeat it, behind a zlib header.
    let packed = zeros(400_000_000);
    let body = [&b"iCCP"[..], b"profile\0\0", &packed].concat();
    let chunk = [&(body.len() as u32 - 4).to_be_bytes()[..], &body, &crc32(&body).to_be_bytes()].concat();
    let file = [&file[..33], &chunk, &file[33..]].concat();
    bounded("a profile", &file);
}

/// A zlib stream of zeros without its check sum: one block of fixed codes, the literal 0, then copies of 258 bytes.
fn zeros(count: usize) -> Vec<u8> {
    let (mut bytes, mut word, mut filled) = (vec![0x78, 0x01], 0_u64, 0_u32);
    let mut put = |bits: u64, count: u32| {
        word |= bits << filled;
        filled += count;
        while filled >= 8 {
            bytes.push(word as u8);
            word >>= 8;
            filled -= 8;
        }
    };
    put(0b011, 3); // last block, fixed codes
    put(0b0000_1100, 8); // the literal 0: code 0x30, its first bit first
    for _ in 0..count / 258 {
        put(0b1010_0011, 8); // length 258: code 0xC5, its first bit first
        put(0, 5); // distance 1
    }
    put(0, 7); // the end
    put(0, 7);
    bytes
}
