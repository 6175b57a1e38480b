//! What of each face is hidden, measured from the drawing: the head is drawn in the colours of its parts, and what lies over
//! it is drawn again by itself.
//!
//! Patches and dark glasses hide; clear glasses do not. What hair, borders, the turn of the head or somebody in front take away
//! is not seen anyhow: shares are of the rest. Start with [`hiding`].

use serde::Serialize;

use super::areas::Areas;
use super::drawing;
use super::frame::Frame;
use super::head;
use super::light::Material;
use super::look::Look;
use super::plan::Plan;
use super::pose::Camera;
use super::raster::{self, Lit, Side};
use super::recapture;
use super::scene::{Glasses, Part, Scene, Sitter};
use super::sitting::{Canvas, Sitting};
use super::surface::Surface;
use super::texture::{Texels, Texture};

/// What hides the faces of a scene.
#[derive(Debug, Clone, PartialEq)]
pub struct Hiding {
    /// How much of the parts of each face, in the order of the scene.
    pub faces: Vec<HiddenParts>,
    /// Where.
    pub mask: Mask,
}

/// The share of each part that something lies over, 0 to 1, of what would be seen of the part otherwise; none where nothing
/// would be. Left and right as the viewer sees them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct HiddenParts {
    /// The eye on the picture's left, lids included.
    pub left_eye: Option<f32>,
    /// The eye on the picture's right.
    pub right_eye: Option<f32>,
    /// The nose below the eyes.
    pub nose: Option<f32>,
    /// The lips and what is between them.
    pub mouth: Option<f32>,
    /// The cheek on the picture's left.
    pub left_cheek: Option<f32>,
    /// The cheek on the picture's right.
    pub right_cheek: Option<f32>,
    /// The chin below the mouth.
    pub chin_contour: Option<f32>,
}

impl HiddenParts {
    /// The share of a part.
    pub fn of(&self, part: Part) -> Option<f32> {
        match part {
            Part::LeftEye => self.left_eye,
            Part::RightEye => self.right_eye,
            Part::Nose => self.nose,
            Part::Mouth => self.mouth,
            Part::LeftCheek => self.left_cheek,
            Part::RightCheek => self.right_cheek,
            Part::ChinContour => self.chin_contour,
        }
    }
}

/// Which pixels of a picture show something that hides a face: its head, not its neck and ears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Pixels across, those of the picture.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// A byte a pixel, rows from the top: 255 where a face is hidden, 0 elsewhere.
    pub pixels: Vec<u8>,
}

/// Finds out what hides the faces of a scene.
pub fn hiding(scene: &Scene) -> Hiding {
    let plan = Plan::of(scene);
    let (width, height) = plan.drawn;
    let mut frame = Frame::new(width, height, plan.finer);
    let (_, mut variation) = drawing::variation(scene);
    let mut faces: Vec<Layer> = Vec::with_capacity(scene.faces.len());
    for (index, sitter) in scene.faces.iter().enumerate() {
        let camera = plan.camera(scene, index, plan.finer as f32);
        let (layer, painted) = Layer::drawn(sitter, camera, &mut frame, &mut variation);
        for behind in &mut faces {
            behind.forget(&painted);
        }
        faces.push(layer);
    }
    let drawn: Vec<u8> = (0..width * height).map(|pixel| hidden(&faces, &frame, pixel)).collect();
    Hiding { faces: faces.iter().map(Layer::shares).collect(), mask: finished(scene, &plan, &drawn) }
}

/// 255 where at least half of the samples of a pixel hide a face.
fn hidden(faces: &[Layer], frame: &Frame, pixel: usize) -> u8 {
    let (row, column) = (pixel / frame.width * frame.finer(), pixel % frame.width);
    let samples = (0..frame.finer()).map(|line| (row + line) * frame.width + column);
    let hiding = samples.filter(|at| faces.iter().any(|face| face.hides(*at))).count();
    if 2 * hiding >= frame.finer() { 255 } else { 0 }
}

/// The mask of the finished picture, which may be enlarged, a picture of the picture, or mounted on a larger canvas.
fn finished(scene: &Scene, plan: &Plan, drawn: &[u8]) -> Mask {
    let (wide, high) = scene.pixels();
    let (width, height) = scene.canvas.unwrap_or((wide, high));
    let mut pixels = Vec::with_capacity((width * height) as usize);
    for row in 0..height {
        for column in 0..width {
            let (x, y) = recapture::shown(scene, column as f32 + 0.5, row as f32 + 0.5);
            let (x, y) = (x / wide as f32, y / high as f32);
            let inside = column < wide && row < high && (0.0..1.0).contains(&x) && (0.0..1.0).contains(&y);
            let place = |share: f32, size: usize| ((share * size as f32) as usize).min(size - 1);
            pixels.push(if inside {
                drawn[place(y, plan.drawn.1) * plan.drawn.0 + place(x, plan.drawn.0)]
            } else {
                0
            });
        }
    }
    Mask { width, height, pixels }
}

/// What the samples of a frame show of one face.
struct Layer(Vec<Seen>);

/// What a sample shows of a face.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    /// Nothing.
    Other,
    /// The face, and perhaps one of its parts.
    Face(Option<Part>),
    /// What lies over it.
    Hidden(Option<Part>),
}

