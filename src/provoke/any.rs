//! Any value of each slot, for the test that what is written is read again as the same.

use arbitrary::Unstructured;
use lianpu_corpus::{BodyKind, Code};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::checked_slots::{
    BodyWord, CodeWords, DamageWords, FieldNames, FieldRules, KeyWords, MethodName, Mutations, Picture,
    PictureList, SchemeName, StatusNumber,
};
use super::slot::{Json, Number, Rest, Slot, Text, Texts, Word};
use crate::judge::Expected;
use crate::mutate::{Mutation, mutators};
use crate::sign::{self, Damage, FieldRule, FieldText, KeyChoice, Scheme};

/// A slot with a strategy for its values.
pub(super) trait AnySlot: Slot {
    fn any() -> BoxedStrategy<Self::Value>;
}

impl AnySlot for Word {
    fn any() -> BoxedStrategy<String> {
        "[A-Za-z0-9_./*\\[\\]-]{1,12}".boxed()
    }
}

impl AnySlot for Text {
    fn any() -> BoxedStrategy<String> {
        prop_oneof![any::<String>(), "[a-z ,\"\\\\]{0,8}"].boxed()
    }
}

impl AnySlot for Texts {
    fn any() -> BoxedStrategy<Vec<String>> {
        vec(Text::any(), 1..4).boxed()
    }
}

impl AnySlot for Number {
    fn any() -> BoxedStrategy<usize> {
        any::<usize>().boxed()
    }
}

impl AnySlot for Json {
    fn any() -> BoxedStrategy<Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1000_i32..1000).prop_map(|number| Value::from(f64::from(number) / 8.0)),
            Text::any().prop_map(Value::from),
        ];
        let deeper = |inner: BoxedStrategy<Value>| {
            let members = vec((Text::any(), inner.clone()), 0..3);
            prop_oneof![
                vec(inner, 0..3).prop_map(Value::from),
                members.prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        };
        leaf.prop_recursive(3, 12, 3, deeper).boxed()
    }
}

impl AnySlot for Rest {
    fn any() -> BoxedStrategy<String> {
        "[a-z0-9][a-z0-9 ,]{0,20}[a-z0-9]".boxed()
    }
}

impl AnySlot for Picture {
    fn any() -> BoxedStrategy<String> {
        select(&["anna", "bea yaw=20", "seed:1234"][..]).prop_map(str::to_owned).boxed()
    }
}

impl AnySlot for PictureList {
    fn any() -> BoxedStrategy<Vec<String>> {
        vec(Picture::any(), 1..4).boxed()
    }
}

impl AnySlot for MethodName {
    fn any() -> BoxedStrategy<String> {
        "[A-Z]{3,8}".boxed()
    }
}

impl AnySlot for BodyWord {
    fn any() -> BoxedStrategy<BodyKind> {
        select(&[BodyKind::Json, BodyKind::Multipart, BodyKind::Form][..]).boxed()
    }
}

impl AnySlot for SchemeName {
    fn any() -> BoxedStrategy<&'static dyn Scheme> {
        let known = |name| sign::scheme(name).expect("a scheme of the registry");
        select(sign::scheme_names().map(known).collect::<Vec<_>>()).boxed()
    }
}

impl AnySlot for FieldRules {
    fn any() -> BoxedStrategy<Vec<FieldRule>> {
        let literal =
            "[^ \"]{0,8}".prop_filter("now and what follows is a time", |text| !text.starts_with("now"));
        let value = prop_oneof![
            literal.prop_map(FieldText::Literal),
            any::<i32>().prop_map(|by| FieldText::Now(by.into()))
        ];
        vec(("[a-z]{1,3}", value).prop_map(|(name, value)| FieldRule { name, value }), 1..4).boxed()
    }
}

impl AnySlot for FieldNames {
    fn any() -> BoxedStrategy<Vec<String>> {
        vec("[a-z]{1,3}", 1..6).boxed()
    }
}

impl AnySlot for KeyWords {
    fn any() -> BoxedStrategy<KeyChoice> {
        select(KeyChoice::WORDS.map(|(_, choice)| choice).to_vec()).boxed()
    }
}

impl AnySlot for DamageWords {
    fn any() -> BoxedStrategy<Damage> {
        select(sign::damage_words().into_iter().filter_map(sign::damage).collect::<Vec<_>>()).boxed()
    }
}

impl AnySlot for Mutations {
    fn any() -> BoxedStrategy<Vec<Mutation>> {
        let mutators: Vec<_> = mutators().collect();
        let draw = |(mutator, bytes): (_, Vec<u8>)| {
            Mutation::draw(mutator, &mut Unstructured::new(&bytes)).expect("bytes that end are zeros")
        };
        vec((select(mutators), vec(any::<u8>(), 0..64)).prop_map(draw), 0..4).boxed()
    }
}

impl AnySlot for CodeWords {
    fn any() -> BoxedStrategy<Expected> {
        let code = || prop_oneof![any::<i64>().prop_map(Code::Int), Text::any().prop_map(Code::Text)];
        let pointer = option::of("/[a-z0-9_/*]{1,12}");
        (code(), vec(code(), 0..3), pointer, vec(100_u16..600, 0..3))
            .prop_map(|(code, tolerated, item, statuses)| {
                Expected::code(code).or_in(item).tolerating(tolerated).or_http(statuses)
            })
            .boxed()
    }
}

impl AnySlot for StatusNumber {
    fn any() -> BoxedStrategy<u16> {
        any::<u16>().boxed()
    }
}
