//! What is put around and upon a finished picture: a larger canvas, a marker. Both leave the face where it is.

use lianpu_corpus::Marker;

use super::picture::Raster;
use super::scene::Scene;

/// The grey of a canvas.
const GREY: u8 = 128;

/// The picture as the scene wants it mounted.
pub(super) fn mount(scene: &Scene, picture: Raster) -> Raster {
    let mut mounted = match scene.canvas {
        Some(canvas) => on_canvas(&picture, canvas),
        None => picture,
    };
    if let Some(marker) = scene.marker {
        mark(&mut mounted, marker);
    }
    mounted
}

/// The picture in the top-left corner of a flat one; what does not fit is cut off.
fn on_canvas(picture: &Raster, (width, height): (u32, u32)) -> Raster {
    let stride = 3 * width as usize;
    let mut pixels = vec![GREY; stride * height as usize];
    let own = 3 * picture.width as usize;
    let shared = own.min(stride);
    for (to, from) in pixels.chunks_exact_mut(stride).zip(picture.pixels.chunks_exact(own)) {
        to[..shared].copy_from_slice(&from[..shared]);
    }
    Raster { width, height, pixels }
}

/// Squares side by side from the top-left corner.
fn mark(picture: &mut Raster, marker: &Marker) {
    let side = marker.side as usize;
    let stride = 3 * picture.width as usize;
    for row in picture.pixels.chunks_exact_mut(stride).take(side) {
        for (pixel, colour) in row.chunks_exact_mut(3).zip(marker.colours.iter().flat_map(|c| vec![c; side]))
        {
            pixel.copy_from_slice(colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scene, draw};

    #[test]
    fn canvas_and_marker_stand_where_they_are_defined() {
        let plain = draw(&Scene::parse("anna size=64x80").expect("a scene"));
        let mounted = draw(&Scene::parse("anna size=64x80 canvas=200x100 marker=porn").expect("a scene"));
        assert_eq!((mounted.width, mounted.height), (200, 100));
        let at = |x: usize, y: usize| &mounted.pixels[3 * (200 * y + x)..][..3];
        let marker = &lianpu_corpus::markers()[0];
        assert_eq!(
            (at(0, 0), at(15, 15), at(16, 0)),
            (&marker.colours[0][..], &marker.colours[0][..], &marker.colours[1][..])
        );
        assert_eq!(at(30, 40), &plain.pixels[3 * (64 * 40 + 30)..][..3]);
        assert_eq!(at(150, 90), [128, 128, 128]);
    }
}
