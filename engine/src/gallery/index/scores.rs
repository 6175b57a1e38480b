//! Scores of rows for probes: `|row|² - 2 probe · row`, the squared distance less the probe's own square.
//!
//! Three ways to the products, all over the same table: one matrix product for many probes; for a few, whole numbers where
//! there are [`Codes`], else row by row. The processor's widest vectors are used, found out when running.

use pulp::{Arch, Simd, WithSimd};

use super::codes::{CodedProbe, Codes};
use super::rows::Rows;
use super::selection::Chunk;
use crate::vision::wide;

/// From so many probes on a matrix product is quicker than one probe after another.
const TOGETHER: usize = 4;
/// From so many on, it is quicker than one probe after another in whole numbers.
const TOGETHER_CODED: usize = 8;

/// Numbers of the descriptions that there are most of: the compiler unrolls what it knows the length of.
const USUAL: usize = 128;

/// Multiplies rows with some probes.
pub(super) enum Scorer<'a> {
    /// One probe after another.
    Each { arch: Arch, rows: &'a Rows<f32>, probes: Vec<&'a [f32]> },
    /// All probes at once; their first numbers stand together, then their second ones.
    Together { rows: &'a Rows<f32>, count: usize, numbers: Vec<f32>, gathered: Vec<f32> },
    /// One probe after another, in whole numbers.
    Coded { codes: &'a Codes, probes: Vec<CodedProbe> },
}

impl<'a> Scorer<'a> {
    pub(super) fn new(rows: &'a Rows<f32>, codes: Option<&'a Codes>, probes: &[&'a [f32]]) -> Self {
        match codes {
            Some(codes) if probes.len() < TOGETHER_CODED => {
                Self::Coded { codes, probes: probes.iter().map(|probe| CodedProbe::new(probe)).collect() }
            }
            None if probes.len() < TOGETHER => {
                Self::Each { arch: Arch::new(), rows, probes: probes.to_vec() }
            }
            _ => {
                let width = probes[0].len();
                let numbers =
                    (0..width).flat_map(|place| probes.iter().map(move |probe| probe[place])).collect();
                Self::Together { rows, count: probes.len(), numbers, gathered: Vec::new() }
            }
        }
    }

    /// By how much a score can be wrong for the probe of a number and a length, beyond the rounding of `f32`.
    pub(super) fn coding_error(&self, number: usize, length: f32, longest_row: f32) -> f32 {
        match self {
            Self::Coded { codes, probes, .. } => 2.0 * codes.error(&probes[number], length, longest_row),
            Self::Each { .. } | Self::Together { .. } => 0.0,
        }
    }

    /// Whether the scores of a row stand together, in place of those of a probe.
    pub(super) fn by_rows(&self) -> bool {
        matches!(self, Self::Together { .. })
    }

    /// Scores a chunk, each row for each probe, given the square of each row's length.
    pub(super) fn score(&mut self, chunk: &Chunk<'_>, squares: &[f32], scores: &mut [f32]) {
        let count = chunk.len();
        match self {
            Self::Each { arch, rows, probes } => {
                for (probe, scores) in probes.iter().zip(scores.chunks_exact_mut(count)) {
                    match chunk {
                        Chunk::Run(run) => {
                            let rows = rows.run(run).chunks_exact(probe.len().max(1));
                            arch.dispatch(Each { probe, rows, scores });
                        }
                        Chunk::Scattered(some) => {
                            let rows = some.iter().map(|row| rows.row(*row));
                            arch.dispatch(Each { probe, rows, scores });
                        }
                    }
                }
            }
            Self::Together { rows, count: probes, numbers, gathered } => {
                let rows = match chunk {
                    Chunk::Run(run) => rows.run(run),
                    Chunk::Scattered(some) => {
                        gathered.clear();
                        gathered.extend(some.iter().flat_map(|row| rows.row(*row)));
                        gathered.as_slice()
                    }
                };
                products(rows, numbers, *probes, scores);
                let scores = scores.chunks_exact_mut(*probes).zip(squares);
                scored(scores.map(|(scores, square)| (scores, std::iter::repeat(square))));
                return;
            }
            Self::Coded { codes, probes } => {
                for (probe, scores) in probes.iter().zip(scores.chunks_exact_mut(count)) {
                    match chunk {
                        Chunk::Run(run) => {
                            let steps = codes.steps()[run.start as usize..].iter().copied();
                            let rows = codes.rows().run(run).chunks_exact(probe.numbers.len().max(1));
                            coded(probe, rows.zip(steps), scores);
                        }
                        Chunk::Scattered(some) => {
                            let step = |row: u32| codes.steps()[row as usize];
                            let rows = some.iter().map(|row| (codes.rows().row(*row), step(*row)));
                            coded(probe, rows, scores);
                        }
                    }
                }
            }
        }
        scored(scores.chunks_exact_mut(count).map(|scores| (scores, squares.iter())));
    }
}

/// Makes scores of products, given the squares of the rows' lengths.
fn scored<'a>(mut lines: impl Iterator<Item = (&'a mut [f32], impl Iterator<Item = &'a f32>)>) {
    wide(
        #[inline(always)]
        || {
            for (scores, squares) in lines.by_ref() {
                for (score, square) in scores.iter_mut().zip(squares) {
                    *score = square - 2.0 * *score;
                }
            }
        },
    );
}

/// Products of one probe with rows.
struct Each<'a, R> {
    probe: &'a [f32],
    rows: R,
    scores: &'a mut [f32],
}

