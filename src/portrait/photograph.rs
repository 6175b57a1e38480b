//! Scenes of people who do exist: photographs in the places of drawn heads, covered, cropped, turned and finished alike.
//!
//! A photograph is moved, turned and enlarged as a whole; where parts of the face are is told with it. What would need
//! another face, such as closed eyes, is refused: [`Unshown`]. Start with [`composed`].

use super::colour::{Film, Rgb, scale};
use super::cover;
use super::enlarge::between;
use super::finish;
use super::look::Look;
use super::maths::turn;
use super::measured::{Point, Rect};
use super::picture::Raster;
use super::plan::{Plan, beyond};
use super::random::{Noise, Random};
use super::scene::{CoverMaterial, Crop, Glasses, Part, Scene, Sitter};

/// A photograph of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Photograph {
    /// The picture, upright.
    pub raster: Raster,
    /// Where the face is, if that is known.
    pub face: Option<FacePoints>,
}

/// Where the parts of a face are in a photograph, in pixels; left and right as the viewer sees them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FacePoints {
    /// Centre of the eye on the picture's left.
    pub left_eye: Point,
    /// Centre of the eye on the picture's right.
    pub right_eye: Point,
    /// Tip of the nose.
    pub nose: Point,
    /// Middle of the mouth.
    pub mouth: Point,
    /// Lowest point of the chin.
    pub chin: Point,
}

/// Why photographs cannot show a scene.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unshown {
    /// The face itself would have to be another one.
    #[error("{0} changes the face itself, which photographs cannot be made to show")]
    Drawn(&'static str),
    /// It is not known where the parts of the face are.
    #[error("{0} needs to know where the face is: give the photographs landmarks")]
    NoPoints(&'static str),
}

/// Degrees of yaw and pitch up to which one photograph of a person is as good as another.
const ALIKE: f32 = 20.0;

/// The least short side of a picture that is as large as its photograph.
const LEAST: f32 = 288.0;

/// Draws a scene with these photographs, one for each face.
pub(super) fn composed(scene: &Scene, photographs: &[&Photograph]) -> Result<Raster, Unshown> {
    scene.faces.iter().try_for_each(|sitter| showable(sitter, scene))?;
    let scene = &as_photographed(scene, photographs);
    let plan = Plan::of(&Scene { crop: Crop::default(), ..scene.clone() });
    let (columns, rows) = scene.grid();
    let (wide, high) = (plan.drawn.0 as f32 / columns as f32, plan.drawn.1 as f32 / rows as f32);
    let mut pixels = vec![[0.0; 3]; plan.drawn.0 * plan.drawn.1];
    let mut moved = (0.0, 0.0);
    for (index, (sitter, photograph)) in scene.faces.iter().zip(photographs).enumerate() {
        let cell = Rect {
            x: (index as u32 % columns) as f32 * wide,
            y: (index as u32 / columns) as f32 * high,
            width: wide,
            height: high,
        };
        let mut placed = Placed::new(sitter, photograph, cell);
        if index == 0 && scene.crop != Crop::default() {
            let face = placed.outline().ok_or(Unshown::NoPoints("crop"))?;
            moved = beyond(&scene.crop, face, (plan.drawn.0 as f32, plan.drawn.1 as f32));
        }
        placed.to = Point { x: placed.to.x + moved.0, y: placed.to.y + moved.1 };
        placed.draw(&mut pixels, plan.drawn.0, cell);
        placed.cover(&mut pixels, plan.drawn.0)?;
    }
    Ok(finish::finish(scene, &plan, pixels))
}

/// Whether another photograph is asked for, of the same person in another moment.
pub fn asks_for_another(sitter: &Sitter) -> bool {
    sitter.yaw != 0.0 || sitter.pitch != 0.0 || sitter.smile > 0.0
}

/// Refuses what photographs do not show.
fn showable(sitter: &Sitter, scene: &Scene) -> Result<(), Unshown> {
    let turned = [
        (sitter.yaw.abs() > ALIKE, "yaw beyond 20 degrees"),
        (sitter.pitch.abs() > ALIKE, "pitch beyond 20 degrees"),
        (sitter.mouth > 0.0, "mouth"),
        (sitter.eyes > 0.0, "eyes"),
        (sitter.glasses != Glasses::None, "glasses"),
        (scene.light != Scene::nobody().light, "light"),
    ];
    turned.iter().find(|(asked, _)| *asked).map_or(Ok(()), |(_, what)| Err(Unshown::Drawn(what)))
}

/// The scene with the size of its photograph, unless it states one, and without the noise that drawings get by default.
fn as_photographed(scene: &Scene, photographs: &[&Photograph]) -> Scene {
    let mut scene = scene.clone();
    if scene.noise.to_bits() == Scene::nobody().noise.to_bits() {
        scene.noise = 0.0;
    }
    if let (None, [Photograph { raster, .. }]) = (scene.size, photographs) {
        let (width, height) = (raster.width as f32, raster.height as f32);
        let larger = (LEAST / width.min(height)).max(1.0);
        scene.size = Some(((width * larger) as u32, (height * larger) as u32));
    }
    scene
}

/// A photograph in its place: `from` of it comes to `to`, enlarged and turned.
struct Placed<'a> {
    sitter: &'a Sitter,
    photograph: &'a Photograph,
    from: Point,
    to: Point,
    /// Pixels drawn for one of the photograph, along its row: across and down.
    along: (f32, f32),
}

