//! A square piece of a picture, turned upright and brought to a fixed size.

use image::RgbImage;

/// Side of every patch in pixels.
pub const SIDE: usize = 128;

/// Where a square lies in a picture: centre and side in pixels, clockwise turn in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// Centre from the left edge.
    pub x: f32,
    /// Centre from the upper edge.
    pub y: f32,
    /// Length of a side.
    pub side: f32,
    /// Clockwise turn against upright.
    pub turn: f32,
}

impl Square {
    /// The point of the picture at `(u, v)` of the square, both 0 to 1 from its own upper left corner.
    pub fn point(&self, u: f32, v: f32) -> (f32, f32) {
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let (dx, dy) = ((u - 0.5) * self.side, (v - 0.5) * self.side);
        (self.x + dx * cos - dy * sin, self.y + dx * sin + dy * cos)
    }

    /// The same square, larger or smaller about its centre.
    #[must_use]
    pub fn grown(&self, factor: f32) -> Self {
        Self { side: self.side * factor, ..*self }
    }
}

/// The samples of a square.
#[derive(Clone, Debug)]
pub struct Patch {
    /// Samples on a side.
    pub side: usize,
    /// Brightness of each sample, 0 to 255, row by row.
    pub luma: Vec<f32>,
    /// Colour of each sample: red and blue less brightness.
    pub chroma: Vec<(f32, f32)>,
}

impl Patch {
    /// Samples `square` of `picture` on a grid of `side`; what lies outside is a middle grey.
    pub fn cut(picture: &RgbImage, square: &Square, side: usize) -> Self {
        let step = square.side / side as f32;
        let taps = (step.ceil() as usize).clamp(1, 6);
        let mut luma = Vec::with_capacity(side * side);
        let mut chroma = Vec::with_capacity(side * side);
        for row in 0..side {
            for column in 0..side {
                let mut sum = [0.0f32; 3];
                for tap in 0..taps * taps {
                    let inside = |index: usize| (index as f32 + 0.5) / taps as f32;
                    let u = (column as f32 + inside(tap % taps)) / side as f32;
                    let v = (row as f32 + inside(tap / taps)) / side as f32;
                    let (x, y) = square.point(u, v);
                    let colour = bilinear(picture, x - 0.5, y - 0.5);
                    for (total, part) in sum.iter_mut().zip(colour) {
                        *total += part;
                    }
                }
                let [r, g, b] = sum.map(|total| total / (taps * taps) as f32);
                let y = 0.299 * r + 0.587 * g + 0.114 * b;
                luma.push(y);
                chroma.push((r - y, b - y));
            }
        }
        Self { side, luma, chroma }
    }

    /// Brightness as whole numbers, for the detector.
    pub fn bytes(&self) -> Vec<u8> {
        self.luma.iter().map(|value| value.round().clamp(0.0, 255.0) as u8).collect()
    }

    /// Indices of the samples inside a rectangle given in shares of the side.
    pub fn inside(&self, [left, top, right, bottom]: [f32; 4]) -> impl Iterator<Item = usize> + '_ {
        let at = |share: f32| (share.clamp(0.0, 1.0) * self.side as f32) as usize;
        let (x0, y0, x1, y1) = (at(left), at(top), at(right), at(bottom));
        (y0..y1).flat_map(move |y| (x0..x1).map(move |x| y * self.side + x))
    }
}

/// The colour between four pixels; a middle grey outside.
fn bilinear(picture: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    if x < -1.0 || y < -1.0 || x > width || y > height {
        return [127.0; 3];
    }
    let (x, y) = (x.clamp(0.0, width - 1.0), y.clamp(0.0, height - 1.0));
    let (x0, y0) = (x.floor(), y.floor());
    let (fx, fy) = (x - x0, y - y0);
    let (x0, y0) = (x0 as u32, y0 as u32);
    let (x1, y1) = ((x0 + 1).min(picture.width() - 1), (y0 + 1).min(picture.height() - 1));
    let [a, b, c, d] = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| picture.get_pixel(x, y).0);
    std::array::from_fn(|i| {
        let upper = f32::from(a[i]) * (1.0 - fx) + f32::from(b[i]) * fx;
        let lower = f32::from(c[i]) * (1.0 - fx) + f32::from(d[i]) * fx;
        upper * (1.0 - fy) + lower * fy
    })
}

/// A Gaussian blur of a square plane; the border is repeated.
pub fn blur(plane: &[f32], side: usize, sigma: f32) -> Vec<f32> {
    let reach = (sigma * 3.0).ceil() as isize;
    let weights: Vec<f32> =
        (-reach..=reach).map(|d| (-((d * d) as f32) / (2.0 * sigma * sigma)).exp()).collect();
    let total: f32 = weights.iter().sum();
    let pass = |input: &[f32], stride: usize, across: usize| {
        let mut output = vec![0.0; input.len()];
        for line in 0..side {
            for at in 0..side {
                let mut sum = 0.0;
                for (weight, d) in weights.iter().zip(-reach..=reach) {
                    let from = (at as isize + d).clamp(0, side as isize - 1) as usize;
                    sum += weight * input[line * across + from * stride];
                }
                output[line * across + at * stride] = sum / total;
            }
        }
        output
    };
    pass(&pass(plane, 1, side), side, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_square_has_its_corner_turned_with_it() {
        let square = Square { x: 100.0, y: 100.0, side: 40.0, turn: 90.0 };
        let (x, y) = square.point(0.0, 0.0);
        assert!((x - 120.0).abs() < 0.01 && (y - 80.0).abs() < 0.01, "{x} {y}");
    }

    #[test]
    fn a_blur_keeps_a_flat_plane() {
        let plane = vec![7.0; 16 * 16];
        assert!(blur(&plane, 16, 2.0).iter().all(|value| (value - 7.0).abs() < 0.001));
    }
}