impl Layer {
    /// Draws somebody, and says also which samples show anything of them.
    fn drawn(
        sitter: &Sitter,
        camera: Camera,
        frame: &mut Frame,
        variation: &mut super::random::Random,
    ) -> (Self, Vec<bool>) {
        let clear = sitter.glasses == Glasses::Clear;
        let sitter =
            &Sitter { glasses: if clear { Glasses::None } else { sitter.glasses }, ..sitter.clone() };
        let areas = Areas::new(&head::opened(&Look::of(sitter.who), sitter), sitter);
        let (sitting, rows) = (Sitting::new(sitter, camera), frame.height);
        frame.clear_depth();
        frame.clear_colours();
        sitting.hand_over(&mut Coded { frame, camera, areas: &areas }, rows, variation);
        let mut seen: Vec<Seen> = frame.samples.iter().map(|sample| decoded(sample.colour)).collect();
        let mut painted: Vec<bool> = frame.samples.iter().map(|sample| sample.colour[3] > 0.5).collect();
        frame.clear_colours();
        sitting.put_on(&mut Coded { frame, camera, areas: &areas });
        for ((seen, painted), sample) in seen.iter_mut().zip(&mut painted).zip(&frame.samples) {
            if sample.colour[3] > 0.5 {
                *painted = true;
                if let Seen::Face(part) = *seen {
                    *seen = Seen::Hidden(part);
                }
            }
        }
        (Self(seen), painted)
    }

    /// Somebody else stands in front of these samples.
    fn forget(&mut self, painted: &[bool]) {
        for (seen, _) in self.0.iter_mut().zip(painted).filter(|(_, painted)| **painted) {
            *seen = Seen::Other;
        }
    }

    fn hides(&self, sample: usize) -> bool {
        matches!(self.0[sample], Seen::Hidden(_))
    }

    fn shares(&self) -> HiddenParts {
        let (mut all, mut hidden) = ([0_u32; 7], [0_u32; 7]);
        for seen in &self.0 {
            match *seen {
                Seen::Face(Some(part)) => all[part as usize] += 1,
                Seen::Hidden(Some(part)) => {
                    all[part as usize] += 1;
                    hidden[part as usize] += 1;
                }
                _ => {}
            }
        }
        let share = |part: Part| {
            let part = part as usize;
            (all[part] > 0).then(|| hidden[part] as f32 / all[part] as f32)
        };
        HiddenParts {
            left_eye: share(Part::LeftEye),
            right_eye: share(Part::RightEye),
            nose: share(Part::Nose),
            mouth: share(Part::Mouth),
            left_cheek: share(Part::LeftCheek),
            right_cheek: share(Part::RightCheek),
            chin_contour: share(Part::ChinContour),
        }
    }
}

/// A frame in which a face has the colours of its parts: the number of the part as red, green for whatever is no face.
struct Coded<'a> {
    frame: &'a mut Frame,
    camera: Camera,
    areas: &'a Areas,
}

/// Red of the last part would be 1.
const CODES: f32 = 7.0;

/// What a sample of such a frame shows.
fn decoded([red, green, _, covered]: [f32; 4]) -> Seen {
    if covered <= 0.5 || green > 0.5 {
        return Seen::Other;
    }
    // Thin strands over a face leave its code darker, and as much green.
    let code = (CODES * red / (1.0 - green) + 0.5) as usize;
    Seen::Face(code.checked_sub(1).and_then(|part| Part::ALL.get(part).copied()))
}

impl Canvas for Coded<'_> {
    fn add_face(&mut self, surface: &Surface, _: impl FnOnce() -> Texture) {
        let areas = self.areas;
        self.paint(surface, &mut ByPart(areas), Side::Outer);
    }

    fn add(&mut self, surface: &Surface, texels: &mut impl Texels, _: Material) {
        self.paint(surface, &mut NoFace(texels), Side::Outer);
    }

    fn add_both_sides(&mut self, surface: &Surface, texels: &mut impl Texels, _: Material) {
        for side in [Side::Inner, Side::Outer] {
            self.paint(surface, &mut NoFace(texels), side);
        }
    }
}

impl Coded<'_> {
    fn paint(&mut self, surface: &Surface, texels: &mut impl Texels, side: Side) {
        let screen: Vec<_> = surface.at.iter().map(|p| self.camera.project(*p)).collect();
        let light = vec![[1.0, 1.0, 1.0, 0.0]; screen.len()];
        let lit = Lit { columns: surface.columns, screen, uv: &surface.uv, light };
        raster::draw(self.frame, &lit, texels, side);
    }
}

/// The head in the colours of its parts.
struct ByPart<'a>(&'a Areas);

impl Texels for ByPart<'_> {
    fn at(&mut self, x: f32, y: f32) -> [f32; 4] {
        let code = self.0.at(x, y).map_or(0.0, |part| f32::from(part as u8 + 1));
        [code / CODES, 0.0, 0.0, 1.0]
    }
}

/// Anything else, as opaque as it is.
struct NoFace<'a, T>(&'a mut T);

impl<T: Texels> Texels for NoFace<'_, T> {
    fn at(&mut self, x: f32, y: f32) -> [f32; 4] {
        [0.0, 1.0, 0.0, self.0.at(x, y)[3]]
    }
}
