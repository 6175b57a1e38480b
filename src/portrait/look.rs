//! What a person looks like: the numbers that a face is built from, grown from a seed.

use lianpu_corpus::Sex;

use super::colour::{Rgb, blend, scale, srgb};
use super::maths::smooth;
use super::random::Random;
use super::scene::Who;

/// A person's build. Lengths are in units: about half a head's width. Heights count down from the eyes.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// From what details such as freckles grow.
    pub(super) seed: u64,
    /// 0 female to 1 male, as far as bones and lips tell.
    pub(super) male: f32,
    /// 0 young to 1 old.
    pub(super) old: f32,
    pub(super) skull: Skull,
    pub(super) eye: Eye,
    pub(super) brow: Brow,
    pub(super) nose: Nose,
    pub(super) mouth: Mouth,
    pub(super) skin: Skin,
    pub(super) hair: Hair,
    pub(super) beard: Beard,
}

/// The shape of the head.
#[derive(Debug, Clone)]
pub(super) struct Skull {
    pub(super) wide: f32,
    pub(super) jaw: f32,
    pub(super) square: f32,
    pub(super) chin: f32,
    pub(super) top: f32,
    pub(super) cheekbone: f32,
    pub(super) cheek: f32,
    pub(super) cheek_y: f32,
    pub(super) hollow: f32,
    pub(super) chin_ball: f32,
    pub(super) cleft: f32,
    pub(super) ear: f32,
    pub(super) neck: f32,
}

/// The eyes.
#[derive(Debug, Clone)]
pub(super) struct Eye {
    pub(super) x: f32,
    pub(super) wide: f32,
    pub(super) high: f32,
    pub(super) tilt: f32,
    pub(super) deep: f32,
    pub(super) crease: f32,
    pub(super) ridge: f32,
    pub(super) iris: Rgb,
    pub(super) lashes: f32,
}

/// The eyebrows.
#[derive(Debug, Clone)]
pub(super) struct Brow {
    pub(super) y: f32,
    pub(super) thick: f32,
    pub(super) long: f32,
    pub(super) tilt: f32,
    pub(super) arch: f32,
    pub(super) dark: f32,
}

/// The nose.
#[derive(Debug, Clone)]
pub(super) struct Nose {
    pub(super) wide: f32,
    pub(super) long: f32,
    pub(super) high: f32,
    pub(super) bridge: f32,
    pub(super) bridge_high: f32,
    pub(super) hump: f32,
}

/// The mouth.
#[derive(Debug, Clone)]
pub(super) struct Mouth {
    pub(super) y: f32,
    pub(super) wide: f32,
    pub(super) upper: f32,
    pub(super) lower: f32,
    pub(super) bow: f32,
    pub(super) corner: f32,
    pub(super) lips: Rgb,
}

/// The skin.
#[derive(Debug, Clone)]
pub(super) struct Skin {
    pub(super) tone: Rgb,
    /// 0 lightest to 1 darkest.
    pub(super) dark: f32,
    pub(super) flush: f32,
    pub(super) freckles: f32,
    /// Shadows under the eyes, 0 to 1.
    pub(super) tired: f32,
    /// Coarse skin with scars of spots, 0 to 1.
    pub(super) rough: f32,
    /// Brown spots of age, 0 to 1.
    pub(super) spotted: f32,
    pub(super) moles: [(f32, f32); 3],
}

/// How hair is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Bald,
    Buzz,
    Short,
    Swept,
    Fringe,
    Bob,
    Long,
    Tied,
    Round,
}

/// The hair.
#[derive(Debug, Clone)]
pub(super) struct Hair {
    pub(super) style: Style,
    pub(super) colour: Rgb,
    pub(super) line: f32,
    pub(super) recede: f32,
    pub(super) part: f32,
    pub(super) volume: f32,
    pub(super) wave: f32,
    /// How far above the brows a fringe ends.
    pub(super) fringe: f32,
}