impl<'a> Placed<'a> {
    fn new(sitter: &'a Sitter, photograph: &'a Photograph, cell: Rect) -> Self {
        let Raster { width, height, .. } = photograph.raster;
        let (width, height) = (width as f32, height as f32);
        let from = photograph.face.map_or(Point { x: 0.5 * width, y: 0.5 * height }, |face| {
            between_points(between_points(face.left_eye, face.right_eye), face.mouth)
        });
        // The photograph fills the cell, with the face as near to its middle as that allows.
        let fill = (cell.width / width).max(cell.height / height);
        let near = |middle: f32, size: f32, whole: f32, at: f32| {
            middle.clamp((size - (whole - at) * fill).min(at * fill), at * fill)
        };
        let to = Point {
            x: cell.x + near(0.5 * cell.width, cell.width, width, from.x),
            y: cell.y + near(0.5 * cell.height, cell.height, height, from.y),
        };
        let (sin, cos) = turn(sitter.roll);
        let enlarged = fill * sitter.zoom;
        Self { sitter, photograph, from, to, along: (enlarged * cos, enlarged * sin) }
    }

    /// Where a place of the photograph is drawn.
    fn seen(&self, p: Point) -> Point {
        let (x, y) = (p.x - self.from.x, p.y - self.from.y);
        Point {
            x: self.to.x + x * self.along.0 - y * self.along.1,
            y: self.to.y + x * self.along.1 + y * self.along.0,
        }
    }

    /// Which place of the photograph is drawn here.
    fn source(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (x - self.to.x, y - self.to.y);
        let square = self.along.0 * self.along.0 + self.along.1 * self.along.1;
        (
            self.from.x + (x * self.along.0 + y * self.along.1) / square,
            self.from.y + (y * self.along.0 - x * self.along.1) / square,
        )
    }

    fn draw(&self, pixels: &mut [Rgb], width: usize, cell: Rect) {
        let light: Vec<Rgb> = self
            .photograph
            .raster
            .pixels
            .as_chunks::<3>()
            .0
            .iter()
            .map(|bytes| bytes.map(Film::light_of))
            .collect();
        let size = (self.photograph.raster.width as usize, self.photograph.raster.height as usize);
        let smaller = (self.along.0 * self.along.0 + self.along.1 * self.along.1).sqrt();
        // Made much smaller, each pixel stands for several.
        let light = if smaller < 0.7 { super::blur::blurred(&light, size.0, 0.45 / smaller) } else { light };
        let (left, right) = (cell.x as usize, (cell.x + cell.width + 0.5) as usize);
        let (top, bottom) = (cell.y as usize, (cell.y + cell.height + 0.5) as usize);
        for row in top..bottom.min(pixels.len() / width) {
            for column in left..right.min(width) {
                let (x, y) = self.source(column as f32 + 0.5, row as f32 + 0.5);
                pixels[row * width + column] = between(&light, size, x - 0.5, y - 0.5);
            }
        }
    }

    /// The face as it is drawn.
    fn face(&self) -> Option<Face> {
        self.photograph.face.map(|face| Face::new(&face, |p| self.seen(p)))
    }

    /// The box of the face as it is drawn.
    fn outline(&self) -> Option<Rect> {
        let face = self.face()?;
        let corners = [(-0.88, -0.4), (0.88, -0.4), (-0.88, 0.0), (0.88, 0.0), (0.0, CHIN)];
        let corners = corners.map(|(x, y)| face.at(x, y));
        let span = |value: fn(&Point) -> f32| {
            let low = corners.iter().map(value).fold(f32::INFINITY, f32::min);
            (low, corners.iter().map(value).fold(f32::NEG_INFINITY, f32::max) - low)
        };
        let ((x, width), (y, height)) = (span(|p| p.x), span(|p| p.y));
        Some(Rect { x, y, width, height })
    }

    /// Lays the patches over the parts that are to be covered.
    fn cover(&self, pixels: &mut [Rgb], width: usize) -> Result<(), Unshown> {
        if self.sitter.cover.is_empty() {
            return Ok(());
        }
        let face = self.face().ok_or(Unshown::NoPoints("cover"))?;
        let mut look = Look::of(self.sitter.who);
        look.skin.tone = Self::skin(&face, pixels, width);
        let noise = &Noise::new(&mut Random::new(look.seed, 3));
        let texture = cover::texture(self.sitter.material, noise, &look);
        let material = self.sitter.material;
        for part in &self.sitter.cover {
            face.patch(*part).lay(pixels, width, |u, v| {
                let [r, g, b, opaque] = texture.at(u, v);
                let k = brightness(material, u, v);
                ([r * k, g * k, b * k], opaque)
            });
        }
        Ok(())
    }

