//! Parameters of an operation, read from the fields with their checks.
//!
//! An absent parameter is answered 21 and an empty one -1301; a JSON value of another type is answered 3, a value out
//! of range or an unreadable text 21.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use crate::form::{Field, Form};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The longest id or name, in bytes. No document states one.
const LONGEST_ID: usize = 4096;
/// The longest tag, in bytes.
const LONGEST_TAG: usize = 32_768;

/// Where a picture comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// The request holds it.
    Bytes(Vec<u8>),
    /// It is to be fetched.
    Url(String),
}

/// The fields of a request, with the faults that concern their reading.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    form: &'a Form,
    defects: &'a Defects,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(form: &'a Form, defects: &'a Defects) -> Self {
        Fields { form, defects }
    }

    fn get(self, name: &str) -> Option<&'a Field> {
        self.form.fields.get(name)
    }

    fn missing(self) -> Code {
        if self.defects.has(Defect::MissingAs213) { Code::INTERNAL } else { Code::BAD_PARAMETER }
    }

    /// The appid or the bucket: a text or a number, unchecked.
    pub(crate) fn address(self, name: &str) -> Result<Option<String>, Code> {
        match self.get(name) {
            None => Ok(None),
            Some(Field::Number(_)) if self.defects.has(Defect::AppidNumberRefused) => Err(Code::BAD_REQUEST),
            Some(Field::Number(number)) => Ok(Some(number.clone())),
            Some(field) => text_of(field).map(Some),
        }
    }

    /// An id that must be there.
    pub(crate) fn id(self, name: &str) -> Result<String, Code> {
        let text = text_of(self.get(name).ok_or(self.missing())?)?;
        self.checked_id(text)
    }

    fn checked_id(self, text: String) -> Result<String, Code> {
        if text.is_empty() && !self.defects.has(Defect::EmptyTextTaken) {
            return Err(Code::EMPTY_PARAMETER);
        }
        if text.len() > LONGEST_ID && !self.defects.has(Defect::LongTextTaken) {
            return Err(Code::LONG_PARAMETER);
        }
        Ok(if self.defects.has(Defect::IdsTrimmed) {
            text.chars().take(12).collect()
        } else if self.defects.has(Defect::IdsFolded) {
            text.to_lowercase()
        } else {
            text
        })
    }

    /// A name or a tag, which may be absent.
    pub(crate) fn note(self, name: &str) -> Result<Option<String>, Code> {
        let Some(field) = self.get(name) else { return Ok(None) };
        let text = text_of(field)?;
        let longest = if name == "tag" { LONGEST_TAG } else { LONGEST_ID };
        if text.len() > longest && !self.defects.has(Defect::LongTextTaken) {
            return Err(Code::LONG_PARAMETER);
        }
        Ok(Some(text))
    }

    /// A list of ids that must be there and not be empty. Numbers pass where a client may have them.
    pub(crate) fn ids(self, name: &str, numbers: bool) -> Result<Vec<String>, Code> {
        let items = match self.get(name).ok_or(self.missing())? {
            Field::List(items) => items,
            Field::Bytes(_) => return Err(Code::BAD_PARAMETER),
            _ => return Err(Code::BAD_REQUEST),
        };
        if items.is_empty() {
            return Err(Code::EMPTY_PARAMETER);
        }
        let mut ids = Vec::with_capacity(items.len());
        for item in items {
            let id = match item {
                Field::Number(number) if numbers => number.clone(),
                item => self.checked_id(text_of(item)?)?,
            };
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Whether a field is there at all.
    pub(crate) fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The mode of detection: whether only the largest face is wanted. So it is if nothing is said.
    pub(crate) fn largest_only(self) -> Result<bool, Code> {
        let text = match self.get("mode") {
            None => return Ok(true),
            Some(Field::Number(number)) => number.clone(),
            Some(field) => text_of(field)?,
        };
        match text.as_str() {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err(Code::BAD_PARAMETER),
        }
    }

    /// A picture that may be absent; of both forms the url is used.
    pub(crate) fn picture(self, image: &str, url: &str) -> Result<Option<Source>, Code> {
        let url =
            self.get(url).map(url_of).transpose()?.filter(|source| !is_blank(source) || !self.has(image));
        let image = self.get(image);
        if let Some(field) = image.filter(|_| url.is_none() || self.defects.has(Defect::ImageBeforeUrl)) {
            return bytes_of(field).map(Some);
        }
        Ok(url)
    }

    /// A picture that must be there.
    pub(crate) fn required_picture(self, image: &str, url: &str) -> Result<Source, Code> {
        self.picture(image, url)?.ok_or(Code::EMPTY_PARAMETER)
    }

    /// The pictures of `addface`; of both forms the urls are used. Each may turn out to be unreadable.
    pub(crate) fn pictures(self) -> Result<Vec<Result<Source, Code>>, Code> {
        let images = self.defects.has(Defect::ImagesBeforeUrls) && self.has("images");
        let (name, read): (_, fn(&Field) -> _) =
            if self.has("urls") && !images { ("urls", url_of) } else { ("images", bytes_of) };
        let sources: Vec<_> = match self.get(name).ok_or(Code::EMPTY_PARAMETER)? {
            Field::List(items) => items.iter().map(read).collect(),
            Field::Other => return Err(Code::BAD_REQUEST),
            one => vec![read(one)],
        };
        match sources.len() {
            0 => Err(Code::EMPTY_PARAMETER),
            1..=64 => Ok(sources),
            _ => Err(Code::BAD_PARAMETER),
        }
    }
}

fn is_blank(source: &Source) -> bool {
    *source == Source::Url(String::new())
}

fn text_of(field: &Field) -> Result<String, Code> {
    match field {
        Field::Text(text) => Ok(text.clone()),
        Field::Bytes(bytes) => String::from_utf8(bytes.clone()).map_err(|_| Code::BAD_PARAMETER),
        Field::Number(_) | Field::List(_) | Field::Other => Err(Code::BAD_REQUEST),
    }
}

fn url_of(field: &Field) -> Result<Source, Code> {
    text_of(field).map(|url| Source::Url(url.trim().to_owned()))
}

/// A picture in the request: the bytes of a part, or Base64 in JSON.
fn bytes_of(field: &Field) -> Result<Source, Code> {
    match field {
        Field::Bytes(bytes) => Ok(Source::Bytes(bytes.clone())),
        Field::Text(text) => STANDARD.decode(text).map(Source::Bytes).map_err(|_| Code::UNDECODABLE),
        Field::Number(_) | Field::List(_) | Field::Other => Err(Code::BAD_REQUEST),
    }
}
