//! A picture before it is a file.

/// An uncompressed picture: rows from the top, three bytes a pixel, red, green, blue (sRGB).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `3 * width * height` bytes.
    pub pixels: Vec<u8>,
}
