//! The mistakes that this front alone can make on purpose. Wrapped around it: what is wrong is what the honest front is
//! given to judge, or what becomes of its answer.

use std::sync::Arc;

use hyper::Uri;
use hyper::header::{AUTHORIZATION, HeaderValue};
use serde_json::{Map, Value};

use super::account::AppAccount;
use super::authenticate::Signature;
use super::body::Body;
use super::condition::Condition;
use super::operations::Operation;
use super::query;
use super::reader::Reader;
use super::request::ApiRequest;
use super::state::BaiduFace;
use crate::front::{Answer, Answering, Defects, Front, FrontWrapper, Request, defects, wrapped};

defects! {
    BODY_BEFORE_SIGNATURE = "body-before-signature", "signature", "judges the body before the signature";
    TOKEN_EXPIRY_IGNORED = "token-expiry-ignored", "signature", "takes access tokens whose time has passed";
    TOKEN_UNVERIFIED = "token-unverified", "signature", "believes whatever application an access token names";
    BEARER_BY_PREFIX = "bearer-by-prefix", "signature", "takes the beginning of a bearer key for the whole";
    BCE_QUERY_IGNORED = "bce-query-ignored", "signature", "leaves the query out of what bce-auth-v1 signs";
    BCE_EXPIRED_ACCEPTED = "bce-expired-accepted", "signature", "takes bce-auth-v1 signatures whose time has passed";
    ERROR_WITH_RESULT = "error-with-result", "answer", "answers an error with the result of a success";
    LOG_ID_MISSING = "log-id-missing", "answer", "leaves the number of the request out of answers";
    USER_BEFORE_FACE = "user-before-face", "state", "makes the group before it looks for a face";
}

/// The parameter of an access token.
const ACCESS_TOKEN: &str = "access_token";

/// What a request is refused for whose picture shows no face.
const OF_PICTURES: [Condition; 3] =
    [Condition::FaceNotDetected, Condition::PictureUndecodable, Condition::DownloadFailed];

/// The front with the defects that are switched on.
pub(super) fn opened(front: BaiduFace, defects: &Defects) -> Box<dyn Front> {
    if !defects.any() {
        return Box::new(front);
    }
    let front = Arc::new(front);
    wrapped(Arc::clone(&front) as Arc<dyn Front>, Mistakes { front, defects: defects.clone() })
}

struct Mistakes {
    front: Arc<BaiduFace>,
    defects: Defects,
}

impl FrontWrapper for Mistakes {
    fn answer<'a>(&'a self, front: &'a dyn Front, mut request: Request) -> Answering<'a> {
        Box::pin(async move {
            let asked = ApiRequest::of(request.head.clone(), request.body.clone().ok());
            let operation = Operation::at(&asked.path).map(|(operation, _)| operation);
            let body = Body::parse(asked.body.as_deref().unwrap_or_default());
            if self.defects.has(BODY_BEFORE_SIGNATURE) && operation.is_some() && body.is_err() {
                return self.front.refusal(Condition::BodyNotJson);
            }
            if let Some(account) = operation.and_then(|_| self.believed(&asked)) {
                prove(&mut request, account);
            }
            let answer = front.answer(request).await;
            if self.defects.has(USER_BEFORE_FACE) && operation == Some(Operation::UserAdd) {
                self.leave_group(&asked, &answer);
            }
            self.told(answer)
        })
    }

    fn told(&self, mut answer: Answer) -> Answer {
        let Ok(Value::Object(mut body)) = serde_json::from_slice(&answer.body) else { return answer };
        if self.defects.has(LOG_ID_MISSING) {
            body.remove("log_id");
        }
        if self.defects.has(ERROR_WITH_RESULT)
            && body.get("error_code").is_some_and(|code| code != 0)
            && let Some(result) = body.get_mut("result")
        {
            *result = Map::new().into();
        }
        answer.body = Value::Object(body).to_string().into();
        answer
    }
}

impl Mistakes {
    /// The application that a request is taken to come from, though it does not prove it.
    fn believed(&self, request: &ApiRequest) -> Option<&AppAccount> {
        let account =
            |is: &dyn Fn(&AppAccount) -> bool| self.front.accounts.iter().find(|account| is(account));
        let pairs = query::pairs(request.query.as_bytes());
        if let Some(token) = query::access_token(&pairs).filter(|token| !token.is_empty()) {
            let app_id = match token.rsplit_once('-') {
                Some((_, app_id)) if self.defects.has(TOKEN_UNVERIFIED) => app_id,
                _ if self.defects.has(TOKEN_EXPIRY_IGNORED) => self.front.tokens.app_of(token, 0).ok()?,
                _ => return None,
            };
            return account(&|account| account.app_id == app_id);
        }
        let authorization = request.headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
        if let Some(key) = authorization.strip_prefix("Bearer ") {
            let key = key.trim();
            let begins = |account: &AppAccount| account.api_key.starts_with(key);
            return account(&begins).filter(|_| self.defects.has(BEARER_BY_PREFIX));
        }
        self.believed_signature(&Signature::parse(authorization)?, request)
    }

    fn believed_signature(&self, signature: &Signature<'_>, request: &ApiRequest) -> Option<&AppAccount> {
        let account = self.front.accounts.iter().find(|account| account.api_key == signature.access_key)?;
        let longest = self.front.settings.signature_seconds;
        let without_query = ApiRequest { query: String::new(), ..request.clone() };
        let [ignores_query, ignores_time] =
            [BCE_QUERY_IGNORED, BCE_EXPIRED_ACCEPTED].map(|defect| self.defects.has(defect));
        let signed = if ignores_query { &without_query } else { request };
        let in_time = ignores_time || signature.is_in_time((self.front.clock)(), longest);
        let believes = ignores_query || ignores_time;
        (believes && in_time && signature.is_made_with(&account.secret_key, signed)).then_some(account)
    }

    /// Makes the group of a request whose picture was refused.
    fn leave_group(&self, request: &ApiRequest, answer: &Answer) {
        let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let code = |condition: &Condition| told["error_code"] == self.front.answers.code(*condition);
        if !OF_PICTURES.iter().any(code) {
            return;
        }
        if let Err(condition) = self.make_group(request) {
            tracing::debug!(%condition, "nothing was left behind");
        }
    }

    fn make_group(&self, request: &ApiRequest) -> Result<(), Condition> {
        let account = self.front.authenticate(request, None)?;
        let body = Body::parse(request.body.as_deref().unwrap_or_default())?;
        let group = Reader::new(body.fields()?, &self.front.settings, false).group("group_id");
        let app_id = &self.front.accounts[account].app_id;
        self.front.libraries.of(app_id, None, (self.front.clock)()).add_group(&group)
    }
}

/// Makes a request prove that it comes from an application.
fn prove(request: &mut Request, account: &AppAccount) {
    let Ok(key) = HeaderValue::try_from(format!("Bearer {}", account.api_key)) else { return };
    request.head.headers.insert(AUTHORIZATION, key);
    let uri = &request.head.uri;
    let is_token = |pair: &&str| pair.split('=').next() == Some(ACCESS_TOKEN);
    let query: Vec<_> = uri.query().unwrap_or_default().split('&').filter(|pair| !is_token(pair)).collect();
    let target = format!("{}?{}", uri.path(), query.join("&"));
    if let Ok(uri) = Uri::try_from(target) {
        request.head.uri = uri;
    }
}
