//! The head's surface: a skull of cross-sections, and the relief of the face on its front.

use super::look::{Look, Skull};
use super::maths::{V3, bell, bump, mix, power, smooth, v3};
use super::scene::Sitter;
use super::surface::Surface;

/// A cross-section of the skull at one height.
#[derive(Clone, Copy)]
pub(super) struct Section {
    y: f32,
    wide: f32,
    front: f32,
    middle: f32,
    back: f32,
}

/// The cross-sections of a whole skull, for many questions.
pub(super) struct Sections {
    all: Vec<Section>,
    top: f32,
    fine: f32,
}

impl Sections {
    pub(super) fn new(skull: &Skull) -> Self {
        const STEPS: usize = 300;
        let fine = STEPS as f32 / (skull.top + skull.chin);
        let all = (0..=STEPS).map(|step| Section::new(skull, step as f32 / fine - skull.top)).collect();
        Self { all, top: skull.top, fine }
    }

    /// About the cross-section at a height.
    pub(super) fn at(&self, y: f32) -> Section {
        let place = ((y + self.top) * self.fine).clamp(0.0, (self.all.len() - 1) as f32);
        let (above, share) = (self.all[place as usize], place - place as usize as f32);
        let below = self.all[(place as usize + 1).min(self.all.len() - 1)];
        Section {
            y,
            wide: mix(above.wide, below.wide, share),
            front: mix(above.front, below.front, share),
            middle: mix(above.middle, below.middle, share),
            back: mix(above.back, below.back, share),
        }
    }
}

/// A direction from the axis of the head: 0 degrees to the front, 90 to the picture's right.
#[derive(Clone, Copy)]
pub(super) struct Direction {
    across: f32,
    ahead: f32,
}

impl Direction {
    pub(super) fn new(degrees: f32) -> Self {
        let (sin, cos) = super::maths::turn(degrees);
        Self { across: power(sin.abs(), 0.82).copysign(sin), ahead: power(cos.abs(), 0.96).copysign(cos) }
    }
}

impl Section {
    /// The skull's cross-section at a height.
    pub(super) fn new(skull: &Skull, y: f32) -> Self {
        if y < 0.0 {
            let t = (-y / skull.top).min(1.0);
            let round = (1.0 - power(t, 2.5)).max(0.0).sqrt();
            return Self {
                y,
                wide: skull.wide * round,
                front: 0.93 * round,
                middle: 0.0,
                back: -1.28 * round,
            };
        }
        let t = (y / skull.chin).min(1.0);
        let narrowing = mix(1.0, skull.jaw, power(t, 1.35));
        let bone = skull.cheekbone * bump(0.0, y - 0.3, 1.0, 0.15);
        let middle = 0.4 * smooth(0.1, skull.chin, y);
        let closing = (1.0 - power(t, 9.0)).max(0.0).sqrt();
        let front = 0.93 - 0.08 * t * t;
        Self {
            y,
            wide: (skull.wide + bone) * narrowing * (1.0 - power(t, skull.square)).max(0.0).sqrt(),
            front: middle + (front - middle) * mix(0.5, 1.0, closing),
            middle,
            back: mix(-1.28, middle - 0.35, smooth(0.0, 0.95, y)),
        }
    }

    /// The point of the section in a direction.
    pub(super) fn at(&self, direction: Direction) -> V3 {
        let reach = if direction.ahead > 0.0 { self.front - self.middle } else { self.middle - self.back };
        v3(self.wide * direction.across, self.y, self.middle + reach * direction.ahead)
    }

    /// The depth of the front where `ahead` is 1 in the middle and 0 at the side.
    pub(super) fn front(&self, ahead: f32) -> f32 {
        mix(self.middle, self.front, ahead)
    }

    /// Half the width at this height.
    pub(super) fn half_width(&self) -> f32 {
        self.wide
    }
}

/// The skull as changed by an opened mouth.
pub(super) fn opened(look: &Look, sitter: &Sitter) -> Look {
    let mut look = look.clone();
    look.skull.chin += 0.15 * sitter.mouth;
    look
}

/// How far the lips part in the middle. A smile begins with lips that touch.
pub(super) fn gap(sitter: &Sitter) -> f32 {
    0.13 * sitter.smile * sitter.smile + 0.22 * sitter.mouth
}

/// The surface of the head. `detail` is about 1 for a head of 300 pixels.
pub(super) fn surface(look: &Look, sitter: &Sitter, detail: f32) -> Surface {
    let (front, back) = ((80.0 * detail) as usize & !1, (14.0 * detail) as usize + 4);
    let rows = (108.0 * detail) as usize;
    let directions: Vec<Direction> = (0..=back / 2)
        .map(|step| Direction::new(-180.0 + 90.0 * step as f32 / (back / 2) as f32))
        .chain((1..front).map(|step| Direction::new(-90.0 + 180.0 * step as f32 / front as f32)))
        .chain((0..=back / 2).map(|step| Direction::new(90.0 + 90.0 * step as f32 / (back / 2) as f32)))
        .collect();
    let mut at = Vec::with_capacity(rows * directions.len());
    for row in 0..rows {
        let (sin, _) = super::maths::turn(mix(-90.0, 90.0, row as f32 / (rows - 1) as f32));
        let y = if sin < 0.0 { sin * look.skull.top } else { sin * look.skull.chin };
        let section = Section::new(&look.skull, y);
        at.extend(directions.iter().map(|direction| section.at(*direction)));
    }
    raise(&mut at, directions.len(), look, sitter);
    let uv = at.iter().map(|p| [p.x, p.y]).collect();
    Surface { columns: directions.len(), rows, at, uv }
}

