//! Mutations of the access token in the query.

use lianpu_corpus::Certainty::{Documented, Inferred, Recorded};
use lianpu_corpus::ConditionClass as Class;

use super::recase::swap_case;
use crate::mutate::effect::{Effect, EffectOutcome};
use crate::mutate::making::Making;
use crate::mutate::mutator::{Applies, mutators};
use crate::mutate::within::{Visible, Within};
use crate::sign::Lacking;
use crate::sign::access_token::{NAME, PARAMETER};

/// Requests with an access token.
const TOKEN: Applies = Applies::Scheme(NAME);
/// The same, for operations that change nothing.
const TOKEN_ASKING: Applies = Applies::SchemeAsking(NAME);

mutators! {
    /// A mutation of the access token.
    pub enum AccessTokenMutation of Signature {
        "token-absent" TokenAbsent {} Signature, TOKEN,
            "There is no access token.";
        "token-empty" TokenEmpty {} Signature, TOKEN,
            "The access token is empty.";
        "token-in-header" TokenInHeader {
            /// whether the word Bearer stands before it
            bearer: bool,
        } Signature, TOKEN, "The access token stands in the Authorization header and not in the query.";
        "token-doubled" TokenDoubled {} Signature, TOKEN,
            "The access token stands in the query twice.";
        "token-contradicted" TokenContradicted {
            /// whether the wrong one stands before the right one
            wrong_first: bool,
        } Signature, TOKEN, "The query has the access token and a wrong one.";
        "token-forged" TokenForged {} Signature, TOKEN,
            "The access token has the form of one and was never given out.";
        "token-changed" TokenChanged {
            /// which of its digits and letters is another, counted from the first and around
            place: u8,
        } Signature, TOKEN, "One character of the access token is another.";
        "token-cut" TokenCut {
            /// thousandths of it that are sent
            permille: Within<1, 990>,
        } Signature, TOKEN, "The access token ends early.";
        "token-extended" TokenExtended {
            /// what follows it
            digits: Within<0, 99_999>,
        } Signature, TOKEN, "Digits follow the access token.";
        "token-malformed" TokenMalformed {
            /// what stands in its place, among characters that no token has
            text: Visible,
        } Signature, TOKEN, "The access token has not the form of one.";
        "token-recased" TokenRecased {} Signature, TOKEN,
            "The letters of the access token are of the other case.";
        "token-expired" TokenExpired {} Signature, TOKEN,
            "The time of the access token is over.";
        "token-of-other-account" TokenOfOtherAccount {} Signature, TOKEN_ASKING,
            "The access token is another tenant's.";
        "token-name-recased" TokenNameRecased {} Signature, TOKEN,
            "The name of the query parameter is written in upper case.";
        "token-with-second-query" TokenWithSecondQuery {} Signature, TOKEN,
            "A second query with its own question mark follows the access token, as one of the vendor's clients sends it.";
        "token-percent-encoded" TokenPercentEncoded {} Signature, TOKEN,
            "Every character of the access token is percent-encoded.";
        "token-padded" TokenPadded {} Signature, TOKEN,
            "White space stands around the access token.";
        "token-overlong" TokenOverlong {
            /// kibibytes of it
            kibibytes: Within<1, 64>,
        } Signature, TOKEN, "The access token is far longer than any.";
        "token-and-header" TokenAndHeader {
            /// what the Authorization header says
            text: Visible,
        } Signature, TOKEN, "Beside the right access token stands an Authorization header that is no signature.";
        "token-and-query" TokenAndQuery {} Signature, TOKEN,
            "Query parameters that the vendor's clients send stand beside the access token.";
    }
}

use AccessTokenMutation as Is;

const MISSING: &[Class] = &[Class::CredentialsAbsent];
const UNKNOWN: &[Class] = &[Class::CredentialsUnknown];
const UNKNOWN_OR_NONE: &[Class] = &[Class::CredentialsUnknown, Class::CredentialsAbsent];

