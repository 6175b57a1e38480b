//! Planted defects: ways in which an implementation is wrong, switched on one by one, to see whether a tester finds them.
//!
//! Only the feature `defects` can switch any on. Without it [`Defects`] has no size, [`Defects::has`] is always false, and
//! a release build keeps nothing of what follows it. A hook is one question at the place of the mistake, such as
//! `self.has(Defect::BucketIgnored)`; what needs more than a line stands in [`envelope`], [`tamper`] and [`eyes`]. The
//! production code must not know more of defects than that. Start with [`Defect`].

pub(crate) mod envelope;
pub(crate) mod eyes;
pub(crate) mod tamper;

/// The enumeration of defects; names and glosses exist only where a defect can be switched on.
macro_rules! defects {
    ($($variant:ident = $name:literal, $subject:literal, $gloss:literal;)*) => {
        /// One way of being wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Defect {
            $(#[doc = $gloss] $variant,)*
        }

        #[cfg(any(feature = "defects", test))]
        impl Defect {
            /// Every defect, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name, such as `expired-accepted`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it is about: `signature`, `answer`, `body`, `limit`, `picture`, `state` or `server`.
            pub const fn subject(self) -> &'static str {
                match self {
                    $(Self::$variant => $subject,)*
                }
            }

            /// What the engine does wrongly.
            pub const fn gloss(self) -> &'static str {
                match self {
                    $(Self::$variant => $gloss,)*
                }
            }
        }
    };
}

defects! {
    ExpiredAccepted = "expired-accepted", "signature", "takes signatures whose time has passed";
    SpanUnbounded = "span-unbounded", "signature", "takes signatures that are meant to serve longer than allowed";
    DigestByPrefix = "digest-by-prefix", "signature", "compares the first four bytes of a digest only";
    UrlSafeBase64 = "url-safe-base64", "signature", "takes signatures in the URL-safe alphabet of Base64";
    OneUseTwice = "one-use-twice", "signature", "takes signatures for one use any number of times";
    BucketIgnored = "bucket-ignored", "signature", "takes a signature for whatever bucket";
    AppidIgnored = "appid-ignored", "signature", "does not hold appid and bucket of the body against the signature";
    KeyOfAnybody = "key-of-anybody", "signature", "takes signatures made with the key of another account";
    BodyBeforeSignature = "body-before-signature", "signature", "judges the body before the signature";
    TokenExpiryIgnored = "token-expiry-ignored", "signature", "takes access tokens whose time has passed";
    TokenUnverified = "token-unverified", "signature", "believes whatever application an access token names";
    BearerByPrefix = "bearer-by-prefix", "signature", "takes the beginning of a bearer key for the whole";
    BceQueryIgnored = "bce-query-ignored", "signature", "leaves the query out of what bce-auth-v1 signs";
    BceExpiredAccepted = "bce-expired-accepted", "signature", "takes bce-auth-v1 signatures whose time has passed";
    CodeAsText = "code-as-text", "answer", "answers an error's code as a text";
    MalformedForWrong = "malformed-for-wrong", "answer", "answers a digest that does not verify as a malformed signature";
    SuccessForError = "success-for-error", "answer", "answers a parameter of the wrong form with the envelope of a success";
    StatusOfError = "status-500", "answer", "answers errors with HTTP 500";
    MessageMissing = "message-missing", "answer", "leaves the message out of errors";
    ErrorWithResult = "error-with-result", "answer", "answers an error with the result of a success";
    LogIdMissing = "log-id-missing", "answer", "leaves the number of the request out of answers";
    PlainText = "plain-text", "answer", "says that its JSON is plain text";
    LastBoundaryIgnored = "last-boundary-ignored", "body", "takes multipart bodies that end inside a part";
    BodyLimitIgnored = "body-limit-ignored", "body", "takes bodies that are larger than allowed";
    TrailingDataAccepted = "trailing-data-accepted", "body", "takes JSON with something after it";
    NullAsText = "null-as-text", "body", "reads null as the text of four letters";
    TypeSwapsAccepted = "type-swaps-accepted", "body", "takes numbers and truth values where a text must stand";
    QuotedBoundaryRefused = "quoted-boundary-refused", "body", "refuses a boundary in quotes";
    IdBlanksDropped = "id-blanks-dropped", "body", "leaves blanks out of ids instead of refusing them";
    IdCharactersDropped = "id-characters-dropped", "body", "leaves out what an id must not hold instead of refusing it";
    IdOneLonger = "id-one-longer", "limit", "takes ids one byte longer than allowed";
    CandidatesOneMore = "candidates-one-more", "limit", "answers one candidate more than allowed";
    FacesOneMore = "faces-one-more", "limit", "lets a person have one face more than allowed";
    InfoOneLonger = "info-one-longer", "limit", "takes the text about a user one byte longer than allowed";
    GifAccepted = "gif-accepted", "picture", "takes GIF files";
    FacelessAccepted = "faceless-accepted", "picture", "answers a picture without faces as a success";
    DamageAccepted = "damage-accepted", "picture", "sees faces in what is left of a damaged JPEG";
    DamageAsFormat = "damage-as-format", "picture", "answers damaged pictures as those of a format that is not taken";
    PersonBeforeFace = "person-before-face", "state", "creates the person before it looks for a face";
    HalfMadeGroup = "half-made-group", "state", "puts a person that exists already into the groups of the refused request";
    UserBeforeFace = "user-before-face", "state", "makes the group before it looks for a face";
    MethodIgnored = "method-ignored", "server", "answers a GET like a POST";
    PanicsOnEmptyHeader = "panics-on-empty-header", "server", "falls over an empty Authorization header and closes the connection";
    PanicsOnExtendedName = "panics-on-extended-name", "server", "falls over a part with `filename*`";
    HangsOnNesting = "hangs-on-nesting", "server", "never answers deeply nested JSON";
}

