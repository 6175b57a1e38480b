//! Colour painted on a surface: a rectangle of the plane with a number of texels a unit.

use super::colour::Rgb;

/// What a surface is looked up in: colour and opacity at a point; outside, that of the edge.
pub(super) trait Texels {
    fn at(&mut self, x: f32, y: f32) -> [f32; 4];
}

/// Colour and opacity over a rectangle of the plane.
pub(super) struct Texture {
    grid: Grid,
    texels: Vec<[f32; 4]>,
}

/// The same, each texel worked out when it is first seen: for what is mostly hidden.
pub(super) struct Lazy<F> {
    grid: Grid,
    texels: Vec<[f32; 4]>,
    texel: F,
}

/// How a rectangle of the plane is divided into texels.
#[derive(Clone, Copy)]
struct Grid {
    left: f32,
    top: f32,
    across: f32,
    down: f32,
    width: usize,
    height: usize,
}

impl Grid {
    /// With these numbers of texels a unit across and down.
    fn new(area: Area, across: f32, down: f32) -> Self {
        let width = ((area.right - area.left) * across) as usize + 1;
        let height = ((area.bottom - area.top) * down) as usize + 1;
        Self { left: area.left, top: area.top, across, down, width, height }
    }

    /// The number of texels.
    fn size(&self) -> usize {
        self.width * self.height
    }

    /// The texel at a point; outside, the one at the edge.
    fn nearest(&self, x: f32, y: f32) -> (usize, usize) {
        // By way of i32: the machine has no conversion to usize.
        let column = ((x - self.left) * self.across).max(0.0) as i32 as usize;
        let row = ((y - self.top) * self.down).max(0.0) as i32 as usize;
        (column.min(self.width - 1), row.min(self.height - 1))
    }

    /// The middle of a texel.
    fn middle(&self, column: usize, row: usize) -> (f32, f32) {
        (self.left + (column as f32 + 0.5) / self.across, self.top + (row as f32 + 0.5) / self.down)
    }
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
        let grid = Grid::new(area, fine, fine);
        Self { grid, texels: vec![[colour[0], colour[1], colour[2], 1.0]; grid.size()] }
    }

    /// One colour everywhere.
    pub(super) fn plain(colour: Rgb) -> Self {
        Self::new(Area { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 }, 1.0, colour)
    }

    /// The colour and opacity at a point; outside, that of the edge.
    pub(super) fn at(&self, x: f32, y: f32) -> [f32; 4] {
        let (column, row) = self.grid.nearest(x, y);
        self.texels[row * self.grid.width + column]
    }

    /// Changes each texel of an area, which may reach beyond the edge.
    pub(super) fn change(&mut self, area: Area, mut change: impl FnMut(f32, f32, &mut [f32; 4])) {
        let grid = self.grid;
        let place = |distance: f32, fine: f32, size: usize| ((distance * fine).max(0.0) as usize).min(size);
        let column = |x: f32| place(x - grid.left, grid.across, grid.width);
        let row = |y: f32| place(y - grid.top, grid.down, grid.height);
        let (from, to) = (column(area.left), column(area.right));
        let (first, last) = (row(area.top), row(area.bottom));
        for row in first..last {
            let texels = &mut self.texels[row * grid.width..];
            for (column, texel) in texels.iter_mut().enumerate().take(to).skip(from) {
                let (x, y) = grid.middle(column, row);
                change(x, y, texel);
            }
        }
    }

    /// Changes all texels.
    pub(super) fn change_all(&mut self, change: impl FnMut(f32, f32, &mut [f32; 4])) {
        let grid = self.grid;
        let all = Area {
            left: grid.left,
            top: grid.top,
            right: grid.left + grid.width as f32 / grid.across + 1.0,
            bottom: grid.top + grid.height as f32 / grid.down + 1.0,
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

impl Texels for &Texture {
    fn at(&mut self, x: f32, y: f32) -> [f32; 4] {
        Texture::at(self, x, y)
    }
}

impl<F: Fn(f32, f32) -> [f32; 4]> Lazy<F> {
    /// The opacity of a texel that was not looked at yet.
    const UNSEEN: f32 = -1.0;

    /// `texel` over an area, with these numbers of texels a unit across and down.
    pub(super) fn new(area: Area, (across, down): (f32, f32), texel: F) -> Self {
        let grid = Grid::new(area, across, down);
        Self { grid, texels: vec![[0.0, 0.0, 0.0, Self::UNSEEN]; grid.size()], texel }
    }
}

impl<F: Fn(f32, f32) -> [f32; 4]> Texels for Lazy<F> {
    #[inline]
    fn at(&mut self, x: f32, y: f32) -> [f32; 4] {
        let (column, row) = self.grid.nearest(x, y);
        let place = row * self.grid.width + column;
        if self.texels[place][3] < 0.0 {
            let (x, y) = self.grid.middle(column, row);
            self.texels[place] = (self.texel)(x, y);
        }
        self.texels[place]
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Area, Lazy, Texels, Texture};
    use proptest::prelude::*;

    const AREA: Area = Area { left: -1.0, top: 0.5, right: 1.5, bottom: 2.0 };

    fn colour(x: f32, y: f32) -> [f32; 4] {
        [x + 2.0, y, x * y + 3.0, 0.5]
    }

    proptest! {
        #[test]
        fn lazily_or_at_once_the_texels_are_the_same(x in -2.0..3.0_f32, y in -1.0..4.0_f32, fine in 3.0..40.0_f32) {
            let mut whole = Texture::new(AREA, fine, [0.0; 3]);
            whole.change_all(|x, y, texel| *texel = colour(x, y));
            let lazy = Lazy::new(AREA, (fine, fine), colour).at(x, y);
            prop_assert_eq!(lazy.map(f32::to_bits), whole.at(x, y).map(f32::to_bits));
        }
    }

    #[test]
    fn a_texel_is_worked_out_once_and_only_when_seen() {
        let times = Cell::new(0);
        let mut lazy = Lazy::new(AREA, (10.0, 10.0), |x, y| {
            times.set(times.get() + 1);
            colour(x, y)
        });
        assert_eq!(times.get(), 0);
        let first = lazy.at(0.0, 1.0);
        assert_eq!((lazy.at(0.0, 1.0), times.get()), (first, 1));
    }
}
