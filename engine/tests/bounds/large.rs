//! Large pictures of nobody, of every format and kind of pixel.

use image::{ImageBuffer, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use lianpu_engine::vision::Failure;

use crate::hostile::{detailed, encoded};
use crate::measuring::{bounded, turn};

/// As many pixels a side as are taken of a square.
const SIDE: u32 = 4096;

/// Makes a file when it is its turn.
type Making<'a> = &'a dyn Fn() -> Vec<u8>;

#[test]
fn the_largest_pictures_stay_within_time_and_memory() {
    let _turn = turn();
    let (width, height) = (SIDE, SIDE);
    let plain = |format| encoded(&RgbImage::from_pixel(width, height, Rgb([90, 120, 60])).into(), format);
    let clear = || RgbaImage::from_pixel(width, height, Rgba([90, 120, 60, 128])).into();
    let deep =
        |width| ImageBuffer::<Rgba<u16>, _>::from_pixel(width, height, Rgba([90, 120, 60, 128])).into();
    let files: [(&str, Making<'_>, bool); 8] = [
        ("JPEG", &|| plain(ImageFormat::Jpeg), true),
        ("PNG", &|| plain(ImageFormat::Png), true),
        ("BMP", &|| plain(ImageFormat::Bmp), false),
        ("WebP", &|| plain(ImageFormat::WebP), true),
        ("PNG with alpha", &|| encoded(&clear(), ImageFormat::Png), true),
        ("WebP with alpha", &|| encoded(&clear(), ImageFormat::WebP), true),
        ("half as many pixels of 16 bits and alpha", &|| encoded(&deep(width / 2), ImageFormat::Png), true),
        ("pixels of 16 bits and alpha", &|| encoded(&deep(width), ImageFormat::Png), false),
    ];
    for (name, file, taken) in files {
        let file = file();
        for outcome in bounded(name, &file) {
            match outcome {
                Err(Failure::NoFace) => assert!(taken, "{name}"),
                Err(Failure::TooLarge(_)) => assert!(!taken, "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}

#[test]
fn large_pictures_full_of_detail_stay_within_time_and_memory() {
    let _turn = turn();
    for (width, height) in [(1920, 1080), (4000, 3000), (SIDE, SIDE)] {
        let file = encoded(&detailed(width, height).into(), ImageFormat::Jpeg);
        bounded(&format!("detail, {width}x{height}"), &file);
    }
}

#[test]
fn a_picture_that_is_refined_often_is_refused_or_stays_within_the_time() {
    let _turn = turn();
    for (count, taken) in [(32, true), (34, false), (95, false)] {
        for outcome in bounded(&format!("{count} scans"), &scans(count)) {
            match outcome {
                Err(Failure::NoFace) => assert!(taken, "{count} scans"),
                Err(Failure::Damaged(why)) => {
                    assert!(!taken && why.contains("scans"), "{count} scans: {why}");
                }
                other => panic!("{count} scans: {other:?}"),
            }
        }
    }
}

/// A progressive JPEG of nearly as many grey pixels as are taken, which so many scans refine: each says nothing in a few
/// bytes, and makes a decoder walk over all that there is.
fn scans(count: usize) -> Vec<u8> {
    const HEIGHT: u16 = 3832;
    const BLOCKS: u32 = SIDE / 8 * (HEIGHT as u32 / 8);
    let mut file = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, data: &[u8]| {
        file.extend([0xFF, marker]);
        file.extend((data.len() as u16 + 2).to_be_bytes());
        file.extend(data);
    };
    segment(0xDB, &[&[0][..], &[1; 64]].concat());
    segment(0xC2, &[8, (HEIGHT >> 8) as u8, HEIGHT as u8, (SIDE >> 8) as u8, SIDE as u8, 1, 1, 0x11, 0]);
    segment(0xC4, &[&[0, 1][..], &[0; 15], &[0]].concat()); // one code for no difference
    segment(0xC4, &[&[0x10, 1, 1][..], &[0; 14], &[0xE0, 0xD0]].concat()); // runs of 2^14 and of 2^13 blocks and more
    let mut scan = |parameters: [u8; 3], data: &[u8]| {
        file.extend([0xFF, 0xDA, 0, 8, 1, 1, 0]);
        file.extend(parameters);
        file.extend(data);
    };
    scan([0, 0, 0], &vec![0; BLOCKS as usize / 8]);
    let mut bits = Bits::default();
    for _ in 0..BLOCKS / 0x7FFF {
        bits.put(0x3FFF, 15);
    }
    let left = BLOCKS % 0x7FFF;
    bits.put(0b10, 2);
    bits.put(left - 0x2000, 13);
    let refined = bits.ended();
    for _ in 1..count {
        scan([1, 63, 0x10], &refined);
    }
    file.extend([0xFF, 0xD9]);
    file
}

/// Bits as JPEG keeps them: the first one highest, a zero after each byte of ones.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    word: u32,
    filled: u32,
}

impl Bits {
    fn put(&mut self, bits: u32, count: u32) {
        for place in (0..count).rev() {
            self.word = (self.word << 1) | (bits >> place & 1);
            self.filled += 1;
            if self.filled == 8 {
                self.bytes.push(self.word as u8);
                if self.word as u8 == 0xFF {
                    self.bytes.push(0);
                }
                (self.word, self.filled) = (0, 0);
            }
        }
    }

    fn ended(mut self) -> Vec<u8> {
        while self.filled > 0 {
            self.put(1, 1);
        }
        self.bytes
    }
}
