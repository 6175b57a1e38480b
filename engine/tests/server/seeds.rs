//! The committed seeds of the fuzz targets on the engine's side, replayed.

use std::fs;
use std::path::Path;

fn replay(target: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/seeds").join(target);
    let mut seeds = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        body(&fs::read(entry.unwrap().path()).unwrap());
        seeds += 1;
    }
    assert!(seeds >= 3, "{} has {seeds} seeds", folder.display());
}

macro_rules! replayed {
    ($($target:ident = $body:path;)*) => {
        $(#[test]
        fn $target() {
            replay(stringify!($target), $body);
        })*
    };
}

replayed! {
    authorization = lianpu_engine::tencent_ci::fuzz_authorization;
    body = lianpu_engine::baidu_face::fuzz_body;
    connection = lianpu_engine::fuzz_connection;
    decode = lianpu_engine::vision::fuzz_analysis;
    json = lianpu_engine::tencent_ci::fuzz_json;
    multipart = lianpu_engine::front::fuzz_multipart;
    multipart_meaning = lianpu_engine::front::fuzz_multipart_meaning;
    signature = lianpu_engine::tencent_ci::fuzz_signature;
}
