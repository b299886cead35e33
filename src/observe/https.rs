//! The file that a domain's web server has. Implements docs/formats/19-observing.md, steps 2 to 9.

use super::reach::{Hosts, Reach, Roots};
use super::{ONE_TOO_MANY, Sight, Unseen};
use crate::base::excerpt::quote;
use crate::base::host::Domain;
use crate::identity::published;
use crate::statement::method::Method;
use std::fmt;
use std::io::Read;
use std::net::IpAddr;
use std::sync::Arc;
use ureq::config::Config;
use ureq::http::Response;
use ureq::http::Uri;
use ureq::http::header::{CONTENT_ENCODING, LOCATION};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

/// How often a server may send us on.
const REDIRECTS: usize = 3;

/// What the server is told of who asks.
const AGENT: &str = concat!("undersigned/", env!("CARGO_PKG_VERSION"));

/// Fetches what the domain's web server has.
pub fn see(reach: &Reach, domain: &Domain) -> Result<Sight, Unseen> {
    let place = published::address(domain);
    let agent = agent(reach)?;
    let mut url = Url::parse(&place).map_err(|_| broken(&place, "is no address"))?;
    for _ in 0..=REDIRECTS {
        let response = agent.get(url.as_str()).call();
        let response = response.map_err(|error| failed(domain, error))?;
        if !response.status().is_redirection() {
            return read(response, url.as_str(), place);
        }
        url = sent_on(&response, &url, domain)?;
    }
    Err(broken(
        &place,
        &format!("redirects more than {REDIRECTS} times"),
    ))
}

fn agent(reach: &Reach) -> Result<Agent, Unseen> {
    let roots = match &reach.roots {
        Roots::Mozilla => RootCerts::WebPki,
        Roots::Pem(pem) => {
            let mut certificates = Vec::new();
            for item in parse_pem(pem.as_bytes()) {
                match item {
                    Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
                    _ => {
                        return Err(Unseen::unknown(
                            "no certificate can be read",
                            "Give certificates in PEM.",
                        ));
                    }
                }
            }
            RootCerts::Specific(Arc::new(certificates))
        }
    };
    let tls = TlsConfig::builder().root_certs(roots).build();
    let config = Config::builder()
        .tls_config(tls)
        .https_only(true)
        // What the environment says of proxies is nothing that an observation rests on.
        .proxy(None)
        .http_status_as_error(false)
        // Where it leads is judged here, at each step.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(reach.patience))
        .user_agent(AGENT)
        .accept("text/plain, */*;q=0.1")
        .accept_encoding("identity")
        .max_response_header_size(32 * 1024)
        .build();
    let resolver = Guarded {
        hosts: reach.hosts.clone(),
        admits: reach.admits,
        system: DefaultResolver::default(),
    };
    Ok(Agent::with_parts(
        config,
        DefaultConnector::default(),
        resolver,
    ))
}

/// Step 5: a server may send us on within its own host, and nowhere else.
fn sent_on(response: &Response<Body>, from: &Url, domain: &Domain) -> Result<Url, Unseen> {
    let status = response.status().as_u16();
    let to = response.headers().get(LOCATION);
    let to = to.and_then(|to| to.to_str().ok());
    let url = to.and_then(|to| from.join(to).ok());
    let (Some(to), Some(url)) = (to, url) else {
        return Err(broken(
            from.as_str(),
            &format!("answers {status} and does not say where to go on"),
        ));
    };
    let same = url.scheme() == "https"
        && url.host_str() == Some(domain.as_str())
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    match same {
        true => Ok(url),
        false => Err(Unseen::one_way(
            format!(
                "{from} redirects to {}, which is not https on the same host",
                quote(to)
            ),
            "The file must be served by the domain itself, over https and without a redirect to another host.",
        )),
    }
}

/// Steps 6 to 8: one short file, as it is.
fn read(mut response: Response<Body>, from: &str, place: String) -> Result<Sight, Unseen> {
    let status = response.status();
    if status.as_u16() != 200 {
        let reason = status.canonical_reason().unwrap_or_default();
        let what = format!("answers {} {reason}", status.as_u16());
        return Err(broken(from, what.trim_end()));
    }
    let encoding = response.headers().get(CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| encoding != "identity") {
        return Err(broken(from, "is compressed, though nobody asked for that"));
    }
    let mut body = Vec::new();
    let reader = response.body_mut().as_reader();
    if let Err(error) = reader.take(ONE_TOO_MANY).read_to_end(&mut body) {
        return Err(Unseen::unknown(
            format!("{from} could not be read whole: {error}"),
            "Try again later.",
        ));
    }
    match body.len() {
        0 => Err(broken(from, "is empty")),
        size if size > published::LARGEST => Err(broken(
            from,
            &format!("is longer than {} bytes", published::LARGEST),
        )),
        _ => Ok(Sight {
            method: Method::Https,
            place,
            body,
            authenticated: None,
        }),
    }
}

fn broken(place: &str, what: &str) -> Unseen {
    Unseen::one_way(
        format!("{place} {what}"),
        format!(
            "The organization puts a file of at most {} bytes at {}, served with the status 200.",
            published::LARGEST,
            published::PATH
        ),
    )
}

fn failed(domain: &Domain, error: ureq::Error) -> Unseen {
    let private = match &error {
        ureq::Error::Other(inner) => inner.downcast_ref::<Private>(),
        _ => None,
    };
    if let Some(Private(address)) = private {
        return Unseen::unknown(
            format!(
                "{domain} has the address {address}, which is private: nobody else would see the same"
            ),
            "Ask from a place on the internet, or have the domain's address put right.",
        );
    }
    let what = match error {
        ureq::Error::HostNotFound => "its name has no address".to_owned(),
        ureq::Error::Timeout(_) => "it did not answer in time".to_owned(),
        ureq::Error::Io(inner) => inner.to_string(),
        other => other.to_string(),
    };
    Unseen::unknown(
        format!("{domain} could not be asked over https: {what}"),
        "Look at the address in a browser; if it is there, try again later.",
    )
}

/// The machine's resolver, or given addresses; each must be one that is admitted, and just that is connected to.
struct Guarded {
    hosts: Hosts,
    admits: fn(IpAddr) -> bool,
    system: DefaultResolver,
}

/// An address that is not admitted.
#[derive(Debug)]
struct Private(IpAddr);

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is private", self.0)
    }
}

impl std::error::Error for Private {}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded")
            .field("hosts", &self.hosts)
            .finish()
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = match &self.hosts {
            Hosts::System => self.system.resolve(uri, config, timeout)?,
            Hosts::Given(given) => {
                let mut found = self.empty();
                for address in given.iter().take(16) {
                    found.push(*address);
                }
                found
            }
        };
        match found.iter().find(|address| !(self.admits)(address.ip())) {
            Some(address) => Err(ureq::Error::Other(Box::new(Private(address.ip())))),
            None if found.is_empty() => Err(ureq::Error::HostNotFound),
            None => Ok(found),
        }
    }
}
