//! Weights in fewer bits, which they are in the weight files too.
//!
//! Where a layer has many weights and few places to use them at, it waits for memory, and less so for a half or a quarter
//! of it. Nothing is lost: what is packed are whole numbers, and the factor that makes them weights is applied to the
//! sums. Knows nothing of layers; what is multiplied with the widened rows is [`kernel`](super::kernel)'s affair.

use pulp::Simd;

use super::super::wide::wide;
use super::panel::PANEL;
use super::rows::Rows;

/// Words that hold the whole numbers of a row of a panel in 16 bits each, or of two rows in 8 bits.
///
/// A word has the number of one output of the first half and above it of the one as far in the second half; if of bytes,
/// above them those of the next row. It is an `f32` in name only: what its bits would mean as one, NaN perhaps, does not
/// matter where they are moved and nothing else.
pub(super) const WORDS: usize = PANEL / 2;

/// 2²³: whole numbers up to it stand in the lowest bits of the sum.
const BASE: f32 = 8_388_608.0;

/// Rows of weights, `T` of them in `R` words: plain numbers where `R` is [`PANEL`] and `T` is 1; where `R` is [`WORDS`],
/// 16 bits a weight if `T` is 1, and 8 if it is 2.
#[derive(Debug)]
pub(super) struct Packed<const R: usize = PANEL, const T: usize = 1> {
    pub(super) rows: Rows<R>,
    /// The packed number that means zero; 0 for plain ones.
    pub(super) zero: f32,
    /// For each panel what the sums are to be multiplied with.
    pub(super) scale: Rows<PANEL>,
}

impl Packed {
    /// Plain numbers of so many panels.
    pub(super) fn plain(rows: Rows<PANEL>, panels: usize) -> Self {
        Self { rows, zero: 0.0, scale: Rows::of(&vec![[1.0; PANEL]; panels]) }
    }
}

impl<const T: usize> Packed<WORDS, T> {
    /// Packs rows of whole numbers, of which `units` has the size for each output; the number of rows is a multiple of `T`.
    ///
    /// Nothing comes of numbers that are not whole or farther apart than so few bits can be.
    pub(super) fn of(rows: &[[f32; PANEL]], units: &[f32]) -> Option<Self> {
        let (together, []) = rows.as_chunks::<T>() else { return None };
        let zero = -rows.as_flattened().iter().copied().fold(0.0, f32::min);
        let mut packed_rows = Some(Vec::with_capacity(together.len()));
        wide(
            #[inline(always)]
            || {
                for rows in together {
                    match (packed(rows, zero), &mut packed_rows) {
                        (Some(words), Some(rows)) => rows.push(words),
                        _ => packed_rows = None,
                    }
                }
            },
        );
        let rows = packed_rows?;
        let upper = |index: usize| if index % PANEL < WORDS { 1.0 } else { upper(bits(WORDS, T)) };
        let scale: Vec<f32> = units.iter().enumerate().map(|(index, unit)| unit / upper(index)).collect();
        Some(Self { rows: Rows::of(&rows), zero, scale: Rows::of(scale.as_chunks().0) })
    }
}

/// How many bits a weight has.
const fn bits(words: usize, rows: usize) -> usize {
    32 * words / (PANEL * rows)
}

/// Bytes of second halves are widened where they stand in their words, times this: that saves a shift.
const fn upper(bits: usize) -> f32 {
    if bits == 8 { 256.0 } else { 1.0 }
}

/// Whole numbers of `T` rows in words, `zero` added; nothing where one is not whole or does not fit.
#[expect(clippy::float_cmp, reason = "whether they are the same")]
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn packed<const T: usize>(rows: &[[f32; PANEL]; T], zero: f32) -> Option<[f32; WORDS]> {
    let bits = bits(WORDS, T);
    let (mut words, mut fits) = ([0_u32; WORDS], true);
    for (index, half) in rows.iter().flat_map(|row| row.as_chunks::<WORDS>().0).enumerate() {
        for (word, number) in words.iter_mut().zip(half) {
            let whole = (number + zero) as u32;
            fits &= whole < 1 << bits && whole as f32 - zero == *number;
            *word |= whole << (index * bits);
        }
    }
    fits.then(|| words.map(f32::from_bits))
}

