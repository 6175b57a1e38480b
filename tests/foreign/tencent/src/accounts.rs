//! The two accounts that are there from the start.

use serde_json::{Value, json};

/// A pair of secret id and secret key.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) enabled: bool,
}

/// An account: one appid with one bucket.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) appid: &'static str,
    pub(crate) bucket: &'static str,
    pub(crate) keys: &'static [Key],
}

/// The accounts.
pub(crate) const ACCOUNTS: &[Account] = &[
    Account {
        appid: "1250017041",
        bucket: "magnolia",
        keys: &[
            Key {
                id: "TESTIDmagnolia0000000000000000EXAMPLE",
                secret: "TestSecretOfMagnolia000000000001",
                enabled: true,
            },
            Key {
                id: "TESTIDmagnolia1111111111111111EXAMPLE",
                secret: "TestSecretOfMagnolia000000000002",
                enabled: false,
            },
        ],
    },
    Account {
        appid: "1250098764",
        bucket: "squirrel",
        keys: &[Key {
            id: "TESTIDsquirrel0000000000000000EXAMPLE",
            secret: "TestSecretOfSquirrel000000000001",
            enabled: true,
        }],
    },
];

/// The accounts as the ready line tells them.
pub(crate) fn told() -> Value {
    ACCOUNTS
        .iter()
        .map(|account| {
            let mut told = json!({ "appid": account.appid, "bucket": account.bucket });
            for key in account.keys {
                let pair = json!({ "secret_id": key.id, "secret_key": key.secret });
                if key.enabled {
                    told["secret_id"] = pair["secret_id"].clone();
                    told["secret_key"] = pair["secret_key"].clone();
                } else {
                    told["disabled"] = pair;
                }
            }
            told
        })
        .collect()
}
