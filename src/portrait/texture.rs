//! Colour painted on a surface: a rectangle of the plane with a number of texels a unit.

use super::colour::Rgb;

/// Colour and opacity over a rectangle of the plane.
pub(super) struct Texture {
    left: f32,
    top: f32,
    across: f32,
    down: f32,
    width: usize,
    height: usize,
    texels: Vec<[f32; 4]>,
}

/// A rectangle of the plane in which something is painted.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    /// The rectangle about a centre with these half-sides.
    pub(super) fn about(x: f32, y: f32, wide: f32, high: f32) -> Self {
        Self { left: x - wide, top: y - high, right: x + wide, bottom: y + high }
    }
}

impl Texture {
    /// One opaque colour over an area, with `fine` texels a unit.
    pub(super) fn new(area: Area, fine: f32, colour: Rgb) -> Self {
        Self::new_uneven(area, fine, fine, colour)
    }

    /// The same with different numbers of texels a unit across and down.
    pub(super) fn new_uneven(area: Area, across: f32, down: f32, colour: Rgb) -> Self {
        let width = ((area.right - area.left) * across) as usize + 1;
        let height = ((area.bottom - area.top) * down) as usize + 1;
        let texel = [colour[0], colour[1], colour[2], 1.0];
        Self {
            left: area.left,
            top: area.top,
            across,
            down,
            width,
            height,
            texels: vec![texel; width * height],
        }
    }

    /// One colour everywhere.
    pub(super) fn plain(colour: Rgb) -> Self {
        Self::new(Area { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 }, 1.0, colour)
    }

    /// The colour and opacity at a point; outside, that of the edge.
    pub(super) fn at(&self, x: f32, y: f32) -> [f32; 4] {
        // By way of i32: the machine has no conversion to usize.
        let column = ((x - self.left) * self.across).max(0.0) as i32 as usize;
        let row = ((y - self.top) * self.down).max(0.0) as i32 as usize;
        self.texels[row.min(self.height - 1) * self.width + column.min(self.width - 1)]
    }

    /// Changes each texel of an area, which may reach beyond the edge.
    pub(super) fn change(&mut self, area: Area, mut change: impl FnMut(f32, f32, &mut [f32; 4])) {
        let place = |distance: f32, fine: f32, size: usize| ((distance * fine).max(0.0) as usize).min(size);
        let column = |x: f32| place(x - self.left, self.across, self.width);
        let row = |y: f32| place(y - self.top, self.down, self.height);
        let (from, to) = (column(area.left), column(area.right));
        let (first, last) = (row(area.top), row(area.bottom));
        for row in first..last {
            let y = self.top + (row as f32 + 0.5) / self.down;
            let texels = &mut self.texels[row * self.width..];
            for (column, texel) in texels.iter_mut().enumerate().take(to).skip(from) {
                change(self.left + (column as f32 + 0.5) / self.across, y, texel);
            }
        }
    }

    /// Changes all texels.
    pub(super) fn change_all(&mut self, change: impl FnMut(f32, f32, &mut [f32; 4])) {
        let all = Area {
            left: self.left,
            top: self.top,
            right: self.left + self.width as f32 / self.across + 1.0,
            bottom: self.top + self.height as f32 / self.down + 1.0,
        };
        self.change(all, change);
    }

    /// Lays a colour over an area, as opaquely as `share` says (0 to 1).
    pub(super) fn paint(&mut self, area: Area, colour: Rgb, mut share: impl FnMut(f32, f32) -> f32) {
        self.change(area, |x, y, texel| {
            let opaque = share(x, y).clamp(0.0, 1.0);
            for (v, c) in texel.iter_mut().zip(colour) {
                *v += (c - *v) * opaque;
            }
        });
    }

    /// Filters an area by a colour, as strongly as `share` says (0 to 1).
    pub(super) fn filter(&mut self, area: Area, colour: Rgb, mut share: impl FnMut(f32, f32) -> f32) {
        self.change(area, |x, y, texel| {
            let strong = share(x, y).clamp(0.0, 1.0);
            for (v, c) in texel.iter_mut().zip(colour) {
                *v *= 1.0 + (c - 1.0) * strong;
            }
        });
    }
}
