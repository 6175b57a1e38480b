//! Each damage does what its name says.

use image::GenericImageView;
use image::metadata::Orientation;

use super::*;

fn anna() -> Vec<u8> {
    content::file("anna").unwrap().bytes
}

fn decodes(bytes: &[u8]) -> bool {
    image::load_from_memory(bytes).is_ok()
}

/// The greatest difference of two pictures in any channel, on average over the pixels.
fn apart(one: &[u8], other: &[u8]) -> f64 {
    let (one, other) = (pixels::pixels(one).unwrap(), pixels::pixels(other).unwrap());
    assert_eq!(one.dimensions(), other.dimensions());
    let difference = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b));
    one.as_raw().iter().zip(other.as_raw()).map(difference).sum::<f64>() / one.as_raw().len() as f64
}

#[test]
fn a_cut_file_ends_where_it_says() {
    let whole = anna();
    for kind in PictureKind::ALL {
        let of_kind = kind.of(&whole).unwrap();
        let scan = damage::scan(kind, &of_kind).unwrap();
        assert_eq!(damage::cut_in_magic(kind, &whole).unwrap().len(), 1);
        for segment in 0..12 {
            let cut = damage::cut_in_header(kind, &whole, segment, 99).unwrap();
            assert!(cut.len() < scan.start && of_kind.starts_with(&cut), "{kind:?} {segment}");
            assert!(!decodes(&cut), "{kind:?} {segment}");
        }
        for percent in [0, 50, 99] {
            let cut = damage::cut_in_scan(kind, &whole, percent).unwrap();
            assert!(scan.contains(&cut.len()) && of_kind.starts_with(&cut), "{kind:?} {percent}");
        }
        let cut = damage::cut_before_end(kind, &whole).unwrap();
        assert!(cut.len() >= scan.end - 1 && cut.len() < of_kind.len(), "{kind:?}");
    }
    let jpeg = damage::cut_before_end(PictureKind::Jpeg, &whole).unwrap();
    assert_eq!(jpeg, whole[..whole.len() - 2], "only the end mark is gone");
}

#[test]
fn a_spoilt_scan_has_no_marker_more() {
    let whole = anna();
    for percent in 0..100 {
        let spoilt = damage::spoil_scan(PictureKind::Jpeg, &whole, percent, 9).unwrap();
        assert_eq!(spoilt.len(), whole.len());
        assert_ne!(spoilt, whole);
        let markers = |bytes: &[u8]| bytes.windows(2).filter(|pair| pair[0] == 0xFF && pair[1] > 0).count();
        assert!(markers(&spoilt) <= markers(&whole), "{percent}");
    }
}

#[test]
fn spoilt_heads_are_refused_by_decoders() {
    let whole = anna();
    for kind in PictureKind::ALL {
        assert!(!decodes(&damage::spoil_magic(kind, &whole).unwrap()), "{kind:?}");
    }
    assert!(!decodes(&damage::spoil_tables(&whole).unwrap()));
    assert!(!decodes(&damage::spoil_checksum(&whole, true).unwrap()));
    assert!(!decodes(&damage::spoil_checksum(&whole, false).unwrap()));
    assert!(!decodes(&dress::arithmetic(&whole).unwrap()));
}

#[test]
fn headers_lie_as_they_are_told() {
    let whole = anna();
    for kind in PictureKind::ALL {
        for (lie, sides) in [
            (Lie::Zero, (0, 0)),
            (Lie::Lower, (288, 176)),
            (Lie::Higher, (288, 2816)),
            (Lie::Huge, (60_000, 60_000)),
        ] {
            let file = damage::lie(kind, &whole, lie).unwrap();
            assert_eq!(declared(kind, &file), sides, "{kind:?} {lie:?}");
        }
    }
}

/// Read apart from the code under test.
fn declared(kind: PictureKind, file: &[u8]) -> (u32, u32) {
    let big = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
    let little = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    match kind {
        PictureKind::Png => (big(16), big(20)),
        PictureKind::Bmp => (little(18), little(22)),
        PictureKind::Jpeg => {
            let frame = file.windows(4).position(|w| w == [0xFF, 0xC0, 0, 17]).unwrap();
            (big(frame + 5) & 0xFFFF, big(frame + 3) & 0xFFFF)
        }
    }
}

