//! Accepts connections and carries requests on them.
//!
//! Done over hyper and not by a web framework's server, which as a rule bounds neither the time for a request's head nor the number of
//! connections.

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{HttpService, service_fn};
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::Service;

/// After accepting failed, for instance for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// Accepts until `shutdown` resolves, then waits a bounded time for running requests.
pub(crate) async fn accept(listener: TcpListener, service: Arc<Service>, shutdown: impl Future<Output = ()>) {
    let limits = service.limits();
    let (stop, stopping) = watch::channel(false);
    let places = Arc::new(Semaphore::new(limits.most_connections));
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::select! {
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => {}
            (place, accepted) = next => match accepted {
                Ok((stream, _)) => {
                    let carried = carry(stream, Arc::clone(&service), limits.head_timeout, stopping.clone());
                    connections.spawn(async move {
                        let _place = place;
                        carried.await;
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    // Nobody listens any more only when no connection is left, which is as good.
    let _ = stop.send(true);
    let finished = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.grace, finished).await.is_err() {
        tracing::warn!("requests were cut off at the stop");
    }
}

async fn carry(
    stream: TcpStream,
    service: Arc<Service>,
    head_timeout: Duration,
    mut stopping: watch::Receiver<bool>,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "the connection keeps small packets back");
    }
    let mut connection = pin!(conversation(service, stream, head_timeout));
    let stopped = async {
        // An error means that the sender is gone, and with it the server.
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// The requests of one connection, each answered by the service.
pub(crate) fn conversation<S: AsyncRead + AsyncWrite + Unpin>(
    service: Arc<Service>,
    stream: S,
    head_timeout: Duration,
) -> http1::Connection<
    TokioIo<S>,
    impl HttpService<Incoming, ResBody = Full<Bytes>, Error = Infallible, Future: Send> + Send,
> {
    let answer = move |request: Request<Incoming>| {
        let service = Arc::clone(&service);
        async move { Ok::<Response<Full<Bytes>>, Infallible>(service.dispatch(request).await.map(Full::new)) }
    };
    http1::Builder::new()
        .half_close(true) // who has said all may close its side and still be answered
        .timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .serve_connection(TokioIo::new(stream), service_fn(answer))
}
