//! The ways in which mutations of a body do what they do: the parameters of a plan that are words.

use arbitrary::Arbitrary;
use serde::{Deserialize, Serialize};

/// A percent sign that encodes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadPercent {
    /// `%` alone at the end.
    Alone,
    /// `%G1`.
    NoDigits,
    /// `%4` at the end.
    OneDigit,
    /// `%u0041`.
    Unicode,
    /// `%C8%CB`, which is no UTF-8.
    NotUtf8,
    /// `%00`.
    Nul,
}

/// A length that is no number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoLength {
    /// Letters.
    Word,
    /// Below zero.
    Negative,
    /// With a plus sign.
    Plus,
    /// In hexadecimal digits, with 0x.
    Hexadecimal,
    /// Nothing.
    Empty,
    /// More than 64 bits hold.
    Huge,
    /// With a fraction.
    Fraction,
    /// The right one twice, with a comma.
    List,
}

/// A method that no document gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// As a browser asks for a page.
    Get,
    /// As a file is stored.
    Put,
    /// As a file is removed.
    Delete,
    /// One that nobody registered.
    Face,
}

/// What follows a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trailing {
    /// Line breaks and blanks.
    Blank,
    /// Letters.
    Text,
    /// Another text.
    Object,
    /// A comma.
    Comma,
    /// A zero byte.
    Nul,
}

/// What some parsers take besides JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relaxed {
    /// A comment.
    Comment,
    /// A comma after the last member.
    TrailingComma,
    /// A text in single quotation marks.
    SingleQuotes,
    /// A name without quotation marks.
    BareName,
    /// NaN.
    NotANumber,
    /// A number that begins with 0.
    LeadingZero,
    /// A control character within a text.
    ControlCharacter,
    /// An escape that JSON does not have.
    OddEscape,
}

/// What stands in place of the body's object or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopLevel {
    /// A list of nothing.
    EmptyList,
    /// A list that holds it.
    Listed,
    /// The same as a text: encoded twice.
    Text,
    /// A number.
    Number,
    /// null.
    Null,
    /// true.
    True,
}

/// How a header comes to have no boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoBoundary {
    /// There is no such parameter.
    Absent,
    /// It is empty.
    Empty,
    /// It has no value.
    Bare,
}

/// A boundary that is not the body's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WrongBoundary {
    /// Another one altogether.
    Other,
    /// One character more.
    Longer,
    /// In capitals.
    Capitals,
}

/// A way to write a multipart body that the vendors' documents or clients show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// A `;` after the last parameter of a part's disposition.
    Semicolon,
    /// No part has a file name.
    NoFileName,
    /// Every part has a file name.
    EveryPartAFile,
    /// No part has a content type.
    NoPartType,
    /// The names of part headers in small letters.
    SmallLetters,
    /// The boundary begins with dashes.
    Dashes,
    /// The whole content type stands in quotation marks.
    QuotedType,
    /// The content type begins with a capital.
    CapitalType,
    /// The last delimiter lacks its `--`.
    Undashed,
}

/// How a name is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Index {
    /// `name[]`.
    Empty,
    /// `name[-1]`.
    Negative,
    /// `name[x]`.
    Letter,
    /// `name[4294967296]`.
    Huge,
    /// `name[00]`.
    Zeros,
    /// `name`.
    None,
    /// `name[0][0]`.
    Twice,
}

/// An encoding of text that is not ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// ISO 8859-1.
    Latin1,
}

/// A value of another type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Swap {
    /// A whole number.
    Number,
    /// 0.5.
    Fraction,
    /// `x`.
    Text,
    /// true.
    Boolean,
    /// A list of nothing.
    List,
    /// An object without members.
    Object,
    /// A list of such an object.
    ListOfObjects,
}

/// Characters that an id should not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Characters {
    /// `-`.
    Hyphen,
    /// A blank.
    Space,
    /// 组.
    Chinese,
    /// `/`.
    Slash,
    /// A tabulator.
    Tab,
    /// A line break.
    LineBreak,
    /// U+0000.
    Nul,
    /// A character beyond the basic plane.
    Emoji,
    /// A quotation mark.
    Quote,
    /// A mark that turns the direction of writing.
    Direction,
}

/// A content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContentType {
    /// `application/json`.
    Json,
    /// `multipart/form-data` with a boundary.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/plain`.
    Text,
    /// `application/octet-stream`.
    Bytes,
    /// `image/jpeg`.
    Picture,
    /// What is no content type.
    Nonsense,
}

/// A charset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Charset {
    /// What the body is written in.
    Utf8,
    /// GBK.
    Gbk,
    /// UTF-16.
    Utf16,
    /// ISO 8859-1.
    Latin1,
    /// What is no charset.
    Nonsense,
}