/// How a beard is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beard {
    None,
    Stubble,
    Moustache,
    Goatee,
    Full,
}

impl Look {
    /// What this person looks like.
    pub(super) fn of(who: Who) -> Self {
        let (sex, years) = sex_and_age(who);
        match who {
            Who::Seed(seed) => Self::grown(seed, sex, years).with_clear_brows(),
            // People with names were chosen by how they are told apart, as they grew.
            Who::Named(person) => Self::grown(person.seed, sex, years),
        }
    }

    /// With brows that stand out: grey hair is no lighter than the skin, and a fringe leaves some forehead. Detectors
    /// know a face by brows that are darker than what is above.
    fn with_clear_brows(mut self) -> Self {
        let (hair, skin) = (brightness(self.hair.colour), brightness(self.skin.tone));
        self.hair.fringe = 0.17;
        self.hair.colour = scale(self.hair.colour, (0.4 * skin / hair).min(1.0));
        self
    }

    fn grown(seed: u64, sex: Sex, years: f32) -> Self {
        let random = &mut Random::new(seed, 2);
        let male = match sex {
            Sex::Female => random.between(0.0, 0.3),
            Sex::Male => random.between(0.7, 1.0),
        };
        let old = smooth(22.0, 80.0, years);
        let skin = Skin::grown(random, male, old);
        let skull = Skull::grown(random, male, old);
        let nose = Nose::grown(random, male, skin.dark);
        let hair = Hair::grown(random, sex, old, skin.dark);
        Self {
            eye: Eye::grown(random, &skull, male, skin.dark),
            brow: Brow::grown(random, male),
            mouth: Mouth::grown(random, &nose, &skull, &skin, male, old),
            beard: if sex == Sex::Male {
                random.pick(&[
                    Beard::None,
                    Beard::None,
                    Beard::Stubble,
                    Beard::Moustache,
                    Beard::Goatee,
                    Beard::Full,
                ])
            } else {
                Beard::None
            },
            seed,
            male,
            old,
            skull,
            nose,
            skin,
            hair,
        }
    }
}

/// The sex and the age in years with which somebody is drawn.
pub(super) fn sex_and_age(who: Who) -> (Sex, f32) {
    match who {
        Who::Seed(seed) => {
            let mut hints = Random::new(seed, 1);
            (if hints.chance(0.5) { Sex::Female } else { Sex::Male }, hints.between(19.0, 75.0))
        }
        Who::Named(person) => (person.sex, f32::from(person.age)),
    }
}

fn brightness([red, green, blue]: Rgb) -> f32 {
    0.21 * red + 0.72 * green + 0.07 * blue
}

impl Skull {
    fn grown(r: &mut Random, male: f32, old: f32) -> Self {
        Self {
            wide: r.spread(0.75, 1.06),
            jaw: r.spread(0.48, 0.88) + 0.08 * male,
            square: r.spread(2.4, 5.4) + 0.8 * male,
            chin: r.spread(1.1, 1.42) + 0.06 * male,
            top: r.spread(1.20, 1.42),
            cheekbone: r.spread(-0.04, 0.09),
            cheek: r.spread(0.0, 0.16),
            cheek_y: r.spread(0.28, 0.46),
            hollow: r.spread(0.0, 0.1) + 0.04 * old,
            chin_ball: r.spread(0.02, 0.16),
            cleft: if r.chance(0.2) { 0.03 * male } else { 0.0 },
            ear: r.spread(0.85, 1.25) + 0.1 * old,
            neck: r.spread(0.43, 0.49) + 0.1 * male,
        }
    }
}

