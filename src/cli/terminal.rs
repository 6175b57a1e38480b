//! The terminal: results on standard output, progress and diagnostics on standard error, colour where it is wanted.
//!
//! Nothing else in the harness prints. Start with [`stdout`] and [`stderr`], which take styled text and drop the styles
//! where they are not wanted; [`Progress`] shows how a run comes on.

use std::error::Error;
use std::io::{self, Write};

use anstream::ColorChoice;
use clap::ValueEnum;

use crate::report::{Palette, printable};

mod cases;
mod progress;

pub use cases::Cases;
pub use progress::Progress;

/// When to write colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless the environment has NO_COLOR.
    #[default]
    Auto,
    /// Always, also into files and pipes.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes it so for everything that is written from now on.
    pub fn apply(self) {
        let choice = match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// Standard output. Once its reader is gone, as `head` is after its lines, nothing more is written; that is no error, and what the
/// command found still makes its exit.
#[derive(Debug)]
pub struct Stdout {
    out: anstream::Stdout,
    is_left: bool,
}

/// Where results go.
pub fn stdout() -> Stdout {
    Stdout { out: anstream::stdout(), is_left: false }
}

impl Stdout {
    fn unless_left<T>(
        &mut self,
        otherwise: T,
        write: impl FnOnce(&mut anstream::Stdout) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.is_left {
            return Ok(otherwise);
        }
        match write(&mut self.out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_left = true;
                Ok(otherwise)
            }
            written => written,
        }
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_left(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_left((), Write::flush)
    }
}

/// Where progress and diagnostics go.
pub fn stderr() -> anstream::Stderr {
    anstream::stderr()
}

/// The columns of standard output's terminal, from 60 to 160; 80 where there is no terminal.
pub fn width() -> usize {
    let size = terminal_size::terminal_size_of(io::stdout());
    size.map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns).clamp(60, 160))
}

/// Writes `error: …`, and what caused it, a line each.
pub fn write_error(error: &dyn Error, to: &mut impl Write) -> io::Result<()> {
    write_labelled("error", Palette::COLOUR.bad, &error.to_string(), to)?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write_labelled("  caused by", Palette::COLOUR.faint, &error.to_string(), to)?;
        cause = error.source();
    }
    Ok(())
}

/// Writes `note: …`.
pub fn write_note(note: &str, to: &mut impl Write) -> io::Result<()> {
    write_labelled("note", Palette::COLOUR.warn, note, to)
}

fn write_labelled(label: &str, style: anstyle::Style, text: &str, to: &mut impl Write) -> io::Result<()> {
    for (index, line) in text.lines().enumerate() {
        let line = printable(line);
        match index {
            0 => writeln!(to, "{} {line}", Palette::paint(style, &format!("{label}:")))?,
            _ => writeln!(to, "  {line}")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read the thing\nits second line \u{1b}[2J")]
    struct Outer(#[source] io::Error);

    #[test]
    fn an_error_is_written_with_its_causes_and_without_control_characters() {
        let mut text = Vec::new();
        write_error(&Outer(io::Error::other("the disk is gone")), &mut text).unwrap();
        let text = anstream::adapter::strip_bytes(&text).into_vec();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "error: cannot read the thing\n  its second line \\u{1b}[2J\n  caused by: the disk is gone\n"
        );
    }

    #[test]
    fn a_file_gets_no_colour_unless_asked() {
        let file = tempfile::tempfile().unwrap();
        assert_eq!(anstream::AutoStream::choice(&file), ColorChoice::Never);
        let mut stream = anstream::AutoStream::new(file, ColorChoice::Always);
        write_note("x", &mut stream).unwrap();
    }
}
