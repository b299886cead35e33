//! A name server on loopback: a signed root that holds everything, and below it a zone that nobody signs.

use crate::webserver;
use hickory_server::Server;
use hickory_server::dnssec::NxProofKind;
use hickory_server::net::runtime::Time;
use hickory_server::net::runtime::TokioRuntimeProvider;
use hickory_server::proto::dnssec::crypto::Ed25519SigningKey;
use hickory_server::proto::dnssec::rdata::DNSKEY;
use hickory_server::proto::dnssec::{DnssecSigner, SigningKey};
use hickory_server::proto::rr::rdata::{NS, SOA, TXT};
use hickory_server::proto::rr::{Name, RData, Record, RecordType};
use hickory_server::server::{Request, RequestHandler, ResponseHandler, ResponseInfo};
use hickory_server::store::in_memory::InMemoryZoneHandler;
use hickory_server::zone_handler::{AxfrPolicy, Catalog, ZoneHandler, ZoneType};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use undersigned::base::encoding::encode_base64;
use undersigned::observe::address;
use undersigned::observe::reach::{Anchors, Hosts, Reach, Roots, Servers};

/// The zone that is not signed.
pub const UNSIGNED: &str = "unsigned.example.";

type Zone = InMemoryZoneHandler<TokioRuntimeProvider>;

/// A server, and the key that its root is signed with.
pub struct NameServer {
    /// Where it is.
    pub address: SocketAddr,
    /// The root's key, as a DNSKEY record.
    pub anchor: String,
}

/// Serves TXT records, each a list of strings under a name.
pub fn serve(records: &[(&str, &[&str])]) -> NameServer {
    let key = Ed25519SigningKey::generate_pkcs8().unwrap();
    let key = Ed25519SigningKey::from_pkcs8(&key).unwrap();
    let public = key.to_public_key().unwrap();
    let dnskey = DNSKEY::from_key(&public);
    let anchor = anchor(&dnskey);
    let signer = DnssecSigner::new(
        dnskey,
        Box::new(key),
        Name::root(),
        Duration::from_secs(3600),
    );
    let records: Vec<(Name, Vec<String>)> = records
        .iter()
        .map(|(name, strings)| {
            let strings = strings.iter().map(|one| (*one).to_owned()).collect();
            (Name::from_ascii(name).unwrap(), strings)
        })
        .collect();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let driver = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        driver.block_on(async move {
            let unsigned = Name::from_ascii(UNSIGNED).unwrap();
            let mut root = zone(Name::root(), true);
            let mut below = zone(unsigned.clone(), false);
            let server = Name::from_ascii("ns.example.").unwrap();
            root.upsert_mut(
                Record::from_rdata(unsigned.clone(), 60, RData::NS(NS(server))),
                0,
            );
            for (name, strings) in records {
                let zone = match unsigned.zone_of(&name) {
                    true => &mut below,
                    false => &mut root,
                };
                zone.upsert_mut(
                    Record::from_rdata(name, 60, RData::TXT(TXT::new(strings))),
                    0,
                );
            }
            root.add_zone_signing_key_mut(signer).unwrap();
            root.secure_zone_mut().unwrap();
            let (root, below): (Arc<Zone>, Arc<Zone>) = (Arc::new(root), Arc::new(below));
            let mut all = Catalog::new();
            all.upsert(root.origin().clone(), vec![root.clone()]);
            all.upsert(below.origin().clone(), vec![below]);
            let mut above = Catalog::new();
            above.upsert(root.origin().clone(), vec![root]);
            let catalogs = Catalogs { all, above };
            let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
            let address = socket.local_addr().unwrap();
            let listener = tokio::net::TcpListener::bind(address).await.unwrap();
            let mut server = Server::new(catalogs);
            server.register_socket(socket);
            server.register_listener(listener, Duration::from_secs(5), 4096);
            tell.send(address).unwrap();
            server.block_until_done().await.unwrap();
        });
    });
    let address = told.recv().unwrap();
    NameServer { address, anchor }
}

/// Whether a zone is signed its parent says, and not the zone, as a resolver would find out.
struct Catalogs {
    all: Catalog,
    above: Catalog,
}

#[async_trait::async_trait]
impl RequestHandler for Catalogs {
    async fn handle_request<R: ResponseHandler, T: Time>(
        &self,
        request: &Request,
        answer: R,
    ) -> ResponseInfo {
        let asked = request.request_info().map(|info| info.query.query_type());
        let catalog = match asked {
            Ok(RecordType::DS) => &self.above,
            _ => &self.all,
        };
        catalog.handle_request::<R, T>(request, answer).await
    }
}

