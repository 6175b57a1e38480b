//! A block of numbers.

/// Height × width × channels, the channels of one place side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// Numbers a place.
    pub channels: usize,
    /// `height * width * channels` numbers.
    pub values: Vec<f32>,
}

impl Tensor {
    /// All zeros.
    pub fn zeros(height: usize, width: usize, channels: usize) -> Self {
        Self { height, width, channels, values: vec![0.0; height * width * channels] }
    }

    /// The numbers of one place.
    pub fn place(&self, y: usize, x: usize) -> &[f32] {
        &self.values[(y * self.width + x) * self.channels..][..self.channels]
    }

    /// The numbers of one place, to write.
    pub fn place_mut(&mut self, y: usize, x: usize) -> &mut [f32] {
        let start = (y * self.width + x) * self.channels;
        &mut self.values[start..start + self.channels]
    }

    /// Adds a tensor of the same shape.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        debug_assert_eq!(self.values.len(), other.values.len());
        for (a, b) in self.values.iter_mut().zip(&other.values) {
            *a += b;
        }
        self
    }

    /// Negative numbers become zero.
    #[must_use]
    pub fn relu(mut self) -> Self {
        for value in &mut self.values {
            *value = value.max(0.0);
        }
        self
    }

    /// The mean of each channel over all places.
    pub fn means(&self) -> Vec<f32> {
        let mut sums = vec![0.0; self.channels];
        for place in self.values.chunks_exact(self.channels) {
            for (sum, value) in sums.iter_mut().zip(place) {
                *sum += value;
            }
        }
        let places = (self.height * self.width) as f32;
        sums.iter().map(|sum| sum / places).collect()
    }
}
