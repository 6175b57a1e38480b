//! An operator's own weights: a list of sums beside the files says that they are wanted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::ModelError;
use super::files::{FILES, ModelFile};

/// The list, as `sha256sum *.bin *.json > SHA256SUMS` writes it.
pub const SUMS: &str = "SHA256SUMS";

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The pinned package's.
    Pinned,
    /// The operator's own.
    Operators,
}

impl Origin {
    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pinned => "pinned",
            Self::Operators => "operators",
        }
    }
}

/// A directory of weights and the sums that its list allows beside the pinned ones.
#[derive(Debug)]
pub(in super::super) struct Checked {
    directory: PathBuf,
    /// Names and sums, in lower case.
    own: Vec<(String, String)>,
}

impl Checked {
    /// Reads the list, if there is one.
    pub(in super::super) fn open(directory: &Path) -> Result<Self, ModelError> {
        let path = directory.join(SUMS);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(ModelError::Io { action: "read", path, source }),
        };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let own = lines
            .map(|(index, line)| {
                entry(line).ok_or_else(|| ModelError::Sums { path: path.clone(), line: index + 1 })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { directory: directory.to_owned(), own })
    }

    /// The bytes of a file of the table whose sum is pinned or listed, and which of both.
    pub(in super::super) fn read(&self, name: &str) -> Result<(Vec<u8>, Origin), ModelError> {
        let path = self.directory.join(name);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => ModelError::Missing { path: path.clone() },
            _ => ModelError::Io { action: "read", path: path.clone(), source },
        })?;
        let file: &ModelFile =
            FILES.iter().find(|file| file.name == name).ok_or(ModelError::Missing { path: path.clone() })?;
        let found = hexadecimal(&Sha256::digest(&bytes));
        if found == file.sha256 {
            return Ok((bytes, Origin::Pinned));
        }
        let own: Vec<&String> =
            self.own.iter().filter(|(listed, _)| listed == name).map(|(_, sum)| sum).collect();
        if own.contains(&&found) {
            return Ok((bytes, Origin::Operators));
        }
        let mut allowed = format!("{} (pinned)", file.sha256);
        for sum in own {
            allowed.extend([" or ", sum.as_str(), " (in ", SUMS, ")"]);
        }
        Err(ModelError::Changed { path, found, allowed })
    }
}

/// Name and sum of a line: 64 hexadecimal digits, a space, a space or a star, the name.
fn entry(line: &str) -> Option<(String, String)> {
    let (sum, name) = line.split_once(' ')?;
    let name = name.strip_prefix([' ', '*'])?.trim_end();
    let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_sum && !name.is_empty()).then(|| (name.to_owned(), sum.to_ascii_lowercase()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sum that none of the files here has.
    const OTHER: &str = "5e9ca5ba50d0c0fe5e1ed0c6a3d0a0a2e5c6fdd5e4b3bfa0d8a2b2d6c83d8f3f";

    fn with(sums: &str) -> (tempfile::TempDir, Result<Checked, ModelError>) {
        let directory = tempfile::tempdir().expect("a temporary directory");
        fs::write(directory.path().join(FILES[1].name), "own").expect("written");
        fs::write(directory.path().join(SUMS), sums).expect("written");
        let checked = Checked::open(directory.path());
        (directory, checked)
    }

    #[test]
    fn a_listed_sum_makes_a_file_the_operators() {
        let sum = hexadecimal(&Sha256::digest("own"));
        for line in
            [format!("{sum}  {}\n", FILES[1].name), format!("{} *{}", sum.to_uppercase(), FILES[1].name)]
        {
            let (_directory, checked) = with(&line);
            let (bytes, origin) = checked.expect("a list").read(FILES[1].name).expect("listed");
            assert_eq!((bytes.as_slice(), origin), (&b"own"[..], Origin::Operators));
        }
    }

    #[test]
    fn a_file_that_is_neither_pinned_nor_listed_is_refused_with_all_sums() {
        let (_directory, checked) = with(&format!("{OTHER}  {}", FILES[1].name));
        let said = checked.expect("a list").read(FILES[1].name).expect_err("another sum").to_string();
        for part in [FILES[1].name, FILES[1].sha256, OTHER, &hexadecimal(&Sha256::digest("own"))] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }

    #[test]
    fn a_list_that_is_none_is_told_with_its_line() {
        let name = FILES[1].name;
        for line in [
            "what is this",
            &format!("{OTHER}{name}"),
            &format!("{} {name}", &OTHER[1..]),
            &format!("{OTHER}  "),
        ] {
            let (_directory, checked) = with(&format!("{OTHER}  {name}\n\n{line}\n"));
            let said = checked.expect_err("no sum").to_string();
            assert!(said.contains("SHA256SUMS, line 3"), "{line}: {said}");
        }
    }
}