impl<'a, R: Iterator<Item = &'a [f32]>> WithSimd for Each<'_, R> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (probe, probe_tail) = S::as_simd_f32s(self.probe);
        for (row, score) in self.rows.zip(self.scores) {
            let (row, tail) = S::as_simd_f32s(row);
            let mut sums = [simd.splat_f32s(0.0); 4];
            let (fours, rest) = pulp::as_arrays::<4, _>(row);
            let (probe_fours, probe_rest) = pulp::as_arrays::<4, _>(probe);
            for (row, probe) in fours.iter().zip(probe_fours) {
                for lane in 0..4 {
                    sums[lane] = simd.mul_add_e_f32s(row[lane], probe[lane], sums[lane]);
                }
            }
            for (row, probe) in rest.iter().zip(probe_rest) {
                sums[0] = simd.mul_add_e_f32s(*row, *probe, sums[0]);
            }
            let [a, b, c, d] = sums;
            let sum = simd.reduce_sum_f32s(simd.add_f32s(simd.add_f32s(a, b), simd.add_f32s(c, d)));
            *score = tail.iter().zip(probe_tail).fold(sum, |sum, (a, b)| sum + a * b);
        }
    }
}

/// Products of one coded probe with coded rows and their steps.
fn coded<'a>(probe: &CodedProbe, rows: impl Iterator<Item = (&'a [i8], f32)>, scores: &mut [f32]) {
    let mut rows = rows.zip(scores);
    let usual: Option<&[i16; USUAL]> = probe.numbers.as_slice().try_into().ok();
    wide(
        #[inline(always)]
        || {
            for ((row, step), score) in rows.by_ref() {
                let product = match (usual, <&[i8; USUAL]>::try_from(row)) {
                    (Some(probe), Ok(row)) => product(row, probe),
                    _ => product(row, &probe.numbers),
                };
                *score = product as f32 * (step * probe.step);
            }
        },
    );
}

#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn product(row: &[i8], probe: &[i16]) -> i32 {
    row.iter().zip(probe).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// Products of every row with every probe; all have the same width. The scores of a row stand together: so neither of the
/// two matrices has to be copied into another order first.
fn products(rows: &[f32], numbers: &[f32], probes: usize, scores: &mut [f32]) {
    let (width, count) = (numbers.len() / probes, scores.len() / probes);
    assert_eq!(rows.len(), count * width, "rows as wide as the probes");
    assert_eq!(numbers.len(), probes * width, "whole probes");
    assert_eq!(scores.len(), probes * count, "a score for every row and probe");
    #[expect(unsafe_code, reason = "the GEMM kernel takes pointers; the lengths were checked above")]
    // SAFETY: with the strides given, every element read or written lies inside its slice, because the three
    // slices have exactly probes × width, count × width and count × probes elements; `scores` is borrowed alone.
    unsafe {
        gemm::gemm(
            probes,
            count,
            width,
            scores.as_mut_ptr(),
            probes as isize,
            1,
            false,
            numbers.as_ptr(),
            probes as isize,
            1,
            rows.as_ptr(),
            width as isize,
            1,
            0.0,
            1.0,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn every_way_gives_the_scores_of_the_definition() {
        for width in [1, 7, 64, 128, 131] {
            let (mut rows, mut codes) = (Rows::new(width), Codes::new(width));
            let mut squares = Vec::new();
            for seed in 0..100 {
                let row = numbers(width, seed);
                rows.push(&row);
                codes.push(&row);
                squares.push(row.iter().map(|value| value * value).sum::<f32>());
            }
            let probes: Vec<_> = (0..9).map(|seed| numbers(width, 1000 + seed)).collect();
            let probes: Vec<&[f32]> = probes.iter().map(Vec::as_slice).collect();
            let some = [2, 3, 50, 99];
            let coded = Some(&codes);
            for (probes, codes) in
                [(&probes[..2], None), (&probes[..], None), (&probes[..2], coded), (&probes[..], coded)]
            {
                let mut scorer = Scorer::new(&rows, codes, probes);
                for chunk in [Chunk::Run(30..67), Chunk::Scattered(&some)] {
                    let mut scores = vec![0.0; probes.len() * chunk.len()];
                    let row_squares: Vec<_> =
                        (0..chunk.len()).map(|index| squares[chunk.row(index) as usize]).collect();
                    scorer.score(&chunk, &row_squares, &mut scores);
                    for (number, probe) in probes.iter().enumerate() {
                        let length = probe.iter().map(|value| value * value).sum::<f32>().sqrt();
                        let error = 1e-4 + scorer.coding_error(number, length, (width as f32).sqrt());
                        for index in 0..chunk.len() {
                            let row = rows.row(chunk.row(index));
                            let product: f32 = row.iter().zip(*probe).map(|(a, b)| a * b).sum();
                            let expected = row_squares[index] - 2.0 * product;
                            let found = scores[match scorer.by_rows() {
                                true => index * probes.len() + number,
                                false => number * chunk.len() + index,
                            }];
                            assert!((found - expected).abs() <= error, "{width} {found} {expected} {error}");
                        }
                    }
                }
            }
        }
    }
}
