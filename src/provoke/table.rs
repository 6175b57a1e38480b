//! The macro that makes steps of one table.
//!
//! An entry is `Given "sentence" => Name { field: Slot, … }, "what it does", "an example";`. From the table come the enum of
//! steps, the list behind `lianpu list steps`, the reader and the writer of sentences, and the test that both agree. A new
//! step is one entry here and one arm where steps are carried out (`run/steps`).

/// Defines `Step`, `Entry` and `VOCABULARY`.
macro_rules! steps {
    (
        $(
            $keyword:ident $pattern:literal => $name:ident $({ $($field:ident : $slot:ident),+ })?,
            $gloss:literal, $example:literal;
        )+
    ) => {
        /// One step of a scenario. The sentences are in [`VOCABULARY`]; as text it is its sentence, without the keyword.
        #[derive(Debug, Clone, PartialEq)]
        #[expect(missing_docs, reason = "what a field is stands in the sentence")]
        pub enum Step {
            $(
                #[doc = $gloss]
                $name $({ $($field: <$slot as Slot>::Value),+ })?,
            )+
        }

        /// One sentence of the vocabulary.
        #[derive(Debug, Clone, Copy)]
        pub struct Entry {
            /// The keyword it follows.
            pub keyword: Keyword,
            /// The sentence with its placeholders.
            pub pattern: &'static str,
            /// What it does.
            pub gloss: &'static str,
            /// An example.
            pub example: &'static str,
            /// The placeholders that the fields fill.
            #[cfg(test)]
            pub(super) placeholders: &'static [&'static str],
            /// Makes the step of what stands in the placeholders.
            pub(super) read: fn(Parts<'_>) -> Result<Step, String>,
        }

        /// Every sentence. The order decides nothing: no two of them are read from the same text.
        pub const VOCABULARY: &[Entry] = &[
            $( Entry {
                keyword: Keyword::$keyword,
                pattern: $pattern,
                gloss: $gloss,
                example: $example,
                #[cfg(test)]
                placeholders: &[$($(<$slot as Slot>::PLACEHOLDER),+)?],
                read: |#[allow(unused_mut, unused_variables, reason = "a sentence may have no placeholder")] mut parts| {
                    Ok(Step::$name $({ $($field: parts.read::<$slot>()?),+ })?)
                },
            } ),+
        ];

        impl Step {
            /// Its entry in the vocabulary.
            pub const fn entry(&self) -> &'static Entry {
                /// The places of the entries.
                enum Place { $($name),+ }
                let place = match self { $( Self::$name { .. } => Place::$name, )+ };
                &VOCABULARY[place as usize]
            }
        }

        impl fmt::Display for Step {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #[allow(unused_mut, reason = "a sentence may have no placeholder")]
                let mut filler = Filler::new(self.entry().pattern, f);
                match self {
                    $( Self::$name $({ $($field),+ })? => { $($( filler.fill::<$slot>($field)?; )+)? } )+
                }
                filler.finish()
            }
        }

        /// Any step of each entry, in order.
        #[cfg(test)]
        pub(super) fn any_steps() -> Vec<proptest::strategy::BoxedStrategy<Step>> {
            use proptest::strategy::Strategy as _;
            use super::any::AnySlot as _;
            vec![ $( steps!(@any $name $({ $($field: $slot),+ })?) ),+ ]
        }
    };
    (@any $name:ident) => {
        proptest::strategy::Just(Step::$name).boxed()
    };
    (@any $name:ident { $($field:ident : $slot:ident),+ }) => {
        ($($slot::any(),)+).prop_map(|($($field,)+)| Step::$name { $($field),+ }).boxed()
    };
}

pub(super) use steps;
