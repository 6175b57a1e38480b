//! The transforms of F(2 × 2, 3 × 3) and of F(4 × 4, 3 × 3), along one line: a tile is transformed along its rows, then
//! along its columns.
//!
//! A line of `N` is 4 or 6 numbers long, and gives 2 or 4 results.

use pulp::Simd;

use super::super::panel::PANEL;

/// Inputs in a line, transformed.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[expect(clippy::many_single_char_names, reason = "places of a line in order")]
#[inline(always)]
pub(super) fn inputs<S: Simd, const N: usize>(simd: S, line: [S::f32s; N]) -> [S::f32s; N] {
    let mut transformed = line;
    match line[..] {
        [a, b, c, d] => transformed.copy_from_slice(&[
            simd.sub_f32s(a, c),
            simd.add_f32s(b, c),
            simd.sub_f32s(c, b),
            simd.sub_f32s(b, d),
        ]),
        [a, b, c, d, e, f] => {
            let [two, four, less_four, less_five] =
                [2.0, 4.0, -4.0, -5.0].map(|value| simd.splat_f32s(value));
            let less_two = simd.splat_f32s(-2.0);
            let (far, near) = (simd.sub_f32s(e, c), simd.sub_f32s(d, b));
            transformed.copy_from_slice(&[
                simd.mul_add_e_f32s(four, a, simd.mul_add_e_f32s(less_five, c, e)),
                simd.mul_add_e_f32s(less_four, simd.add_f32s(b, c), simd.add_f32s(d, e)),
                simd.mul_add_e_f32s(four, simd.sub_f32s(b, c), simd.sub_f32s(e, d)),
                simd.mul_add_e_f32s(two, near, far),
                simd.mul_add_e_f32s(less_two, near, far),
                simd.mul_add_e_f32s(four, b, simd.mul_add_e_f32s(less_five, d, f)),
            ]);
        }
        _ => unreachable!("a line of {N}"),
    }
    transformed
}

/// Results of the products in a line.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
pub(super) fn results<S: Simd, const OUT: usize, const N: usize>(
    simd: S,
    line: [S::f32s; N],
) -> [S::f32s; OUT] {
    let mut results = [simd.splat_f32s(0.0); OUT];
    match line[..] {
        [a, b, c, d] => results
            .copy_from_slice(&[simd.add_f32s(a, simd.add_f32s(b, c)), simd.sub_f32s(simd.sub_f32s(b, c), d)]),
        [a, b, c, d, e, f] => {
            let [two, four, eight] = [2.0, 4.0, 8.0].map(|value| simd.splat_f32s(value));
            let (sum, difference) = (simd.add_f32s(b, c), simd.sub_f32s(b, c));
            let (far_sum, far_difference) = (simd.add_f32s(d, e), simd.sub_f32s(d, e));
            results.copy_from_slice(&[
                simd.add_f32s(a, simd.add_f32s(sum, far_sum)),
                simd.mul_add_e_f32s(two, far_difference, difference),
                simd.mul_add_e_f32s(four, far_sum, sum),
                simd.add_f32s(f, simd.mul_add_e_f32s(eight, far_difference, difference)),
            ]);
        }
        _ => unreachable!("a line of {N}"),
    }
    results
}

/// Three taps of a filter in a line, transformed; each for all outputs of a panel.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
pub(super) fn taps<const N: usize>(taps: [&[f64; PANEL]; 3]) -> [[f64; PANEL]; N] {
    let mut transformed = [[0.0; PANEL]; N];
    for output in 0..PANEL {
        let [a, b, c] = [taps[0][output], taps[1][output], taps[2][output]];
        match &mut transformed[..] {
            [first, second, third, fourth] => {
                (first[output], fourth[output]) = (a, c);
                second[output] = 0.5 * (a + b + c);
                third[output] = 0.5 * (a - b + c);
            }
            [first, second, third, fourth, fifth, sixth] => {
                (first[output], sixth[output]) = (a / 4.0, c);
                second[output] = (a + b + c) / -6.0;
                third[output] = (a - b + c) / -6.0;
                fourth[output] = (a + 2.0 * b + 4.0 * c) / 24.0;
                fifth[output] = (a - 2.0 * b + 4.0 * c) / 24.0;
            }
            _ => unreachable!("a line of {N}"),
        }
    }
    transformed
}