fn zone(origin: Name, signed: bool) -> Zone {
    let proof = signed.then_some(NxProofKind::Nsec);
    let mut zone = Zone::empty(origin.clone(), ZoneType::Primary, AxfrPolicy::Deny, proof);
    let server = Name::from_ascii("ns.example.").unwrap();
    let soa = SOA::new(server.clone(), server.clone(), 1, 60, 60, 3600, 60);
    zone.upsert_mut(Record::from_rdata(origin.clone(), 60, RData::SOA(soa)), 0);
    zone.upsert_mut(Record::from_rdata(origin, 60, RData::NS(NS(server))), 0);
    zone
}

fn anchor(key: &DNSKEY) -> String {
    use hickory_server::proto::dnssec::PublicKey;
    let bytes = encode_base64(key.public_key().public_bytes());
    format!(". IN DNSKEY {} 3 15 {bytes}\n", key.flags())
}

/// A reach that asks this server alone, and believes the root's key.
pub fn reach(address: SocketAddr, anchor: &str) -> Reach {
    Reach {
        hosts: Hosts::Given(Vec::new()),
        admits: address::is_public,
        roots: Roots::Mozilla,
        servers: Servers::Given(vec![address]),
        anchors: Anchors::Keys(anchor.to_owned()),
        patience: Duration::from_secs(20),
    }
}

/// A Knot of our own, with a signed root and an unsigned zone below it.
pub struct Knot {
    folder: tempfile::TempDir,
    program: std::process::Child,
    pub address: SocketAddr,
}

impl Knot {
    pub fn start(root: &str, unsigned: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [("root.zone", root), ("unsigned.zone", unsigned)] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        std::fs::create_dir(folder.path().join("db")).unwrap();
        let address = webserver::free_address();
        let mut knot = Self {
            program: Self::run(folder.path(), address, true),
            folder,
            address,
        };
        knot.ready();
        knot
    }

    fn run(folder: &std::path::Path, address: SocketAddr, signs: bool) -> std::process::Child {
        let path = folder.display();
        let (ip, port) = (address.ip(), address.port());
        let signing = match signs {
            true => "    dnssec-signing: on\n    dnssec-policy: plain\n",
            false => "",
        };
        let config = format!(
            "server:\n  listen: {ip}@{port}\n  rundir: {path}\ndatabase:\n  storage: {path}/db\n\
             log:\n  - target: {path}/log\n    any: info\n\
             policy:\n  - id: plain\n    algorithm: ed25519\n    single-type-signing: on\n\
             template:\n  - id: default\n    storage: {path}\n    journal-content: none\n    zonefile-sync: 0\n    zonefile-load: whole\n    semantic-checks: off\n\
             zone:\n  - domain: .\n    file: root.zone\n{signing}  - domain: unsigned.example.\n    file: unsigned.zone\n"
        );
        std::fs::write(folder.join("knot.conf"), config).unwrap();
        std::process::Command::new("knotd")
            .arg("-c")
            .arg(folder.join("knot.conf"))
            .stderr(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn ready(&mut self) {
        webserver::wait_for(self.address, &|| self.log());
        for _ in 0..100 {
            let zone = std::fs::read_to_string(self.folder.path().join("root.zone")).unwrap();
            if zone.contains("RRSIG") {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the root was not signed: {}", self.log());
    }

    /// The root's key.
    pub fn anchor(&self) -> String {
        let told = std::process::Command::new("keymgr")
            .arg("-c")
            .arg(self.folder.path().join("knot.conf"))
            .args([".", "dnskey"])
            .output()
            .unwrap();
        let line = String::from_utf8(told.stdout).unwrap();
        let rest = line.trim().strip_prefix(". DNSKEY ").unwrap().to_owned();
        format!(". IN DNSKEY {rest}\n")
    }

    /// Changes a record, leaves the signature over it, and serves that.
    pub fn forged(mut self, domain: &str, from: &str, to: &str) -> Self {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
        let file = self.folder.path().join("root.zone");
        let zone = std::fs::read_to_string(&file).unwrap();
        let owner = format!("_undersigned.{domain}.");
        let changed: Vec<String> = zone
            .lines()
            .map(|one| match one.starts_with(&owner) && one.contains(from) {
                true => one.replace(from, to),
                false => one.to_owned(),
            })
            .collect();
        assert_ne!(zone.trim_end(), changed.join("\n"));
        std::fs::write(&file, changed.join("\n") + "\n").unwrap();
        self.program = Self::run(self.folder.path(), self.address, false);
        self.ready();
        self
    }
}

impl Drop for Knot {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
