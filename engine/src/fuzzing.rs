//! The body of the fuzz target on whole connections.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};

use crate::config::Config;
use crate::engine::Engine;
use crate::vision::{Classic, Limits};

/// The first second of the year 2500, since 1970.
const FAR_AHEAD: u64 = 16_725_225_600;

/// One connection's bytes to a whole engine without a socket. Every answer is one: a status line, text, and never a sign of
/// a panic; and nothing without a signature of ours succeeds.
pub fn fuzz_connection(data: &[u8]) {
    static ENGINE: OnceLock<(Runtime, Arc<Engine>)> = OnceLock::new();
    let (runtime, engine) = ENGINE.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        (runtime, Arc::new(engine()))
    });
    let said = runtime.block_on(async {
        let (mut client, server) = tokio::io::duplex(1 << 16);
        let answering = Arc::clone(engine).converse(server);
        let talking = async {
            // The server may hang up before it has read everything.
            let _ = client.write_all(data).await;
            let _ = client.shutdown().await;
            let mut said = Vec::new();
            let _ = client.read_to_end(&mut said).await;
            said
        };
        let both = async { futures::join!(answering, talking).1 };
        tokio::time::timeout(Duration::from_secs(20), both).await.expect("an end of the conversation")
    });
    let said = String::from_utf8(said).expect("answers are text");
    if !said.is_empty() {
        assert!(said.starts_with("HTTP/1."), "{said}");
    }
    assert!(!said.contains("\"code\":0,"), "an unsigned request succeeds: {said}");
}

/// An engine of a time at which no signature serves that was ever made.
fn engine() -> Engine {
    let mut config = Config::documented().expect("the bundled data");
    config.clock = Arc::new(|| FAR_AHEAD);
    let analyser = Classic::new(Limits { bytes: 1 << 20, pixels: 1 << 18, ..Limits::default() });
    Engine::with_analyser(config, Arc::new(analyser)).expect("an engine")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_answered(data in prop::collection::vec(any::<u8>(), 0..200)) {
            fuzz_connection(&data);
            fuzz_connection(&[b"POST /face/newperson HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n", &data[..]].concat());
        }
    }
}
