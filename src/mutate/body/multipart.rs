//! Multipart bodies written wrongly, or rightly in ways that few write them.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lianpu_corpus::{BodyKind, Certainty, ConditionClass as Class};

use super::known::{
    IDENTITY, LOST, MALFORMED, NO_PICTURE, OTHER_VALUE, WHICH, lost, malformed, may_be_malformed,
    parameter_of,
};
use super::mutation::BodyMutation;
use super::ways::{Encoding, Index, NoBoundary, Spelling, WrongBoundary};
use super::written::Written;
use crate::mutate::effect::Effect;
use crate::mutate::hides::Hides;
use crate::mutate::making::Making;
use crate::wire::{Closing, Multipart, Part};

/// Writes the body anew, as the mutation wants it.
pub(super) fn write(mutation: &BodyMutation, making: &Making<'_>) -> Option<Written> {
    if making.kind != BodyKind::Multipart {
        return None;
    }
    let mut body = Multipart::of(&making.fields, &making.boundary);
    let mut content_type = format!("multipart/form-data; boundary={}", making.boundary);
    let mut hides = Hides::Nothing;
    let effect = match *mutation {
        BodyMutation::BoundaryMissing { how } => {
            let without = match how {
                NoBoundary::Absent => "multipart/form-data",
                NoBoundary::Empty => "multipart/form-data; boundary=",
                NoBoundary::Bare => "multipart/form-data; boundary",
            };
            without.clone_into(&mut content_type);
            malformed(
                making,
                &format!("RFC 2046 §5.1.1: without a boundary the parts cannot be told; {WHICH}"),
                Certainty::Inferred,
            )
        }
        BodyMutation::BoundaryQuoted {} => {
            content_type = format!("multipart/form-data; boundary=\"{}\"", making.boundary);
            Effect::harmless("RFC 2046 §5.1.1: a boundary may be quoted", Certainty::Inferred)
        }
        BodyMutation::BoundaryWrong { how } => {
            let wrong = match how {
                WrongBoundary::Other => "nowhere-in-the-body".to_owned(),
                WrongBoundary::Longer => format!("{}x", making.boundary),
                WrongBoundary::Capitals => making.boundary.to_uppercase(),
            };
            content_type = format!("multipart/form-data; boundary={wrong}");
            malformed(
                making,
                &format!("RFC 2046 §5.1.1: the body has no such delimiter; {WHICH}"),
                Certainty::Inferred,
            )
        }
        BodyMutation::BoundaryTwice {} => {
            content_type = format!("{content_type}; boundary=nowhere-in-the-body");
            may_be_malformed("which of two boundaries counts is not said", Certainty::Inferred)
        }
        BodyMutation::BoundaryLong { length } => {
            body.boundary = "b".repeat(71 + usize::from(length));
            content_type = format!("multipart/form-data; boundary={}", body.boundary);
            may_be_malformed("RFC 2046 §5.1.1: a boundary has at most 70 characters", Certainty::Inferred)
        }
        BodyMutation::BoundaryInContent { at_line_start } => boundary_in_content(&mut body, at_line_start)?,
        BodyMutation::PartHeaderMissing { part } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            part.head.retain(|line| !is_disposition(line));
            lost(making, &part.name, "RFC 7578 §4.2: each part must have a Content-Disposition with a name")
        }
        BodyMutation::PartNameMissing { part } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            part.head[0] = b"Content-Disposition: form-data".to_vec();
            lost(making, &part.name, "RFC 7578 §4.2: each part must have a Content-Disposition with a name")
        }
        BodyMutation::PartHeaderTwice { part, same } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            let line = if same {
                part.head[0].clone()
            } else {
                b"Content-Disposition: form-data; name=\"lianpu\"".to_vec()
            };
            part.head.insert(1, line);
            may_be_lost("which of two headers of one name counts is not said")
        }
        BodyMutation::PartHeaderFolded { part } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            part.head[0] = replaced(&part.head[0], b"; name=", b";\r\n name=");
            may_be_lost("RFC 822 §3.1.1 folds long headers, RFC 9112 §5.2 does no more")
        }
        BodyMutation::PartHeaderLong { part, kilobytes } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            part.head
                .push([&b"X-Lianpu: "[..], &vec![b'a'; (usize::from(kilobytes % 64) + 1) << 10]].concat());
            let classes = [LOST, &[Class::BodyTooLong]].concat();
            Effect::refused_or_taken(
                &classes,
                "how long the header of a part may be is not said",
                Certainty::Inferred,
            )
        }
        BodyMutation::PartHeaderNonAscii { part, encoding } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            let name: &[u8] = match encoding {
                Encoding::Utf8 => "; filename=\"脸.jpg\"".as_bytes(),
                Encoding::Latin1 => b"; filename=\"visag\xE9.jpg\"",
            };
            part.head[0] = without_file_name(&part.head[0]);
            part.head[0].extend_from_slice(name);
            match encoding {
                Encoding::Utf8 => {
                    Effect::harmless("RFC 7578 §4.2: file names are sent as UTF-8", Certainty::Inferred)
                }
                Encoding::Latin1 => may_be_lost("RFC 7578 §5.1.2: a name in an unknown encoding"),
            }
        }
        BodyMutation::FilenameStar { part } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            part.head[0].extend_from_slice(b"; filename*=UTF-8''%E8%84%B8.jpg");
            may_be_lost("RFC 7578 §4.2 forbids senders filename*, and does not say what becomes of it")
        }
        BodyMutation::PartEncoded { part, base64 } => {
            let part = pick(&mut body, part)?;
            hides = Hides::Parameter(part.name.clone());
            let name: &[u8] = if base64 { b"base64" } else { b"binary" };
            part.head.push([b"Content-Transfer-Encoding: ", name].concat());
            if base64 {
                part.content = Cow::Owned(STANDARD.encode(&part.content).into_bytes());
                other_content(
                    "RFC 7578 §4.7: part encodings are deprecated, so the content may be taken as it stands",
                )
            } else {
                Effect::harmless("RFC 7578 §4.7: binary says that nothing was encoded", Certainty::Inferred)
            }
        }
        BodyMutation::ClientSpelling { how } => spelling(&mut body, &mut content_type, how),
        BodyMutation::BareLineFeeds {} => {
            body.line_end = "\n";
            let classes = [MALFORMED, NO_PICTURE].concat();
            Effect::refused_or_taken(
                &classes,
                "RFC 2046 §5.1.1: lines end in CRLF; many take a bare LF too",
                Certainty::Inferred,
            )
        }
        BodyMutation::ClosingMissing {} => {
            body.closing = Closing::Absent;
            malformed(
                making,
                &format!(
                    "RFC 2046 §5.1.1: without its last delimiter a body cannot be told from one cut off; {WHICH}"
                ),
                Certainty::Inferred,
            )
        }
        BodyMutation::Preamble { lines } => {
            body.preamble = b"To be passed over.\r\n".repeat(usize::from(lines) + 1);
            Effect::harmless(
                "RFC 2046 §5.1.1: what stands before the first delimiter is passed over",
                Certainty::Inferred,
            )
        }
        BodyMutation::Epilogue { lines } => {
            body.epilogue = b"To be passed over.\r\n".repeat(usize::from(lines) + 1);
            Effect::harmless(
                "RFC 2046 §5.1.1: what stands after the last delimiter is passed over",
                Certainty::Inferred,
            )
        }
        BodyMutation::NestedMultipart {} => {
            let part = body.parts.iter_mut().find(|part| part.head.len() > 1)?;
            hides = Hides::Parameter(part.name.clone());
            let inner = format!("--inner\r\nContent-Disposition: file; filename=\"{}\"\r\n\r\n", part.name);
            part.content = Cow::Owned([inner.as_bytes(), &part.content, b"\r\n--inner--\r\n"].concat());
            part.head[1] = b"Content-Type: multipart/mixed; boundary=inner".to_vec();
            let classes = [LOST, NO_PICTURE].concat();
            Effect::refused_or_taken(
                &classes,
                "RFC 7578 §4.3 deprecates files nested in a part of their own",
                Certainty::Inferred,
            )
        }
        BodyMutation::PartTwice { part, same } => {
            let twin = pick(&mut body, part)?.clone();
            hides = Hides::Parameter(twin.name.clone());
            let content = if same { twin.content.clone() } else { Cow::Borrowed(&b"lianpu"[..]) };
            body.parts.push(Part { content, ..twin });
            let rule = "which of two parts of one name counts is not said";
            if same {
                let classes = [LOST, &[Class::PictureRepeated]].concat();
                Effect::refused_or_taken(&classes, rule, Certainty::Inferred)
            } else {
                other_content(rule)
            }
        }
        BodyMutation::ManyParts { hundreds } => {
            let name = "lianpu";
            let more = (0..(usize::from(hundreds) + 1) * 100).map(|_| Part {
                name: name.to_owned(),
                head: vec![b"Content-Disposition: form-data; name=\"lianpu\"".to_vec()],
                content: Cow::Borrowed(&b"1"[..]),
            });
            body.parts.extend(more);
            let classes = [MALFORMED, &[Class::BodyTooLong]].concat();
            Effect::refused_or_taken(
                &classes,
                "how many parts a body may have is not said",
                Certainty::Inferred,
            )
        }
        BodyMutation::IndexGap { by } => {
            let to = format!("[{}]", usize::from(by) + 1);
            let renamed = rename(making, &mut body, &to)?;
            hides = Hides::Parameter(renamed);
            may_be_lost("whether indices must begin with 0 is not said")
        }
        BodyMutation::IndexOdd { how } => {
            let to = match how {
                Index::Empty => "[]",
                Index::Negative => "[-1]",
                Index::Letter => "[x]",
                Index::Huge => "[4294967296]",
                Index::Zeros => "[00]",
                Index::None => "",
                Index::Twice => "[0][0]",
            };
            let renamed = rename(making, &mut body, to)?;
            hides = Hides::Parameter(renamed);
            may_be_lost("lists are indexed as name[0], the documents say, and no more")
        }
        _ => return None,
    };
    Some(Written { body: body.write(), content_type: Some(vec![content_type]), effect, hides })
}

