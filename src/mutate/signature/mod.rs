//! Mutations of the signature: the list, and who carries them out.
//!
//! One file a mechanism: `plaintext` with its `fields`, `tenant`, `envelope` and `header`; `token`; `bce`; `bearer`. Each
//! signs the request in the making as its mutation wants it, and says what that breaks.

mod bce;
mod bearer;
mod envelope;
mod fields;
mod header;
mod plaintext;
mod tenant;
mod token;

use super::making::Making;
use super::mutator::{Applies, mutators};
use super::within::{Visible, Within};
use crate::sign::{self, Lacking, Signature};

pub use bce::{BceDate, BceHeaders, BceLife, BcePart, BceSubject};
pub use envelope::{AfterSigning, SignedInstead};
pub use fields::{NotANumber, NumberField, PlainField, Separator, ShortForm, Spelling, TimeField};
pub use header::{LineBreak, SchemeWord, SecondHeader};

/// Requests signed by a text that the signature carries.
const PLAINTEXT: Applies = Applies::Scheme(sign::PLAINTEXT_SCHEME);
/// The same, for operations that change nothing.
const PLAINTEXT_ASKING: Applies = Applies::SchemeAsking(sign::PLAINTEXT_SCHEME);
/// Requests with an access token, which may be signed by bce-auth-v1 or a bearer key as well.
const TOKEN: Applies = Applies::Scheme(sign::TOKEN_SCHEME);
/// The same, for operations that change nothing.
const TOKEN_ASKING: Applies = Applies::SchemeAsking(sign::TOKEN_SCHEME);