impl Eye {
    fn grown(r: &mut Random, skull: &Skull, male: f32, dark: f32) -> Self {
        const BROWN: [(u8, u8, u8); 3] = [(72, 44, 26), (52, 32, 22), (96, 60, 32)];
        const LIGHT: [(u8, u8, u8); 5] =
            [(84, 116, 142), (108, 132, 146), (88, 106, 74), (112, 104, 66), (104, 68, 36)];
        let (red, green, blue) = if dark > 0.45 || r.chance(0.3) { r.pick(&BROWN) } else { r.pick(&LIGHT) };
        Self {
            x: skull.wide * r.spread(0.36, 0.5),
            wide: r.spread(0.125, 0.218),
            high: r.spread(0.05, 0.112) - 0.01 * male,
            tilt: r.spread(-0.22, 0.22),
            deep: r.spread(0.02, 0.19) + 0.03 * male,
            crease: r.spread(0.02, 0.09),
            ridge: r.spread(0.0, 0.08) + 0.05 * male,
            iris: srgb(red, green, blue),
            lashes: r.spread(0.6, 1.0) - 0.45 * male,
        }
    }
}

impl Brow {
    fn grown(r: &mut Random, male: f32) -> Self {
        Self {
            y: r.spread(-0.35, -0.2) + 0.03 * male,
            thick: r.spread(0.015, 0.075) + 0.014 * male,
            long: r.spread(0.2, 0.32),
            tilt: r.spread(-0.5, 0.5),
            arch: r.spread(0.01, 0.08) - 0.02 * male,
            dark: r.spread(0.35, 1.0),
        }
    }
}

impl Nose {
    fn grown(r: &mut Random, male: f32, dark: f32) -> Self {
        Self {
            wide: r.spread(0.1, 0.225) + 0.05 * dark * r.unit() + 0.015 * male,
            long: r.spread(0.39, 0.64) + 0.04 * male,
            high: r.spread(0.2, 0.48) + 0.03 * male,
            bridge: r.spread(0.05, 0.135),
            bridge_high: r.spread(0.03, 0.23) + 0.03 * male,
            hump: if r.chance(0.35) { r.spread(0.0, 0.1) } else { 0.0 },
        }
    }
}

impl Mouth {
    fn grown(r: &mut Random, nose: &Nose, skull: &Skull, skin: &Skin, male: f32, old: f32) -> Self {
        let rose = if r.chance(0.45 - 0.45 * male) {
            blend(srgb(178, 40, 52), srgb(120, 34, 62), r.unit())
        } else {
            blend(scale(skin.tone, 0.7), srgb(168, 78, 76), 0.45)
        };
        let natural = [skin.tone[0] * 0.72, skin.tone[1] * 0.46, skin.tone[2] * 0.46];
        let space = skull.chin - nose.long;
        Self {
            y: nose.long + space * r.spread(0.3, 0.5),
            wide: r.spread(0.2, 0.385) + 0.02 * male,
            upper: r.spread(0.024, 0.112) - 0.015 * male - 0.012 * old,
            lower: r.spread(0.042, 0.15) - 0.015 * male - 0.015 * old,
            bow: r.unit(),
            corner: r.spread(-0.03, 0.05),
            lips: blend(natural, rose, (1.0 - male) * r.spread(0.1, 1.0)),
        }
    }
}

impl Skin {
    fn grown(r: &mut Random, male: f32, old: f32) -> Self {
        const TONES: [(u8, u8, u8); 7] = [
            (252, 222, 202),
            (244, 206, 178),
            (228, 184, 148),
            (204, 154, 114),
            (164, 112, 78),
            (128, 84, 58),
            (98, 66, 48),
        ];
        let dark = r.spread(0.0, 1.0) * r.between(0.75, 1.0);
        let place = dark * 5.999;
        let tone = |step: usize| {
            let (red, green, blue) = TONES[step];
            srgb(red, green, blue)
        };
        let step = place as usize;
        let tone = blend(tone(step), tone(step + 1), place - step as f32);
        let hue = r.between(-1.0, 1.0);
        Self {
            tone: scale(
                [tone[0] * (1.0 + 0.03 * hue), 0.97 * tone[1], tone[2] * (1.0 - 0.07 * hue)],
                1.0 - 0.05 * male,
            ),
            dark,
            flush: r.unit(),
            freckles: if dark < 0.45 && r.chance(0.35) { r.between(0.4, 1.0) } else { 0.0 },
            tired: if r.chance(0.4) { r.unit() } else { 0.0 },
            rough: if r.chance(0.3) { r.unit() } else { 0.0 },
            spotted: if r.chance(0.6) { smooth(0.4, 0.8, old) * r.unit() } else { 0.0 },
            moles: std::array::from_fn(|_| (r.between(-0.7, 0.7), r.between(-0.2, 1.0))),
        }
    }
}

