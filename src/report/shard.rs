//! A part of the scenarios, for several machines: which part a scenario belongs to follows from its id alone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Part `index` of `count`, written `2/3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    index: u32,
    count: u32,
}

impl Shard {
    /// Which part, from 1.
    pub const fn index(self) -> u32 {
        self.index
    }

    /// How many parts there are.
    pub const fn count(self) -> u32 {
        self.count
    }

    /// Whether the scenario of this id belongs to the part: the first eight bytes of its SHA-256, modulo the count.
    pub fn holds(self, id: &str) -> bool {
        let hash = Sha256::digest(id.as_bytes());
        let head = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        head % u64::from(self.count) == u64::from(self.index - 1)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("no part {text:?}; write i/n with 1 ≤ i ≤ n ≤ 1000, such as 2/3");
        let (index, count) = text.split_once('/').ok_or_else(wrong)?;
        let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| !digits.starts_with('+'));
        let (Some(index), Some(count)) = (number(index), number(count)) else { return Err(wrong()) };
        if index < 1 || index > count || count > 1000 {
            return Err(wrong());
        }
        Ok(Self { index, count })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl TryFrom<String> for Shard {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_parts_that_can_be_are_read() {
        assert_eq!("2/3".parse::<Shard>().unwrap().to_string(), "2/3");
        for wrong in ["", "1", "0/2", "3/2", "a/b", "+1/2", "1/1001", "1/2/3", "-1/2"] {
            let error = wrong.parse::<Shard>().unwrap_err();
            assert!(error.contains("write i/n"), "{wrong}: {error}");
        }
    }

    #[test]
    fn the_parts_never_change() {
        // Computed apart (Python's hashlib), so that no release deals the scenarios out anew.
        let part = |id: &str| (1..=5).find(|i| format!("{i}/5").parse::<Shard>().unwrap().holds(id)).unwrap();
        assert_eq!(["a/b/1/op/t", "a/b/2/op/t", "脸谱"].map(part), [5, 1, 5]);
    }

    proptest! {
        #[test]
        fn every_id_belongs_to_one_part(id in any::<String>(), count in 1_u32..50) {
            let parts = (1..=count).filter(|index| Shard { index: *index, count }.holds(&id));
            prop_assert_eq!(parts.count(), 1);
        }
    }
}
