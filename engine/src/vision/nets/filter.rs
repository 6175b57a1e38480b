//! The numbers of a convolution, as weight files hold them and as the kernel wants them.

use super::super::models::ModelError;
use super::super::wide::wide;
use super::panel::PANEL;
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
    /// What the numbers of each output are whole multiples of, if anything.
    pub(super) units: Option<Vec<f32>>,
}

/// By how much a multiple may miss a whole number.
const ROUNDING: f32 = 1e-3;

impl Filter {
    pub(super) fn read(
        weights: &mut Weights,
        filter: &str,
        bias: &str,
        [side, inputs, outputs]: [usize; 3],
    ) -> Result<Self, ModelError> {
        let units = weights.unit(filter).map(|unit| vec![unit; outputs]);
        let values = weights.take(filter, [side, side, inputs, outputs])?;
        let bias = weights.take(bias, [outputs])?;
        Ok(Self { side, inputs, outputs, values, bias, units })
    }

    /// Multiplies each output by `scale` and adds `shift`.
    #[must_use]
    pub(super) fn scaled(mut self, scale: &[f32], shift: &[f32]) -> Self {
        for row in self.values.chunks_exact_mut(self.outputs) {
            for (value, scale) in row.iter_mut().zip(scale) {
                *value *= scale;
            }
        }
        for (unit, scale) in self.units.iter_mut().flatten().zip(scale) {
            *unit *= scale;
        }
        for ((value, scale), shift) in self.bias.iter_mut().zip(scale).zip(shift) {
            *value = *value * scale + shift;
        }
        self
    }

    /// The filter in whole numbers without bias, and what each output is to be multiplied with.
    pub(super) fn whole(&self) -> Option<(Self, &[f32])> {
        let units = self.units.as_deref()?;
        let mut values = self.values.clone();
        let mut farthest = 0.0_f32;
        wide(
            #[inline(always)]
            || {
                for row in values.chunks_exact_mut(units.len()) {
                    for (value, unit) in row.iter_mut().zip(units) {
                        let exact = *value / unit;
                        *value = exact.round_ties_even();
                        farthest = farthest.max((exact - *value).abs());
                    }
                }
            },
        );
        if farthest > ROUNDING {
            return None;
        }
        Some((Self { values, bias: vec![0.0; self.outputs], units: None, ..*self }, units))
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
