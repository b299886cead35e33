//! By what the network is reached: what a person's machine has, or what a test gives instead.

use super::address;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// By what the network is reached.
#[derive(Debug, Clone)]
pub struct Reach {
    /// How a host's addresses are found.
    pub hosts: Hosts,
    /// Which addresses may be connected to.
    pub admits: fn(IpAddr) -> bool,
    /// Who may vouch for a certificate.
    pub roots: Roots,
    /// Who answers for DNS.
    pub servers: Servers,
    /// Whose signatures DNSSEC begins with.
    pub anchors: Anchors,
    /// How long an answer is waited for.
    pub patience: Duration,
}

/// How a host's addresses are found.
#[derive(Debug, Clone)]
pub enum Hosts {
    /// As the machine does, on the port of HTTPS.
    System,
    /// These, whatever the host.
    Given(Vec<SocketAddr>),
}

/// Who may vouch for a certificate.
#[derive(Debug, Clone)]
pub enum Roots {
    /// Mozilla's list, as built in.
    Mozilla,
    /// The certificates in this PEM.
    Pem(String),
}

/// Who answers for DNS.
#[derive(Debug, Clone)]
pub enum Servers {
    /// Those that the machine is set to.
    System,
    /// These.
    Given(Vec<SocketAddr>),
}

/// Whose signatures DNSSEC begins with.
#[derive(Debug, Clone)]
pub enum Anchors {
    /// The keys of the root that IANA publishes (KSK-2017 and KSK-2024), as built in.
    Root,
    /// The DNSKEY records in this text.
    Keys(String),
}

impl Reach {
    /// What a person's machine has.
    pub fn of_machine() -> Self {
        Self {
            hosts: Hosts::System,
            admits: address::is_public,
            roots: Roots::Mozilla,
            servers: Servers::System,
            anchors: Anchors::Root,
            patience: Duration::from_secs(10),
        }
    }
}