impl Hair {
    fn grown(r: &mut Random, sex: Sex, old: f32, dark: f32) -> Self {
        const DARK: [(u8, u8, u8); 3] = [(26, 22, 21), (46, 33, 26), (34, 26, 22)];
        const ANY: [(u8, u8, u8); 7] = [
            (40, 30, 25),
            (84, 58, 40),
            (120, 86, 58),
            (192, 156, 102),
            (216, 190, 142),
            (150, 74, 38),
            (60, 42, 32),
        ];
        const WOMEN: [Style; 8] = [
            Style::Long,
            Style::Long,
            Style::Bob,
            Style::Fringe,
            Style::Tied,
            Style::Swept,
            Style::Long,
            Style::Round,
        ];
        const MEN: [Style; 8] = [
            Style::Short,
            Style::Short,
            Style::Swept,
            Style::Buzz,
            Style::Bald,
            Style::Fringe,
            Style::Swept,
            Style::Round,
        ];
        let (red, green, blue) = if dark > 0.5 { r.pick(&DARK) } else { r.pick(&ANY) };
        let grey = smooth(0.62, 0.9, old + r.between(-0.2, 0.2));
        let style = match sex {
            Sex::Female => r.pick(&WOMEN),
            Sex::Male => r.pick(&MEN),
        };
        // Round hair is curly hair; it goes with any skin, but most with dark.
        let style = if style == Style::Round && r.unit() > dark + 0.2 { Style::Short } else { style };
        Self {
            style,
            colour: blend(srgb(red, green, blue), srgb(186, 184, 182), grey),
            line: r.between(-0.92, -0.66),
            recede: match sex {
                Sex::Female => 0.0,
                Sex::Male => old * r.unit(),
            },
            part: r.between(-0.6, 0.6),
            volume: r.between(0.07, 0.17),
            wave: r.unit(),
            fringe: 0.05,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_people_span_ages_skins_and_hair() {
        for sex in [Sex::Female, Sex::Male] {
            let people: Vec<_> = lianpu_corpus::people().iter().filter(|person| person.sex == sex).collect();
            assert_eq!(people.len(), 25, "{sex:?}");
            let looks: Vec<Look> = people.iter().map(|person| Look::of(Who::Named(person))).collect();
            let thirds = |values: Vec<f32>| {
                let third = |value: f32| ((value * 3.0) as usize).min(2);
                [0, 1, 2].map(|place| values.iter().filter(|value| third(**value) == place).count())
            };
            let ages = thirds(people.iter().map(|person| (f32::from(person.age) - 19.0) / 56.0).collect());
            let skins = thirds(looks.iter().map(|look| look.skin.dark).collect());
            let light = looks.iter().filter(|look| brightness(look.hair.colour) > 0.2).count();
            let mut styles: Vec<Style> = Vec::new();
            for look in &looks {
                if !styles.contains(&look.hair.style) {
                    styles.push(look.hair.style);
                }
            }
            assert!(ages.iter().chain(&skins).all(|count| *count >= 2), "{sex:?}: {ages:?} {skins:?}");
            assert!((5..=20).contains(&light), "{sex:?}: {light} of light hair");
            assert!(styles.len() >= 5, "{sex:?}: {styles:?}");
        }
    }
}
