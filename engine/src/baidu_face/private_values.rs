//! Parameters of the private deployment, and those that the error table has but no public text.

use serde_json::Value;

use super::condition::Condition;
use super::reader::Reader;
use super::values::is_id;

/// The longest id of an application.
const APP_ID_BYTES: u64 = 48;
/// The most look-alikes; no text has a number.
const MOST_STARS: u64 = 50;

impl Reader<'_> {
    /// `op_app_id_list`, ids of applications with commas between.
    pub(super) fn app_list(&mut self) -> Vec<String> {
        let value = self.required("op_app_id_list");
        let all_ids = |list: &str| list.split(',').all(|id| is_id(id.trim(), APP_ID_BYTES));
        let list = self.checked(value, Condition::OpAppIdListInvalid, all_ids).unwrap_or_default();
        list.split(',').map(|id| id.trim().to_owned()).collect()
    }

    /// `op_app_id`, the id of an application.
    pub(super) fn app(&mut self) -> String {
        let value = self.required("op_app_id");
        self.checked(value, Condition::OpAppIdInvalid, |id| is_id(id, APP_ID_BYTES)).unwrap_or_default()
    }

    /// `uid_list`, users with commas between, which only a private deployment reads.
    pub(super) fn uid_list(&mut self) -> Option<Vec<String>> {
        let value = self.given("uid_list").filter(|_| self.reads_old_names)?;
        let most = self.settings.id_bytes;
        let all_ids = |list: &str| list.split(',').all(|id| is_id(id.trim(), most));
        let list = self.checked(Some(value), Condition::UidListInvalid, all_ids).unwrap_or_default();
        Some(list.split(',').map(|id| id.trim().to_owned()).collect())
    }

    /// `max_star_num`, which no text explains: checked where it is given, and of no effect.
    pub(super) fn star_number(&mut self) {
        self.number("max_star_num", [1, MOST_STARS], 1, Condition::MaxStarNumInvalid);
    }

    /// `template_type`, which no text explains: checked to be a word where it is given, and of no effect.
    pub(super) fn template_type(&mut self) {
        let word = |value: &Value| value.as_str().is_some_and(|text| is_id(text, 64)) || value.is_u64();
        if self.given("template_type").is_some_and(|value| !word(value)) {
            self.refuse(Condition::TemplateTypeInvalid);
        }
    }
}
