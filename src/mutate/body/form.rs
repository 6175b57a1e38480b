//! Forms written wrongly, or rightly in ways that few write them.

use lianpu_corpus::{BodyKind, Certainty};

use super::known::{MALFORMED, OTHER_VALUE, may_be_malformed};
use super::mutation::BodyMutation;
use super::ways::BadPercent;
use super::written::Written;
use crate::mutate::effect::Effect;
use crate::mutate::hides::Hides;
use crate::mutate::making::Making;
use crate::wire::Form;

/// Writes the body anew, as the mutation wants it.
pub(super) fn write(mutation: &BodyMutation, making: &Making<'_>) -> Option<Written> {
    if making.kind != BodyKind::Form {
        return None;
    }
    let mut form = Form::of(&making.fields);
    if form.pairs.is_empty() {
        form.pairs.push(default_pair(making)?);
    }
    let unknown = |value: &str| (b"lianpu".to_vec(), value.as_bytes().to_vec());
    let mut bytes = None;
    let mut hides = Hides::Nothing;
    let effect = match *mutation {
        BodyMutation::FormSpaces { percent } => {
            form.pairs.push(unknown(if percent { "a%20b" } else { "a+b" }));
            Effect::harmless("WHATWG URL §5.1: a blank is + or %20", Certainty::Inferred)
        }
        BodyMutation::FormEncoded { small } => {
            for (name, value) in &mut form.pairs {
                (*name, *value) = (encoded(name, small), encoded(value, small));
            }
            Effect::harmless("WHATWG URL §5.1: any byte may be encoded", Certainty::Inferred)
        }
        BodyMutation::FormEmptyPairs {} => {
            bytes = Some([b"&&", &form.write()[..], b"&"].concat());
            let rule = "WHATWG URL §5.1: pairs of nothing are passed over; other readers refuse them";
            Effect::refused_or_taken(MALFORMED, rule, Certainty::Inferred)
        }
        BodyMutation::FormNoEquals {} => {
            bytes = Some([&form.write()[..], b"&lianpu"].concat());
            Effect::harmless("WHATWG URL §5.1: a name alone has an empty value", Certainty::Inferred)
        }
        BodyMutation::FormBadPercent { how } => {
            form.pairs.push(unknown(match how {
                BadPercent::Alone => "%",
                BadPercent::NoDigits => "%G1",
                BadPercent::OneDigit => "%4",
                BadPercent::Unicode => "%u0041",
                BadPercent::NotUtf8 => "%C8%CB",
                BadPercent::Nul => "%00",
            }));
            may_be_malformed(
                "WHATWG URL §5.1 leaves such a percent sign as it is; others refuse it",
                Certainty::Inferred,
            )
        }
        BodyMutation::FormTwice { parameter, same } => {
            let at = usize::from(parameter) % form.pairs.len();
            let (name, value) = form.pairs[at].clone();
            let value = if same { value } else { b"lianpu".to_vec() };
            hides = Hides::Parameter(String::from_utf8_lossy(&name).into_owned());
            form.pairs.push((name, value));
            let classes = [MALFORMED, OTHER_VALUE].concat();
            Effect::refused_or_taken(
                &classes,
                "which of two pairs of one name counts is not said",
                Certainty::Inferred,
            )
        }
        BodyMutation::FormSemicolons {} => {
            form.pairs.push(unknown("1"));
            hides = Hides::Parameters;
            bytes = Some(form.write().iter().map(|byte| if *byte == b'&' { b';' } else { *byte }).collect());
            let classes = [MALFORMED, OTHER_VALUE].concat();
            Effect::refused_or_taken(
                &classes,
                "HTML 4 §B.2.2 had semicolons between pairs, WHATWG URL has not",
                Certainty::Inferred,
            )
        }
        _ => return None,
    };
    Some(Written::bytes(bytes.unwrap_or_else(|| form.write()), effect).hiding(hides))
}

/// A right pair for a request that needs none: the first parameter with a closed set of values.
fn default_pair(making: &Making<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
    let parameter =
        making.ground.operation.parameters.iter().find(|parameter| !parameter.one_of.is_empty())?;
    let value = parameter.one_of[0].to_string();
    Some((parameter.name.clone().into_bytes(), value.trim_matches('"').as_bytes().to_vec()))
}

/// Every byte as `%XX`; what is encoded already stays.
fn encoded(text: &[u8], small: bool) -> Vec<u8> {
    let hex = |byte: u8| if small { format!("%{byte:02x}") } else { format!("%{byte:02X}") };
    let mut out = String::new();
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                out.push('%');
                out.extend(bytes.by_ref().take(2).map(|digit| char::from(*digit)));
            }
            b'+' => out.push_str("%20"),
            byte => out.push_str(&hex(*byte)),
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_encoded_says_the_same() {
        for small in [false, true] {
            let text = [encoded(b"a+b%26", small), b"=".to_vec(), encoded(b"1/=", small)].concat();
            let pairs: Vec<_> = form_urlencoded::parse(&text).into_owned().collect();
            assert_eq!(pairs, [("a b&".to_owned(), "1/=".to_owned())]);
        }
        assert_eq!(encoded(b"o", true), b"%6f");
    }
}
