//! Distances between descriptions, and what they mean to a person: 0 to 100.

/// A similarity for some distances; straight lines between them. Distances rise, similarities fall.
pub(super) struct Scale(pub(super) &'static [(f32, f32)]);

impl Scale {
    /// The similarity for a distance, 0 to 100; 0 for what is no number.
    pub(super) fn at(&self, distance: f32) -> f32 {
        let knots = self.0;
        let above = knots.partition_point(|(knot, _)| *knot <= distance);
        match (above.checked_sub(1).map(|index| knots[index]), knots.get(above)) {
            _ if distance.is_nan() => 0.0,
            (Some((from, high)), Some((to, low))) => high + (low - high) * (distance - from) / (to - from),
            (Some((_, last)), None) => last,
            (None, _) => knots[0].1,
        }
    }
}

/// The Euclidean distance; infinite for descriptions of different lengths, which no analyser makes.
///
/// The one place where descriptions are compared: a search ranks by exactly these numbers.
pub(crate) fn euclidean(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() {
        return f32::INFINITY;
    }
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_runs_straight_between_its_knots() {
        let scale = Scale(&[(0.0, 100.0), (0.5, 80.0), (1.5, 0.0)]);
        for (distance, similarity) in
            [(0.0, 100.0), (0.25, 90.0), (1.0, 40.0), (9.0, 0.0), (f32::NAN, 0.0), (f32::INFINITY, 0.0)]
        {
            assert!((scale.at(distance) - similarity).abs() < 1e-4, "{distance}");
        }
    }
}
