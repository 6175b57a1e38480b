//! One person put together, lit and drawn.

use super::body::{self, Clothes};
use super::cover;
use super::frame::Frame;
use super::hair;
use super::head;
use super::light::{Light, Material};
use super::look::{Look, Style};
use super::maths::V3;
use super::pose::{Camera, Pose};
use super::random::{Noise, Random};
use super::raster::{self, Lit, Side};
use super::scene::{Lamp, Sitter};
use super::surface::{Surface, steps};
use super::texture::{Texels, Texture};
use super::{beard, ears, eyes, glasses, mouth, skin};

/// A person ready to be drawn.
pub(super) struct Sitting<'a> {
    sitter: &'a Sitter,
    look: Look,
    pose: Pose,
    camera: Camera,
    /// Fineness of grids and textures, about 1 for a head of 300 pixels.
    detail: f32,
}

impl<'a> Sitting<'a> {
    pub(super) fn new(sitter: &'a Sitter, camera: Camera) -> Self {
        Self {
            look: head::opened(&Look::of(sitter.who), sitter),
            pose: Pose::new(sitter.yaw, sitter.pitch, sitter.roll),
            camera,
            detail: (camera.scale / 165.0).clamp(0.25, 1.8),
            sitter,
        }
    }

    /// Draws the person; `variation` chooses the clothes.
    pub(super) fn draw(&self, frame: &mut Frame, lamp: Lamp, variation: &mut Random) {
        let (look, detail) = (&self.look, self.detail);
        let noise = &Noise::new(&mut Random::new(look.seed, 3));
        let turned =
            |surface: &Surface| -> Vec<V3> { surface.at.iter().map(|p| self.pose.place(*p)).collect() };

        let mut face = head::surface(look, self.sitter, detail);
        face.at = turned(&face);
        let (mut shell, mut strands) = hair::shell(look, noise, detail);
        shell.at = shell.at.iter().map(|p| body::resting(&self.pose, *p)).collect();
        let mut light = Light::new(lamp, 1.0 + 0.4 * look.skin.dark);
        light.shade_behind(&face.at, face.columns, 2);
        if !matches!(look.hair.style, Style::Bald | Style::Buzz) {
            light.shade_behind(&shell.at, shell.columns, 2);
        }

        let lowest = self.camera.lowest(frame.height as f32).min(8.0);
        let mut drawing = Drawing { frame, light: &light, camera: self.camera, detail };
        let clothes = Clothes::new(variation, look);
        // What is in front is drawn first: what it hides then costs little.
        drawing.add(&face, &mut &self.face_texture(noise), Material::Skin);
        if hair::shows_ears(look.hair.style) {
            let texture = ears::texture(look);
            for side in [-1.0, 1.0] {
                let mut ear = ears::surface(look, side, detail);
                ear.at = turned(&ear);
                drawing.add(&ear, &mut &texture, Material::Skin);
            }
        }
        drawing.add(&body::neck(look, &self.pose, detail), &mut &body::neck_texture(look), Material::Skin);
        let garment = clothes.surface(noise, lowest, detail);
        drawing.add(&garment, &mut clothes.texture(noise, look, lowest, detail), Material::Cloth);
        if let Some(mut knot) = hair::knot(look, detail) {
            knot.at = turned(&knot);
            drawing.add(&knot, &mut strands, Material::Hair);
        }
        drawing.add_both_sides(&shell, &mut strands, Material::Hair);
        for (mut part, texture) in glasses::surfaces(look, self.sitter.glasses, detail) {
            part.at = turned(&part);
            drawing.add_both_sides(&part, &mut &texture, Material::Gloss);
        }
        for part in &self.sitter.cover {
            let mut patch = cover::surface(*part, look, self.sitter, detail);
            patch.at = turned(&patch);
            let texture = cover::texture(self.sitter.material, noise, look);
            drawing.add_both_sides(&patch, &mut &texture, cover::reflection(self.sitter.material));
        }
    }

    fn face_texture(&self, noise: &Noise) -> Texture {
        let (look, sitter) = (&self.look, self.sitter);
        let mut texture = skin::texture(look, noise, (0.58 * self.camera.scale).clamp(40.0, 320.0));
        beard::paint(&mut texture, look, sitter, noise);
        eyes::paint(&mut texture, look, sitter);
        eyes::paint_brows(&mut texture, look, sitter, noise);
        mouth::paint_nostrils(&mut texture, look);
        mouth::paint(&mut texture, look, sitter);
        texture
    }
}

/// A frame, and the light and camera by which surfaces are drawn into it.
struct Drawing<'a> {
    frame: &'a mut Frame,
    light: &'a Light,
    camera: Camera,
    detail: f32,
}

impl Drawing<'_> {
    fn add(&mut self, surface: &Surface, texels: &mut impl Texels, material: Material) {
        let lit = self.lit(surface, &Relief::of(surface, self, material), material, Side::Outer);
        raster::draw(self.frame, &lit, texels, Side::Outer);
    }

    fn add_both_sides(&mut self, surface: &Surface, texels: &mut impl Texels, material: Material) {
        let relief = Relief::of(surface, self, material);
        for side in [Side::Inner, Side::Outer] {
            let lit = self.lit(surface, &relief, material, side);
            raster::draw(self.frame, &lit, texels, side);
        }
    }

    fn lit<'s>(&self, surface: &'s Surface, relief: &Relief, material: Material, side: Side) -> Lit<'s> {
        let strands = relief.tangents.as_ref().unwrap_or(&relief.normals);
        let light = (0..relief.normals.len())
            .map(|place| {
                let (normal, open) = (relief.normals[place], relief.open[place]);
                let hollow = relief.hollow.as_ref().map_or(0.0, |hollow| hollow[place]);
                match side {
                    Side::Outer => self.light.at(normal, strands[place], open, hollow, material),
                    Side::Inner => {
                        self.light.at(normal * -1.0, strands[place], open, hollow, material).map(|v| 0.55 * v)
                    }
                }
            })
            .collect();
        let screen = surface.at.iter().map(|p| self.camera.project(*p)).collect();
        Lit { columns: surface.columns, screen, uv: &surface.uv, light }
    }
}

/// What light needs to know of the points of a surface.
struct Relief {
    normals: Vec<V3>,
    /// Along the strands, for hair.
    tangents: Option<Vec<V3>>,
    /// How far below the surroundings, for skin.
    hollow: Option<Vec<f32>>,
    /// How much of the lamp is seen.
    open: Vec<f32>,
}

impl Relief {
    fn of(surface: &Surface, drawing: &Drawing<'_>, material: Material) -> Self {
        let normals = surface.normals();
        let hollow = (material == Material::Skin).then(|| {
            let near = surface.depth_below(&normals, steps(2, drawing.detail));
            let far = surface.depth_below(&normals, steps(9, drawing.detail));
            near.iter().zip(far).map(|(near, far)| 2.2 * near + 0.7 * far).collect()
        });
        let open = surface.at.iter().zip(&normals).map(|(at, normal)| drawing.light.open(*at, *normal));
        let open = surface.smoothed(&open.collect::<Vec<f32>>(), 2);
        Self { tangents: (material == Material::Hair).then(|| surface.tangents()), hollow, open, normals }
    }
}
