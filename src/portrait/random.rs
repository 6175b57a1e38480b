//! A small seeded generator, and noise that is smooth in two dimensions. The same numbers on every machine.

use std::sync::LazyLock;

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

use super::maths::mix;

/// SplitMix64: one addition and three mixings a number; every seed is good.
#[derive(Debug, Clone)]
pub(super) struct Random(SplitMix64);

impl Random {
    /// The sequence of this seed, for this purpose: sequences of different purposes are unrelated.
    pub(super) fn new(seed: u64, purpose: u64) -> Self {
        let mut first = SplitMix64::seed_from_u64(seed ^ purpose.wrapping_mul(0xA076_1D64_78BD_642F));
        Self(SplitMix64::seed_from_u64(first.next_u64()))
    }

    /// 64 random bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform in 0..1.
    pub(super) fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / 16_777_216.0
    }

    /// Uniform in `low..high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        mix(low, high, self.unit())
    }

    /// In `low..high`, more often near the ends: so that people differ more than by chance.
    pub(super) fn spread(&mut self, low: f32, high: f32) -> f32 {
        mix(low, high, ease(self.unit()))
    }

    /// True with this probability.
    pub(super) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// One of the items, all equally likely.
    pub(super) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[(self.bits() % items.len() as u64) as usize]
    }
}

/// The whole number below; unlike `f32::floor` never a call.
fn whole(x: f32) -> i32 {
    let near = x as i32;
    near - i32::from(near as f32 > x)
}

/// From 0 to 1 smoothly.
fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

const SIDE: usize = 256;

/// Smooth noise in -1..1, one lattice point a unit, repeating after 256 units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noise {
    lattice: &'static [f32; SIDE * SIDE],
    right: i32,
    down: i32,
}

impl Noise {
    /// A field of noise: some place of the one lattice there is.
    pub(super) fn new(random: &mut Random) -> Self {
        static LATTICE: LazyLock<Box<[f32; SIDE * SIDE]>> = LazyLock::new(|| {
            let random = &mut Random::new(0, 4);
            let values: Vec<f32> = (0..SIDE * SIDE).map(|_| random.between(-1.0, 1.0)).collect();
            values.into_boxed_slice().try_into().expect("as many values as the lattice has places")
        });
        let bits = random.bits();
        Self { lattice: &LATTICE, right: (bits & 0xFF) as i32, down: (bits >> 8 & 0xFF) as i32 }
    }

    /// The noise at a point.
    #[inline]
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (whole(x), whole(y));
        let (across, down) = (ease(x - left as f32), ease(y - top as f32));
        let column = |offset: i32| ((left + offset + self.right) & (SIDE as i32 - 1)) as usize;
        let row = |offset: i32| ((top + offset + self.down) & (SIDE as i32 - 1)) as usize * SIDE;
        let (l, r, t, b) = (column(0), column(1), row(0), row(1));
        let at = |place: usize| self.lattice[place];
        mix(mix(at(t | l), at(t | r), across), mix(at(b | l), at(b | r), across), down)
    }

    /// Three octaves of it, still about -1..1.
    pub(super) fn rough(&self, x: f32, y: f32) -> f32 {
        0.55 * self.at(x, y)
            + 0.3 * self.at(x * 2.1 + 17.3, y * 2.1 + 5.1)
            + 0.15 * self.at(x * 4.3 + 3.7, y * 4.3 + 41.9)
    }
}
