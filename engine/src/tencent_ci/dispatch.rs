//! The order of checks, from the outermost to the innermost. The first that fails decides the answer.
//!
//! 1. path, method and length (`front`, by the head alone), size of the body
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

use bytes::Bytes;
use hyper::HeaderMap;

use super::call::Call;
use super::condition::Condition;
use super::fault::Fault;
use super::operations::{self, Operation};
use super::parameters::Parameters;
use super::render::OperationOutcome;
use super::state::TencentCi;
use crate::front::{Answer, fault_header};

impl TencentCi {
    /// Answers one request whose head has been judged and whose body is whole.
    pub(super) async fn answer_whole(
        &self,
        operation: Operation,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Answer {
        let fault = match fault_header::asked(headers, self.allow_faults, Fault::ALL) {
            Ok(fault) => fault,
            Err(unknown) => return *unknown,
        };
        let outcome = self.carry_out(operation, headers, body, fault).await;
        if let Err(refusal) = &outcome {
            tracing::debug!(operation = operation.name(), condition = %refusal.condition, "refused");
        }
        self.answers.answer(&outcome)
    }

    async fn carry_out(
        &self,
        operation: Operation,
        headers: &HeaderMap,
        body: &Bytes,
        fault: Option<Fault>,
    ) -> OperationOutcome {
        let signature = Self::signature_of(headers)?;
        let (index, account) = self.authenticate(&signature, fault)?;
        let parameters = Parameters::parse(headers, body).map_err(|error| {
            tracing::debug!(%error, "a body cannot be taken apart");
            Condition::BadRequest
        })?;
        Self::matches_target(&signature, account, &parameters)?;
        if !self.rates.take(index, Instant::now()) {
            return Err(Condition::RateExceeded.into());
        }
        let call = Call::new(self, account, parameters, fault);
        operations::run(operation, &call).await
    }
}
