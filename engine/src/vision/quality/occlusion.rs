//! Which parts of a face are hidden.
//!
//! A part is sampled where the landmarks put it and compared with the skin of the rest of the face, with its mirror
//! image and, by a small network a kind of part, with the structure it ought to have. Dark lenses hide the eyes;
//! clear ones, beards and wrinkles hide nothing.

use super::super::align::Frame;
use super::super::network::Network;
use super::super::weights::occlusion::{CHEEK, CHIN, EYE, MOUTH, NOSE};
use super::super::{Landmarks, Picture};
use super::Occlusion;
use super::parts::{OTHERS, regions, skin};
use super::patch::{Patch, grain};

pub use super::parts::PARTS;

/// How many numbers are taken of a part.
pub const SIGNS: usize = 82;

/// Which network is a part's: both eyes share one, and both cheeks.
pub const KINDS: [usize; 7] = [0, 0, 1, 2, 3, 3, 4];

/// The networks of the kinds: eye, nose, mouth, cheek, chin.
const NETWORKS: [&Network; 5] = [&EYE, &NOSE, &MOUTH, &CHEEK, &CHIN];

/// How likely each part is hidden; `blur` is what [`super::blur`] says.
pub(super) fn occlusion(picture: &Picture, landmarks: &Landmarks, blur: f32) -> Occlusion {
    let signs = signs(picture, landmarks, blur);
    let [left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour] =
        std::array::from_fn(|part| NETWORKS[KINDS[part]].probability(&signs[part]));
    Occlusion { left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour }
}

/// Measures every part: [`SIGNS`] numbers each, about -1 to 1.
pub fn signs(picture: &Picture, landmarks: &Landmarks, blur: f32) -> [Vec<f32>; 7] {
    let regions = regions(landmarks);
    let patches = regions.map(|region| Patch::new(picture, &region));
    let skin = Skin::new(picture, landmarks);
    let turned = turned(landmarks);
    let grains = regions.map(|region| grain(picture, &region) / skin.luma);
    let mut sorted = grains;
    sorted.sort_by(f32::total_cmp);
    let usual = sorted[3];
    std::array::from_fn(|part| {
        let patch = &patches[part];
        let mut signs = structure(patch, &skin);
        match OTHERS[part] {
            Some(other) => signs.extend(beside(patch, &patches[other], &skin)),
            None => signs.extend(unevenness(patch, &skin)),
        }
        signs.extend(skin.signs());
        // Which side is turned away explains differences; of the parts in the middle either may be.
        let side = if matches!(part, 1 | 5) { -turned } else { turned };
        let grain = grains[part];
        signs.extend([side, blur, (10.0 * grain).min(3.0), ((grain + 0.01) / (usual + 0.01)).ln()]);
        debug_assert_eq!(signs.len(), SIGNS, "the weights are for so many signs");
        signs
    })
}

/// How far the tip of the nose lies beside the middle of the eyes, to the right, in distances between the eyes.
fn turned(landmarks: &Landmarks) -> f32 {
    let frame = Frame::new(landmarks);
    let unit = frame.unit().max(1.0);
    let nose = landmarks[30];
    let along = (nose.x - frame.origin.x) * frame.across.x + (nose.y - frame.origin.y) * frame.across.y;
    along / (unit * unit)
}

/// What is seen of bare skin: medians over places that are rarely hidden all together.
struct Skin {
    luma: f32,
    blue: f32,
    red: f32,
    /// How much the places differ, as parts of the brightness: in brightness and in colour.
    spread: [f32; 2],
}

impl Skin {
    fn new(picture: &Picture, landmarks: &Landmarks) -> Self {
        let seen = skin(landmarks).map(|region| {
            let patch = Patch::new(picture, &region);
            [patch.mean(0), patch.mean(1), patch.mean(2)]
        });
        let sorted: [[f32; 8]; 3] = std::array::from_fn(|channel| {
            let mut values = seen.map(|colour| colour[channel]);
            values.sort_by(f32::total_cmp);
            values
        });
        let [luma, blue, red] = sorted.map(|values| f32::midpoint(values[3], values[4]));
        let luma = luma.max(8.0);
        let between = |values: &[f32; 8]| (values[6] - values[1]) / luma;
        Self { luma, blue, red, spread: [between(&sorted[0]), between(&sorted[1]) + between(&sorted[2])] }
    }

    fn signs(&self) -> [f32; 5] {
        let [luma, colour] = self.spread;
        [
            (self.luma / 128.0).ln(),
            4.0 * self.blue / self.luma,
            4.0 * self.red / self.luma,
            luma.min(2.0),
            4.0 * colour.min(0.5),
        ]
    }

    /// How far a mean colour is from that of the skin.
    fn off(&self, blue: f32, red: f32) -> f32 {
        (blue.hypot(red) / self.luma).min(0.5)
    }
}

/// Brightness and colour block by block, and how much neighbours differ.
fn structure(patch: &Patch, skin: &Skin) -> Vec<f32> {
    let bright = |luma: f32| (luma / skin.luma - 1.0).min(2.0);
    let colour = |channel: usize, own: f32| {
        let blocks = patch.blocks(3, channel).into_iter();
        blocks.map(move |value| (4.0 * (value - own) / skin.luma).clamp(-2.0, 2.0))
    };
    let [across, down] = [true, false].map(|across| patch.change(across));
    let rough = |change: f32| (10.0 * change / skin.luma).min(3.0);
    let spread = patch.spread(0);
    let mean_change = (across.iter().sum::<f32>() + down.iter().sum::<f32>()) / 8.0;
    let mut signs: Vec<f32> = patch.blocks(6, 0).into_iter().map(bright).collect();
    signs.extend(colour(1, skin.blue));
    signs.extend(colour(2, skin.red));
    signs.extend(across.map(rough));
    signs.extend(down.map(rough));
    signs.extend([
        4.0 * (spread / skin.luma).min(0.75),
        bright(patch.quantile(0.1)),
        bright(patch.quantile(0.9)),
        mean_change / spread.max(1.0), // fine structure, such as that of cloth, or broad
    ]);
    signs
}

/// How much a part differs from the one on the other side.
fn beside(patch: &Patch, other: &Patch, skin: &Skin) -> Vec<f32> {
    let blocks = |patch: &Patch| patch.blocks(2, 0);
    let mut signs: Vec<f32> = blocks(patch)
        .into_iter()
        .zip(blocks(other))
        .map(|(own, other)| ((own - other) / skin.luma).clamp(-2.0, 2.0))
        .collect();
    signs.push(4.0 * skin.off(patch.mean(1) - other.mean(1), patch.mean(2) - other.mean(2)));
    for across in [true, false] {
        let change = |patch: &Patch| patch.change(across).iter().sum::<f32>() / 4.0;
        signs.push((10.0 * (change(patch) - change(other)) / skin.luma).clamp(-3.0, 3.0));
    }
    signs
}

/// How much the left half of a part differs from the right one.
fn unevenness(patch: &Patch, skin: &Skin) -> Vec<f32> {
    let rows = patch.blocks(4, 0);
    let mut signs: Vec<f32> = rows
        .chunks_exact(4)
        .map(|row| ((row[0] + row[1] - row[2] - row[3]).abs() / (2.0 * skin.luma)).min(2.0))
        .collect();
    let [blue, red] = [1, 2].map(|channel| patch.halves(channel)).map(|[left, right]| left - right);
    signs.push(4.0 * skin.off(blue, red));
    for across in [true, false] {
        let [a, b, c, d] = patch.change(across);
        signs.push((5.0 * (a + c - b - d).abs() / skin.luma).min(3.0));
    }
    signs
}
