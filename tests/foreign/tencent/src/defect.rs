//! The faults that can be planted, one name each.
//!
//! Without any the engine is meant to be right; a suite should fail it as soon as one is switched on.

use std::collections::HashSet;

macro_rules! defects {
    ($($variant:ident $name:literal $words:literal;)*) => {
        /// A planted fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Defect {
            $(#[doc = $words] $variant,)*
        }

        impl Defect {
            /// Every fault: itself, its name on the command line, and what it does.
            pub(crate) const ALL: &'static [(Defect, &'static str, &'static str)] =
                &[$((Defect::$variant, $name, $words),)*];
        }
    };
}

defects! {
    // Signatures.
    DigestPrefix "digest-prefix" "The digest is compared by its first four bytes only.";
    DigestTail "digest-tail" "The digest is compared by its last ten bytes only.";
    DigestIgnored "digest-ignored" "The digest is not compared at all.";
    ExpiryIgnored "expiry-ignored" "An expired signature is taken.";
    ExpiryLate "expiry-late" "A signature is taken for three hours after its expiry.";
    LifetimeUnbounded "lifetime-unbounded" "A signature that lives for years is taken.";
    EmptySignatureTaken "empty-signature-taken" "A request without a signature is served.";
    EmptySignatureAs14 "empty-signature-as-14" "A missing signature is answered 14.";
    AppidUnmatched "appid-unmatched" "The appid of the signature may differ from that of the body, which is then served.";
    BucketUnmatched "bucket-unmatched" "The bucket of the signature may differ from that of the body.";
    BucketUnknownTaken "bucket-unknown-taken" "A bucket that does not exist is taken.";
    ForeignKeyTaken "foreign-key-taken" "A key of another appid is taken.";
    KeyUnknownAs14 "key-unknown-as-14" "An unknown secret id is answered 14.";
    AppidUnknownAs11 "appid-unknown-as-11" "An unknown appid is answered 11.";
    WrongDigestAs5 "wrong-digest-as-5" "A wrong digest is answered 5.";
    ExpiredAs5 "expired-as-5" "An expired signature is answered 5.";
    MismatchAs14 "mismatch-as-14" "An appid that differs from the signature's is answered 14.";
    DisabledKeyTaken "disabled-key-taken" "A disabled key is taken.";
    FieldOrderFixed "field-order-fixed" "A signature whose fields are not in the order a b k e t is refused.";
    UserFieldRefused "user-field-refused" "A signature with the field u is refused.";
    FileFieldRequired "file-field-required" "A signature without the field f is refused.";
    SignatureOnce "signature-once" "A signature for several uses works once.";
    // Reading requests.
    AppidNumberRefused "appid-number-refused" "An appid that is a JSON number is refused.";
    ContentTypeCase "content-type-case" "The content type is read with regard to letter case.";
    CharsetRefused "charset-refused" "A charset parameter after application/json is refused.";
    TrailingSemicolonRefused "trailing-semicolon-refused" "A part whose disposition ends in a semicolon is refused.";
    NamedTextUnseen "named-text-unseen" "Text parts that have a filename are not seen.";
    HostRouted "host-routed" "Requests that name the vendor's host are not found.";
    FirstPartOnly "first-part-only" "Of indexed parts only the first is read.";
    ArrivalOrder "arrival-order" "Indexed parts are taken in the order of arrival.";
    LatinText "latin-text" "Text parts are read as Latin-1.";
    QuotedBoundaryRefused "quoted-boundary-refused" "A quoted boundary is refused.";
    OpenEndRefused "open-end-refused" "A multipart body whose last delimiter lacks its dashes is refused.";
    BrokenJsonAs213 "broken-json-as-213" "A body that cannot be read is answered 213.";
    JsonTailTaken "json-tail-taken" "Text after the JSON object of a request is overlooked, and so is a cut.";
    ImageBeforeUrl "image-before-url" "Where both image and url are given, the image is used.";
    ImagesBeforeUrls "images-before-urls" "Where both images and urls are given, the images are used.";
    BodyLimitOff "body-limit-off" "Bodies of any size are taken.";
    BodyLimitLow "body-limit-low" "Bodies above half a megabyte are refused.";
    LongTextTaken "long-text-taken" "Ids, names and tags of any length are taken.";
    EmptyTextTaken "empty-text-taken" "Empty ids are taken.";
    MissingAs213 "missing-as-213" "A missing parameter is answered 213.";
    IdsTrimmed "ids-trimmed" "Ids are cut at twelve characters.";
    IdsFolded "ids-folded" "Ids are folded to small letters.";
    // Answers in general.
    CodeAsText "code-as-text" "The code is a text.";
    CodeRenamed "code-renamed" "The code is called errorcode.";
    MessageMissing "message-missing" "Answers have no message.";
    MessageEmpty "message-empty" "The message of a refusal is empty.";
    MessageOk "message-ok" "The message of a refusal is OK.";
    MessageOther "message-other" "The message of a success is that of an error.";
    DataMissing "data-missing" "A success has no data.";
    TextAfterJson "text-after-json" "Text follows the JSON object.";
    OtherCharset "other-charset" "Answers are written in UTF-16.";
    EmptyRefusal "empty-refusal" "Refusals have no body.";
    StatusServerError "status-server-error" "Refusals have status 500.";
    SessionNumber "session-number" "The session_id is a number.";
    // Making persons.
    ExistingOverwritten "existing-overwritten" "newperson replaces a person that exists.";
    ExistingAs1303 "existing-as-1303" "newperson answers -1303 where the person exists.";
    TwinCreations "twin-creations" "Two simultaneous creations of one person both succeed.";
    FirstGroupOnly "first-group-only" "A person joins only the first of its groups.";
    GroupsCountedOnce "groups-counted-once" "suc_group is 1 whatever the number of groups.";
    FaceUncounted "face-uncounted" "suc_face is 0 although a face was added.";
    NameForgotten "name-forgotten" "The name of a new person is not kept.";
    TagForgotten "tag-forgotten" "The tag of a new person is not kept.";
    JoinedUntold "joined-untold" "newperson lists no groups.";
    FacelessCreated "faceless-created" "newperson of a picture without a face is refused, and the person exists.";
    OtherFaceId "other-face-id" "newperson tells a face_id that is not the one kept.";
    OtherPersonId "other-person-id" "newperson tells another person_id than was asked for.";
    GroupReplaced "group-replaced" "A new person drives the others out of its groups.";
    PictureUnread "picture-unread" "newperson does not look at its picture, and keeps no face.";
    // Deleting persons.
    DeletedInGroup "deleted-in-group" "A deleted person stays in the lists of its groups.";
    DeletedFound "deleted-found" "A deleted person is still found by identify.";
    DeletedStays "deleted-stays" "delperson says that it deleted, and does not.";
    DeletedFaceStays "deleted-face-stays" "getfaceinfo still knows the faces of a deleted person.";
    DeletedZero "deleted-zero" "delperson says that it deleted none.";
    DeletionOfStranger "deletion-of-stranger" "delperson of an unknown person succeeds.";
    GroupDeletedToo "group-deleted-too" "delperson deletes the other persons of its groups.";
    DeletionByPrefix "deletion-by-prefix" "delperson deletes the persons whose id begins alike.";
    // Faces of a person.
    SameFaceAdded "same-face-added" "addface takes the same picture again.";
    SameFaceAs213 "same-face-as-213" "addface answers 213 for a face that the person has.";
    AddedMiscounted "added-miscounted" "added counts the refused pictures too.";
    RetCodesReversed "ret-codes-reversed" "ret_codes runs against the order of the pictures.";
    RetCodesCut "ret-codes-cut" "ret_codes has only one entry.";
    RetCodesText "ret-codes-text" "ret_codes holds texts.";
    FirstPictureOnly "first-picture-only" "addface looks at its first picture only.";
    TwentyFirstFace "twenty-first-face" "A person can have more than twenty faces.";
    TenFaces "ten-faces" "A person can have ten faces only.";
    LimitTogether "limit-together" "Simultaneous additions pass the limit of twenty faces.";
    AdditionWipesName "addition-wipes-name" "addface wipes the name of the person.";
    AddedUnlisted "added-unlisted" "Added faces are not listed.";
    AdditionElsewhere "addition-elsewhere" "Faces are added to the first person of the library.";
    AdditionMakesPerson "addition-makes-person" "addface to an unknown person makes the person.";
    FaceDeletionIdle "face-deletion-idle" "delface says that it deleted, and does not.";
    FaceDeletionWhole "face-deletion-whole" "delface deletes all faces of the person.";
    FaceDeletionFirst "face-deletion-first" "delface deletes only the first of its list.";
    FaceDeletionMiscounted "face-deletion-miscounted" "delface counts what was asked for.";
    FaceDeletionEcho "face-deletion-echo" "delface lists the ids that were asked for.";
    FaceDeletionAnywhere "face-deletion-anywhere" "delface deletes faces of other persons.";
    DeletedFaceFound "deleted-face-found" "A deleted face is still searched.";
    LastFaceDeletesPerson "last-face-deletes-person" "The person is deleted with its last face.";
    // Information and lists.
    SettingForgotten "setting-forgotten" "setinfo says that it set, and does not.";
    SettingWipesTag "setting-wipes-tag" "setinfo wipes the tag where only a name is given.";
    SettingWipesName "setting-wipes-name" "setinfo wipes the name where only a tag is given.";
    SettingIgnoresTag "setting-ignores-tag" "setinfo does not set the tag.";
    SettingEverybody "setting-everybody" "setinfo sets the name of every person.";
    SettingStranger "setting-stranger" "setinfo of an unknown person succeeds.";
    InfoWithoutGroups "info-without-groups" "getinfo lists no groups.";
    InfoWithoutTag "info-without-tag" "getinfo has no tag.";
    StrangerAs21 "stranger-as-21" "An unknown person is answered 21.";
    ListsCutAtTen "lists-cut-at-ten" "Lists end after ten entries.";
    ListsDoubled "lists-doubled" "Lists hold their first entry twice.";
    GroupsLeak "groups-leak" "getgroupids lists the groups of all accounts.";
    PersonsOfAllGroups "persons-of-all-groups" "getpersonids lists the persons of all groups.";
    FacesOfAllPersons "faces-of-all-persons" "getfaceids lists the faces of all persons.";
    OneLibrary "one-library" "All accounts share one library.";
    FaceInfoLeaks "face-info-leaks" "getfaceinfo tells faces of other accounts.";
    FaceInfoOther "face-info-other" "getfaceinfo tells the face_id of another face.";
    FaceUnknownAs1303 "face-unknown-as-1303" "getfaceinfo answers -1303 for an unknown face.";
    UnknownGroupEmpty "unknown-group-empty" "getpersonids of an unknown group is an empty list.";
    NoGroupsAs213 "no-groups-as-213" "getgroupids of an empty library answers 213.";
    SecondGroupUnlisted "second-group-unlisted" "getgroupids lists only the first group of each person.";
    ForgetfulAfterFive "forgetful-after-five" "The sixth person makes the library forget the first.";
    // Looking at pictures.
    ModeIgnored "mode-ignored" "detect finds all faces whatever the mode.";
    SmallestFace "smallest-face" "Where the largest face is asked for, the smallest is taken.";
    FacelessOk "faceless-ok" "detect of a picture without a face is an empty success.";
    FacelessAs1103 "faceless-as-1103" "A picture without a face is answered -1103.";
    SidesExchanged "sides-exchanged" "The width and the height of a face are exchanged.";
    CornerExchanged "corner-exchanged" "The x and the y of a face are exchanged.";
    ScaleResized "scale-resized" "Boxes are in the scale of a picture of half the size.";
    SizeExchanged "size-exchanged" "The width and the height of the picture are exchanged.";
    AgeAsText "age-as-text" "The age is a text.";
    GlassAsNumber "glass-as-number" "The field glass is a number.";
    GenderOutside "gender-outside" "The gender leaves its range.";
    RollOutside "roll-outside" "The roll leaves its range.";
    PoseMissing "pose-missing" "Faces have no pitch, yaw and roll.";
    CornerFraction "corner-fraction" "The x of a face has a fraction.";
    GifAsFaceless "gif-as-faceless" "A GIF is answered like a picture without a face.";
    CutPictureTaken "cut-picture-taken" "A cut JPEG is looked at.";
    EmptyPictureAs1101 "empty-picture-as-1101" "An empty picture is answered -1101.";
    NoisePictureAs213 "noise-picture-as-213" "Bytes that are no picture are answered 213.";
    // Comparing.
    SecondUnseen "second-unseen" "compare looks at its first picture only.";
    AlwaysAlike "always-alike" "compare always finds the same person.";
    SimilarityFraction "similarity-fraction" "The similarity runs from 0 to 1.";
    SimilarityText "similarity-text" "The similarity is a text.";
    MatchInverted "match-inverted" "ismatch is turned round.";
    MatchAsText "match-as-text" "ismatch is a text.";
    AnybodyVerified "anybody-verified" "verify finds the faces of any person good enough.";
    StrangerVerified "stranger-verified" "verify of an unknown person is a success without a match.";
    FirstFaceOnly "first-face-only" "verify and identify look at the first face of a person only.";
    ConfidenceOutside "confidence-outside" "Confidences run to 200.";
    CandidatesAscending "candidates-ascending" "The candidates of identify ascend.";
    CandidatesMany "candidates-many" "identify tells up to fifty candidates.";
    CandidateOnly "candidate-only" "identify tells one candidate only.";
    CandidateTagless "candidate-tagless" "Candidates have no tag.";
    AllGroupsSearched "all-groups-searched" "identify searches every group.";
    FirstGroupSearched "first-group-searched" "identify searches the first of group_ids only.";
    SearchLeaks "search-leaks" "identify searches the groups of that name in all accounts.";
    UnknownGroupSearched "unknown-group-searched" "identify in an unknown group finds nobody, and succeeds.";
    // Fetching, and rates.
    StaleDownload "stale-download" "A url is fetched once and remembered.";
    DownloadFailureAs213 "download-failure-as-213" "A download that fails is answered 213.";
    BadUrlAs213 "bad-url-as-213" "A malformed url is answered 213.";
    RateUnlimited "rate-unlimited" "The rate is not limited.";
    RateAs3 "rate-as-3" "Too many requests are answered 3.";
    RateShared "rate-shared" "The accounts share one rate.";
}

