//! How a scene is laid out: how finely it is drawn, and where each face stands.

use super::measured::{self, Rect};
use super::pose::Camera;
use super::scene::{Crop, Scene};

/// How finely a scene is drawn. Huge pictures are drawn smaller and enlarged.
pub(super) struct Plan {
    /// Width and height at which it is drawn.
    pub(super) drawn: (usize, usize),
    /// Samples across and down in each pixel.
    pub(super) finer: usize,
    /// By how many drawn pixels everybody is moved to the right and down, so that a border crops the first face.
    moved: (f32, f32),
}

/// The most pixels that are really drawn.
const MOST: f32 = 1_400_000.0;

impl Plan {
    pub(super) fn of(scene: &Scene) -> Self {
        let (width, height) = scene.pixels();
        let shrink = (MOST / (width as f32 * height as f32)).sqrt().min(1.0);
        let side = |pixels: u32| ((pixels as f32 * shrink) as usize).max(1);
        let drawn = (side(width), side(height));
        let finer = if drawn.0 * drawn.1 > 700_000 { 1 } else { 2 };
        let whole = Self { drawn, finer, moved: (0.0, 0.0) };
        Self { moved: whole.cropping(scene), ..whole }
    }

    /// By how much the first face must be moved for the crop that is asked for.
    fn cropping(&self, scene: &Scene) -> (f32, f32) {
        let crop = &scene.crop;
        if *crop == Crop::default() || scene.faces.is_empty() {
            return (0.0, 0.0);
        }
        let face = measured::box_of(&scene.faces[0], self.camera(scene, 0, 1.0));
        beyond(crop, face, (self.drawn.0 as f32, self.drawn.1 as f32))
    }

    /// The camera for a face, in units of a pixel divided by `finer`.
    pub(super) fn camera(&self, scene: &Scene, index: usize, finer: f32) -> Camera {
        let (columns, rows) = scene.grid();
        let wide = self.drawn.0 as f32 / columns as f32 * finer;
        let high = self.drawn.1 as f32 / rows as f32 * finer;
        let (column, row) = (index as u32 % columns, index as u32 / columns);
        let scale = (high / 4.15).min(wide / 3.0) * scene.faces[index].zoom;
        // People far away stand lower, so that their clothes reach the edge.
        let eyes = (0.455 * high).max(high - 3.2 * scale);
        Camera {
            x: (column as f32 + 0.5) * wide + self.moved.0 * finer,
            y: row as f32 * high + eyes + self.moved.1 * finer,
            scale,
        }
    }
}

/// By how much a face must be moved to the right and down so that borders crop it.
pub(super) fn beyond(crop: &Crop, face: Rect, (width, height): (f32, f32)) -> (f32, f32) {
    let moved = |low: f32, high: f32, from: f32, size: f32, end: f32| {
        if low > 0.0 {
            -from - low * size
        } else if high > 0.0 {
            end - from - size + high * size
        } else {
            0.0
        }
    };
    (
        moved(crop.left, crop.right, face.x, face.width, width),
        moved(crop.top, crop.bottom, face.y, face.height, height),
    )
}
