//! The raw sender against sockets that mean ill.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::run::Route;

const REQUEST: &[u8] = b"POST /face/detect HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";

/// A listener that plays the script once a connection; how many connections came.
async fn listen<F, Fut>(script: F) -> (RawClient, Arc<AtomicUsize>)
where
    F: Fn(TcpStream, usize) -> Fut + Send + 'static,
    Fut: Future<Output = io::Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let number = counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(script(stream, number));
        }
    });
    (client(&format!("http://{address}")), connections)
}

fn client(base_url: &str) -> RawClient {
    let endpoint = Endpoint::of(base_url, &Route::default()).unwrap();
    RawClient { endpoint, headers: Arc::default(), secrets: Arc::new(Secrets::default()), kept: None }
}

/// Reads one request of [`REQUEST`]'s length.
async fn request(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; REQUEST.len()];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

/// One answer for everybody, then the connection is closed.
async fn answered(with: &'static [u8]) -> Result<Reply, SendError> {
    let (mut client, _) = listen(move |mut stream, _| async move {
        request(&mut stream).await?;
        stream.write_all(with).await
    })
    .await;
    client.send(REQUEST, Ending::Whole, Duration::from_secs(5)).await
}

#[tokio::test]
async fn answers_are_read_however_they_are_framed() {
    for (bytes, status, body) in [
        (&b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"[..], 200, &b"{}"[..]),
        (b"HTTP/1.1 400 Bad\nContent-Length: 2\n\n{}", 400, b"{}"),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the close", 200, b"until the close"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 200, b""),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        (
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX: y\r\n\r\nHTTP/1.1 413 Big\r\nContent-Length: 1\r\n\r\nx",
            413,
            b"x",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
            200,
            b"abc0123456789",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n[]", 200, b"[]"),
    ] {
        let reply = answered(bytes).await.unwrap();
        assert_eq!((reply.status, reply.body.as_slice()), (status, body));
    }
}

#[tokio::test]
async fn what_is_no_answer_is_told_in_words() {
    for (bytes, words) in [
        (&b""[..], "closed without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "closed within the head"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "closed within the body"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "a length of «2, 3»"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}", "a length of «-2»"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}", "a transfer coding «gzip»"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "a chunk of size «xyz»"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc", "longer than it says"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "«SSH-2.0-OpenSSH_9.6\\r\\n»"),
        (b"\x16\x03\x01\xff", "no HTTP/1.1"),
    ] {
        let Err(SendError::Broken(why)) = answered(bytes).await else { panic!("{words}") };
        assert!(why.contains(words), "{why}, not {words}");
    }
    let endless = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n").await;
    assert_eq!(endless, Err(SendError::Endless));
    let endless = answered(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n").await;
    assert_eq!(endless, Err(SendError::Endless));
}

#[tokio::test]
async fn floods_and_silence_end_by_themselves() {
    for (head, flood) in [
        ("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"),
        ("", "HTTP/1.1 100 Continue\r\n\r\n"),
        ("HTTP/1.1 200 OK\r\n\r\n", "["),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n[\r\n"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n"),
        ("", "\r\n"),
    ] {
        let (mut client, _) = listen(move |mut stream, _| async move {
            request(&mut stream).await?;
            stream.write_all(head.as_bytes()).await?;
            let block = flood.repeat(1 << 12);
            loop {
                stream.write_all(block.as_bytes()).await?;
            }
        })
        .await;
        let answer = client.send(REQUEST, Ending::Whole, Duration::from_secs(5));
        let answer = tokio::time::timeout(Duration::from_secs(60), answer).await.expect("it ends by itself");
        assert!(
            matches!(answer, Err(SendError::Endless | SendError::Broken(_) | SendError::TimedOut(_))),
            "{flood}: {answer:?}"
        );
    }
    let (mut client, _) = listen(|stream, _| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
        Ok(())
    })
    .await;
    let within = Duration::from_millis(50);
    assert_eq!(client.send(REQUEST, Ending::Whole, within).await, Err(SendError::TimedOut(within)));
}

