//! The mistakes that this front alone can make on purpose. Wrapped around it: what is wrong is what the honest front is
//! given to judge, or what becomes of its answer.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, HeaderValue};
use serde_json::{Map, Value};
use sha1::Sha1;

use super::account::BucketAccount;
use super::authenticate::in_time;
use super::condition::Condition;
use super::operations::Operation;
use super::parameters::Parameters;
use super::reader::Reader;
use super::render::Data;
use super::signature::Signature;
use super::state::TencentCi;
use crate::front::{Answer, Answering, Defects, Front, FrontWrapper, Request, defects, wrapped};
use crate::gallery::{Change, StoreError};

defects! {
    EXPIRED_ACCEPTED = "expired-accepted", "signature", "takes signatures whose time has passed";
    SPAN_UNBOUNDED = "span-unbounded", "signature", "takes signatures that are meant to serve longer than allowed";
    DIGEST_BY_PREFIX = "digest-by-prefix", "signature", "compares the first four bytes of a digest only";
    URL_SAFE_BASE64 = "url-safe-base64", "signature", "takes signatures in the URL-safe alphabet of Base64";
    ONE_USE_TWICE = "one-use-twice", "signature", "takes signatures for one use any number of times";
    BUCKET_IGNORED = "bucket-ignored", "signature", "takes a signature for whatever bucket";
    APPID_IGNORED = "appid-ignored", "signature", "does not hold appid and bucket of the body against the signature";
    KEY_OF_ANYBODY = "key-of-anybody", "signature", "takes signatures made with the key of another account";
    MALFORMED_FOR_WRONG = "malformed-for-wrong", "answer", "answers a digest that does not verify as a malformed signature";
    SUCCESS_FOR_ERROR = "success-for-error", "answer", "answers a parameter of the wrong form with the envelope of a success";
    TYPE_SWAPS_ACCEPTED = "type-swaps-accepted", "body", "takes numbers, truth values and objects where a text must stand";
    PERSON_BEFORE_FACE = "person-before-face", "state", "creates the person before it looks for a face";
    HALF_MADE_GROUP = "half-made-group", "state", "puts a person that exists already into the groups of the refused request";
}

/// The parameter that is a number by right.
const NUMBER: &str = "mode";

/// How long a signature serves that is written anew, in seconds.
const LIFE: u64 = 60;

/// What a request is refused for whose picture shows no face that can be kept.
const OF_PICTURES: [Condition; 5] = [
    Condition::PictureEmpty,
    Condition::PictureFormatIllegal,
    Condition::PictureUndecodable,
    Condition::FaceNotDetected,
    Condition::DescriptionFailed,
];

/// The front with the defects that are switched on.
pub(super) fn opened(front: TencentCi, defects: &Defects) -> Box<dyn Front> {
    if !defects.any() {
        return Box::new(front);
    }
    let front = Arc::new(front);
    wrapped(Arc::clone(&front) as Arc<dyn Front>, Mistakes { front, defects: defects.clone() })
}

struct Mistakes {
    front: Arc<TencentCi>,
    defects: Defects,
}

/// Whose person a request is about, and which groups it names.
struct Named {
    tenant: String,
    person: String,
    groups: Vec<String>,
}

impl FrontWrapper for Mistakes {
    fn answer<'a>(&'a self, front: &'a dyn Front, mut request: Request) -> Answering<'a> {
        Box::pin(async move {
            if self.defects.has(TYPE_SWAPS_ACCEPTED) {
                request.body = request.body.map(|body| as_texts(&body).map_or(body, Into::into));
            }
            if let Some(authorization) = self.believed(&request) {
                request.head.headers.insert(AUTHORIZATION, authorization);
            }
            let asked = request.clone();
            let answer = front.answer(request).await;
            self.leave_behind(&asked, &answer);
            if self.defects.has(SUCCESS_FOR_ERROR) && self.is(&answer, Condition::ParameterInvalid) {
                return self.front.answers.answer(&Ok(Data::default()));
            }
            answer
        })
    }
}

impl Mistakes {
    fn is(&self, answer: &Answer, condition: Condition) -> bool {
        *answer == self.front.refusal(condition)
    }

    /// The authorization in whose place the honest front is shown another one, which it believes.
    fn believed(&self, request: &Request) -> Option<HeaderValue> {
        let text = authorization(&request.head.headers)?;
        let url_safe = self.defects.has(URL_SAFE_BASE64);
        let text = if url_safe { text.replace('-', "+").replace('_', "/") } else { text.to_owned() };
        let signature = Signature::parse(&text).ok()?;
        let changed = self.resigned(&signature, request).or_else(|| url_safe.then_some(text))?;
        HeaderValue::try_from(changed).ok()
    }

