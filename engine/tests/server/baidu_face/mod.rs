//! The front of Baidu's interface.

mod authentication;
mod faults;
mod library;
mod parameters;
mod pictures;
mod private;
mod searching;
