//! The bundled engine on a thread of this process.

use std::net::SocketAddr;
use std::sync::Arc;

use lianpu_corpus::Operation;
use lianpu_engine::Config;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A running engine; it ends with the value.
pub struct Engine {
    pub address: SocketAddr,
    pub ready: Value,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Engine {
    pub fn start() -> Self {
        let mut config = Config::documented().unwrap();
        config.set_limit("groups-per-appid", 1 << 20).unwrap();
        let engine = Arc::new(lianpu_engine::Engine::new(config).unwrap());
        let (started, address) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let ready = engine.ready("");
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                started.send(listener.local_addr().unwrap()).unwrap();
                engine.serve(listener, async { drop(stopped.await) }).await;
            });
        });
        Self { address: address.recv().unwrap(), ready, stop: Some(stop), thread: Some(thread) }
    }

    /// Whether the operation's valid request can succeed here. Without the nets' weights some are left out, and that is
    /// said.
    pub fn can(&self, operation: &Operation) -> bool {
        let has = |need: &String| {
            self.ready["capabilities"].as_array().unwrap().iter().any(|capability| *capability == **need)
        };
        let can = operation.needs.iter().all(has);
        if !can {
            eprintln!("skipped: {} needs {}", operation.name, operation.needs.join(", "));
        }
        can
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
