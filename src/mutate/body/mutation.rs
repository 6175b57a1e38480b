//! The mutations of the body, by the names of their mutators.

use lianpu_corpus::BodyKind::{Form, Json, Multipart};

use super::ways::{
    BadPercent, Characters, Charset, ContentType, Encoding, Index, Method, NoBoundary, NoLength, Relaxed,
    Spelling, Swap, TopLevel, Trailing, WrongBoundary,
};
use crate::mutate::mutator::{Applies, Trait, mutators};

mutators! {
    /// A mutation of the body.
    pub enum BodyMutation of Body {
        "parameter-dropped" ParameterDropped { parameter: u8 } Parameter, Applies::Parameter(Trait::Valid),
            "A parameter is left out.";
        "parameter-emptied" ParameterEmptied { parameter: u8 } Parameter, Applies::Parameter(Trait::Any),
            "A parameter is the empty text, or a list of nothing.";
        "parameter-null" ParameterNull { parameter: u8 } Parameter, Applies::Parameter(Trait::Any),
            "A parameter is null.";
        "parameter-type" ParameterType { parameter: u8, swap: Swap } Parameter, Applies::Parameter(Trait::Any),
            "A parameter is a value of another type.";
        "parameter-long" ParameterLong { parameter: u8 } Parameter, Applies::Parameter(Trait::Text),
            "A parameter is longer than every limit: the length that all documents refuse, or 65536 bytes.";
        "parameter-at-limit" ParameterAtLimit { parameter: u8, over: bool } Parameter, Applies::Parameter(Trait::Limited),
            "A parameter is as long as it may be, or one byte longer.";
        "parameter-characters" ParameterCharacters { parameter: u8, characters: Characters } Parameter, Applies::Parameter(Trait::Id),
            "An id holds a character that ids should not have.";
        "parameter-range" ParameterRange { parameter: u8, greatest: bool, beyond: bool } Parameter, Applies::Parameter(Trait::Ranged),
            "A number is the least or greatest allowed, or just beyond.";
        "parameter-wrong" ParameterWrong { parameter: u8, choice: u8 } Parameter, Applies::Parameter(Trait::Wrong),
            "A parameter has one of the values that the documents' rows refuse.";
        "parameter-right" ParameterRight { parameter: u8, choice: u8 } Parameter, Applies::Parameter(Trait::Closed),
            "A parameter has one of the values that the documents list.";
        "parameter-recased" ParameterRecased { parameter: u8 } Parameter, Applies::Parameter(Trait::Valid),
            "The name of a parameter stands in capitals.";
        "parameter-unknown" ParameterUnknown { number: u8, swap: Swap } Parameter, Applies::Everywhere,
            "There is a parameter that no document knows.";
        "list-entry" ListEntry { parameter: u8, empty: bool } Parameter, Applies::Parameter(Trait::List),
            "A list has one entry more: an empty one, or the first again.";
        "url-beside-picture" UrlBesidePicture {} Parameter, Applies::Parameter(Trait::Addressed),
            "Beside the picture stands an address that leads nowhere.";

        "boundary-missing" BoundaryMissing { how: NoBoundary } Writing, Applies::Body(Multipart),
            "The content type names no boundary.";
        "boundary-quoted" BoundaryQuoted {} Writing, Applies::Body(Multipart),
            "The boundary stands in quotation marks.";
        "boundary-wrong" BoundaryWrong { how: WrongBoundary } Writing, Applies::Body(Multipart),
            "The content type names another boundary than the body has.";
        "boundary-twice" BoundaryTwice {} Writing, Applies::Body(Multipart),
            "The content type names two boundaries, of which the first is right.";
        "boundary-long" BoundaryLong { length: u8 } Writing, Applies::Body(Multipart),
            "The boundary has 71 to 326 characters, where 70 are allowed.";
        "boundary-in-content" BoundaryInContent { at_line_start: bool } Writing, Applies::Body(Multipart),
            "A picture's comment holds the boundary, within a line or at its beginning.";
        "part-header-missing" PartHeaderMissing { part: u8 } Writing, Applies::Body(Multipart),
            "A part has no Content-Disposition.";
        "part-name-missing" PartNameMissing { part: u8 } Writing, Applies::Body(Multipart),
            "The Content-Disposition of a part has no name.";
        "part-header-twice" PartHeaderTwice { part: u8, same: bool } Writing, Applies::Body(Multipart),
            "A part has two Content-Dispositions, the same or another.";
        "part-header-folded" PartHeaderFolded { part: u8 } Writing, Applies::Body(Multipart),
            "The Content-Disposition of a part is folded into two lines.";
        "part-header-long" PartHeaderLong { part: u8, kilobytes: u8 } Writing, Applies::Body(Multipart),
            "A part has a header line of 1 to 64 KiB.";
        "part-header-non-ascii" PartHeaderNonAscii { part: u8, encoding: Encoding } Writing, Applies::Body(Multipart),
            "The file name of a part is not ASCII.";
        "filename-star" FilenameStar { part: u8 } Writing, Applies::Body(Multipart),
            "A part has filename*, which form data must not have.";
        "part-encoded" PartEncoded { part: u8, base64: bool } Writing, Applies::Body(Multipart),
            "A part says that its content is Base64, and it is; or that it is binary.";
        "client-spelling" ClientSpelling { how: Spelling } Writing, Applies::Body(Multipart),
            "The body is written in one of the odd ways of the vendors' documents and clients.";
        "bare-line-feeds" BareLineFeeds {} Writing, Applies::Body(Multipart),
            "Delimiters and part headers end in a line feed alone.";
        "closing-missing" ClosingMissing {} Writing, Applies::Body(Multipart),
            "There is no delimiter after the last part.";
        "preamble" Preamble { lines: u8 } Writing, Applies::Body(Multipart),
            "1 to 256 lines stand before the first delimiter.";
        "epilogue" Epilogue { lines: u8 } Writing, Applies::Body(Multipart),
            "1 to 256 lines stand after the last delimiter.";
        "nested-multipart" NestedMultipart {} Writing, Applies::Body(Multipart),
            "A picture stands in a multipart body of its own within its part.";
        "part-twice" PartTwice { part: u8, same: bool } Writing, Applies::Body(Multipart),
            "A part comes twice, with the same content or another.";
        "many-parts" ManyParts { hundreds: u8 } Writing, Applies::Body(Multipart),
            "There are 100 to 25600 parts of a parameter that nobody knows.";
        "index-gap" IndexGap { by: u8 } Writing, Applies::Body(Multipart),
            "The indices of a list do not begin with 0.";
        "index-odd" IndexOdd { how: Index } Writing, Applies::Body(Multipart),
            "The index of a list is no number, too great, or missing.";

        "json-bom" JsonBom {} Writing, Applies::Body(Json),
            "A byte order mark stands before the JSON.";
        "json-duplicate-key" JsonDuplicateKey { parameter: u8, same: bool, first: bool } Writing, Applies::Body(Json),
            "A member comes twice, with the same value or another, before or after the right one.";
        "json-deep" JsonDeep { depth: u16 } Writing, Applies::Body(Json),
            "A member that nobody knows holds up to 5000 lists within each other.";
        "json-huge-number" JsonHugeNumber { digits: bool } Writing, Applies::Body(Json),
            "A member that nobody knows is 1e999, or has 400 digits.";
        "json-lone-surrogate" JsonLoneSurrogate { low: bool } Writing, Applies::Body(Json),
            "A member that nobody knows escapes half of a surrogate pair.";
        "json-invalid-utf8" JsonInvalidUtf8 { byte: u8 } Writing, Applies::Body(Json),
            "A member that nobody knows holds a byte that is no UTF-8.";
        "json-trailing" JsonTrailing { what: Trailing } Writing, Applies::Body(Json),
            "Something follows the JSON: blanks, letters, a comma, a zero byte, another object.";
        "json-relaxed" JsonRelaxed { how: Relaxed } Writing, Applies::Body(Json),
            "The body is what only some parsers take for JSON: with comments, bare names, NaN and the like.";
        "json-top-level" JsonTopLevel { how: TopLevel } Writing, Applies::Body(Json),
            "In place of the object or list stands another value, or it stands in another list, or in a text.";
        "json-elements" JsonElements { how: u8 } Writing, Applies::List,
            "A body that is a list has no elements, one more than it should, or eight more.";
        "json-utf16" JsonUtf16 { little: bool, mark: bool } Writing, Applies::Body(Json),
            "The JSON is in UTF-16, with or without a byte order mark.";
        "json-escaped" JsonEscaped {} Writing, Applies::Body(Json),
            "Every character of every text is escaped.";
        "json-blanks" JsonBlanks {} Writing, Applies::Body(Json),
            "Blanks and line breaks stand between all tokens.";
        "json-cut" JsonCut { percent: u8 } Writing, Applies::Body(Json),
            "The JSON is cut off, so many percent into it.";

        "form-spaces" FormSpaces { percent: bool } Writing, Applies::Body(Form),
            "A parameter that nobody knows has a blank in it, as + or as %20.";
        "form-encoded" FormEncoded { small: bool } Writing, Applies::Body(Form),
            "Every byte of the form is encoded, in capital or small digits.";
        "form-empty-pairs" FormEmptyPairs {} Writing, Applies::Body(Form),
            "There are pairs of nothing between the pairs of the form.";
        "form-no-equals" FormNoEquals {} Writing, Applies::Body(Form),
            "A name stands alone in the form.";
        "form-bad-percent" FormBadPercent { how: BadPercent } Writing, Applies::Body(Form),
            "A percent sign of the form encodes nothing.";
        "form-twice" FormTwice { parameter: u8, same: bool } Writing, Applies::Body(Form),
            "A pair comes twice, with the same value or another.";
        "form-semicolons" FormSemicolons {} Writing, Applies::Body(Form),
            "Semicolons stand between the pairs.";

        "content-type-missing" ContentTypeMissing {} Writing, Applies::Everywhere,
            "There is no content type.";
        "content-type-other" ContentTypeOther { kind: ContentType } Writing, Applies::Everywhere,
            "The content type is another body's, or none at all.";
        "content-type-charset" ContentTypeCharset { charset: Charset } Writing, Applies::Everywhere,
            "The content type names a charset, right or wrong.";
        "content-type-spelling" ContentTypeSpelling { quoted: bool } Writing, Applies::Everywhere,
            "The content type stands in quotation marks, or begins with capitals.";
        "content-type-twice" ContentTypeTwice { same: bool } Writing, Applies::Everywhere,
            "There are two content types, the same or another.";
        "empty-body" EmptyBody {} Writing, Applies::Everywhere,
            "The body has no bytes at all.";
        "random-body" RandomBody { seed: u8, length: u8 } Writing, Applies::Everywhere,
            "The body is 16 to 271 bytes without a meaning.";
        "body-as-json" BodyAsJson {} Writing, Applies::Everywhere,
            "The parameters are sent as JSON.";
        "body-as-form" BodyAsForm {} Writing, Applies::Everywhere,
            "The parameters are sent as a form.";

        "method-other" MethodOther { method: Method } Framing, Applies::Everywhere,
            "The request comes by another method than the document's.";
        "length-short" LengthShort { by: u8 } Framing, Applies::Everywhere,
            "Content-Length says fewer bytes than the body has, by 1 to 256.";
        "length-long" LengthLong { by: u8 } Framing, Applies::Everywhere,
            "Content-Length says more bytes than the body has, by 1 to 256.";
        "length-absent" LengthAbsent {} Framing, Applies::Everywhere,
            "There is no Content-Length.";
        "length-twice" LengthTwice { same: bool } Framing, Applies::Everywhere,
            "There are two Content-Lengths, the same or another.";
        "length-no-number" LengthNoNumber { how: NoLength } Framing, Applies::Everywhere,
            "Content-Length is no number of bytes.";
        "chunked" Chunked { bytes: u8 } Framing, Applies::Everywhere,
            "The body comes in chunks of 1 to 256 bytes.";
        "chunked-and-length" ChunkedAndLength { bytes: u8, right: bool } Framing, Applies::Everywhere,
            "The body comes in chunks, and there is a Content-Length too.";
    }
}
