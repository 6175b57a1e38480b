//! The signature vectors of the corpus hold in themselves, computed with the hash crates directly.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use lianpu_corpus::{Vector, bundled};
use sha1::Sha1;

#[test]
fn the_vectors_of_tencent_ci_hold() {
    let dialect = bundled("tencent-ci").expect("the dialect reads");
    let ids: Vec<_> = dialect.vectors.iter().map(|vector| vector.id.as_str()).collect();
    assert_eq!(ids, ["VA", "VB", "VC", "VD", "VE"]);
    for vector in &dialect.vectors {
        let Vector { id, secret_key, inputs, plaintext, digest, sign, .. } = vector;
        let joined: Vec<_> = inputs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(joined.join("&"), *plaintext, "{id}");
        let mut mac = Hmac::<Sha1>::new_from_slice(secret_key.as_bytes()).expect("a key of any length");
        mac.update(plaintext.as_bytes());
        let raw = mac.finalize().into_bytes();
        assert_eq!(raw.as_slice(), bytes(digest), "{id}");
        assert_eq!(STANDARD.encode([raw.as_slice(), plaintext.as_bytes()].concat()), *sign, "{id}");
    }
}

#[test]
fn the_vectors_are_made_with_the_first_account() {
    let dialect = bundled("tencent-ci").expect("the dialect reads");
    let account = &dialect.manifest.accounts[0];
    for vector in &dialect.vectors {
        assert_eq!(vector.input("a"), Some(account.part("appid")));
        assert_eq!(vector.input("b"), Some(account.part("bucket")));
        assert_eq!(vector.input("k"), Some(account.part("secret_id")));
        assert_eq!(vector.secret_key, account.part("secret_key"));
    }
}

/// The bytes that lower-case hexadecimal digits stand for.
fn bytes(digits: &str) -> Vec<u8> {
    assert!(!digits.contains(|c: char| c.is_ascii_uppercase()), "{digits}: lower case");
    hex::decode(digits).expect("hexadecimal digits")
}
