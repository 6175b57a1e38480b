//! How large a file and its picture may be.

use super::super::{Failure, Limits};

pub(super) fn check_bytes(file: &[u8], limits: &Limits) -> Result<(), Failure> {
    if file.len() > limits.bytes {
        return Err(Failure::TooLarge(format!("{} bytes, at most {} are taken", file.len(), limits.bytes)));
    }
    Ok(())
}

pub(super) fn check_pixels(width: u32, height: u32, limits: &Limits) -> Result<(), Failure> {
    if u64::from(width) * u64::from(height) > limits.pixels {
        let most = limits.pixels;
        return Err(Failure::TooLarge(format!("{width}x{height} pixels, at most {most} are taken")));
    }
    Ok(())
}
