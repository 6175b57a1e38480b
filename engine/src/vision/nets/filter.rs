//! The numbers of a convolution, as weight files hold them and as the kernel wants them.

use super::super::models::ModelError;
use super::kernel::PANEL;
use super::rows::Rows;
use super::weights::Weights;

/// A square filter with its bias.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// Rows and columns.
    pub(super) side: usize,
    /// Channels in.
    pub(super) inputs: usize,
    /// Channels out, a multiple of [`PANEL`].
    pub(super) outputs: usize,
    /// side × side × inputs × outputs numbers.
    pub(super) values: Vec<f32>,
    /// One for each output.
    pub(super) bias: Vec<f32>,
}

impl Filter {
    pub(super) fn read(
        weights: &mut Weights,
        filter: &str,
        bias: &str,
        [side, inputs, outputs]: [usize; 3],
    ) -> Result<Self, ModelError> {
        let values = weights.take(filter, [side, side, inputs, outputs])?;
        let bias = weights.take(bias, [outputs])?;
        Ok(Self { side, inputs, outputs, values, bias })
    }

    /// Multiplies each output by `scale` and adds `shift`.
    #[must_use]
    pub(super) fn scaled(mut self, scale: &[f32], shift: &[f32]) -> Self {
        for row in self.values.chunks_exact_mut(self.outputs) {
            for (value, scale) in row.iter_mut().zip(scale) {
                *value *= scale;
            }
        }
        for ((value, scale), shift) in self.bias.iter_mut().zip(scale).zip(shift) {
            *value = *value * scale + shift;
        }
        self
    }

    /// What an input adds to the outputs of a panel where it lies under a row and column of the filter.
    pub(super) fn tap(&self, panel: usize, [y, x]: [usize; 2], input: usize) -> [f32; PANEL] {
        let start = ((y * self.side + x) * self.inputs + input) * self.outputs + panel * PANEL;
        std::array::from_fn(|output| self.values[start + output])
    }

    /// How many panels the outputs fill.
    pub(super) fn panels(&self) -> usize {
        assert!(self.outputs.is_multiple_of(PANEL), "{} outputs fill no panels", self.outputs);
        self.outputs / PANEL
    }

    /// The bias in panels.
    pub(super) fn bias(&self) -> Rows<PANEL> {
        Rows::of(self.bias.as_chunks().0)
    }
}
