//! A request in the making: an operation's parameters, and what deviates from a valid request.

use std::sync::Arc;

use lianpu_corpus::{Account, BodyKind, Manifest, Operation, Word};
use serde_json::Value;

use super::body::{BOUNDARY, bare, natural_kind, write_body};
use super::prepared::Prepared;
use super::valid::{Source, UnknownWord, fields};
use crate::sign::{Circumstances, Lacking, Scheme, Signature};
use crate::wire::{Field, FieldValue, File, Request};

/// The header of the fault hook.
pub const FAULT_HEADER: &str = "X-Lianpu-Fault";

/// A request in the making. Nothing deviates in a new one.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The operation.
    pub operation: &'static Operation,
    /// The parameters in the order of writing.
    pub fields: Vec<Field>,
    /// How the body carries them, in place of what is natural for them.
    pub body_kind: Option<BodyKind>,
    /// The method in place of the operation's.
    pub method: Option<String>,
    /// Headers put or left out after signing, in order.
    pub headers: Vec<(String, Option<String>)>,
    /// Query parameters put or left out after signing, in order.
    pub query: Vec<(String, Option<String>)>,
    /// The body in place of the written one.
    pub raw_body: Option<String>,
    /// Objects in a body that is a list, in place of the operation's own number.
    pub elements: Option<usize>,
    /// Whether only the first half of the body is sent.
    pub cut_in_half: bool,
    /// Whether the content type of a multipart body names no boundary.
    pub without_boundary: bool,
    /// How it is signed.
    pub signature: Signature,
    /// Whether the second account signs, whoever asks.
    pub signed_by_second: bool,
}

