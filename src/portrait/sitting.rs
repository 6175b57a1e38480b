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
        let noise = &self.noise();
        let (face, (shell, strands)) = (self.face(), self.hair(noise));
        let mut light = Light::new(lamp, 1.0 + 0.4 * look.skin.dark);
        light.shade_behind(&face.at, face.columns, 2);
        if !matches!(look.hair.style, Style::Bald | Style::Buzz) {
            light.shade_behind(&shell.at, shell.columns, 2);
        }
        let lowest = self.lowest(frame.height);
        let mut drawing = Drawing { frame, light: &light, camera: self.camera, detail };
        self.bare(&mut drawing, noise, (face, (shell, strands)), lowest, variation);
        self.put_on(&mut drawing);
    }

    /// Hands over what the person is and wears, all but what [`Self::put_on`] does, for a frame of so many rows.
    pub(super) fn hand_over(&self, canvas: &mut impl Canvas, rows: usize, variation: &mut Random) {
        let noise = &self.noise();
        self.bare(canvas, noise, (self.face(), self.hair(noise)), self.lowest(rows), variation);
    }

    /// The person without glasses and patches. What is in front is drawn first: what it hides then costs little.
    fn bare(
        &self,
        canvas: &mut impl Canvas,
        noise: &Noise,
        (face, (shell, mut strands)): (Surface, (Surface, impl Texels)),
        lowest: f32,
        variation: &mut Random,
    ) {
        let (look, detail) = (&self.look, self.detail);
        let clothes = Clothes::new(variation, look);
        canvas.add_face(&face, || self.face_texture(noise));
        if hair::shows_ears(look.hair.style) {
            let texture = ears::texture(look);
            for side in [-1.0, 1.0] {
                let ear = self.turned(ears::surface(look, side, detail));
                canvas.add(&ear, &mut &texture, Material::Skin);
            }
        }
        canvas.add(&body::neck(look, &self.pose, detail), &mut &body::neck_texture(look), Material::Skin);
        let garment = clothes.surface(noise, lowest, detail);
        canvas.add(&garment, &mut clothes.texture(noise, look, lowest, detail), Material::Cloth);
        if let Some(knot) = hair::knot(look, detail) {
            canvas.add(&self.turned(knot), &mut strands, Material::Hair);
        }
        canvas.add_both_sides(&shell, &mut strands, Material::Hair);
    }

    /// Hands over glasses and patches.
    pub(super) fn put_on(&self, canvas: &mut impl Canvas) {
        let (look, detail) = (&self.look, self.detail);
        let noise = &self.noise();
        for (part, texture) in glasses::surfaces(look, self.sitter.glasses, detail) {
            canvas.add_both_sides(&self.turned(part), &mut &texture, Material::Gloss);
        }
        for part in &self.sitter.cover {
            let patch = self.turned(cover::surface(*part, look, self.sitter, detail));
            let texture = cover::texture(self.sitter.material, noise, look);
            canvas.add_both_sides(&patch, &mut &texture, cover::reflection(self.sitter.material));
        }
    }

    /// Details such as freckles.
    fn noise(&self) -> Noise {
        Noise::new(&mut Random::new(self.look.seed, 3))
    }

    fn face(&self) -> Surface {
        self.turned(head::surface(&self.look, self.sitter, self.detail))
    }

    /// The shell of hair in its place, and its strands.
    fn hair<'n>(&'n self, noise: &'n Noise) -> (Surface, impl Texels + use<'n>) {
        let (mut shell, strands) = hair::shell(&self.look, noise, self.detail);
        shell.at = shell.at.iter().map(|p| body::resting(&self.pose, *p)).collect();
        (shell, strands)
    }

    fn turned(&self, surface: Surface) -> Surface {
        Surface { at: surface.at.iter().map(|p| self.pose.place(*p)).collect(), ..surface }
    }

    /// How far down clothes must reach in a frame of this many rows of samples.
    fn lowest(&self, rows: usize) -> f32 {
        self.camera.lowest(rows as f32).min(8.0)
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

/// What takes the surfaces a person is put together from, in the order in which they are drawn.
pub(super) trait Canvas {
    /// The head, whose places on the texture are its own coordinates.
    fn add_face(&mut self, surface: &Surface, texture: impl FnOnce() -> Texture);

    /// A surface of which one side is seen.
    fn add(&mut self, surface: &Surface, texels: &mut impl Texels, material: Material);

    /// A surface that is seen from both sides.
    fn add_both_sides(&mut self, surface: &Surface, texels: &mut impl Texels, material: Material);
}

/// A frame, and the light and camera by which surfaces are drawn into it.
struct Drawing<'a> {
    frame: &'a mut Frame,
    light: &'a Light,
    camera: Camera,
    detail: f32,
}

impl Canvas for Drawing<'_> {
    fn add_face(&mut self, surface: &Surface, texture: impl FnOnce() -> Texture) {
        self.add(surface, &mut &texture(), Material::Skin);
    }

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
}

impl Drawing<'_> {
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
