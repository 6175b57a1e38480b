//! The operations: parse, act, render, one file each.

mod addface;
mod addgroupids;
mod compare;
mod delface;
mod delgroupids;
mod delperson;
mod detect;
mod getfaceids;
mod getfaceinfo;
mod getgroupids;
mod getinfo;
mod getpersonids;
mod identify;
mod multidentify;
mod newperson;
mod setinfo;
mod shape;
mod verify;

use std::panic;

use super::call::Call;
use super::fault::Fault;
use super::render::OperationOutcome;

/// The documented answers carry the identifier of a session; most show it empty, and so it is here.
const SESSION: &str = "";

macro_rules! operations {
    ($($(#[$doc:meta])* $variant:ident = $module:ident $(.$await:tt)?,)*) => {
        /// What can be asked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(#[$doc])* $variant,)*
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The vendor's short name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($module),)*
                }
            }

            /// The path.
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("/face/", stringify!($module)),)*
                }
            }

            /// What is asked for at a path.
            pub fn at(path: &str) -> Option<Self> {
                match path.strip_prefix("/face/")? {
                    $(name if name == stringify!($module) => Some(Self::$variant),)*
                    _ => None,
                }
            }
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
    /// Creates a person with a face.
    NewPerson = newperson.await,
    /// Removes a person.
    DelPerson = delperson,
    /// Adds faces to a person.
    AddFace = addface.await,
    /// Removes faces of a person.
    DelFace = delface,
    /// Sets a person's name and tag.
    SetInfo = setinfo,
    /// Tells a person's name, tag, groups and faces.
    GetInfo = getinfo,
    /// Lists the groups.
    GetGroupIds = getgroupids,
    /// Lists a group's persons.
    GetPersonIds = getpersonids,
    /// Lists a person's faces.
    GetFaceIds = getfaceids,
    /// Tells what was seen of a face.
    GetFaceInfo = getfaceinfo,
    /// Finds faces with their attributes.
    Detect = detect.await,
    /// Finds faces with their contours.
    Shape = shape.await,
    /// Compares two faces.
    Compare = compare.await,
    /// Compares a face with a person.
    Verify = verify.await,
    /// Finds whose face the largest one is.
    Identify = identify.await,
    /// Finds whose faces all of them are.
    MultIdentify = multidentify.await,
    /// Puts a person into groups.
    AddGroupIds = addgroupids,
    /// Takes a person out of groups.
    DelGroupIds = delgroupids,
}

#[cfg(test)]
mod tests {
    use super::Operation;

    #[test]
    fn the_operations_are_those_of_the_corpus() {
        let dialect = lianpu_corpus::bundled("tencent-ci").expect("bundled");
        assert_eq!(Operation::ALL.len(), dialect.operations.len());
        for operation in Operation::ALL {
            let documented =
                dialect.operation(operation.name()).unwrap_or_else(|| panic!("no {}", operation.name()));
            assert_eq!(documented.path, operation.path());
            assert_eq!(Operation::at(operation.path()), Some(*operation));
            assert_eq!(documented.method, "POST");
        }
    }
}
