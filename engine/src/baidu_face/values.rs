//! The parameters that several operations share, each with its own form and its own refusal.

use std::collections::HashSet;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde_json::Value;

use super::condition::Condition;
use super::control::Controls;
use super::level::Level;
use super::reader::Reader;
use super::settings::Settings;
use super::source::Source;
use crate::front::read_json;
use crate::vision::Order;

/// Stands for every group of a user.
pub(super) const ALL_GROUPS: &str = "@ALL";

/// The names that `face_field` may hold, those of older and newer texts too.
const FACE_FIELDS: &[&str] = &[
    "age",
    "angle",
    "beauty",
    "emotion",
    "expression",
    "eye_status",
    "face_probability",
    "face_shape",
    "face_type",
    "faceshape",
    "facetype",
    "feature",
    "gender",
    "glasses",
    "landmark",
    "landmark72",
    "landmark150",
    "landmark201",
    "lip_language",
    "mask",
    "parsing",
    "quality",
    "race",
    "spoofing",
];

/// Clients leave the padding out, or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

impl Reader<'_> {
    /// `image` and `image_type`.
    pub(super) fn image(&mut self) -> Source {
        let (image, kind) = (self.required("image"), self.required("image_type"));
        let kind = self.checked(kind, Condition::ImageTypeInvalid, |kind| {
            matches!(kind, "BASE64" | "URL" | "FACE_TOKEN")
        });
        let Some(text) = self.checked(image, Condition::ImageInvalid, |_| true) else {
            return Source::Nothing;
        };
        match kind.as_deref() {
            Some("BASE64") => self.base64(&text),
            Some("URL") => Source::Url(text),
            Some("FACE_TOKEN") => {
                let value = Value::from(text);
                self.checked_token(Some(&value)).map_or(Source::Nothing, Source::Token)
            }
            _ => Source::Nothing,
        }
    }

    /// Bytes as Base64, possibly in lines. A data URL is a text of another kind, and no picture.
    pub(super) fn base64(&mut self, text: &str) -> Source {
        if text.len() as u64 > self.settings.image_base64_bytes {
            self.refuse(Condition::ImageInvalid);
            return Source::Nothing;
        }
        if text.starts_with("data:") {
            return Source::Bytes(Bytes::new());
        }
        match decoded(text) {
            Some(bytes) => Source::Bytes(bytes),
            None => {
                self.refuse(Condition::ImageInvalid);
                Source::Nothing
            }
        }
    }

    /// `group_id`, or another name for one.
    pub(super) fn group(&mut self, name: &'static str) -> String {
        let value = self.required(name);
        let most = self.settings.id_bytes;
        self.checked(value, Condition::GroupIdInvalid, |id| is_id(id, most)).unwrap_or_default()
    }

    /// `group_id`, or all groups: `None`.
    pub(super) fn group_or_all(&mut self) -> Option<String> {
        let all = self.given("group_id").and_then(Value::as_str) == Some(ALL_GROUPS);
        if all { None } else { Some(self.group("group_id")) }
    }

    /// `user_id`; a private deployment reads the older `uid` in its place.
    pub(super) fn user(&mut self) -> String {
        let old = self.given("uid").filter(|_| self.reads_old_names && self.given("user_id").is_none());
        let (value, malformed) = match old {
            Some(uid) => (Some(uid), Condition::UidInvalid),
            None => (self.required("user_id"), Condition::UserIdInvalid),
        };
        let most = self.settings.id_bytes;
        self.checked(value, malformed, |id| is_id(id, most)).unwrap_or_default()
    }

    /// `user_id` where it may be absent.
    pub(super) fn user_if_any(&mut self) -> Option<String> {
        let value = self.given("user_id");
        let most = self.settings.id_bytes;
        self.checked(value, Condition::UserIdInvalid, |id| is_id(id, most))
    }

    /// `user_info`, up to so many bytes of any text.
    pub(super) fn user_info(&mut self) -> Option<String> {
        let most = self.settings.user_info_bytes;
        self.checked(self.given("user_info"), Condition::UserInfoInvalid, |info| info.len() as u64 <= most)
    }

    /// `face_token`; a private deployment reads the older `face_id` in its place.
    pub(super) fn face_token(&mut self) -> String {
        if let Some(old) =
            self.given("face_id").filter(|_| self.reads_old_names && self.given("face_token").is_none())
        {
            let most = self.settings.face_token_bytes;
            return self
                .checked(Some(old), Condition::FaceIdInvalid, |id| is_id(id, most))
                .unwrap_or_default();
        }
        let value = self.required("face_token");
        self.checked_token(value).unwrap_or_default()
    }

    fn checked_token(&mut self, value: Option<&Value>) -> Option<String> {
        let most = self.settings.face_token_bytes;
        self.checked(value, Condition::FaceTokenInvalid, |token| is_id(token, most))
    }

    /// `group_id_list`, ids with commas between. How many there may be is said after all else is in order.
    pub(super) fn group_list(&mut self) -> Vec<String> {
        let value = self.required("group_id_list");
        let most = self.settings.id_bytes;
        let all_ids = |list: &str| list.split(',').all(|id| is_id(id.trim(), most));
        let list = self.checked(value, Condition::GroupIdListInvalid, all_ids).unwrap_or_default();
        let mut seen = HashSet::new();
        let different = list.split(',').map(str::trim).filter(|id| !id.is_empty() && seen.insert(*id));
        // One more than there may be says that there are too many; the others are not looked at.
        different.take(Settings::count(self.settings.groups_per_search) + 1).map(str::to_owned).collect()
    }

    /// `quality_control` and `liveness_control`; a private deployment reads the older `quality_conf` too.
    pub(super) fn controls(&mut self) -> Controls {
        let quality = self.quality();
        let liveness = self.liveness();
        Controls { quality, liveness }
    }

    /// `quality_control`.
    pub(super) fn quality(&mut self) -> Level {
        if self.reads_old_names {
            self.quality_conf();
        }
        self.level("quality_control", Condition::QualityControlInvalid, Condition::QualityControlUnknown)
    }

    /// `liveness_control`.
    pub(super) fn liveness(&mut self) -> Level {
        self.level("liveness_control", Condition::LivenessControlInvalid, Condition::LivenessControlUnknown)
    }

    /// A level. No text is malformed; a text that is no level is an unknown item, unless the settings make no difference.
    fn level(&mut self, name: &str, malformed: Condition, unknown: Condition) -> Level {
        let Some(value) = self.given(name) else { return Level::None };
        let Some(text) = value.as_str() else {
            self.refuse(malformed);
            return Level::None;
        };
        Level::named(text).unwrap_or_else(|| {
            self.refuse(if self.settings.unknown_level_is_malformed == 1 { malformed } else { unknown });
            Level::None
        })
    }

    /// `quality_conf`: an object of numbers, or the text of one; its members are the checks of quality.
    fn quality_conf(&mut self) {
        const MEMBERS: [&str; 11] = [
            "left_eye",
            "right_eye",
            "left_cheek",
            "right_cheek",
            "chin_contour",
            "nose",
            "mouth",
            "blur",
            "illumination",
            "completeness",
            "angle",
        ];
        let Some(value) = self.given("quality_conf") else { return };
        let parsed = match value {
            Value::String(text) => read_json(text.as_bytes()).unwrap_or_default(),
            value => value.clone(),
        };
        match parsed.as_object() {
            None => self.refuse(Condition::QualityConfInvalid),
            Some(conf) => {
                let known =
                    |(name, value): (&String, &Value)| MEMBERS.contains(&name.as_str()) && value.is_number();
                if !conf.iter().all(known) {
                    self.refuse(Condition::QualityConfUnknown);
                }
            }
        }
    }

    /// `face_type`; `HYBRID` exists for comparing only. It changes nothing here: every kind of picture is seen alike.
    pub(super) fn face_type(&mut self, compares: bool) {
        self.checked(self.given("face_type"), Condition::FaceTypeInvalid, |kind| {
            matches!(kind, "LIVE" | "IDCARD" | "WATERMARK" | "CERT" | "INFRARED")
                || (compares && kind == "HYBRID")
        });
    }

    /// `face_field`: names with commas between. Unknown ones are passed over unless the settings are strict.
    pub(super) fn face_fields(&mut self) -> Vec<String> {
        let strict = self.settings.strict_face_field == 1;
        let known = |list: &str| list.split(',').all(|name| FACE_FIELDS.contains(&name.trim()));
        let list = self
            .checked(self.given("face_field"), Condition::FaceFieldInvalid, |list| !strict || known(list));
        let names = list.iter().flat_map(|list| list.split(',')).map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    }

    /// `face_sort_type`. No row is its own, so anything but 1 is the default.
    pub(super) fn face_order(&self) -> Order {
        let one = match self.given("face_sort_type") {
            Some(Value::String(text)) => text == "1",
            Some(value) => value.as_u64() == Some(1),
            None => false,
        };
        if one { Order::Centre } else { Order::Largest }
    }

    /// `match_threshold`, 0 to 100.
    pub(super) fn threshold(&mut self, absent: u64) -> f64 {
        self.number("match_threshold", [0, 100], absent, Condition::MatchThresholdInvalid) as f64
    }

    /// `start` and `length` of a page.
    pub(super) fn page(&mut self) -> (usize, usize) {
        let start = self.number("start", [0, u64::from(u32::MAX)], 0, Condition::StartInvalid);
        let length = self.number("length", [1, self.settings.page_length], 100, Condition::LengthInvalid);
        (start as usize, length as usize)
    }
}

/// Bytes given as Base64, possibly in lines.
pub(super) fn decoded(text: &str) -> Option<Bytes> {
    let text: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    BASE64.decode(text).ok().map(Bytes::from)
}

/// Bytes as Base64.
pub(super) fn encoded(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Letters, digits and underscores, at least one, up to so many.
pub(super) fn is_id(text: &str, most: u64) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.len() as u64 <= most && text.bytes().all(allowed)
}
