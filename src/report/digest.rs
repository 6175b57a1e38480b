//! Digests by which a report can be held against itself.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 in 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sha256Hex(String);

/// A digest over lines, fed one at a time.
#[derive(Debug, Clone, Default)]
pub struct LineDigest(Sha256);

impl LineDigest {
    /// Takes the next line.
    pub fn line(&mut self, line: &[u8]) {
        self.0.update(line);
        self.0.update(b"\n");
    }

    /// Takes the next record, as its JSON.
    pub fn record(&mut self, record: &impl Serialize) {
        // Nothing in a record can fail to be written: no map keys, no foreign serialisers.
        self.line(&serde_json::to_vec(record).unwrap_or_default());
    }

    /// The digest of all lines so far.
    pub fn finish(self) -> Sha256Hex {
        Sha256Hex(hex::encode(self.0.finalize()))
    }
}

/// The digest of records in their order.
pub fn digest_of_records<'r, R: Serialize + 'r>(records: impl IntoIterator<Item = &'r R>) -> Sha256Hex {
    let mut digest = LineDigest::default();
    records.into_iter().for_each(|record| digest.record(record));
    digest.finish()
}

/// The digest of a file's bytes, as `sha256sum` prints it.
pub fn digest_of_bytes(bytes: &[u8]) -> Sha256Hex {
    LineDigest(Sha256::new().chain_update(bytes)).finish()
}

/// The digest of ids, whatever their order.
pub fn digest_of_ids<'i>(ids: impl IntoIterator<Item = &'i str>) -> Sha256Hex {
    let mut ids: Vec<_> = ids.into_iter().collect();
    ids.sort_unstable();
    let mut digest = LineDigest::default();
    for id in ids {
        digest.line(id.as_bytes());
    }
    digest.finish()
}

impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sorted_and_each_on_a_line() {
        // printf 'a\nb\n' | sha256sum
        let expected = "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2";
        assert_eq!(digest_of_ids(["b", "a"]).to_string(), expected);
        assert_eq!(digest_of_bytes(b"a\nb\n").to_string(), expected);
        assert_ne!(digest_of_ids(["ab"]), digest_of_ids(["a", "b"]));
    }
}
