//! Weight files: a JSON manifest that names tensors, and their numbers in one file.
//!
//! Most tensors are stored as bytes with a scale and a smallest value; the others as little-endian `f32`.

use std::collections::HashMap;

use serde::Deserialize;

use super::super::models::{Checked, ModelError, Origin};

/// The tensors of one net, by name, to be taken out one after another.
#[derive(Debug)]
pub struct Weights {
    net: String,
    tensors: HashMap<String, Stored>,
}

/// One tensor as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Sizes, outermost first.
    pub shape: Vec<usize>,
    /// The numbers.
    pub values: Vec<f32>,
    /// What they are whole multiples of: the scale, where zero is stored as a byte.
    pub unit: Option<f32>,
}

#[derive(Deserialize)]
struct Group {
    weights: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    quantization: Option<Quantization>,
}

#[derive(Deserialize)]
struct Quantization {
    dtype: String,
    scale: f64,
    min: f64,
}

impl Weights {
    /// Reads the two files of `net` in a directory, which checks their SHA-256; the weights and whose they are.
    pub(super) fn load(directory: &Checked, net: &str) -> Result<(Self, Origin), ModelError> {
        let (manifest, described_by) = directory.read(&format!("{net}-weights_manifest.json"))?;
        let (numbers, stored_by) = directory.read(&format!("{net}.bin"))?;
        let is_pinned = [described_by, stored_by] == [Origin::Pinned; 2];
        let origin = if is_pinned { Origin::Pinned } else { Origin::Operators };
        Ok((Self::parse(net, &manifest, &numbers)?, origin))
    }

    /// Reads a manifest and the numbers it describes.
    pub fn parse(net: &str, manifest: &[u8], numbers: &[u8]) -> Result<Self, ModelError> {
        let fault = |detail: String| ModelError::Weights { net: net.to_owned(), detail };
        let groups: Vec<Group> =
            serde_json::from_slice(manifest).map_err(|error| fault(format!("manifest: {error}")))?;
        let mut rest = numbers;
        let mut tensors = HashMap::new();
        for entry in groups.into_iter().flat_map(|group| group.weights) {
            let values =
                entry.values(&mut rest).map_err(|detail| fault(format!("{}: {detail}", entry.name)))?;
            let unit = entry.quantization.as_ref().and_then(Quantization::unit);
            tensors.insert(entry.name, Stored { shape: entry.shape, values, unit });
        }
        if !rest.is_empty() {
            return Err(fault(format!("{} bytes are left over", rest.len())));
        }
        Ok(Self { net: net.to_owned(), tensors })
    }

    /// Takes out a tensor of a known shape.
    pub fn take<const D: usize>(&mut self, name: &str, shape: [usize; D]) -> Result<Vec<f32>, ModelError> {
        let stored = self.tensors.remove(name).ok_or_else(|| self.fault(format!("{name} is missing")))?;
        if stored.shape != shape {
            return Err(self.fault(format!("{name} has the shape {:?} instead of {shape:?}", stored.shape)));
        }
        Ok(stored.values)
    }

    /// What all numbers of a tensor are whole multiples of, if anything.
    pub fn unit(&self, name: &str) -> Option<f32> {
        self.tensors.get(name).and_then(|stored| stored.unit)
    }

    /// Something about a tensor that the net cannot do with.
    pub(super) fn fault(&self, detail: String) -> ModelError {
        ModelError::Weights { net: self.net.clone(), detail }
    }
}

impl Quantization {
    fn unit(&self) -> Option<f32> {
        let zero = -self.min / self.scale;
        ((zero - zero.round()).abs() < 1e-6).then_some(self.scale as f32)
    }
}

impl Entry {
    fn values(&self, rest: &mut &[u8]) -> Result<Vec<f32>, String> {
        let size = if self.quantization.is_some() { 1 } else { 4 };
        let bytes = self
            .shape
            .iter()
            .try_fold(size, |product: usize, side| product.checked_mul(*side))
            .and_then(|length| rest.split_off(..length))
            .ok_or_else(|| format!("the file ends before {:?}", self.shape))?;
        match &self.quantization {
            None => Ok(bytes
                .chunks_exact(4)
                .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                .collect()),
            Some(Quantization { dtype, scale, min }) if dtype == "uint8" => {
                Ok(bytes.iter().map(|byte| (f64::from(*byte) * scale + min) as f32).collect())
            }
            Some(other) => Err(format!("quantised as {}, only uint8 is known", other.dtype)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"[{"paths": ["x.bin"], "weights": [
        {"name": "plain", "shape": [1], "dtype": "float32"},
        {"name": "packed", "shape": [2, 1], "dtype": "float32",
         "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.0}}]}]"#;

    #[test]
    fn both_storage_kinds_are_read() {
        let numbers = [0, 0, 128, 63, 0, 4]; // 1.0 as f32, then two bytes
        let mut weights = Weights::parse("x", MANIFEST.as_bytes(), &numbers).expect("as described");
        assert_eq!(["plain", "packed", "missing"].map(|name| weights.unit(name)), [None, Some(0.5), None]);
        assert_eq!(weights.take("plain", [1]).expect("there"), [1.0]);
        assert_eq!(weights.take("packed", [2, 1]).expect("there"), [-1.0, 1.0]);
        let missing = weights.take("packed", [2, 1]).expect_err("taken already").to_string();
        assert!(missing.contains("packed is missing"), "{missing}");
    }

    #[test]
    fn a_scale_is_no_unit_of_numbers_that_do_not_include_zero() {
        let manifest = MANIFEST.replace("-1.0", "-1.2");
        let weights = Weights::parse("x", manifest.as_bytes(), &[0; 6]).expect("as described");
        assert_eq!(weights.unit("packed"), None);
    }

    #[test]
    fn too_few_or_too_many_numbers_are_told() {
        for (numbers, told) in
            [(&[0; 5][..], "packed: the file ends"), (&[0; 7][..], "1 bytes are left over")]
        {
            let fault =
                Weights::parse("x", MANIFEST.as_bytes(), numbers).expect_err("wrong length").to_string();
            assert!(fault.contains(told), "{fault}");
        }
    }
}
