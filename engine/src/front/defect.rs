//! Planted defects: ways in which an implementation is wrong, switched on one by one, to see whether a tester finds them.
//!
//! Only the feature `defects` can switch any on. Without it [`Defects`] has no size, [`Defects::has`] is always false, and
//! a release build keeps nothing of what follows it. A defect is made by something that is wrapped around the part that is
//! right: a store, an analyser, a front. The parts themselves know of none.

/// One way of being wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Defect {
    /// The name, such as `code-as-text`.
    pub name: &'static str,
    /// What it is about: `signature`, `answer`, `body`, `limit`, `picture`, `state` or `server`.
    pub subject: &'static str,
    /// What the engine does wrongly.
    pub gloss: &'static str,
}

/// Constants for defects, and the list of them.
macro_rules! defects {
    ($($constant:ident = $name:literal, $subject:literal, $gloss:literal;)*) => {
        $(
            #[doc = $gloss]
            pub(crate) const $constant: $crate::front::Defect =
                $crate::front::Defect { name: $name, subject: $subject, gloss: $gloss };
        )*

        /// Every one of these, in the order of the table.
        pub(crate) const ALL: &[$crate::front::Defect] = &[$($constant,)*];
    };
}

pub(crate) use defects;

/// The defects that are switched on. Cloning shares the set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Defects {
    #[cfg(feature = "defects")]
    on: std::sync::Arc<std::collections::BTreeSet<String>>,
}

#[cfg(feature = "defects")]
impl Defects {
    /// Whether a defect is switched on.
    pub fn has(&self, defect: Defect) -> bool {
        self.on.contains(defect.name)
    }

    /// Whether any defect is switched on.
    pub fn any(&self) -> bool {
        !self.on.is_empty()
    }
}

#[cfg(feature = "defects")]
impl<S: Into<String>> FromIterator<S> for Defects {
    /// Those of these names.
    fn from_iter<T: IntoIterator<Item = S>>(names: T) -> Self {
        Self { on: std::sync::Arc::new(names.into_iter().map(Into::into).collect()) }
    }
}

#[cfg(not(feature = "defects"))]
#[expect(clippy::unused_self, reason = "there is nothing to ask without the feature")]
impl Defects {
    /// No defect is ever switched on.
    pub const fn has(&self, _: Defect) -> bool {
        false
    }

    /// No defect is ever switched on.
    pub const fn any(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    defects! {
        ONE = "one", "server", "is wrong in one way";
        OTHER = "other", "server", "is wrong in another";
    }

    #[cfg(feature = "defects")]
    #[test]
    fn what_is_switched_on_is_on_and_nothing_else() {
        let defects = Defects::from_iter([ONE.name]);
        assert_eq!(ALL, [ONE, OTHER]);
        assert!(defects.any() && defects.has(ONE) && !defects.has(OTHER));
        assert!(!Defects::default().any());
    }

    #[cfg(not(feature = "defects"))]
    #[test]
    fn nothing_is_left_without_the_feature() {
        assert_eq!(size_of::<Defects>(), 0);
        assert!(ALL.iter().all(|defect| !Defects::default().has(*defect)));
    }
}
