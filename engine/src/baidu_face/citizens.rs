//! Who stands in the register that the identity check asks.

use bytes::Bytes;
use lianpu_corpus::citizens;

/// Somebody in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredCitizen {
    /// 15 or 18 characters.
    pub id_card_number: String,
    /// The name that belongs to the number.
    pub name: String,
    /// A picture file of the citizen's face; `None` where the register has none.
    pub picture: Option<Bytes>,
}

/// The test citizens of the bundled data, who do not exist.
pub fn test_citizens() -> Vec<RegisteredCitizen> {
    let registered = |citizen: &lianpu_corpus::Citizen| RegisteredCitizen {
        id_card_number: citizen.id_card_number.clone(),
        name: citizen.name.clone(),
        picture: citizen.picture().map(Bytes::from_static),
    };
    citizens().iter().map(registered).collect()
}
