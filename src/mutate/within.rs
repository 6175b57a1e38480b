//! Parameters of mutations that are numbers within bounds, and texts of visible characters.

use arbitrary::{Arbitrary, Result, Unstructured};
use serde::{Deserialize, Serialize};

/// A number from `LEAST` to `MOST`. Read from a plan it is held against the bounds, so that an edited plan cannot ask for
/// what the oracle has no rule for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Within<const LEAST: u32, const MOST: u32>(u32);

impl<const LEAST: u32, const MOST: u32> Within<LEAST, MOST> {
    /// The number as a time or an offset.
    pub fn seconds(self) -> i64 {
        i64::from(self.0)
    }

    /// The number as a size or a place.
    pub const fn size(self) -> usize {
        self.0 as usize
    }
}

impl<const LEAST: u32, const MOST: u32> TryFrom<u32> for Within<LEAST, MOST> {
    type Error = String;

    fn try_from(number: u32) -> std::result::Result<Self, String> {
        let within = (LEAST..=MOST).contains(&number);
        within.then_some(Self(number)).ok_or_else(|| format!("{number} is not within {LEAST} to {MOST}"))
    }
}

impl<const LEAST: u32, const MOST: u32> From<Within<LEAST, MOST>> for u32 {
    fn from(within: Within<LEAST, MOST>) -> Self {
        within.0
    }
}

impl<'a, const LEAST: u32, const MOST: u32> Arbitrary<'a> for Within<LEAST, MOST> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.int_in_range(LEAST..=MOST).map(Self)
    }
}

/// One to 40 visible ASCII characters without a space: what no header line minds and no scheme means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Visible(String);

impl Visible {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Visible {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic()) && (1..=40).contains(&text.len());
        if visible { Ok(Self(text)) } else { Err(format!("«{text}» is not one to 40 visible characters")) }
    }
}

impl From<Visible> for String {
    fn from(visible: Visible) -> Self {
        visible.0
    }
}

impl<'a> Arbitrary<'a> for Visible {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let length = bytes.int_in_range(1..=40)?;
        let character = |_| bytes.int_in_range(b'!'..=b'~').map(char::from);
        (0..length).map(character).collect::<Result<_>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_bounds_is_refused_by_its_bounds() {
        let read = |text: &str| serde_json::from_str::<Within<3, 5>>(text);
        assert_eq!(u32::from(read("4").unwrap()), 4);
        assert!(read("6").unwrap_err().to_string().contains("6 is not within 3 to 5"));
    }

    #[test]
    fn a_text_is_visible_or_refused() {
        assert!(serde_json::from_str::<Visible>("\"ab\"").is_ok());
        for text in ["\"\"", "\"a b\"", "\"脸\""] {
            assert!(serde_json::from_str::<Visible>(text).is_err(), "{text}");
        }
    }
}
