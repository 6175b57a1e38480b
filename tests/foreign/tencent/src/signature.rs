//! Signatures: `Base64(HMAC-SHA1(SecretKey, P) ‖ P)` with P = `a=…&b=…&k=…&e=…&t=…&r=…&u=…&f=…`.
//!
//! The fields are taken in any order, unknown ones are overlooked, and `b`, `r`, `u` and `f` may be missing: the
//! vendor's own clients leave them out. Time is judged before anything is looked up, since it stands in the plain text.

use crate::accounts::{ACCOUNTS, Account};
use crate::code::Code;
use crate::defect::{Defect, Defects};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// The longest life, in seconds: "three months", of which the longest have 92 days.
const LONGEST_LIFE: i64 = 92 * 86_400;

/// A signature taken apart.
#[derive(Debug)]
pub(crate) struct Signature {
    digest: Vec<u8>,
    plain: Vec<u8>,
    fields: Vec<(String, String)>,
}

impl Signature {
    /// Takes the value of the header apart.
    pub(crate) fn parse(header: &str) -> Result<Self, Code> {
        let bytes = STANDARD.decode(header.trim()).map_err(|_| Code::BAD_SIGN)?;
        if bytes.len() <= 20 {
            return Err(Code::BAD_SIGN);
        }
        let (digest, plain) = bytes.split_at(20);
        let text = std::str::from_utf8(plain).map_err(|_| Code::BAD_SIGN)?;
        let fields = text.split('&').filter_map(|pair| pair.split_once('='));
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Signature { digest: digest.to_vec(), plain: plain.to_vec(), fields })
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn required(&self, name: &str) -> Result<&str, Code> {
        self.field(name).filter(|value| !value.is_empty()).ok_or(Code::BAD_SIGN)
    }

    fn seconds(&self, name: &str) -> Result<i64, Code> {
        self.required(name)?.parse().map_err(|_| Code::BAD_SIGN)
    }

    /// The signed bucket; an empty one counts as absent.
    pub(crate) fn bucket(&self) -> Option<&str> {
        self.field("b").filter(|bucket| !bucket.is_empty())
    }

    /// Judges the times, given the present as Unix seconds.
    pub(crate) fn check_time(&self, now: i64, defects: &Defects) -> Result<(), Code> {
        let (expiry, issue) = (self.seconds("e")?, self.seconds("t")?);
        if expiry == 0 {
            return Err(Code::BAD_SIGN); // one-time signatures are for other hosts
        }
        let present = if defects.has(Defect::ExpiryLate) { now - 3 * 3600 } else { now };
        if (expiry <= present || expiry <= issue) && !defects.has(Defect::ExpiryIgnored) {
            return Err(if defects.has(Defect::ExpiredAs5) { Code::BAD_SIGN } else { Code::EXPIRED });
        }
        let life = expiry.saturating_sub(issue).max(expiry.saturating_sub(now));
        if life > LONGEST_LIFE && !defects.has(Defect::LifetimeUnbounded) {
            return Err(Code::BAD_SIGN);
        }
        Ok(())
    }

