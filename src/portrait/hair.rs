//! Hair: a shell of strands that run from the crown over the skull to where the style lets them end.

use super::colour::{blend, scale};
use super::head::{Direction, Sections};
use super::look::{Look, Style};
use super::maths::{V3, arc_cosine, cosine, mix, smooth, turn, v3};
use super::random::Noise;
use super::surface::Surface;
use super::texture::{Area, Lazy, Texels};

/// Whether ears stay free under this style.
pub(super) fn shows_ears(style: Style) -> bool {
    !matches!(style, Style::Long | Style::Bob)
}

/// The shell, and what is painted on it: across in degrees from the front, along from 0 at the crown to 1.
pub(super) fn shell<'a>(look: &'a Look, noise: &'a Noise, detail: f32) -> (Surface, impl Texels + use<'a>) {
    let cut = Cut { look, sections: Sections::new(&look.skull), noise };
    let (columns, rows) = ((88.0 * detail) as usize + 8, (28.0 * detail) as usize + 6);
    let directions: Vec<(f32, Direction, f32)> = (0..columns)
        .map(|column| {
            let degrees = mix(-180.0, 180.0, column as f32 / (columns - 1) as f32);
            (degrees, Direction::new(degrees), cut.length(degrees))
        })
        .collect();
    let surface = Surface::new(columns, rows, |across, along| {
        let (degrees, direction, length) = directions[(across * (columns - 1) as f32 + 0.5) as usize];
        (cut.point(degrees, direction, length * along, along), [degrees, along])
    });
    (surface, cut.texture(detail))
}

/// A knot at the back of the head, for tied hair.
pub(super) fn knot(look: &Look, detail: f32) -> Option<Surface> {
    if look.hair.style != Style::Tied {
        return None;
    }
    let size = (24.0 * detail) as usize + 8;
    let centre = v3(0.0, -look.skull.top * 0.93, -0.62);
    Some(Surface::new(size, size, |across, along| {
        let ((sin, cos), (high, low)) = (turn(360.0 * across - 180.0), turn(180.0 * along));
        let p = v3(0.34 * high * sin, -0.3 * low, 0.34 * high * cos);
        (centre + p, [360.0 * across - 180.0, 0.15 + 0.6 * along])
    }))
}

struct Cut<'a> {
    look: &'a Look,
    sections: Sections,
    noise: &'a Noise,
}

