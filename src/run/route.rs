//! How requests get to the target: through which proxy, trusting whom, and with which header lines besides their own.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;

/// How requests get to a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Route {
    /// Header lines that every request carries besides its own.
    pub headers: Vec<(String, String)>,
    /// The HTTP proxy that all connections go through: `http://host:port`, with `user:password@` where it asks for it.
    pub proxy: Option<String>,
    /// Certificates that are trusted besides those of the system.
    pub authorities: Vec<CertificateDer<'static>>,
    /// Any certificate is taken, so that nobody knows who answers.
    pub insecure: bool,
}

impl Route {
    /// TLS as the route has it, for HTTP/1.1.
    ///
    /// # Errors
    /// A certificate that is to be trusted cannot be read.
    pub(super) fn tls(&self) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(ring::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> = if self.insecure {
            Arc::new(Anybody(provider.clone()))
        } else {
            Arc::new(Verifier::new_with_extra_roots(self.authorities.iter().cloned(), provider.clone())?)
        };
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

/// Takes any certificate; the handshake itself must be sound.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// What a failed connection comes to where TLS is the reason, and what mends it.
pub(super) fn trouble(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    let mut causes = std::iter::successors(Some(error), |cause| cause.source());
    causes.find_map(of_tls).map(words)
}

/// The error of TLS that a cause is, or holds: an `io::Error` is not the source of what it holds.
fn of_tls<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e rustls::Error> {
    let held = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    cause.downcast_ref().or_else(|| of_tls(held?))
}

fn words(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(why) => format!(
            "its certificate is not trusted: {why}; --ca FILE names an authority to trust, --insecure takes any certificate"
        ),
        rustls::Error::InvalidMessage(_) => {
            format!("it answers, but speaks no TLS ({error}); is its address one of http://?")
        }
        other => format!("TLS fails: {other}"),
    }
}