/// The defects that are switched on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Defects {
    #[cfg(feature = "defects")]
    on: u64,
}

#[cfg(feature = "defects")]
impl Defects {
    /// Whether a defect is switched on.
    pub const fn has(self, defect: Defect) -> bool {
        self.on & (1 << defect as u64) != 0
    }
}

#[cfg(feature = "defects")]
impl FromIterator<Defect> for Defects {
    fn from_iter<T: IntoIterator<Item = Defect>>(defects: T) -> Self {
        Self { on: defects.into_iter().fold(0, |on, defect| on | 1 << defect as u64) }
    }
}

#[cfg(feature = "defects")]
impl clap::ValueEnum for Defect {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.name()).help(self.gloss()))
    }
}

#[cfg(not(feature = "defects"))]
impl Defects {
    /// No defect is ever switched on.
    #[expect(clippy::unused_self, reason = "there is nothing to ask without the feature")]
    pub(crate) const fn has(self, _: Defect) -> bool {
        false
    }
}

impl Defects {
    /// Whether any defect is switched on.
    #[cfg_attr(
        not(feature = "defects"),
        expect(clippy::unused_self, reason = "there is nothing to ask without the feature")
    )]
    pub(crate) const fn any(self) -> bool {
        #[cfg(feature = "defects")]
        return self.on != 0;
        #[cfg(not(feature = "defects"))]
        false
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_defect_has_a_name_of_its_own_and_a_place_in_the_set() {
        let names: HashSet<_> = Defect::ALL.iter().map(|defect| defect.name()).collect();
        assert_eq!(names.len(), Defect::ALL.len());
        assert!((25..=64).contains(&names.len()), "{} defects", names.len());
        for defect in Defect::ALL {
            let name = defect.name();
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            );
            assert!(!defect.gloss().is_empty() && !defect.subject().is_empty(), "{name}");
        }
    }

    #[cfg(feature = "defects")]
    #[test]
    fn what_is_switched_on_is_on_and_nothing_else() {
        for defect in Defect::ALL {
            let defects = Defects::from_iter([*defect]);
            assert!(Defect::ALL.iter().all(|other| defects.has(*other) == (other == defect)));
        }
        assert_eq!(Defects::from_iter([]), Defects::default());
    }

    #[cfg(not(feature = "defects"))]
    #[test]
    fn nothing_is_left_without_the_feature() {
        assert_eq!(size_of::<Defects>(), 0);
        assert!(Defect::ALL.iter().all(|defect| !Defects::default().has(*defect)));
    }
}