/// A token that was never given out, in the form of the vendor's samples.
const FORGED: &str = "24.00000000000000000000000000000000.2592000.1999999999.282335-10000001";

const MISSING_RULE: &str = "a missing access_token is an invalid parameter";
const UNKNOWN_RULE: &str = "a token of the right form that was never given out is invalid";
const FORM_RULE: &str = "a token of a wrong form may count as none (the row's words: missing or malformed)";

/// Puts the token, rightly or as the mutation wants it.
pub(super) fn sign(mutation: &Is, making: &mut Making<'_>) -> Result<(), Lacking> {
    let caller = &making.ground.caller;
    let token = caller.token.clone().ok_or(Lacking::Token)?;
    let request = &mut making.request;
    let effect = match mutation {
        Is::TokenAbsent {} => Effect::refused(MISSING, MISSING_RULE, Documented),
        Is::TokenEmpty {} => {
            request.set_query(PARAMETER, Some(""));
            Effect::refused(MISSING, MISSING_RULE, Documented)
        }
        Is::TokenInHeader { bearer } => {
            let word = if *bearer { "Bearer " } else { "" };
            request.set_header("Authorization", Some(&format!("{word}{token}")));
            let refusals = &[Class::CredentialsAbsent, Class::BearerUnknown, Class::CredentialsWrong];
            let rule = "the token stands in the query and nowhere else; in the header a key or a signature is expected";
            Effect::refused(refusals, rule, Documented)
        }
        Is::TokenDoubled {} => {
            append(making, &format!("{PARAMETER}={token}&{PARAMETER}={token}"));
            Effect::refused_or_taken(UNKNOWN_OR_NONE, "no document says what a token twice is", Inferred)
        }
        Is::TokenContradicted { wrong_first } => {
            let (first, second) = if *wrong_first { (FORGED, &*token) } else { (&*token, FORGED) };
            append(making, &format!("{PARAMETER}={first}&{PARAMETER}={second}"));
            Effect::refused_or_taken(UNKNOWN_OR_NONE, "no document says which of two tokens counts", Inferred)
        }
        Is::TokenForged {} => {
            request.set_query(PARAMETER, Some(FORGED));
            Effect::refused(UNKNOWN, UNKNOWN_RULE, Documented)
        }
        Is::TokenChanged { place } => {
            request.set_query(PARAMETER, Some(&changed(&token, usize::from(*place))));
            Effect::refused(UNKNOWN, UNKNOWN_RULE, Documented)
        }
        Is::TokenCut { permille } => {
            let kept = (token.len() * permille.size() / 1000).clamp(1, token.len().max(2) - 1);
            let cut: String = token.chars().take(kept).collect();
            request.set_query(PARAMETER, Some(&cut));
            Effect::refused(UNKNOWN_OR_NONE, FORM_RULE, Inferred)
        }
        Is::TokenExtended { digits } => {
            request.set_query(PARAMETER, Some(&format!("{token}{}", u32::from(*digits))));
            Effect::refused(UNKNOWN_OR_NONE, FORM_RULE, Inferred)
        }
        Is::TokenMalformed { text } => {
            request.set_query(PARAMETER, Some(&format!("{{{}}} 令牌", text.as_str())));
            Effect::refused(UNKNOWN_OR_NONE, FORM_RULE, Documented)
        }
        Is::TokenRecased {} => {
            let recased = swap_case(&token);
            let same = recased == token;
            request.set_query(PARAMETER, Some(&recased));
            match same {
                true => Effect::harmless("the token has no letters, so it is the same", Documented),
                false => Effect::refused(UNKNOWN_OR_NONE, "a token counts as it is written", Inferred),
            }
        }
        Is::TokenExpired {} => {
            let expired = caller.account.get("expired_token").ok_or(Lacking::ExpiredToken)?;
            request.set_query(PARAMETER, Some(expired));
            Effect::refused(
                [Class::CredentialsExpired],
                "a token whose time is over has a code of its own",
                Documented,
            )
        }
        Is::TokenOfOtherAccount {} => {
            request.set_query(PARAMETER, Some(caller.other_token.as_deref().ok_or(Lacking::SecondAccount)?));
            of_other(making)
        }
        Is::TokenNameRecased {} => {
            append(making, &format!("{}={token}", PARAMETER.to_uppercase()));
            let rule = "the documents write the name in lower case; whether case counts they do not say";
            Effect::refused_or_taken(MISSING, rule, Inferred)
        }
        Is::TokenWithSecondQuery {} => {
            append(making, &format!("aipSdk=node&{PARAMETER}={token}?aipSdk=node"));
            let rule = "one of the vendor's clients sends it so, and is served";
            Effect::harmless(rule, Recorded)
        }
        Is::TokenPercentEncoded {} => {
            let encoded = token.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
            append(making, &format!("{PARAMETER}={encoded}"));
            Effect::harmless(
                "RFC 3986 §2.3: a percent-encoded unreserved character is that character",
                Documented,
            )
        }
        Is::TokenPadded {} => {
            append(making, &format!("{PARAMETER}=%20{token}%20"));
            let rule = "white space is no part of a token; whether a server strips it, no document says";
            Effect::refused_or_taken(UNKNOWN_OR_NONE, rule, Inferred)
        }
        Is::TokenOverlong { kibibytes } => {
            append(making, &format!("{PARAMETER}={}", "a".repeat(kibibytes.size() << 10)));
            let rule = "RFC 9112 §3: a server may refuse a request line of this length; else it is a token that was never given out";
            let outcome = EffectOutcome::gateway(&[400, 413, 414, 431], true, UNKNOWN_OR_NONE, false);
            Effect { outcome, rule: rule.to_owned(), certainty: Documented }
        }
        Is::TokenAndHeader { text } => {
            request.set_query(PARAMETER, Some(&token));
            request.set_header("Authorization", Some(text.as_str()));
            let refusals = &[Class::CredentialsWrong, Class::BearerUnknown, Class::CredentialsAbsent];
            let rule = "no document says which counts, a token in the query or the Authorization header";
            Effect::refused_or_taken(refusals, rule, Inferred)
        }
        Is::TokenAndQuery {} => {
            append(making, &format!("aipSdk=python&{PARAMETER}={token}&aipVersion=4.15.13&charset=UTF-8"));
            Effect::harmless(
                "the vendor's clients send further query parameters, which are passed over",
                Recorded,
            )
        }
    };
    making.effects.push(effect);
    Ok(())
}

