//! What an earlier run left at the target, deleted.

use std::error::Error;
use std::rc::Rc;

use super::actor::Actor;
use super::clean_up;
use super::fixture::Session;
use crate::report::Leftover;

impl Session {
    /// Deletes what an earlier run left at the target. What is still there afterwards is among the leftovers again.
    ///
    /// # Errors
    /// A dialect is not known, or gives no access token.
    pub async fn tidy(&self, left: &[Leftover]) -> Result<(), Box<dyn Error + Send + Sync>> {
        let mut dialects: Vec<&str> = left.iter().map(|one| one.dialect.as_str()).collect();
        dialects.sort_unstable();
        dialects.dedup();
        for name in dialects {
            let mut actor = Actor::new(Rc::clone(&self.context), lianpu_corpus::dialect(name)?);
            actor.renew_tokens().await?;
            for one in left.iter().filter(|one| one.dialect == name) {
                actor.ledger.note(&one.kind, &one.id, one.by_second);
            }
            clean_up::all(&mut actor).await;
        }
        Ok(())
    }
}
