//! A valid request of an operation: what the catalogue's words say it carries, written and signed; and what must stand at a
//! target before it can be sent.
//!
//! Pure: the time, the nonce, the account and the pictures are arguments, and a [`SetUp`] does the sending. Scenarios, fuzzer,
//! preflight, probes, clean-up, tests and fuzz targets all build their requests here; what a mutation breaks and which
//! code answers it is not known here. Start with [`Draft::valid`]; [`Ground`] is where the fuzzer starts from, [`set_up`]
//! creates what requests are about.

mod body;
mod caller;
mod draft;
mod prepared;
mod resource;
pub mod set_up;
mod standing;
mod token;
mod unknown_face;
mod valid;
mod word;

pub use body::{BOUNDARY, natural_kind, valid_kind, write_body};
pub use caller::{Caller, account_part};
pub use draft::{Draft, FAULT_HEADER};
pub use prepared::Prepared;
pub use resource::Resource;
pub use set_up::{SetUp, SetUpError};
pub use standing::Standing;
pub use token::{Token, token_in, token_request};
pub use unknown_face::unknown_face;
pub use valid::{Ground, Source, UnknownWord};
pub use word::{Word, is_identity};