#[test]
fn bombs_are_small_and_declare_what_they_unpack_to() {
    for (depth, whole, most) in
        [(1, true, 130_000), (8, true, 1_000_000), (1, false, 2_000), (8, false, 6_000)]
    {
        let bomb = dress::bomb(depth, whole);
        assert_eq!(declared(PictureKind::Png, &bomb), (30_000, 30_000));
        assert!(bomb.len() < most, "{depth} {whole}: {}", bomb.len());
        assert!(png::chunks(&bomb).is_some());
    }
    assert_eq!(declared(PictureKind::Png, &dress::black_square(8000)), (8000, 8000));
    assert!(dress::black_square(8000).len() < 100_000);
    let profile = dress::profile_bomb(&anna()).unwrap();
    assert!(png::chunks(&profile).unwrap().iter().any(|chunk| chunk.kind == *b"iCCP"));
    assert!(profile.len() < 1_000_000);
}

#[test]
fn odd_kinds_show_the_same_picture() {
    let whole = anna();
    let image = pixels::pixels(&whole).unwrap();
    let grey = dress::grey(PictureKind::Png, &whole).unwrap();
    for (name, file, most) in [
        ("progressive", dress::progressive(&whole).unwrap(), 3.0),
        ("inks", pixels::inks_jpeg(&image, false), 8.0),
        ("inks as luminance", pixels::inks_jpeg(&image, true), 8.0),
        ("16 bits", pixels::deep_png(&image), 0.1),
        ("alpha", pixels::alpha_png(&image, 255), 0.1),
        ("animated", dress::animated_png(&whole, 3).unwrap(), 0.1),
        ("bmp", PictureKind::Bmp.of(&whole).unwrap().into_owned(), 0.1),
        ("webp", pixels::webp(&image), 0.1),
        ("archive", dress::with_archive(&whole).unwrap(), 0.1),
        ("page", dress::with_page(&whole).unwrap(), 0.1),
        ("thumbnail", dress::exif_thumbnail(&whole, &content::file("hugo").unwrap().bytes).unwrap(), 0.1),
        ("grown", dress::grown(&whole, 200_000).unwrap(), 0.1),
    ] {
        assert!(apart(&file, &whole) <= most, "{name}: {}", apart(&file, &whole));
    }
    assert!(apart(&pixels::palette_png(&image), &grey) < 0.1);
    assert!(apart(&dress::grey(PictureKind::Jpeg, &whole).unwrap(), &grey) < 3.0);
    assert_eq!(pixels::palette_png(&image)[25], 3, "a palette");
    assert_eq!(pixels::deep_png(&image)[24], 16, "bits");
    assert_eq!(dress::grown(&whole, 200_000).unwrap().len(), 200_000);
}

#[test]
fn progressive_and_four_inks_are_what_they_are_called() {
    let image = pixels::pixels(&anna()).unwrap();
    let has = |file: &[u8], marker: u8| jpeg::Jpeg::read(file).unwrap().frame().unwrap().marker == marker;
    assert!(has(&dress::progressive(&anna()).unwrap(), 0xC2));
    assert!(has(&dress::arithmetic(&anna()).unwrap(), 0xC9));
    let inks = pixels::inks_jpeg(&image, true);
    let frame = jpeg::Jpeg::read(&inks).unwrap().frame().unwrap().place.clone();
    assert_eq!(inks[frame.start + 9], 4, "components");
}

#[test]
fn who_obeys_the_orientation_sees_turned_pixels_upright() {
    let whole = anna();
    for orientation in 1..=8 {
        let file = dress::exif_orientation(&whole, orientation, true).unwrap();
        let mut image = image::load_from_memory(&file).unwrap();
        image.apply_orientation(Orientation::from_exif(orientation).unwrap());
        assert_eq!(image.dimensions(), (288, 352), "{orientation}");
        let upright = pixels::png(&image);
        assert!(apart(&upright, &whole) < 4.0, "{orientation}: {}", apart(&upright, &whole));
        let mut decoder = image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(&file)).unwrap();
        let told = image::ImageDecoder::orientation(&mut decoder).unwrap();
        assert_eq!(told, Orientation::from_exif(orientation).unwrap());
    }
}

#[test]
fn an_animated_gif_has_its_frames() {
    let file = pixels::gif(&pixels::pixels(&content::file("anna size=40x50").unwrap().bytes).unwrap(), 3);
    let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(&file)).unwrap();
    assert_eq!(image::AnimationDecoder::into_frames(decoder).count(), 3);
}

#[test]
fn no_bytes_make_a_damage_panic() {
    for bytes in [
        &b""[..],
        b"\xff\xd8",
        b"BM",
        b"BM\0\0\0\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0",
        b"\x89PNG\r\n\x1a\n",
        b"text",
    ] {
        let file = File { name: "a".into(), media_type: "b".into(), bytes: bytes.to_vec() };
        for mutator in PictureMutation::TABLE {
            let drawn = PictureMutation::draw(mutator.name, &mut arbitrary::Unstructured::new(&[7; 16]));
            let _ = drawn.unwrap().unwrap().change(&file, "anna size=20x20");
        }
    }
}
