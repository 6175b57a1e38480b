//! What a dialect knows of its accounts: which parts they have, in whose words, and what nobody else may see.

use crate::{Account, Credential, KeyPair, Manifest};

/// Parts that a plain word declares public: folders written before `public` could be said call them so.
const PUBLIC_BY_NAME: [&str; 2] = ["appid", "bucket"];

/// A part that an account must have, and has not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the account has no {0}")]
pub struct LackingPart(pub String);

impl Manifest {
    /// Whether a part of this name may be shown. A part that is not declared may not.
    pub fn is_public(&self, part: &str) -> bool {
        let by_name = PUBLIC_BY_NAME.contains(&part);
        self.credentials.get(part).is_some_and(|credential| credential.public.unwrap_or(by_name))
    }

    /// The parts that a key is made of: the secret ones that every account has. A disabled key has them too.
    pub fn key_parts(&self) -> impl Iterator<Item = (&str, &Credential)> {
        let parts = self.credentials.iter().filter(|(name, part)| !self.is_public(name) && !part.optional);
        parts.map(|(name, part)| (name.as_str(), part))
    }

    /// Every text of an account that nobody else may see, with its name: all parts that are not public, and those of the
    /// disabled key as `disabled.<part>`.
    pub fn secrets_of<'a>(&self, account: &'a Account) -> impl Iterator<Item = (String, &'a str)> {
        let own = account.parts().filter(|(name, _)| !self.is_public(name));
        let disabled = account.disabled.iter().flat_map(KeyPair::parts);
        let own = own.map(|(name, value)| (name.to_owned(), value));
        own.chain(disabled.map(|(name, value)| (format!("disabled.{name}"), value)))
    }

    /// An account as somebody told it, maybe in the vendor's words: with the names of `[credentials]` instead.
    ///
    /// # Errors
    /// It lacks a part that this dialect's accounts have.
    pub fn account(&self, told: Account) -> Result<Account, LackingPart> {
        let account = told.renamed(|told| {
            let declared = self.credentials.iter().find(|(_, Credential { word, .. })| word == told);
            declared.map_or(told, |(name, _)| name).to_owned()
        });
        let mut needed = self.credentials.iter().filter(|(_, part)| !part.optional).map(|(name, _)| name);
        match needed.find(|name| account.get(name).is_none()) {
            Some(lacking) => Err(LackingPart(lacking.clone())),
            None => Ok(account),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bundled;

    fn told(dialect: &str, json: &str) -> Result<Account, LackingPart> {
        bundled(dialect).unwrap().manifest.account(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn an_account_is_read_in_the_vendors_words_and_in_ours() {
        let theirs = r#"{"app_id":"7","api_key":"i","secret_key":"s","expired_token":"t","quota":{"day":3},"disabled":null}"#;
        let ours = r#"{"appid":"7","secret_id":"i","secret_key":"s","expired_token":"t"}"#;
        assert_eq!(told("baidu-face", theirs), told("baidu-face", ours));
        let account = told("baidu-face", theirs).unwrap();
        assert_eq!((account.part("secret_id"), account.part("bucket")), ("i", ""));
        assert_eq!(account.get("quota"), None, "what is no text is another program's business");
        assert_eq!(
            told("baidu-face", r#"{"app_id":"7","secret_key":"s"}"#),
            Err(LackingPart("secret_id".into()))
        );
        assert!(
            told("tencent-ci", r#"{"appid":"7","secret_id":"i","secret_key":"s"}"#).is_ok(),
            "without a bucket"
        );
    }

    #[test]
    fn what_is_written_is_read_and_stands_beside_what_is_no_part() {
        let json = r#"{"appid":"7","secret_id":"i","secret_key":"s","requests_per_second":5,"disabled":{"secret_id":"d","secret_key":"e"}}"#;
        let account = told("tencent-ci", json).unwrap();
        assert_eq!(serde_json::to_string(&account).unwrap(), json);
        assert_eq!(account.requests_per_second, Some(5));
        assert_eq!(account.disabled.as_ref().unwrap().part("secret_key"), "e");
    }

    #[test]
    fn debug_shows_no_part_and_every_part_that_is_not_public_is_a_secret() {
        let json = r#"{"appid":"TELLable","bucket":"TELLable","secret_id":"HUSH1","secret_key":"HUSH2","new_part":"HUSH3","disabled":{"secret_id":"HUSH4"}}"#;
        let account = told("tencent-ci", json).unwrap();
        let shown = format!("{account:?}");
        assert!(
            shown.contains("secret_key") && !shown.contains("HUSH") && !shown.contains("TELL"),
            "{shown}"
        );
        let manifest = &bundled("tencent-ci").unwrap().manifest;
        let secrets = manifest.secrets_of(&account).map(|(name, value)| format!("{name} {value}"));
        let known = ["new_part HUSH3", "secret_id HUSH1", "secret_key HUSH2", "disabled.secret_id HUSH4"];
        assert_eq!(secrets.collect::<Vec<_>>(), known);
    }

    #[test]
    fn a_plain_word_declares_a_secret_and_a_wrong_key_is_refused() {
        let of = |text: &str| toml::from_str::<BTreeMap<String, Credential>>(text);
        let mut manifest = bundled("tencent-ci").unwrap().manifest.clone();
        manifest.credentials =
            of("appid = \"app_id\"\nak = \"AK\"\nzone = { word = \"zone\", public = true }").unwrap();
        assert_eq!(
            ["appid", "ak", "zone", "other"].map(|part| manifest.is_public(part)),
            [true, false, true, false]
        );
        assert_eq!(manifest.key_parts().map(|(name, _)| name).collect::<Vec<_>>(), ["ak"]);
        let error = of("ak = { word = \"AK\", pubic = true }").unwrap_err().to_string();
        assert!(
            error.contains("unknown field `pubic`, expected one of `word`, `public`, `optional`"),
            "{error}"
        );
        assert!(of("ak = 3").unwrap_err().to_string().contains("the vendor's word, or"));
    }
}
