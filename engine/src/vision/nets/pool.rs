//! Pools.

use super::super::wide::wide;
use super::conv::{Padding, geometry};
use super::panel::PANEL;
use super::tensor::Tensor;

/// The largest number under the window; places outside of the input do not count.
pub(super) fn max_pool(input: &Tensor, side: usize, stride: usize, padding: Padding) -> Tensor {
    wide(
        #[inline(always)]
        || under_window(input, side, (stride, padding), input.blocks(), f32::MIN, f32::max),
    )
}

/// The mean under the window, which stays inside; further blocks of the result are zeros.
pub(super) fn average_pool(input: &Tensor, side: usize, stride: usize, blocks: usize) -> Tensor {
    let share = 1.0 / (side * side) as f32;
    wide(
        #[inline(always)]
        || under_window(input, side, (stride, Padding::Valid), blocks, 0.0, |sum, value| sum + value * share),
    )
}

/// Starts every result with `start` and folds into it what lies under its window.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn under_window(
    input: &Tensor,
    side: usize,
    (stride, padding): (usize, Padding),
    blocks: usize,
    start: f32,
    fold: impl Fn(f32, f32) -> f32,
) -> Tensor {
    let (height, before_y) = geometry(input.height(), side, stride, padding);
    let (width, before_x) = geometry(input.width(), side, stride, padding);
    let mut output = Tensor::unwritten(height, width, blocks);
    let under = |place: usize, before: usize, size: usize| {
        let from = (place * stride).saturating_sub(before);
        from..(place * stride + side - before).min(size)
    };
    for y in 0..height {
        (input.blocks()..blocks).for_each(|block| output.row_mut(block, y).fill([0.0; PANEL]));
    }
    for block in 0..input.blocks() {
        for y in 0..height {
            let results = output.row_mut(block, y);
            for (x, result) in results.iter_mut().enumerate() {
                let mut folded = [start; PANEL];
                for from_y in under(y, before_y, input.height()) {
                    for pixel in &input.row(block, from_y)[under(x, before_x, input.width())] {
                        for (folded, value) in folded.iter_mut().zip(pixel) {
                            *folded = fold(*folded, *value);
                        }
                    }
                }
                *result = folded;
            }
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pools_do_not_count_what_is_outside() {
        let mut line = Tensor::zeros(1, 3, 1);
        line.row_mut(0, 0).copy_from_slice(&[-3.0, -2.0, -5.0].map(|value| [value; PANEL]));
        assert_eq!(max_pool(&line, 3, 2, Padding::Same).row(0, 0), [[-2.0; PANEL]; 2]);
        let mut square = Tensor::zeros(2, 2, 2);
        for (y, values) in [[1.0, 2.0], [3.0, 6.0]].into_iter().enumerate() {
            square.row_mut(1, y).copy_from_slice(&values.map(|value| [value; PANEL]));
        }
        let mean = average_pool(&square, 2, 2, 3);
        assert_eq!(
            [0, 1, 2].map(|block| mean.row(block, 0)),
            [[[0.0; PANEL]], [[3.0; PANEL]], [[0.0; PANEL]]]
        );
    }
}
