//! Mutations of the signature bce-auth-v1:
//! `bce-auth-v1/<key>/<date>/<seconds>/<signed headers>/<digest>`.

mod mutation;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use lianpu_corpus::Certainty::{Documented, Inferred, Recorded};
use lianpu_corpus::ConditionClass as Class;
use mutation::BceAuthMutation as Is;
pub use mutation::{BceAuthMutation, BceDate, BceHeaders, BceLife, BcePart, BceSubject};
use sha2::Sha256;

use crate::mutate::effect::Effect;
use crate::mutate::making::Making;
use crate::sign::bce_auth::{LIFE, NAME, canonical_of, hex_hmac, timestamp};
use crate::sign::{Lacking, NO_SECRET};
use crate::wire::Request;

const WRONG: &[Class] = &[Class::CredentialsWrong];
const WRONG_OR_NONE: &[Class] = &[Class::CredentialsWrong, Class::CredentialsAbsent];
const WRONG_RULE: &str = "a signature that fails is answered with 14, whatever failed";
const FORM_RULE: &str = "what is no bce-auth-v1 may count as a failed signature or as none";

/// The parts of a signature, before they are joined.
struct Parts {
    version: String,
    key: String,
    date: String,
    life: String,
    names: String,
    digest: String,
}

/// What signs, and what is signed.
struct Draft<'a> {
    key: &'a str,
    secret: &'a str,
    date: String,
    life: String,
    /// The value of `x-bce-date` where it is not the date.
    header_date: Option<String>,
}

/// Signs the request in the making, rightly or as the mutation wants it.
pub(super) fn sign(mutation: &Is, making: &mut Making<'_>) -> Result<(), Lacking> {
    let caller = &making.ground.caller;
    let now = caller.now;
    let mut draft = Draft {
        key: caller.account.part("secret_id"),
        secret: caller.account.part("secret_key"),
        date: timestamp(now),
        life: LIFE.to_string(),
        header_date: None,
    };
    let refused = || Effect::refused(WRONG, WRONG_RULE, Documented);
    let open = |rule: &str| Effect::refused_or_taken(WRONG, rule, Inferred);
    let mut effect = match mutation {
        Is::BceExpired { by } => {
            draft.date = timestamp(now - LIFE - by.seconds());
            Some(refused())
        }
        Is::BceIssuedInFuture { by } => {
            draft.date = timestamp(now + by.seconds());
            Some(open("how far the clocks may differ, no document says"))
        }
        Is::BceDateRespelled { date } => {
            draft.date = date.of(now);
            Some(match date {
                BceDate::Milliseconds | BceDate::WithoutZone => {
                    open("no document says which spellings of a date are read")
                }
                _ => refused(),
            })
        }
        Is::BceDateDiffers {} => {
            draft.header_date = Some(timestamp(now - 7));
            Some(open("no document says that the header's date must be that of the signature"))
        }
        Is::BceLifeOf { life } => {
            life.text().clone_into(&mut draft.life);
            Some(match life {
                BceLife::Minute => Effect::harmless(
                    "the validity is the client's choice; SDKs take 1200 and 1800 seconds",
                    Recorded,
                ),
                BceLife::Zero | BceLife::Years | BceLife::Endless => {
                    open("the documents do not say how short or long a validity may be")
                }
                BceLife::Negative | BceLife::Word | BceLife::Empty => refused(),
            })
        }
        Is::BceKeyUnknown {} => {
            draft.key = "TestApiKeyNOBODY";
            Some(refused())
        }
        Is::BceSecretWrong {} => {
            draft.secret = NO_SECRET;
            Some(refused())
        }
        Is::BceSecretOfOther {} => {
            draft.secret = caller.other.as_ref().ok_or(Lacking::SecondAccount)?.part("secret_key");
            Some(refused())
        }
        _ => None,
    };
    let header_date = draft.header_date.clone().unwrap_or_else(|| draft.date.clone());
    making.request.set_header("x-bce-date", Some(&header_date));
    let mut parts = sealed(mutation, &draft, making);
    if effect.is_none() {
        effect = Some(spoilt(mutation, &mut parts, &making.request));
    }
    making.request.set_header("Authorization", Some(&parts.written(mutation)));
    making.effects.extend(effect);
    Ok(())
}

