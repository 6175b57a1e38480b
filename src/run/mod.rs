//! Running: the target, the HTTP client, the origin, and cucumber.
//!
//! Everything with a socket or a clock is here. Start with [`run`], which takes feature texts and a target and hands out
//! events; [`steps`] says what each step does.

mod actor;
mod album;
mod blocked;
mod budget;
mod clean_up;
mod client;
mod context;
mod error;
mod evidence;
mod execute;
mod feed;
mod fixture;
mod fresh;
mod ledger;
mod misread;
mod names;
mod offered;
mod offers;
mod only;
mod origin;
mod outline;
mod pacer;
mod pictures;
mod preflight;
mod probe;
mod raw;
mod redact;
mod rehearse;
mod replay;
mod route;
mod script;
mod send;
mod set_up;
mod settling;
mod spellings;
mod steps;
mod tags;
mod target;
mod things;
mod tidy;
mod tokens;
mod transcript;
mod usual;
mod world;

pub use album::{Album, AlbumError, people_shown};
pub use client::{Client, SendError};
pub use context::{Options, Stop, now_ms};
pub use error::RunError;
pub use execute::run;
pub use feed::{FeatureSource, FeedError};
pub use fixture::{Attempt, Care, Circumstance, Fixture, PreparedPlan, Session, Trouble};
pub use only::Only;
pub use outline::{Outline, outline};
pub use preflight::{PreflightError, connect, preflight};
pub use raw::{Ending, RawClient};
pub use redact::forms;
pub use rehearse::Rehearsed;
pub use replay::{AsSent, Opener};
pub use route::Route;
pub use script::Script;
pub use target::Target;
pub use transcript::{Exchange, Keeper, Moment, Purpose, Transcript};
