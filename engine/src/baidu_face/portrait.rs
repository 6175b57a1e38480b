//! A face by its picture, and the token that names it.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::vision::Face;

/// A face by its picture and its place among the picture's faces, largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Portrait {
    pub(super) picture: Bytes,
    pub(super) rank: usize,
}

/// The token of a face that was seen in a picture: 32 hex digits of its pixels and the place among its faces; of the file
/// where the analyser does not tell pixels.
pub(super) fn token(face: &Face, portrait: &Portrait) -> String {
    let picture = face.pixels.as_ref().map_or(&portrait.picture[..], |pixels| pixels);
    let digest =
        Sha256::new_with_prefix(picture).chain_update((portrait.rank as u64).to_le_bytes()).finalize();
    hex::encode(&digest[..16])
}
