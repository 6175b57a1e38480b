//! 百度智能云人脸识别 (baidu-face): the face operations of Baidu AI Cloud, API V3, with the endpoints of V1 that share its
//! error table and those of the private deployment that own rows of it.
//!
//! Parses, authenticates, dispatches and renders. No code number stands here: a condition finds its row in the dialect's
//! tables. Start with `front`, which claims requests, with `dispatch`, which holds the order of checks, or with one file of
//! `operations`.

mod account;
mod authenticate;
mod body;
mod call;
mod citizens;
mod condition;
mod content;
mod control;
mod dispatch;
mod face_tokens;
mod face_view;
mod fault;
mod front;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod gateway;
mod level;
mod library;
mod morph;
mod names;
mod operations;
mod picture;
mod portrait;
mod private_values;
mod query;
mod quota;
mod reader;
mod register;
mod render;
mod request;
mod section;
mod sessions;
mod settings;
mod source;
mod spoilt;
mod state;
mod subject;
mod time;
mod values;

pub use account::{AppAccount, Quota};
pub use citizens::{RegisteredCitizen, test_citizens};
pub use condition::Condition;
pub use fault::Fault;
pub(crate) use front::FRONT;
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::fuzz_body;
pub use names::{NAME, OAUTH_PATH};
pub use operations::Operation;
pub use section::BaiduFaceSection;
