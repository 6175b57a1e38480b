//! A text found in another, however it is spelt there: as it is, with escapes of JSON, of addresses and of HTML in any mixture, and
//! these once more over, as they come about where one format is put into another.
//!
//! The text is read byte by byte and never copied: what is looked through may be long.

use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::{Range, RangeInclusive};
use std::rc::Rc;

use memchr::{memchr3, memmem};

/// How often escapes may lie over one another: `\\u0026#x2b;` has two layers.
const LAYERS: usize = 4;

/// The longest escape, in bytes: `\u{00002b}`, `&UnderBar;`.
const LONGEST: usize = 12;

/// Names that HTML has for signs of ASCII.
const NAMED: &[(&str, u8)] = &[
    ("Hat", b'^'),
    ("UnderBar", b'_'),
    ("amp", b'&'),
    ("apos", b'\''),
    ("ast", b'*'),
    ("bsol", b'\\'),
    ("colon", b':'),
    ("comma", b','),
    ("commat", b'@'),
    ("dollar", b'$'),
    ("equals", b'='),
    ("excl", b'!'),
    ("grave", b'`'),
    ("gt", b'>'),
    ("lbrace", b'{'),
    ("lbrack", b'['),
    ("lcub", b'{'),
    ("lowbar", b'_'),
    ("lpar", b'('),
    ("lsqb", b'['),
    ("lt", b'<'),
    ("midast", b'*'),
    ("num", b'#'),
    ("percnt", b'%'),
    ("period", b'.'),
    ("plus", b'+'),
    ("quest", b'?'),
    ("quot", b'"'),
    ("rbrace", b'}'),
    ("rbrack", b']'),
    ("rcub", b'}'),
    ("rpar", b')'),
    ("rsqb", b']'),
    ("semi", b';'),
    ("sol", b'/'),
    ("verbar", b'|'),
    ("vert", b'|'),
];

/// One byte of the meaning, and where it is written.
#[derive(Debug, Clone)]
struct Unit {
    byte: u8,
    place: Range<usize>,
}

/// Where any of the words stands, in order and without overlap.
pub(super) fn find(text: &[u8], words: &[&[u8]]) -> Vec<Range<usize>> {
    let as_it_is =
        |word: &&[u8]| memmem::find_iter(text, word).map(|at| at..at + word.len()).collect::<Vec<_>>();
    let mut found: Vec<_> = words.iter().flat_map(as_it_is).collect();
    if has_escapes(text) {
        // Readers of HTML differ on numbers without their semicolon.
        for open_ended in [false, true] {
            unescape(text, open_ended, words, &mut found);
        }
    }
    joined(found)
}

/// Searches the text with one layer of escapes taken off, then with two, until nothing is escaped any more.
fn unescape(text: &[u8], open_ended: bool, words: &[&[u8]], found: &mut Vec<Range<usize>>) {
    for layers in 1..=LAYERS {
        let escaped = Rc::new(Cell::new(false));
        let mut units: Box<dyn Iterator<Item = Unit>> = Box::new(plain(text));
        for layer in 1..=layers {
            let tell = (layer == layers).then(|| Rc::clone(&escaped));
            units = Box::new(Unescaped { from: units, ahead: VecDeque::new(), open_ended, tell });
        }
        search(units, words, found);
        if !escaped.get() {
            return;
        }
    }
}

fn has_escapes(text: &[u8]) -> bool {
    memchr3(b'\\', b'%', b'&', text).is_some()
}

fn plain(text: &[u8]) -> impl Iterator<Item = Unit> {
    text.iter().enumerate().map(|(at, byte)| Unit { byte: *byte, place: at..at + 1 })
}

/// Finds words in a stream, each by the automaton of Knuth, Morris and Pratt.
fn search(units: impl Iterator<Item = Unit>, words: &[&[u8]], found: &mut Vec<Range<usize>>) {
    let tables: Vec<_> = words.iter().map(|word| borders(word)).collect();
    let mut states = vec![0; words.len()];
    let longest = words.iter().map(|word| word.len()).max().unwrap_or_default();
    let mut begins: VecDeque<usize> = VecDeque::with_capacity(longest + 1);
    for unit in units {
        begins.push_back(unit.place.start);
        if begins.len() > longest {
            begins.pop_front();
        }
        for ((word, table), state) in words.iter().zip(&tables).zip(&mut states) {
            while *state > 0 && word[*state] != unit.byte {
                *state = table[*state - 1];
            }
            *state += usize::from(word[*state] == unit.byte);
            if *state == word.len() {
                found.push(begins[begins.len() - word.len()]..unit.place.end);
                *state = 0;
            }
        }
    }
}

/// How long the longest beginning of the word is that each part of it ends with.
fn borders(word: &[u8]) -> Vec<usize> {
    let mut table = vec![0; word.len()];
    for at in 1..word.len() {
        let mut border = table[at - 1];
        while border > 0 && word[border] != word[at] {
            border = table[border - 1];
        }
        table[at] = border + usize::from(word[border] == word[at]);
    }
    table
}

fn joined(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| (range.start, range.end));
    let mut whole: Vec<Range<usize>> = Vec::new();
    for range in found {
        match whole.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => whole.push(range),
        }
    }
    whole
}

/// A stream with one layer of escapes taken off.
struct Unescaped<I> {
    from: I,
    ahead: VecDeque<Unit>,
    /// Whether numbers of HTML may lack their semicolon.
    open_ended: bool,
    /// Told where anything was escaped.
    tell: Option<Rc<Cell<bool>>>,
}