fn pick<'b, 'a>(body: &'b mut Multipart<'a>, index: u8) -> Option<&'b mut Part<'a>> {
    let count = body.parts.len().max(1);
    body.parts.get_mut(usize::from(index) % count)
}

fn is_disposition(line: &[u8]) -> bool {
    line.to_ascii_lowercase().starts_with(b"content-disposition")
}

fn may_be_lost(rule: &str) -> Effect {
    let classes = [LOST, &[Class::CredentialsMisdirected]].concat();
    Effect::refused_or_taken(&classes, rule, Certainty::Inferred)
}

/// What may become of a part whose content is another.
fn other_content(rule: &str) -> Effect {
    let classes = [LOST, NO_PICTURE, IDENTITY, OTHER_VALUE].concat();
    Effect::refused_or_taken(&classes, rule, Certainty::Inferred)
}

fn replaced(line: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    match memchr::memmem::find(line, from) {
        Some(at) => [&line[..at], to, &line[at + from.len()..]].concat(),
        None => line.to_vec(),
    }
}

fn without_file_name(line: &[u8]) -> Vec<u8> {
    let end = memchr::memmem::find(line, b"; filename=").unwrap_or(line.len());
    line[..end].to_vec()
}

/// The boundary within a picture's comment, which changes nothing of what it shows.
fn boundary_in_content(body: &mut Multipart<'_>, at_line_start: bool) -> Option<Effect> {
    let Multipart { boundary, parts, .. } = body;
    let part = parts.iter_mut().find(|part| part.content.starts_with(&[0xFF, 0xD8]))?;
    let text = if at_line_start { format!("\r\n--{boundary}\r\n") } else { format!("x--{boundary}\r\n") };
    let length = (text.len() as u16 + 2).to_be_bytes();
    let comment = [&[0xFF, 0xFE][..], &length, text.as_bytes()].concat();
    part.content = Cow::Owned([&part.content[..2], &comment, &part.content[2..]].concat());
    if !at_line_start {
        let rule = "RFC 2046 §5.1.1: a delimiter stands at the beginning of a line only";
        return Some(Effect::harmless(rule, Certainty::Inferred));
    }
    let classes = [LOST, NO_PICTURE].concat();
    let rule = "RFC 2046 §5.1.1: the delimiter within the content ends the part: the picture is cut, and the rest is a part without a name";
    Some(Effect::refused(&classes, rule, Certainty::Inferred))
}