    /// Finds the account that signed: the appid, then its key, then the digest.
    pub(crate) fn account(&self, defects: &Defects) -> Result<&'static Account, Code> {
        self.check_form(defects)?;
        let (appid, id) = (self.required("a")?, self.required("k")?);
        let unknown = if defects.has(Defect::AppidUnknownAs11) { Code::NO_SECRET_ID } else { Code::NO_APPID };
        let account = ACCOUNTS.iter().find(|account| account.appid == appid).ok_or(unknown)?;
        let owner = ACCOUNTS.iter().find(|account| account.keys.iter().any(|key| key.id == id));
        let unknown = if defects.has(Defect::KeyUnknownAs14) { Code::WRONG_SIGN } else { Code::NO_SECRET_ID };
        let owner = owner.ok_or(unknown)?;
        if owner.appid != account.appid && !defects.has(Defect::ForeignKeyTaken) {
            return Err(Code::FOREIGN_SECRET_ID);
        }
        let key = owner.keys.iter().find(|key| key.id == id).ok_or(Code::NO_SECRET_ID)?;
        if !key.enabled && !defects.has(Defect::DisabledKeyTaken) {
            return Err(Code::WRONG_SIGN);
        }
        if !self.verifies(key.secret, defects) {
            return Err(if defects.has(Defect::WrongDigestAs5) { Code::BAD_SIGN } else { Code::WRONG_SIGN });
        }
        Ok(account)
    }

    /// The appid that the signature names.
    pub(crate) fn appid(&self) -> Result<&str, Code> {
        self.required("a")
    }

    fn check_form(&self, defects: &Defects) -> Result<(), Code> {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        let mut order = names.iter().filter(|name| ["a", "b", "k", "e", "t"].contains(name));
        let fixed = ["a", "b", "k", "e", "t"].iter().all(|name| order.next() == Some(name));
        let refused = (defects.has(Defect::FieldOrderFixed) && !fixed)
            || (defects.has(Defect::UserFieldRefused) && names.contains(&"u"))
            || (defects.has(Defect::FileFieldRequired) && !names.contains(&"f"));
        if refused { Err(Code::BAD_SIGN) } else { Ok(()) }
    }

    fn verifies(&self, secret: &str, defects: &Defects) -> bool {
        let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
        mac.update(&self.plain);
        let due = mac.finalize().into_bytes();
        let range = if defects.has(Defect::DigestIgnored) {
            0..0
        } else if defects.has(Defect::DigestPrefix) {
            0..4
        } else if defects.has(Defect::DigestTail) {
            10..20
        } else {
            0..20
        };
        due[range.clone()].iter().zip(&self.digest[range]).fold(0, |all, (a, b)| all | (a ^ b)) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Defects, Signature};

    const SECRET: &str = "TestSecretKey0000000000000000000";

    /// The published dummy vectors: full form, without u, short form, one-time, empty u.
    const VECTORS: [&str; 5] = [
        "BbXz6GjpckdrIaa1KUG146bL0Y9hPTEyNTAwMDAwMDAmYj10ZXN0YnVja2V0Jms9VEVTVElEMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBFWEFNUExFJmU9MTUwMDAwMzYwMCZ0PTE1MDAwMDAwMDAmcj0xMjM0NTY3ODkwJnU9MCZmPQ==",
        "Uq01W1RUfL689xMkKF/Jm8XHhQJhPTEyNTAwMDAwMDAmYj10ZXN0YnVja2V0Jms9VEVTVElEMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBFWEFNUExFJmU9MTUwMDAwMzYwMCZ0PTE1MDAwMDAwMDAmcj0xMjM0NTY3ODkwJmY9",
        "e8d1DtSL4anHknxc6ZHWu8PgV7RhPTEyNTAwMDAwMDAmYj10ZXN0YnVja2V0Jms9VEVTVElEMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBFWEFNUExFJnQ9MTUwMDAwMDAwMCZlPTE1MDAwMDM2MDA=",
        "SBIlug1AXF4uM5/xAsLc5KB9VDdhPTEyNTAwMDAwMDAmYj10ZXN0YnVja2V0Jms9VEVTVElEMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBFWEFNUExFJmU9MCZ0PTE1MDAwMDAwMDAmcj0xMjM0NTY3ODkwJnU9MCZmPWRpci9hIGIuanBn",
        "+zvxH4/nUvgnjWMHSL+SvhNvjHdhPTEyNTAwMDAwMDAmYj10ZXN0YnVja2V0Jms9VEVTVElEMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBFWEFNUExFJmU9MTUwMDAwMzYwMCZ0PTE1MDAwMDAwMDAmcj0xMjM0NTY3ODkwJnU9JmY9",
    ];

    #[test]
    fn the_vectors_verify_and_not_with_another_secret() {
        for vector in VECTORS {
            let signature = Signature::parse(vector).expect("a whole signature");
            assert!(signature.verifies(SECRET, &Defects::default()), "{vector}");
            assert!(!signature.verifies("another", &Defects::default()), "{vector}");
            assert_eq!(signature.appid(), Ok("1250000000"));
            assert_eq!(signature.bucket(), Some("testbucket"));
        }
    }

    #[test]
    fn times_are_judged_by_the_clock() {
        let none = Defects::default();
        let hour = Signature::parse(VECTORS[0]).expect("a whole signature");
        assert_eq!(hour.check_time(1_500_000_001, &none), Ok(()));
        assert_eq!(hour.check_time(1_500_003_600, &none), Err(Code::EXPIRED));
        assert_eq!(hour.check_time(1_400_000_000, &none), Err(Code::BAD_SIGN), "it would live for years");
        let once = Signature::parse(VECTORS[3]).expect("a whole signature");
        assert_eq!(once.check_time(1_500_000_001, &none), Err(Code::BAD_SIGN));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for text in ["abc", "aGVsbG8gd29ybGQ=", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "_-_-"] {
            assert_eq!(Signature::parse(text).err(), Some(Code::BAD_SIGN), "{text}");
        }
        assert_eq!(
            Signature::parse(VECTORS[0]).expect("whole").account(&Defects::default()).err(),
            Some(Code::NO_APPID)
        );
    }
}
