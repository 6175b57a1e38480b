//! A small network of one hidden layer: measurements of a picture in, a probability out.
//!
//! Knows nothing of pictures. The weights are fitted by `cargo run --release -p lianpu-calibrate` on drawn portraits,
//! whose truth is known.

/// The weights of a network, in the order in which they are used.
#[derive(Debug, Clone, Copy)]
pub struct Network {
    /// How many numbers it takes.
    pub inputs: usize,
    /// For each hidden unit its bias and a weight for each input, then the bias of the output and a weight for each
    /// hidden unit: `hidden * (inputs + 1) + hidden + 1` numbers.
    pub weights: &'static [f32],
}

impl Network {
    /// The answer for as many signs as there are inputs, 0 to 1.
    pub fn probability(&self, signs: &[f32]) -> f32 {
        debug_assert_eq!(signs.len(), self.inputs, "a network takes as many signs as it has inputs");
        let row = self.inputs + 1;
        let hidden = (self.weights.len() - 1) / (row + 1);
        let (units, output) = self.weights.split_at(hidden * row);
        let sum: f32 = units
            .chunks_exact(row)
            .zip(&output[1..])
            .map(|(unit, weight)| {
                let sum: f32 = unit[1..].iter().zip(signs).map(|(weight, sign)| weight * sign).sum();
                weight * (unit[0] + sum).tanh()
            })
            .sum();
        1.0 / (1.0 + (-(output[0] + sum)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_weighs_its_hidden_units() {
        // Two inputs, one hidden unit: tanh(1 + 2a - b), doubled, less 0.5.
        let network = Network { inputs: 2, weights: &[1.0, 2.0, -1.0, -0.5, 2.0] };
        let expected = 1.0 / (1.0 + (-(2.0 * 0.5_f32.tanh() - 0.5)).exp());
        assert!((network.probability(&[0.25, 1.0]) - expected).abs() < 1e-6);
    }
}
