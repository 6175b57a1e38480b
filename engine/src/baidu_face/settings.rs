//! The limits and choices of the dialect by name, each with its documented default.
//!
//! Where the vendor's texts disagree the comment names the other values. A choice is 0 for no and 1 for yes.

use std::collections::BTreeMap;

macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident = $name:literal, $default:expr;)*) => {
        /// The settings in force.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) struct Settings {
            $($(#[$doc])* pub(super) $field: u64,)*
        }

        /// The names and their defaults.
        pub(super) const DEFAULTS: &[(&str, u64)] = &[$(($name, $default),)*];

        impl Settings {
            /// The settings of these names; what is absent has its default.
            pub(super) fn new(named: &BTreeMap<String, u64>) -> Self {
                Self { $($field: named.get($name).copied().unwrap_or($default),)* }
            }
        }
    };
}

settings! {
    /// How long an access token lives: "30 days".
    access_token_seconds = "access-token-seconds", 2_592_000;
    /// How long a refresh token lives: ten years, as the sibling platform's tokens say.
    refresh_token_seconds = "refresh-token-seconds", 315_360_000;
    /// The longest life that a signature of a cloud account may claim.
    signature_seconds = "signature-seconds", 86_400;
    /// The size of a body.
    body_bytes = "body-bytes", 10 << 20;
    /// The size of a picture after encoding as Base64.
    image_base64_bytes = "image-base64-bytes", 2 << 20;
    /// The longer side of a picture; a text of 2025 says 6000.
    picture_long_side = "picture-long-side", 1920;
    /// The shorter side of a picture; a text of 2025 says 6000.
    picture_short_side = "picture-short-side", 1080;
    /// The length of group and user ids; some texts say 48.
    id_bytes = "id-bytes", 128;
    /// The length of a face token.
    face_token_bytes = "face-token-bytes", 64;
    /// The length of `user_info`.
    user_info_bytes = "user-info-bytes", 256;
    /// Groups of one search; later texts say 10.
    groups_per_search = "groups-per-search", 20;
    /// Faces of one user in one group.
    faces_per_user = "faces-per-user", 20;
    /// Users of one `uid_list`; no text has a number.
    uids_per_list = "uids-per-list", 100;
    /// Applications of one list; the vendor allows an account so many.
    apps_per_list = "apps-per-list", 100;
    /// The most faces of `detect`; texts say 10, 20 and 120. Of a crowd the analyser looks fully at the first ones only (see
    /// `vision::Limits`): the others are told with place, angles and token, and not at all where liveness is controlled.
    faces_per_detection = "faces-per-detection", 120;
    /// The most faces of `multi-search` and `landmark`.
    faces_per_search = "faces-per-search", 10;
    /// The most users of `search`; one text says 20.
    users_per_search = "users-per-search", 50;
    /// The least score of a `search` that names none, as the vendor's clients say and two records of 2019 show; one record of
    /// April 2019 shows 0.
    search_threshold = "search-threshold", 80;
    /// The most users of `multi-search`; one text says 50.
    users_per_multi_search = "users-per-multi-search", 20;
    /// The most entries of a page.
    page_length = "page-length", 1000;
    /// Whether numbers above their limit are brought down to it instead of refused.
    clamp_numbers = "clamp-numbers", 0;
    /// Whether an unknown name in `face_field` is an error.
    strict_face_field = "strict-face-field", 0;
    /// Which code answers an unknown level: 0 that of the item (2231xx), 1 that of the parameter's form (2220xx).
    unknown_level_is_malformed = "unknown-level-is-malformed", 0;
    /// Whether the message of a missing parameter is the table's, without the parameter's name.
    template_messages = "template-messages", 0;
    /// How long a face token lives that is not registered.
    face_token_seconds = "face-token-seconds", 3600;
    /// How many bytes of pictures are kept for face tokens that are not registered.
    face_token_cache_bytes = "face-token-cache-bytes", 256 << 20;
    /// Whether pictures are kept at all.
    stores_pictures = "stores-pictures", 1;
    /// How long the deletion of a group takes. The vendor's takes seconds to minutes.
    group_deletion_seconds = "group-deletion-seconds", 5;
    /// Whether a face may be in a group once only, not once for each user.
    face_once_in_group = "face-once-in-group", 1;
    /// Whether a search in an unknown group finds nobody instead of being refused.
    search_forgives_unknown_groups = "search-forgives-unknown-groups", 0;
    /// Whether `multi-search` without any match is an error, as `search` is.
    multi_search_must_match = "multi-search-must-match", 1;
    /// Whether a picture all of whose faces are filtered out is one without faces.
    filtered_is_no_face = "filtered-is-no-face", 1;
    /// How long a session of video liveness lives: "5 minutes".
    session_seconds = "session-seconds", 300;
}

impl Settings {
    /// A setting that counts things in memory.
    pub(super) fn count(value: u64) -> usize {
        usize::try_from(value).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_counts_and_the_rest_is_documented() {
        let named = BTreeMap::from([("id-bytes".to_owned(), 48)]);
        let settings = Settings::new(&named);
        assert_eq!((settings.id_bytes, settings.faces_per_user), (48, 20));
    }
}
