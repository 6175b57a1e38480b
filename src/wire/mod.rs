//! Requests and replies as values, and the writers of bodies.
//!
//! Pure: nothing here opens a socket, signs or judges. The writers are our own because they must also be able to write
//! a body wrongly. Start with [`Request`].

mod body;
mod exact;
mod field;
mod form;
mod json;
mod multipart;
mod reply;
mod request;
mod untrusted;

pub use body::{write_form, write_json, write_json_list};
pub use exact::{Framing, Length, write_exact, write_lines};
pub use field::{Field, FieldValue, File};
pub use form::Form;
pub use json::Json;
pub use multipart::{Closing, Multipart, Part, write_multipart};
pub use reply::Reply;
pub use request::Request;
pub(crate) use untrusted::read_json;
