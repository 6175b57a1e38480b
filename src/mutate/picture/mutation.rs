//! The mutations of a picture, by the names of their mutators.

use super::content::{Border, FacePart, Medium};
use super::damage::Lie;
use super::pixels::PictureKind;
use crate::mutate::mutator::{Applies, mutators};

/// Kinds of files that are no JPEG, PNG or BMP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, arbitrary::Arbitrary, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Foreign {
    /// GIF, which the documents exclude by name.
    Gif,
    /// WebP, lossless.
    Webp,
    /// A PDF of one empty page.
    Pdf,
    /// A drawing in SVG.
    Svg,
    /// A plain text.
    Text,
}

mutators! {
    /// A mutation of a picture.
    pub enum PictureMutation of Picture {
        "empty-file" EmptyFile {} Picture, Applies::Picture,
            "The picture has no bytes.";
        "wrong-magic" WrongMagic { kind: PictureKind } Picture, Applies::Picture,
            "The first bytes of a JPEG, PNG or BMP are those of no known format; the rest is whole.";
        "leading-bytes" LeadingBytes { bytes: u8 } Picture, Applies::Picture,
            "1 to 256 bytes stand before the picture's first.";
        "truncated-in-magic" TruncatedInMagic { kind: PictureKind } Picture, Applies::Picture,
            "The file ends within the bytes by which its format is told.";
        "truncated-in-header" TruncatedInHeader { kind: PictureKind, segment: u8, percent: u8 } Picture, Applies::Picture,
            "The file ends within one of the segments before its pixels, so many percent into it.";
        "truncated-in-scan" TruncatedInScan { kind: PictureKind, percent: u8 } Picture, Applies::Picture,
            "The file ends within the data of its pixels, so many percent into them.";
        "truncated-before-end" TruncatedBeforeEnd { kind: PictureKind } Picture, Applies::Picture,
            "The file ends right after its pixels: the end mark is missing; of a BMP the last byte.";
        "damaged-scan" DamagedScan { kind: PictureKind, percent: u8, bytes: u8 } Picture, Applies::Picture,
            "Some bytes of the pixels' data are others.";
        "damaged-tables" DamagedTables {} Picture, Applies::Picture,
            "A Huffman table of the JPEG has more codes than there can be.";
        "wrong-checksum" WrongChecksum { of_header: bool } Picture, Applies::Picture,
            "The checksum of the PNG's header, or of its pixels, is wrong.";
        "lying-dimensions" LyingDimensions { kind: PictureKind, lie: Lie } Picture, Applies::Picture,
            "The header tells another size than the pixels have: none, half or eight times the height, or 60000 x 60000.";
        "decompression-bomb" DecompressionBomb { bits: bool, whole: bool } Picture, Applies::Picture,
            "A PNG of 30000 x 30000 black pixels: all of them in a thousandth of their size, or only the first rows.";
        "profile-bomb" ProfileBomb {} Picture, Applies::Picture,
            "A good PNG that carries a colour profile of 256 MB, compressed.";
        "foreign-format" ForeignFormat { format: Foreign } Picture, Applies::Picture,
            "The file is a GIF, a WebP, a PDF, an SVG or a text.";
        "animated-gif" AnimatedGif { frames: u8 } Picture, Applies::Picture,
            "The picture as a GIF of 2 to 9 frames.";
        "animated-png" AnimatedPng { frames: u8 } Picture, Applies::Picture,
            "The picture as a PNG of 2 to 9 frames.";
        "cmyk-jpeg" CmykJpeg { luminance: bool } Picture, Applies::Picture,
            "The picture as a JPEG in four inks, plain or as luminance and colour.";
        "progressive-jpeg" ProgressiveJpeg {} Picture, Applies::Picture,
            "The picture as a JPEG that draws itself in several passes.";
        "arithmetic-jpeg" ArithmeticJpeg {} Picture, Applies::Picture,
            "The JPEG's frame says that it is coded arithmetically.";
        "grey-picture" GreyPicture { kind: PictureKind } Picture, Applies::Picture,
            "The picture without colours.";
        "deep-png" DeepPng {} Picture, Applies::Picture,
            "The picture as a PNG of 16 bits a colour.";
        "palette-png" PalettePng {} Picture, Applies::Picture,
            "The picture as a PNG that looks its grey levels up in a palette.";
        "alpha-png" AlphaPng { opacity: u8 } Picture, Applies::Picture,
            "The picture as a PNG that is seen through everywhere alike; 255 is opaque.";
        "other-kind" OtherKind { kind: PictureKind } Picture, Applies::Picture,
            "The picture as another kind of file that the documents name.";
        "exif-orientation" ExifOrientation { orientation: u8, turned: bool } Picture, Applies::Picture,
            "EXIF data tell one of the eight orientations; the pixels are turned to fit, or not.";
        "exif-thumbnail" ExifThumbnail {} Picture, Applies::Picture,
            "EXIF data carry a thumbnail of somebody else.";
        "archive-polyglot" ArchivePolyglot {} Picture, Applies::Picture,
            "The JPEG is a ZIP archive too.";
        "page-polyglot" PagePolyglot {} Picture, Applies::Picture,
            "A web page follows the end of the PNG.";
        "swapped-extension" SwappedExtension { kind: PictureKind } Picture, Applies::Picture,
            "File name and media type are those of another format than the file's.";
        "one-pixel" OnePixel { kind: PictureKind } Picture, Applies::Picture,
            "A picture of one pixel.";
        "huge-picture" HugePicture {} Picture, Applies::Picture,
            "A black PNG of 8000 x 8000 pixels.";
        "padded" Padded { above: bool } Picture, Applies::Picture,
            "Comments make the JPEG nine tenths of the greatest size that is taken, or more than it.";
        "no-face" NoFace { seed: u8, black: bool } Picture, Applies::Picture,
            "A landscape without anybody, or nothing but black.";
        "another-person" AnotherPerson { seed: u8 } Picture, Applies::Picture,
            "Somebody else.";
        "two-faces" TwoFaces {} Picture, Applies::Picture,
            "Somebody smaller stands beside the person.";
        "crowd" Crowd { faces: u8 } Picture, Applies::Picture,
            "3 to 12 people.";
        "dark-face" DarkFace { level: u8, demanded: bool } Picture, Applies::Picture,
            "The picture is dark; a good one may be demanded.";
        "blurred-face" BlurredFace { level: u8, demanded: bool } Picture, Applies::Picture,
            "The picture is out of focus; a good one may be demanded.";
        "shaken-face" ShakenFace { level: u8 } Picture, Applies::Picture,
            "The camera shook.";
        "covered-face" CoveredFace { part: FacePart, demanded: bool } Picture, Applies::Picture,
            "A part of the face is hidden; a good picture may be demanded.";
        "small-face" SmallFace { level: u8 } Picture, Applies::Picture,
            "The head is a tenth to a third as large as usual.";
        "cut-face" CutFace { border: Border, demanded: bool } Picture, Applies::Picture,
            "A border cuts a quarter of the face off; a good picture may be demanded.";
        "turned-face" TurnedFace { level: u8, demanded: bool } Picture, Applies::Picture,
            "The head is turned aside by 45 to 60 degrees; a good picture may be demanded.";
        "tilted-face" TiltedFace { level: u8 } Picture, Applies::Picture,
            "The head is tilted by up to 180 degrees.";
        "recaptured" Recaptured { medium: Medium, demanded: bool } Picture, Applies::Picture,
            "A picture of a print or of a screen; presence may be demanded.";
        "cartoon" Cartoon {} Picture, Applies::Picture,
            "A drawing in place of a photograph.";
    }
}
