//! A valid request changed on purpose, by a plan that can be told, kept and repeated.
//!
//! Pure: time, nonce and what exists at the target are in the [`Ground`], randomness is the bytes a [`Plan`] is drawn from.
//! Knows what each mutation breaks ([`Effect`]), not which code answers it: that is the oracle's. Start with [`apply`].

pub mod body;
mod effect;
mod hides;
mod length;
mod making;
mod mutator;
pub mod picture;
mod plan;
mod rows;
pub mod signature;
mod within;

pub use body::BodyMutation;
pub use effect::{Effect, EffectOutcome, Refusal};
pub use making::Making;
pub use mutator::{Applies, Aspect, Mutator, Subject, Trait};
pub use picture::PictureMutation;
pub use plan::{MOST, Mutation, Plan, mutator, mutators};
pub use signature::SignatureMutation;
pub use within::{Visible, Within};

use hides::Layer;

use crate::request::Ground;
use crate::sign::Lacking;
use crate::wire::{Field, Framing, Request};

/// A changed request, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// The request.
    pub request: Request,
    /// How it is put on the wire.
    pub framing: Framing,
    /// The parameters as they were before the body was written; what a structural view shows.
    pub fields: Vec<Field>,
    /// The text that was signed, where the scheme signs one.
    pub signed_text: Option<String>,
    /// How often the same bytes are sent before the request that is judged (replays).
    pub sent_before: u32,
    /// What the mutations broke.
    pub effects: Vec<Effect>,
}

/// Carries a plan out, from the inside outwards: pictures, parameters, the writing of the body, the signature, the framing.
pub fn apply(plan: &Plan, ground: &Ground) -> Result<Mutant, Lacking> {
    let mut making = Making::of(ground);
    let of = |aspect| plan.mutations.iter().filter(move |mutation| mutation.aspect() == aspect);
    making.framing_changes = of(Aspect::Framing).next().is_some();
    let mut layers: Vec<Layer> = Vec::new();
    for mutation in of(Aspect::Picture).chain(of(Aspect::Parameter)) {
        let (before, first) = (making.fields.clone(), making.effects.len());
        match mutation {
            Mutation::Picture(mutation) => mutation.apply(&mut making),
            Mutation::Body(mutation) => mutation.change_parameters(&mut making),
            Mutation::Signature(_) => {}
        }
        let layer = Layer::of_parameters(&before, &making.fields, first..making.effects.len());
        for inner in &layers {
            inner.soften_where_changed_by(&layer, &mut making.effects);
        }
        layers.push(layer);
    }
    making.write();
    for mutation in of(Aspect::Writing) {
        if let Mutation::Body(mutation) = mutation {
            let first = making.effects.len();
            let hides = mutation.write(&mut making);
            for inner in &layers {
                inner.soften(&hides, &mut making.effects);
            }
            layers.push(Layer::of_writing(first..making.effects.len()));
        }
    }
    let too_long = length::effect(&making);
    making.effects.extend(too_long);
    let signing = plan.mutations.iter().find_map(|mutation| match mutation {
        Mutation::Signature(mutation) => Some(mutation),
        _ => None,
    });
    signature::sign(signing, &mut making)?;
    for mutation in of(Aspect::Framing) {
        if let Mutation::Body(mutation) = mutation {
            let hides = mutation.frame(&mut making);
            for inner in &layers {
                inner.soften(&hides, &mut making.effects);
            }
        }
    }
    let Making { request, framing, fields, signed_text, sent_before, effects, .. } = making;
    Ok(Mutant { request, framing, fields, signed_text, sent_before, effects })
}
