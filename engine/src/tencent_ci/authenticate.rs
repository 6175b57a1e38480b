//! Whose request it is, and whether it may be believed.

use axum::http::{HeaderMap, header};
use lianpu_corpus::Account;

use super::TencentCi;
use super::parameters::Parameters;
use super::signature::Signature;
use crate::condition::Condition;
use crate::defect::{Defect, tamper};
use crate::fault::Fault;

impl TencentCi {
    /// The signature of a request, believed by nobody yet.
    pub(super) fn signature_of(&self, headers: &HeaderMap) -> Result<Signature, Condition> {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        let value = values.next().ok_or(Condition::SignatureEmpty)?;
        if values.next().is_some() {
            return Err(Condition::SignatureMalformed);
        }
        let value = value.to_str().map_err(|_| Condition::SignatureMalformed)?.trim();
        if value.is_empty() || value.eq_ignore_ascii_case("QCloud") {
            return Err(Condition::SignatureEmpty);
        }
        Signature::parse(&tamper::authorization(value, self.defects)).map_err(|error| {
            tracing::debug!(%error, "a signature cannot be taken apart");
            Condition::SignatureMalformed
        })
    }

    /// The account that a signature proves: known, paired, made with its key, in time and not used up.
    pub(super) fn authenticate(
        &self,
        signature: &Signature,
        fault: Option<Fault>,
    ) -> Result<(usize, &Account), Condition> {
        match fault {
            Some(Fault::AuthServiceError) => return Err(Condition::AuthServiceError),
            Some(Fault::AuthServiceUnavailable) => return Err(Condition::AuthServiceUnavailable),
            _ => {}
        }
        let mut accounts = self.accounts.iter().enumerate();
        let (index, account) = accounts
            .find(|(_, account)| account.part("appid") == signature.appid)
            .ok_or(Condition::AppidUnknown)?;
        if !self.accounts.iter().any(|account| account.part("secret_id") == signature.secret_id) {
            return Err(Condition::SecretIdUnknown);
        }
        if account.part("secret_id") != signature.secret_id && !self.has(Defect::KeyOfAnybody) {
            return Err(Condition::SecretIdOfOtherAppid);
        }
        if !self.is_made_by(signature, account) {
            let malformed = self.has(Defect::MalformedForWrong);
            return Err(if malformed { Condition::SignatureMalformed } else { Condition::SignatureWrong });
        }
        let now = if self.has(Defect::ExpiredAccepted) { signature.made } else { (self.clock)() };
        let longest = if self.has(Defect::SpanUnbounded) { u64::MAX } else { self.limits.signature_seconds };
        in_time(signature, now, longest)?;
        if signature.is_for_one_use() && !self.has(Defect::OneUseTwice) {
            let forgotten_at = signature.made.saturating_add(self.limits.signature_seconds);
            self.replays.use_up(signature.digest, now, forgotten_at)?;
        }
        Ok((index, account))
    }

    /// Whether the digest is one of the account's key.
    fn is_made_by(&self, signature: &Signature, account: &Account) -> bool {
        if self.has(Defect::KeyOfAnybody) {
            return self.accounts.iter().any(|other| signature.is_made_with(other.part("secret_key")));
        }
        if self.has(Defect::DigestByPrefix) {
            return signature.begins_as_made_with(account.part("secret_key"), 4);
        }
        signature.is_made_with(account.part("secret_key"))
    }

    /// Whether appid and bucket of the body are those of the signature, and the bucket is one of the account's. Either
    /// side may leave the bucket out; an absent appid is found later, as any other absent parameter.
    pub(super) fn matches_target(
        &self,
        signature: &Signature,
        account: &Account,
        parameters: &Parameters,
    ) -> Result<(), Condition> {
        if self.has(Defect::AppidIgnored) {
            return Ok(());
        }
        let given = |name| parameters.loose_text(name).filter(|text| !text.is_empty());
        if given("appid").is_some_and(|appid| appid != signature.appid) {
            return Err(Condition::SignatureTargetMismatch);
        }
        if self.has(Defect::BucketIgnored) {
            return Ok(());
        }
        let signed = Some(signature.bucket.clone()).filter(|bucket| !bucket.is_empty());
        let named = given("bucket");
        if let (Some(signed), Some(named)) = (&signed, &named)
            && signed != named
        {
            return Err(Condition::SignatureTargetMismatch);
        }
        if signed.or(named).is_some_and(|bucket| bucket != account.part("bucket")) {
            return Err(Condition::BucketUnknown);
        }
        Ok(())
    }
}

/// A signature serves until `e`, which lies after `t` and at most `longest` seconds from it. One for one use has
/// `e` 0 and is bound to a file; it serves as long after `t` as the longest of the others.
pub(super) fn in_time(signature: &Signature, now: u64, longest: u64) -> Result<(), Condition> {
    let Signature { expires, made, .. } = *signature;
    let in_time = if signature.is_for_one_use() {
        !signature.file.is_empty() && now <= made.saturating_add(longest)
    } else {
        expires > made && expires - made <= longest && expires > now
    };
    if in_time { Ok(()) } else { Err(Condition::SignatureExpired) }
}
