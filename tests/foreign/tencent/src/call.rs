//! A call of an operation, and which operations there are.

use crate::code::Code;
use crate::engine::Engine;
use crate::faces;
use crate::fields::Fields;
use crate::lists;
use crate::matching;
use crate::persons;
use crate::reply::Outcome;
use std::sync::Arc;

/// A call: who calls, and with which parameters.
pub(crate) struct Call<'a> {
    pub(crate) engine: &'a Arc<Engine>,
    pub(crate) appid: &'a str,
    pub(crate) fields: Fields<'a>,
}

/// The operations below `/face/`. Adding to and removing from groups, contours and searching for several are not offered.
pub(crate) const OFFERED: &[&str] = &[
    "addface",
    "compare",
    "delface",
    "delperson",
    "detect",
    "getfaceids",
    "getfaceinfo",
    "getgroupids",
    "getinfo",
    "getpersonids",
    "identify",
    "newperson",
    "setinfo",
    "verify",
];

impl Call<'_> {
    /// Runs the operation of this name.
    pub(crate) async fn run(&self, name: &str) -> Outcome {
        match name {
            "addface" => faces::add(self).await,
            "compare" => matching::compare(self).await,
            "delface" => faces::delete(self),
            "delperson" => persons::delete(self),
            "detect" => matching::detect(self).await,
            "getfaceids" => lists::faces_of_person(self),
            "getfaceinfo" => lists::face(self),
            "getgroupids" => lists::groups(self),
            "getinfo" => persons::tell(self),
            "getpersonids" => lists::persons_of_group(self),
            "identify" => matching::identify(self).await,
            "newperson" => persons::create(self).await,
            "setinfo" => persons::set(self),
            "verify" => matching::verify(self).await,
            _ => Err(Code::BAD_REQUEST.into()),
        }
    }
}
