//! Light on surfaces: a soft key lamp with shadows, light from the sky around, and shine.

use super::frame::Depths;
use super::maths::{V3, smooth, turn, v3};
use super::raster;
use super::scene::Lamp;

/// What a surface is made of.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Material {
    /// Soft: light bleeds red into the shadow; shines a little.
    Skin,
    /// Strands along the rows: shines in bands across them.
    Hair,
    /// Dull.
    Cloth,
    /// Smooth and shining.
    Gloss,
}

/// The lamp, and what stands in its way.
pub(super) struct Light {
    towards: V3,
    half: V3,
    across: V3,
    down: V3,
    shadows: Depths,
    exposure: f32,
}

/// Texels along a side of the shadow map, and its half side in units.
const MAP: usize = 200;
const REACH: f32 = 2.6;

impl Light {
    /// `exposure` makes all light stronger, as a photographer does for dark skin.
    pub(super) fn new(lamp: Lamp, exposure: f32) -> Self {
        let ((sa, ca), (se, ce)) = (turn(lamp.azimuth), turn(lamp.elevation));
        let towards = v3(sa * ce, -se, ca * ce);
        let across = v3(0.0, 1.0, 0.001).cross(towards).unit();
        let down = towards.cross(across);
        let half = (towards + v3(0.0, 0.0, 1.0)).unit();
        Self { towards, half, across, down, shadows: Depths::new(MAP), exposure }
    }

    fn seen(&self, p: V3) -> V3 {
        let p = p - v3(0.0, 0.4, 0.0);
        let place = |v: f32| (v / REACH + 1.0) * 0.5 * MAP as f32;
        v3(place(self.across.dot(p)), place(self.down.dot(p)), self.towards.dot(p))
    }

    /// Lets a placed surface cast shadows; every `step`th point counts.
    pub(super) fn shade_behind(&mut self, at: &[V3], columns: usize, step: usize) {
        let seen: Vec<V3> = at.iter().map(|p| self.seen(*p)).collect();
        raster::depth(&mut self.shadows, &seen, columns, step);
    }

    /// 1 where the lamp is seen, 0 in full shadow; soft edges.
    pub(super) fn open(&self, p: V3, normal: V3) -> f32 {
        if normal.dot(self.towards) < -0.4 {
            return 0.0; // turned away: no light to be shaded
        }
        let seen = self.seen(p + normal * 0.05);
        let mut open = 0.0;
        for (dx, dy) in [(-2.5, -1.0), (1.0, -2.5), (2.5, 1.0), (-1.0, 2.5_f32)] {
            let column = (seen.x + dx).clamp(0.0, (MAP - 1) as f32) as usize;
            let row = (seen.y + dy).clamp(0.0, (MAP - 1) as f32) as usize;
            open += 1.0 - smooth(0.03, 0.14, self.shadows.depth[row * MAP + column] - seen.z);
        }
        open * 0.25
    }

    /// Red, green, blue to multiply colour by, and white to add, at a point of a surface.
    ///
    /// `open` is how much of the lamp is seen, `hollow` how far the point lies below its surroundings, in units.
    pub(super) fn at(&self, normal: V3, tangent: V3, open: f32, hollow: f32, material: Material) -> [f32; 4] {
        let facing = normal.dot(self.towards);
        let narrow = (1.0 - 3.2 * hollow).clamp(0.35, 1.12);
        let sky = (0.52 - 0.16 * normal.y + 0.2 * normal.z.max(0.0)) * narrow;
        let key = |wrap: f32| ((facing + wrap) / (1.0 + wrap)).max(0.0) * (0.12 + 0.88 * open);
        let (red, green, blue, shine) = match material {
            Material::Skin => {
                let glint = power_of_16(normal.dot(self.half));
                let edge = 1.0 - normal.z.max(0.0);
                let shine = 0.04 * glint * open + 0.02 * edge * edge * edge * narrow;
                (key(0.34), key(0.22), key(0.17), shine)
            }
            Material::Hair => {
                let (along, across) = (tangent.dot(self.towards), tangent.dot(self.half));
                let band = power_of_16((1.0 - across * across).max(0.0));
                let lit = 0.45
                    * (1.0 - along * along).max(0.0).sqrt()
                    * (0.2 + 0.8 * open)
                    * smooth(-0.4, 0.5, facing);
                let k = lit + 0.55 * key(0.3);
                (k, k, k, 0.09 * band * open * smooth(-0.2, 0.4, facing))
            }
            Material::Cloth => (key(0.15), key(0.15), key(0.15), 0.0),
            Material::Gloss => {
                let glint = power_of_16(power_of_16(normal.dot(self.half)));
                (key(0.1), key(0.1), key(0.1), 0.5 * glint * open)
            }
        };
        let narrow = 0.35 + 0.65 * narrow;
        let k = self.exposure;
        [
            k * (0.42 * sky + 0.92 * red * narrow),
            k * (0.43 * sky + 0.9 * green * narrow),
            k * (0.46 * sky + 0.86 * blue * narrow),
            shine,
        ]
    }
}

fn power_of_16(x: f32) -> f32 {
    let x = x.max(0.0);
    let x4 = x * x * (x * x);
    let x8 = x4 * x4;
    x8 * x8
}
