//! The TXT record of a domain. Implements docs/formats/19-observing.md, steps 10 to 15.

use super::reach::{Anchors, Reach, Servers};
use super::{Sight, Unseen, publish};
use crate::base::host::Domain;
use crate::identity::published::{self, Link};
use crate::statement::method::Method;
use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::dnssec::{Proof, TrustAnchors};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{Resolver, TokioResolver, system_conf};
use std::sync::Arc;

/// Asks for the domain's TXT records, and takes the one that names the key.
pub fn see(reach: &Reach, domain: &Domain, link: Link<'_>) -> Result<Sight, Unseen> {
    let name = published::record_name(domain);
    let Answer {
        mut bodies,
        authenticated,
    } = ask(reach, &name, link)?;
    // The order in which a server answers is nobody's statement.
    bodies.sort();
    let named = bodies.iter().find(|body| link.is_in(body));
    let Some(body) = named.or(bodies.first()) else {
        return Err(none(&name, link));
    };
    if body.len() > published::LARGEST {
        return Err(Unseen::one_way(
            format!(
                "the TXT record of {name} is longer than {} bytes",
                published::LARGEST
            ),
            publish(link),
        ));
    }
    Ok(Sight {
        method: Method::Dns,
        place: format!("the TXT record of {name}"),
        body: body.clone(),
        authenticated: Some(authenticated),
    })
}

/// What the servers say.
struct Answer {
    /// Each TXT record, its strings joined.
    bodies: Vec<Vec<u8>>,
    /// Whether signatures lead from the anchors to every record, also to those that lead elsewhere.
    authenticated: bool,
}

fn ask(reach: &Reach, name: &str, link: Link<'_>) -> Result<Answer, Unseen> {
    // The final dot keeps the machine's search list out.
    let wanted = Name::from_ascii(format!("{name}.")).map_err(|_| {
        Unseen::one_way(
            format!("{name} is longer than a name in DNS can be"),
            "Ask over https: `--method https`.",
        )
    })?;
    let driver = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| unknown(name, &error.to_string()))?;
    let looked = driver.block_on(async {
        let resolver = resolver(reach)?;
        let lookup = resolver.lookup(wanted, RecordType::TXT);
        let in_time = tokio::time::timeout(reach.patience, lookup).await;
        in_time.unwrap_or(Err(NetError::Timeout))
    });
    let lookup = match looked {
        Ok(lookup) => lookup,
        Err(NetError::Dns(DnsError::NoRecordsFound(_))) => return Err(none(name, link)),
        Err(NetError::Dns(DnsError::Nsec { proof, .. })) => {
            return Err(match proof {
                Proof::Bogus => forged(name),
                _ => none(name, link),
            });
        }
        Err(NetError::Dns(DnsError::DnssecBogus)) => return Err(forged(name)),
        Err(NetError::Timeout) => return Err(unknown(name, "no server answered in time")),
        Err(error) => return Err(unknown(name, &error.to_string())),
    };
    let mut answer = Answer {
        bodies: Vec::new(),
        authenticated: true,
    };
    for record in lookup.answers() {
        match record.proof {
            Proof::Bogus => return Err(forged(name)),
            Proof::Secure => {}
            Proof::Insecure | Proof::Indeterminate => answer.authenticated = false,
        }
        if let RData::TXT(text) = &record.data {
            answer.bodies.push(text.txt_data.concat());
        }
    }
    Ok(answer)
}

/// A stub resolver that checks DNSSEC itself.
fn resolver(reach: &Reach) -> Result<TokioResolver, NetError> {
    let (config, mut options) = match &reach.servers {
        Servers::System => system_conf::read_system_conf()?,
        Servers::Given(given) => {
            let servers = given.iter().map(|address| {
                let mut ways = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                for way in &mut ways {
                    way.port = address.port();
                }
                NameServerConfig::new(address.ip(), true, ways.to_vec())
            });
            let config = ResolverConfig::from_parts(None, Vec::new(), servers.collect());
            (config, ResolverOpts::default())
        }
    };
    let anchors = match &reach.anchors {
        Anchors::Root => TrustAnchors::default(),
        Anchors::Keys(text) => text
            .parse()
            .map_err(|_| NetError::Message("the anchors are no DNSKEY records"))?,
    };
    options.timeout = reach.patience / 4;
    options.attempts = 2;
    options.use_hosts_file = ResolveHosts::Never;
    options.preserve_intermediates = true;
    options.validate = true;
    let mut builder = Resolver::builder_with_config(config, TokioRuntimeProvider::default());
    *builder.options_mut() = options;
    // The option of the same name is not looked at where signatures are checked.
    builder.with_trust_anchor(Arc::new(anchors)).build()
}

fn none(name: &str, link: Link<'_>) -> Unseen {
    Unseen::one_way(format!("{name} has no TXT record"), publish(link))
}

fn forged(name: &str) -> Unseen {
    Unseen::unknown(
        format!(
            "the answer for {name} does not pass DNSSEC, so that nobody knows whether the domain published it"
        ),
        "The servers that this machine asks may pass no signatures on, the domain's signatures may be out of order, or somebody changed the answer on the way. Ask again from another network.",
    )
}

fn unknown(name: &str, what: &str) -> Unseen {
    Unseen::unknown(
        format!("DNS could not be asked for {name}: {what}"),
        "Try again later, or from another network.",
    )
}