mutators! {
    /// A mutation of the signature.
    pub enum SignatureMutation of Signature {
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
        // ---------------------------------------------------------------- access tokens
        "token-absent" TokenAbsent {} Signature, TOKEN,
            "There is no access token.";
        "token-empty" TokenEmpty {} Signature, TOKEN,
            "The access token is empty.";
        "token-in-header" TokenInHeader {
            /// whether the word Bearer stands before it
            bearer: bool,
        } Signature, TOKEN, "The access token stands in the Authorization header and not in the query.";
        "token-doubled" TokenDoubled {} Signature, TOKEN,
            "The access token stands in the query twice.";
        "token-contradicted" TokenContradicted {
            /// whether the wrong one stands before the right one
            wrong_first: bool,
        } Signature, TOKEN, "The query has the access token and a wrong one.";
        "token-forged" TokenForged {} Signature, TOKEN,
            "The access token has the form of one and was never given out.";
        "token-changed" TokenChanged {
            /// which of its digits and letters is another, counted from the first and around
            place: u8,
        } Signature, TOKEN, "One character of the access token is another.";
        "token-cut" TokenCut {
            /// thousandths of it that are sent
            permille: Within<1, 990>,
        } Signature, TOKEN, "The access token ends early.";
        "token-extended" TokenExtended {
            /// what follows it
            digits: Within<0, 99_999>,
        } Signature, TOKEN, "Digits follow the access token.";
        "token-malformed" TokenMalformed {
            /// what stands in its place, among characters that no token has
            text: Visible,
        } Signature, TOKEN, "The access token has not the form of one.";
        "token-recased" TokenRecased {} Signature, TOKEN,
            "The letters of the access token are of the other case.";
        "token-expired" TokenExpired {} Signature, TOKEN,
            "The time of the access token is over.";
        "token-of-other-account" TokenOfOtherAccount {} Signature, TOKEN_ASKING,
            "The access token is another tenant's.";
        "token-name-recased" TokenNameRecased {} Signature, TOKEN,
            "The name of the query parameter is written in upper case.";
        "token-with-second-query" TokenWithSecondQuery {} Signature, TOKEN,
            "A second query with its own question mark follows the access token, as one of the vendor's clients sends it.";
        "token-percent-encoded" TokenPercentEncoded {} Signature, TOKEN,
            "Every character of the access token is percent-encoded.";
        "token-padded" TokenPadded {} Signature, TOKEN,
            "White space stands around the access token.";
        "token-overlong" TokenOverlong {
            /// kibibytes of it
            kibibytes: Within<1, 64>,
        } Signature, TOKEN, "The access token is far longer than any.";
        "token-and-header" TokenAndHeader {
            /// what the Authorization header says
            text: Visible,
        } Signature, TOKEN, "Beside the right access token stands an Authorization header that is no signature.";
        "token-and-query" TokenAndQuery {} Signature, TOKEN,
            "Query parameters that the vendor's clients send stand beside the access token.";
        // ---------------------------------------------------------------- bce-auth-v1 in place of a token
        "bce-signed" BceSigned {} Signature, TOKEN,
            "The request is signed by bce-auth-v1 in place of an access token.";
        "bce-headers-chosen" BceHeadersChosen {
            /// which headers are signed
            headers: BceHeaders,
        } Signature, TOKEN, "The signature bce-auth-v1 covers other headers than usual.";
        "bce-headers-claimed" BceHeadersClaimed {} Signature, TOKEN,
            "The signature bce-auth-v1 names a header that it does not cover.";
        "bce-expired" BceExpired {
            /// seconds since it expired
            by: Within<900, 864_000>,
        } Signature, TOKEN, "The signature bce-auth-v1 has expired.";
        "bce-issued-in-future" BceIssuedInFuture {
            /// seconds until it is issued
            by: Within<60, 86_400>,
        } Signature, TOKEN, "The signature bce-auth-v1 was made in the future.";
        "bce-date-respelled" BceDateRespelled {
            /// how the date is written
            date: BceDate,
        } Signature, TOKEN, "The date of the signature bce-auth-v1 is not written as it should be.";
        "bce-date-differs" BceDateDiffers {} Signature, TOKEN,
            "The header x-bce-date has another date than the signature, and is signed.";
        "bce-life" BceLifeOf {
            /// what stands for the seconds of validity
            life: BceLife,
        } Signature, TOKEN, "The validity of the signature bce-auth-v1 is unusual.";
        "bce-signed-for-other" BceSignedForOther {
            /// what the signature was made for another of
            subject: BceSubject,
        } Signature, TOKEN, "The signature bce-auth-v1 was made for another request.";
        "bce-digest-flipped" BceDigestFlipped {
            /// which of its 64 digits is another
            digit: Within<0, 63>,
        } Signature, TOKEN, "One digit of the digest is another.";
        "bce-digest-cut" BceDigestCut {
            /// how many digits it has
            digits: Within<0, 63>,
        } Signature, TOKEN, "The digest lacks digits.";
        "bce-digest-extended" BceDigestExtended {} Signature, TOKEN,
            "More digits follow the digest.";
        "bce-digest-upper" BceDigestUpper {} Signature, TOKEN,
            "The digits of the digest are in upper case.";
        "bce-digest-in-base64" BceDigestInBase64 {} Signature, TOKEN,
            "The digest is written in Base64.";
        "bce-key-bytes" BceKeyBytes {} Signature, TOKEN,
            "The bytes of the derived key sign, not its hexadecimal text.";
        "bce-key-unknown" BceKeyUnknown {} Signature, TOKEN,
            "The signature bce-auth-v1 names a key that does not exist.";
        "bce-secret-wrong" BceSecretWrong {} Signature, TOKEN,
            "The signature bce-auth-v1 is made with another secret.";
        "bce-secret-of-other" BceSecretOfOther {} Signature, TOKEN,
            "The signature bce-auth-v1 names the own key and is made with another tenant's secret.";
        "bce-version" BceVersion {} Signature, TOKEN,
            "The signature claims to be bce-auth-v2.";
        "bce-part-missing" BcePartMissing {
            /// the part that is left out
            part: BcePart,
        } Signature, TOKEN, "One of the six parts of the signature bce-auth-v1 is left out.";
        "bce-part-added" BcePartAdded {} Signature, TOKEN,
            "The signature bce-auth-v1 has a seventh part.";
        // ---------------------------------------------------------------- bearer keys in place of a token
        "bearer-signed" BearerSigned {} Signature, TOKEN,
            "The request has a bearer key in place of an access token.";
        "bearer-unknown" BearerUnknown {
            /// the key
            key: Visible,
        } Signature, TOKEN, "The bearer key does not exist.";
        "bearer-cut" BearerCut {} Signature, TOKEN,
            "The bearer key lacks its last character.";
        "bearer-empty" BearerEmpty {} Signature, TOKEN,
            "The word Bearer stands alone.";
        "bearer-secret" BearerSecret {} Signature, TOKEN,
            "The secret half of the key stands where the public half should.";
        "bearer-lower-case" BearerLowerCase {} Signature, TOKEN,
            "The word bearer is written in lower case.";
    }
}

pub use fields::{FieldName, Foreign};

/// Signs the request in the making, rightly or as the mutation wants it.
pub(super) fn sign(mutation: Option<&SignatureMutation>, making: &mut Making<'_>) -> Result<(), Lacking> {
    let scheme = making.ground.dialect.manifest.signature.as_deref();
    match (scheme, mutation) {
        (Some(sign::PLAINTEXT_SCHEME), mutation) => plaintext::sign(mutation, making),
        (Some(sign::TOKEN_SCHEME), Some(mutation)) => match mutation.name().split('-').next() {
            Some("bce") => bce::sign(mutation, making),
            Some("bearer") => bearer::sign(mutation, making),
            _ => token::sign(mutation, making),
        },
        _ => {
            let ground = making.ground;
            sign::sign(&mut making.request, scheme, &Signature::default(), ground.circumstances())
        }
    }
}
