//! The answer to the same bytes, sent again with nothing changed in between.

use lianpu_corpus::{Code, ConditionClass};

use super::{Came, Check, Finding, Standard, read};

/// What the first of two requests brings upon the second.
const AFTERWARDS: [ConditionClass; 3] =
    [ConditionClass::CredentialsReplayed, ConditionClass::CredentialsExpired, ConditionClass::Rate];

/// Complains where the second answer has another code or status than the first, and not because of the first.
pub fn judge_repeat(
    first: Option<&Code>,
    first_status: u16,
    second: Came<'_>,
    standard: &Standard<'_>,
) -> Option<Finding> {
    let words = |code: Option<&Code>, status: u16| {
        let code = code.map_or_else(|| "no code".to_owned(), ToString::to_string);
        format!("{code} with HTTP {status}")
    };
    let expected = || format!("{} as before", words(first, first_status));
    let reply = match second {
        Came::Reply(reply) => reply,
        Came::Closed(why) | Came::Nothing(why) => return Some(Finding::new(Check::Repeat, expected(), why)),
    };
    let code = read(reply, standard.dialect, standard.operation).code;
    let same = code.as_ref() == first && reply.status == first_status;
    let tells = |code: &Code| standard.dialect.is_of_class(standard.operation, code, &AFTERWARDS);
    if same || code.as_ref().is_some_and(tells) {
        return None;
    }
    Some(Finding::new(Check::Repeat, expected(), words(code.as_ref(), reply.status)))
}
