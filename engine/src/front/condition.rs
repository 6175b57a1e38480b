//! Enumerations of what can go wrong, a word for each row of a dialect's tables.

/// An enumeration of conditions with their words.
macro_rules! conditions {
    ($(#[$about:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type {
            $($(#[$doc])* $name,)*
        }

        impl $type {
            /// Every condition, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word as it stands in the tables, such as `person-exists`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::error::Error for $type {}
    };
}

pub(crate) use conditions;