impl Draft {
    /// A request without parameters.
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            fields: Vec::new(),
            body_kind: None,
            method: None,
            headers: Vec::new(),
            query: Vec::new(),
            raw_body: None,
            elements: None,
            cut_in_half: false,
            without_boundary: false,
            signature: Signature::default(),
            signed_by_second: false,
        }
    }

    /// A request that says who asks, and nothing else.
    pub fn of_account(manifest: &Manifest, operation: &'static Operation, account: Option<&Account>) -> Self {
        let mut draft = Self::new(operation);
        for (name, text) in operation.fixed_fields() {
            draft.put_json(name, text);
        }
        if let Some(account) = account {
            draft.put_account(manifest, account);
        }
        draft
    }

    /// The valid request of an operation, its parameters in the document's order.
    pub fn valid(operation: &'static Operation, source: Source<'_>) -> Result<Self, UnknownWord> {
        Ok(Self { fields: fields(operation, source)?, ..Self::new(operation) })
    }

    /// Says who asks.
    pub fn put_account(&mut self, manifest: &Manifest, account: &Account) {
        for parameter in &self.operation.parameters {
            if let Some(Word::Part(part)) = manifest.word_of(parameter) {
                self.put_json(&parameter.name, account.part(part));
            }
        }
    }

    /// Says last who asks.
    pub fn put_account_last(&mut self, manifest: &Manifest) {
        let operation = self.operation;
        let says_who_asks = |field: &Field| {
            let parameter = operation.parameter(&field.name);
            parameter.is_some_and(|parameter| manifest.names_account(parameter.valid.as_deref()))
        };
        self.fields.sort_by_key(says_who_asks);
    }

    /// Puts a parameter, in place of the one of this name, and of the one it stands instead of.
    pub fn put(&mut self, name: &str, value: FieldValue) {
        let alternative = self.operation.parameter(name).and_then(|parameter| parameter.instead.as_ref());
        self.fields.retain(|field| Some(&field.name) != alternative);
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.value = value,
            None => self.fields.push(Field { name: name.to_owned(), value }),
        }
    }

    /// Puts a parameter that is no file.
    pub fn put_json(&mut self, name: &str, value: impl Into<Value>) {
        self.put(name, FieldValue::Json(value.into()));
    }

    /// Leaves a parameter out.
    pub fn leave(&mut self, name: &str) {
        self.fields.retain(|field| field.name != name);
    }

    /// Puts pictures: one as a file, or a list where the parameter takes one.
    pub fn put_files(&mut self, name: &str, files: Vec<Arc<File>>, list: bool) {
        match <[_; 1]>::try_from(files) {
            Ok([file]) if !list => self.put(name, FieldValue::File(file)),
            Ok(one) => self.put(name, FieldValue::Files(one.into())),
            Err(files) => self.put(name, FieldValue::Files(files)),
        }
    }

    /// The text of a parameter, where it is one.
    pub fn text(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        match &field.value {
            FieldValue::Json(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Writes and signs it; by the dialect's `own` scheme where it asks for no other.
    pub fn prepare(
        &self,
        own: Option<&'static dyn Scheme>,
        with: Circumstances<'_>,
        keeps_text: bool,
    ) -> Result<Prepared, Lacking> {
        let host = self.operation.host.as_deref().unwrap_or(with.host);
        let with = Circumstances { host, ..with };
        let mut prepared = Prepared::sign(self.write(), own, &self.signature, with, keeps_text)?;
        for (name, value) in &self.query {
            prepared.request.set_query(name, value.as_deref());
        }
        for (name, value) in &self.headers {
            prepared.request.set_header(name, value.as_deref());
        }
        Ok(prepared)
    }

    fn write(&self) -> Request {
        let kind = self.body_kind.unwrap_or(match self.without_boundary {
            true => BodyKind::Multipart,
            false => natural_kind(self.operation, &self.fields),
        });
        let (mut body, mut content_type) =
            write_body(self.operation, &self.fields, kind, BOUNDARY, self.elements);
        if self.without_boundary && kind == BodyKind::Multipart {
            "multipart/form-data".clone_into(&mut content_type);
        }
        if let Some(raw) = &self.raw_body {
            body = raw.clone().into_bytes();
        }
        if self.cut_in_half {
            body.truncate(body.len() / 2);
        }
        let mut request = bare(self.operation);
        if let Some(method) = &self.method {
            request.method.clone_from(method);
        }
        request.headers.insert(0, ("Content-Type".to_owned(), content_type));
        if let Some(host) = &self.operation.host {
            request.set_header("Host", Some(host));
        }
        request.body = body;
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Standing;
    use crate::sign;

    fn circumstances(account: &Account) -> Circumstances<'_> {
        Circumstances { account, other: None, now: 1_500_000_000, nonce: 7, token: None, host: "h" }
    }

    fn written(change: impl FnOnce(&mut Draft)) -> Request {
        let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
        let account = &dialect.manifest.accounts[0];
        let standing = Standing::default().with("person", ["p"]);
        let source =
            Source { dialect, account: Some(account), standing: &standing, fresh: &mut |_| Vec::new() };
        let mut draft = Draft::valid(dialect.operation("getinfo").unwrap(), source).unwrap();
        draft.put_account_last(&dialect.manifest);
        change(&mut draft);
        let own = sign::of_dialect(&dialect.manifest).unwrap();
        draft.prepare(own, circumstances(account), false).unwrap().request
    }

    fn text(request: &Request) -> String {
        String::from_utf8(request.body.clone()).unwrap()
    }

    #[test]
    fn a_valid_request_is_written_and_signed() {
        let request = written(|_| {});
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/face/getinfo"));
        assert!(text(&request).starts_with(r#"{"person_id":"p","appid":""#), "{}", text(&request));
        assert_eq!(request.header("Content-Type"), Some("application/json"));
        assert!(request.header("Authorization").is_some());
    }

    #[test]
    fn what_every_request_of_an_operation_has_is_written() {
        let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
        let of = |selector: Value| {
            let mut operation = dialect.operation("getinfo").unwrap().clone();
            operation.selector = Some(serde_json::from_value(selector).unwrap());
            operation.headers.insert("X-Version".to_owned(), "1".to_owned());
            operation.host = Some("space.example".to_owned());
            let account = dialect.manifest.accounts.first();
            Draft::of_account(&dialect.manifest, Box::leak(Box::new(operation)), account).write()
        };
        let request = of(serde_json::json!({"header": "X-Action", "is": "Info"}));
        assert_eq!(
            ["X-Action", "X-Version", "Host"].map(|name| request.header(name)),
            [Some("Info"), Some("1"), Some("space.example")]
        );
        assert_eq!(
            of(serde_json::json!({"query": "action", "is": "info"})).target,
            "/face/getinfo?action=info"
        );
        let request = of(serde_json::json!({"field": "action", "is": "info"}));
        assert!(text(&request).starts_with(r#"{"action":"info","appid":""#), "{}", text(&request));
    }

    #[test]
    fn what_deviates_is_written_so() {
        let request = written(|draft| draft.without_boundary = true);
        assert_eq!(request.header("Content-Type"), Some("multipart/form-data"));
        assert!(text(&request).starts_with(&format!("--{BOUNDARY}\r\n")));
        let request = written(|draft| {
            draft.raw_body = Some("abcd".to_owned());
            draft.cut_in_half = true;
            draft.headers.push(("Authorization".to_owned(), None));
            draft.query.push(("a".to_owned(), Some("1".to_owned())));
        });
        assert_eq!((text(&request).as_str(), request.target.as_str()), ("ab", "/face/getinfo?a=1"));
        assert_eq!(request.header("Authorization"), None);
    }
}
