//! An expectation as it stands in a step, after "the code is": read and written here, and nowhere else.

use std::fmt;
use std::str::FromStr;

use lianpu_corpus::Code;
use serde_json::Value;

use super::Expected;
use super::expected::{NO_CODE, Own};

/// Writes `-1301, on top or in /data/ret_codes/*, tolerating 21, 3, or HTTP 413`.
impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = |code: &Code| match code {
            Code::Int(value) => value.to_string(),
            Code::Text(text) => Value::String(text.clone()).to_string(),
        };
        let mut codes = self.answers.iter().map(|allowed| code(&allowed.code));
        let none = || Some(NO_CODE.to_owned());
        let (own, success) = match self.own {
            Own::Success => (none(), None),
            Own::Code | Own::All => (codes.next(), none().filter(|_| self.success)),
        };
        f.write_str(&own.unwrap_or_default())?;
        if let Some(pointer) = &self.item {
            write!(f, ", on top or in {pointer}")?;
        }
        let tolerated: Vec<_> = codes.chain(success).collect();
        if !tolerated.is_empty() {
            write!(f, ", tolerating {}", tolerated.join(", "))?;
        }
        if !self.statuses.is_empty() {
            let statuses: Vec<_> = self.statuses.iter().map(u16::to_string).collect();
            write!(f, ", or HTTP {}", statuses.join(", "))?;
        }
        Ok(())
    }
}

/// Reads what is written so.
impl FromStr for Expected {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        let (words, statuses) = match words.split_once(", or HTTP ") {
            Some((words, list)) => {
                let statuses = list
                    .split(", ")
                    .map(|status| status.parse().map_err(|_| format!("«{status}» is no HTTP status")));
                (words, statuses.collect::<Result<_, _>>()?)
            }
            None => (words, Vec::new()),
        };
        let (words, tolerated) = match words.split_once(", tolerating ") {
            Some((words, list)) => (words, list.split(", ").map(code).collect::<Result<Vec<_>, _>>()?),
            None => (words, Vec::new()),
        };
        let (words, item) = match words.split_once(", on top or in ") {
            Some((words, pointer)) => (words, Some(pointer.to_owned())),
            None => (words, None),
        };
        let own = match words {
            NO_CODE => Self::success_without_code(),
            words => Self::code(code(words)?),
        };
        Ok(own.or_in(item).tolerating(tolerated).or_http(statuses))
    }
}

fn code(text: &str) -> Result<Code, String> {
    if text == NO_CODE {
        return Ok(Code::Text(NO_CODE.to_owned()));
    }
    serde_json::from_str(text).map_err(|_| format!("«{text}» is no code; write an integer or a quoted text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for words in [
            "0",
            "-1312, on top or in /data/ret_codes/*, tolerating 0",
            "23, or HTTP 413",
            "\"A.B\", tolerating 4, 5",
            "none, tolerating \"A.B\", or HTTP 304",
            "-5, tolerating 4, none",
        ] {
            assert_eq!(words.parse::<Expected>().unwrap().to_string(), words);
        }
        assert!("abc".parse::<Expected>().unwrap_err().contains("no code"));
        assert!("1, or HTTP x".parse::<Expected>().unwrap_err().contains("no HTTP status"));
    }
}
