//! Pictures enlarged, and colours between pixels.

use super::colour::Rgb;
use super::maths::mix;

/// Enlarges from one width and height to another by linear interpolation.
pub(super) fn enlarged(pixels: &[Rgb], from: (usize, usize), to: (usize, usize)) -> Vec<Rgb> {
    let columns = Neighbours::all(from.0, to.0);
    let mut into = Vec::with_capacity(to.0 * to.1);
    for rows in Neighbours::all(from.1, to.1) {
        let [above, below] = [rows.low, rows.high].map(|row| &pixels[row * from.0..][..from.0]);
        for across in &columns {
            let [above, below] = [above, below].map(|row| [row[across.low], row[across.high]]);
            into.push(mixed(above, below, across.share, rows.share));
        }
    }
    into
}

/// Which two places of a line are mixed for a place of an enlarged one.
#[derive(Clone, Copy)]
pub(super) struct Neighbours {
    pub(super) low: usize,
    pub(super) high: usize,
    /// 0 for the low one alone, nearly 1 for the high one.
    pub(super) share: f32,
}

impl Neighbours {
    /// Those of every place, when a line of `from` places becomes one of `to`.
    pub(super) fn all(from: usize, to: usize) -> Vec<Self> {
        let last = from - 1;
        (0..to)
            .map(|place| {
                let at = ((place as f32 + 0.5) * from as f32 / to as f32 - 0.5).clamp(0.0, last as f32);
                Self { low: at as usize, high: (at as usize + 1).min(last), share: at - at.floor() }
            })
            .collect()
    }
}

/// The colour between four, by the shares of the right and the lower ones.
pub(super) fn mixed(above: [Rgb; 2], below: [Rgb; 2], across: f32, down: f32) -> Rgb {
    std::array::from_fn(|channel| {
        mix(
            mix(above[0][channel], above[1][channel], across),
            mix(below[0][channel], below[1][channel], across),
            down,
        )
    })
}

/// The colour between the pixels of a picture; beyond the border, that of the border.
pub(super) fn between(pixels: &[Rgb], (width, height): (usize, usize), x: f32, y: f32) -> Rgb {
    let (x, y) = (x.clamp(0.0, (width - 1) as f32), y.clamp(0.0, (height - 1) as f32));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (across, down) = (x - left as f32, y - top as f32);
    let [above, below] = [top, bottom].map(|row| [pixels[row * width + left], pixels[row * width + right]]);
    mixed(above, below, across, down)
}
