//! A TLS front for the stand-in, so that serenity's rate limiter stays in the loop.
//!
//! With its limiter on, serenity sends every request to `https://discord.com`, whatever it is told. So the client that it
//! is given resolves that name to a loopback address, where this front has a certificate for it and passes everything on.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// The name that serenity asks for.
const NAME: &str = "discord.com";

/// A running front.
pub struct Front {
    address: SocketAddr,
    certificate: reqwest::Certificate,
    server: JoinHandle<()>,
}

impl Front {
    /// Starts one in front of the server at `behind`.
    pub async fn before(behind: SocketAddr) -> Self {
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider's own versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a certificate and its key");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = tokio::spawn(async move {
            while let Ok((outer, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut outer) = acceptor.accept(outer).await else {
                        return;
                    };
                    let Ok(mut inner) = TcpStream::connect(behind).await else {
                        return;
                    };
                    // Either side may cut the connection: that is what some tests are about.
                    let _ = tokio::io::copy_bidirectional(&mut outer, &mut inner).await;
                });
            }
        });
        Self {
            address,
            certificate: reqwest::Certificate::from_der(made.cert.der()).expect("a certificate"),
            server,
        }
    }

    /// A client for which Discord is here.
    pub fn client(&self) -> reqwest::Client {
        reqwest::Client::builder()
            .resolve(NAME, self.address)
            .add_root_certificate(self.certificate.clone())
            .build()
            .expect("a client")
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.server.abort();
    }
}
