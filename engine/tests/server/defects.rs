//! What is done wrongly on purpose is done wrongly, and by an honest server rightly.

use lianpu_engine::Config;
use serde_json::{Value, json};

use crate::support::baidu::{Baidu, KEYS, code, registration};
use crate::support::{APPID, Server, now, picture, sign_text};

/// The code of a request about a person that there is not, whose signature is believed.
const BELIEVED: i64 = -1303;

/// What a server says.
type Told<'a> = &'a dyn Fn(&Baidu) -> i64;

fn with(defect: &'static str) -> impl FnOnce(&mut Config) {
    move |config| config.defects = [defect].into_iter().collect()
}

/// The code of `getinfo` about nobody, signed with a plaintext and a key.
fn asked(server: &Server, appid: &str, signature: &str) -> i64 {
    let body = json!({ "appid": appid, "person_id": "nobody" }).to_string();
    server.post("getinfo", &[("Authorization", signature)], body.as_bytes()).code()
}

/// The plaintext of the first account's signature, with other fields at its end.
fn plaintext(server: &Server, fields: &str) -> String {
    let account = &server.accounts[0];
    format!("a={}&k={}&r=7&u=0&{fields}", account.appid, account.secret_id)
}

#[test]
fn signatures_are_believed_that_should_not_be() {
    let now = now();
    let life = format!("b=&e={}&t={now}&f=", now + 600);
    let fields = [
        ("expired-accepted", format!("b=&e={}&t={}&f=", now - 300, now - 900)),
        ("expired-accepted", format!("b=&e=0&t={}&f=/file", now - 91 * 86_400)),
        ("span-unbounded", format!("b=&e={}&t={now}&f=", now + 3600 * 24 * 3650)),
        ("bucket-ignored", format!("b=nobody&e={}&t={now}&f=", now + 600)),
    ];
    for (defect, fields) in fields {
        let told = |server: &Server| {
            let plaintext = plaintext(server, &fields);
            asked(server, APPID, &sign_text(&server.accounts[0].secret_key, &plaintext))
        };
        assert_ne!(told(&Server::start(|_| {})), BELIEVED, "{defect} {fields}");
        assert_eq!(told(&Server::start(with(defect))), BELIEVED, "{defect} {fields}");
    }

    let (honest, begins) = (Server::start(|_| {}), Server::start(with("digest-by-prefix")));
    let right = sign_text(&honest.accounts[0].secret_key, &plaintext(&honest, &life));
    let wrong = format!("{}AAAA{}", &right[..16], &right[20..]);
    assert_eq!((asked(&honest, APPID, &right), asked(&begins, APPID, &wrong)), (BELIEVED, BELIEVED));
    assert_ne!(asked(&honest, APPID, &wrong), BELIEVED);
    let malformed = Server::start(with("malformed-for-wrong"));
    assert_eq!(asked(&malformed, APPID, &wrong), asked(&honest, APPID, "malformed"));

    let foreign = sign_text(&honest.accounts[1].secret_key, &plaintext(&honest, &life));
    assert_ne!(asked(&honest, APPID, &foreign), BELIEVED);
    assert_eq!(asked(&Server::start(with("key-of-anybody")), APPID, &foreign), BELIEVED);
    let other = &honest.accounts[1].appid;
    assert_ne!(asked(&honest, other, &right), BELIEVED);
    assert_eq!(asked(&Server::start(with("appid-ignored")), other, &right), BELIEVED);

    let odd = (0..).map(|nonce| {
        sign_text(&honest.accounts[0].secret_key, &plaintext(&honest, &format!("{life}{nonce}")))
    });
    let odd =
        odd.filter(|sign| sign.contains(['+', '/'])).map(|sign| sign.replace('+', "-").replace('/', "_"));
    let odd = odd.take(1).next().expect("one in a few");
    assert_ne!(asked(&honest, APPID, &odd), BELIEVED);
    assert_eq!(asked(&Server::start(with("url-safe-base64")), APPID, &odd), BELIEVED);
}

#[test]
fn a_signature_for_one_use_serves_again_and_no_other_is_mistaken_for_it() {
    let once = |server: &Server, nonce: &str| {
        sign_text(
            &server.accounts[0].secret_key,
            &plaintext(server, &format!("b=&e=0&t={}&f=/file&n={nonce}", now())),
        )
    };
    let again = Server::start(with("one-use-twice"));
    let sign = once(&again, "1");
    assert_eq!([asked(&again, APPID, &sign), asked(&again, APPID, &sign)], [BELIEVED; 2]);
    let other = Server::start(with("code-as-text"));
    let [one, two] = ["1", "2"].map(|nonce| once(&other, nonce));
    assert_ne!(one, two);
    let text = |sign: &str| {
        let body = json!({ "appid": APPID, "person_id": "nobody" }).to_string();
        other.post("getinfo", &[("Authorization", sign)], body.as_bytes()).value()["code"].clone()
    };
    assert_eq!([text(&one), text(&two)], ["-1303", "-1303"]);
    assert_ne!(text(&two), "-1303", "it was used up");
}