/// Appends to the query as it stands, without encoding.
fn append(making: &mut Making<'_>, query: &str) {
    let target = &mut making.request.target;
    target.push(if target.contains('?') { '&' } else { '?' });
    target.push_str(query);
}

/// The token with one of its letters or digits another.
fn changed(token: &str, place: usize) -> String {
    let places: Vec<_> =
        token.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_hexdigit()).map(|(at, _)| at).collect();
    let Some(at) = places.get(place % places.len().max(1)) else { return format!("{token}0") };
    let mut changed: Vec<_> = token.bytes().collect();
    changed[*at] = if changed[*at] == b'7' { b'8' } else { b'7' };
    String::from_utf8_lossy(&changed).into_owned()
}

/// What follows when another tenant asks about what it has not: every row about what is not there may answer.
fn of_other(making: &Making<'_>) -> Effect {
    const WORDS: [&str; 5] = ["person", "group", "groups", "face", "faces"];
    let parameters = &making.ground.operation.parameters;
    let asks = parameters
        .iter()
        .any(|parameter| parameter.valid.as_deref().is_some_and(|word| WORDS.contains(&word)));
    let rule = "each tenant has a library of its own: what the first has, the other has not";
    match asks {
        true => Effect::refused_or_taken(
            [Class::ThingUnknown, Class::MatchAbsent, Class::Permission],
            rule,
            Documented,
        ),
        false => Effect::refused_or_taken([Class::Permission], rule, Documented),
    }
}
