//! Targets that need not show at once what was changed: an answer that may only lack something is asked for again.

use std::time::Duration;

use lianpu_corpus::{ConditionClass, Dialect, Operation};

use crate::judge::{Check, Finding, judge_shape, read};
use crate::wire::Reply;

/// Between two requests to such a target.
pub(super) const PAUSE: Duration = Duration::from_millis(400);

/// The classes of conditions by which a target says that something is not there.
const ABSENT: [ConditionClass; 3] =
    [ConditionClass::MatchAbsent, ConditionClass::ThingUnknown, ConditionClass::ReferenceUnknown];

/// Whether a reply that deviates so may be one that only lacks something: it says that something is not there, or it is a
/// success of the right shape whose fields are wrong. What changes anything is never asked twice.
pub(super) fn may_only_lack(
    reply: &Reply,
    findings: &[Finding],
    dialect: &Dialect,
    operation: &Operation,
) -> bool {
    let answer = read(reply, dialect, operation);
    if operation.changes || findings.is_empty() {
        return false;
    }
    match &answer.code {
        Some(code) if !answer.success => dialect.is_of_class(operation, code, &ABSENT),
        _ => {
            let of_fields = findings.iter().all(|finding| finding.check == Check::Field);
            answer.success && of_fields && judge_shape(reply, dialect, operation).is_empty()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_something_may_be_lacking_in_is_asked_for_again() {
        let dialect = lianpu_corpus::bundled("baidu-face").unwrap();
        let of = |operation: &str, code: i64, log_id: &str, check: Check| {
            let body = format!(
                r#"{{"error_code":{code},"error_msg":"m","log_id":{log_id},"timestamp":1500000000,"cached":0,"result":{{}}}}"#
            );
            let reply = Reply {
                status: 200,
                content_type: Some("application/json".into()),
                headers: Vec::new(),
                body: body.into(),
                took: Duration::ZERO,
            };
            let findings = [Finding::new(check, "a", "b")];
            may_only_lack(&reply, &findings, dialect, dialect.operation(operation).unwrap())
        };
        assert!(of("search", 222_207, "1", Check::Code), "nobody is found");
        assert!(of("search", 0, "1", Check::Field), "somebody is missing");
        assert!(!of("search", 222_200, "1", Check::Code), "an error about the request");
        assert!(!of("search", 0, "1", Check::Code), "a success where an error is right");
        assert!(!of("search", 0, "\"1\"", Check::Field), "a wrong shape does not mend itself");
        assert!(!of("group-add", 223_100, "1", Check::Code), "a request that changes something");
    }
}
