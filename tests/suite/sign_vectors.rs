//! The harness's signers, held to the vectors that neither they nor the engine made; and what damage does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lianpu::sign::{Circumstances, Damage, FieldRule, FieldText, KeyChoice, Signature, bce_auth, tencent_ci};
use lianpu::wire::Request;
use lianpu_corpus::{Account, bundled};
use proptest::prelude::*;

fn account() -> &'static Account {
    &bundled("tencent-ci").unwrap().manifest.accounts[0]
}

fn circumstances() -> Circumstances<'static> {
    let accounts = &bundled("tencent-ci").unwrap().manifest.accounts;
    Circumstances {
        account: account(),
        other: accounts.get(1),
        now: 1_500_000_000,
        nonce: 1_234_567_890,
        token: None,
        host: "127.0.0.1",
    }
}

#[test]
fn every_vector_is_signed_as_recorded() {
    for vector in &bundled("tencent-ci").unwrap().vectors {
        let signature = Signature {
            form: Some(vector.inputs.iter().map(|(name, _)| name.clone()).collect()),
            says: vector
                .inputs
                .iter()
                .map(|(name, value)| FieldRule {
                    name: name.clone(),
                    value: FieldText::Literal(value.clone()),
                })
                .collect(),
            ..Signature::default()
        };
        assert_eq!(tencent_ci::authorize(&signature, circumstances()).unwrap(), vector.sign, "{}", vector.id);
    }
}

#[test]
fn every_header_of_the_cloud_is_signed_as_recorded() {
    let dialect = bundled("baidu-face").unwrap();
    let account = &dialect.manifest.accounts[0];
    assert!(!dialect.vectors.is_empty());
    for vector in &dialect.vectors {
        let input = |name: &str| vector.input(name).unwrap();
        let mut request = Request {
            method: input("method").to_owned(),
            target: input("target").to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        let now = input("t").parse().unwrap();
        let with = Circumstances { account, other: None, now, host: input("host"), ..circumstances() };
        assert_eq!(
            (input("id"), vector.secret_key.as_str()),
            (account.part("secret_id"), account.part("secret_key"))
        );
        bce_auth::authorize(&mut request, &Signature::default(), with).unwrap();
        assert_eq!(request.header("Authorization"), Some(vector.sign.as_str()), "{}", vector.id);
        let date = request.header("x-bce-date").unwrap();
        assert_eq!(bce_auth::canonical(&request, input("host"), date), vector.plaintext, "{}", vector.id);
    }
}

#[test]
fn the_default_is_the_full_form() {
    let vector = &bundled("tencent-ci").unwrap().vectors[0];
    let signature = Signature { says: FieldRule::parse_all("e=now+3600").unwrap(), ..Signature::default() };
    assert_eq!(tencent_ci::authorize(&signature, circumstances()).unwrap(), vector.sign);
}

#[test]
fn each_damage_and_each_key_changes_the_signature() {
    let right = tencent_ci::authorize(&Signature::default(), circumstances()).unwrap();
    for (words, damage) in Damage::WORDS {
        let signature = Signature { damage: Some(damage), ..Signature::default() };
        assert_ne!(tencent_ci::authorize(&signature, circumstances()).unwrap(), right, "{words}");
    }
    // A scheme without tokens has none that could expire.
    for (words, key) in KeyChoice::WORDS.into_iter().filter(|(_, key)| *key != KeyChoice::Expired) {
        let signature = Signature { key, ..Signature::default() };
        assert_ne!(tencent_ci::authorize(&signature, circumstances()).unwrap(), right, "{words}");
    }
}

#[test]
fn the_url_safe_alphabet_shows() {
    let signature = Signature { damage: Some(Damage::UrlSafeAlphabet), ..Signature::default() };
    let header = tencent_ci::authorize(&signature, circumstances()).unwrap();
    assert!(header.contains('-') || header.contains('_'), "{header}");
    assert!(STANDARD.decode(&header).is_err());
}

proptest! {
    /// Whatever the fields say, the text comes back whole after the twenty bytes of the digest.
    #[test]
    fn the_text_follows_the_digest(value in "[ -~]{0,80}", nonce in 0u64..10_000_000_000) {
        let rule = FieldRule { name: "f".into(), value: FieldText::Literal(value) };
        let signature = Signature { says: vec![rule], ..Signature::default() };
        let with = Circumstances { nonce, ..circumstances() };
        let bytes = STANDARD.decode(tencent_ci::authorize(&signature, with).unwrap()).unwrap();
        let text = tencent_ci::plaintext(&signature, with, account().part("secret_id"));
        prop_assert_eq!(&bytes[20..], text.as_bytes());
    }
}
