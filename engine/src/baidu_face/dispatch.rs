//! The order of checks, from the outermost to the innermost. The first that fails decides the answer.
//!
//! 1. the gateway; the interface exists
//! 2. the access token, the signature or the bearer key
//! 3. the application and what it may use; its quotas
//! 4. the interface's own start, its cache, the checking of parameters
//! 5. the body: JSON of the right kind, or a form
//! 6. the parameters: presence, then type, form and range
//! 7. the services behind the interface
//! 8. the state of the library, where no picture is needed for it
//! 9. the picture: download, decoding, size, content, face
//! 10. quality, then liveness, then whose face it is
//! 11. what the library makes of it
//!
//! The documents state the order of the tenth only; the rest follows from what each check needs to know. What changes
//! state comes last, so that a failure leaves no trace.

use hyper::Method;

use super::body::Body;
use super::call::Call;
use super::condition::Condition;
use super::fault::{Fault, stage};
use super::names::OAUTH_PATH;
use super::operations::{self, Operation};
use super::query;
use super::render::OperationOutcome;
use super::request::ApiRequest;
use super::state::BaiduFace;
use super::values::is_id;
use crate::front::{Answer, fault_header};

/// The longest `appid` of a private deployment's URL.
const APP_ID_BYTES: u64 = 48;

impl BaiduFace {
    /// Answers one request whose size has been checked.
    pub(super) async fn answer_one(&self, request: ApiRequest) -> Answer {
        let fault = match fault_header::asked(&request.headers, self.allow_faults, Fault::ALL) {
            Ok(fault) => fault,
            Err(unknown) => return *unknown,
        };
        if request.path == OAUTH_PATH {
            return self.oauth(&request);
        }
        let outcome = self.carry_out(&request, fault).await;
        if let Err(refusal) = &outcome {
            tracing::debug!(path = request.path, condition = %refusal.condition, "refused");
        }
        self.answers.answer(&outcome, (self.clock)())
    }

    async fn carry_out(&self, request: &ApiRequest, fault: Option<Fault>) -> OperationOutcome {
        let stages = |stages: &[Fault]| stages.iter().try_for_each(|next| stage(fault, *next));
        stages(&[Fault::Gateway, Fault::Service])?;
        let (operation, is_private) = Operation::at(&request.path)
            .filter(|_| request.method == Method::POST)
            .ok_or(Condition::InterfaceUnknown)?;
        let account = self.authenticate(request, fault)?;
        self.admit(account, &request.path, fault)?;
        stages(&[Fault::ServiceToken, Fault::Platform])?;
        stages(&[
            Fault::InterfaceRegistry,
            Fault::InterfaceSettings,
            Fault::InterfaceContext,
            Fault::InterfaceReply,
        ])?;
        stages(&[Fault::CacheConnect, Fault::CacheRead, Fault::CacheWrite])?;
        stages(&[
            Fault::ParameterRules,
            Fault::ParameterLimits,
            Fault::ParameterReader,
            Fault::ParameterChecker,
        ])?;
        if is_private {
            self.judge_app_id(request, account)?;
        }
        let sent = request.body.as_ref().ok_or(Condition::BodyNotJson)?;
        let body = Body::parse(sent)?;
        let call = Call { front: self, account, body: &body, fault, is_private, now: (self.clock)() };
        operations::run(operation, &call).await
    }

    /// Whether the application exists, may use the interface and has requests left.
    fn admit(&self, index: usize, path: &str, fault: Option<Fault>) -> Result<(), Condition> {
        let account = &self.accounts[index];
        stage(fault, Fault::AppLookup)?;
        if account.deleted {
            return Err(Condition::AppUnknown);
        }
        stage(fault, Fault::AppPermissions)?;
        if account.denied.iter().any(|denied| denied == path) {
            return Err(Condition::PermissionMissing);
        }
        for quota in [Fault::QuotaCluster, Fault::QuotaDay, Fault::QuotaSecond, Fault::QuotaTotal] {
            stage(fault, quota)?;
        }
        self.quotas.take(index, (self.clock)())
    }

    /// `appid` in the URL, by which private deployments are told the application; the one of the credentials, if any.
    fn judge_app_id(&self, request: &ApiRequest, index: usize) -> Result<(), Condition> {
        let pairs = query::pairs(request.query.as_bytes());
        let Some(app_id) = query::value(&pairs, "appid") else { return Ok(()) };
        if !is_id(app_id, APP_ID_BYTES) {
            return Err(Condition::AppIdInvalid);
        }
        if self.accounts[index].app_id == app_id { Ok(()) } else { Err(Condition::PermissionMissing) }
    }
}
