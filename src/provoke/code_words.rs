//! What is expected in the words that follow "the code is": `-1301, on top or in /data/ret_codes/*, tolerating 21, 3, or
//! HTTP 413`; a success without a code is `none`. Written and read here, and nowhere else.

use lianpu_corpus::Code;

use super::pattern::text_length;
use super::slot::quoted;
use crate::judge::{Expected, NO_CODE};

const ITEM: &str = ", on top or in ";
const TOLERATED: &str = ", tolerating ";
const STATUSES: &str = ", or HTTP ";

/// Writes what is expected.
pub(super) fn write(expected: &Expected) -> String {
    let mut codes = expected.codes().into_iter().map(|code| code_word(&code));
    let mut words = codes.next().unwrap_or_default();
    if let Some(pointer) = &expected.item {
        words.push_str(&format!("{ITEM}{pointer}"));
    }
    let tolerated: Vec<_> = codes.collect();
    if !tolerated.is_empty() {
        words.push_str(&format!("{TOLERATED}{}", tolerated.join(", ")));
    }
    if !expected.statuses.is_empty() {
        let statuses: Vec<_> = expected.statuses.iter().map(u16::to_string).collect();
        words.push_str(&format!("{STATUSES}{}", statuses.join(", ")));
    }
    words
}

/// Reads what is expected; the error says what would be right.
pub(super) fn read(words: &str) -> Result<Expected, String> {
    let (own, mut words) = take_code(words)?;
    let mut expected = match own {
        Code::Text(text) if text == NO_CODE => Expected::success_without_code(),
        code => Expected::code(code),
    };
    if let Some(rest) = words.strip_prefix(ITEM) {
        let end = [TOLERATED, STATUSES].iter().filter_map(|next| rest.find(next)).min().unwrap_or(rest.len());
        expected = expected.or_in(Some(rest[..end].to_owned()));
        words = &rest[end..];
    }
    let mut next = words.strip_prefix(TOLERATED);
    while let Some(rest) = next {
        let (code, left) = take_code(rest)?;
        expected = expected.tolerating([code]);
        words = left;
        next = left.strip_prefix(", ").filter(|_| !left.starts_with(STATUSES));
    }
    if let Some(list) = words.strip_prefix(STATUSES) {
        let status = |status: &str| status.parse().map_err(|_| format!("«{status}» is no HTTP status"));
        expected = expected.or_http(list.split(", ").map(status).collect::<Result<_, _>>()?);
        words = "";
    }
    if !words.is_empty() {
        return Err(format!(
            "«{words}» is nothing to expect; write in this order: on top or in, tolerating, or HTTP"
        ));
    }
    Ok(expected)
}

/// The code at the start of the words, and what follows it.
fn take_code(words: &str) -> Result<(Code, &str), String> {
    let end = text_length(words).or_else(|| words.find(',')).unwrap_or(words.len());
    let (code, rest) = words.split_at(end);
    if code == NO_CODE {
        return Ok((Code::Text(NO_CODE.to_owned()), rest));
    }
    let read = serde_json::from_str(code);
    let read = read.map_err(|_| format!("«{code}» is no code; write an integer or a quoted text"))?;
    Ok((read, rest))
}

fn code_word(code: &Code) -> String {
    match code {
        Code::Int(value) => value.to_string(),
        Code::Text(text) if text == NO_CODE => text.clone(),
        Code::Text(text) => quoted(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_round_trip() {
        for words in [
            "0",
            "-1312, on top or in /data/ret_codes/*, tolerating 0",
            "23, or HTTP 413",
            "\"A.B\", tolerating 4, 5",
            "none, tolerating \"A.B\", or HTTP 304",
            "-5, tolerating 4, none",
            "\"a, tolerating 3\", on top or in /a, tolerating \"b, or HTTP 4\", 5, or HTTP 413, 502",
        ] {
            assert_eq!(write(&read(words).unwrap()), words);
        }
        for (words, part) in [
            ("abc", "no code"),
            ("5 x", "«5 x» is no code"),
            ("5, tolerating x", "«x» is no code"),
            ("5, or HTTP x", "«x» is no HTTP status"),
            ("5, tolerating 6, or HTTP 413, tolerating 7", "«tolerating 7» is no HTTP status"),
            ("5, 6", "«, 6» is nothing to expect"),
        ] {
            assert!(read(words).unwrap_err().contains(part), "{words}: {:?}", read(words));
        }
    }
}
