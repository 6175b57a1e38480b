//! A mutant in the making: between its ground and its bytes. Mutations change it stage by stage; the stages stand in `apply`.

use lianpu_corpus::BodyKind;

use super::effect::Effect;
use crate::request::{BOUNDARY, Ground, bare, write_body};
use crate::wire::{Field, Framing, Request};

/// A mutant in the making.
#[derive(Debug)]
pub struct Making<'a> {
    /// What it started from.
    pub ground: &'a Ground,
    /// The parameters; what picture and parameter mutations change.
    pub fields: Vec<Field>,
    /// How the body carries them.
    pub kind: BodyKind,
    /// The boundary of a multipart body, with which it is written and which the header names.
    pub boundary: String,
    /// The request; its body and content type are written from the fields, then mutations of the writing change both.
    pub request: Request,
    /// How it is put on the wire.
    pub framing: Framing,
    /// Whether a mutation of the framing follows, so that the length on the wire is not the body's.
    pub framing_changes: bool,
    /// The text that was signed, where the scheme signs one.
    pub signed_text: Option<String>,
    /// How often the same bytes are sent before the request that is judged.
    pub sent_before: u32,
    /// What the mutations broke.
    pub effects: Vec<Effect>,
}

impl<'a> Making<'a> {
    /// The valid request, nothing written yet.
    pub fn of(ground: &'a Ground) -> Self {
        let request = bare(ground.operation);
        Self {
            ground,
            fields: ground.fields.clone(),
            kind: ground.kind,
            boundary: BOUNDARY.to_owned(),
            request,
            framing: Framing::default(),
            framing_changes: false,
            signed_text: None,
            sent_before: 0,
            effects: Vec::new(),
        }
    }

    /// Writes the fields as the body, rightly, with the content type that fits.
    pub fn write(&mut self) {
        let operation = self.ground.operation;
        let (body, content_type) = write_body(operation, &self.fields, self.kind, &self.boundary, None);
        self.request.body = body;
        self.request.set_header("Content-Type", Some(&content_type));
    }
}
