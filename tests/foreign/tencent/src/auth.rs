//! Whose request it is: the signature against the body.
//!
//! The order is: is there a signature (4), can it be read (5), is it in time (9), does it name the appid of the body
//! (6), are appid (10), key (11, 12) and digest (14) right, does the bucket of the body exist (16) and is it the signed
//! one (6).

use crate::accounts::{ACCOUNTS, Account};
use crate::code::Code;
use crate::defect::Defect;
use crate::engine::Engine;
use crate::fields::Fields;
use crate::signature::Signature;
use std::time::{SystemTime, UNIX_EPOCH};

/// Finds the account that a request acts for.
pub(crate) fn authenticate(
    engine: &Engine,
    header: Option<&str>,
    fields: Fields<'_>,
) -> Result<&'static Account, Code> {
    let defects = &engine.defects;
    let named = |appid: &str| ACCOUNTS.iter().find(|account| account.appid == appid);
    let Some(header) = header.map(str::trim).filter(|text| !text.is_empty()) else {
        if defects.has(Defect::EmptySignatureTaken) {
            return fields.address("appid")?.as_deref().and_then(named).ok_or(Code::NO_APPID);
        }
        return Err(if defects.has(Defect::EmptySignatureAs14) { Code::WRONG_SIGN } else { Code::NO_SIGN });
    };
    let signature = Signature::parse(header)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() as i64);
    signature.check_time(now, defects)?;
    let appid = fields.address("appid")?;
    let differs = appid.as_deref().is_some_and(|appid| !appid.is_empty() && Ok(appid) != signature.appid());
    if differs && !defects.has(Defect::AppidUnmatched) {
        return Err(if defects.has(Defect::MismatchAs14) { Code::WRONG_SIGN } else { Code::MISMATCH });
    }
    let mut account = signature.account(defects)?;
    if differs && let Some(target) = appid.as_deref().and_then(named) {
        account = target;
    }
    if defects.has(Defect::SignatureOnce) && !engine.is_first_use(header) {
        return Err(Code::REPLAY);
    }
    let bucket = fields.address("bucket")?.filter(|bucket| !bucket.is_empty());
    check_bucket(engine, account, bucket.as_deref(), signature.bucket())?;
    match appid {
        None if defects.has(Defect::MissingAs213) => Err(Code::INTERNAL),
        None => Err(Code::BAD_PARAMETER),
        Some(appid) if appid.is_empty() && !defects.has(Defect::EmptyTextTaken) => Err(Code::EMPTY_PARAMETER),
        Some(_) => Ok(account),
    }
}

/// Judges the bucket of the body and that of the signature, of which either may be absent.
fn check_bucket(
    engine: &Engine,
    account: &Account,
    asked: Option<&str>,
    signed: Option<&str>,
) -> Result<(), Code> {
    let defects = &engine.defects;
    if asked.is_some_and(|asked| asked != account.bucket) && !defects.has(Defect::BucketUnknownTaken) {
        return Err(Code::NO_BUCKET);
    }
    match (asked, signed) {
        (None, Some(signed)) if signed != account.bucket && !defects.has(Defect::BucketUnknownTaken) => {
            Err(Code::NO_BUCKET)
        }
        (Some(asked), Some(signed)) if signed != asked && !defects.has(Defect::BucketUnmatched) => {
            Err(Code::MISMATCH)
        }
        _ => Ok(()),
    }
}
