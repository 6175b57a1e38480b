//! The closed, dialect-neutral step vocabulary, as a table.

use super::step::StepKind::{self, Given, Then, When};

/// One sentence of the vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The keyword it follows.
    pub kind: StepKind,
    /// The sentence with its placeholders.
    pub pattern: &'static str,
    /// What it does.
    pub gloss: &'static str,
    /// An example.
    pub example: &'static str,
}

const fn entry(kind: StepKind, pattern: &'static str, gloss: &'static str, example: &'static str) -> Entry {
    Entry { kind, pattern, gloss, example }
}

/// Every sentence. The order decides nothing: no two of them match the same text.
pub const VOCABULARY: &[Entry] = &[
    // what is there before
    entry(
        Given,
        "a person {text} in group {text} with the portrait {text}",
        "creates a person from a drawn portrait; names are made unique to the scenario",
        r#"a person "p" in group "g" with the portrait "anna""#,
    ),
    entry(
        Given,
        "a person {text} in groups {texts} with the portrait {text}",
        "the same in several groups",
        r#"a person "p" in groups "g", "h" with the portrait "anna""#,
    ),
    entry(Given, "a group {text}", "creates a group with nobody in it", r#"a group "g""#),
    entry(Given, "group {text} has been deleted", "deletes the group", r#"group "g" has been deleted"#),
    entry(
        Given,
        "person {text} has {number} faces",
        "adds portraits of other people until the person has so many faces",
        r#"person "p" has 3 faces"#,
    ),
    entry(
        Given,
        "person {text} lacks {number} faces to the limit {word}",
        "adds faces until so many fewer than the target's limit are there",
        r#"person "p" lacks 0 faces to the limit faces-per-person"#,
    ),
    entry(
        Given,
        "group {text} lacks {number} persons to the limit {word}",
        "adds persons until so many fewer than the target's limit are there; only where that limit is low",
        r#"group "g" lacks 0 persons to the limit persons-per-group"#,
    ),
    entry(Given, "person {text} has been deleted", "deletes the person", r#"person "p" has been deleted"#),
    // the request
    entry(
        Given,
        "a {word} request",
        "a request with every parameter that a valid one has, about things that do not exist; nothing is created",
        "a getinfo request",
    ),
    entry(
        Given,
        "a valid {word} request",
        "the same about things that exist; what it needs is created first",
        "a valid getinfo request",
    ),
    entry(Given, "its {word} is {json}", "puts this JSON value", r#"its person_id is """#),
    entry(Given, "its {word} is absent", "leaves the parameter out", "its person_id is absent"),
    entry(Given, "its {word} is unknown", "a name that nothing has", "its person_id is unknown"),
    entry(
        Given,
        "its {word} names {texts}",
        "the things of these names in this scenario: persons, groups; with commas between where the parameter is a text",
        r#"its person_id names "p""#,
    ),
    entry(
        Given,
        "its {word} names the faces of {text}",
        "the face ids of the person; one id where the parameter takes one",
        r#"its face_ids names the faces of "p""#,
    ),
    entry(
        Given,
        "its {word} is {number} bytes long",
        "a text of so many ASCII letters",
        "its tag is 65536 bytes long",
    ),
    entry(
        Given,
        "its {word} exceeds the limit {word}",
        "a list with one entry more than the target's limit allows",
        "its group_ids exceeds the limit groups-per-appid",
    ),
    entry(
        Given,
        "its {word} shows {texts}",
        "the bytes of drawn pictures, one or several; see `lianpu portrait --help` for what can be drawn",
        r#"its image shows "anna yaw=20""#,
    ),
    entry(
        Given,
        "its {word} leads to {text} on an origin that {rest}",
        "the address of a picture on the harness's own server, which serves it, answers 404, refuses connections, \
         cuts the body, stalls, serves a text or redirects to it",
        r#"its url leads to "anna" on an origin that answers 404"#,
    ),
    entry(Given, "its method is {word}", "another HTTP method", "its method is GET"),
    entry(Given, "its header {word} is absent", "leaves a header out", "its header Authorization is absent"),
    entry(
        Given,
        "its header {word} is {text}",
        "puts a header to this text",
        r#"its header Authorization is "abc""#,
    ),
    entry(
        Given,
        "its query {word} is absent",
        "leaves a parameter of the query out",
        "its query access_token is absent",
    ),
    entry(
        Given,
        "its query {word} is {text}",
        "puts a parameter of the query to this text",
        r#"its query access_token is "abc""#,
    ),
    entry(Given, "its raw body is {text}", "this text as the body", r#"its raw body is "[]""#),
    entry(
        Given,
        "its body is cut in half",
        "only the first half of the body is sent, with its true length",
        "its body is cut in half",
    ),
    entry(
        Given,
        "its body has {number} elements",
        "so many objects in a body that is a list",
        "its body has 3 elements",
    ),
    entry(
        Given,
        "its boundary is missing",
        "multipart without a boundary in the content type",
        "its boundary is missing",
    ),
    entry(Given, "it is sent as {word}", "json, form or multipart", "it is sent as multipart"),
    // its signature
    entry(
        Given,
        "its account is the second",
        "the target's second account asks, and signs",
        "its account is the second",
    ),
    entry(
        Given,
        "it is signed by the second account",
        "the first account asks, the second signs",
        "it is signed by the second account",
    ),
    entry(
        Given,
        "its signature scheme is {word}",
        "another scheme than the dialect's own, such as bce-auth-v1 or bearer",
        "its signature scheme is bce-auth-v1",
    ),
    entry(
        Given,
        "its signature says {text}",
        "fields of the signed text put to other values before signing",
        r#"its signature says "t=now-7200 e=now-3600""#,
    ),
    entry(
        Given,
        "its signature has the fields {text}",
        "only these fields, in this order",
        r#"its signature has the fields "a b k t e""#,
    ),
    entry(
        Given,
        "its signature uses {rest}",
        "the key of the second account, the disabled key, a wrong key or an expired token",
        "its signature uses a wrong key",
    ),
    entry(
        Given,
        "its signature suffers {rest}",
        "a flipped digest bit, a short digest, the URL-safe alphabet or a field changed after signing",
        "its signature suffers a flipped digest bit",
    ),
    entry(
        Given,
        "the fault {text} is asked for",
        "asks the target's fault hook to fail there; only where the target has the hook",
        r#"the fault "vision.gender" is asked for"#,
    ),
    // sending
    entry(When, "it is sent", "sends the request", "it is sent"),
    entry(
        When,
        "it is sent again",
        "sends the very same bytes once more; this answer is judged",
        "it is sent again",
    ),
    entry(
        When,
        "it is sent faster than its account allows",
        "sends the request, at once, ten times as often as the account's requests per second",
        "it is sent faster than its account allows",
    ),
    entry(
        When,
        "a valid {word} request is sent",
        "makes a valid request and sends it",
        "a valid getgroupids request is sent",
    ),
    entry(
        When,
        "a {word} request is sent with the mutations {json}",
        "a valid request, changed by the mutations, byte by byte; `lianpu list mutators` shows them",
        r#"a detect request is sent with the mutations [{"mutator":"expired","by":3}]"#,
    ),
    // judging
    entry(
        Then,
        "the code is {rest}",
        "the envelope, the code's value and its JSON type; codes that the documents allow instead are named",
        "the code is -1301, tolerating 21, 3",
    ),
    entry(
        Then,
        "the answer is one that the oracle allows",
        "of a request with mutations: what its answer may be follows from them",
        "the answer is one that the oracle allows",
    ),
    entry(Then, "one code is {rest}", "at least one of the answers has the code", "one code is 15"),
    entry(
        Then,
        "the reply is as documented",
        "the documented reply fields: presence, type, range",
        "the reply is as documented",
    ),
    entry(Then, "the reply's {word} is {json}", "a value in the reply", "the reply's /data/ismatch is true"),
    entry(
        Then,
        "the reply's {word} is from {number} to {number}",
        "a number in the reply; every one where the pointer has a *",
        "the reply's /data/confidence is from 0 to 100",
    ),
    entry(
        Then,
        "the reply's {word} is one of {texts}",
        "a text in the reply; every one where the pointer has a *",
        r#"the reply's /result/face_list/*/gender/type is one of "male", "female""#,
    ),
    entry(
        Then,
        "the reply's {word} has {number} entries",
        "a list in the reply; every one where the pointer has a *",
        "the reply's /result/face_list has 2 entries",
    ),
    entry(
        Then,
        "the reply's {word} names {text}",
        "a value in the reply is the thing of this name",
        r#"the reply's /data/person_id names "p""#,
    ),
    entry(Then, "the status is {number}", "the HTTP status", "the status is 200"),
    entry(
        Then,
        "the error left no trace",
        "what the operation could have changed is as it was before",
        "the error left no trace",
    ),
];
