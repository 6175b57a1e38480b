//! The mutations of the signature that carries its text: the list. Who carries them out stands beside it.

use super::parameters::{
    AfterSigning, FieldName, Foreign, LineBreak, NotANumber, NumberField, PlainField, SchemeWord,
    SecondHeader, Separator, ShortForm, SignedInstead, Spelling, TimeField,
};
use crate::mutate::mutator::{Applies, mutators};
use crate::mutate::within::{Visible, Within};
use crate::sign::plaintext::NAME;

/// Requests signed by a text that the signature carries.
const PLAINTEXT: Applies = Applies::Scheme(NAME);
/// The same, for operations that change nothing.
const PLAINTEXT_ASKING: Applies = Applies::SchemeAsking(NAME);

mutators! {
    /// A mutation of the signature that carries its text.
    pub enum PlaintextMutation of Signature {
        // ---------------------------------------------------------------- fields of the signed text
        "field-dropped" FieldDropped {
            /// the field that is left out
            field: PlainField,
        } Signature, PLAINTEXT, "One field of the text is left out before it is signed.";
        "field-emptied" FieldEmptied {
            /// the field without a value
            field: PlainField,
        } Signature, PLAINTEXT, "One field of the text is signed without a value.";
        "field-doubled" FieldDoubled {
            /// the field that stands there twice
            field: PlainField,
        } Signature, PLAINTEXT, "One field stands in the signed text twice, with the same value.";
        "field-contradicted" FieldContradicted {
            /// the field that stands there twice
            field: PlainField,
            /// whether the wrong value stands before the right one
            wrong_first: bool,
        } Signature, PLAINTEXT, "One field stands in the signed text twice, once with a wrong value.";
        "fields-shuffled" FieldsShuffled {
            /// what the order is drawn from
            seed: u16,
        } Signature, PLAINTEXT, "The fields are signed in another order.";
        "field-name-upper" FieldNameUpper {
            /// the field whose name is written in upper case
            field: PlainField,
        } Signature, PLAINTEXT, "The name of one field is signed in upper case.";
        "field-added" FieldAdded {
            /// the name of the field that no document has
            name: FieldName,
        } Signature, PLAINTEXT, "A field that no document has is signed besides.";
        "field-overlong" FieldOverlong {
            /// the field
            field: PlainField,
            /// how many characters its value has
            length: Within<65, 1024>,
        } Signature, PLAINTEXT, "The value of one field is far longer than any that a client sends.";
        "field-not-numeric" FieldNotNumeric {
            /// the field that should be a number
            field: NumberField,
            /// what stands there
            text: NotANumber,
        } Signature, PLAINTEXT, "A field that is a decimal number has something else.";
        "field-negative" FieldNegative {
            /// the field that should be a number
            field: NumberField,
        } Signature, PLAINTEXT, "A field that is a decimal number is negative.";
        "number-respelled" NumberRespelled {
            /// the field
            field: NumberField,
            /// how the same number is written
            spelling: Spelling,
        } Signature, PLAINTEXT, "A number of the text is the right one in another spelling.";
        "time-in-milliseconds" TimeInMilliseconds {
            /// which of the times
            field: TimeField,
        } Signature, PLAINTEXT, "Times of the text are milliseconds instead of seconds.";
        "separator-changed" SeparatorChanged {
            /// what stands between the fields
            to: Separator,
        } Signature, PLAINTEXT, "The fields are joined by something else than an ampersand.";
        "text-percent-encoded" TextPercentEncoded {} Signature, PLAINTEXT,
            "The whole text is percent-encoded before it is signed.";
        "foreign-byte" ForeignByte {
            /// the byte, from 0 to 31 or from 128 to 255
            byte: Foreign,
        } Signature, PLAINTEXT, "A field that no document has is signed with a control or non-ASCII byte as its value.";
        "short-form" ShortFormSent {
            /// which of the vendor's shorter forms
            form: ShortForm,
        } Signature, PLAINTEXT, "The text has fewer fields, as another of the vendor's clients sends it.";
        // ---------------------------------------------------------------- times
        "expired" Expired {
            /// seconds since it expired
            by: Within<900, 864_000>,
        } Signature, PLAINTEXT, "The signature was valid for ten minutes and has expired.";
        "expires-before-issued" ExpiresBeforeIssued {
            /// seconds from its expiry to its issue; 0: both at once
            by: Within<0, 3600>,
        } Signature, PLAINTEXT, "The signature expires, in the future, no later than it was issued.";
        "issued-in-future" IssuedInFuture {
            /// seconds until it is issued
            by: Within<60, 86_400>,
        } Signature, PLAINTEXT, "The signature is not yet valid: it was issued in the future.";
        "issued-long-ago" IssuedLongAgo {
            /// days since it was issued
            days: Within<1, 80>,
        } Signature, PLAINTEXT, "The signature was issued days ago and is still valid.";
        "life-too-long" LifeTooLong {
            /// days it is valid for
            days: Within<100, 3650>,
        } Signature, PLAINTEXT, "The signature is valid for longer than the three months that are allowed.";
        "life-allowed" LifeAllowed {
            /// seconds it is valid for
            seconds: Within<30, 7_603_200>,
        } Signature, PLAINTEXT, "The signature is valid for another time than usual, and less than three months.";
        // ---------------------------------------------------------------- tenant, key, bucket, file
        "appid-unknown" AppidUnknown {} Signature, PLAINTEXT,
            "The signature names a tenant that does not exist.";
        "appid-of-other" AppidOfOther {} Signature, PLAINTEXT,
            "The signature names another tenant, and the own key signs.";
        "signed-by-other" SignedByOther {} Signature, PLAINTEXT,
            "Another tenant signs for itself, while the body names the first.";
        "key-of-other" KeyOfOther {} Signature, PLAINTEXT,
            "The signature names the own tenant and another tenant's key, which signs.";
        "key-unknown" KeyUnknown {} Signature, PLAINTEXT,
            "The signature names a key that does not exist.";
        "key-recased" KeyRecased {} Signature, PLAINTEXT,
            "The letters of the key's name are of the other case.";
        "key-disabled" KeyDisabled {} Signature, PLAINTEXT,
            "A disabled key signs.";
        "secret-wrong" SecretWrong {} Signature, PLAINTEXT,
            "The signature is made with another secret than the key's.";
        "bucket-unknown" BucketUnknown {} Signature, PLAINTEXT,
            "The signature is for a bucket that does not exist.";
        "bucket-of-other" BucketOfOther {} Signature, PLAINTEXT,
            "The signature is for the bucket of another tenant.";
        "bucket-recased" BucketRecased {} Signature, PLAINTEXT,
            "The letters of the bucket are of the other case.";
        "file-bound" FileBound {} Signature, PLAINTEXT,
            "The signature is for many uses and bound to a file, where no file is meant.";
        // ---------------------------------------------------------------- one use, many uses, replays
        "one-time" OneTime {} Signature, PLAINTEXT,
            "The signature is for one use, bound to a file, where signatures for many uses are asked for.";
        "one-time-unbound" OneTimeUnbound {} Signature, PLAINTEXT,
            "The signature is for one use and not bound to a file.";
        "one-time-replayed" OneTimeReplayed {} Signature, PLAINTEXT_ASKING,
            "A signature for one use is used twice.";
        "replayed" Replayed {
            /// how often it has been used before
            times: Within<1, 3>,
        } Signature, PLAINTEXT_ASKING, "A signature for many uses is used again.";
        // ---------------------------------------------------------------- digest and envelope
        "digest-flipped" DigestFlipped {
            /// which bit of the digest is another
            bit: Within<0, 159>,
        } Signature, PLAINTEXT, "One bit of the digest is another.";
        "digest-truncated" DigestTruncated {
            /// bytes that the digest lacks at its end
            bytes: Within<1, 12>,
        } Signature, PLAINTEXT, "The digest lacks its last bytes.";
        "digest-extended" DigestExtended {
            /// bytes that follow the digest
            bytes: Within<1, 32>,
        } Signature, PLAINTEXT, "Bytes stand between digest and text.";
        "digest-in-hex" DigestInHex {} Signature, PLAINTEXT,
            "The digest stands before the text as hexadecimal digits.";
        "digest-of-sha256" DigestOfSha256 {} Signature, PLAINTEXT,
            "The digest is an HMAC-SHA256.";
        "digest-without-key" DigestWithoutKey {} Signature, PLAINTEXT,
            "The digest is a plain SHA-1 of the text.";
        "digest-after-text" DigestAfterText {} Signature, PLAINTEXT,
            "The digest stands behind the text.";
        "changed-after-signing" ChangedAfterSigning {
            /// what is changed
            what: AfterSigning,
        } Signature, PLAINTEXT, "The text is changed after it was signed.";
        "signed-otherwise" SignedOtherwise {
            /// what is signed in place of the text
            text: SignedInstead,
        } Signature, PLAINTEXT, "The digest is that of another text than the one that is sent.";
        "envelope-cut" EnvelopeCut {
            /// thousandths of the Base64 text that are sent
            permille: Within<1, 950>,
        } Signature, PLAINTEXT, "The Base64 text ends early.";
        "envelope-url-safe" EnvelopeUrlSafe {} Signature, PLAINTEXT,
            "The envelope is written in the URL-safe alphabet of Base64.";
        "envelope-unpadded" EnvelopeUnpadded {} Signature, PLAINTEXT,
            "The envelope is Base64 without its padding.";
        "envelope-twice" EnvelopeTwice {} Signature, PLAINTEXT,
            "The envelope is encoded in Base64 twice.";
        "envelope-broken" EnvelopeBroken {
            /// what stands after every 76 characters
            by: LineBreak,
        } Signature, PLAINTEXT, "The Base64 text is broken into lines of 76 characters.";
        // ---------------------------------------------------------------- the header
        "authorization-absent" AuthorizationAbsent {} Signature, PLAINTEXT,
            "There is no Authorization header.";
        "authorization-empty" AuthorizationEmpty {
            /// spaces that the value has
            spaces: Within<0, 8>,
        } Signature, PLAINTEXT, "The Authorization header is empty.";
        "authorization-garbage" AuthorizationGarbage {
            /// what the header says
            text: Visible,
        } Signature, PLAINTEXT, "The Authorization header says something that is no signature.";
        "authorization-twice" AuthorizationTwice {
            /// what the other header says
            other: SecondHeader,
        } Signature, PLAINTEXT, "There are two Authorization headers.";
        "authorization-scheme-word" AuthorizationSchemeWord {
            /// the word before the signature
            word: SchemeWord,
        } Signature, PLAINTEXT, "A scheme's word stands before the signature.";
        "authorization-in-query" AuthorizationInQuery {} Signature, PLAINTEXT,
            "The signature stands in the query, as for downloads, and not in the header.";
        "authorization-lower-case" AuthorizationLowerCase {} Signature, PLAINTEXT,
            "The header's name is written in lower case.";
        "authorization-padded" AuthorizationPadded {
            /// spaces before and after the value
            spaces: Within<1, 8>,
        } Signature, PLAINTEXT, "White space stands around the signature.";
        "authorization-followed" AuthorizationFollowed {
            /// what follows after a space
            text: Visible,
        } Signature, PLAINTEXT, "Something follows the signature in the header.";
        "authorization-overlong" AuthorizationOverlong {
            /// kibibytes of the header
            kibibytes: Within<1, 64>,
        } Signature, PLAINTEXT, "The header is far longer than a signature.";
    }
}
