//! A block of numbers.

use super::panel::PANEL;
use super::rows::Rows;

/// Height × width pixels of some blocks of `C` channels, one block after another. Channels of one place stand side by
/// side in their block.
///
/// Around each block lie zeros, which a filter that reaches over the edge sees: one row above and one column before,
/// two below and behind.
#[derive(Debug)]
pub struct Tensor<const C: usize = PANEL> {
    height: usize,
    width: usize,
    blocks: usize,
    pixels: Rows<C>,
}

/// Zeros before and behind.
const BORDER: usize = 1 + 2;

impl<const C: usize> Tensor<C> {
    /// Zeros around what may hold anything yet.
    pub(super) fn unwritten(height: usize, width: usize, blocks: usize) -> Self {
        let (pitch, count) = (width + BORDER, blocks * (height + BORDER));
        let mut pixels = Rows::any(count * pitch);
        for (index, line) in pixels.slice_mut().chunks_exact_mut(pitch).enumerate() {
            if (1..=height).contains(&(index % (height + BORDER))) {
                line[0] = [0.0; C];
                line[1 + width..].fill([0.0; C]);
            } else {
                line.fill([0.0; C]);
            }
        }
        Self { height, width, blocks, pixels }
    }

    /// All zeros.
    #[cfg(test)]
    pub(super) fn zeros(height: usize, width: usize, blocks: usize) -> Self {
        let mut zeros = Self::unwritten(height, width, blocks);
        zeros.pixels_mut().fill([0.0; C]);
        zeros
    }

    /// Negative numbers become zero.
    #[must_use]
    pub(super) fn relu(mut self) -> Self {
        for value in self.pixels_mut().iter_mut().flatten() {
            *value = value.max(0.0);
        }
        self
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Blocks of channels.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// One row of one block.
    pub fn row(&self, block: usize, y: usize) -> &[[f32; C]] {
        &self.pixels()[self.at(block, y)..][..self.width]
    }

    /// One row of one block, to write.
    pub fn row_mut(&mut self, block: usize, y: usize) -> &mut [[f32; C]] {
        let (start, width) = (self.at(block, y), self.width);
        &mut self.pixels_mut()[start..][..width]
    }

    /// Everything, zeros around the blocks included.
    pub(super) fn pixels(&self) -> &[[f32; C]] {
        self.pixels.slice()
    }

    /// Everything, to write; what lies around the blocks must stay zero.
    pub(super) fn pixels_mut(&mut self) -> &mut [[f32; C]] {
        self.pixels.slice_mut()
    }

    /// Whether everything up to a place, rows and columns counted from 0, is in the block or zeros behind it.
    pub(super) fn reaches(&self, [down, across]: [usize; 2]) -> bool {
        down < self.height + BORDER && across < self.width + BORDER
    }

    /// Pixels from one row to the next.
    pub(super) fn pitch(&self) -> usize {
        self.width + BORDER
    }

    /// Pixels from one block to the next.
    pub(super) fn block(&self) -> usize {
        (self.height + BORDER) * self.pitch()
    }

    /// Where a row of a block starts.
    fn at(&self, block: usize, y: usize) -> usize {
        block * self.block() + (1 + y) * self.pitch() + 1
    }

    /// The mean of each channel over all places.
    pub(super) fn means(&self) -> Vec<f32> {
        let places = (self.height * self.width) as f32;
        let mut means = Vec::with_capacity(self.blocks() * C);
        for block in 0..self.blocks() {
            let mut sums = [0.0; C];
            for pixel in (0..self.height).flat_map(|y| self.row(block, y)) {
                for (sum, value) in sums.iter_mut().zip(pixel) {
                    *sum += value;
                }
            }
            means.extend(sums.map(|sum| sum / places));
        }
        means
    }
}

#[cfg(test)]
impl<const C: usize> Clone for Tensor<C> {
    fn clone(&self) -> Self {
        let mut copy = Self::zeros(self.height, self.width, self.blocks);
        copy.pixels_mut().copy_from_slice(self.pixels());
        copy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lie_apart_and_zeros_do_not_count() {
        let mut tensor = Tensor::<2>::zeros(2, 3, 2);
        for (block, y) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            tensor.row_mut(block, y).fill([block as f32, y as f32]);
        }
        assert_eq!(tensor.means(), [0.0, 0.5, 1.0, 0.5]);
        assert_eq!(
            tensor.pixels().iter().filter(|pixel| pixel.map(f32::to_bits) == [1.0_f32.to_bits(); 2]).count(),
            3
        );
    }
}