    /// The colour of the cheeks.
    fn skin(face: &Face, pixels: &[Rgb], width: usize) -> Rgb {
        let height = pixels.len() / width;
        let cheek = |x: f32| {
            let p = face.at(x, 0.42);
            between(pixels, (width, height), p.x, p.y)
        };
        let (left, right) = (cheek(-0.45), cheek(0.45));
        scale([left[0] + right[0], left[1] + right[1], left[2] + right[2]], 0.5)
    }
}

/// How bright a patch is: a hand has the colour that the light on the face gives it, the others their own.
fn brightness(material: CoverMaterial, u: f32, v: f32) -> f32 {
    let from_above = 1.0 - 0.1 * v;
    match material {
        CoverMaterial::Hand => from_above * (0.7 + 3.3 * cover::relief(material, u)),
        CoverMaterial::Cloth | CoverMaterial::Paper | CoverMaterial::Plastic | CoverMaterial::Black => {
            0.75 * from_above
        }
    }
}

/// The height of the chin below the eyes in the units of a drawn head.
const CHIN: f32 = 1.25;

/// A face in the picture, with axes in the units of a drawn head.
struct Face {
    points: FacePoints,
    eyes: Point,
    across: (f32, f32),
    down: (f32, f32),
}

impl Face {
    fn new(photographed: &FacePoints, seen: impl Fn(Point) -> Point) -> Self {
        let points = FacePoints {
            left_eye: seen(photographed.left_eye),
            right_eye: seen(photographed.right_eye),
            nose: seen(photographed.nose),
            mouth: seen(photographed.mouth),
            chin: seen(photographed.chin),
        };
        let eyes = between_points(points.left_eye, points.right_eye);
        let down = ((points.chin.x - eyes.x) / CHIN, (points.chin.y - eyes.y) / CHIN);
        Self { points, eyes, across: (down.1, -down.0), down }
    }

    /// The place of the picture at these coordinates of the head, from between the eyes.
    fn at(&self, x: f32, y: f32) -> Point {
        self.off(self.eyes, x, y)
    }

    fn off(&self, from: Point, x: f32, y: f32) -> Point {
        Point {
            x: from.x + x * self.across.0 + y * self.down.0,
            y: from.y + x * self.across.1 + y * self.down.1,
        }
    }

    /// The patch over a part, as large as on a drawn head.
    fn patch(&self, part: Part) -> Patch<'_> {
        let points = &self.points;
        let (middle, wide, high) = match part {
            Part::LeftEye => (self.off(points.left_eye, 0.0, -0.03), 0.29, 0.2),
            Part::RightEye => (self.off(points.right_eye, 0.0, -0.03), 0.29, 0.2),
            Part::Nose => (self.off(points.nose, 0.0, -0.08), 0.28, 0.27),
            Part::Mouth => (points.mouth, 0.42, 0.2),
            Part::LeftCheek => (self.off(points.left_eye, -0.13, 0.45), 0.27, 0.28),
            Part::RightCheek => (self.off(points.right_eye, 0.13, 0.45), 0.27, 0.28),
            Part::ChinContour => (self.off(points.chin, 0.0, -0.06), 0.55, 0.22),
        };
        Patch { face: self, middle, wide, high }
    }
}

/// A rectangle in the plane of a face.
struct Patch<'a> {
    face: &'a Face,
    middle: Point,
    wide: f32,
    high: f32,
}

impl Patch<'_> {
    /// Lays a colour, by place from -1 to 1 across and down, over the picture; opacity is 0 to 1.
    fn lay(&self, pixels: &mut [Rgb], width: usize, colour: impl Fn(f32, f32) -> (Rgb, f32)) {
        let (across, down) = (self.face.across, self.face.down);
        let unit = (down.0 * down.0 + down.1 * down.1).sqrt().max(1e-3);
        let reach = unit * (self.wide + self.high) + 2.0;
        let height = pixels.len() / width;
        let range = |middle: f32, size: usize| {
            ((middle - reach).max(0.0) as usize).min(size)..((middle + reach).max(0.0) as usize).min(size)
        };
        for row in range(self.middle.y, height) {
            for column in range(self.middle.x, width) {
                let (x, y) = (column as f32 + 0.5 - self.middle.x, row as f32 + 0.5 - self.middle.y);
                let u = (x * across.0 + y * across.1) / (unit * unit * self.wide);
                let v = (x * down.0 + y * down.1) / (unit * unit * self.high);
                // The share of the pixel that lies inside.
                let inside =
                    |place: f32, half: f32| ((1.0 - place.abs()) * half * unit + 0.5).clamp(0.0, 1.0);
                let share = inside(u, self.wide) * inside(v, self.high);
                if share <= 0.0 {
                    continue;
                }
                let (rgb, opaque) = colour(u.clamp(-1.0, 1.0), v.clamp(-1.0, 1.0));
                for (light, c) in pixels[row * width + column].iter_mut().zip(rgb) {
                    *light += (c - *light) * share * opaque;
                }
            }
        }
    }
}

fn between_points(a: Point, b: Point) -> Point {
    Point { x: 0.5 * (a.x + b.x), y: 0.5 * (a.y + b.y) }
}
