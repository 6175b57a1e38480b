//! Bodies of the type `multipart/form-data`, read as the vendor's examples write them.
//!
//! A part's disposition may end in a semicolon, text may have a file name, lines may end in LF alone, and the last
//! delimiter may lack its two dashes.

use crate::defect::{Defect, Defects};

/// A part: its name and its bytes.
pub(crate) type Part = (String, Vec<u8>);

/// The parts of a body, in the order of arrival; `None` if it is not such a body.
pub(crate) fn read(body: &[u8], boundary: &str, defects: &Defects) -> Option<Vec<Part>> {
    let delimiter = [b"--", boundary.as_bytes()].concat();
    let mut parts = Vec::new();
    let (_, mut next) = find_delimiter(body, 0, &delimiter)?;
    loop {
        if body[next..].starts_with(b"--") {
            return Some(parts);
        }
        let start = next + line_end(&body[next..])?;
        let Some((end, after)) = find_delimiter(body, start, &delimiter) else {
            // What follows the last delimiter without dashes: nothing, or a part that was cut.
            let rest = &body[start.min(body.len())..];
            let blank = rest.iter().all(u8::is_ascii_whitespace);
            return (blank && !parts.is_empty() && !defects.has(Defect::OpenEndRefused)).then_some(parts);
        };
        let (part, seen) = read_part(&body[start..end], defects)?;
        if seen {
            parts.push(part);
        }
        next = after;
        if next >= body.len() {
            return (!defects.has(Defect::OpenEndRefused)).then_some(parts);
        }
    }
}

/// The next delimiter at the start of a line: where the part before it ends, and where the delimiter does.
fn find_delimiter(body: &[u8], from: usize, delimiter: &[u8]) -> Option<(usize, usize)> {
    let mut at = from;
    while at + delimiter.len() <= body.len() {
        let found = at + find(&body[at..], delimiter)?;
        let after = found + delimiter.len();
        let starts = found == 0 || found == from || body[found - 1] == b'\n';
        let ends = matches!(body.get(after), None | Some(b'\r' | b'\n' | b' ' | b'\t' | b'-'));
        if starts && ends {
            let mut end = found;
            if end > from && body[end - 1] == b'\n' {
                end -= 1;
                if end > from && body[end - 1] == b'\r' {
                    end -= 1;
                }
            }
            return Some((end, after));
        }
        at = found + 1;
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// The length of a line with its end; at the end of the body, what is left.
fn line_end(bytes: &[u8]) -> Option<usize> {
    let length = bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| at + 1);
    bytes[..length].iter().all(u8::is_ascii_whitespace).then_some(length)
}

/// Reads one part, and tells whether it is to be seen.
fn read_part(part: &[u8], defects: &Defects) -> Option<(Part, bool)> {
    let (head, body) = match (find(part, b"\r\n\r\n"), find(part, b"\n\n")) {
        (Some(at), other) if other.is_none_or(|lone| at < lone) => (&part[..at], &part[at + 4..]),
        (_, Some(at)) => (&part[..at], &part[at + 2..]),
        _ => return None,
    };
    let head = String::from_utf8_lossy(head);
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then(|| value.trim().to_owned())
    })?;
    if defects.has(Defect::TrailingSemicolonRefused) && disposition.ends_with(';') {
        return None;
    }
    let name = parameter(&disposition, "name")?;
    let filename = parameter(&disposition, "filename");
    let picture = name.starts_with("image");
    let seen = !defects.has(Defect::NamedTextUnseen) || filename.is_none() || picture;
    Some(((name, body.to_vec()), seen))
}

/// A parameter of a header's value, with or without quotes.
pub(crate) fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim_matches(|c: char| c.is_ascii_whitespace() || c == ';');
        let after = after.trim_start();
        let (text, left) = if let Some(quoted) = after.strip_prefix('"') {
            unquote(quoted)?
        } else {
            let (text, left) = after.split_once(';').unwrap_or((after, ""));
            (text.trim_end().to_owned(), left)
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(text);
        }
        rest = left;
    }
}

/// Reads up to the closing quote.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((text, &quoted[at + 1..])),
            '\\' => text.extend(letters.next().map(|(_, escaped)| escaped)),
            _ => text.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{parameter, read};
    use crate::defect::Defects;

    #[test]
    fn the_vendors_example_is_read() {
        let body =
            b"----------------ace\r\nContent-Disposition: form-data; name=\"appid\";\r\n\r\n123456\r\n\
            ----------------ace\r\nContent-Disposition: form-data; name=\"image\"; filename=\"t.jpg\"\r\n\
            Content-Type: image/jpeg\r\n\r\n\xff\r\nx\r\n----------------ace--";
        let due = vec![("appid".to_owned(), b"123456".to_vec()), ("image".to_owned(), b"\xff\r\nx".to_vec())];
        assert_eq!(read(body, "--------------ace", &Defects::default()), Some(due.clone()));
        let open = &body[..body.len() - 2];
        assert_eq!(read(open, "--------------ace", &Defects::default()), Some(due));
        assert_eq!(read(body, "another", &Defects::default()), None);
        assert_eq!(read(&body[..120], "--------------ace", &Defects::default()), None);
    }

    #[test]
    fn parameters_with_and_without_quotes() {
        let value = "form-data; filename=\"a \\\"b\\\"; name=x\"; NAME = \"two\";";
        assert_eq!(parameter(value, "name").as_deref(), Some("two"));
        assert_eq!(parameter("multipart/form-data;boundary=--x", "boundary").as_deref(), Some("--x"));
        assert_eq!(parameter("application/json", "charset"), None);
    }
}