fn spelling(body: &mut Multipart<'_>, content_type: &mut String, how: Spelling) -> Effect {
    let each =
        |body: &mut Multipart<'_>, change: &dyn Fn(&mut Part<'_>)| body.parts.iter_mut().for_each(change);
    match how {
        Spelling::Semicolon => each(body, &|part| part.head[0].push(b';')),
        Spelling::NoFileName => each(body, &|part| part.head[0] = without_file_name(&part.head[0])),
        Spelling::EveryPartAFile => each(body, &|part| {
            let name = format!("; filename=\"{}\"", part.name);
            part.head[0] = [without_file_name(&part.head[0]), name.into_bytes()].concat();
        }),
        Spelling::NoPartType => each(body, &|part| part.head.truncate(1)),
        Spelling::SmallLetters => each(body, &|part| {
            for line in &mut part.head {
                let colon = line.iter().position(|byte| *byte == b':').unwrap_or(0);
                line[..colon].make_ascii_lowercase();
            }
        }),
        Spelling::Dashes => {
            body.boundary = format!("----------------------------{}", body.boundary);
            *content_type = format!("multipart/form-data; boundary={}", body.boundary);
        }
        Spelling::QuotedType => *content_type = format!("\"{content_type}\""),
        Spelling::CapitalType => *content_type = content_type.replacen("multipart", "Multipart", 1),
        Spelling::Undashed => body.closing = Closing::Undashed,
    }
    Effect::harmless("the vendor's own examples and clients write it so", Certainty::Recorded)
}

/// Gives the first part of a list another index; where there is no list, a part gets one. Its parameter.
fn rename(making: &Making<'_>, body: &mut Multipart<'_>, to: &str) -> Option<String> {
    let operation = making.ground.operation;
    let listed = body.parts.iter().position(|part| part.name.ends_with(']'));
    let at = listed.or_else(|| {
        let named =
            |part: &Part<'_>| parameter_of(operation, &part.name).is_some_and(super::known::is_picture);
        body.parts.iter().position(named)
    })?;
    let part = &mut body.parts[at];
    let base = part.name.split('[').next().unwrap_or_default();
    let (old, new) = (format!("name=\"{}\"", part.name), format!("name=\"{base}{to}\""));
    part.head[0] = replaced(&part.head[0], old.as_bytes(), new.as_bytes());
    Some(base.to_owned())
}
