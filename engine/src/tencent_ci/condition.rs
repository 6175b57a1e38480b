//! What can go wrong with a request, in the domain's words: one word for each row of the dialect's tables.
//!
//! Knows no code numbers: an answer's row is the one of the same word.

use crate::front::conditions;
use crate::gallery::{GalleryError, StoreError};

conditions! {
    /// Why a request was not carried out. Its word equals the `condition` of a row of the dialect's tables.
    Condition {
        /// The body is not what its content type says, or is no object.
        BadRequest = "bad-request",
        /// There is no signature.
        SignatureEmpty = "signature-empty",
        /// The signature cannot be taken apart.
        SignatureMalformed = "signature-malformed",
        /// The signature was made for another appid or bucket than the request names.
        SignatureTargetMismatch = "signature-target-mismatch",
        /// The signature's time has passed, or its span is not allowed.
        SignatureExpired = "signature-expired",
        /// The appid is not known.
        AppidUnknown = "appid-unknown",
        /// The key's public half is not known, or the key is disabled.
        SecretIdUnknown = "secret-id-unknown",
        /// The key belongs to another appid.
        SecretIdOfOtherAppid = "secret-id-of-other-appid",
        /// A signature for one use came a second time.
        SignatureReplayed = "signature-replayed",
        /// The digest is wrong.
        SignatureWrong = "signature-wrong",
        /// Too many requests.
        RateExceeded = "rate-exceeded",
        /// The bucket is not known.
        BucketUnknown = "bucket-unknown",
        /// A parameter has the wrong type, is out of its range or holds characters that are not allowed.
        ParameterInvalid = "parameter-invalid",
        /// The body is larger than allowed.
        BodyTooLarge = "body-too-large",
        /// The authentication service failed.
        AuthServiceError = "auth-service-error",
        /// The authentication service does not answer.
        AuthServiceUnavailable = "auth-service-unavailable",
        /// The application failed in a way nobody foresaw.
        InternalError = "internal-error",
        /// The picture shows no face.
        FaceNotDetected = "face-not-detected",
        /// The picture's bytes are damaged.
        PictureUndecodable = "picture-undecodable",
        /// The description could not be made.
        DescriptionFailed = "description-failed",
        /// The landmarks could not be found.
        ContourFailed = "contour-failed",
        /// The gender could not be seen.
        GenderFailed = "gender-failed",
        /// The expression could not be seen.
        ExpressionFailed = "expression-failed",
        /// The age could not be seen.
        AgeFailed = "age-failed",
        /// The pose could not be seen.
        PoseFailed = "pose-failed",
        /// The glasses could not be seen.
        GlassesFailed = "glasses-failed",
        /// The store failed.
        StorageFailed = "storage-failed",
        /// There is no picture, or one of no bytes.
        PictureEmpty = "picture-empty",
        /// A required parameter is absent or empty.
        ParameterEmpty = "parameter-empty",
        /// The person exists already.
        PersonExists = "person-exists",
        /// The person does not exist.
        PersonUnknown = "person-unknown",
        /// A parameter is longer than allowed.
        ParameterTooLong = "parameter-too-long",
        /// The face does not exist.
        FaceUnknown = "face-unknown",
        /// The group does not exist.
        GroupUnknown = "group-unknown",
        /// None of the groups exists.
        GroupListUnknown = "group-list-unknown",
        /// The picture's address does not lead to a picture server that hands it out.
        DownloadFailed = "download-failed",
        /// The person has as many faces as allowed.
        FacesExceeded = "faces-exceeded",
        /// The group has as many persons as allowed.
        PersonsExceeded = "persons-exceeded",
        /// The account has as many groups as allowed.
        GroupsExceeded = "groups-exceeded",
        /// The person has almost the same face already.
        FaceAlmostSame = "face-almost-same",
        /// The bytes are not a picture of a format that is taken.
        PictureFormatIllegal = "picture-format-illegal",
        /// The picture server began to answer, but what came is not a whole picture.
        DownloadBroken = "download-broken",
    }
}

impl From<GalleryError> for Condition {
    fn from(error: GalleryError) -> Self {
        match error {
            GalleryError::PersonExists => Self::PersonExists,
            GalleryError::PersonUnknown => Self::PersonUnknown,
            GalleryError::FaceUnknown => Self::FaceUnknown,
            GalleryError::GroupUnknown => Self::GroupUnknown,
            GalleryError::NoSuchGroups => Self::GroupListUnknown,
            GalleryError::FacesExceeded => Self::FacesExceeded,
            GalleryError::PersonsExceeded => Self::PersonsExceeded,
            GalleryError::GroupsExceeded => Self::GroupsExceeded,
            GalleryError::FaceAlmostSame => Self::FaceAlmostSame,
            GalleryError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Condition {
    fn from(error: StoreError) -> Self {
        tracing::error!("{error}");
        Self::StorageFailed
    }
}
