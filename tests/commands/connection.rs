//! How requests get to the target: over TLS, through a proxy, with header lines of the user's.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::common::proxy::{Answer, Proxy};
use crate::common::report::{Run, run};
use crate::common::{Server, lianpu, shared};

/// Few scenarios, none of which needs the origin.
const FEW: [&str; 8] = ["--table", "face", "--op", "newperson", "--row", "-1304", "--row", "14"];

/// A server of the tests on a thread of its own; it ends with the process.
fn serve<F, Fut>(take: F) -> SocketAddr
where
    F: Fn(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take(stream));
            }
        });
    });
    told.recv().unwrap()
}

/// The engine behind TLS, with a certificate that nobody knows.
struct Tls {
    url: String,
    /// The certificate, in PEM.
    certificate: PathBuf,
    _folder: tempfile::TempDir,
}

fn tls(server: &Server) -> Tls {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, certificate.pem()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let upstream = address(server);
    let address = serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let mut stream = acceptor.accept(stream).await?;
            let mut upstream = TcpStream::connect(upstream).await?;
            copy_bidirectional(&mut stream, &mut upstream).await.map(drop)
        }
    });
    Tls { url: format!("https://{address}"), certificate: file, _folder: folder }
}

fn address(server: &Server) -> SocketAddr {
    server.base_url().trim_start_matches("http://").parse().unwrap()
}

fn few(server: &Server, words: &[&str]) -> Run {
    let ready = server.ready_file();
    run(&[&["--credentials", ready.to_str().unwrap()], words, &FEW].concat())
}

/// A short campaign that finds nothing.
fn fuzz(server: &Server, words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let ready = server.ready_file();
    let campaign = ["fuzz", "--quiet", "--cases", "40", "--subject", "signature", "--credentials"];
    let fuzzed = lianpu(&[&campaign[..], &[ready.to_str().unwrap()], words].concat(), Some(folder.path()));
    assert!(fuzzed.status.success(), "{}", String::from_utf8_lossy(&fuzzed.stderr));
}

#[test]
fn a_certificate_that_nobody_knows_is_told_and_taken_where_it_is_named() {
    let server = shared();
    let tls = tls(&server);
    let ca = tls.certificate.to_str().unwrap();
    let unknown = few(&server, &["--target", &tls.url]);
    assert_eq!(unknown.exit(), 3, "{}", unknown.said());
    for words in ["its certificate is not trusted", "--ca FILE", "--insecure"] {
        assert!(unknown.stderr().contains(words), "{words}: {}", unknown.stderr());
    }
    for trusted in [&["--ca", ca][..], &["--insecure"]] {
        let taken = few(&server, &[&["--target", &tls.url], trusted].concat());
        assert_eq!(taken.exit(), 0, "{}", taken.said());
        // The fuzzer's own sender takes the same road.
        fuzz(&server, &[&["--target", &tls.url], trusted].concat());
    }
    let plain = few(&server, &["--target", &format!("https://{}", address(&server))]);
    assert_eq!(plain.exit(), 3, "{}", plain.said());
    assert!(plain.stderr().contains("speaks no TLS"), "{}", plain.stderr());
    let no_file = few(&server, &["--target", &tls.url, "--ca", "no/such.pem"]);
    assert_eq!(no_file.exit(), 2, "{}", no_file.said());
}

#[test]
fn everything_goes_through_the_proxy() {
    let server = shared();
    let passed = Arc::new(AtomicUsize::new(0));
    let tunnels = Arc::new(AtomicUsize::new(0));
    let (count, tunnelled) = (Arc::clone(&passed), Arc::clone(&tunnels));
    let upstream = address(&server);
    let proxy = serve(move |mut stream| {
        let (count, tunnelled) = (Arc::clone(&count), Arc::clone(&tunnelled));
        async move {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await?);
            }
            let text = String::from_utf8_lossy(&head).into_owned();
            if !text.contains("Basic bWU6YSBi") && !text.contains("basic bWU6YSBi") {
                return stream
                    .write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                    .await;
            }
            count.fetch_add(1, Ordering::SeqCst);
            let mut upstream = TcpStream::connect(upstream).await?;
            if text.starts_with("CONNECT nowhere.example:80 ") {
                tunnelled.fetch_add(1, Ordering::SeqCst);
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            } else {
                assert!(text.contains(" http://nowhere.example/"), "{text}");
                upstream.write_all(&head).await?;
            }
            copy_bidirectional(&mut stream, &mut upstream).await.map(drop)
        }
    });
    let through = format!("http://me:a%20b@{proxy}");
    let words = ["--target", "http://nowhere.example", "--proxy", &through];
    let told = few(&server, &words);
    assert_eq!(told.exit(), 0, "{}", told.said());
    assert!(passed.load(Ordering::SeqCst) > 0 && tunnels.load(Ordering::SeqCst) == 0);
    assert!(
        !told.said().contains("a%20b") && !told.file("events").contains("a%20b"),
        "the password is nobody's"
    );

    let folder = tempfile::tempdir().unwrap();
    let ready = server.ready_file();
    fuzz(&server, &words);
    assert!(tunnels.load(Ordering::SeqCst) > 0, "the raw sender goes through it too");

    let own = folder.path().join("own");
    std::fs::create_dir(&own).unwrap();
    let feature = "Feature: own\n  Scenario: nobody\n    Given a valid getinfo request\n    And its person_id is \"lianpu_nobody\"\n    When it is sent\n    Then the code is -1303\n";
    std::fs::write(own.join("own.feature"), feature).unwrap();
    let credentials = ["--credentials", ready.to_str().unwrap(), "--features", own.to_str().unwrap()];
    let told = run(&[&credentials[..], &words].concat());
    assert_eq!(told.exit(), 0, "{}", told.said());

    let bundled = lianpu(&["run", "--proxy", &through], Some(folder.path()));
    assert_eq!(bundled.status.code(), Some(2));
}

#[test]
fn header_lines_go_with_every_request_and_into_no_report() {
    let server = shared();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    let proxy = Proxy::start(&server, move |exchange| {
        seen.lock().unwrap().push(exchange.request.head.to_lowercase());
        Answer::Honest
    });
    let url = proxy.url();
    let words = ["--target", &url, "--header", "X-Gate: open-sesame-1234", "--header", "X-Env: staging"];
    let told = few(&server, &words);
    assert_eq!(told.exit(), 0, "{}", told.said());
    fuzz(&server, &words);
    let heads = heads.lock().unwrap();
    let lacking: Vec<_> =
        heads.iter().filter(|head| !head.contains("x-gate: open-sesame-1234\r\n")).collect();
    assert!(heads.len() > 40 && lacking.is_empty(), "{lacking:?}");
    assert!(!told.file("events").contains("sesame") && !told.file("json").contains("sesame"));
    let refused = few(&server, &["--target", &url, "--header", "Host: other"]);
    assert_eq!(refused.exit(), 2, "{}", refused.said());
}
