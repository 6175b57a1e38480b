//! The harness's signers, held to the vectors that neither they nor the engine made; and what damage does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lianpu::sign::{
    Circumstances, Damage, Exposure, FieldRule, FieldText, KeyChoice, Lacking, Scheme, Signature, bce_auth,
    plaintext, sign,
};
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
        assert_eq!(plaintext::authorize(&signature, circumstances()).unwrap(), vector.sign, "{}", vector.id);
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
    assert_eq!(plaintext::authorize(&signature, circumstances()).unwrap(), vector.sign);
}

#[test]
fn each_damage_and_each_key_changes_the_signature() {
    let right = plaintext::authorize(&Signature::default(), circumstances()).unwrap();
    for damage in plaintext::Plaintext.damages() {
        let signature = Signature { damage: Some(*damage), ..Signature::default() };
        assert_ne!(plaintext::authorize(&signature, circumstances()).unwrap(), right, "{}", damage.words());
    }
    // A scheme without tokens has none that could expire.
    assert!(!plaintext::Plaintext.keys().contains(&KeyChoice::Expired));
    for key in plaintext::Plaintext.keys() {
        let signature = Signature { key: *key, ..Signature::default() };
        assert_ne!(plaintext::authorize(&signature, circumstances()).unwrap(), right, "{}", key.words());
    }
}

#[test]
fn the_url_safe_alphabet_shows() {
    let signature = Signature { damage: Some(Damage::URL_SAFE_ALPHABET), ..Signature::default() };
    let header = plaintext::authorize(&signature, circumstances()).unwrap();
    assert!(header.contains('-') || header.contains('_'), "{header}");
    assert!(STANDARD.decode(&header).is_err());
}

/// A scheme that no vendor has: a header with the digits of the time and of the key.
#[derive(Debug)]
struct MadeUp;

/// A damage of its own, which no other scheme has.
const BACKWARDS: Damage = Damage::new("a text that runs backwards");

impl Scheme for MadeUp {
    fn name(&self) -> &'static str {
        "made-up"
    }

    fn sign(
        &self,
        request: &mut Request,
        signature: &Signature,
        with: Circumstances<'_>,
    ) -> Result<Option<String>, Lacking> {
        let (id, _) = with.key(signature.key)?;
        let time =
            signature.rule("time").map_or_else(|| with.now.to_string(), |rule| rule.value.at(with.now));
        let text = format!("{} {time}", request.method);
        let sent = match signature.damage {
            Some(BACKWARDS) => text.chars().rev().collect(),
            _ => text.clone(),
        };
        request.set_header("X-Made-Up", Some(&format!("{id} {sent}")));
        Ok(Some(text))
    }

    fn exposure(&self) -> Exposure {
        Exposure { secret_headers: &["x-made-up"], ..Exposure::default() }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["time"]
    }

    fn keys(&self) -> &'static [KeyChoice] {
        &[KeyChoice::Disabled]
    }

    fn damages(&self) -> &'static [Damage] {
        &[BACKWARDS]
    }
}

/// A scheme is all in its own file: no list of fields, keys, damages or words elsewhere must know of it.
#[test]
fn a_made_up_scheme_signs_damages_and_tells_what_it_cannot_do() {
    let own: Option<&'static dyn Scheme> = Some(&MadeUp);
    let request = Request { method: "POST".into(), target: "/".into(), headers: vec![], body: vec![] };
    let signed = |signature: &Signature| {
        signature.check(own).unwrap();
        let mut request = request.clone();
        sign(&mut request, own, signature, circumstances()).unwrap();
        request.header("X-Made-Up").unwrap().split_once(' ').unwrap().1.to_owned()
    };
    let says = FieldRule::parse_all("time=now-60").unwrap();
    assert_eq!(signed(&Signature::default()), "POST 1500000000");
    assert_eq!(signed(&Signature { says, ..Signature::default() }), "POST 1499999940");
    assert_eq!(signed(&Signature { damage: Some(BACKWARDS), ..Signature::default() }), "0000000051 TSOP");
    let text = sign(&mut request.clone(), own, &Signature::default(), circumstances()).unwrap();
    assert_eq!(text.as_deref(), Some("POST 1500000000"));

    let refused = |signature: &Signature, own| signature.check(own).unwrap_err().to_string();
    let wrong_key = Signature { key: KeyChoice::Wrong, ..Signature::default() };
    assert_eq!(refused(&wrong_key, own), "made-up cannot use a wrong key; it has: the disabled key");
    assert!(refused(&wrong_key, None).contains("no signature scheme"));
    let other = Signature { says: FieldRule::parse_all("e=now").unwrap(), ..Signature::default() };
    assert_eq!(refused(&other, own), "made-up signs no field e; it has: time");
    let short = Signature { damage: Some(Damage::SHORT_DIGEST), ..Signature::default() };
    let refused_short = refused(&short, own);
    assert_eq!(refused_short, "made-up cannot suffer a short digest; it has: a text that runs backwards");
    let form = Signature { form: Some(vec!["time".into()]), ..Signature::default() };
    assert_eq!(refused(&form, own), "made-up has no fields that could be chosen");
    // The scheme that a signature names goes before the dialect's own.
    let named = Signature { scheme: own, ..Signature::default() };
    let mut request = request.clone();
    sign(&mut request, Some(&plaintext::Plaintext), &named, circumstances()).unwrap();
    assert!(request.header("X-Made-Up").is_some() && request.header("Authorization").is_none());
    // Without any scheme nothing is signed, knowingly.
    let mut unsigned = Request { headers: vec![], ..request };
    sign(&mut unsigned, None, &Signature::default(), circumstances()).unwrap();
    assert!(unsigned.headers.is_empty());
}

proptest! {
    /// Whatever the fields say, the text comes back whole after the twenty bytes of the digest.
    #[test]
    fn the_text_follows_the_digest(value in "[ -~]{0,80}", nonce in 0u64..10_000_000_000) {
        let rule = FieldRule { name: "f".into(), value: FieldText::Literal(value) };
        let signature = Signature { says: vec![rule], ..Signature::default() };
        let with = Circumstances { nonce, ..circumstances() };
        let bytes = STANDARD.decode(plaintext::authorize(&signature, with).unwrap()).unwrap();
        let text = plaintext::plaintext(&signature, with, account().part("secret_id"));
        prop_assert_eq!(&bytes[20..], text.as_bytes());
    }
}
