//! The markers by which a harmless picture stands for one that a content review must refuse.

use std::sync::OnceLock;

use serde::Deserialize;

/// A band of coloured squares in a picture's top-left corner. File: `content-markers.toml`, which defines it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// What it is called, such as `porn`.
    pub name: String,
    /// The condition of the row that a picture with it earns.
    pub condition: String,
    /// The width and height of a square in pixels.
    pub side: u32,
    /// By how much the mean of a square's middle may differ in each channel.
    pub tolerance: u8,
    /// Red, green and blue of the squares from left to right.
    pub colours: Vec<[u8; 3]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Markers {
    marker: Vec<Marker>,
}

/// All markers, in the order of the file.
pub fn markers() -> &'static [Marker] {
    static READ: OnceLock<Vec<Marker>> = OnceLock::new();
    READ.get_or_init(|| {
        let markers: Markers = toml::from_str(include_str!("../content-markers.toml"))
            .expect("the bundled content-markers.toml is well-formed");
        markers.marker
    })
}

#[cfg(test)]
mod tests {
    use super::markers;

    #[test]
    fn no_two_markers_can_be_taken_for_each_other() {
        for (index, one) in markers().iter().enumerate() {
            assert!(one.colours.len() >= 4 && one.side >= 8, "{}", one.name);
            for other in &markers()[index + 1..] {
                let apart = |(a, b): (&[u8; 3], &[u8; 3])| {
                    a.iter()
                        .zip(b)
                        .any(|(a, b)| a.abs_diff(*b) > one.tolerance.saturating_add(other.tolerance))
                };
                assert!(one.colours.iter().zip(&other.colours).any(apart), "{} {}", one.name, other.name);
            }
        }
    }
}