    /// A signature that the honest front takes in place of one that it would not; or a malformed one for a wrong one.
    fn resigned(&self, signature: &Signature, request: &Request) -> Option<String> {
        let own = self.account(&signature.appid)?;
        let is_own = own.secret_id == signature.secret_id;
        let is_made = signature.is_made_with(&own.secret_key);
        if is_own && !is_made && self.defects.has(MALFORMED_FOR_WRONG) {
            return Some("malformed".to_owned());
        }
        let anybody = self.defects.has(KEY_OF_ANYBODY)
            && self.front.accounts.iter().any(|other| signature.is_made_with(&other.secret_key));
        let begins = self.defects.has(DIGEST_BY_PREFIX)
            && signature.digest[..4] == digest(&own.secret_key, &signature.plaintext_text())[..4];
        if !(is_own && (is_made || begins) || anybody) {
            return None;
        }
        let account = self.named_in_body(request).filter(|_| self.defects.has(APPID_IGNORED)).unwrap_or(own);
        let foreign = signature.bucket != account.bucket;
        let ignores = self.defects.has(BUCKET_IGNORED) || self.defects.has(APPID_IGNORED);
        let bucket = if foreign && ignores { "" } else { &signature.bucket };
        let (made, expires) = self.times(signature);
        let is_right = is_own && is_made && account == own;
        // One that is right already stays as it is: for one use only it is told from others by what is not read of it.
        if is_right && (bucket, made, expires) == (&signature.bucket, signature.made, signature.expires) {
            return None;
        }
        Some(signed(account, bucket, made, expires, &signature.file))
    }

    /// When a signature was made and expires, as the defects read it.
    fn times(&self, signature: &Signature) -> (u64, u64) {
        let (now, longest) = ((self.front.clock)(), self.front.bounds.signature_seconds);
        let in_time = |now, longest| in_time(signature, now, longest).is_ok();
        let Signature { made, expires, .. } = *signature;
        let late = self.defects.has(EXPIRED_ACCEPTED) && in_time(made, longest);
        let long = self.defects.has(SPAN_UNBOUNDED) && in_time(now, u64::MAX);
        let again = self.defects.has(ONE_USE_TWICE) && signature.is_for_one_use() && in_time(now, longest);
        if again || ((late || long) && !signature.is_for_one_use()) {
            (now, now.saturating_add(LIFE))
        } else if late {
            (now, 0)
        } else {
            (made, expires)
        }
    }

    fn named_in_body(&self, request: &Request) -> Option<&BucketAccount> {
        let parameters = Parameters::parse(&request.head.headers, request.body.as_ref().ok()?).ok()?;
        self.account(&parameters.loose_text("appid")?)
    }

    fn account(&self, appid: &str) -> Option<&BucketAccount> {
        self.front.accounts.iter().find(|account| account.appid == appid)
    }

    /// State that is left behind by a request that was refused.
    fn leave_behind(&self, request: &Request, answer: &Answer) {
        if Operation::at(request.head.uri.path()) != Some(Operation::NewPerson) {
            return;
        }
        let faceless = || OF_PICTURES.iter().any(|condition| self.is(answer, *condition));
        let left = if self.defects.has(PERSON_BEFORE_FACE) && faceless() {
            self.named(request).map(|named| self.leave_person(&named))
        } else if self.defects.has(HALF_MADE_GROUP) && self.is(answer, Condition::PersonExists) {
            self.named(request).map(|Named { tenant, person, groups }| {
                self.front.gallery.join(&tenant, &person, &groups).map(drop).map_err(Condition::from)
            })
        } else {
            None
        };
        if let Some(Err(condition)) = left {
            tracing::debug!(%condition, "nothing was left behind");
        }
    }

    fn named(&self, request: &Request) -> Option<Named> {
        let signature = Signature::parse(authorization(&request.head.headers)?).ok()?;
        let parameters = Parameters::parse(&request.head.headers, request.body.as_ref().ok()?).ok()?;
        let mut read = Reader::new(&parameters, self.front.bounds.id_bytes);
        let (person, groups) = (read.id("person_id"), read.ids("group_ids"));
        read.finish().ok()?;
        Some(Named { tenant: TencentCi::tenant(self.account(&signature.appid)?), person, groups })
    }

    /// Leaves a person without faces in groups, unless there is one of this id.
    fn leave_person(&self, Named { tenant, person, groups }: &Named) -> Result<(), Condition> {
        let left = self.front.gallery.write(tenant, |view| {
            if view.person(person)?.is_some() {
                return Ok(((), Vec::new()));
            }
            let (name, tag) = (String::new(), String::new());
            let created = Change::CreatePerson { person: person.clone(), name, tag };
            let join = |group: &String| Change::Join { person: person.clone(), group: group.clone() };
            Ok::<_, StoreError>(((), std::iter::once(created).chain(groups.iter().map(join)).collect()))
        });
        left.map_err(Condition::from)
    }
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()
}

/// A JSON object whose numbers, truth values and objects are texts. Lists stay: some parameters are lists.
fn as_texts(body: &[u8]) -> Option<String> {
    let mut members = serde_json::from_slice::<Map<_, Value>>(body).ok()?;
    for (name, value) in &mut members {
        if (value.is_number() || value.is_boolean() || value.is_object()) && name != NUMBER {
            *value = value.to_string().into();
        }
    }
    Some(Value::Object(members).to_string())
}

fn signed(account: &BucketAccount, bucket: &str, made: u64, expires: u64, file: &str) -> String {
    let BucketAccount { appid, secret_id, secret_key, .. } = account;
    let plaintext = format!("a={appid}&b={bucket}&k={secret_id}&e={expires}&t={made}&f={file}");
    STANDARD.encode([&digest(secret_key, &plaintext)[..], plaintext.as_bytes()].concat())
}

fn digest(key: &str, text: &str) -> [u8; 20] {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("a key of any length is taken");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}
