//! Face tokens: the same for the same face of the same picture, good for an hour unless the face is registered.
//!
//! The same picture has the same pixels: encoded again without loss, or read from another format, it has the same tokens.
//! A face is told from the picture's other ones by its place among them, largest first, which hangs on pixels alone too.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;

use super::portrait::Portrait;

/// More faces than these are never remembered, however small their pictures.
const MOST: NonZeroUsize = NonZeroUsize::new(1 << 20).expect("not zero");

/// Remembers the faces of tokens that were given out, each application's apart.
#[derive(Debug)]
pub(super) struct FaceTokens {
    kept: Mutex<Kept>,
    most_bytes: u64,
}

#[derive(Debug)]
struct Kept {
    faces: LruCache<(usize, String), (Portrait, u64)>,
    bytes: u64,
}

impl FaceTokens {
    /// Keeps pictures of so many bytes altogether; the ones used longest ago go first.
    pub(super) fn new(most_bytes: u64) -> Self {
        Self { kept: Mutex::new(Kept { faces: LruCache::new(MOST), bytes: 0 }), most_bytes }
    }

    /// Remembers a face until a time in seconds since 1970, under this token; returns it.
    pub(super) fn remember(&self, account: usize, token: String, portrait: &Portrait, until: u64) -> String {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += portrait.picture.len() as u64;
        if let Some((_, (old, _))) = kept.faces.push((account, token.clone()), (portrait.clone(), until)) {
            kept.bytes -= old.picture.len() as u64;
        }
        while kept.bytes > self.most_bytes {
            let Some((_, (old, _))) = kept.faces.pop_lru() else { break };
            kept.bytes -= old.picture.len() as u64;
        }
        token
    }

    /// The face of a token whose time has not passed.
    pub(super) fn face(&self, account: usize, token: &str, now: u64) -> Option<Portrait> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (portrait, until) = kept.faces.get(&(account, token.to_owned()))?;
        (now < *until).then(|| portrait.clone())
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::super::portrait::token;
    use super::*;
    use crate::vision::Face;

    fn portrait(bytes: &'static [u8]) -> Portrait {
        Portrait { picture: Bytes::from_static(bytes), rank: 0 }
    }

    /// The token of a face whose pixels nobody tells.
    fn of_file(portrait: &Portrait) -> String {
        token(&Face::default(), portrait)
    }

    #[test]
    fn a_token_is_the_faces_and_lives_its_time() {
        let tokens = FaceTokens::new(1000);
        let anna = portrait(b"anna");
        let token = tokens.remember(0, of_file(&anna), &anna, 100);
        assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
        assert_eq!(tokens.remember(0, of_file(&anna), &anna, 200), token);
        assert_ne!(of_file(&Portrait { rank: 1, ..anna }), token);
        assert_eq!(tokens.face(0, &token, 199), Some(portrait(b"anna")));
        assert_eq!(tokens.face(0, &token, 200), None, "its time has passed");
        assert_eq!(tokens.face(1, &token, 1), None, "another application's");
    }

    #[test]
    fn the_same_pixels_make_the_same_token_whatever_the_file() {
        let face = Face { pixels: Some([7; 32]), ..Face::default() };
        let of = |face: &Face, bytes| token(face, &portrait(bytes));
        assert_eq!(of(&face, b"anna"), of(&face, b"anna as PNG"));
        assert_ne!(of(&face, b"anna"), of(&Face { pixels: Some([8; 32]), ..Face::default() }, b"anna"));
        assert_ne!(of(&face, b"anna"), token(&face, &Portrait { rank: 1, ..portrait(b"anna") }));
        assert_ne!(
            of_file(&portrait(b"anna")),
            of_file(&portrait(b"bea")),
            "of the file where pixels are not told"
        );
    }

    #[test]
    fn the_picture_used_longest_ago_goes_first() {
        let tokens = FaceTokens::new(8);
        let remember = |name: &'static [u8]| {
            let portrait = portrait(name);
            tokens.remember(0, of_file(&portrait), &portrait, 9)
        };
        let [anna, bea] = [remember(b"anna"), remember(b"beat")];
        assert!(tokens.face(0, &anna, 1).is_some());
        remember(b"cora");
        assert!(tokens.face(0, &anna, 1).is_some() && tokens.face(0, &bea, 1).is_none());
    }
}
