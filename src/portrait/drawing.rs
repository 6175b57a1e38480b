//! A scene drawn: everybody before what is behind them, then what the camera makes of it.

use super::finish;
use super::frame::Frame;
use super::mount;
use super::picture::Raster;
use super::plan::Plan;
use super::random::Random;
use super::scene::{Scene, Who};
use super::scenery;
use super::sitting::Sitting;

/// Draws a scene.
pub fn draw(scene: &Scene) -> Raster {
    let plan = Plan::of(scene);
    let (width, height) = plan.drawn;
    if scene.faces.is_empty() {
        let mut variation = Random::new(scene.seed ^ people_seed(scene), 10);
        let picture = finish::finish(scene, &plan, scenery::nobody(width, height, &mut variation));
        return mount::mount(scene, picture);
    }
    let (behind, mut variation) = variation(scene);
    let mut frame = Frame::new(width, height, plan.finer);
    for (index, sitter) in scene.faces.iter().enumerate() {
        frame.clear_depth();
        let camera = plan.camera(scene, index, plan.finer as f32);
        Sitting::new(sitter, camera).draw(&mut frame, scene.light, &mut variation);
    }
    let picture = frame.over(behind.painter(width, height));
    drop(frame);
    mount::mount(scene, finish::finish(scene, &plan, picture))
}

/// What is behind people, and what chooses their clothes then.
pub(super) fn variation(scene: &Scene) -> (scenery::Behind, Random) {
    let mut variation = Random::new(scene.seed ^ people_seed(scene), 10);
    (scenery::Behind::new(&mut variation), variation)
}

/// So that different people stand before different walls under the same picture seed.
fn people_seed(scene: &Scene) -> u64 {
    scene.faces.iter().fold(0, |all, sitter| {
        let seed = match sitter.who {
            Who::Named(person) => person.seed,
            Who::Seed(seed) => seed,
        };
        Random::new(all ^ seed, 11).bits()
    })
}
