//! What can go wrong with a request, in the domain's words: one word for each row of the dialect's tables.

use crate::front::conditions;
use crate::gallery::StoreError;

conditions! {
    /// Why a request was not carried out. Its word equals the `condition` of a row of one of the dialect's tables.
    Condition {
        /// A required parameter is absent or empty; the answer names it.
        ParameterEmpty = "parameter-empty",
        /// `start` has the wrong type, form or range.
        StartInvalid = "start-invalid",
        /// `length` has the wrong type, form or range.
        LengthInvalid = "length-invalid",
        /// `op_app_id_list` has the wrong type, form or range.
        OpAppIdListInvalid = "op-app-id-list-invalid",
        /// `group_id_list` has the wrong type, form or range.
        GroupIdListInvalid = "group-id-list-invalid",
        /// `group_id` has the wrong type, form or range.
        GroupIdInvalid = "group-id-invalid",
        /// `uid` has the wrong type, form or range.
        UidInvalid = "uid-invalid",
        /// `face_id` has the wrong type, form or range.
        FaceIdInvalid = "face-id-invalid",
        /// `quality_conf` has the wrong type, form or range.
        QualityConfInvalid = "quality-conf-invalid",
        /// `user_info` has the wrong type, form or range.
        UserInfoInvalid = "user-info-invalid",
        /// `uid_list` has the wrong type, form or range.
        UidListInvalid = "uid-list-invalid",
        /// `op_app_id` has the wrong type, form or range.
        OpAppIdInvalid = "op-app-id-invalid",
        /// `image` has the wrong type, form or range.
        ImageInvalid = "image-invalid",
        /// `app_id` has the wrong type, form or range.
        AppIdInvalid = "app-id-invalid",
        /// `image_type` has the wrong type, form or range.
        ImageTypeInvalid = "image-type-invalid",
        /// `max_face_num` has the wrong type, form or range.
        MaxFaceNumInvalid = "max-face-num-invalid",
        /// `face_field` has the wrong type, form or range.
        FaceFieldInvalid = "face-field-invalid",
        /// `user_id` has the wrong type, form or range.
        UserIdInvalid = "user-id-invalid",
        /// `quality_control` has the wrong type, form or range.
        QualityControlInvalid = "quality-control-invalid",
        /// `liveness_control` has the wrong type, form or range.
        LivenessControlInvalid = "liveness-control-invalid",
        /// `max_user_num` has the wrong type, form or range.
        MaxUserNumInvalid = "max-user-num-invalid",
        /// `id_card_number` has the wrong type, form or range.
        IdCardNumberInvalid = "id-card-number-invalid",
        /// `name` has the wrong type, form or range.
        NameInvalid = "name-invalid",
        /// `face_type` has the wrong type, form or range.
        FaceTypeInvalid = "face-type-invalid",
        /// `face_token` has the wrong type, form or range.
        FaceTokenInvalid = "face-token-invalid",
        /// `max_star_num` has the wrong type, form or range.
        MaxStarNumInvalid = "max-star-num-invalid",
        /// The least length of a code is greater than the greatest.
        CodeLengthsCrossed = "code-lengths-crossed",
        /// `min_code_length` has the wrong type, form or range.
        MinCodeLengthInvalid = "min-code-length-invalid",
        /// `max_code_length` has the wrong type, form or range.
        MaxCodeLengthInvalid = "max-code-length-invalid",
        /// `match_threshold` has the wrong type, form or range.
        MatchThresholdInvalid = "match-threshold-invalid",
        /// The body is not the JSON that the interface takes.
        BodyNotJson = "body-not-json",
        /// A service behind the interface refused the request.
        DownstreamRefused = "downstream-refused",
        /// The picture shows no face.
        FaceNotDetected = "face-not-detected",
        /// The bytes are no picture, or a damaged one.
        PictureUndecodable = "picture-undecodable",
        /// No picture came from the address.
        DownloadFailed = "download-failed",
        /// A service behind the interface cannot be reached.
        DownstreamUnreachable = "downstream-unreachable",
        /// The service that the vendor calls rtse failed.
        RtseFailed = "rtse-failed",
        /// Nobody of the groups is alike enough.
        MatchNotFound = "match-not-found",
        /// There are more or fewer pictures than the interface takes.
        PictureCountWrong = "picture-count-wrong",
        /// The face token was never given out, or its time has passed.
        FaceTokenUnknown = "face-token-unknown",
        /// The user has as many faces as allowed.
        FacesExceeded = "faces-exceeded",
        /// The picture of a face could not be stored.
        FaceNotAdded = "face-not-added",
        /// The picture of a face token could not be read.
        PictureNotRead = "picture-not-read",
        /// The application failed in a way nobody foresaw.
        InternalError = "internal-error",
        /// The face of a face token could not be found again in its picture.
        FaceNotRead = "face-not-read",
        /// The group does not exist.
        GroupUnknown = "group-unknown",
        /// The group exists already.
        GroupExists = "group-exists",
        /// The user exists already.
        UserExists = "user-exists",
        /// The user does not exist.
        UserUnknown = "user-unknown",
        /// More groups are named than a search takes.
        GroupsExceeded = "groups-exceeded",
        /// The face exists already.
        FaceExists = "face-exists",
        /// The user has no such face.
        FaceUnknown = "face-unknown",
        /// More users are named than a list takes.
        UidsExceeded = "uids-exceeded",
        /// The group to copy to does not exist.
        DestinationGroupUnknown = "destination-group-unknown",
        /// A member of quality_conf is not known.
        QualityConfUnknown = "quality-conf-unknown",
        /// The face is covered.
        FaceCovered = "face-covered",
        /// The face is blurred.
        FaceBlurred = "face-blurred",
        /// The light on the face is not good.
        FaceBadlyLit = "face-badly-lit",
        /// The face is incomplete.
        FaceIncomplete = "face-incomplete",
        /// More applications are named than a list takes.
        AppsExceeded = "apps-exceeded",
        /// The quality control is no level that there is.
        QualityControlUnknown = "quality-control-unknown",
        /// The liveness control is no level that there is.
        LivenessControlUnknown = "liveness-control-unknown",
        /// The face is not alive.
        LivenessFailed = "liveness-failed",
        /// The left eye is covered too much.
        LeftEyeCovered = "left-eye-covered",
        /// The right eye is covered too much.
        RightEyeCovered = "right-eye-covered",
        /// The left cheek is covered too much.
        LeftCheekCovered = "left-cheek-covered",
        /// The right cheek is covered too much.
        RightCheekCovered = "right-cheek-covered",
        /// The chin is covered too much.
        ChinCovered = "chin-covered",
        /// The nose is covered too much.
        NoseCovered = "nose-covered",
        /// The mouth is covered too much.
        MouthCovered = "mouth-covered",
        /// The rules of the parameters could not be loaded.
        ParameterRulesNotLoaded = "parameter-rules-not-loaded",
        /// The limits of the parameters could not be loaded.
        ParameterLimitsNotLoaded = "parameter-limits-not-loaded",
        /// What reads parameters could not be started.
        ParameterReaderNotStarted = "parameter-reader-not-started",
        /// What checks parameters could not be started.
        ParameterCheckerNotStarted = "parameter-checker-not-started",
        /// The interface is not in the list of those that are served.
        InterfaceNotRegistered = "interface-not-registered",
        /// The settings of the interface could not be loaded.
        InterfaceNotConfigured = "interface-not-configured",
        /// The cache cannot be connected to.
        CacheNotConnected = "cache-not-connected",
        /// The cache cannot be read.
        CacheReadFailed = "cache-read-failed",
        /// The cache cannot be written.
        CacheWriteFailed = "cache-write-failed",
        /// The storage cannot be connected to.
        StorageNotConnected = "storage-not-connected",
        /// The storage cannot be read.
        StorageReadFailed = "storage-read-failed",
        /// The storage cannot be written.
        StorageWriteFailed = "storage-write-failed",
        /// The context of the request could not be made.
        InterfaceContextNotMade = "interface-context-not-made",
        /// What writes the reply could not be made.
        InterfaceReplyNotMade = "interface-reply-not-made",
        /// The service that finds faces cannot be connected to.
        DetectionBackendUnreachable = "detection-backend-unreachable",
        /// The service that compares faces cannot be connected to.
        MatchingBackendUnreachable = "matching-backend-unreachable",
        /// The picture has more pixels a side than allowed.
        PictureTooLarge = "picture-too-large",
        /// A picture is needed, and this deployment keeps none.
        PicturesNotStored = "pictures-not-stored",
        /// The group is being deleted.
        GroupDeleting = "group-deleting",
        /// The register of citizens cannot be reached.
        IdentityServiceUnreachable = "identity-service-unreachable",
        /// `template_type` has the wrong type, form or range.
        TemplateTypeInvalid = "template-type-invalid",
        /// `merge_degree` has the wrong type, form or range.
        MergeDegreeInvalid = "merge-degree-invalid",
        /// `face_location` has the wrong type, form or range.
        FaceLocationInvalid = "face-location-invalid",
        /// The content review took the picture for pornographic.
        ContentPorn = "content-porn",
        /// The content review took the picture for one of a sensitive person.
        ContentSensitivePerson = "content-sensitive-person",
        /// The face of the template is not good enough to be merged.
        TemplateQualityInsufficient = "template-quality-insufficient",
        /// The merging engine failed.
        MergeFailed = "merge-failed",
        /// The face does not look straight ahead.
        FaceTurnedAway = "face-turned-away",
        /// An internal error of the server.
        GatewayFailed = "gateway-failed",
        /// The service is not available at the moment.
        ServiceUnavailable = "service-unavailable",
        /// There is no such interface.
        InterfaceUnknown = "interface-unknown",
        /// The limit of the whole cluster is reached.
        ClusterLimitReached = "cluster-limit-reached",
        /// The application may not use this interface.
        PermissionMissing = "permission-missing",
        /// The service's own token could not be obtained.
        ServiceTokenFailed = "service-token-failed",
        /// The signature of a cloud account does not verify.
        SignatureWrong = "signature-wrong",
        /// The application does not exist or could not be created.
        AppUnknown = "app-unknown",
        /// The limit of a day is reached.
        DailyLimitReached = "daily-limit-reached",
        /// More requests a second than allowed.
        RateExceeded = "rate-exceeded",
        /// The limit of all requests together is reached.
        TotalLimitReached = "total-limit-reached",
        /// The bearer key is not known.
        BearerKeyWrong = "bearer-key-wrong",
        /// There is no access token, or none that can be one.
        TokenMissing = "token-missing",
        /// The access token is not known.
        TokenUnknown = "token-unknown",
        /// The access token has expired.
        TokenExpired = "token-expired",
        /// An internal error of the platform around the service.
        PlatformFailed = "platform-failed",
        /// The register holds no picture of the citizen, or only a bad one.
        RegisterPictureMissing = "register-picture-missing",
        /// Number and name do not belong together, or there is no such number.
        CitizenUnknown = "citizen-unknown",
    }
}

impl From<StoreError> for Condition {
    fn from(error: StoreError) -> Self {
        tracing::error!("{error}");
        match error {
            StoreError::Read(_) => Self::StorageReadFailed,
            StoreError::Write(_) => Self::StorageWriteFailed,
        }
    }
}
