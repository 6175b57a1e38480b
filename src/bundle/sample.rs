//! A made-up target for unit tests: its secrets are planted.

use std::collections::BTreeMap;
use std::sync::Arc;

use lianpu_corpus::{Account, bundled};

use crate::request::{Caller, Ground, Standing};
use crate::wire::File;

/// A dialect whose signature holds the public half of the key.
pub(super) const DIALECT: &str = "tencent-ci";

/// A ground with planted secrets.
pub(super) fn ground() -> Ground {
    let dialect = bundled(DIALECT).unwrap();
    let account = Account::of([
        ("appid", "1250000000"),
        ("bucket", "b"),
        ("secret_id", "PLANTEDsecretId0123456789"),
        ("secret_key", "PLANTED/secret+Key"),
    ]);
    let caller = Caller {
        dialect,
        account,
        other: None,
        token: Some("PLANTED-token-012345".into()),
        other_token: None,
        host: "h:1".into(),
        now: 1_500_000_000,
        nonce: 7,
        limits: BTreeMap::new(),
    };
    let file =
        Arc::new(File { name: "a.jpeg".into(), media_type: "image/jpeg".into(), bytes: vec![0xff; 99] });
    let standing = Standing::default().with_pictures(Arc::clone(&file), file);
    Ground::valid(dialect, dialect.operation("newperson").unwrap(), &standing, "lpx_1_new1", caller).unwrap()
}
