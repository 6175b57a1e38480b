//! Weights as bytes, which they are in the weight files too.
//!
//! Where a layer has many weights and few places to use them at, it waits for memory, and less so for a quarter of it.
//! Nothing is lost: bytes are whole numbers, and the factor that makes them weights is applied to the sums. Knows nothing
//! of layers; what is multiplied with the widened rows is [`kernel`](super::kernel)'s affair.

use pulp::Simd;

use super::kernel::PANEL;
use super::rows::Rows;

/// Words that hold the bytes of two rows of a panel. A word has the bytes of one output of the first half and of the one
/// as far in the second half, and above them those of the next row. It is an `f32` in name only: what its bits would mean
/// as one, NaN perhaps, does not matter where they are moved and nothing else.
pub(super) const BYTES: usize = PANEL / 2;

/// 2²³: whole numbers up to it stand in the lowest bits of the sum.
const BASE: f32 = 8_388_608.0;

/// Second halves are widened where they stand in their words, times this.
const UPPER: f32 = 256.0;

/// Rows of weights as bytes.
#[derive(Debug)]
pub(super) struct Bytes {
    pub(super) rows: Rows<BYTES>,
    /// The byte that means zero.
    pub(super) zero: f32,
    /// For each panel what the sums are to be multiplied with.
    pub(super) scale: Rows<PANEL>,
}

impl Bytes {
    /// Packs an even number of rows of whole numbers, of which `units` has the size for each output.
    ///
    /// Nothing comes of numbers that are not whole or farther apart than bytes can be.
    pub(super) fn of(rows: &[[f32; PANEL]], units: &[f32]) -> Option<Self> {
        let (pairs, []) = rows.as_chunks() else { return None };
        let zero = -rows.as_flattened().iter().copied().fold(0.0, f32::min);
        let rows: Vec<_> = pairs.iter().map(|pair| packed(pair, zero)).collect::<Option<_>>()?;
        let upper = |index: usize| if index % PANEL < BYTES { 1.0 } else { UPPER };
        let scale: Vec<f32> = units.iter().enumerate().map(|(index, unit)| unit / upper(index)).collect();
        Some(Self { rows: Rows::of(&rows), zero, scale: Rows::of(scale.as_chunks().0) })
    }
}

/// Whole numbers of two rows as bytes, `zero` added; nothing where one is not whole or does not fit.
#[expect(clippy::float_cmp, reason = "whether they are the same")]
fn packed(pair: &[[f32; PANEL]; 2], zero: f32) -> Option<[f32; BYTES]> {
    let bytes = pair.map(|row| row.map(|number| (number + zero) as u8));
    let fits = |(number, byte): (&f32, &u8)| f32::from(*byte) - zero == *number;
    let all = pair.as_flattened().iter().zip(bytes.as_flattened()).all(fits);
    all.then(|| {
        std::array::from_fn(|word| {
            let [first, second] = bytes.map(|row| [row[word], row[BYTES + word]]);
            f32::from_bits(u32::from_le_bytes([first[0], first[1], second[0], second[1]]))
        })
    })
}

/// One of the rows that are kept together, in the vectors of a panel; if of bytes, its second half times [`UPPER`].
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
pub(super) fn widened<S: Simd, const V: usize, const R: usize>(
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
    for index in 0..V / 2 {
        let mut words = simd.transmute_u32s_f32s(kept[index]);
        if row == 1 {
            words = simd.wrapping_dyn_shr_u32s(words, simd.splat_u32s(16));
        }
        let first = simd.or_u32s(simd.and_u32s(words, simd.splat_u32s(0xFF)), base);
        let second = simd.or_u32s(simd.and_u32s(words, simd.splat_u32s(0xFF00)), base);
        let (first, second) = (simd.transmute_f32s_u32s(first), simd.transmute_f32s_u32s(second));
        vectors[index] = simd.sub_f32s(first, simd.splat_f32s(BASE + zero));
        vectors[V / 2 + index] = simd.sub_f32s(second, simd.splat_f32s(BASE + UPPER * zero));
    }
    vectors
}

#[cfg(test)]
mod tests {
    use pulp::{Arch, Scalar, WithSimd};

    use super::*;

    /// Both rows as widened, second halves divided again.
    struct Widen<'a>(&'a [f32; BYTES], f32);

    impl WithSimd for Widen<'_> {
        type Output = [[f32; PANEL]; 2];

        fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
            match S::F32_LANES {
                16 => self.rows::<S, 2>(simd),
                8 => self.rows::<S, 4>(simd),
                4 => self.rows::<S, 8>(simd),
                _ => self.rows::<S, PANEL>(simd),
            }
        }
    }

    impl Widen<'_> {
        fn rows<S: Simd, const V: usize>(&self, simd: S) -> [[f32; PANEL]; 2] {
            [0, 1].map(|row| {
                let vectors = widened::<S, V, BYTES>(simd, self.0, row, self.1);
                let mut row = [0.0; PANEL];
                S::as_mut_simd_f32s(&mut row).0.copy_from_slice(&vectors);
                row[BYTES..].iter_mut().for_each(|number| *number /= UPPER);
                row
            })
        }
    }

    #[test]
    fn bytes_are_widened_to_the_same_numbers() {
        for least in [-255.0, -128.0, -1.0, 0.0] {
            let pair: [[f32; PANEL]; 2] = std::array::from_fn(|row| {
                std::array::from_fn(|index| least + (row * PANEL + index) as f32 * 4.0)
            });
            let bytes = packed(&pair, -least).expect("whole and not too far apart");
            assert_eq!(Arch::new().dispatch(Widen(&bytes, -least)), pair);
            assert_eq!(Scalar.vectorize(Widen(&bytes, -least)), pair, "without vectors");
        }
    }

    #[test]
    fn what_is_no_byte_is_not_packed() {
        let rows =
            |odd: f32| [[1.0; PANEL], std::array::from_fn(|index| if index == 20 { odd } else { 0.0 })];
        let packs = |odd: f32| Bytes::of(&rows(odd), &[1.0; PANEL]).is_some();
        assert!(packs(255.0) && packs(-254.0));
        for odd in [0.5, 256.0, -255.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(!packs(odd), "{odd}");
        }
        assert!(Bytes::of(&rows(0.0)[..1], &[1.0; PANEL]).is_none(), "an odd number of rows");
    }
}
