//! 百度智能云人脸识别 (baidu-face): the face operations of Baidu AI Cloud, API V3.

mod condition;
mod fault;

pub use condition::Condition;
pub use fault::Fault;

/// The dialect's name.
pub const NAME: &str = "baidu-face";
