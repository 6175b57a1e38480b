//! Reads parameters with their types and limits, and collects what is wrong with them.
//!
//! Every check runs on every parameter before the first fault is told, so that presence comes before type, type before
//! length and length before characters whatever the order of the parameters. After a fault the value read is an empty
//! one; [`Reader::finish`] must be asked before any is used.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;

use super::condition::Condition;
use super::parameters::{Given, Parameters};
use super::source::Source;
use crate::gallery::Probe;

/// The most pictures of one request. The documents give no number; each may have to be fetched.
const MOST_PICTURES: usize = 100;

/// What an absent optional text arrives as from one of the vendor's clients, in multipart bodies.
const ABSENT: &[u8] = b"null";

/// The checks of a parameter in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Check {
    Presence,
    Type,
    Length,
    Characters,
}

/// Reads the parameters of one request.
pub(crate) struct Reader<'a> {
    parameters: &'a Parameters,
    longest: usize,
    failed: Option<Check>,
}

impl<'a> Reader<'a> {
    /// Texts may be so many bytes long. The appid, which every operation has, is checked at once.
    pub(super) fn new(parameters: &'a Parameters, longest: usize) -> Self {
        let mut reader = Self { parameters, longest, failed: None };
        reader.appid();
        reader
    }

    /// Whether all that was read is in order.
    pub(super) fn finish(self) -> Result<(), Condition> {
        match self.failed {
            None => Ok(()),
            Some(Check::Presence) => Err(Condition::ParameterEmpty),
            Some(Check::Type | Check::Characters) => Err(Condition::ParameterInvalid),
            Some(Check::Length) => Err(Condition::ParameterTooLong),
        }
    }

    /// A required id.
    pub(super) fn id(&mut self, name: &str) -> String {
        let id = self.text(name, true).unwrap_or_default();
        self.check_id(&id);
        id
    }

    /// A required list of ids, each once, in their order. Numbers are taken as ids, since clients send face ids as such.
    pub(super) fn ids(&mut self, name: &str) -> Vec<String> {
        let ids = self.texts(name);
        if ids.as_ref().is_none_or(Vec::is_empty) {
            self.fail(Check::Presence);
        }
        self.distinct_ids(ids.unwrap_or_default())
    }

    /// An optional text.
    pub(super) fn note(&mut self, name: &str) -> Option<String> {
        let note = self.text(name, false)?;
        if note.len() > self.longest {
            self.fail(Check::Length);
        }
        Some(note)
    }

    /// `mode`: whether only the largest face is wanted.
    pub(super) fn largest_only(&mut self) -> bool {
        match self.parameters.given("mode") {
            None => false,
            Some(Given::Json(value)) => self.is_one(value.as_i64()),
            Some(Given::One(content)) if content.as_ref() == ABSENT => false,
            Some(Given::One(content)) => {
                self.is_one(std::str::from_utf8(content).ok().and_then(|text| text.trim().parse().ok()))
            }
            Some(Given::Many(_)) => self.is_one(None),
        }
    }

    /// `group_id`, or `group_ids` in its place; where both are given, the single one counts.
    pub(super) fn groups(&mut self) -> Probe {
        let before = self.failed;
        let group = self.text("group_id", false).filter(|group| !group.is_empty());
        let groups = self.texts("group_ids").filter(|groups| !groups.is_empty());
        let mistyped = self.failed != before; // there, but not what it should be
        if let Some(group) = group {
            self.check_id(&group);
            return Probe::Group(group);
        }
        if groups.is_none() && !mistyped {
            self.fail(Check::Presence);
        }
        Probe::Groups(self.distinct_ids(groups.unwrap_or_default()))
    }

    /// A picture given as bytes, or by address; where both are given, the address counts. JSON may carry the bytes as
    /// Base64.
    pub(super) fn picture(&mut self, image: &str, url: &str) -> Source {
        let image = match self.parameters.given(image) {
            None => Source::Absent,
            Some(Given::One(content)) => Source::Bytes(content.clone()),
            Some(Given::Json(value)) => self.base64(value),
            Some(Given::Many(_)) => {
                self.fail(Check::Type);
                Source::Absent
            }
        };
        self.text(url, false).filter(|url| !url.is_empty()).map_or(image, Source::Url)
    }