/// One of the `T` rows that are kept together, in the vectors of a panel; if of bytes, its second half 256 times as large.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
pub(super) fn widened<S: Simd, const V: usize, const R: usize, const T: usize>(
    simd: S,
    kept: &[f32; R],
    row: usize,
    zero: f32,
) -> [S::f32s; V] {
    let (kept, _) = S::as_simd_f32s(kept);
    let mut vectors = [simd.splat_f32s(0.0); V];
    if R == PANEL {
        vectors.copy_from_slice(&kept[..V]);
        return vectors;
    }
    let base = simd.splat_u32s(BASE.to_bits());
    let lowest = simd.splat_u32s((1 << bits(R, T)) - 1);
    for index in 0..V / 2 {
        let mut words = simd.transmute_u32s_f32s(kept[index]);
        if row == 1 {
            words = simd.wrapping_dyn_shr_u32s(words, simd.splat_u32s(16));
        }
        let second = match bits(R, T) {
            8 => simd.and_u32s(words, simd.splat_u32s(0xFF00)),
            _ => simd.wrapping_dyn_shr_u32s(words, simd.splat_u32s(16)),
        };
        let [first, second] = [simd.and_u32s(words, lowest), second]
            .map(|number| simd.transmute_f32s_u32s(simd.or_u32s(number, base)));
        vectors[index] = simd.sub_f32s(first, simd.splat_f32s(BASE + zero));
        vectors[V / 2 + index] = simd.sub_f32s(second, simd.splat_f32s(BASE + upper(bits(R, T)) * zero));
    }
    vectors
}

#[cfg(test)]
mod tests {
    use pulp::{Arch, Scalar, WithSimd};

    use super::*;

    /// All rows as widened, second halves divided again.
    struct Widen<'a, const T: usize>(&'a [f32; WORDS], f32);

    impl<const T: usize> WithSimd for Widen<'_, T> {
        type Output = [[f32; PANEL]; T];

        fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
            match S::F32_LANES {
                16 => self.rows::<S, 2>(simd),
                8 => self.rows::<S, 4>(simd),
                4 => self.rows::<S, 8>(simd),
                _ => self.rows::<S, PANEL>(simd),
            }
        }
    }

    impl<const T: usize> Widen<'_, T> {
        fn rows<S: Simd, const V: usize>(&self, simd: S) -> [[f32; PANEL]; T] {
            std::array::from_fn(|row| {
                let vectors = widened::<S, V, WORDS, T>(simd, self.0, row, self.1);
                let mut row = [0.0; PANEL];
                S::as_mut_simd_f32s(&mut row).0.copy_from_slice(&vectors);
                row[WORDS..].iter_mut().for_each(|number| *number /= upper(bits(WORDS, T)));
                row
            })
        }
    }

    /// Rows with the smallest and the largest number that fit.
    fn check<const T: usize>(least: f32, step: f32) {
        let rows: [[f32; PANEL]; T] = std::array::from_fn(|row| {
            std::array::from_fn(|index| least + (row * PANEL + index) as f32 * step)
        });
        let words = packed(&rows, -least).expect("whole and not too far apart");
        assert_eq!(Arch::new().dispatch(Widen::<T>(&words, -least)), rows);
        assert_eq!(Scalar.vectorize(Widen::<T>(&words, -least)), rows, "without vectors");
    }

    #[test]
    fn packed_numbers_are_widened_to_the_same() {
        for least in [-255.0, -128.0, -1.0, 0.0] {
            check::<2>(least, 4.0);
        }
        for least in [-65_535.0, -2295.0, 0.0] {
            check::<1>(least, 2114.0);
        }
    }

    #[test]
    fn what_has_more_bits_is_not_packed() {
        fn packs<const T: usize>(odd: f32) -> bool {
            let odd = std::array::from_fn(|index| if index == 20 { odd } else { 0.0 });
            Packed::<WORDS, T>::of(&[[1.0; PANEL], odd], &[1.0; PANEL]).is_some()
        }
        assert!(packs::<2>(255.0) && packs::<2>(-254.0));
        assert!(packs::<1>(65_535.0) && packs::<1>(-65_534.0));
        for odd in [0.5, 256.0, -255.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(!packs::<2>(odd), "{odd}");
            assert!(!packs::<1>(256.0 * odd + 0.25), "{odd}");
        }
        assert!(!packs::<1>(65_536.0) && !packs::<1>(-65_535.0));
        assert!(Packed::<WORDS, 2>::of(&[[0.0; PANEL]], &[1.0; PANEL]).is_none(), "an odd number of rows");
    }
}
