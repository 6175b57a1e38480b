//! A post office that sends every action to `/` and names it in a header. `Weigh` tells its code in a header and its weight
//! as plain text; `Track` has no code in its success.

use lianpu_engine::front::{
    Answer, Answering, BodyError, Front, Head, Limits, Request, SignatureStage, Telling, Verification,
    after_scheme,
};
use lianpu_engine::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde_json::{Value, json};

pub const SECRET: &str = "the-stamp-of-the-office";
const ACTION: &str = "x-action";
const CODE: HeaderName = HeaderName::from_static("x-errno");

pub struct PostOffice;

impl Front for PostOffice {
    fn name(&self) -> &'static str {
        "post-office"
    }
    fn claims(&self, head: &Head) -> bool {
        head.uri.path() == "/" && head.headers.contains_key(ACTION)
    }
    fn body_limit(&self) -> u64 {
        64
    }
    fn answer(&self, request: Request) -> Answering<'_> {
        Box::pin(async move {
            let signed = self.verify(&request).is_some_and(|found| found.differs.is_none());
            let body = match (request.body, signed) {
                (Err(BodyError::TooLarge), _) => return refusal(3, "the parcel is too heavy"),
                (Err(_), _) => return refusal(4, "the parcel was lost"),
                (Ok(_), false) => return refusal(1, "no stamp of ours"),
                (Ok(body), true) => body,
            };
            match request.head.headers[ACTION].as_bytes() {
                b"Weigh" => told(Answer::of(200, "text/plain", format!("{} g", body.len())), 0),
                b"Track" if body.is_empty() || body.ends_with(b"=") => refusal(2, "which parcel?"),
                b"Track" => Answer::json(200, json!({ "place": "on its way" }).to_string()),
                b"Burn" => panic!("asked to fall over"),
                _ => refusal(5, "no such action"),
            }
        })
    }
    fn panicked(&self) -> Answer {
        refusal(9, "the office burnt down")
    }
    fn telling(&self) -> Telling {
        Telling { codes: &["x-errno"], messages: &["message"] }
    }
    fn verify(&self, request: &Request) -> Option<Verification> {
        let verification = Verification::of("stamp");
        let stamp = request.head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        Some(match stamp.map(after_scheme) {
            None => verification.failing(SignatureStage::Presence, "there is no stamp"),
            Some(SECRET) => verification,
            Some(_) => {
                verification.failing(SignatureStage::Digest, "the stamp is forged").hinting(Some("buy one"))
            }
        })
    }
    fn credentials(&self) -> Value {
        json!([{ "office": "main" }])
    }
    fn secrets(&self) -> Vec<String> {
        vec![SECRET.to_owned()]
    }
    fn limits(&self) -> Limits {
        Limits::from([("parcel-bytes".to_owned(), 64)])
    }
}

fn told(answer: Answer, code: u16) -> Answer {
    answer.with(CODE, HeaderValue::from(code))
}

fn refusal(code: u16, message: &str) -> Answer {
    told(Answer::json(200, json!({ "message": message }).to_string()), code)
}
