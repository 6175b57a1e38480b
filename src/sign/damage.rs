//! What is done to a finished signature, in the words of steps.

/// What is done to a finished signature: the words after "its signature suffers". A scheme lists those that it can do, and
/// may have some of its own; these are what several schemes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage(&'static str);

impl Damage {
    /// One bit of the digest is flipped.
    pub const FLIPPED_DIGEST_BIT: Self = Self::new("a flipped digest bit");
    /// The digest lacks its last byte.
    pub const SHORT_DIGEST: Self = Self::new("a short digest");
    /// The URL-safe alphabet is used; the signed text is chosen so that it shows.
    pub const URL_SAFE_ALPHABET: Self = Self::new("the URL-safe alphabet");
    /// Something is changed after signing.
    pub const CHANGED_AFTER_SIGNING: Self = Self::new("a field changed after signing");

    /// The damage of these words.
    pub const fn new(words: &'static str) -> Self {
        Self(words)
    }

    /// The words.
    pub const fn words(self) -> &'static str {
        self.0
    }
}