/// The signature of the draft. What it covers is the mutation's matter.
fn sealed(mutation: &Is, draft: &Draft<'_>, making: &mut Making<'_>) -> Parts {
    let mut subject = making.request.clone();
    let mut host = making.ground.caller.host.clone();
    if let Is::BceSignedForOther { subject: other } = mutation {
        other.change(&mut subject, &mut host);
    }
    let choice = match mutation {
        // A length that is not what the body has would not be the one that is signed.
        Is::BceHeadersChosen { headers: BceHeaders::Customary } if making.framing_changes => None,
        Is::BceHeadersChosen { headers } => Some(*headers),
        _ => None,
    };
    let (names, headers) = choice.map_or_else(|| usual(&subject, &host), |choice| choice.of(&subject, &host));
    let lines: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let text = canonical_of(&subject, &lines);
    let prefix = format!("{NAME}/{}/{}/{}", draft.key, draft.date, draft.life);
    let key = hex_hmac(draft.secret.as_bytes(), &prefix);
    let digest = match mutation {
        Is::BceKeyBytes {} => hex_hmac(&bytes_of(draft.secret, &prefix), &text),
        _ => hex_hmac(key.as_bytes(), &text),
    };
    making.signed_text = Some(text);
    if matches!(mutation, Is::BceSignedForOther { subject: BceSubject::Query }) {
        making.request.set_query("later", Some("1"));
    }
    Parts {
        version: NAME.to_owned(),
        key: draft.key.to_owned(),
        date: draft.date.clone(),
        life: draft.life.clone(),
        names,
        digest,
    }
}

/// Spoils the finished signature, and says what that and what it covers mean.
fn spoilt(mutation: &Is, parts: &mut Parts, request: &Request) -> Effect {
    let refused = || Effect::refused(WRONG, WRONG_RULE, Documented);
    match mutation {
        Is::BceHeadersChosen { headers } => headers.effect(request),
        Is::BceHeadersClaimed {} => {
            "content-type;host;x-bce-date".clone_into(&mut parts.names);
            match content_types(request) {
                0 => BceHeaders::Absent.effect(request),
                _ => refused(),
            }
        }
        Is::BceSignedForOther { .. } | Is::BceKeyBytes {} => refused(),
        Is::BceDigestFlipped { digit } => {
            let at = digit.size();
            let other = if parts.digest.as_bytes()[at] == b'0' { "1" } else { "0" };
            parts.digest.replace_range(at..=at, other);
            refused()
        }
        Is::BceDigestCut { digits } => {
            parts.digest.truncate(digits.size());
            refused()
        }
        Is::BceDigestExtended {} => {
            parts.digest.push_str("00");
            refused()
        }
        Is::BceDigestUpper {} => {
            parts.digest.make_ascii_uppercase();
            let rule = "the vendor's clients write lower case; whether case counts, no document says";
            Effect::refused_or_taken(WRONG, rule, Inferred)
        }
        Is::BceDigestInBase64 {} => {
            let pairs = parts.digest.as_bytes().chunks(2);
            let byte =
                |pair: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).unwrap_or_default();
            // The alphabet has a slash, which would be another fault.
            parts.digest = STANDARD.encode(pairs.map(byte).collect::<Vec<_>>()).replace('/', "_");
            refused()
        }
        Is::BceVersion {} => {
            "bce-auth-v2".clone_into(&mut parts.version);
            Effect::refused(WRONG_OR_NONE, FORM_RULE, Inferred)
        }
        Is::BcePartMissing { .. } | Is::BcePartAdded {} => {
            Effect::refused(WRONG_OR_NONE, FORM_RULE, Inferred)
        }
        _ => Effect::harmless("the vendor's SDKs sign so where a key has no token", Documented),
    }
}

/// Host and date, as our own signer and one of the vendor's SDKs have it.
fn usual(request: &Request, host: &str) -> (String, Vec<(String, String)>) {
    let date = request.header("x-bce-date").unwrap_or_default();
    ("host;x-bce-date".to_owned(), vec![("host".into(), host.into()), ("x-bce-date".into(), date.into())])
}

/// How many content types the request has.
fn content_types(request: &Request) -> usize {
    request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-type")).count()
}

