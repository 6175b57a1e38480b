//! What a mutation further out may keep from being read of what was changed further in.
//!
//! A parameter that was changed cannot be refused for it where whoever reads the body never sees it. Knows which bytes
//! carry what, not how a server answers.

use std::collections::BTreeSet;
use std::ops::Range;

use lianpu_corpus::ConditionClass as Class;

use super::effect::Effect;
use crate::wire::Field;

/// What may not be read any more, by a server that takes the request all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hides {
    /// All is read.
    Nothing,
    /// The value of one parameter: left out, or another than it was.
    Parameter(String),
    /// The values of any parameters.
    Parameters,
    /// What was changed of the parameters: written as another kind of body it is another value, refused for one of these
    /// classes if at all. A null is a text in a form.
    Types(&'static [Class]),
    /// How the body is written: what is left of it is the body as it should be.
    Writing,
    /// All that the body says, and how it is written.
    Everything,
}

/// What one mutation did, as far as it may be hidden.
#[derive(Debug)]
pub(super) struct Layer {
    /// The parameters whose values it changed.
    parameters: BTreeSet<String>,
    /// Whether it changed how they are written.
    writing: bool,
    /// Its effects.
    effects: Range<usize>,
}

impl Layer {
    /// A mutation of the parameters that made the second out of the first.
    pub(super) fn of_parameters(before: &[Field], after: &[Field], effects: Range<usize>) -> Self {
        let only_in = |one: &[Field], other: &[Field]| {
            let changed = one.iter().filter(|field| !other.contains(field));
            changed.map(|field| base(&field.name).to_owned()).collect::<Vec<_>>()
        };
        let parameters = only_in(before, after).into_iter().chain(only_in(after, before)).collect();
        Self { parameters, writing: false, effects }
    }

    /// A mutation of the writing.
    pub(super) const fn of_writing(effects: Range<usize>) -> Self {
        Self { parameters: BTreeSet::new(), writing: true, effects }
    }

    /// Lets a server overlook the effects where this may hide them.
    pub(super) fn soften(&self, hides: &Hides, effects: &mut [Effect]) {
        let hidden = match hides {
            Hides::Nothing => false,
            Hides::Parameter(name) => self.parameters.contains(base(name)),
            Hides::Parameters | Hides::Types(_) => !self.writing,
            Hides::Writing => self.writing,
            Hides::Everything => true,
        };
        if hidden {
            effects[self.effects.clone()].iter_mut().for_each(Effect::soften);
        }
        if let (Hides::Types(classes), true) = (hides, hidden) {
            effects[self.effects.clone()].iter_mut().for_each(|effect| effect.widen(classes));
        }
    }

    /// Lets a server overlook its effects where a later mutation changed one of the same parameters.
    pub(super) fn soften_where_changed_by(&self, later: &Self, effects: &mut [Effect]) {
        if !self.parameters.is_disjoint(&later.parameters) {
            effects[self.effects.clone()].iter_mut().for_each(Effect::soften);
        }
    }
}

/// The name of a parameter without an index, or without what lies within it.
fn base(name: &str) -> &str {
    name.split(['[', '.']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::Certainty;
    use serde_json::json;

    use super::*;
    use crate::mutate::EffectOutcome;
    use crate::wire::FieldValue;

    fn field(name: &str, value: u8) -> Field {
        Field { name: name.to_owned(), value: FieldValue::Json(json!(value)) }
    }

    fn is_softened(layer: &Layer, hides: &Hides) -> bool {
        let mut effects = [Effect::refused([Class::RequestMalformed], "", Certainty::Inferred)];
        layer.soften(hides, &mut effects);
        matches!(effects[0].outcome, EffectOutcome::RefusedOrTaken(_))
    }

    #[test]
    fn only_what_is_not_read_may_pass() {
        let (before, after) =
            ([field("a.b", 1), field("c", 1)], [field("a.b", 2), field("c", 1), field("D", 1)]);
        let layer = Layer::of_parameters(&before, &after, 0..1);
        let of = |name: &str| Hides::Parameter(name.to_owned());
        assert!(is_softened(&layer, &of("a")) && is_softened(&layer, &of("D[0]")));
        assert!(!is_softened(&layer, &of("c")) && !is_softened(&layer, &Hides::Writing));
        assert!(is_softened(&layer, &Hides::Parameters) && is_softened(&layer, &Hides::Everything));
        assert!(is_softened(&layer, &Hides::Types(&[Class::ThingUnknown])));
        let writing = Layer::of_writing(0..1);
        assert!(is_softened(&writing, &Hides::Writing) && is_softened(&writing, &Hides::Everything));
        assert!(!is_softened(&writing, &Hides::Parameters) && !is_softened(&writing, &of("a")));
    }

    #[test]
    fn a_parameter_changed_twice_is_what_the_later_change_made_of_it() {
        let fields =
            [[field("a", 1), field("b", 1)], [field("a", 2), field("b", 1)], [field("a", 3), field("b", 1)]];
        let mut effects = [Effect::refused([Class::RequestMalformed], "", Certainty::Inferred)];
        let first = Layer::of_parameters(&fields[0], &fields[1], 0..1);
        first.soften_where_changed_by(
            &Layer::of_parameters(&[field("b", 1)], &[field("b", 2)], 1..1),
            &mut effects,
        );
        assert!(matches!(effects[0].outcome, EffectOutcome::Refused(_)));
        first.soften_where_changed_by(&Layer::of_parameters(&fields[1], &fields[2], 1..1), &mut effects);
        assert!(matches!(effects[0].outcome, EffectOutcome::RefusedOrTaken(_)));
    }
}
