//! Whose request it is, and whether it may be believed.

use hyper::{HeaderMap, header};

use super::account::BucketAccount;
use super::condition::Condition;
use super::fault::Fault;
use super::parameters::Parameters;
use super::signature::Signature;
use super::state::TencentCi;

impl TencentCi {
    /// The signature of a request, believed by nobody yet.
    pub(super) fn signature_of(headers: &HeaderMap) -> Result<Signature, Condition> {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        let value = values.next().ok_or(Condition::SignatureEmpty)?;
        if values.next().is_some() {
            return Err(Condition::SignatureMalformed);
        }
        let value = value.to_str().map_err(|_| Condition::SignatureMalformed)?.trim();
        if value.is_empty() || value.eq_ignore_ascii_case("QCloud") {
            return Err(Condition::SignatureEmpty);
        }
        Signature::parse(value).map_err(|error| {
            tracing::debug!(%error, "a signature cannot be taken apart");
            Condition::SignatureMalformed
        })
    }

    /// The account that a signature proves: known, paired, made with its key, in time and not used up.
    pub(super) fn authenticate(
        &self,
        signature: &Signature,
        fault: Option<Fault>,
    ) -> Result<(usize, &BucketAccount), Condition> {
        match fault {
            Some(Fault::AuthServiceError) => return Err(Condition::AuthServiceError),
            Some(Fault::AuthServiceUnavailable) => return Err(Condition::AuthServiceUnavailable),
            _ => {}
        }
        let mut accounts = self.accounts.iter().enumerate();
        let (index, account) =
            accounts.find(|(_, account)| account.appid == signature.appid).ok_or(Condition::AppidUnknown)?;
        if !self.accounts.iter().any(|account| account.secret_id == signature.secret_id) {
            return Err(Condition::SecretIdUnknown);
        }
        if account.secret_id != signature.secret_id {
            return Err(Condition::SecretIdOfOtherAppid);
        }
        if !signature.is_made_with(&account.secret_key) {
            return Err(Condition::SignatureWrong);
        }
        let (now, longest) = ((self.clock)(), self.bounds.signature_seconds);
        in_time(signature, now, longest)?;
        if signature.is_for_one_use() {
            self.replays.use_up(signature.digest, now, signature.made.saturating_add(longest))?;
        }
        Ok((index, account))
    }

    /// Whether appid and bucket of the body are those of the signature, and the bucket is one of the account's. Either
    /// side may leave the bucket out; an absent appid is found later, as any other absent parameter.
    pub(super) fn matches_target(
        signature: &Signature,
        account: &BucketAccount,
        parameters: &Parameters,
    ) -> Result<(), Condition> {
        let given = |name| parameters.loose_text(name).filter(|text| !text.is_empty());
        if given("appid").is_some_and(|appid| appid != signature.appid) {
            return Err(Condition::SignatureTargetMismatch);
        }
        let signed = Some(signature.bucket.clone()).filter(|bucket| !bucket.is_empty());
        let named = given("bucket");
        if let (Some(signed), Some(named)) = (&signed, &named)
            && signed != named
        {
            return Err(Condition::SignatureTargetMismatch);
        }
        if signed.or(named).is_some_and(|bucket| bucket != account.bucket) {
            return Err(Condition::BucketUnknown);
        }
        Ok(())
    }
}

/// Seconds that the client's clock may be ahead of ours.
const CLOCKS_APART: u64 = 900;

/// A signature serves until `e`, which lies after `t` and at most `longest` seconds from it. One for one use has
/// `e` 0 and is bound to a file; it serves as long after `t` as the longest of the others. A `t` that is still to come is no time at
/// which it was made: so times in milliseconds, of which the documents warn, are none either.
pub(super) fn in_time(signature: &Signature, now: u64, longest: u64) -> Result<(), Condition> {
    let Signature { expires, made, .. } = *signature;
    let was_made = made <= now.saturating_add(CLOCKS_APART);
    let serves = if signature.is_for_one_use() {
        !signature.file.is_empty() && now <= made.saturating_add(longest)
    } else {
        expires > made && expires - made <= longest && expires > now
    };
    if was_made && serves { Ok(()) } else { Err(Condition::SignatureExpired) }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    const DAY: u64 = 86_400;
    const NOW: u64 = 1_700_000_000;

    fn is_in_time(made: u64, expires: u64) -> bool {
        let plaintext = format!("a=1&b=b&k=k&e={expires}&t={made}&r=1&f=");
        let signature = Signature::parse(&STANDARD.encode([&[0; 20], plaintext.as_bytes()].concat()))
            .expect("well formed");
        in_time(&signature, NOW, 90 * DAY).is_ok()
    }

    #[test]
    fn a_signature_is_made_before_it_serves_and_serves_for_a_while() {
        assert!(is_in_time(NOW, NOW + DAY));
        assert!(is_in_time(NOW - DAY, NOW + 1));
        assert!(!is_in_time(NOW - DAY, NOW), "over");
        assert!(!is_in_time(NOW, NOW + 91 * DAY), "for too long");
        assert!(!is_in_time(NOW, NOW), "for no time");
    }

    #[test]
    fn clocks_may_be_a_quarter_of_an_hour_apart_and_milliseconds_are_no_time() {
        assert!(is_in_time(NOW + CLOCKS_APART, NOW + DAY));
        assert!(!is_in_time(NOW + CLOCKS_APART + 1, NOW + DAY));
        assert!(!is_in_time(NOW * 1000, (NOW + DAY) * 1000));
        assert!(!is_in_time(NOW * 1000, NOW * 1000 + DAY));
    }
}
