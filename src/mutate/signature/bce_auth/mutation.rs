//! The mutations of the signature bce-auth-v1: the list, and what it leaves to be drawn.

use arbitrary::Arbitrary;
use serde::{Deserialize, Serialize};

use crate::mutate::mutator::{Applies, mutators};
use crate::mutate::within::Within;
use crate::sign::bce_auth::NAME;

/// Requests that may be signed so.
const BCE: Applies = Applies::Scheme(NAME);

/// Which headers are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BceHeaders {
    /// None is named, so those that the vendor's signer takes by itself.
    Customary,
    /// The host only.
    HostOnly,
    /// Content type, host and date, as one SDK signs them.
    WithContentType,
    /// The date without the host.
    WithoutHost,
    /// One is named that is not sent.
    Absent,
    /// The names in upper case.
    UpperCase,
    /// The host without its port, as one SDK signs it.
    BareHost,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BceDate {
    /// Seconds since 1970.
    Epoch,
    /// As HTTP dates are.
    Http,
    /// Without the letter of its zone.
    WithoutZone,
    /// With milliseconds.
    Milliseconds,
    /// Without a date.
    Empty,
    /// A day that does not exist.
    Impossible,
}

/// What stands for the seconds of validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BceLife {
    /// 60 seconds.
    Minute,
    /// 0 seconds.
    Zero,
    /// A negative number.
    Negative,
    /// Ten years.
    Years,
    /// A number beyond 64 bits.
    Endless,
    /// A word.
    Word,
    /// Nothing.
    Empty,
}

/// What the signature was made for another of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BceSubject {
    /// Another method.
    Method,
    /// Another path.
    Path,
    /// Another query: the request has a parameter more.
    Query,
    /// Another host.
    Host,
    /// Another date in the header.
    Date,
}

/// A part of the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BcePart {
    /// The version.
    Version,
    /// The key.
    Key,
    /// The date.
    Date,
    /// The validity.
    Life,
    /// The digest.
    Digest,
}

mutators! {
    /// A mutation of the signature bce-auth-v1.
    pub enum BceAuthMutation of Signature {
        "bce-signed" BceSigned {} Signature, BCE,
            "The request is signed by bce-auth-v1 in place of an access token.";
        "bce-headers-chosen" BceHeadersChosen {
            /// which headers are signed
            headers: BceHeaders,
        } Signature, BCE, "The signature bce-auth-v1 covers other headers than usual.";
        "bce-headers-claimed" BceHeadersClaimed {} Signature, BCE,
            "The signature bce-auth-v1 names a header that it does not cover.";
        "bce-expired" BceExpired {
            /// seconds since it expired
            by: Within<900, 864_000>,
        } Signature, BCE, "The signature bce-auth-v1 has expired.";
        "bce-issued-in-future" BceIssuedInFuture {
            /// seconds until it is issued
            by: Within<60, 86_400>,
        } Signature, BCE, "The signature bce-auth-v1 was made in the future.";
        "bce-date-respelled" BceDateRespelled {
            /// how the date is written
            date: BceDate,
        } Signature, BCE, "The date of the signature bce-auth-v1 is not written as it should be.";
        "bce-date-differs" BceDateDiffers {} Signature, BCE,
            "The header x-bce-date has another date than the signature, and is signed.";
        "bce-life" BceLifeOf {
            /// what stands for the seconds of validity
            life: BceLife,
        } Signature, BCE, "The validity of the signature bce-auth-v1 is unusual.";
        "bce-signed-for-other" BceSignedForOther {
            /// what the signature was made for another of
            subject: BceSubject,
        } Signature, BCE, "The signature bce-auth-v1 was made for another request.";
        "bce-digest-flipped" BceDigestFlipped {
            /// which of its 64 digits is another
            digit: Within<0, 63>,
        } Signature, BCE, "One digit of the digest is another.";
        "bce-digest-cut" BceDigestCut {
            /// how many digits it has
            digits: Within<0, 63>,
        } Signature, BCE, "The digest lacks digits.";
        "bce-digest-extended" BceDigestExtended {} Signature, BCE,
            "More digits follow the digest.";
        "bce-digest-upper" BceDigestUpper {} Signature, BCE,
            "The digits of the digest are in upper case.";
        "bce-digest-in-base64" BceDigestInBase64 {} Signature, BCE,
            "The digest is written in Base64.";
        "bce-key-bytes" BceKeyBytes {} Signature, BCE,
            "The bytes of the derived key sign, not its hexadecimal text.";
        "bce-key-unknown" BceKeyUnknown {} Signature, BCE,
            "The signature bce-auth-v1 names a key that does not exist.";
        "bce-secret-wrong" BceSecretWrong {} Signature, BCE,
            "The signature bce-auth-v1 is made with another secret.";
        "bce-secret-of-other" BceSecretOfOther {} Signature, BCE,
            "The signature bce-auth-v1 names the own key and is made with another tenant's secret.";
        "bce-version" BceVersion {} Signature, BCE,
            "The signature claims to be bce-auth-v2.";
        "bce-part-missing" BcePartMissing {
            /// the part that is left out
            part: BcePart,
        } Signature, BCE, "One of the six parts of the signature bce-auth-v1 is left out.";
        "bce-part-added" BcePartAdded {} Signature, BCE,
            "The signature bce-auth-v1 has a seventh part.";
    }
}
