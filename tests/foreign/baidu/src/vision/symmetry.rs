//! The axis about which a face is most like its mirror image.

use super::patch::{Patch, blur};

/// Samples on a side of the patches that are looked at.
pub const SIDE: usize = 64;

/// Where the axis lies, as a share of the side from the middle, and how symmetric the face is about it.
pub fn axis(patch: &Patch) -> (f32, f32) {
    let side = patch.side;
    let fine = blur(&patch.luma, side, side as f32 / 64.0);
    let coarse = blur(&patch.luma, side, side as f32 / 12.0);
    let edges: Vec<f32> = fine.iter().zip(&coarse).map(|(a, b)| (a - b).clamp(-40.0, 40.0)).collect();
    let half = side * 3 / 10;
    let likeness = |axis: usize| {
        let (mut product, mut energy) = (0.0f32, 1.0f32);
        for y in side / 6..side * 9 / 10 {
            for offset in 1..half {
                let (left, right) = (edges[y * side + axis - offset], edges[y * side + axis + offset]);
                product += left * right;
                energy += f32::midpoint(left * left, right * right);
            }
        }
        product / energy
    };
    let (middle, reach) = (side / 2, side * 3 / 20);
    let all = (middle - reach..=middle + reach).map(|axis| (axis, likeness(axis)));
    let (best, value) = all.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((middle, 0.0));
    ((best as f32 - middle as f32) / side as f32, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirrored_pattern_has_its_axis_in_the_middle() {
        let luma = (0..SIDE * SIDE)
            .map(|i| {
                let x = (i % SIDE).abs_diff(SIDE / 2);
                if (x * x + 3 * (i / SIDE)) % 23 < 9 { 20.0 } else { 200.0 }
            })
            .collect();
        let (offset, value) = axis(&Patch { side: SIDE, luma, chroma: vec![(0.0, 0.0); SIDE * SIDE] });
        assert!(offset.abs() < 0.02 && value > 0.9, "{offset} {value}");
    }
}
