//! What the mutations of the signed text, its envelope and its header leave to be drawn.

use arbitrary::{Arbitrary, Result, Unstructured};
use serde::{Deserialize, Serialize};

/// A field of the signed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlainField {
    /// The tenant.
    A,
    /// The bucket.
    B,
    /// The public half of the key.
    K,
    /// When it expires.
    E,
    /// When it was issued.
    T,
    /// A random number.
    R,
    /// The user, without a use any more.
    U,
    /// The file it is bound to.
    F,
}

/// A field that is a decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberField {
    /// The tenant.
    A,
    /// When it expires.
    E,
    /// When it was issued.
    T,
    /// A random number.
    R,
}

/// Which of the two times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeField {
    /// When it expires.
    E,
    /// When it was issued.
    T,
    /// Both.
    Both,
}

/// What stands in place of a decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotANumber {
    /// Letters.
    Letters,
    /// The number in hexadecimal digits with their mark, `0x…`.
    Hexadecimal,
    /// The number in full-width digits.
    FullWidth,
    /// `null`, as clients write what is absent.
    Null,
}

/// How a right number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// With a plus sign.
    Plus,
    /// With leading zeros.
    LeadingZeros,
    /// With a fraction of zero.
    Fraction,
    /// With a space before it.
    LeadingSpace,
    /// With a space after it.
    TrailingSpace,
}

/// What stands between fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Separator {
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// A line feed.
    LineFeed,
    /// A space.
    Space,
    /// `&amp;`, as a text copied from a page has it.
    Entity,
}

/// A form that one of the vendor's clients or documents has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShortForm {
    /// Without `u`: the text of 2019 and two SDKs.
    WithoutUser,
    /// Without `b`: the first version of the documents.
    WithoutBucket,
    /// `a`, `b`, `k`, `t`, `e` only: two SDKs.
    FiveFields,
    /// With an empty `u`: one SDK.
    EmptyUser,
}

/// The name of a field that no document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldName {
    /// `l`, which one service has.
    L,
    /// `z`
    Z,
    /// `version`
    Version,
    /// `aa`, which begins as one that is known.
    Aa,
}

/// A byte that is no visible ASCII: a control byte, or one above 127, which alone is no UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Foreign(u8);

impl TryFrom<u8> for Foreign {
    type Error = String;

    fn try_from(byte: u8) -> std::result::Result<Self, String> {
        let foreign = !(32..128).contains(&byte);
        foreign
            .then_some(Self(byte))
            .ok_or_else(|| format!("{byte} is visible ASCII: take 0 to 31 or 128 to 255"))
    }
}

impl From<Foreign> for u8 {
    fn from(foreign: Foreign) -> Self {
        foreign.0
    }
}

impl<'a> Arbitrary<'a> for Foreign {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let place = bytes.int_in_range(0..=159_u8)?;
        Ok(Self(if place < 32 { place } else { place + 96 }))
    }
}

impl Foreign {
    /// The byte.
    pub(super) const fn byte(self) -> u8 {
        self.0
    }
}

/// What is changed after signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AfterSigning {
    /// It expires an hour later.
    Expiry,
    /// The random number.
    Random,
    /// A field is added.
    Added,
    /// The last field is left out.
    Dropped,
    /// The fields stand in the opposite order.
    Order,
}

/// What is signed in place of the text that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedInstead {
    /// The text with a line feed after it.
    LineFeed,
    /// The text, percent-encoded.
    PercentEncoded,
    /// The fields sorted by name.
    Sorted,
    /// The text without its last field.
    WithoutLast,
    /// Method and path before the text.
    WithPath,
    /// The text in upper case.
    UpperCase,
    /// Nothing.
    Nothing,
}

/// What a second Authorization header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondHeader {
    /// The same.
    Same,
    /// Nothing.
    Empty,
    /// No signature, after the right one.
    GarbageAfter,
    /// No signature, before the right one.
    GarbageBefore,
}

/// A word before the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
pub enum SchemeWord {
    /// The vendor's own, which its upload clients send.
    QCloud,
    /// The same in lower case.
    #[serde(rename = "qcloud")]
    LowerCase,
    /// Another scheme's.
    Bearer,
    /// Another scheme's.
    Basic,
}

/// What stands between the lines of a Base64 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineBreak {
    /// A folded line of the header.
    Fold,
    /// A space.
    Space,
    /// The two characters `\n`, as an escape that was never read.
    Escaped,
}
