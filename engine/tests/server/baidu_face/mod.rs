//! The front of Baidu's interface.

mod authentication;
mod faults;
mod library;
mod looks;
mod parameters;
mod pictures;
mod private;
mod searching;
mod tokens;