impl<I: Iterator<Item = Unit>> Iterator for Unescaped<I> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        let first = self.ahead.pop_front().or_else(|| self.from.next())?;
        if !matches!(first.byte, b'\\' | b'%' | b'&') {
            return Some(first);
        }
        while self.ahead.len() < LONGEST {
            match self.from.next() {
                Some(unit) => self.ahead.push_back(unit),
                None => break,
            }
        }
        let rest: Vec<u8> = self.ahead.iter().map(|unit| unit.byte).collect();
        let Some((character, length)) = escape(first.byte, &rest, self.open_ended) else {
            return Some(first);
        };
        if let Some(tell) = &self.tell {
            tell.set(true);
        }
        let end = self.ahead.drain(..length).next_back().map_or(first.place.end, |unit| unit.place.end);
        let place = first.place.start..end;
        let mut bytes = [0; 4];
        let mut bytes = character.encode_utf8(&mut bytes).bytes();
        let byte = bytes.next()?;
        for byte in bytes.rev() {
            self.ahead.push_front(Unit { byte, place: place.clone() });
        }
        Some(Unit { byte, place })
    }
}

/// What an escape means, and how many bytes behind its first it has.
fn escape(first: u8, rest: &[u8], open_ended: bool) -> Option<(char, usize)> {
    match first {
        b'%' => number(rest, 0, 2..=2, 16).filter(|(character, _)| character.is_ascii()),
        b'&' if rest.first() == Some(&b'#') => {
            let (character, length) = match rest.get(1) {
                Some(b'x' | b'X') => number(rest, 2, 1..=8, 16)?,
                _ => number(rest, 1, 1..=8, 10)?,
            };
            let is_closed = rest.get(length) == Some(&b';');
            (is_closed || open_ended).then_some((character, length + usize::from(is_closed)))
        }
        b'&' => NAMED.iter().find_map(|(name, byte)| {
            let after = rest.strip_prefix(name.as_bytes())?;
            (after.first() == Some(&b';')).then_some((char::from(*byte), name.len() + 1))
        }),
        _ => match rest.first()? {
            b'u' if rest.get(1) == Some(&b'{') => {
                let (character, length) = number(rest, 2, 1..=8, 16)?;
                (rest.get(length) == Some(&b'}')).then_some((character, length + 1))
            }
            b'u' => number(rest, 1, 4..=4, 16),
            b'x' => number(rest, 1, 2..=2, 16),
            b'n' => Some(('\n', 1)),
            b'r' => Some(('\r', 1)),
            b't' => Some(('\t', 1)),
            byte @ (b'\\' | b'/' | b'"' | b'\'') => Some((char::from(*byte), 1)),
            _ => None,
        },
    }
}

/// A character by its number, and where its digits end.
fn number(bytes: &[u8], from: usize, digits: RangeInclusive<usize>, radix: u32) -> Option<(char, usize)> {
    let most = bytes.len().min(from + digits.end());
    let own = bytes.get(from..most)?.iter().take_while(|byte| char::from(**byte).is_digit(radix)).count();
    let text = std::str::from_utf8(&bytes[from..from + own]).ok().filter(|_| digits.contains(&own))?;
    let character = char::from_u32(u32::from_str_radix(text, radix).ok()?)?;
    Some((character, from + own))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One way of writing a character.
    fn spelt(c: char, way: u8) -> String {
        let code = c as u32;
        let named = NAMED.iter().find(|(_, byte)| char::from(*byte) == c);
        match way % 12 {
            0 => format!("\\u{code:04x}"),
            1 => format!("\\u{code:04X}"),
            2 => format!("%{code:02x}"),
            3 => format!("%{code:02X}"),
            4 => format!("&#{code};"),
            5 => format!("&#x{code:X};"),
            6 => format!("&#X{code:06x};"),
            7 => named.map_or(c.to_string(), |(name, _)| format!("&{name};")),
            8 => format!("\\x{code:02x}"),
            9 => format!("\\u{{{code:x}}}"),
            10 if "/\\\"".contains(c) => format!("\\{c}"),
            _ => c.to_string(),
        }
    }

    proptest! {
        #[test]
        fn whatever_the_spelling_a_secret_is_found(
            secret in "[A-Za-z0-9+/=_.~-]{8,40}",
            ways in prop::collection::vec(any::<u8>(), 40),
            above in prop::collection::vec(any::<u8>(), 400),
            twice in any::<bool>(),
            (before, after) in ("[ -~]{0,12}", "[ -~]{0,12}"),
        ) {
            let once: String = secret.chars().zip(&ways).map(|(c, way)| spelt(c, *way)).collect();
            // A second layer over the signs of the first.
            let over = |(c, way): (char, &u8)| if c.is_ascii_punctuation() { spelt(c, *way) } else { c.to_string() };
            let whole = if twice { once.chars().zip(&above).map(over).collect() } else { once };
            // What stands around must not make an escape of the beginning.
            let text = format!("{before} {whole} {after}");
            let found = find(text.as_bytes(), &[secret.as_bytes()]);
            let place = before.len() + 1..before.len() + 1 + whole.len();
            prop_assert!(found.iter().any(|range| range.start <= place.start && range.end >= place.end), "{text}: {found:?}");
        }

        #[test]
        fn any_bytes_are_searched(text in prop::collection::vec(prop::sample::select(b"\\u0026%25&#x2b;amp;ab".to_vec()), 0..200)) {
            let found = find(&text, &[b"&&", b"ab"]);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }

    #[test]
    fn what_only_resembles_the_secret_is_left() {
        assert!(find(b"abcdefg-abcdefgx %61bcdefgx", &[b"abcdefgh"]).is_empty());
        assert_eq!(find(b"xx\\u0061bcdefgh&#104;abcdefgh", &[b"abcdefgh"]), [2..15, 21..29]);
    }
}
