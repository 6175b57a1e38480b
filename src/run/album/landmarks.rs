//! Where faces are in photographs, as told by a file: one JSON object a picture and line.
//!
//! A line is what `lianpu-engine inspect --json` prints, or the same with the faces of `lianpu portrait --truth`.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use super::AlbumError;
use crate::portrait::{FacePoints, Point};

/// Faces by folder and file: `anna/1.jpg`.
pub(super) struct Landmarks(HashMap<String, FacePoints>);

#[derive(Deserialize)]
struct Line {
    file: String,
    #[serde(default)]
    faces: Vec<Face>,
}

/// The points of a face in one of two forms.
#[derive(Deserialize)]
#[serde(untagged)]
enum Face {
    Outline { landmarks: Vec<[f32; 2]> },
    Parts { left_eye: Place, right_eye: Place, nose: Place, mouth: Place, chin: Place },
}

#[derive(Clone, Copy, Deserialize)]
struct Place {
    x: f32,
    y: f32,
}

impl Landmarks {
    /// Reads the file; when there is none, nothing is known.
    pub(super) fn read(path: &Path) -> Result<Self, AlbumError> {
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self(HashMap::new())),
            Err(source) => return Err(AlbumError::Unreadable { path: path.to_owned(), source }),
            Ok(text) => text,
        };
        let mut faces = HashMap::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |why| AlbumError::Landmarks { path: path.to_owned(), line: number + 1, why };
            let line: Line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
            // Faces are told largest first; a picture without one stays unknown.
            if let Some(face) = line.faces.first() {
                faces.insert(key(Path::new(&line.file)), points(face).map_err(wrong)?);
            }
        }
        Ok(Self(faces))
    }

    /// Where the face of this file is, when the picture has been made smaller by this factor.
    pub(super) fn face(&self, file: &Path, smaller: f32) -> Option<FacePoints> {
        let face = self.0.get(&key(file))?;
        let shrunk = |p: Point| Point { x: p.x * smaller, y: p.y * smaller };
        Some(FacePoints {
            left_eye: shrunk(face.left_eye),
            right_eye: shrunk(face.right_eye),
            nose: shrunk(face.nose),
            mouth: shrunk(face.mouth),
            chin: shrunk(face.chin),
        })
    }
}

/// The last two parts of a path: the folder that is the person, and the file.
fn key(path: &Path) -> String {
    let parts: Vec<_> =
        path.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

fn points(face: &Face) -> Result<FacePoints, String> {
    let point = |place: &Place| Point { x: place.x, y: place.y };
    match face {
        Face::Parts { left_eye, right_eye, nose, mouth, chin } => Ok(FacePoints {
            left_eye: point(left_eye),
            right_eye: point(right_eye),
            nose: point(nose),
            mouth: point(mouth),
            chin: point(chin),
        }),
        Face::Outline { landmarks } if landmarks.len() == 68 => {
            let mean = |from: usize, to: usize| {
                let sum = |part: usize| landmarks[from..to].iter().map(|p| p[part]).sum::<f32>();
                let share = 1.0 / (to - from) as f32;
                Point { x: sum(0) * share, y: sum(1) * share }
            };
            Ok(FacePoints {
                left_eye: mean(36, 42),
                right_eye: mean(42, 48),
                nose: mean(30, 31),
                mouth: mean(48, 68),
                chin: mean(8, 9),
            })
        }
        Face::Outline { landmarks } => Err(format!("a face has 68 landmarks, and not {}", landmarks.len())),
    }
}
