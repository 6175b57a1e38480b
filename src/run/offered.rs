//! What a run has found out about the operations of its target. Each thing is asked once, also where many ask at the same
//! time; how it is asked stands in `offers`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use tokio::sync::OnceCell;

use crate::wire::Reply;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// By dialect and operation: why it is not offered.
    pub(super) lacking: Asked<Option<String>>,
    /// By dialect and method: how a path looks that nobody has.
    pub(super) unknown: Asked<Option<Look>>,
}

pub(super) type Asked<T> = RefCell<HashMap<(&'static str, &'static str), Rc<OnceCell<T>>>>;

/// How an answer without a code looks from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    status: u16,
    media_type: Option<String>,
}

impl Look {
    pub(super) fn of(reply: &Reply) -> Self {
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Self { status: reply.status, media_type: reply.content_type.as_deref().map(essence) }
    }
}
