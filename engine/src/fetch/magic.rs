//! Whether bytes are those of a picture, by their beginning; a server's word for the type counts for nothing.

/// JPEG, PNG, BMP, WebP and GIF. The last is a picture too, though none that is taken: that is said later.
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 5] = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"GIF87a", b"GIF89a"];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::is_picture;

    proptest! {
        #[test]
        fn what_follows_the_beginning_changes_nothing(
            beginning in prop_oneof![
                Just(b"\xff\xd8\xff".to_vec()),
                Just(b"RIFF\x10\0\0\0WEBP".to_vec()),
                proptest::collection::vec(any::<u8>(), 12),
            ],
            rest: Vec<u8>,
        ) {
            prop_assert_eq!(is_picture(&beginning), is_picture(&[beginning.clone(), rest].concat()));
        }
    }

    #[test]
    fn only_the_beginning_counts() {
        assert!(is_picture(b"\xff\xd8\xff\xe0...."));
        assert!(is_picture(b"RIFF\0\0\0\0WEBPVP8 "));
        assert!(is_picture(b"GIF89a"));
        assert!(!is_picture(b"RIFF\0\0\0\0WAVE"));
        assert!(!is_picture(b"<html>"));
        assert!(!is_picture(b""));
    }
}
