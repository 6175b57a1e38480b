//! Which portraits are drawn.

use lianpu_engine::vision::quality::occlusion::PARTS;
use lianpu_portrait::{CoverMaterial, Part};

use super::random::Random;

/// Seeds of people: those from here on are held back.
pub const HELD_BACK: u64 = 900_000;

/// A portrait as it is drawn for every subject, so that it is drawn once.
pub struct Portrait {
    pub line: String,
    /// Which parts the line hides, in the vendors' order.
    pub hidden: [bool; 7],
    /// Whether it is to be looked at without colours.
    pub grey: bool,
    /// Whether a patch is to be pasted on it, instead of one drawn.
    pub pasted: bool,
    /// What comes next.
    pub random: Random,
}

impl Portrait {
    pub fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let bare = sitter(seed, &mut random, &MOSTLY_FACING);
        let grey = random.chance(0.3);
        let pasted = random.chance(0.25);
        if pasted {
            return Self { line: bare, hidden: [false; 7], grey, pasted, random };
        }
        let covered = cover(&mut random);
        let words = covered.split_whitespace().next().unwrap_or_default().trim_start_matches("cover=");
        let hidden = PARTS.map(|part| words.split(',').any(|word| word == part));
        Self { line: bare + &covered, hidden, grey, pasted, random }
    }

    /// Somebody of whom nothing is hidden, turned as far as heads are to be read.
    pub fn turned(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let line = sitter(seed, &mut random, &TURNED);
        Self { line, hidden: [false; 7], grey: false, pasted: false, random }
    }

    /// What a key of the line says; nothing where it says nothing.
    pub fn key(&self, name: &str) -> Option<f32> {
        let value =
            self.line.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))?;
        value.parse().ok()
    }

    pub fn has_sunglasses(&self) -> bool {
        self.line.contains("glasses=sun")
    }
}

/// How heads are turned: up to so many degrees of yaw, pitch and roll, and for each the share of heads that are
/// turned at most a fifth of it.
struct Turns {
    most: [f32; 3],
    little: f32,
}

const MOSTLY_FACING: Turns = Turns { most: [30.0, 20.0, 15.0], little: 0.4 };
/// A little beyond yaws of 35 and pitches of 25 degrees, so that those are no ends.
const TURNED: Turns = Turns { most: [38.0, 28.0, 45.0], little: 0.1 };

/// Somebody in some pose, light and quality, with nothing hidden.
fn sitter(seed: u64, random: &mut Random, turns: &Turns) -> String {
    let mut line = format!("seed:{seed} seed={seed}");
    let mut put = |key: &str, value: String| line.push_str(&format!(" {key}={value}"));
    let angle = |random: &mut Random, most: f32| {
        let most = if random.chance(turns.little) { 0.2 * most } else { most };
        format!("{:.1}", random.between(-most, most))
    };
    put("yaw", angle(random, turns.most[0]));
    put("pitch", angle(random, turns.most[1]));
    put("roll", angle(random, turns.most[2]));
    let some = |random: &mut Random| if random.chance(0.6) { 0.0 } else { random.share() };
    put("smile", format!("{:.2}", some(random)));
    put("mouth", format!("{:.2}", some(random)));
    put("eyes", format!("{:.2}", some(random)));
    if random.chance(0.2) {
        put("glasses", "clear".to_owned());
    } else if random.chance(0.08) {
        put("glasses", "sun".to_owned());
    }
    put("zoom", format!("{:.2}", random.between(0.7, 1.25)));
    if random.chance(0.75) {
        put("light", format!("{:.0},{:.0}", random.between(-60.0, 60.0), random.between(0.0, 55.0)));
    }
    if random.chance(0.3) {
        put("dark", format!("{:.2}", random.between(0.5, 1.2)));
    }
    if random.chance(0.1) {
        put("glare", format!("{:.2}", random.between(0.0, 0.4)));
    }
    if random.chance(0.25) {
        put("blur", format!("{:.2}", random.between(0.2, 2.0)));
    }
    put("noise", format!("{:.1}", random.between(0.0, 4.0)));
    put("quality", format!("{}", 55 + random.below(41)));
    line
}

/// What is hidden, and by what, to be put behind the sitter.
fn cover(random: &mut Random) -> String {
    let parts: Vec<&str> = match random.share() {
        share if share < 0.2 => return String::new(),
        share if share < 0.8 => vec![random.one(Part::ALL).word()],
        _ => Part::ALL.iter().filter(|_| random.chance(0.35)).map(|part| part.word()).collect(),
    };
    if parts.is_empty() {
        return String::new();
    }
    format!(" cover={} material={}", parts.join(","), random.one(CoverMaterial::ALL).word())
}
