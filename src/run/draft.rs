//! A request in the making: an operation's parameters, and what deviates.

use std::sync::Arc;

use lianpu_corpus::{BodyKind, Operation};
use serde_json::Value;

use super::context::Context;
use super::transcript::Moment;
use super::world::World;
use crate::sign::{self, Circumstances, Lacking, Signature};
use crate::wire::{
    Field, FieldValue, File, Request, write_form, write_json, write_json_list, write_multipart,
};

/// A request in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) operation: &'static Operation,
    pub(super) fields: Vec<Field>,
    pub(super) body_kind: Option<BodyKind>,
    pub(super) method: Option<String>,
    /// Headers put or left out, in order.
    pub(super) headers: Vec<(String, Option<String>)>,
    /// Query parameters put or left out, in order.
    pub(super) query: Vec<(String, Option<String>)>,
    pub(super) raw_body: Option<String>,
    /// Objects in a body that is a list, in place of the operation's own number.
    pub(super) elements: Option<usize>,
    pub(super) cut_in_half: bool,
    pub(super) without_boundary: bool,
    pub(super) signature: Signature,
    pub(super) signed_by_second: bool,
}

/// A request that is written and signed.
#[derive(Debug, Clone)]
pub(super) struct Signed {
    pub(super) request: Request,
    /// The text that was signed, where somebody keeps it.
    pub(super) text: Option<String>,
}

/// The header of the fault hook.
pub(super) const FAULT_HEADER: &str = "X-Lianpu-Fault";

/// Written by hand, not chosen at random: the pictures drawn never contain it, and the same request gives the same bytes.
const BOUNDARY: &str = "lianpu-7d1f0c52a94b4e0f";

impl Draft {
    pub(super) fn new(operation: &'static Operation) -> Self {
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

    /// Puts a parameter, in place of the one of this name, and of the one it stands instead of.
    pub(super) fn put(&mut self, name: &str, value: FieldValue) {
        let alternative = self.operation.parameter(name).and_then(|parameter| parameter.instead.clone());
        self.fields.retain(|field| Some(&field.name) != alternative.as_ref());
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.value = value,
            None => self.fields.push(Field { name: name.to_owned(), value }),
        }
    }

    pub(super) fn put_json(&mut self, name: &str, value: impl Into<Value>) {
        self.put(name, FieldValue::Json(value.into()));
    }

    pub(super) fn leave(&mut self, name: &str) {
        self.fields.retain(|field| field.name != name);
    }

    /// Puts pictures: one as a file, or a list where the parameter takes one.
    pub(super) fn put_files(&mut self, name: &str, files: Vec<Arc<File>>, list: bool) {
        match <[_; 1]>::try_from(files) {
            Ok([file]) if !list => self.put(name, FieldValue::File(file)),
            Ok(one) => self.put(name, FieldValue::Files(one.into())),
            Err(files) => self.put(name, FieldValue::Files(files)),
        }
    }

    /// The text of a parameter, where it is one.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        match &field.value {
            FieldValue::Json(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Writes and signs it.
    pub(super) fn finish(&self, world: &World, context: &Context) -> Result<Signed, Lacking> {
        let kind = self.body_kind.unwrap_or_else(|| self.natural_kind());
        let (mut body, content_type) = match kind {
            BodyKind::Multipart => {
                let content_type = match self.without_boundary {
                    true => "multipart/form-data".to_owned(),
                    false => format!("multipart/form-data; boundary={BOUNDARY}"),
                };
                (write_multipart(&self.fields, BOUNDARY), content_type)
            }
            BodyKind::Json => (self.json(), "application/json".to_owned()),
            BodyKind::Form => (write_form(&self.fields), "application/x-www-form-urlencoded".to_owned()),
        };
        if let Some(raw) = &self.raw_body {
            body = raw.clone().into_bytes();
        }
        if self.cut_in_half {
            body.truncate(body.len() / 2);
        }
        let mut request = Request {
            method: self.method.clone().unwrap_or_else(|| self.operation.method.clone()),
            target: self.operation.path.clone(),
            headers: vec![("Content-Type".to_owned(), content_type)],
            body,
        };
        let text = self.sign(&mut request, world, context)?;
        for (name, value) in &self.query {
            request.set_query(name, value.as_deref());
        }
        for (name, value) in &self.headers {
            request.set_header(name, value.as_deref());
        }
        Ok(Signed { request, text })
    }

    /// Pictures go into JSON only where the operation knows no multipart.
    fn json(&self) -> Vec<u8> {
        let carried = |field: &&Field| matches!(field.value, FieldValue::Json(_)) || !self.takes_multipart();
        let fields: Vec<_> = self.fields.iter().filter(carried).cloned().collect();
        match self.operation.elements {
            Some(own) => write_json_list(&fields, self.elements.or_else(|| pictures(&fields)).unwrap_or(own)),
            None => write_json(&fields),
        }
    }

    fn takes_multipart(&self) -> bool {
        self.operation.bodies.contains(&BodyKind::Multipart)
    }

    fn natural_kind(&self) -> BodyKind {
        let files = self.fields.iter().any(|field| !matches!(field.value, FieldValue::Json(_)));
        if (files && self.takes_multipart()) || self.without_boundary {
            return BodyKind::Multipart;
        }
        self.operation.bodies.first().copied().unwrap_or(BodyKind::Json)
    }

    fn sign(
        &self,
        request: &mut Request,
        world: &World,
        context: &Context,
    ) -> Result<Option<String>, Lacking> {
        let dialect = &world.dialect().manifest;
        let second = context.target.second_account(&dialect.name);
        let asks = if world.asks_second { second } else { context.target.account(&dialect.name) };
        let signs = if self.signed_by_second { second } else { asks };
        let account = signs.ok_or(Lacking::SecondAccount)?;
        let token = context.tokens.of(&dialect.name, account);
        let Moment { now, nonce } = world.moment(context);
        let circumstances = Circumstances {
            account,
            other: second,
            now,
            nonce,
            token: token.as_deref(),
            host: context.target.host(),
        };
        let own = sign::of_dialect(dialect)?;
        let keeps = context.options.keeper.is_some();
        let text = sign::sign(request, own, &self.signature, circumstances)?;
        Ok(text.filter(|_| keeps))
    }
}

/// How many objects several pictures ask for; one picture stands in all of them.
fn pictures(fields: &[Field]) -> Option<usize> {
    fields.iter().find_map(|field| match &field.value {
        FieldValue::Files(files) if files.len() > 1 => Some(files.len()),
        _ => None,
    })
}
