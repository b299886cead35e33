//! A web server on loopback over TLS, with certificates of an authority made for one test.

use rcgen::{
    BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use undersigned::observe::reach::{Anchors, Hosts, Reach, Roots, Servers};

/// An authority, and a certificate of it for one host.
pub struct Authority {
    /// The authority's certificate.
    pub root: String,
    /// The host's certificate.
    pub certificate: String,
    /// The host's private key.
    pub key: String,
    der: (Vec<u8>, Vec<u8>),
}

impl Authority {
    /// For a host, valid until a year that is over or not.
    pub fn of(host: &str, until: i32) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let root = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap();
        Self {
            root: root.pem(),
            certificate: certificate.pem(),
            key: key.serialize_pem(),
            der: (certificate.der().to_vec(), key.serialize_der()),
        }
    }
}

/// What is sent, piece by piece, with a wait before each but the first.
#[derive(Clone)]
pub struct Page {
    pieces: Vec<Vec<u8>>,
    wait: Duration,
}

impl Page {
    /// A file as any web server sends it.
    pub fn file(body: impl AsRef<[u8]>) -> Self {
        Self::raw("200 OK", "", body)
    }

    /// An answer with a status, further header lines, and a body.
    pub fn raw(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut all = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}connection: close\r\n\r\n",
            body.len()
        )
        .into_bytes();
        all.extend_from_slice(body);
        Self {
            pieces: vec![all],
            wait: Duration::ZERO,
        }
    }

    /// An answer byte for byte, after which the connection is closed.
    pub fn bytes(all: impl AsRef<[u8]>) -> Self {
        Self {
            pieces: vec![all.as_ref().to_vec()],
            wait: Duration::ZERO,
        }
    }

    /// An answer that sends us elsewhere.
    pub fn redirect(to: &str) -> Self {
        Self::raw("302 Found", &format!("location: {to}\r\n"), "")
    }

    /// The same, a byte at a time.
    pub fn dripping(mut self, wait: Duration) -> Self {
        self.pieces = self
            .pieces
            .concat()
            .into_iter()
            .map(|byte| vec![byte])
            .collect();
        self.wait = wait;
        self
    }

    /// An answer that goes on without an end and without saying how long it is.
    pub fn endless() -> Self {
        let mut pieces = vec![b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec()];
        pieces.extend(std::iter::repeat_n(vec![b'a'; 4096], 4096));
        Self {
            pieces,
            wait: Duration::ZERO,
        }
    }
}

/// Serves pages by path, as long as the test runs; returns where.
pub fn serve(authority: &Authority, pages: BTreeMap<String, Page>) -> SocketAddr {
    let (certificate, key) = authority.der.clone();
    let chain = vec![CertificateDer::from(certificate)];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let Ok(mut socket) = socket else { return };
            let (config, pages) = (config.clone(), pages.clone());
            std::thread::spawn(move || {
                let mut connection = ServerConnection::new(config).unwrap();
                let mut stream = Stream::new(&mut connection, &mut socket);
                // Who does not trust the certificate is gone by now.
                let _ = answer(&mut stream, &pages);
                connection.send_close_notify();
                let _ = connection.write_tls(&mut socket);
            });
        }
    });
    address
}

fn answer(stream: &mut (impl Read + Write), pages: &BTreeMap<String, Page>) -> std::io::Result<()> {
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        asked.push(byte[0]);
    }
    let asked = String::from_utf8_lossy(&asked).into_owned();
    assert!(!asked.to_lowercase().contains("gzip"), "{asked}");
    let path = asked.split(' ').nth(1).unwrap_or_default();
    let page = pages.get(path).cloned();
    let page = page.unwrap_or_else(|| Page::raw("404 Not Found", "", "there is nothing"));
    for (number, piece) in page.pieces.iter().enumerate() {
        if number > 0 {
            std::thread::sleep(page.wait);
        }
        stream.write_all(piece)?;
        stream.flush()?;
    }
    Ok(())
}

/// A reach that leads to this server alone, whatever the host.
pub fn reach(authority: &Authority, address: SocketAddr) -> Reach {
    Reach {
        hosts: Hosts::Given(vec![address]),
        admits: |_| true,
        roots: Roots::Pem(authority.root.clone()),
        servers: Servers::Given(Vec::new()),
        anchors: Anchors::Root,
        patience: Duration::from_secs(20),
    }
}

/// An nginx of our own: lake.example serves, within.example sends on within itself, away.example elsewhere.
pub struct Nginx {
    folder: tempfile::TempDir,
    program: std::process::Child,
    pub address: SocketAddr,
}

impl Nginx {
    pub fn start(authority: &Authority, line: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = free_address();
        let root = folder.path().display().to_string();
        let config = format!(
            "daemon off; master_process off; pid {root}/pid; error_log {root}/log;\nevents {{}}\n\
             http {{\n access_log off; client_body_temp_path {root}/t1; proxy_temp_path {root}/t2; fastcgi_temp_path {root}/t3;\n\
             uwsgi_temp_path {root}/t4; scgi_temp_path {root}/t5; default_type text/plain; gzip on; gzip_types *;\n\
             ssl_certificate {root}/cert.pem; ssl_certificate_key {root}/key.pem; absolute_redirect off;\n\
             server {{ listen {address} ssl; server_name lake.example; root {root}/www; }}\n\
             server {{ listen {address} ssl; server_name within.example; root {root}/www; \
             location = /.well-known/undersigned.txt {{ return 301 /keys.txt; }} }}\n\
             server {{ listen {address} ssl; server_name away.example; return 301 https://lake.example$request_uri; }}\n}}\n"
        );
        for (name, content) in [
            ("nginx.conf", config.as_str()),
            ("cert.pem", &authority.certificate),
            ("key.pem", &authority.key),
            ("www/.well-known/undersigned.txt", &format!("{line}\n")),
            ("www/keys.txt", &format!("{line}\n")),
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        open_to_all(folder.path());
        let program = std::process::Command::new("nginx")
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .arg("-e")
            .arg(folder.path().join("log"))
            .spawn()
            .unwrap();
        let log = || std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        wait_for(address, &log);
        Self {
            folder,
            program,
            address,
        }
    }

    pub fn write(&self, path: &str, content: &str) {
        std::fs::write(self.folder.path().join("www").join(path), content).unwrap();
    }

    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.folder.path().join("www").join(path)).unwrap();
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A port of loopback that nobody has.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

pub fn wait_for(address: SocketAddr, log: &dyn Fn() -> String) {
    for _ in 0..200 {
        if std::net::TcpStream::connect(address).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody answers at {address}: {}", log());
}

/// The server may run as another user.
fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder, mode).unwrap();
}
