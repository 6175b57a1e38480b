//! 万象优图 (tencent-ci): the face operations of Tencent's Cloud Image.
//!
//! Parses, authenticates, dispatches and renders; what a request does is the gallery's and the vision's business.
//! No code number stands here: a condition finds its row in the dialect's table. Start with `front`, which claims requests,
//! with `dispatch`, which holds the order of checks, or with one file of `operations`.

mod account;
mod authenticate;
mod call;
mod condition;
mod contours;
mod dispatch;
mod face_item;
mod fault;
mod front;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod gateway;
mod names;
mod operations;
mod parameters;
mod pictures;
mod reader;
mod render;
mod replay;
mod section;
mod signature;
mod source;
mod spoilt;
mod state;
mod verify;

pub use account::{BucketAccount, DisabledKey};
pub use condition::Condition;
pub use fault::Fault;
pub(crate) use front::FRONT;
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::{fuzz_authorization, fuzz_json, fuzz_signature};
pub use names::NAME;
pub use operations::Operation;
pub use section::TencentCiSection;
