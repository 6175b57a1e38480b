//! A scene from a line of text and back.

use std::fmt;
use std::str::FromStr;

use super::error::{SceneError, nearest};
use super::keys::{Field, KEYS, MOST_FACES, words_of};
use super::model::{Scene, Sitter, Who};

/// A word of the line and the column, from 1, where it stands.
type Word<'a> = (usize, &'a str);

impl Scene {
    /// Reads a line of the mini-language.
    pub fn parse(line: &str) -> Result<Self, SceneError> {
        parse(line)
    }

    /// How the picture is taken, where not as usual, as `key=value`: not its size, seed and kind of file.
    pub fn conditions(&self) -> Vec<String> {
        let apart = ["size", "seed", "as", "quality", "damage", "pad"];
        let words = of_picture(self).into_iter();
        words.filter(|word| !apart.iter().any(|key| word.split('=').next() == Some(key))).collect()
    }
}

impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self, f)
    }
}

impl FromStr for Scene {
    type Err = SceneError;

    fn from_str(line: &str) -> Result<Self, SceneError> {
        Self::parse(line)
    }
}

fn parse(line: &str) -> Result<Scene, SceneError> {
    let mut scene = Scene::nobody();
    let mut words = words(line).peekable();
    let end = line.chars().count() + 1;
    let mut given: Vec<(usize, &str)> = Vec::new();

    if words.next_if(|(_, word)| *word == "nobody").is_none() {
        scene.faces.push(person(words.next(), end)?);
    }
    while let Some((at, word)) = words.next() {
        if word == "+" {
            if scene.faces.is_empty() {
                return Err(SceneError::NotWithNobody { at, word: word.to_owned() });
            }
            if scene.faces.len() == MOST_FACES {
                return Err(SceneError::TooMany { at });
            }
            scene.faces.push(person(words.next(), end)?);
            continue;
        }
        let (key, value) =
            word.split_once('=').ok_or_else(|| SceneError::NoPlus { at, word: word.to_owned() })?;
        let owner = set(&mut scene, at, key, value)?;
        if given.contains(&(owner, key)) {
            return Err(SceneError::Twice { at, key: key.to_owned() });
        }
        given.push((owner, key));
    }
    Ok(scene)
}

/// Sets one key. Gives whose it is: the number of the face, from 1, or 0 for the picture.
fn set(scene: &mut Scene, at: usize, name: &str, value: &str) -> Result<usize, SceneError> {
    let key = KEYS.iter().find(|key| key.name == name).ok_or_else(|| SceneError::UnknownKey {
        at,
        key: name.to_owned(),
        nearest: nearest(name, KEYS.iter().map(|key| key.name)),
    })?;
    let faces = scene.faces.len();
    let (owner, done) = match key.field {
        Field::Picture(set, _) => (0, set(scene, value)),
        Field::Face(set, _) => {
            let sitter = scene
                .faces
                .last_mut()
                .ok_or_else(|| SceneError::NotWithNobody { at, word: name.to_owned() })?;
            (faces, set(sitter, value))
        }
    };
    done.map(|()| owner).ok_or_else(|| SceneError::BadValue {
        at: at + name.chars().count() + 1,
        key: name.to_owned(),
        value: value.to_owned(),
        wanted: key.takes.to_owned(),
        nearest: value.split(',').find_map(|word| {
            let known = words_of(name);
            if known.contains(&word) { None } else { nearest(word, known.into_iter()) }
        }),
    })
}

fn person(word: Option<Word<'_>>, end: usize) -> Result<Sitter, SceneError> {
    let (at, name) = word.ok_or(SceneError::NoPerson { at: end })?;
    if name == "+" || name.contains('=') {
        return Err(SceneError::NoPerson { at });
    }
    if name == "nobody" {
        return Err(SceneError::NotWithNobody { at, word: name.to_owned() });
    }
    let people = lianpu_corpus::people();
    let who = match name.strip_prefix("seed:") {
        Some(number) => Who::Seed(number.parse().map_err(|_| SceneError::BadValue {
            at,
            key: "seed".to_owned(),
            value: number.to_owned(),
            wanted: "a whole number, as in seed:1234".to_owned(),
            nearest: None,
        })?),
        None => Who::Named(people.iter().find(|person| person.name == name).ok_or_else(|| {
            SceneError::UnknownPerson {
                at,
                name: name.to_owned(),
                nearest: nearest(name, people.iter().map(|person| person.name.as_str())),
            }
        })?),
    };
    Ok(Sitter::new(who))
}

fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    line.split_whitespace().map(move |word| {
        // Both point into the same text, so the distance is where the word begins.
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        (line[..start].chars().count() + 1, word)
    })
}

fn write(scene: &Scene, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if scene.faces.is_empty() {
        f.write_str("nobody")?;
    }
    for (index, sitter) in scene.faces.iter().enumerate() {
        if index > 0 {
            f.write_str(" + ")?;
        }
        match sitter.who {
            Who::Named(person) => f.write_str(&person.name)?,
            Who::Seed(seed) => write!(f, "seed:{seed}")?,
        }
        let plain = Sitter::new(sitter.who);
        for key in KEYS {
            if let Field::Face(_, written) = key.field {
                write_key(f, key.name, &written(sitter), &written(&plain))?;
            }
        }
    }
    of_picture(scene).iter().try_for_each(|word| write!(f, " {word}"))
}

/// The keys of the picture that are not as usual.
fn of_picture(scene: &Scene) -> Vec<String> {
    let plain = Scene::nobody();
    KEYS.iter()
        .filter_map(|key| match key.field {
            Field::Picture(_, written) => Some((key.name, written(scene), written(&plain))),
            Field::Face(..) => None,
        })
        .filter(|(_, value, usual)| value != usual)
        .map(|(name, value, _)| format!("{name}={value}"))
        .collect()
}

fn write_key(f: &mut fmt::Formatter<'_>, name: &str, value: &str, default: &str) -> fmt::Result {
    if value == default { Ok(()) } else { write!(f, " {name}={value}") }
}
