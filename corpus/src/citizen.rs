//! The citizens of the test register: data that both sides read, one to ask about them and the other to answer.

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

static PICTURES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/citizens");

/// A citizen who does not exist. File: `citizens.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citizen {
    /// 18 characters with a right check digit (GB 11643-1999).
    pub id_card_number: String,
    /// The name that belongs to the number.
    pub name: String,
    /// Whom of `people` the register's picture shows; absent where it has none.
    #[serde(default)]
    pub portrait: Option<String>,
}

impl Citizen {
    /// The register's picture, a JPEG file.
    pub fn picture(&self) -> Option<&'static [u8]> {
        let file = PICTURES.get_file(format!("{}.jpg", self.portrait.as_ref()?))?;
        Some(file.contents())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Citizens {
    citizen: Vec<Citizen>,
}

/// Everybody in the register, in the order of the file.
pub fn citizens() -> &'static [Citizen] {
    static READ: OnceLock<Vec<Citizen>> = OnceLock::new();
    READ.get_or_init(|| {
        let citizens: Citizens = toml::from_str(include_str!("../citizens.toml"))
            .expect("the bundled citizens.toml is well-formed");
        citizens.citizen
    })
}

#[cfg(test)]
mod tests {
    use super::citizens;

    #[test]
    fn everybody_has_a_number_and_whoever_has_a_portrait_a_picture() {
        assert!(citizens().len() >= 3);
        for citizen in citizens() {
            assert_eq!(citizen.id_card_number.len(), 18);
            assert_eq!(citizen.picture().is_some(), citizen.portrait.is_some(), "{}", citizen.name);
            let known = |name: &String| crate::people().iter().any(|person| person.name == *name);
            assert!(citizen.portrait.iter().all(known), "{}", citizen.name);
        }
    }
}
