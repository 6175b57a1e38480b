//! Which pictures show whom: one folder a person, as in LFW and ORL.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of the names of pictures; other files are passed over.
const ENDINGS: [&str; 16] = [
    "apng", "bmp", "dib", "gif", "jfif", "jif", "jpe", "jpeg", "jpg", "pam", "pbm", "pgm", "png", "pnm",
    "ppm", "webp",
];

/// A person and the pictures of this person, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name of the folder.
    pub name: String,
    /// The pictures, in the order of their names; at least one.
    pub pictures: Vec<PathBuf>,
}

/// Why a folder is no set of faces.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// A folder cannot be listed.
    #[error("{}: the folder cannot be read", .path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There are no folders with pictures in it.
    #[error("{}: no folder in it holds a picture; one folder a person is expected, such as anna/1.jpg", .0.display())]
    Empty(PathBuf),
    /// Nobody has two pictures.
    #[error("{}: nobody has two pictures, so nobody can be recognised", .0.display())]
    Single(PathBuf),
}

/// The people of a folder, in the order of their names; those without pictures are left out.
pub fn people(folder: &Path) -> Result<Vec<Person>, SetError> {
    let mut people = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        let pictures: Vec<PathBuf> = entries(&path)?.into_iter().filter(|path| is_picture(path)).collect();
        if !pictures.is_empty() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            people.push(Person { name, pictures });
        }
    }
    if people.is_empty() {
        return Err(SetError::Empty(folder.to_owned()));
    }
    if people.iter().all(|person| person.pictures.len() < 2) {
        return Err(SetError::Single(folder.to_owned()));
    }
    Ok(people)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, SetError> {
    let unreadable = |source| SetError::Unreadable { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str()) && path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_a_person_and_clear_words_for_anything_else() {
        let set = tempfile::tempdir().expect("a folder");
        let said = |set: &Path| people(set).expect_err("no set").to_string();
        assert!(said(&set.path().join("nowhere")).contains("nowhere: the folder cannot be read"));
        assert!(said(set.path()).contains("one folder a person"));

        let put = |name: &str| {
            let path = set.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "").expect("written");
        };
        put("README");
        put("bea/b.PGM");
        assert!(said(set.path()).contains("nobody has two"));
        put("anna/2.jpg");
        put("anna/1.Png");
        put("anna/3.JFIF");
        put("anna/4.jPe");
        put("anna/scan.tif"); // no decoder of it is built in
        put("anna/notes.txt");
        let names: Vec<(String, usize)> = people(set.path())
            .expect("a set")
            .into_iter()
            .map(|person| (person.name, person.pictures.len()))
            .collect();
        assert_eq!(names, [("anna".to_owned(), 4), ("bea".to_owned(), 1)]);
    }
}
