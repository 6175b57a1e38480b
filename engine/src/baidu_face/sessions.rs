//! Sessions of video liveness: a code that the person in the video must say or act, good once and for a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Digits that mean an action, as the code of an action session lists them: blink, look up, look down, shake.
const ACTIONS: [u8; 4] = *b"0457";

/// What the person must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionKind {
    /// Say digits.
    Voice,
    /// Act.
    Action,
}

impl SessionKind {
    /// How long a code may be at least and at most.
    pub(super) fn lengths(self) -> [u64; 2] {
        match self {
            Self::Voice => [3, 6],
            Self::Action => [1, 3],
        }
    }
}

/// The sessions that are open, each application's apart.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: Mutex<HashMap<(usize, String), (String, u64)>>,
}

impl Sessions {
    /// Opens a session until a time in seconds since 1970: its id and its code of a length within bounds.
    pub(super) fn open(
        &self,
        account: usize,
        kind: SessionKind,
        [least, most]: [u64; 2],
        [now, until]: [u64; 2],
    ) -> (String, String) {
        let mut bytes = [0; 24];
        if getrandom::fill(&mut bytes).is_err() {
            tracing::warn!("no randomness from the system: codes can be guessed");
        }
        let length = least + u64::from(bytes[0]) % (most - least + 1);
        let digit = |byte: &u8| match kind {
            SessionKind::Voice => char::from(b'0' + byte % 10),
            SessionKind::Action => char::from(ACTIONS[usize::from(*byte) % ACTIONS.len()]),
        };
        let code: String = bytes[1..].iter().take(length as usize).map(digit).collect();
        let id = format!("S{}", hex::encode(&bytes[8..]));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, (_, until)| now < *until);
        open.insert((account, id.clone()), (code.clone(), until));
        (id, code)
    }

    /// Uses a session up: its code, if its time has not passed.
    pub(super) fn take(&self, account: usize, id: &str, now: u64) -> Option<String> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&(account, id.to_owned())).filter(|(_, until)| now < *until).map(|(code, _)| code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_serves_once_and_for_its_time() {
        let sessions = Sessions::default();
        for _ in 0..50 {
            let (id, code) = sessions.open(0, SessionKind::Voice, [3, 6], [10, 20]);
            assert!(
                (3..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()),
                "{code}"
            );
            assert_eq!(sessions.take(1, &id, 11), None, "another application's");
            assert_eq!(sessions.take(0, &id, 19), Some(code));
            assert_eq!(sessions.take(0, &id, 19), None, "used up");
        }
        let (id, code) = sessions.open(0, SessionKind::Action, [2, 2], [10, 20]);
        assert!(code.len() == 2 && code.bytes().all(|byte| ACTIONS.contains(&byte)), "{code}");
        assert_eq!(sessions.take(0, &id, 20), None);
    }
}
