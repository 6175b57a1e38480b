//! Every code this server gives, with the message of the vendor's table.

/// A refusal: its code and, for a missing parameter, which one it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal(pub u32);

impl Refusal {
    /// The message that belongs to the code.
    pub fn message(self) -> &'static str {
        TABLE.iter().find(|(code, _)| *code == self.0).map_or("Unknown error", |(_, message)| message)
    }

    /// Whether the gateway gives it, before the face service has seen the call.
    pub fn is_of_the_gateway(self) -> bool {
        self.0 < 1000
    }
}

/// Shorthand for a refused call.
pub fn refuse<T>(code: u32) -> Result<T, Refusal> {
    Err(Refusal(code))
}

/// Codes and messages, byte for byte.
const TABLE: &[(u32, &str)] = &[
    (1, "Unknown error"),
    (3, "Unsupported openapi method"),
    (6, "No permission to access data"),
    (14, "IAM Certification failed"),
    (18, "Open api qps request limit reached"),
    (23, "IAM API-KEY authentication failed"),
    (100, "Invalid parameter"),
    (110, "Access token invalid or no longer valid"),
    (111, "Access token expired"),
    (216_100, "invalid param"),
    (222_001, "param[] is null"),
    (222_002, "param[start] format error"),
    (222_003, "param[length] format error"),
    (222_005, "param[group_id_list] format error"),
    (222_006, "group_id format error"),
    (222_010, "user_info format error"),
    (222_013, "param[image] format error"),
    (222_015, "param[image_type] format error"),
    (222_016, "param[max_face_num] format error"),
    (222_017, "param[face_field] format error"),
    (222_018, "param[user_id] format error"),
    (222_021, "param[max_user_num] format error"),
    (222_024, "param[face_type] format error"),
    (222_025, "param[face_token] format error"),
    (222_027, "code length param error"),
    (222_028, "param[min_code_length] format error"),
    (222_029, "param[max_code_length] format error"),
    (222_030, "param[match_threshold] format error"),
    (222_039, "param[face_sort_type] format error"),
    (222_043, "param[display_corp_image] format error"),
    (222_200, "request body should be json format"),
    (222_202, "pic not has face"),
    (222_203, "image check fail"),
    (222_204, "image_url_download_fail"),
    (222_207, "match user is not found"),
    (222_208, "the number of image is incorrect"),
    (222_209, "face token not exist"),
    (222_210, "the number of user's faces is beyond the limit"),
    (222_304, "image size is too large"),
    (223_100, "group is not exist"),
    (223_101, "group is already exist"),
    (223_102, "user is already exist"),
    (223_103, "user is not exist"),
    (223_104, "group_list is too large"),
    (223_105, "face is already exist"),
    (223_106, "face is not exist"),
    (223_111, "dst group is not exist"),
    (223_113, "face is covered"),
    (223_114, "face is fuzzy"),
    (223_115, "face light is not good"),
    (223_116, "incomplete face"),
    (223_118, "quality control error"),
    (223_119, "liveness control item error"),
    (223_120, "liveness check fail"),
    (223_121, "left eye is occlusion"),
    (223_122, "right eye is occlusion"),
    (223_123, "left cheek is occlusion"),
    (223_124, "right cheek is occlusion"),
    (223_125, "chin contour is occlusion"),
    (223_126, "nose is occlusion"),
    (223_127, "mouth is occlusion"),
    (223_128, "group was deleting"),
    (223_129, "face not forward"),
    (223_130, "param[spoofing_control] format error"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_and_in_order() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(Refusal(223_105).message(), "face is already exist");
        assert_eq!(Refusal(999_999).message(), "Unknown error");
    }
}
