//! `inspect`: all that is seen of the faces in pictures, as a table, as JSON, or drawn on the picture.

mod abilities;
mod annotate;
mod values;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::evaluate::{EvaluateError, analyser};
use crate::vision::{Analyser, Analysis, Capabilities, Failure, Limits, Wanted, decode};

/// The arguments of `inspect`.
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// The pictures
    #[arg(value_name = "FILE", required_unless_present = "abilities")]
    pub files: Vec<PathBuf>,
    /// Print what can be told of a face, and what cannot and why, instead of looking at pictures
    #[arg(long, conflicts_with_all = ["files", "annotate"])]
    pub abilities: bool,
    /// Print one JSON object a line, for each picture or ability
    #[arg(long)]
    pub json: bool,
    /// Draw boxes and points on the picture, and below it every face with its values, as PNG; takes one FILE
    #[arg(long, value_name = "FILE")]
    pub annotate: Option<PathBuf>,
    /// Folder of the nets' weights [default: where `models install` puts them]
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
}

/// Why `inspect` ended with an error.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The analyser.
    #[error(transparent)]
    Analyser(#[from] EvaluateError),
    /// One drawing for several pictures.
    #[error("--annotate draws on one picture, and {0} were named")]
    Several(usize),
    /// Some pictures cannot be read; all others were shown.
    #[error("{0} of {1} pictures cannot be read")]
    Unreadable(usize, usize),
    /// The drawing cannot be written.
    #[error("{}: cannot be written: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: image::ImageError,
    },
    /// The output.
    #[error("the result cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Runs `inspect`. A picture without a face is a result, one that cannot be read is an error told after the others.
pub fn run(args: &InspectArgs, out: &mut dyn Write) -> Result<(), InspectError> {
    if args.annotate.is_some() && args.files.len() > 1 {
        return Err(InspectError::Several(args.files.len()));
    }
    let analyser = analyser(args.models.as_deref())?;
    let can = analyser.capabilities();
    if args.abilities {
        return Ok(abilities::show(can, args.json, out)?);
    }
    let mut unreadable = 0;
    for path in &args.files {
        let file = fs::read(path);
        let seen = match &file {
            Ok(file) => see(&*analyser, file).map_err(|failure| failure.to_string()),
            Err(error) => Err(error.to_string()),
        };
        unreadable += usize::from(seen.is_err());
        if args.json {
            writeln!(out, "{}", as_json(path, &seen, can))?;
        } else {
            as_table(path, &seen, out)?;
        }
        if let (Some(target), Ok(file), Ok(analysis)) = (&args.annotate, &file, &seen) {
            let title = title(path, analysis, analyser.name());
            draw(&title, file, analysis, target)?;
        }
    }
    if unreadable > 0 {
        return Err(InspectError::Unreadable(unreadable, args.files.len()));
    }
    Ok(())
}

/// What is seen in a file; an analysis without faces when there is none.
fn see(analyser: &dyn Analyser, file: &[u8]) -> Result<Analysis, Failure> {
    let file = decode::convert(file)?;
    match analyser.analyse(&file, Wanted::ALL, &|_| false) {
        Err(Failure::NoFace) => {
            let picture = decode::decode(&file, &Limits::default())?;
            Ok(Analysis { width: picture.width() as u32, height: picture.height() as u32, faces: Vec::new() })
        }
        seen => seen,
    }
}

fn as_json(path: &Path, seen: &Result<Analysis, String>, can: Capabilities) -> Value {
    let name = path.display().to_string();
    match seen {
        Ok(analysis) => json!({
            "file": name,
            "width": analysis.width,
            "height": analysis.height,
            "faces": analysis.faces.iter().map(values::json).collect::<Vec<Value>>(),
            "unavailable": abilities::unavailable(can),
        }),
        Err(error) => json!({ "file": name, "error": error }),
    }
}

fn as_table(path: &Path, seen: &Result<Analysis, String>, out: &mut dyn Write) -> io::Result<()> {
    let name = path.display();
    match seen {
        Err(error) => writeln!(out, "{name}: {error}"),
        Ok(Analysis { width, height, faces }) => {
            writeln!(out, "{name}: {width}x{height}, {}", counted(faces.len()))?;
            for (number, face) in faces.iter().enumerate() {
                for (index, (what, value)) in values::rows(face).into_iter().enumerate() {
                    let number = if index == 0 { (number + 1).to_string() } else { String::new() };
                    writeln!(out, "{number:>4}  {what:<12} {value}")?;
                }
            }
            Ok(())
        }
    }
}

/// What stands above the legend.
fn title(path: &Path, analysis: &Analysis, analyser: &str) -> String {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let Analysis { width, height, faces } = analysis;
    format!("{name}  {width}x{height}  {}  seen by {analyser}", counted(faces.len()))
}

fn counted(faces: usize) -> String {
    format!("{faces} {}", if faces == 1 { "face" } else { "faces" })
}

fn draw(title: &str, file: &[u8], analysis: &Analysis, target: &Path) -> Result<(), InspectError> {
    let picture = decode::convert(file).and_then(|file| decode::decode(&file, &Limits::default()));
    let Ok(picture) = picture else { return Ok(()) }; // it was decoded a moment ago
    let write = |source| InspectError::Write { path: target.to_owned(), source };
    annotate::annotated(title, &picture, &analysis.faces)
        .save_with_format(target, image::ImageFormat::Png)
        .map_err(write)
}
