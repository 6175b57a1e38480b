//! Whether a request went over a connection of its own or over one that was kept.

use std::cell::Cell;
use std::task::{Context, Poll};

use tower::{Layer, Service};

tokio::task_local! {
    /// Whether the request that is under way began a connection.
    static IS_FRESH: Cell<bool>;
}

/// Carries out an exchange; with its outcome, whether a connection was begun for it.
pub(super) async fn noting<F: Future>(exchange: F) -> (F::Output, bool) {
    let noted = async {
        let outcome = exchange.await;
        (outcome, IS_FRESH.with(Cell::get))
    };
    IS_FRESH.scope(Cell::new(false), noted).await
}

/// Makes a connector that notes when it is asked for a connection.
#[derive(Debug, Clone)]
pub(super) struct NotingLayer;

/// A connector that notes when it is asked for a connection.
#[derive(Debug, Clone)]
pub(super) struct Noting<S>(S);

impl<S> Layer<S> for NotingLayer {
    type Service = Noting<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Noting(inner)
    }
}

impl<S: Service<R>, R> Service<R> for Noting<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, wanted: R) -> Self::Future {
        let _ = IS_FRESH.try_with(|is_fresh| is_fresh.set(true));
        self.0.call(wanted)
    }
}
