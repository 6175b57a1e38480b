//! What may answer.

use lianpu_corpus::{Certainty, Code, Dialect, Operation};

/// How a success without a code is told among codes: in sentences, ids and records.
pub(crate) const NO_CODE: &str = "none";

/// The answers that are right: of a scenario's Then-step, or as the oracle predicts them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The codes that may answer.
    pub answers: Vec<Allowed>,
    /// Whether a success is right, whatever its code.
    pub success: bool,
    /// Where a success may carry a code for one of several things: a JSON pointer in which `*` stands for every entry.
    pub item: Option<String>,
    /// HTTP statuses with which a gateway may answer instead, whatever the body.
    pub statuses: Vec<u16>,
    /// Whether the connection may be closed without an answer.
    pub closes: bool,
    /// Which of them is right, where the others are only tolerated.
    pub own: Own,
}

/// Which of several expected answers is right, and not only tolerated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Own {
    /// All of them are.
    #[default]
    All,
    /// The first of the codes: it is that of the row that a scenario is for.
    Code,
    /// The success, which has no code.
    Success,
}

/// One code that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The code.
    pub code: Code,
    /// Why; empty where a scenario says so.
    pub rule: String,
    /// How well that is founded.
    pub certainty: Certainty,
    /// Whether it may stand at one of several things, in an answer that is a success as a whole.
    pub in_items: bool,
}

impl Allowed {
    fn of(code: Code) -> Self {
        Self { code, rule: String::new(), certainty: Certainty::Documented, in_items: false }
    }
}

impl Expected {
    /// One row's code, and nothing else.
    pub fn code(code: impl Into<Code>) -> Self {
        Self { answers: vec![Allowed::of(code.into())], own: Own::Code, ..Self::default() }
    }

    /// A success without a code, and nothing else.
    pub fn success_without_code() -> Self {
        Self { success: true, own: Own::Success, ..Self::default() }
    }

    /// The answer of the row with this code, and nothing else; see [`Envelope::success_row`](lianpu_corpus::Envelope).
    pub fn row(code: &Code, dialect: &Dialect, operation: &Operation) -> Self {
        let envelope = dialect.envelope_of(operation);
        let no_code = envelope.is_some_and(|e| e.success.is_none() && e.success_row() == *code);
        if no_code { Self::success_without_code() } else { Self::code(code.clone()) }
    }

    /// The same, with every code also at one of several things: a JSON pointer in which `*` stands for every entry.
    #[must_use]
    pub fn or_in(mut self, pointer: Option<String>) -> Self {
        for allowed in &mut self.answers {
            allowed.in_items = pointer.is_some();
        }
        self.item = pointer;
        self
    }

    /// The same, with further codes tolerated; `none` is a success without one.
    #[must_use]
    pub fn tolerating(mut self, codes: impl IntoIterator<Item = Code>) -> Self {
        for code in codes {
            match code {
                Code::Text(text) if text == NO_CODE => self.success = true,
                code => {
                    let in_items = self.item.is_some();
                    self.answers.push(Allowed { in_items, ..Allowed::of(code) });
                }
            }
        }
        self
    }

    /// The same, with the answers of a gateway tolerated that have one of these HTTP statuses.
    #[must_use]
    pub fn or_http(mut self, statuses: Vec<u16>) -> Self {
        self.statuses = statuses;
        self
    }

    /// The expected codes, of a row its own first; `none` for a success without one.
    pub fn codes(&self) -> Vec<Code> {
        let success = self.success.then(|| Code::Text(NO_CODE.to_owned()));
        let codes = self.answers.iter().map(|allowed| allowed.code.clone());
        match self.own {
            Own::Success => success.into_iter().chain(codes).collect(),
            Own::Code | Own::All => codes.chain(success).collect(),
        }
    }

    /// Whether one answer is right, and the others are only tolerated.
    pub fn is_ranked(&self) -> bool {
        self.own != Own::All
    }

    /// Whether an answer with this code may come; `success`: it is one.
    pub fn allows(&self, code: Option<&Code>, success: bool) -> bool {
        (success && self.success) || code.is_some_and(|code| self.answers.iter().any(|a| a.code == *code))
    }

    /// Whether the code may stand at one of several things.
    pub fn allows_in_items(&self, code: &Code) -> bool {
        self.answers.iter().any(|allowed| allowed.in_items && allowed.code == *code)
    }

    /// Whether it is the row's own answer, and not one that is only tolerated.
    pub(super) fn is_own(&self, code: Option<&Code>, success: bool) -> bool {
        match self.own {
            Own::All => true,
            Own::Code => code.is_some() && code == self.answers.first().map(|own| &own.code),
            Own::Success => success,
        }
    }

    /// Whether every right answer is a refusal or none at all.
    pub fn refuses(&self) -> bool {
        !self.success && !self.answers.iter().any(|allowed| allowed.in_items && self.item.is_some())
    }

    /// What is expected, in words: `14, 5 or HTTP 400`; of a row: `14, 5 tolerated, HTTP 400 tolerated`.
    pub fn words(&self, dialect: &Dialect, operation: &Operation) -> String {
        let code = || dialect.envelope_of(operation).and_then(|envelope| envelope.success.as_ref());
        let success = self.success.then(|| code().map_or_else(|| "a success".to_owned(), Code::to_string));
        let mut codes = self.answers.iter().map(|allowed| allowed.code.to_string());
        let statuses = self.statuses.iter().map(|status| format!("HTTP {status}"));
        if self.is_ranked() {
            let (own, success) = match self.own {
                Own::Success => (success, None),
                Own::Code | Own::All => (codes.next(), success),
            };
            let mut said = own.unwrap_or_default();
            if let Some(pointer) = &self.item {
                said.push_str(&format!(" on top or in {pointer}"));
            }
            let others = codes.chain(success).chain(statuses);
            return others.fold(said, |said, more| format!("{said}, {more} tolerated"));
        }
        let closes = self.closes.then(|| "a closed connection".to_owned());
        let words: Vec<_> = success.into_iter().chain(codes).chain(statuses).chain(closes).collect();
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => "no answer that is known".to_owned(),
        }
    }
}
