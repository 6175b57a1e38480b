//! Surfaces to pixels: triangles with a depth test, light interpolated between the points of the grid.

use super::frame::{Depths, Frame};
use super::maths::V3;
use super::texture::Texels;

/// A surface that is placed and lit.
pub(super) struct Lit<'a> {
    pub(super) columns: usize,
    /// Pixel coordinates and depth.
    pub(super) screen: Vec<V3>,
    pub(super) uv: &'a [[f32; 2]],
    /// Red, green, blue by which the texture is multiplied, and white that is added.
    pub(super) light: Vec<[f32; 4]>,
}

/// Which side of a surface is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Outer,
    Inner,
}

/// Draws one side of a surface.
pub(super) fn draw(frame: &mut Frame, lit: &Lit<'_>, texels: &mut impl Texels, side: Side) {
    let rows = lit.screen.len() / lit.columns;
    for row in 1..rows {
        for column in 1..lit.columns {
            let corner = row * lit.columns + column;
            let (a, b, c, d) = (corner - lit.columns - 1, corner - lit.columns, corner - 1, corner);
            triangle(frame, lit, texels, side, [a, b, c]);
            triangle(frame, lit, texels, side, [b, d, c]);
        }
    }
}

fn triangle(frame: &mut Frame, lit: &Lit<'_>, texels: &mut impl Texels, side: Side, corners: [usize; 3]) {
    let [a, b, c] = corners.map(|corner| lit.screen[corner]);
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if area.abs() < 1e-6 || (area > 0.0) != (side == Side::Outer) {
        return;
    }
    // The first place whose middle is not before the corner, or the one before; rounding would be a call.
    let low = |p: f32, q: f32, r: f32| (p.min(q).min(r) + 0.499).max(0.0) as i32 as usize;
    let high =
        |p: f32, q: f32, r: f32, end: usize| ((p.max(q).max(r) + 0.5).max(0.0) as i32 as usize).min(end);
    let (left, right) = (low(a.x, b.x, c.x), high(a.x, b.x, c.x, frame.width * frame.finer()));
    let (top, bottom) = (low(a.y, b.y, c.y), high(a.y, b.y, c.y, frame.height));
    if left >= right || top >= bottom {
        return;
    }
    let [ua, ub, uc] = corners.map(|corner| lit.uv[corner]);
    let [la, lb, lc] = corners.map(|corner| lit.light[corner]);
    let whole = 1.0 / area;
    let (bx, by) = ((c.y - a.y) * whole, (a.x - c.x) * whole);
    let (cx, cy) = ((a.y - b.y) * whole, (b.x - a.x) * whole);
    let (width, step, lines) = (frame.width, frame.finer() as f32, frame.finer() - 1);
    // Which samples of a row are looked at, and where the one before them lies: the same in every other row.
    let spans: [(usize, usize, f32); 2] = std::array::from_fn(|row| {
        let (first, last) = (frame.sample(row, left), frame.sample(row, right));
        (first, last, frame.place(row, first) - a.x - step)
    });
    for row in top..bottom {
        let y = row as i32 as f32 + 0.5 - a.y;
        let (first, last, mut x) = spans[row & lines & 1];
        for sample in &mut frame.samples[row * width + first..row * width + last] {
            x += step;
            let (wb, wc) = (x * bx + y * by, x * cx + y * cy);
            let wa = 1.0 - wb - wc;
            if wa < 0.0 || wb < 0.0 || wc < 0.0 {
                continue;
            }
            let depth = wa * a.z + wb * b.z + wc * c.z;
            if depth <= sample.depth {
                continue;
            }
            let texel = texels.at(wa * ua[0] + wb * ub[0] + wc * uc[0], wa * ua[1] + wb * ub[1] + wc * uc[1]);
            let opaque = texel[3];
            if opaque < 0.02 {
                continue;
            }
            if opaque > 0.5 {
                sample.depth = depth;
            }
            let light: [f32; 4] = std::array::from_fn(|part| wa * la[part] + wb * lb[part] + wc * lc[part]);
            // Black things (pupils, the inside of a mouth) do not shine.
            let shine = light[3] * (25.0 * texel[1]).min(1.0);
            let seen =
                [texel[0] * light[0] + shine, texel[1] * light[1] + shine, texel[2] * light[2] + shine, 1.0];
            for (v, s) in sample.colour.iter_mut().zip(seen) {
                *v += (s - *v) * opaque;
            }
        }
    }
}

/// Draws only the depth of every `step`th point of a grid.
pub(super) fn depth(map: &mut Depths, screen: &[V3], columns: usize, step: usize) {
    let rows = screen.len() / columns;
    for row in (step..rows).step_by(step) {
        for column in (step..columns).step_by(step) {
            let corner = row * columns + column;
            let above = corner - step * columns;
            depth_triangle(map, [screen[above - step], screen[above], screen[corner - step]]);
            depth_triangle(map, [screen[above], screen[corner], screen[corner - step]]);
        }
    }
}

fn depth_triangle(map: &mut Depths, [a, b, c]: [V3; 3]) {
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if area < 1e-6 {
        return; // turned away
    }
    let low = |p: f32, q: f32, r: f32| p.min(q).min(r).max(0.0) as i32 as usize;
    let high = |p: f32, q: f32, r: f32, end: usize| (p.max(q).max(r).max(0.0) as i32 as usize + 1).min(end);
    let (left, right) = (low(a.x, b.x, c.x), high(a.x, b.x, c.x, map.side));
    let (top, bottom) = (low(a.y, b.y, c.y), high(a.y, b.y, c.y, map.side));
    let whole = 1.0 / area;
    for row in top..bottom {
        let y = row as i32 as f32 + 0.5 - a.y;
        for column in left..right {
            let x = column as i32 as f32 + 0.5 - a.x;
            let wb = (x * (c.y - a.y) + y * (a.x - c.x)) * whole;
            let wc = (x * (a.y - b.y) + y * (b.x - a.x)) * whole;
            if wb < 0.0 || wc < 0.0 || wb + wc > 1.0 {
                continue;
            }
            let place = row * map.side + column;
            map.depth[place] = map.depth[place].max(a.z + wb * (b.z - a.z) + wc * (c.z - a.z));
        }
    }
}