/// The faults that are switched on.
#[derive(Debug, Default)]
pub(crate) struct Defects(HashSet<Defect>);

impl Defects {
    /// Switches one on by its name; false if there is none of that name.
    pub(crate) fn add(&mut self, name: &str) -> bool {
        let found = Defect::ALL.iter().find(|(_, known, _)| *known == name);
        found.is_some_and(|(defect, _, _)| {
            self.0.insert(*defect);
            true
        })
    }

    /// Whether this one is switched on.
    pub(crate) fn has(&self, defect: Defect) -> bool {
        self.0.contains(&defect)
    }
}

#[cfg(test)]
mod tests {
    use super::Defect;
    use std::collections::HashSet;
    use std::fs;

    /// Every fault must be asked for somewhere, or it would be planted in name only.
    #[test]
    fn every_defect_is_planted_and_named_once() {
        let mut code = String::new();
        for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).expect("the folder is there") {
            let path = file.expect("an entry").path();
            if !path.ends_with("defect.rs") {
                code += &fs::read_to_string(path).expect("a source file is text");
            }
        }
        let mut names = HashSet::new();
        for (defect, name, _) in Defect::ALL {
            assert!(names.insert(name), "{name} stands twice");
            assert!(code.contains(&format!("Defect::{defect:?}")), "{name} is planted nowhere");
        }
    }
}
