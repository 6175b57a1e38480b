//! The front of Baidu's interface.

mod authentication;
mod parameters;
