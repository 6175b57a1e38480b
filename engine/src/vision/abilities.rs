//! What can be told of a face, and what cannot: one table, shown wherever somebody may ask.
//!
//! What cannot be told is left out of every answer, never made up.

use super::Capabilities;

/// Something that somebody may want to know of a face.
#[derive(Debug, Clone, Copy)]
pub struct Ability {
    /// Its name, as `inspect --json` writes it; of what nobody here can tell the name that vendors use.
    pub name: &'static str,
    /// What is told; of what cannot be told, why not.
    pub meaning: &'static str,
    /// Who can tell it.
    teller: Teller,
}

#[derive(Debug, Clone, Copy)]
enum Teller {
    /// Every analyser.
    Anybody,
    /// Analysers that have this capability.
    Capable(fn(Capabilities) -> bool),
    /// None.
    Nobody,
}

impl Ability {
    /// Whether an analyser of these capabilities tells it.
    pub fn is_told_by(&self, capabilities: Capabilities) -> bool {
        match self.teller {
            Teller::Anybody => true,
            Teller::Capable(is_capable) => is_capable(capabilities),
            Teller::Nobody => false,
        }
    }

    /// Whether some analyser tells it.
    pub fn is_told(&self) -> bool {
        !matches!(self.teller, Teller::Nobody)
    }
}

const LANDMARKS: Teller = Teller::Capable(|can| can.landmarks);
const ATTRIBUTES: Teller = Teller::Capable(|can| can.attributes);
const QUALITY: Teller = Teller::Capable(|can| can.quality);
const LIVENESS: Teller = Teller::Capable(|can| can.liveness);
const IDENTIFICATION: Teller = Teller::Capable(|can| can.identification);

/// Everything that the vendors name, and what is told beyond.
#[rustfmt::skip]
pub const ABILITIES: [Ability; 23] = [
    ability("rect", "the box of the face, in pixels", Teller::Anybody),
    ability("score", "how sure the detector is; larger is surer, without an upper end", Teller::Anybody),
    ability("landmarks", "68 points, and what the vendors' lists of 4, 72 and 150 have of them", LANDMARKS),
    ability("pose", "pitch, yaw and roll, in degrees", ATTRIBUTES),
    ability("age", "years", ATTRIBUTES),
    ability("male", "0 a woman's face to 1 a man's", ATTRIBUTES),
    ability("expression", "shares of seven emotions", ATTRIBUTES),
    ability("glasses", "none, common or sun, and how likely", ATTRIBUTES),
    ability("eyes_open", "0 closed to 1 open; not behind dark lenses", ATTRIBUTES),
    ability("mouth_open", "0 closed to 1 open", ATTRIBUTES),
    ability("shape", "square, triangle, oval, heart or round, and how clearly", ATTRIBUTES),
    ability("cartoon", "0 a human's face to 1 a drawn one's", ATTRIBUTES),
    ability("liveness", "0 a print or a screen to 1; stops no attacker", LIVENESS),
    ability("quality", "blur, illumination, completeness, and seven parts hidden or not", QUALITY),
    ability("description", "128 numbers that tell people apart", IDENTIFICATION),
    ability("beauty", "a matter of taste that nothing here measures", Teller::Nobody),
    ability("race", "nothing here sorts people by it", Teller::Nobody),
    ability("mask", "that mouth and chin are hidden shows in the quality, not by what", Teller::Nobody),
    ability("spoofing", "pictures put together or made by a machine are not told from others", Teller::Nobody),
    ability("landmark201", "68 points are too few for so many, and no list of their names is public", Teller::Nobody),
    ability("parsing", "no net here cuts a face into regions", Teller::Nobody),
    ability("feature", "the vendor's numbers are its own; ours would not compare with them", Teller::Nobody),
    ability("lip_language", "no net here reads lips", Teller::Nobody),
];

const fn ability(name: &'static str, meaning: &'static str, teller: Teller) -> Ability {
    Ability { name, meaning, teller }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_capabilities_only_places_are_told() {
        let told = |can: Capabilities| ABILITIES.iter().filter(|ability| ability.is_told_by(can)).count();
        assert_eq!(told(Capabilities::default()), 2);
        let all = Capabilities {
            landmarks: true,
            attributes: true,
            quality: true,
            liveness: true,
            identification: true,
        };
        assert_eq!(told(all), ABILITIES.iter().filter(|ability| ability.is_told()).count());
    }
}
