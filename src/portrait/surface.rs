//! Surfaces: grids of points. Everything in a portrait is one.

use std::ops::{Add, Mul, Sub};

use super::maths::V3;

/// A grid of points with their places on a texture. Columns go to the right and rows down when seen from outside.
pub(super) struct Surface {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) at: Vec<V3>,
    pub(super) uv: Vec<[f32; 2]>,
}

impl Surface {
    /// The grid of these points: `point(column, row)` with both in 0..=1, giving place and texture place.
    pub(super) fn new(
        columns: usize,
        rows: usize,
        mut point: impl FnMut(f32, f32) -> (V3, [f32; 2]),
    ) -> Self {
        let (mut at, mut uv) = (Vec::with_capacity(columns * rows), Vec::with_capacity(columns * rows));
        for row in 0..rows {
            for column in 0..columns {
                let (place, texture) =
                    point(column as f32 / (columns - 1) as f32, row as f32 / (rows - 1) as f32);
                at.push(place);
                uv.push(texture);
            }
        }
        Self { columns, rows, at, uv }
    }

    /// Outward directions, from the differences of neighbours.
    pub(super) fn normals(&self) -> Vec<V3> {
        let (columns, rows) = (self.columns, self.rows);
        let mut normals = Vec::with_capacity(self.at.len());
        for row in 0..rows {
            let (above, below) = (row.saturating_sub(1) * columns, (row + 1).min(rows - 1) * columns);
            for column in 0..columns {
                let (left, right) = (column.saturating_sub(1), (column + 1).min(columns - 1));
                let across = self.at[row * columns + right] - self.at[row * columns + left];
                let down = self.at[below + column] - self.at[above + column];
                normals.push(across.cross(down).unit());
            }
        }
        normals
    }

    /// The direction from row to row: along hair.
    pub(super) fn tangents(&self) -> Vec<V3> {
        let last = self.at.len();
        (0..last)
            .map(|place| {
                let above = if place < self.columns { place } else { place - self.columns };
                let below = if place + self.columns < last { place + self.columns } else { place };
                (self.at[below] - self.at[above]).unit()
            })
            .collect()
    }

    /// How far each point lies below its surroundings, in units along the normal, over `reach` grid steps.
    pub(super) fn depth_below(&self, normals: &[V3], reach: usize) -> Vec<f32> {
        let smooth = self.smoothed(&self.at, reach);
        self.at
            .iter()
            .zip(&smooth)
            .zip(normals)
            .map(|((at, around), normal)| (*around - *at).dot(*normal))
            .collect()
    }

    /// Values at the points, each averaged with its neighbours up to `reach` steps away.
    pub(super) fn smoothed<T: Average>(&self, values: &[T], reach: usize) -> Vec<T> {
        let across = running_mean(values, self.columns, 1, self.rows, self.columns, reach);
        running_mean(&across, self.rows, self.columns, self.columns, 1, reach)
    }
}

/// What can be averaged.
pub(super) trait Average:
    Copy + Default + Add<Output = Self> + Sub<Output = Self> + Mul<f32, Output = Self>
{
}

impl Average for V3 {}
impl Average for f32 {}

/// Means over `2 * reach + 1` values along `lines` lines of `length` values, `step` apart; lines start `stride` apart.
fn running_mean<T: Average>(
    values: &[T],
    length: usize,
    step: usize,
    lines: usize,
    stride: usize,
    reach: usize,
) -> Vec<T> {
    let mut means = vec![T::default(); values.len()];
    let share = 1.0 / (2 * reach + 1) as f32;
    for line in 0..lines {
        let value = |place: usize| values[line * stride + place.min(length - 1) * step];
        let mut sum = value(0) * (reach + 1) as f32;
        for place in 1..=reach {
            sum = sum + value(place);
        }
        for place in 0..length {
            means[line * stride + place * step] = sum * share;
            sum = sum + value(place + reach + 1) - value(place.saturating_sub(reach));
        }
    }
    means
}

/// A number of grid steps that suits the size in the picture.
pub(super) fn steps(base: usize, detail: f32) -> usize {
    (base as f32 * detail) as usize + 1
}
