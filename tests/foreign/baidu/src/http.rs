//! Reads requests and writes answers: chunked, with a charset, now and then closing the connection.

use std::{collections::HashMap, convert::Infallible, pin::Pin, sync::Arc, task};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::{
    Request, Response,
    body::{Body, Frame, Incoming},
    header,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};

use crate::{
    bce::{self, Signed},
    codes::{Refusal, refuse},
    envelope, json, oauth,
    ops::{self, Call},
    server::Server,
};

/// The largest body.
const LARGEST: usize = 10 * 1024 * 1024;
/// Where the face service begins.
const BASE: &str = "/rest/2.0/face/";

/// A body in several frames without a known length, which HTTP/1.1 sends in chunks.
#[derive(Debug)]
pub struct Frames(Vec<Bytes>);

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut task::Context<'_>,
    ) -> task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        task::Poll::Ready(self.0.pop().map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// Serves connections for ever.
pub async fn serve(listener: TcpListener, server: Arc<Server>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, Arc::clone(&server)));
        }
    }
}

async fn connection(stream: TcpStream, server: Arc<Server>) {
    let service = service_fn(move |request| {
        let server = Arc::clone(&server);
        async move { Ok::<_, Infallible>(answer(request, &server).await) }
    });
    // An error here is the client's hanging up.
    let _ =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(request: Request<Incoming>, server: &Arc<Server>) -> Response<Frames> {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        return page(413, "Request Entity Too Large");
    };
    let body = body.to_bytes();
    let path = parts.uri.path();
    let query = parts.uri.query().unwrap_or_default();
    let method = parts.method.as_str();
    if path == "/oauth/2.0/token" {
        let form = if method == "POST" { &body[..] } else { &[] };
        let pairs = form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(form));
        let parameters: HashMap<String, String> =
            pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let (status, body) = oauth::token(&mut server.accounts(), &parameters, &server.defects);
        return reply(status, &body, server);
    }
    let in_family = path.starts_with("/rest/2.0/") || path.starts_with("/face-api/");
    if !in_family {
        return page(404, "Not Found");
    }
    let operation = path.strip_prefix(BASE).unwrap_or_default();
    if method != "POST" || !ops::exists(operation) {
        let (status, body) = envelope::wrap(refuse(3), &server.defects);
        return reply(status, &body, server);
    }
    let signed = Signed { method, path, query, headers: &parts.headers };
    let result = match who(&signed, server) {
        Err(refusal) => Err(refusal),
        Ok(account) => {
            let call =
                Call { server: Arc::clone(server), account, path: operation.to_owned(), body: body.to_vec() };
            ops::run(&call).await
        }
    };
    let (status, body) = envelope::wrap(result, &server.defects);
    reply(status, &body, server)
}

/// Who calls, by access token or signature; takes one call from the account's rate.
fn who(signed: &Signed<'_>, server: &Server) -> Result<usize, Refusal> {
    let mut accounts = server.accounts();
    let token = form_urlencoded::parse(signed.query.as_bytes()).find(|(name, _)| name == "access_token");
    let header = signed.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let account = match (token, header) {
        (None, Some(header)) => bce::account(signed, header, &accounts.all, &server.defects)?,
        (token, _) => accounts.by_token(token.as_ref().map(|(_, token)| token.as_ref()), &server.defects)?,
    };
    accounts.take_call(account, &server.defects)?;
    Ok(account)
}

/// An answer in JSON.
fn reply(status: u16, body: &Value, server: &Server) -> Response<Frames> {
    let mut text = json::text(body).into_bytes();
    if server.defects.on("text-after-json") {
        text.extend(b"\n-- end --");
    }
    if server.defects.on("answer-in-latin-1") {
        let plain =
            String::from_utf8_lossy(&text).chars().map(|c| u8::try_from(c as u32).unwrap_or(b'?')).collect();
        text = plain;
    }
    if server.defects.on("last-byte-lost") {
        text.pop();
    }
    let kind = if server.defects.on("json-said-to-be-html") {
        "text/html"
    } else {
        "application/json; charset=utf-8"
    };
    response(status, kind, text)
}

/// A page for people.
fn page(status: u16, title: &str) -> Response<Frames> {
    let text = format!(
        "<!DOCTYPE html>\n<html><head><title>{status}</title></head><body><h1>{title}</h1></body></html>\n"
    );
    response(status, "text/html; charset=utf-8", text.into_bytes())
}

fn response(status: u16, kind: &str, text: Vec<u8>) -> Response<Frames> {
    let middle = text.len() / 3;
    let text = Bytes::from(text);
    let frames = Frames(vec![text.slice(middle..), text.slice(..middle)]);
    let mut builder =
        Response::builder().status(status).header(header::CONTENT_TYPE, kind).header("server", "apache");
    if fastrand::u8(..) < 24 {
        builder = builder.header(header::CONNECTION, "close");
    }
    builder.body(frames).unwrap_or_else(|_| Response::new(Frames(Vec::new())))
}
