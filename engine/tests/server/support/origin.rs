//! A picture server that behaves as told: each path is a way to behave.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// How long it says nothing where it stalls: longer than a client waits that gives up by itself.
pub const STALL: Duration = Duration::from_secs(120);

/// Answers each connection by what its path says, until the process ends.
pub fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || behave(stream, address));
        }
    });
    address
}

fn behave(mut stream: TcpStream, address: SocketAddr) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        request.push(byte[0]);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default();
    let answer = |status: &str, extra: &str, declared: usize, body: &[u8]| {
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Length: {declared}\r\nConnection: close\r\n{extra}\r\n");
        [head.as_bytes(), body].concat()
    };
    let picture = |faces: &str| super::picture(faces);
    let bytes = match path.split('/').nth(1).unwrap_or_default() {
        "face" => {
            let body = picture(&path["/face/".len()..]);
            answer("200 OK", "Content-Type: text/html\r\n", body.len(), &body)
        }
        "missing" => answer("404 Not Found", "", 0, b""),
        "error" => answer("500 Internal Server Error", "", 0, b""),
        "page" => answer("200 OK", "Content-Type: image/jpeg\r\n", 6, b"<html>"),
        "empty" => answer("200 OK", "", 0, b""),
        "cut" => answer("200 OK", "", 5000, &picture("anna")),
        "huge" => answer("200 OK", "", 64 << 20, &picture("anna")),
        "stall" => {
            stream.write_all(&answer("200 OK", "", 5000, &picture("anna"))).expect("written");
            std::thread::sleep(STALL);
            return;
        }
        "silent" => {
            std::thread::sleep(STALL);
            return;
        }
        "moved" => {
            let left: u32 = path.rsplit('/').next().and_then(|left| left.parse().ok()).unwrap_or(0);
            let to = if left == 0 { "/face/anna".to_owned() } else { format!("/moved/{}", left - 1) };
            answer("302 Found", &format!("Location: http://{address}{to}\r\n"), 0, b"")
        }
        _ => answer("400 Bad Request", "", 0, b""),
    };
    // The client may have gone already.
    let _ = stream.write_all(&bytes);
}
