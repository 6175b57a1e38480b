//! The mutators as a list: names, what each changes, and where it applies.
//!
//! The macro keeps name, parameters, gloss and applicability of a mutator in one place; from it come the enum that plans
//! are made of, the table behind `list mutators`, and the drawing of a mutator by its name.

use lianpu_corpus::{BodyKind, Dialect, Operation, Parameter, ParameterType};

use crate::request::valid_kind;
use crate::sign::schemes_of;

/// One mutator.
#[derive(Debug, Clone, Copy)]
pub struct Mutator {
    /// Its name, unique among all: kebab case.
    pub name: &'static str,
    /// What it changes.
    pub subject: Subject,
    /// At most one mutation of an aspect stands in a plan.
    pub aspect: Aspect,
    /// What it does, one sentence.
    pub gloss: &'static str,
    /// Its parameters: names, and what each says.
    pub parameters: &'static [(&'static str, &'static str)],
    /// Where it applies.
    pub applies: Applies,
}

/// What a mutator changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// How the request is signed.
    Signature,
    /// How the body is written and framed, and what its parameters say.
    Body,
    /// The bytes and the content of a picture.
    Picture,
}

/// What two mutations of one plan must not both touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The signature.
    Signature,
    /// The value of a parameter.
    Parameter,
    /// How the parameters are written into a body.
    Writing,
    /// How the body is delimited on the wire.
    Framing,
    /// A picture.
    Picture,
}

/// Where a mutator applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applies {
    /// Everywhere.
    Everywhere,
    /// Where requests are signed by this scheme, or may be instead.
    Scheme(&'static str),
    /// The same, for operations that change nothing: what is sent twice, or in the name of another tenant.
    SchemeAsking(&'static str),
    /// Where the valid request of the operation has this body.
    Body(BodyKind),
    /// Where an operation takes a picture's bytes.
    Picture,
    /// Where the body is a list.
    List,
    /// Where an operation has a parameter of this trait.
    Parameter(Trait),
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// Anything.
    Any,
    /// Part of the valid request.
    Valid,
    /// A text, or a list of texts.
    Text,
    /// Of a length that the documents, or a limit of the target, tell.
    Limited,
    /// A name of something, or a text of certain characters.
    Id,
    /// A number of a range.
    Ranged,
    /// One of a few values.
    Closed,
    /// Refused at certain values.
    Wrong,
    /// A list of texts that the valid request has.
    List,
    /// A picture that may come by its address instead.
    Addressed,
}

impl Trait {
    /// Whether a parameter is so.
    pub fn is_of(self, parameter: &Parameter) -> bool {
        use ParameterType as Type;
        let valid = parameter.valid.as_deref();
        let texts = matches!(parameter.kind, Type::String | Type::Strings);
        match self {
            Self::Any => true,
            Self::Valid => valid.is_some(),
            Self::Text | Self::Limited => texts,
            Self::Id => parameter.charset.is_some() || (texts && valid.is_some()),
            Self::Ranged => parameter.range.is_some(),
            Self::Closed => !parameter.one_of.is_empty(),
            Self::Wrong => !parameter.wrong.is_empty(),
            Self::List => parameter.kind == Type::Strings && valid.is_some(),
            Self::Addressed => {
                matches!(parameter.kind, Type::Picture | Type::Pictures)
                    && valid.is_some()
                    && parameter.instead.is_some()
            }
        }
    }
}

impl Subject {
    /// All, with the words of the command line.
    pub const WORDS: [(&'static str, Self); 3] =
        [("signature", Self::Signature), ("multipart", Self::Body), ("picture", Self::Picture)];

    /// The word used in reports and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Body => "multipart",
            Self::Picture => "picture",
        }
    }
}

impl Mutator {
    /// Whether it has a meaning for this operation.
    pub fn applies_to(&self, dialect: &Dialect, operation: &Operation) -> bool {
        match self.applies {
            Applies::Everywhere => true,
            Applies::Scheme(scheme) => is_taken(scheme, dialect),
            Applies::SchemeAsking(scheme) => is_taken(scheme, dialect) && !operation.changes,
            Applies::Body(kind) => valid_kind(operation) == kind,
            Applies::List => operation.elements.is_some(),
            Applies::Parameter(what) => operation.parameters.iter().any(|parameter| what.is_of(parameter)),
            Applies::Picture => operation.picture().is_some_and(|parameter| parameter.valid.is_some()),
        }
    }
}

/// Whether requests of the dialect may be signed by the scheme.
fn is_taken(scheme: &str, dialect: &Dialect) -> bool {
    schemes_of(&dialect.manifest).any(|known| known == scheme)
}

/// Defines an enum of mutations: a plan's serde form is `{"mutator": "<name>", "<parameter>": …}`.
///
/// Each line: `"name" Variant { parameter: Type, … } aspect, where it applies, "what it does";`
macro_rules! mutators {
    (
        $(#[$meta:meta])*
        pub enum $mutation:ident of $subject:ident {
            $( $name:literal $variant:ident { $($(#[doc = $about:literal])* $field:ident : $kind:ty),* $(,)? }
               $aspect:ident, $applies:expr, $gloss:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, arbitrary::Arbitrary, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "mutator", deny_unknown_fields)]
        pub enum $mutation {
            $(
                #[doc = $gloss]
                #[serde(rename = $name)]
                $variant {
                    $(#[doc = concat!("The parameter `", stringify!($field), "`:", $($about),*)] $field: $kind),*
                },
            )+
        }

        impl $mutation {
            /// The mutators that this enum is made of, in its order.
            pub const TABLE: &'static [$crate::mutate::Mutator] = &[
                $( $crate::mutate::Mutator {
                    name: $name,
                    subject: $crate::mutate::Subject::$subject,
                    aspect: $crate::mutate::Aspect::$aspect,
                    gloss: $gloss,
                    parameters: &[$((stringify!($field), concat!($($about),*))),*],
                    applies: $applies,
                } ),+
            ];

            /// The name of the mutator.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $name, )+ }
            }

            /// Draws the parameters of the mutator of this name; `None`: there is none of this name here.
            pub fn draw(
                name: &str,
                #[allow(unused_variables, reason = "a mutator may have no parameters")]
                bytes: &mut arbitrary::Unstructured<'_>,
            ) -> arbitrary::Result<Option<Self>> {
                match name {
                    $( $name => Ok(Some(Self::$variant {
                        $($field: arbitrary::Arbitrary::arbitrary(bytes)?),*
                    })), )+
                    _ => Ok(None),
                }
            }
        }
    };
}

pub(super) use mutators;
