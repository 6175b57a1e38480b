//! How good the picture of a face is: cover of each part, blur, light, whether all of it is there, and whether it is a
//! picture of a screen. All of it is plain statistics of one upright patch.

use super::patch::{Patch, SIDE, blur};

/// The parts of a face in the order in which this server checks them, in the subject's own sense of left and right.
pub const PARTS: [&str; 7] =
    ["chin_contour", "mouth", "nose", "right_cheek", "left_cheek", "right_eye", "left_eye"];

/// Each part's place in the patch (left, top, right, bottom), and the share of it that has not the skin's colour by nature.
const PLACES: [([f32; 4], f32); 7] = [
    ([0.38, 0.90, 0.62, 1.0], 0.45),
    ([0.37, 0.74, 0.63, 0.87], 0.35),
    ([0.43, 0.47, 0.57, 0.66], 0.30),
    ([0.13, 0.55, 0.31, 0.74], 0.30),
    ([0.69, 0.55, 0.87, 0.74], 0.30),
    ([0.17, 0.27, 0.36, 0.42], 0.45),
    ([0.64, 0.27, 0.83, 0.42], 0.45),
];

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Quality {
    /// Cover of each of [`PARTS`], 0 to 1.
    pub cover: [f32; 7],
    /// 0 is sharp, 1 is blurred.
    pub blur: f32,
    /// Mean brightness of the face, 0 to 255.
    pub light: f32,
    /// Whether the whole face is inside the picture.
    pub whole: bool,
    /// How likely it is that a person was before the camera, 0 to 1.
    pub live: f32,
}

impl Quality {
    /// Measures an upright patch; `whole` was judged from the box.
    pub fn of(patch: &Patch, whole: bool) -> Self {
        Self { cover: cover(patch), blur: blurriness(patch), light: light(patch), whole, live: live(patch) }
    }
}

/// The middle one of some values.
fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    values.select_nth_unstable_by(middle, f32::total_cmp);
    values[middle]
}

/// The share of each part that is flat black or white, or of a colour that is not this person's skin.
fn cover(patch: &Patch) -> [f32; 7] {
    let skin: Vec<usize> = patch.inside([0.22, 0.42, 0.78, 0.72]).collect();
    let of = |value: &dyn Fn(usize) -> f32| median(skin.iter().map(|index| value(*index)).collect());
    let (luma, red, blue) = (of(&|i| patch.luma[i]), of(&|i| patch.chroma[i].0), of(&|i| patch.chroma[i].1));
    let mean = blur(&patch.luma, SIDE, 1.5);
    let squares: Vec<f32> = patch.luma.iter().map(|value| value * value).collect();
    let squares = blur(&squares, SIDE, 1.5);
    let tone = (red * red + blue * blue).sqrt();
    PLACES.map(|(place, natural)| {
        let (mut coloured, mut dark, mut flat, mut count) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
        for index in patch.inside(place) {
            let spread = (squares[index] - mean[index] * mean[index]).max(0.0).sqrt();
            let (r, b) = patch.chroma[index];
            let away = ((r - red).powi(2) + (b - blue).powi(2)).sqrt();
            let neutral = tone > 14.0 && r.hypot(b) < 0.35 * tone;
            let black = patch.luma[index] < 0.35 * luma;
            count += 1.0;
            coloured += f32::from(away > tone.max(6.0) * 0.9 + 8.0);
            dark += f32::from(black);
            flat += f32::from(spread < 0.03 * luma.max(60.0) && (black || neutral));
        }
        let beyond = |share: f32, natural: f32| (share / count.max(1.0) - natural) / (1.0 - natural);
        let cover = beyond(coloured, natural).max(beyond(dark, 0.35)).max(1.4 * beyond(flat, 0.08));
        cover.clamp(0.0, 1.0)
    })
}

/// How little a further blur changes: the measure of Crété and others, spread to 0 to 1.
fn blurriness(patch: &Patch) -> f32 {
    let soft = blur(&patch.luma, SIDE, 2.5);
    let (mut sharp, mut lost) = (1e-3, 0.0);
    for index in patch.inside([0.08, 0.08, 0.92, 0.95]) {
        for step in [1, SIDE] {
            let before = (patch.luma[index] - patch.luma[index - step]).abs();
            let after = (soft[index] - soft[index - step]).abs();
            sharp += before;
            lost += (before - after).max(0.0);
        }
    }
    let kept = 1.0 - lost / sharp;
    ((kept - 0.55) / 0.4).clamp(0.0, 1.0)
}

/// Mean brightness of the inner face.
fn light(patch: &Patch) -> f32 {
    let inner: Vec<f32> = patch.inside([0.15, 0.15, 0.85, 0.9]).map(|index| patch.luma[index]).collect();
    inner.iter().sum::<f32>() / inner.len() as f32
}

/// A screen or a print shows a regular grid: looks for a short period in the rows and columns.
fn live(patch: &Patch) -> f32 {
    let soft = blur(&patch.luma, SIDE, 1.0);
    let detail: Vec<f32> = patch.luma.iter().zip(&soft).map(|(a, b)| a - b).collect();
    let inner: Vec<usize> = patch.inside([0.1, 0.1, 0.9, 0.9]).collect();
    let energy: f32 = inner.iter().map(|index| detail[*index].powi(2)).sum::<f32>() + 1.0;
    let mut regular = 0.0f32;
    for step in [1, SIDE] {
        let likeness: Vec<f32> = (0..=9)
            .map(|lag| {
                inner.iter().map(|index| detail[*index] * detail[index + lag * step]).sum::<f32>() / energy
            })
            .collect();
        let peaks = likeness.windows(3).filter(|of| of[1] > of[0] + 0.1 && of[1] >= of[2]).map(|of| of[1]);
        regular = peaks.fold(regular, f32::max);
    }
    (1.0 - ((regular - 0.25) * 3.0).max(0.0)).clamp(0.01, 0.985)
}