#[test]
fn parameters_and_state_go_wrong() {
    let swaps = Server::start(with("type-swaps-accepted"));
    for id in [json!(7), json!({ "a": 1 })] {
        assert_eq!(swaps.json("getinfo", json!({ "person_id": id })).code(), BELIEVED);
    }
    let success = Server::start(with("success-for-error"));
    assert_eq!(success.json("getinfo", json!({ "person_id": "a b" })).code(), 0);
    let parts = |person: &'static str, group: &'static str, image: &'static [u8]| {
        [("person_id", person.as_bytes()), ("group_ids[0]", group.as_bytes()), ("image", image)]
    };
    let faceless: &'static [u8] = picture("").leak();
    let anna: &'static [u8] = picture("anna").leak();
    for (server, left) in [(Server::start(|_| {}), BELIEVED), (Server::start(with("person-before-face")), 0)]
    {
        assert_ne!(server.multipart("newperson", &parts("p", "g", faceless)).code(), 0);
        assert_eq!(server.json("getinfo", json!({ "person_id": "p" })).code(), left);
    }
    let half = Server::start(with("half-made-group"));
    assert_eq!(half.multipart("newperson", &parts("p", "g", anna)).code(), 0);
    assert_ne!(half.multipart("newperson", &parts("p", "h", anna)).code(), 0);
    assert_eq!(half.json("getinfo", json!({ "person_id": "p" })).ok()["group_ids"], json!(["g", "h"]));
    let longer = Server::start(with("id-one-longer"));
    let limit = Server::start(|_| {});
    let id = (1..300).map(|length| "x".repeat(length));
    let fits =
        |server: &Server, id: &String| server.json("getinfo", json!({ "person_id": id })).code() == BELIEVED;
    let too_long = id.clone().find(|id| !fits(&limit, id)).expect("there is a limit");
    assert!(fits(&longer, &too_long) && !fits(&longer, &format!("{too_long}x")));
}

#[test]
fn tokens_and_keys_are_believed_that_should_not_be() {
    const LIST: &str = "/rest/2.0/face/v3/faceset/group/getlist";
    let told = |baidu: &Baidu, query: &str, authorization: &str| {
        let headers = [("Authorization", authorization)];
        let headers = if authorization.is_empty() { &[][..] } else { &headers[..] };
        code(&baidu.send(&format!("{LIST}{query}"), headers, b"{}").value())
    };
    let expired = |baidu: &Baidu| {
        baidu.wait(40 * 86_400);
        told(baidu, &format!("?access_token={}", baidu.token), "")
    };
    let forged = |baidu: &Baidu| {
        told(baidu, &format!("?access_token={}", baidu.token.replacen(".2592000.", ".2592001.", 1)), "")
    };
    let cut = |baidu: &Baidu| told(baidu, "", &format!("Bearer {}", &KEYS[0].0[..20]));
    let cases: [(&'static str, Told<'_>); 3] =
        [("token-expiry-ignored", &expired), ("token-unverified", &forged), ("bearer-by-prefix", &cut)];
    for (defect, told) in cases {
        assert_ne!(told(&Baidu::start()), 0, "{defect}");
        assert_eq!(told(&Baidu::with(with(defect))), 0, "{defect}");
    }
    let early = Baidu::with(with("body-before-signature"));
    let unsigned = code(&early.send(LIST, &[], b"{").value());
    assert_eq!(unsigned, code(&Baidu::start().reply("v3/faceset/group/getlist", &[], b"{").value()));
}

#[test]
fn answers_and_groups_go_wrong() {
    let unknown = |baidu: &Baidu| baidu.call("v3/faceset/group/getusers", &json!({ "group_id": "nobody" }));
    assert_eq!(unknown(&Baidu::start())["result"], Value::Null);
    assert_eq!(unknown(&Baidu::with(with("error-with-result")))["result"], json!({}));
    assert!(unknown(&Baidu::with(with("log-id-missing"))).get("log_id").is_none());
    for (baidu, exists) in [(Baidu::start(), false), (Baidu::with(with("user-before-face")), true)] {
        assert_ne!(baidu.code("v3/faceset/user/add", &registration("", "g", "u")), 0);
        let known = baidu.code("v3/faceset/group/getusers", &json!({ "group_id": "g" })) == 0;
        assert_eq!(known, exists);
    }
}
