//! The gateway and the service behind it.
//!
//! The gateway answers pages: 404 for an unknown path, 424 for another method than POST, 411 without a length, 413 for
//! a body that is too large. Only then the body is read (3), the signature judged, the rate counted (15).

use crate::auth;
use crate::call::{Call, OFFERED};
use crate::code::Code;
use crate::defect::Defect;
use crate::engine::Engine;
use crate::fields::Fields;
use crate::form::Form;
use crate::reply::{Outcome, Pieces, answer, page};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// The largest body: 1.5 MB, read as MiB.
const LARGEST: u64 = 3 << 19;
/// How much of a body that is too large is read, so that the client hears the answer.
const DRAINED: u64 = 16 << 20;

/// Serves connections until the listener fails.
pub(crate) async fn serve(listener: TcpListener, engine: Arc<Engine>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(converse(stream, Arc::clone(&engine)))),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn converse(stream: TcpStream, engine: Arc<Engine>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let engine = Arc::clone(&engine);
        async move { Ok::<_, Infallible>(respond(&engine, request).await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(30)).half_close(true);
    // A client that goes away is no trouble of ours.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
}

async fn respond(engine: &Arc<Engine>, request: Request<Incoming>) -> Response<Pieces> {
    let defects = &engine.defects;
    let (head, mut body) = request.into_parts();
    let name = head.uri.path().strip_prefix("/face/").unwrap_or_default().to_owned();
    let vendor = header(&head.headers, HOST).is_some_and(|host| host.contains("myqcloud.com"));
    if !OFFERED.contains(&name.as_str()) || (vendor && defects.has(Defect::HostRouted)) {
        drain(&mut body).await;
        return page(404, "HTTP_NOTFOUND");
    }
    if head.method != Method::POST {
        drain(&mut body).await;
        return page(424, "HTTP_METHOD_NOTFOUND");
    }
    let Some(length) = header(&head.headers, CONTENT_LENGTH).and_then(|text| text.trim().parse::<u64>().ok())
    else {
        drain(&mut body).await;
        return page(411, "HTTP_REQ_NOLENGTH");
    };
    let largest = if defects.has(Defect::BodyLimitLow) { 500_000 } else { LARGEST };
    if length > largest && !(defects.has(Defect::BodyLimitOff) && length <= DRAINED) {
        drain(&mut body).await;
        return page(413, "HTTP_REQUEST_LARGE");
    }
    let Ok(collected) = body.collect().await else { return page(400, "HTTP_BAD_REQUEST") };
    let outcome = operate(engine, &head.headers, &name, &collected.to_bytes()).await;
    answer(outcome, &engine.new_id("q-"), defects)
}

/// Reads a body away, within limits.
async fn drain(body: &mut Incoming) {
    let mut left = DRAINED;
    while left > 0 && !body.is_end_stream() {
        match body.frame().await {
            Some(Ok(frame)) => {
                left = left.saturating_sub(frame.data_ref().map_or(0, |data| data.len() as u64));
            }
            _ => return,
        }
    }
}

async fn operate(engine: &Arc<Engine>, headers: &HeaderMap, name: &str, body: &[u8]) -> Outcome {
    let form = Form::read(header(headers, CONTENT_TYPE), body, &engine.defects)?;
    let fields = Fields::new(&form, &engine.defects);
    // A header that is no text is a signature that cannot be read.
    let signature = match headers.get(AUTHORIZATION) {
        None => None,
        Some(value) => Some(std::str::from_utf8(value.as_bytes()).map_err(|_| Code::BAD_SIGN)?),
    };
    let account = auth::authenticate(engine, signature, fields)?;
    engine.count(account.appid)?;
    Call { engine, appid: account.appid, fields }.run(name).await
}
