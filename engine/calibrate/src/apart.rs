//! The choice of some from many so that as few pairs as possible lie near each other.

use super::looks::all;
use super::random::Random;

/// How often it begins anew; the best end counts.
const STARTS: usize = 8;
/// Exchanges tried from each start.
const STEPS: u32 = 6_000_000;
/// What an exchange may cost at first and at last; a pair that is just too near weighs 1.
const WARM: f32 = 2.0;
const COLD: f32 = 0.02;

/// Everybody's distance to everybody as a weight: 0 far enough, more the nearer two are.
pub struct Weights {
    count: usize,
    weights: Vec<f32>,
}

impl Weights {
    pub fn new(count: usize, weight: impl Fn(usize, usize) -> f32) -> Self {
        let pairs = (0..count).flat_map(|one| (0..count).map(move |other| (one, other)));
        let weights = pairs.map(|(one, other)| if one == other { 0.0 } else { weight(one, other) }).collect();
        Self { count, weights }
    }

    fn of(&self, one: usize) -> &[f32] {
        &self.weights[one * self.count..][..self.count]
    }
}

/// So many of each kind, the sum of the weights of all pairs as small as simulated annealing makes it; `kinds` lists who may
/// be taken.
pub fn choose(weights: &Weights, kinds: &[Vec<usize>], of_each: usize) -> Vec<usize> {
    let ends =
        all(STARTS, "annealed", |start| Choice::random(weights, kinds, of_each, start as u64).annealed());
    let best = ends.into_iter().min_by(|a, b| a.cost().total_cmp(&b.cost())).expect("there are starts");
    best.chosen
}

struct Choice<'a> {
    weights: &'a Weights,
    kinds: &'a [Vec<usize>],
    random: Random,
    /// All of the first kind, then all of the next.
    chosen: Vec<usize>,
    is_chosen: Vec<bool>,
    /// What everybody weighs against all who are chosen.
    loads: Vec<f32>,
}

impl<'a> Choice<'a> {
    fn random(weights: &'a Weights, kinds: &'a [Vec<usize>], of_each: usize, start: u64) -> Self {
        let mut choice = Self {
            weights,
            kinds,
            random: Random::new(start),
            chosen: Vec::new(),
            is_chosen: vec![false; weights.count],
            loads: vec![0.0; weights.count],
        };
        for kind in kinds {
            for _ in 0..of_each {
                let one = choice.free(kind);
                choice.is_chosen[one] = true;
                choice.chosen.push(one);
                choice.load(one, 1.0);
            }
        }
        choice
    }

    /// Somebody of a kind who is not chosen.
    fn free(&mut self, kind: &[usize]) -> usize {
        loop {
            let one = *self.random.one(kind);
            if !self.is_chosen[one] {
                return one;
            }
        }
    }

    fn load(&mut self, one: usize, sign: f32) {
        for (load, weight) in self.loads.iter_mut().zip(self.weights.of(one)) {
            *load += sign * weight;
        }
    }

    /// Exchanges one for another of the same kind: whatever helps, and what harms the less often the colder it is. Last,
    /// only what helps, until nothing does.
    fn annealed(mut self) -> Self {
        for step in 0..STEPS {
            let warmth = WARM * (COLD / WARM).powf(step as f32 / STEPS as f32);
            let place = self.random.below(self.chosen.len());
            let next = self.free(&self.kinds[self.kind(place)]);
            let harm = self.harm(place, next);
            if harm <= 0.0 || self.random.chance((-harm / warmth).exp()) {
                self.exchange(place, next);
            }
        }
        while let Some((place, next)) = self.best() {
            self.exchange(place, next);
        }
        self
    }

    fn kind(&self, place: usize) -> usize {
        place * self.kinds.len() / self.chosen.len()
    }

    /// By how much the cost rises.
    fn harm(&self, place: usize, next: usize) -> f32 {
        let gone = self.chosen[place];
        self.loads[next] - self.weights.of(next)[gone] - self.loads[gone]
    }

    fn exchange(&mut self, place: usize, next: usize) {
        let gone = std::mem::replace(&mut self.chosen[place], next);
        (self.is_chosen[gone], self.is_chosen[next]) = (false, true);
        self.load(gone, -1.0);
        self.load(next, 1.0);
    }

    /// The exchange that helps most, if any does.
    fn best(&self) -> Option<(usize, usize)> {
        let places = 0..self.chosen.len();
        let all =
            places.flat_map(|place| self.kinds[self.kind(place)].iter().map(move |next| (place, *next)));
        let free = all.filter(|(_, next)| !self.is_chosen[*next]);
        let (harm, exchange) = free
            .map(|(place, next)| (self.harm(place, next), (place, next)))
            .min_by(|a, b| a.0.total_cmp(&b.0))?;
        (harm < -1e-3).then_some(exchange)
    }

    /// The sum of the weights of all pairs.
    fn cost(&self) -> f32 {
        self.chosen.iter().map(|one| self.loads[*one]).sum::<f32>() / 2.0
    }
}
