//! The bodies of the fuzz targets on signatures and parameters.

use std::collections::HashSet;
use std::str;

use arbitrary::{Arbitrary, Unstructured};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use sha1::{Digest, Sha1};

use super::parameters::Parameters;
use super::reader::Reader;
use super::signature::Signature;

/// The length of ids that the target reads; small, so that it is soon passed.
const LONGEST: usize = 40;

/// A signature, and what became of it on the way.
#[derive(Debug, Arbitrary)]
struct Sent<'a> {
    key: &'a str,
    change: Change,
    plaintext: &'a str,
}

/// A change after signing.
#[derive(Debug, Arbitrary)]
enum Change {
    None,
    Bit(u16),
    Cut(u8),
    More(u8),
}

/// Any plaintext signed with any key, then changed. It parses where an independent reading of the scheme says so, and
/// verifies exactly where the digest, computed by the steps of RFC 2104, is the one it carries.
pub fn fuzz_signature(data: &[u8]) {
    let Ok(sent) = Sent::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let mut bytes = [&hmac_sha1(sent.key, sent.plaintext.as_bytes())[..], sent.plaintext.as_bytes()].concat();
    match sent.change {
        Change::None => {}
        Change::Bit(place) => {
            let place = usize::from(place) % (bytes.len() * 8);
            bytes[place / 8] ^= 1 << (place % 8);
        }
        Change::Cut(count) => bytes.truncate(bytes.len().saturating_sub(usize::from(count))),
        Change::More(byte) => bytes.push(byte),
    }
    let parsed = Signature::parse(&STANDARD.encode(&bytes));
    assert_eq!(parsed.is_ok(), is_signature(&bytes), "{parsed:?} from {sent:?}");
    if let (Ok(signature), Some((digest, text))) = (parsed, bytes.split_at_checked(20)) {
        let expected = *digest == hmac_sha1(sent.key, text);
        assert_eq!(signature.is_made_with(sent.key), expected, "{sent:?}");
    }
}

/// RFC 2104 by its own steps.
fn hmac_sha1(key: &str, text: &[u8]) -> [u8; 20] {
    let mut block = [0_u8; 64];
    match key.as_bytes() {
        long if long.len() > 64 => block[..20].copy_from_slice(&Sha1::digest(long)),
        short => block[..short.len()].copy_from_slice(short),
    }
    let inner = Sha1::new_with_prefix(block.map(|byte| byte ^ 0x36)).chain_update(text).finalize();
    Sha1::new_with_prefix(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

/// Whether bytes are a digest and a plaintext with the fields it must have, each once.
fn is_signature(bytes: &[u8]) -> bool {
    let Some(text) = bytes.get(20..).and_then(|text| str::from_utf8(text).ok()) else { return false };
    let count = |name: &str| text.split('&').filter(|field| field.starts_with(name)).count();
    let value = |name: &str| text.split('&').find_map(|field| field.strip_prefix(name)).unwrap_or_default();
    let is_number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u64>().is_ok() // no sign
    };
    ["a=", "k=", "e=", "t="].iter().all(|name| count(name) == 1 && !value(name).is_empty())
        && ["b=", "f="].iter().all(|name| count(name) <= 1)
        && ["e=", "t="].iter().all(|name| is_number(value(name)))
}

/// Any header value. What parses has the fields it must have, no two keys verify it, and it reads the same in its
/// canonical form.
pub fn fuzz_authorization(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let Ok(signature) = Signature::parse(text) else { return };
    assert!(
        !signature.appid.is_empty() && !signature.secret_id.is_empty(),
        "a field that must be there is empty"
    );
    assert!(
        !(signature.is_made_with("one key") && signature.is_made_with("another key")),
        "two keys verify one digest"
    );
    let again = STANDARD.encode(signature.bytes());
    assert_eq!(Signature::parse(&again).as_ref(), Ok(&signature), "the canonical form reads differently");
}

/// Any JSON body. It is taken where it is an object, and what the reader of parameters accepts is what it promises: ids of
/// the allowed length and characters, each once in a list.
pub fn fuzz_json(data: &[u8]) {
    let headers =
        HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    let parsed = Parameters::parse(&headers, &Bytes::copy_from_slice(data));
    let object = serde_json::from_slice::<serde_json::Map<_, _>>(data);
    assert_eq!(parsed.is_ok(), object.is_ok(), "{parsed:?}");
    let Ok(parameters) = parsed else { return };
    let mut read = Reader::new(&parameters, LONGEST);
    let (person, groups, tag) = (read.id("person_id"), read.ids("group_ids"), read.note("tag"));
    read.picture("image", "url");
    if read.finish().is_ok() {
        assert!(groups.iter().chain([&person]).all(|id| is_id(id)), "{person:?} {groups:?}");
        assert_eq!(groups.iter().collect::<HashSet<_>>().len(), groups.len(), "twice in {groups:?}");
        assert!(!groups.is_empty() && tag.is_none_or(|tag| tag.len() <= LONGEST));
    }
    let mut read = Reader::new(&parameters, LONGEST);
    read.largest_only();
    read.groups();
    let pictures = read.pictures("images", "urls");
    if read.finish().is_ok() {
        assert!(pictures.len() <= 100, "{} pictures", pictures.len());
    }
}

fn is_id(id: &str) -> bool {
    let legal = |c: char| c != '/' && !c.is_whitespace() && !c.is_control();
    (1..=LONGEST).contains(&id.len()) && id.chars().all(legal)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_digest_is_that_of_the_published_test() {
        // RFC 2202, test case 2.
        let digest = hmac_sha1("Jefe", b"what do ya want for nothing?");
        assert_eq!(digest[..4], [0xef, 0xfc, 0xdf, 0x6a]);
    }

    proptest! {
        #[test]
        fn any_signature_is_taken_or_refused(data in prop::collection::vec(any::<u8>(), 0..300)) {
            fuzz_signature(&data);
        }

        #[test]
        fn near_misses_are_taken_or_refused(
            key in ".{0,80}", kind in 0_u8..4, text in "(&|=|a=1|b=|k=i|e=9|t=1|f=|[0-9a-z]){0,30}",
        ) {
            let mut bytes = text.into_bytes();
            bytes.push(kind);
            bytes.extend(key.into_bytes());
            fuzz_signature(&bytes);
        }

        #[test]
        fn any_json_is_taken_or_refused(
            person in "[a-z /]{0,44}", groups in prop::collection::vec("[ab]{0,2}", 0..4), tag in ".{0,44}",
        ) {
            let body = serde_json::json!({
                "appid": "1", "person_id": person, "group_ids": groups, "tag": tag, "image": "",
            });
            fuzz_json(body.to_string().as_bytes());
        }
    }
}
