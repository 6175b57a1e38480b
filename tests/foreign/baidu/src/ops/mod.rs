//! The operations: which path is which, and what each answers.

pub mod compare;
pub mod detect;
pub mod library;
pub mod liveness;
pub mod search;

use std::sync::Arc;

use serde_json::Value;

use crate::{
    codes::{Refusal, refuse},
    server::Server,
};

/// The answer of an operation: its result, null where nothing is to be told.
pub type Answer = Result<Value, Refusal>;

/// One call of one account.
#[derive(Clone, Debug)]
pub struct Call {
    /// The server.
    pub server: Arc<Server>,
    /// Who calls.
    pub account: usize,
    /// Path below `/rest/2.0/face/`.
    pub path: String,
    /// Body as it came.
    pub body: Vec<u8>,
}

/// Operations that are offered.
const OFFERED: [&str; 17] = [
    "v3/detect",
    "v3/match",
    "v3/search",
    "v3/multi-search",
    "v3/faceverify",
    "v3/faceset/user/add",
    "v3/faceset/user/update",
    "v3/faceset/user/get",
    "v3/faceset/user/copy",
    "v3/faceset/user/delete",
    "v3/faceset/face/getlist",
    "v3/faceset/face/delete",
    "v3/faceset/group/add",
    "v3/faceset/group/delete",
    "v3/faceset/group/getlist",
    "v3/faceset/group/getusers",
    "v1/faceliveness/sessioncode",
];

/// Operations that the vendor has and these applications may not use.
const CLOSED: [&str; 10] = [
    "v3/person/verify",
    "v3/person/idmatch",
    "v1/faceliveness/verify",
    "v1/merge",
    "v1/editattr",
    "v1/landmark",
    "v3/scene/faceset/user/add",
    "v3/scene/faceset/user/update",
    "v3/scene/faceset/group/add",
    "v3/capture/search",
];

/// Whether a path names an operation of the vendor.
pub fn exists(path: &str) -> bool {
    OFFERED.contains(&path) || CLOSED.contains(&path) || path.starts_with("v2/") || path.starts_with("v4/")
}

/// Runs an operation.
pub async fn run(call: &Call) -> Answer {
    match call.path.as_str() {
        "v3/detect" => detect::detect(call).await,
        "v3/match" => compare::compare(call).await,
        "v3/faceverify" => liveness::faceverify(call).await,
        "v3/search" => search::search(call).await,
        "v3/multi-search" => search::multi_search(call).await,
        "v3/faceset/user/add" => library::add(call, false).await,
        "v3/faceset/user/update" => library::add(call, true).await,
        "v3/faceset/user/get" => library::get_user(call),
        "v3/faceset/user/copy" => library::copy_user(call),
        "v3/faceset/user/delete" => library::delete_user(call),
        "v3/faceset/face/getlist" => library::list_faces(call),
        "v3/faceset/face/delete" => library::delete_face(call),
        "v3/faceset/group/add" => library::add_group(call).await,
        "v3/faceset/group/delete" => library::delete_group(call),
        "v3/faceset/group/getlist" => library::list_groups(call),
        "v3/faceset/group/getusers" => library::list_users(call),
        "v1/faceliveness/sessioncode" => liveness::sessioncode(call),
        _ => refuse(6),
    }
}