impl Cut<'_> {
    /// The height at which hair in this direction ends.
    fn end(&self, degrees: f32) -> f32 {
        let hair = &self.look.hair;
        let off = degrees.abs();
        let temple = 0.5 - ((off - 34.0) / 16.0).abs().min(1.0) * 0.5;
        let front = hair.line - 0.5 * hair.recede * temple - 0.2 * hair.recede
            + 0.07 * (off / 30.0) * (off / 30.0)
            + 0.02 * self.noise.at(degrees * 0.11, 3.5);
        let fringe = self.look.brow.y - hair.fringe + 0.02 * self.noise.at(degrees * 0.2, 8.5);
        let front =
            if hair.style == Style::Fringe { mix(fringe, front, smooth(36.0, 50.0, off)) } else { front };
        let burn = if self.look.male > 0.5 { 0.22 } else { 0.02 };
        let side = mix(front, burn, smooth(30.0, 66.0, off));
        let side = mix(side, -0.12, smooth(76.0, 88.0, off));
        let short = mix(side, 0.72, smooth(108.0, 126.0, off));
        let hanging = match hair.style {
            Style::Long => 1.55 + 0.5 * hair.wave,
            Style::Bob => 0.75 + 0.35 * hair.wave,
            Style::Fringe if self.look.male < 0.5 => 0.95,
            _ => return short,
        };
        let opens = if hair.style == Style::Fringe { 44.0 } else { 34.0 };
        mix(short, hanging, smooth(opens, opens + 24.0, off))
    }

    /// The way from the crown to the end, as an angle about the middle of the skull.
    fn length(&self, degrees: f32) -> f32 {
        let (end, top) = (self.end(degrees), self.look.skull.top);
        if end < 0.0 { arc_cosine(-end / top) } else { std::f32::consts::FRAC_PI_2 + end / top }
    }

    fn point(&self, degrees: f32, direction: Direction, way: f32, along: f32) -> V3 {
        let skull = &self.look.skull;
        let right = std::f32::consts::FRAC_PI_2;
        let y = if way < right { -skull.top * cosine(way) } else { (way - right) * skull.top };
        // Below the widest place hair hangs instead of following the jaw.
        let (hangs, section) = if y > 0.02 && self.hangs(degrees) {
            (y - 0.02, self.sections.at(0.02))
        } else {
            (0.0, self.sections.at(y))
        };
        let base = section.at(direction);
        let out =
            v3(base.x / (skull.wide * skull.wide), 1.1 * base.y.min(0.0) / (skull.top * skull.top), base.z)
                .unit();
        let mut p = base + out * self.thickness(degrees, way, along);
        if hangs > 0.0 {
            let wave =
                1.0 + 0.04 * self.look.hair.wave * cosine(7.0 * hangs + 1.0) + 0.1 * smooth(0.0, 0.6, hangs)
                    - 0.12 * smooth(0.8, 1.9, hangs);
            p = v3(p.x * wave, base.y + hangs, p.z * (1.0 + 0.1 * hangs.min(1.0)));
        }
        p
    }

    fn hangs(&self, degrees: f32) -> bool {
        let loose = match self.look.hair.style {
            Style::Long | Style::Bob => true,
            Style::Fringe => self.look.male < 0.5,
            _ => false,
        };
        loose && degrees.abs() > 38.0
    }

    /// How far hair stands off the skull.
    fn thickness(&self, degrees: f32, way: f32, along: f32) -> f32 {
        let hair = &self.look.hair;
        let top = 1.0 - smooth(0.3, 1.3, way);
        let lumps = 1.0 + 0.22 * self.noise.at(degrees * 0.05, way * 2.5);
        let full = hair.volume * lumps;
        let taper = smooth(1.02, 0.55, along);
        match hair.style {
            Style::Bald => 0.012,
            Style::Buzz => 0.012 + 0.02 * taper,
            Style::Short => 0.015 + full * (0.35 + 0.75 * top) * taper,
            Style::Swept => {
                let away = smooth(0.0, 0.9, (degrees / 60.0 - hair.part * 1.4).abs());
                0.015 + full * (0.4 + 1.0 * top + 0.5 * away) * mix(taper, 1.0, 0.25)
            }
            Style::Fringe => 0.03 + full * (0.45 + 0.4 * top + 0.25 * taper),
            Style::Bob | Style::Long => {
                let parted = smooth(0.0, 0.25, (degrees / 60.0 - hair.part).abs());
                0.02 + full
                    * (0.5 + 0.3 * top + 0.2 * parted)
                    * mix(taper, 1.0, smooth(46.0, 60.0, degrees.abs()))
            }
            Style::Tied => 0.012 + 0.04 * lumps * taper,
            Style::Round => {
                let round = (1.0 - along * along * along * along * along * along).max(0.0).sqrt();
                0.02 + (0.16 + 1.5 * hair.volume)
                    * (1.0 + 0.14 * self.noise.at(degrees * 0.16, way * 6.0))
                    * round
            }
        }
    }

    fn texture(self, detail: f32) -> impl Texels {
        let (hair, tone, noise) = (&self.look.hair, self.look.skin.tone, self.noise);
        let fine = 1.2 * detail.min(2.0);
        let area = Area { left: -180.0, top: 0.0, right: 180.0, bottom: 1.0 };
        let lean = match hair.style {
            Style::Swept | Style::Long | Style::Bob => 24.0,
            Style::Short => 8.0,
            _ => 0.0,
        };
        let part = hair.part * 40.0;
        let lengths: Vec<f32> = (-180..=180).map(|degrees| self.length(degrees as f32)).collect();
        Lazy::new(area, (fine, 80.0 * detail.min(2.0)), move |degrees, along| {
            let way = along * lengths[((degrees + 180.5).max(0.0) as usize).min(360)];
            let bend = hair.wave * 5.0 * noise.at(degrees * 0.06, way * 3.0);
            // Strands lead away from the parting.
            let across = degrees - lean * way * ((degrees - part) / 12.0).clamp(-1.0, 1.0) + bend;
            let strand = if hair.style == Style::Round {
                0.6 * noise.at(degrees * 0.55, way * 30.0 + 40.0 * along * along)
                    + 0.5 * noise.at(degrees * 0.25 + 9.0, way * 13.0)
            } else {
                0.5 * noise.at(across * 0.95, way * 2.2)
                    + 0.4 * noise.at(across * 0.37 + 70.0, way * 1.3)
                    + 0.2 * noise.at(across * 0.1, way * 1.1 + 30.0)
            };
            let k = 1.0 + 0.62 * strand;
            let mut colour = scale(hair.colour, k * mix(0.75, 1.05, smooth(0.0, 0.25, way)));
            let ragged = match hair.style {
                Style::Round => 0.05,
                Style::Buzz | Style::Bald => 0.12,
                _ => 0.07,
            };
            let mut share = 1.0;
            if along > 1.0 - 2.0 * ragged {
                let tip = 0.6 * noise.at(across * 0.9 + 31.0, 5.0) + 0.4 * noise.at(across * 0.3, 11.0);
                share = smooth(1.0, 1.0 - ragged, along + 0.275 * ragged * (tip + 1.0));
            }
            match hair.style {
                Style::Buzz => share *= 0.72 + 0.2 * strand,
                Style::Bald => share *= 0.45 * smooth(1.15, 1.5, way + 0.004 * (degrees.abs() - 90.0)),
                Style::Long | Style::Bob | Style::Swept => {
                    let off = (degrees - part).abs();
                    let parting =
                        0.45 * smooth(1.8, 0.2, off) * smooth(0.15, 0.3, way) * smooth(1.2, 0.9, way);
                    colour = blend(colour, scale(tone, 0.45), parting);
                }
                _ => {}
            }
            [colour[0], colour[1], colour[2], share]
        })
    }
}
