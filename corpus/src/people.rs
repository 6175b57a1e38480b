//! People who do not exist, by name: whom the portraits show.

use std::sync::OnceLock;

use serde::Deserialize;

/// Somebody to draw. File: `people.toml`, one `[[person]]` each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// A short first name, lower case.
    pub name: String,
    /// From what the face grows.
    pub seed: u64,
    /// As drawn.
    pub sex: Sex,
    /// Age in years, as drawn.
    pub age: u8,
}

/// The sex of somebody drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// A woman.
    Female,
    /// A man.
    Male,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    person: Vec<Person>,
}

/// Everybody, in the order of the file.
pub fn people() -> &'static [Person] {
    static READ: OnceLock<Vec<Person>> = OnceLock::new();
    READ.get_or_init(|| {
        let people: People =
            toml::from_str(include_str!("../people.toml")).expect("the bundled people.toml is well-formed");
        people.person
    })
}

#[cfg(test)]
mod tests {
    use super::people;

    #[test]
    fn names_are_short_distinct_and_lower_case() {
        let names: Vec<_> = people().iter().map(|person| person.name.as_str()).collect();
        assert!(names.len() >= 40);
        for (place, name) in names.iter().enumerate() {
            assert!(!names[..place].contains(name), "{name} stands twice");
            assert!(
                (3..=8).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase()),
                "{name}"
            );
        }
    }
}
