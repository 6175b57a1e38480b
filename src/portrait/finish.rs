//! From light to the bytes of pixels: glare, film, style, darkness, blur, recapture, size and sensor noise.

use super::blur::{blurred, shaken};
use super::cartoon;
use super::colour::{Film, Rgb};
use super::enlarge::enlarged;
use super::glare;
use super::picture::Raster;
use super::plan::Plan;
use super::random::Random;
use super::recapture;
use super::scene::{Motion, Recapture, Scene, Style};

/// Makes the pixels of the picture.
pub(super) fn finish(scene: &Scene, plan: &Plan, light: Vec<Rgb>) -> Raster {
    let (film, mut grey) = (Film::new(), light);
    if scene.glare > 0.0 {
        glare::add(&mut grey, plan.drawn.0, scene);
    }
    for v in grey.as_flattened_mut() {
        *v = film.grey(*v) * scene.dark;
    }
    if scene.style == Style::Cartoon {
        grey = cartoon::drawn(&grey, plan.drawn.0);
    }
    let (width, height) = scene.pixels();
    let shrink = plan.drawn.0 as f32 / width as f32;
    if scene.blur > 0.0 {
        grey = blurred(&grey, plan.drawn.0, scene.blur * shrink);
    }
    if scene.motion.pixels > 0.0 {
        let motion = Motion { pixels: scene.motion.pixels * shrink, ..scene.motion };
        grey = shaken(&grey, plan.drawn.0, motion);
    }
    if scene.recapture != Recapture::None {
        grey = recapture::of(&grey, plan.drawn, scene);
    }
    if plan.drawn != (width as usize, height as usize) {
        grey = enlarged(&grey, plan.drawn, (width as usize, height as usize));
    }
    let mut random = Random::new(scene.seed, 12);
    let mut pixels = vec![0; 3 * grey.len()];
    for (bytes, rgb) in pixels.as_chunks_mut::<3>().0.iter_mut().zip(&grey) {
        let noise = normal(&mut random);
        for channel in 0..3 {
            let v = rgb[channel] + scene.noise * noise[channel] + 0.5;
            bytes[channel] = v.clamp(0.0, 255.0) as i32 as u8;
        }
    }
    Raster { width, height, pixels }
}

/// Three numbers about normally distributed with variance 1: each the sum of three uniform ones of 7 bits.
fn normal(random: &mut Random) -> [f32; 3] {
    let bits = random.bits();
    std::array::from_fn(|number| {
        let part = |at: usize| (bits >> (21 * number + 7 * at)) as i32 & 0x7F;
        // Three uniform numbers of 0..=127 have mean 190.5 and variance 3 * (128 * 128 - 1) / 12.
        ((part(0) + part(1) + part(2)) as f32 - 190.5) * 0.015_625_5
    })
}
