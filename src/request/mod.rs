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
pub mod set_up;
mod standing;
mod token;
mod valid;

pub use body::{BOUNDARY, bare, natural_kind, valid_kind, write_body};
pub use caller::Caller;
pub use draft::{Draft, FAULT_HEADER};
pub use prepared::Prepared;
pub use set_up::{SetUp, SetUpError};
pub use standing::Standing;
pub use token::{Token, token_in, token_request};
pub use valid::{Ground, Source, UnknownWord};
