//! The closed, dialect-neutral vocabulary of steps: the one table.

use std::fmt;

use super::checked_slots::{
    BodyWord, CodeWords, DamageWords, FieldNames, FieldRules, KeyWords, MethodName, Mutations, Picture,
    PictureList, SchemeName, StatusNumber,
};
use super::keyword::Keyword;
use super::pattern::{Filler, Parts};
use super::slot::{Json, Number, Rest, Slot, Text, Texts, Word};
use super::table::steps;

steps! {
    // what is there before
    Given "a person {text} in group {text} with the portrait {text}" => Person { person: Text, group: Text, scene: Picture },
        "creates a person from a drawn portrait; names are made unique to the scenario",
        r#"a person "p" in group "g" with the portrait "anna""#;
    Given "a person {text} in groups {texts} with the portrait {text}" => PersonInGroups { person: Text, groups: Texts, scene: Picture },
        "the same in several groups",
        r#"a person "p" in groups "g", "h" with the portrait "anna""#;
    Given "a group {text}" => Group { group: Text },
        "creates a group with nobody in it",
        r#"a group "g""#;
    Given "group {text} has been deleted" => GroupDeleted { group: Text },
        "deletes the group",
        r#"group "g" has been deleted"#;
    Given "person {text} has {number} faces" => Faces { person: Text, count: Number },
        "adds portraits of other people until the person has so many faces",
        r#"person "p" has 3 faces"#;
    Given "person {text} lacks {number} faces to the limit {word}" => FacesToLimit { person: Text, lacking: Number, limit: Word },
        "adds faces until so many fewer than the target's limit are there",
        r#"person "p" lacks 0 faces to the limit faces-per-person"#;
    Given "group {text} lacks {number} persons to the limit {word}" => PersonsToLimit { group: Text, lacking: Number, limit: Word },
        "adds persons until so many fewer than the target's limit are there; only where that limit is low",
        r#"group "g" lacks 0 persons to the limit persons-per-group"#;
    Given "person {text} has been deleted" => PersonDeleted { person: Text },
        "deletes the person",
        r#"person "p" has been deleted"#;
    // the request
    Given "a {word} request" => Request { operation: Word },
        "a request with every parameter that a valid one has, about things that do not exist; nothing is created",
        "a getinfo request";
    Given "a valid {word} request" => ValidRequest { operation: Word },
        "the same about things that exist; what it needs is created first",
        "a valid getinfo request";
    Given "its {word} is {json}" => Put { parameter: Word, value: Json },
        "puts this JSON value",
        r#"its person_id is """#;
    Given "its {word} is absent" => Leave { parameter: Word },
        "leaves the parameter out",
        "its person_id is absent";
    Given "its {word} is unknown" => Unknown { parameter: Word },
        "a name that nothing has",
        "its person_id is unknown";
    Given "its {word} names {texts}" => Names { parameter: Word, names: Texts },
        "the things of these names in this scenario: persons, groups; with commas between where the parameter is a text",
        r#"its person_id names "p""#;
    Given "its {word} names the faces of {text}" => NamesFaces { parameter: Word, person: Text },
        "the face ids of the person; one id where the parameter takes one",
        r#"its face_ids names the faces of "p""#;
    Given "its {word} is {number} bytes long" => Long { parameter: Word, bytes: Number },
        "a text of so many ASCII letters",
        "its tag is 65536 bytes long";
    Given "its {word} exceeds the limit {word}" => Exceeds { parameter: Word, limit: Word },
        "a list with one entry more than the target's limit allows",
        "its group_ids exceeds the limit groups-per-appid";
    Given "its {word} shows {texts}" => Shows { parameter: Word, scenes: PictureList },
        "the bytes of drawn pictures, one or several; see `lianpu portrait --help` for what can be drawn",
        r#"its image shows "anna yaw=20""#;
    Given "its {word} leads to {text} on an origin that {rest}" => Leads { parameter: Word, scene: Picture, behaviour: Rest },
        "the address of a picture on the harness's own server, which serves it, answers 404, refuses connections, \
         cuts the body, stalls, serves a text or redirects to it",
        r#"its url leads to "anna" on an origin that answers 404"#;
    Given "its method is {word}" => Method { method: MethodName },
        "another HTTP method",
        "its method is GET";
    Given "its header {word} is absent" => HeaderAbsent { name: Word },
        "leaves a header out",
        "its header Authorization is absent";
    Given "its header {word} is {text}" => Header { name: Word, value: Text },
        "puts a header to this text",
        r#"its header Authorization is "abc""#;
    Given "its query {word} is absent" => QueryAbsent { name: Word },
        "leaves a parameter of the query out",
        "its query access_token is absent";
    Given "its query {word} is {text}" => Query { name: Word, value: Text },
        "puts a parameter of the query to this text",
        r#"its query access_token is "abc""#;
    Given "its raw body is {text}" => RawBody { text: Text },
        "this text as the body",
        r#"its raw body is "[]""#;
    Given "its body is cut in half" => BodyCut,
        "only the first half of the body is sent, with its true length",
        "its body is cut in half";
    Given "its body has {number} elements" => Elements { count: Number },
        "so many objects in a body that is a list",
        "its body has 3 elements";
    Given "its boundary is missing" => BoundaryMissing,
        "multipart without a boundary in the content type",
        "its boundary is missing";
    Given "it is sent as {word}" => SentAs { body: BodyWord },
        "json, form or multipart",
        "it is sent as multipart";
    // its signature
    Given "its account is the second" => SecondAccount,
        "the target's second account asks, and signs",
        "its account is the second";
    Given "it is signed by the second account" => SignedBySecond,
        "the first account asks, the second signs",
        "it is signed by the second account";
    Given "its signature scheme is {word}" => SignatureScheme { scheme: SchemeName },
        "another scheme than the dialect's own, such as bce-auth-v1 or bearer",
        "its signature scheme is bce-auth-v1";
    Given "its signature says {text}" => SignatureSays { rules: FieldRules },
        "fields of the signed text put to other values before signing",
        r#"its signature says "t=now-7200 e=now-3600""#;
    Given "its signature has the fields {text}" => SignatureForm { fields: FieldNames },
        "only these fields, in this order",
        r#"its signature has the fields "a b k t e""#;
    Given "its signature uses {rest}" => SignatureKey { key: KeyWords },
        "the key of the second account, the disabled key, a wrong key or an expired token",
        "its signature uses a wrong key";
    Given "its signature suffers {rest}" => SignatureDamage { damage: DamageWords },
        "a flipped digest bit, a short digest, the URL-safe alphabet or a field changed after signing",
        "its signature suffers a flipped digest bit";
    Given "the fault {text} is asked for" => Fault { name: Text },
        "asks the target's fault hook to fail there; only where the target has the hook",
        r#"the fault "vision.gender" is asked for"#;
    // sending
    When "it is sent" => Sent,
        "sends the request",
        "it is sent";
    When "it is sent again" => SentAgain,
        "sends the very same bytes once more; this answer is judged",
        "it is sent again";
    When "it is sent faster than its account allows" => SentTooFast,
        "sends the request, at once, ten times as often as the account's requests per second",
        "it is sent faster than its account allows";
    When "a valid {word} request is sent" => OperationSent { operation: Word },
        "makes a valid request and sends it",
        "a valid getgroupids request is sent";
    When "a {word} request is sent with the mutations {json}" => Mutated { operation: Word, mutations: Mutations },
        "a valid request, changed by the mutations, byte by byte; `lianpu list mutators` shows them",
        r#"a detect request is sent with the mutations [{"mutator":"expired","by":900}]"#;
    // judging
    Then "the code is {rest}" => Code { expected: CodeWords },
        "the envelope, the code's value and its JSON type; codes that the documents allow instead are named",
        "the code is -1301, tolerating 21, 3";
    Then "the answer is one that the oracle allows" => Foreseen,
        "of a request with mutations: what its answer may be follows from them",
        "the answer is one that the oracle allows";
    Then "one code is {rest}" => OneCode { expected: CodeWords },
        "at least one of the answers has the code",
        "one code is 15";
    Then "the reply is as documented" => Documented,
        "the documented reply fields: presence, type, range",
        "the reply is as documented";
    Then "the reply's {word} is {json}" => ReplyIs { pointer: Word, value: Json },
        "a value in the reply",
        "the reply's /data/ismatch is true";
    Then "the reply's {word} is from {number} to {number}" => ReplyRange { pointer: Word, least: Number, greatest: Number },
        "a number in the reply; every one where the pointer has a *",
        "the reply's /data/confidence is from 0 to 100";
    Then "the reply's {word} is one of {texts}" => ReplyOneOf { pointer: Word, texts: Texts },
        "a text in the reply; every one where the pointer has a *",
        r#"the reply's /result/face_list/*/gender/type is one of "male", "female""#;
    Then "the reply's {word} has {number} entries" => ReplyEntries { pointer: Word, entries: Number },
        "a list in the reply; every one where the pointer has a *",
        "the reply's /result/face_list has 2 entries";
    Then "the reply's {word} names {text}" => ReplyNames { pointer: Word, name: Text },
        "a value in the reply is the thing of this name",
        r#"the reply's /data/person_id names "p""#;
    Then "the status is {number}" => Status { status: StatusNumber },
        "the HTTP status",
        "the status is 200";
    Then "the error left no trace" => NoTrace,
        "what the operation could have changed is as it was before",
        "the error left no trace";
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    use super::*;
    use crate::provoke::pattern::{MOST, matched};

    #[test]
    fn what_is_written_is_read_again_as_the_same() {
        for (entry, any) in VOCABULARY.iter().zip(any_steps()) {
            let same = |step: Step| {
                prop_assert_eq!(step.entry().pattern, entry.pattern);
                let sentence = step.to_string();
                prop_assert!(!sentence.contains('\n'), "more than a line of Gherkin: {}", sentence);
                prop_assert_eq!(Step::parse(step.keyword(), &sentence), Ok(step), "{}", sentence);
                Ok(())
            };
            let config = Config { failure_persistence: None, ..Config::default() };
            TestRunner::new(config)
                .run(&any, same)
                .unwrap_or_else(|error| panic!("{}: {error}", entry.pattern));
        }
    }

    #[test]
    fn every_example_is_read_by_its_own_entry_only_and_written_as_it_stands() {
        for entry in VOCABULARY {
            let of_keyword = VOCABULARY.iter().filter(|other| other.keyword == entry.keyword);
            let read: Vec<_> = of_keyword
                .filter_map(|other| (other.read)(matched(other.pattern, entry.example)?).ok())
                .collect();
            let [step] = read.as_slice() else {
                panic!("«{}» is read by {} entries", entry.example, read.len())
            };
            assert_eq!((step.entry().pattern, step.to_string()), (entry.pattern, entry.example.to_owned()));
        }
    }

    #[test]
    fn the_slots_of_an_entry_are_those_of_its_placeholders() {
        for entry in VOCABULARY {
            let placeholders = entry.pattern.split('{').skip(1).map(|part| part.split('}').next().unwrap());
            assert_eq!(placeholders.collect::<Vec<_>>(), entry.placeholders, "{}", entry.pattern);
            assert!(entry.placeholders.len() <= MOST, "{}", entry.pattern);
        }
    }
}
