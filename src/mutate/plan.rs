//! A plan: which mutations, on which operation. Typed, closed, and the same text in a bundle as in a test.

use arbitrary::{Arbitrary, Result, Unstructured};
use lianpu_corpus::{Dialect, Operation};
use serde::{Deserialize, Serialize};

use super::body::BodyMutation;
use super::mutator::{Aspect, Mutator, Subject};
use super::picture::PictureMutation;
use super::signature::SignatureMutation;

/// The most mutations of one plan.
pub const MOST: usize = 3;

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The dialect's name.
    pub dialect: String,
    /// The operation's name.
    pub operation: String,
    /// One to three mutations, at most one of an aspect; none: the valid request.
    pub mutations: Vec<Mutation>,
}

/// One mutation with its parameters.
#[derive(Debug, Clone, PartialEq, Arbitrary, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Mutation {
    /// Of the signature.
    Signature(SignatureMutation),
    /// Of the body.
    Body(BodyMutation),
    /// Of a picture.
    Picture(PictureMutation),
}

/// All mutators: of signatures, of bodies, of pictures.
pub fn mutators() -> impl Iterator<Item = &'static Mutator> {
    SignatureMutation::TABLES
        .iter()
        .copied()
        .flatten()
        .chain(BodyMutation::TABLE)
        .chain(PictureMutation::TABLE)
}

/// The mutator of this name.
pub fn mutator(name: &str) -> Option<&'static Mutator> {
    mutators().find(|mutator| mutator.name == name)
}

impl Plan {
    /// Draws a plan for an operation: only mutators that apply to it, of these subjects (empty: all). More than one
    /// mutation is the exception, for one fault at a time says most.
    pub fn arbitrary_for(
        bytes: &mut Unstructured<'_>,
        dialect: &Dialect,
        operation: &Operation,
        subjects: &[Subject],
    ) -> Result<Self> {
        let asked = |mutator: &&Mutator| subjects.is_empty() || subjects.contains(&mutator.subject);
        let mut open: Vec<_> =
            mutators().filter(asked).filter(|mutator| mutator.applies_to(dialect, operation)).collect();
        let wanted = match bytes.arbitrary::<u8>()? {
            0..=199 => 1,
            200..=241 => 2,
            _ => MOST,
        };
        let mut mutations = Vec::new();
        while mutations.len() < wanted && !open.is_empty() {
            let mutator = *bytes.choose(&open)?;
            mutations.push(Mutation::draw(mutator, bytes)?);
            open.retain(|other| other.aspect != mutator.aspect);
        }
        let (dialect, operation) = (dialect.manifest.name.clone(), operation.name.clone());
        Ok(Self { dialect, operation, mutations })
    }
}

impl Mutation {
    /// Draws the parameters of a mutator.
    pub fn draw(mutator: &Mutator, bytes: &mut Unstructured<'_>) -> Result<Self> {
        let name = mutator.name;
        let drawn = match mutator.subject {
            Subject::Signature => SignatureMutation::draw(name, bytes)?.map(Self::Signature),
            Subject::Body => BodyMutation::draw(name, bytes)?.map(Self::Body),
            Subject::Picture => PictureMutation::draw(name, bytes)?.map(Self::Picture),
        };
        Ok(drawn.expect("every mutator of a table is drawn by the enum of that table"))
    }

    /// The mutator.
    pub fn mutator(&self) -> &'static Mutator {
        mutator(self.name()).expect("every mutation has its mutator in a table")
    }

    /// The mutator's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Signature(mutation) => mutation.name(),
            Self::Body(mutation) => mutation.name(),
            Self::Picture(mutation) => mutation.name(),
        }
    }

    /// The aspect it touches.
    pub fn aspect(&self) -> Aspect {
        self.mutator().aspect
    }
}
