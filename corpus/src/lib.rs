//! The vendors' documents as data: error tables, operations, provocations and signature vectors, and the plain
//! types that read them.
//!
//! Nothing here sends, signs, judges or draws. Both the harness and the engine read this package, and it is all
//! they share. Start with [`Dialect`]; the files themselves lie in `corpus/dialects/<dialect>/`.

mod account;
mod certainty;
mod check;
mod citizen;
mod classes;
mod code;
mod credential;
mod dialect;
mod envelope;
mod lines;
mod load;
mod marker;
mod operation;
mod people;
mod provocation;
mod resource;
mod selector;
mod table;
mod tenant;
mod vector;
mod word;

pub use account::{Account, KeyPair};
pub use certainty::{Certainty, Reach};
pub use check::{Inconsistency, inconsistencies};
pub use citizen::{Citizen, citizens};
pub use classes::{Classes, ConditionClass};
pub use code::Code;
pub use credential::Credential;
pub use dialect::{Dialect, Fault, Founded, FurtherCode, Manifest, Preflight, Stage, TokenSource};
pub use envelope::{
    BodyForm, CodePlace, CodePlaces, CodeType, Envelope, EnvelopeField, EnvelopeHeader, HeaderName, Occasion,
};
pub use lines::item_lines;
pub use load::{LoadError, Place, add, bundled, dialect, dialect_names, place};
pub use marker::{Marker, markers};
pub use operation::{BodyKind, Operation, Parameter, ParameterType, Probe, Reply, ReplyType};
pub use people::{Person, Sex, people};
pub use provocation::{Accept, Provocation};
pub use resource::Resource;
pub use selector::Selector;
pub use table::{Row, Table};
pub use tenant::LackingPart;
pub use vector::Vector;
pub use word::{Which, Word};
