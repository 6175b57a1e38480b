//! The order of checks, from the outermost to the innermost. The first that fails decides the answer.
//!
//! 1. method, length and size of the body (the server, before this module)
//! 2. there is a signature; it can be taken apart
//! 3. the appid is known; the secret id is known; both belong together
//! 4. the digest is right; its time has not passed; it was not used up
//! 5. the body can be taken apart
//! 6. appid and bucket are those of the signature; the bucket is known
//! 7. the rate
//! 8. the parameters: presence, then type and range, then length, then characters
//! 9. the picture: presence, address and download, format, decoding, face, and what is seen of it
//! 10. the state of the gallery
//! 11. the store
//!
//! The documents do not state an order; it follows from what each check needs to know, and from recorded answers.

use std::time::Instant;

use super::call::Call;
use super::parameters::Parameters;
use super::render::{Data, Outcome};
use super::{Answer, Request, TencentCi, operations};
use crate::condition::Condition;
use crate::defect::{Defect, envelope, tamper};
use crate::fault::{self, Fault};

impl TencentCi {
    /// Answers one request whose method and size have been checked.
    pub(crate) async fn answer(&self, request: Request) -> Answer {
        match self.fault(&request) {
            Ok(fault) => {
                let mut outcome = self.carry_out(&request, fault).await;
                if let Err(refusal) = &outcome {
                    tracing::debug!(operation = request.operation.name(), condition = %refusal.condition, "refused");
                }
                if self.has(Defect::SuccessForError)
                    && matches!(&outcome, Err(refusal) if refusal.condition == Condition::ParameterInvalid)
                {
                    outcome = Ok(Data::default());
                }
                envelope::spoilt(self.answers.answer(&outcome), self.defects)
            }
            Err(unknown) => unknown,
        }
    }

    async fn carry_out(&self, request: &Request, fault: Option<Fault>) -> Outcome {
        let signature = self.signature_of(&request.headers)?;
        let (index, account) = self.authenticate(&signature, fault)?;
        if self.has(Defect::HangsOnNesting) && tamper::is_nested(&request.body) {
            std::future::pending::<()>().await;
        }
        if self.has(Defect::PanicsOnExtendedName) && tamper::has_extended_name(&request.body) {
            std::panic::resume_unwind(Box::new("a defect"));
        }
        let parameters = self.parameters(request)?;
        self.matches_target(&signature, account, &parameters)?;
        self.rates.take(index, Instant::now())?;
        let call = Call::new(self, account, parameters, fault);
        operations::run(request.operation, &call).await
    }

    /// The parameters of a body.
    fn parameters(&self, request: &Request) -> Result<Parameters, Condition> {
        let Request { headers, body, .. } = request;
        if self.has(Defect::QuotedBoundaryRefused) && tamper::quotes_its_boundary(headers) {
            return Err(Condition::BadRequest);
        }
        Parameters::parse(headers, &tamper::body(headers, body, self.defects)).map_err(|error| {
            tracing::debug!(%error, "a body cannot be taken apart");
            Condition::BadRequest
        })
    }

    /// The fault that a request asks for, where that is allowed. An unknown one is the harness's mistake, and said
    /// plainly rather than passed over.
    fn fault(&self, request: &Request) -> Result<Option<Fault>, Answer> {
        let Some(value) = request.headers.get(fault::HEADER).filter(|_| self.allow_faults) else {
            return Ok(None);
        };
        let name = String::from_utf8_lossy(value.as_bytes());
        Fault::named(&name).map(Some).ok_or_else(|| {
            let known: Vec<_> = Fault::ALL.iter().map(|(name, _)| *name).collect();
            let text = format!("no fault named {name}; there are: {}", known.join(", "));
            Answer { status: 400, body: serde_json::json!({ "error": text }).to_string() }
        })
    }
}