impl BceHeaders {
    /// The names as the signature has them, and the headers that it covers.
    fn of(self, request: &Request, host: &str) -> (String, Vec<(String, String)>) {
        let (names, mut headers) = usual(request, host);
        let content_type =
            request.header("Content-Type").filter(|value| value.is_ascii() && !value.is_empty());
        let content_type = content_type.map(|value| ("content-type".to_owned(), value.to_owned()));
        match self {
            Self::Customary => {
                headers.extend(content_type);
                headers.push(("content-length".to_owned(), request.body.len().to_string()));
                (String::new(), headers)
            }
            Self::HostOnly => ("host".to_owned(), vec![headers.swap_remove(0)]),
            Self::WithContentType => match content_type {
                Some(header) => {
                    headers.push(header);
                    (format!("content-type;{names}"), headers)
                }
                None => (names, headers),
            },
            Self::WithoutHost => ("x-bce-date".to_owned(), vec![headers.swap_remove(1)]),
            Self::Absent => (format!("content-md5;{names}"), headers),
            Self::UpperCase => (names.to_uppercase(), headers),
            Self::BareHost => {
                let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
                bare.clone_into(&mut headers[0].1);
                (names, headers)
            }
        }
    }

    fn effect(self, request: &Request) -> Effect {
        match self {
            Self::Customary | Self::WithContentType if content_types(request) > 1 => {
                let rule = "which of two headers of one name is signed, no document says";
                Effect::refused_or_taken(WRONG, rule, Inferred)
            }
            Self::Customary | Self::HostOnly | Self::WithContentType => Effect::harmless(
                "the vendor's SDKs differ in the headers they sign: none named, host, and more",
                Documented,
            ),
            Self::BareHost => {
                Effect::harmless("recorded: a client signs its host without the port", Recorded)
            }
            Self::WithoutHost => Effect::refused_or_taken(
                WRONG,
                "every client signs its host; whether a server insists, no document says",
                Inferred,
            ),
            Self::Absent => Effect::refused_or_taken(
                WRONG,
                "no document says what a named header counts that is not sent",
                Inferred,
            ),
            Self::UpperCase => Effect::refused_or_taken(
                WRONG,
                "the clients name headers in lower case; whether case counts, no document says",
                Inferred,
            ),
        }
    }
}

impl BceSubject {
    fn change(self, request: &mut Request, host: &mut String) {
        match self {
            Self::Method => "GET".clone_into(&mut request.method),
            Self::Path => {
                let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
                let other = format!("{path}/x");
                request.target = if query.is_empty() { other } else { format!("{other}?{query}") };
            }
            // The request gets it, once it is signed.
            Self::Query => {}
            Self::Host => host.insert_str(0, "other."),
            Self::Date => request.set_header("x-bce-date", Some("2000-01-01T00:00:00Z")),
        }
    }
}

impl BceDate {
    fn of(self, now: i64) -> String {
        let right = timestamp(now);
        match self {
            Self::Epoch => now.to_string(),
            Self::Http => "Sun, 06 Nov 1994 08:49:37 GMT".to_owned(),
            Self::WithoutZone => right.trim_end_matches('Z').to_owned(),
            Self::Milliseconds => right.replace('Z', ".500Z"),
            Self::Empty => String::new(),
            Self::Impossible => format!("{}-13-32T25:61:61Z", &right[..4]),
        }
    }
}

impl BceLife {
    const fn text(self) -> &'static str {
        match self {
            Self::Minute => "60",
            Self::Zero => "0",
            Self::Negative => "-1800",
            Self::Years => "315360000",
            Self::Endless => "99999999999999999999999",
            Self::Word => "long",
            Self::Empty => "",
        }
    }
}

impl Parts {
    fn written(self, mutation: &Is) -> String {
        let Self { version, key, date, life, names, digest } = self;
        let mut parts = vec![version, key, date, life, names, digest];
        match mutation {
            Is::BcePartMissing { part } => {
                let place = match part {
                    BcePart::Version => 0,
                    BcePart::Key => 1,
                    BcePart::Date => 2,
                    BcePart::Life => 3,
                    BcePart::Digest => 5,
                };
                parts.remove(place);
            }
            Is::BcePartAdded {} => parts.push("x".to_owned()),
            _ => {}
        }
        parts.join("/")
    }
}

fn bytes_of(key: &str, text: &str) -> Vec<u8> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    hmac.update(text.as_bytes());
    hmac.finalize().into_bytes().to_vec()
}
