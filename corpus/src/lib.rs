//! The vendors' documents as data: error tables, operations, provocations and signature vectors, and the plain
//! types that read them.
//!
//! Nothing here sends, signs, judges or draws. Both the harness and the engine read this package, and it is all
//! they share. Start with [`Dialect`]; the files themselves lie in `corpus/dialects/<dialect>/`.

mod certainty;
mod check;
mod citizen;
mod classes;
mod code;
mod dialect;
mod lines;
mod load;
mod marker;
mod operation;
mod people;
mod provocation;
mod table;
mod vector;

pub use certainty::{Certainty, Reach};
pub use check::{Inconsistency, PLACEHOLDERS, inconsistencies};
pub use citizen::{Citizen, citizens};
pub use classes::{Classes, ConditionClass};
pub use code::Code;
pub use dialect::{
    Account, Dialect, Envelope, EnvelopeField, Fault, Founded, KeyPair, Manifest, Outcome, Preflight, Stage,
    TokenSource,
};
pub use lines::item_lines;
pub use load::{LoadError, Place, add, bundled, dialect, dialect_names, place};
pub use marker::{Marker, markers};
pub use operation::{BodyKind, Operation, Parameter, ParameterType, Probe, Reply, ReplyType};
pub use people::{Person, Sex, people};
pub use provocation::{Accept, Provocation};
pub use table::{Carrier, Row, Table};
pub use vector::Vector;
