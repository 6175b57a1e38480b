//! Which case is which plan: a function of seed, number and scope alone.

use arbitrary::Unstructured;
use lianpu_corpus::{Dialect, Operation};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

use crate::mutate::{Mutation, Mutator, Plan, Subject, mutators};

/// Bytes a plan is drawn from: more than the longest plan uses.
const BYTES: usize = 256;

/// One case in so many is the valid request itself: what nothing was changed in must be taken.
const VALID: u64 = 64;

/// What a campaign is about.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The operations, each with its dialect.
    pub operations: Vec<(&'static Dialect, &'static Operation)>,
    /// The subjects; empty: all.
    pub subjects: Vec<Subject>,
    /// The mutators; empty: all of the subjects.
    pub mutators: Vec<&'static Mutator>,
}

/// A scope in which nothing can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no mutator of this choice applies to any of these operations")]
pub struct ScopeError;

impl Scope {
    /// Leaves out the operations to which no mutator of the choice applies.
    pub fn narrowed(mut self) -> Result<Self, ScopeError> {
        let (subjects, own) = (&self.subjects, &self.mutators);
        self.operations.retain(|(dialect, operation)| {
            choice(subjects, own).any(|mutator| mutator.applies_to(dialect, operation))
        });
        if self.operations.is_empty() { Err(ScopeError) } else { Ok(self) }
    }

    /// The plan of a case.
    pub fn plan(&self, seed: u64, case: u64) -> (&'static Dialect, Plan) {
        let bytes = bytes(seed, case);
        let mut bytes = Unstructured::new(&bytes);
        let place = bytes.arbitrary::<u32>().unwrap_or_default() as usize % self.operations.len();
        let (dialect, operation) = self.operations[place];
        let plan = |mutations| Plan {
            dialect: dialect.manifest.name.clone(),
            operation: operation.name.clone(),
            mutations,
        };
        if case % VALID == VALID - 1 {
            return (dialect, plan(Vec::new()));
        }
        let drawn = match self.mutators.as_slice() {
            [] => Plan::arbitrary_for(&mut bytes, dialect, operation, &self.subjects),
            _ => self.one_of_own(&mut bytes, dialect, operation).map(|mutation| plan(vec![mutation])),
        };
        (dialect, drawn.unwrap_or_else(|_| plan(Vec::new())))
    }

    fn one_of_own(
        &self,
        bytes: &mut Unstructured<'_>,
        dialect: &Dialect,
        operation: &Operation,
    ) -> arbitrary::Result<Mutation> {
        let open: Vec<_> = choice(&self.subjects, &self.mutators)
            .filter(|mutator| mutator.applies_to(dialect, operation))
            .collect();
        Mutation::draw(bytes.choose(&open)?, bytes)
    }
}

fn choice<'s>(
    subjects: &'s [Subject],
    own: &'s [&'static Mutator],
) -> impl Iterator<Item = &'static Mutator> + 's {
    let named = move |mutator: &&Mutator| own.is_empty() || own.iter().any(|own| own.name == mutator.name);
    let asked = move |mutator: &&Mutator| subjects.is_empty() || subjects.contains(&mutator.subject);
    mutators().filter(named).filter(asked)
}

/// The bytes of a case: SplitMix64, which has no bad seeds, begun from both numbers; the same on every machine.
fn bytes(seed: u64, case: u64) -> [u8; BYTES] {
    /// What the generator adds to its state before it mixes it.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let first = |state: u64| SplitMix64::seed_from_u64(state).next_u64();
    let case = case.wrapping_mul(0xa076_1d64_78bd_642f);
    let mut random = SplitMix64::seed_from_u64(first(seed) ^ first(case.wrapping_sub(STEP)));
    let mut bytes = [0; BYTES];
    for eight in bytes.chunks_exact_mut(8) {
        eight.copy_from_slice(&random.next_u64().to_le_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lianpu_corpus::bundled;

    use super::*;

    fn scope(subjects: &[Subject]) -> Scope {
        let operations = ["tencent-ci", "baidu-face"].iter().flat_map(|name| {
            let dialect = bundled(name).unwrap();
            dialect.operations.iter().map(move |operation| (dialect, operation))
        });
        Scope { operations: operations.collect(), subjects: subjects.to_vec(), mutators: Vec::new() }
    }

    #[test]
    fn a_case_is_the_same_plan_whenever_it_is_drawn() {
        let scope = scope(&[]).narrowed().unwrap();
        let drawn: Vec<_> = (0..500).map(|case| scope.plan(7, case).1).collect();
        let again: Vec<_> = (0..500).rev().map(|case| scope.plan(7, case).1).collect();
        assert!(drawn.iter().eq(again.iter().rev()));
        assert_ne!(drawn[0], scope.plan(8, 0).1);
        assert!(drawn[VALID as usize - 1].mutations.is_empty());
    }

    #[test]
    fn every_operation_and_every_mutator_is_drawn() {
        let scope = scope(&[]).narrowed().unwrap();
        let mut operations = BTreeSet::new();
        let mut names = BTreeSet::new();
        for case in 0..20_000 {
            let (dialect, plan) = scope.plan(1, case);
            names.extend(plan.mutations.iter().map(Mutation::name));
            operations.insert((&dialect.manifest.name, plan.operation));
        }
        assert_eq!(operations.len(), scope.operations.len());
        let all: BTreeSet<_> = mutators().map(|mutator| mutator.name).collect();
        assert_eq!(names, all);
    }

    #[test]
    fn a_choice_of_subjects_or_mutators_is_kept() {
        let pictures = scope(&[Subject::Picture]).narrowed().unwrap();
        assert!(pictures.operations.iter().all(|(_, operation)| operation.picture().is_some()));
        let own = Scope { mutators: mutators().take(1).collect(), ..scope(&[]) }.narrowed().unwrap();
        for case in 0..200 {
            let subjects = pictures.plan(3, case).1.mutations.into_iter().map(|m| m.mutator().subject);
            assert!(subjects.eq(pictures.plan(3, case).1.mutations.iter().map(|_| Subject::Picture)));
            assert!(own.plan(3, case).1.mutations.iter().all(|m| m.name() == own.mutators[0].name));
        }
        let none = Scope { subjects: vec![Subject::Picture], ..own };
        assert_eq!(none.narrowed().map(|_| ()), Err(ScopeError));
    }
}