#[tokio::test]
async fn a_connection_is_kept_only_where_that_is_safe() {
    let (mut client, connections) = listen(|mut stream, _| async move {
        loop {
            request(&mut stream).await?;
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx").await?;
        }
    })
    .await;
    let count = || connections.load(Ordering::SeqCst);
    for _ in 0..3 {
        client.send(REQUEST, Ending::Whole, Duration::from_secs(5)).await.unwrap();
    }
    assert_eq!(count(), 1);
    client.send(REQUEST, Ending::Odd, Duration::from_secs(5)).await.unwrap();
    assert_eq!(count(), 2);
    client.send(REQUEST, Ending::Whole, Duration::from_secs(5)).await.unwrap();
    assert_eq!(count(), 3);
    client.clone().send(REQUEST, Ending::Whole, Duration::from_secs(5)).await.unwrap();
    assert_eq!(count(), 4);
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_answers_nothing() {
    let (mut client, connections) = listen(|mut stream, number| async move {
        loop {
            request(&mut stream).await?;
            let twice: &[u8] =
                b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 500 No\r\nContent-Length: 1\r\n\r\n2";
            let once: &[u8] = b"HTTP/1.1 201 OK\r\nContent-Length: 1\r\n\r\n3";
            stream.write_all(if number == 0 { twice } else { once }).await?;
        }
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..2 {
        statuses.push(client.send(REQUEST, Ending::Whole, Duration::from_secs(5)).await.unwrap().status);
    }
    assert_eq!((statuses, connections.load(Ordering::SeqCst)), (vec![200, 201], 2));
}

#[tokio::test]
async fn an_idle_connection_that_was_closed_is_replaced_and_a_broken_answer_is_not() {
    let (mut client, connections) = listen(|mut stream, number| async move {
        request(&mut stream).await?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx").await?;
        if number == 1 {
            request(&mut stream).await?;
            stream.write_all(b"HTTP/1.1 2").await?; // and is gone
        }
        Ok(())
    })
    .await;
    client.send(REQUEST, Ending::Whole, Duration::from_secs(5)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    client.send(REQUEST, Ending::Whole, Duration::from_secs(5)).await.unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
    let broken = client.send(REQUEST, Ending::Whole, Duration::from_secs(5)).await;
    assert!(matches!(&broken, Err(SendError::Broken(why)) if why.contains("within the head")), "{broken:?}");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_early_answer_is_read_though_the_request_is_not() {
    let (mut client, _) = listen(|mut stream, _| async move {
        let mut some = [0; 1 << 10];
        stream.read_exact(&mut some).await?;
        stream.write_all(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}").await?;
        tokio::time::sleep(Duration::from_secs(30)).await;
        Ok(())
    })
    .await;
    let bytes = vec![b'x'; 32 << 20];
    // Within the time for it, though the server reads no more and says no more for longer.
    let reply = client.send(&bytes, Ending::Whole, Duration::from_secs(20)).await.unwrap();
    assert_eq!(reply.status, 413);
    assert!(client.kept.is_none());
}

#[tokio::test]
async fn a_short_request_is_closed_for_writing() {
    let (mut client, _) = listen(|mut stream, _| async move {
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await?;
        let head = format!("HTTP/1.1 400 Short\r\nContent-Length: 0\r\nX-ErrNo: {}\r\n\r\n", all.len());
        stream.write_all(head.as_bytes()).await
    })
    .await;
    let bytes = b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n{}";
    let reply = client.send(bytes, Ending::Short, Duration::from_secs(5)).await.unwrap();
    assert_eq!((reply.status, reply.header("x-errno")), (400, Some(bytes.len().to_string().as_str())));
}

#[tokio::test]
async fn nobody_there_and_no_tls_are_told() {
    let unused = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused =
        client(&format!("http://{unused}")).send(REQUEST, Ending::Whole, Duration::from_secs(5)).await;
    assert!(matches!(refused, Err(SendError::Connect(_))), "{refused:?}");
    let (plain, _) = listen(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 400 plain\r\n\r\n").await?;
        stream.read_to_end(&mut Vec::new()).await.map(|_| ())
    })
    .await;
    let address = format!("https://127.0.0.1:{}", plain.endpoint.port());
    let refused = client(&address).send(REQUEST, Ending::Whole, Duration::from_secs(5)).await;
    assert!(matches!(refused, Err(SendError::Connect(_))), "{refused:?}");
}

#[test]
fn what_a_request_carries_is_found_in_its_bytes() {
    let bytes = b"POST /a?x=1&access_token=to%2Fken0123 HTTP/1.1\r\nAUTHORIZATION : abcdefgh==\r\nAuthorization: Bearer key-0123456\r\n folded\r\nX: y\r\n\r\nAuthorization: body";
    assert_eq!(
        sealed_in(bytes),
        ["to/ken0123", "to%2Fken0123", "abcdefgh==", "key-0123456", "Bearer key-0123456", "folded"]
    );
}
