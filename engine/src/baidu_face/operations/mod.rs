//! The operations: parse, act, render, one file each.

mod app_list;
mod detect;
mod editattr;
mod face_delete;
mod face_getlist;
mod faceverify;
mod group_add;
mod group_delete;
mod group_getlist;
mod group_getusers;
mod idmatch;
mod landmark;
mod liveness_verify;
mod match_faces;
mod merge;
mod multi_search;
mod person_verify;
mod search;
mod sessioncode;
mod stat_app;
mod stat_group;
mod user_add;
mod user_copy;
mod user_delete;
mod user_get;
mod user_update;

use std::panic;

use serde_json::{Value, json};

use super::call::Call;
use super::face_view::decimals;
use super::fault::Fault;
use super::library::Hit;
use super::render::OperationOutcome;

macro_rules! operations {
    ($($(#[$doc:meta])* $variant:ident = $module:ident $(.$await:tt)?, $public:literal, $private:literal;)*) => {
        /// What can be asked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(#[$doc])* $variant,)*
        }

        impl Operation {
            /// Every operation with its public path and that of a private deployment, below their prefixes. An empty one
            /// does not exist.
            const PATHS: &'static [(Self, &'static str, &'static str)] =
                &[$((Self::$variant, $public, $private),)*];
        }

        /// Carries an operation out.
        pub(super) async fn run(operation: Operation, call: &Call<'_>) -> OperationOutcome {
            if call.fault == Some(Fault::ApplicationException) {
                // A panic like any other, but for the report on standard error.
                panic::resume_unwind(Box::new("asked to fail without warning"));
            }
            match operation {
                $(Operation::$variant => $module::run(call)$(.$await)?,)*
            }
        }
    };
}

operations! {
    /// Finds faces with their attributes.
    Detect = detect.await, "v3/detect", "face/detect";
    /// Compares two faces.
    Match = match_faces.await, "v3/match", "face/match";
    /// Finds whose face it is.
    Search = search.await, "v3/search", "face/identify";
    /// Finds whose faces all of them are.
    MultiSearch = multi_search.await, "v3/multi-search", "face/midentify";
    /// Judges whether pictures show somebody present.
    FaceVerify = faceverify.await, "v3/faceverify", "face/liveness";
    /// Registers a face.
    UserAdd = user_add.await, "v3/faceset/user/add", "face/add";
    /// Registers a face in place of all others of the user.
    UserUpdate = user_update.await, "v3/faceset/user/update", "face/update";
    /// Tells of a user.
    UserGet = user_get, "v3/faceset/user/get", "user/get";
    /// Copies a user to another group.
    UserCopy = user_copy, "v3/faceset/user/copy", "user/copy";
    /// Removes a user.
    UserDelete = user_delete, "v3/faceset/user/delete", "user/delete";
    /// Removes a face.
    FaceDelete = face_delete, "v3/faceset/face/delete", "face/delete";
    /// Lists a user's faces.
    FaceGetList = face_getlist, "v3/faceset/face/getlist", "face/list";
    /// Makes a group.
    GroupAdd = group_add, "v3/faceset/group/add", "group/add";
    /// Deletes a group.
    GroupDelete = group_delete, "v3/faceset/group/delete", "group/delete";
    /// Lists the groups.
    GroupGetList = group_getlist, "v3/faceset/group/getlist", "group/list";
    /// Lists a group's users.
    GroupGetUsers = group_getusers, "v3/faceset/group/getusers", "user/list";
    /// Compares a face with a citizen's.
    PersonVerify = person_verify.await, "v3/person/verify", "";
    /// Checks a citizen's name and number.
    IdMatch = idmatch, "v3/person/idmatch", "";
    /// Opens a session of video liveness.
    SessionCode = sessioncode, "v1/faceliveness/sessioncode", "";
    /// Judges whether a video shows somebody present.
    LivenessVerify = liveness_verify.await, "v1/faceliveness/verify", "";
    /// Puts a face in the place of another.
    Merge = merge.await, "v1/merge", "";
    /// Changes the look of a face.
    EditAttr = editattr.await, "v1/editattr", "";
    /// Finds the points of faces.
    Landmark = landmark.await, "v1/landmark", "";
    /// Lists the applications of a private deployment.
    AppList = app_list, "", "app/list";
    /// Counts what applications of a private deployment keep.
    StatApp = stat_app, "", "facehub/statapp";
    /// Counts what the groups of an application of a private deployment keep.
    StatGroup = stat_group, "", "facehub/statgroup";
}

/// What stands before a public path.
const PUBLIC: &str = "/rest/2.0/face/";
/// What stands before a path of a private deployment.
const PRIVATE: &str = "/face-api/v3/";

impl Operation {
    /// The operation at a path, and whether the path is one of a private deployment.
    pub fn at(path: &str) -> Option<(Self, bool)> {
        let (rest, is_private) = match path.strip_prefix(PUBLIC) {
            Some(rest) => (rest, false),
            None => (path.strip_prefix(PRIVATE)?, true),
        };
        let at =
            |(_, public, private): &&(Self, &str, &str)| rest == if is_private { *private } else { *public };
        let (operation, ..) = Self::PATHS.iter().filter(|_| !rest.is_empty()).find(at)?;
        Some((*operation, is_private))
    }
}

/// The users that a face may show, as answers list them.
fn user_list(hits: &[Hit]) -> Value {
    let user = |hit: &Hit| {
        json!({
            "group_id": hit.group,
            "user_id": hit.user,
            "user_info": hit.info,
            "score": decimals(hit.score, 4),
        })
    };
    hits.iter().map(user).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_documented_operation_is_answered() {
        for operation in &lianpu_corpus::bundled("baidu-face").expect("bundled").operations {
            let known =
                Operation::at(&operation.path).is_some() || operation.path == super::super::OAUTH_PATH;
            assert!(known, "{} {}", operation.name, operation.path);
        }
    }

    #[test]
    fn no_two_operations_share_a_path() {
        let paths = || Operation::PATHS.iter();
        let public: HashSet<_> = paths().map(|paths| paths.1).filter(|path| !path.is_empty()).collect();
        let private: HashSet<_> = paths().map(|paths| paths.2).filter(|path| !path.is_empty()).collect();
        let none = |path: &&str| path.is_empty();
        assert_eq!(public.len() + paths().map(|paths| paths.1).filter(none).count(), Operation::PATHS.len());
        assert_eq!(private.len() + paths().map(|paths| paths.2).filter(none).count(), Operation::PATHS.len());
        assert_eq!(Operation::at("/rest/2.0/face/"), None);
        assert_eq!(Operation::at("/face-api/v3/face/detect"), Some((Operation::Detect, true)));
    }
}
