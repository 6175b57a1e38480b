//! What steps ask for by name, or cannot do without.

use crate::nearest::by_likeness;
use lianpu_corpus::Operation;

use crate::request::Draft;
use crate::run::blocked::Blocked;
use crate::run::world::World;

/// The request in the making.
pub(super) fn draft(world: &mut World) -> Result<&mut Draft, Blocked> {
    world.draft.as_mut().ok_or_else(|| Blocked::step(&"no request yet; begin with «a valid … request»"))
}

/// The operation of this name.
pub(super) fn operation(world: &World, name: &str) -> Result<&'static Operation, Blocked> {
    let dialect = world.dialect();
    dialect.operation(name).ok_or_else(|| {
        let known = dialect.operations.iter().map(|operation| operation.name.as_str());
        let nearest = by_likeness(name, known).next().unwrap_or("none");
        Blocked::step(&format!("{} has no operation {name}; the nearest is {nearest}", dialect.manifest.name))
    })
}