    /// Several pictures given as bytes, or by addresses; where both are given, the addresses count. The document calls
    /// the addresses a text and shows a list: a text alone is taken as one address.
    pub(super) fn pictures(&mut self, images: &str, urls: &str) -> Vec<Source> {
        let images = match self.parameters.given(images) {
            None => Vec::new(),
            Some(Given::Many(contents)) => contents.values().cloned().map(Source::Bytes).collect(),
            Some(Given::Json(Value::Array(entries))) => {
                entries.iter().map(|entry| self.base64(entry)).collect()
            }
            Some(Given::Json(_) | Given::One(_)) => {
                self.fail(Check::Type);
                Vec::new()
            }
        };
        let urls = match self.parameters.given(urls) {
            Some(Given::One(_) | Given::Json(Value::String(_))) => {
                self.text(urls, false).filter(|url| !url.is_empty()).map(|url| vec![url])
            }
            _ => self.texts(urls),
        };
        let urls = urls.unwrap_or_default();
        let pictures = if urls.is_empty() { images } else { urls.into_iter().map(Source::Url).collect() };
        if pictures.len() > MOST_PICTURES {
            self.fail(Check::Type);
        }
        pictures
    }

    fn appid(&mut self) {
        match self.parameters.given("appid") {
            None => self.fail(Check::Presence),
            Some(_) => match self.parameters.loose_text("appid") {
                None => self.fail(Check::Type),
                Some(appid) if appid.is_empty() => self.fail(Check::Presence),
                Some(_) => {}
            },
        }
        if self.parameters.given("bucket").is_some() && self.parameters.loose_text("bucket").is_none() {
            self.fail(Check::Type);
        }
    }

    fn text(&mut self, name: &str, required: bool) -> Option<String> {
        let text = match self.parameters.given(name) {
            None => None,
            Some(Given::One(content)) if !required && content.as_ref() == ABSENT => None,
            Some(Given::One(content)) => Some(String::from_utf8(content.to_vec()).ok()),
            Some(Given::Json(Value::String(text))) => Some(Some(text.clone())),
            Some(Given::Json(_) | Given::Many(_)) => Some(None),
        };
        match text {
            Some(None) => {
                self.fail(Check::Type);
                None
            }
            Some(Some(text)) => {
                if required && text.is_empty() {
                    self.fail(Check::Presence);
                }
                Some(text)
            }
            None => {
                if required {
                    self.fail(Check::Presence);
                }
                None
            }
        }
    }

    /// A list of texts; `None` when it is absent or no list.
    fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let texts: Option<Vec<String>> = match self.parameters.given(name)? {
            Given::Json(Value::Array(entries)) => entries.iter().map(text_or_number).collect(),
            Given::Many(contents) => {
                contents.values().map(|content| String::from_utf8(content.to_vec()).ok()).collect()
            }
            Given::Json(_) | Given::One(_) => None,
        };
        if texts.is_none() {
            self.fail(Check::Type);
            return Some(vec![String::from("-")]); // present, though of no use
        }
        if texts.iter().flatten().any(String::is_empty) {
            self.fail(Check::Presence);
        }
        texts
    }

    fn base64(&mut self, value: &Value) -> Source {
        let decoded = value.as_str().map(|text| STANDARD.decode(text.trim()));
        if let Some(Ok(picture)) = decoded {
            return Source::Bytes(Bytes::from(picture));
        }
        self.fail(Check::Type);
        Source::Absent
    }

    fn distinct_ids(&mut self, ids: Vec<String>) -> Vec<String> {
        for id in &ids {
            self.check_id(id);
        }
        let mut seen = HashSet::with_capacity(ids.len());
        ids.into_iter().filter(|id| seen.insert(id.clone())).collect()
    }

    /// Ids hold no space, slash, tab or line break, the later documents say; other control characters no more.
    fn check_id(&mut self, id: &str) {
        if id.len() > self.longest {
            self.fail(Check::Length);
        }
        if id.chars().any(|character| character == '/' || character.is_whitespace() || character.is_control())
        {
            self.fail(Check::Characters);
        }
    }

    fn is_one(&mut self, number: Option<i64>) -> bool {
        if !matches!(number, Some(0 | 1)) {
            self.fail(Check::Type);
        }
        number == Some(1)
    }

    fn fail(&mut self, check: Check) {
        self.failed = Some(self.failed.map_or(check, |failed| failed.min(check)));
    }
}

fn text_or_number(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}