/// A rounded bump or, when negative, dent.
struct Bump {
    x: f32,
    y: f32,
    wide: f32,
    high: f32,
    height: f32,
}

/// Raises the face out of the front of the skull.
fn raise(at: &mut [V3], columns: usize, look: &Look, sitter: &Sitter) {
    let bumps = bumps(look, sitter);
    for row in at.chunks_mut(columns) {
        let y = row[0].y;
        let ridge = nose_at(look, y);
        let near: Vec<&Bump> = bumps.iter().filter(|bump| (y - bump.y).abs() < 2.0 * bump.high).collect();
        for point in row.iter_mut().filter(|point| point.z > 0.0) {
            let mut height = ridge.map_or(0.0, |(height, wide)| {
                let across = point.x / wide;
                height * bell(across * across)
            });
            for bump in &near {
                let (u, v) = ((point.x - bump.x) / bump.wide, (y - bump.y) / bump.high);
                height += bump.height * bell(u * u + v * v);
            }
            point.z += height;
        }
    }
}

/// Height and half-width of the nose's ridge at a height of the face.
fn nose_at(look: &Look, y: f32) -> Option<(f32, f32)> {
    let nose = &look.nose;
    if !(-0.28..nose.long + 0.09).contains(&y) {
        return None;
    }
    let down = ((y + 0.12) / (nose.long + 0.06)).clamp(0.0, 1.0);
    let rise = mix(nose.bridge_high, nose.high, down * down * (1.6 - 0.6 * down));
    let hump = nose.hump * bump(0.0, y - 0.4 * nose.long, 1.0, 0.12);
    let ends = smooth(-0.28, 0.06, y) * smooth(nose.long + 0.085, nose.long - 0.05, y);
    Some(((rise + hump) * ends, mix(nose.bridge, 0.55 * nose.wide, down * down)))
}

fn bumps(look: &Look, sitter: &Sitter) -> Vec<Bump> {
    let Look { skull, eye, brow, nose, mouth, .. } = look;
    let (smile, gap) = (sitter.smile, gap(sitter));
    let mouth_wide = mouth.wide * (1.0 + 0.28 * smile);
    let mut all = Vec::with_capacity(40);
    let mut add = |x: f32, y: f32, wide: f32, high: f32, height: f32| {
        all.push(Bump { x, y, wide, high, height });
    };
    for side in [-1.0, 1.0_f32] {
        add(side * eye.x, -0.03, 0.21, 0.15, -eye.deep);
        add(side * eye.x, 0.0, 0.145, 0.09, 0.075);
        add(side * (eye.x - eye.wide - 0.05), 0.03, 0.07, 0.1, -0.05);
        add(side * eye.x * 0.92, brow.y + 0.04, 0.27, 0.085, 0.025 + eye.ridge);
        add(side * eye.x, 0.145, 0.13, 0.035, 0.012 + 0.02 * look.old + 0.015 * smile);
        add(
            side * 0.56 * skull.wide,
            skull.cheek_y - 0.06 * smile,
            0.24,
            0.2,
            skull.cheek + 0.02 + 0.1 * smile,
        );
        add(side * 0.62 * skull.wide, mouth.y - 0.05, 0.17, 0.22, -skull.hollow);
        add(side * 0.74 * nose.wide, nose.long - 0.025, 0.062, 0.062, 0.1);
        add(side * (nose.wide + 0.05), nose.long - 0.06, 0.05, 0.08, -0.03);
        let fold = 0.012 + 0.03 * look.old + 0.06 * smile;
        add(side * (nose.wide + 0.10 + 0.05 * smile), nose.long + 0.1, 0.045, 0.11, -fold);
        add(side * (mouth_wide + 0.06), mouth.y - 0.02, 0.05, 0.1, -0.01 - 0.7 * fold);
        add(side * (mouth_wide + 0.01), mouth.y - 0.05 * smile, 0.05, 0.04, -0.03);
        add(side * 0.46 * skull.jaw, skull.chin - 0.24, 0.15, 0.12, 0.05 * look.old);
    }
    add(0.0, nose.long - 0.065, 0.085 + 0.2 * (nose.wide - 0.12), 0.085, 0.05);
    add(0.0, nose.long + 0.15, 0.03, 0.06, -0.012);
    add(0.0, mouth.y - 0.045, 0.8 * mouth_wide, 0.06, 0.035 + 0.4 * mouth.upper);
    add(0.0, mouth.y + 0.06 + gap, 0.66 * mouth_wide, 0.055, 0.04 + 0.4 * mouth.lower);
    add(0.0, mouth.y + 0.5 * gap, 0.9 * mouth_wide, 0.025 + 0.5 * gap, -0.035 - 0.3 * gap);
    add(0.0, mouth.y + 0.175 + gap, 0.7 * mouth_wide, 0.05, -0.045);
    add(0.0, skull.chin - 0.17, 0.18, 0.13, skull.chin_ball);
    add(0.0, skull.chin - 0.14, 0.03, 0.08, -skull.cleft);
    all
}
