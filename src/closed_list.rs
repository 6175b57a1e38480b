//! Lists of all variants of an enum, made with the enum, so that none can be forgotten.

/// An enum whose variants have words: gives it `ALL`, in the order of the variants, and `as_str`.
///
/// The words are written once: serde's `rename_all = "kebab-case"` of the enum, where it has one, is held to them by
/// whoever tests it.
macro_rules! closed_list {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$doc:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        $vis enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every one, in order.
            $vis const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word used in data and reports.
            $vis const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

pub(crate) use closed_list;
