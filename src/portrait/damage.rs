//! Files broken on purpose.

use super::random::Random;
use super::{Damage, Scene};

/// The file as damaged as the scene asks.
pub(super) fn damage(mut file: Vec<u8>, scene: &Scene) -> Vec<u8> {
    let mut random = Random::new(scene.seed, 20);
    let length = file.len();
    match scene.damage {
        Damage::None => {}
        Damage::Empty => file.clear(),
        Damage::Cut => file.truncate(length / 2),
        Damage::Noise => scramble(&mut file[HEAD.min(length)..], &mut random),
        Damage::Magic => scramble(&mut file[..MAGIC.min(length)], &mut random),
        Damage::Header => scramble(&mut file[MAGIC.min(length)..HEAD.min(length)], &mut random),
    }
    file
}

/// Bytes by which every format here names itself are among the first 8.
const MAGIC: usize = 8;
/// Where size and kind of the pixels stand, and a little more.
const HEAD: usize = 40;

/// Replaces each byte by another one.
fn scramble(bytes: &mut [u8], random: &mut Random) {
    for byte in bytes {
        *byte ^= (random.bits() % 255) as u8 + 1;
    }
}
