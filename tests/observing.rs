//! What a domain publishes, asked for from real servers on loopback: each answer has its words.

use crate::nameserver::{self, Knot};
use crate::webserver::{self, Authority, Nginx, Page};
use std::time::Duration;
use undersigned::base::host::Domain;
use undersigned::base::id::Id;
use undersigned::base::origin::Origin;
use undersigned::identity::published::Link;
use undersigned::observe::reach::{Hosts, Reach, Roots};
use undersigned::observe::{Sight, Unseen, address, see};
use undersigned::signature::key::PublicKey;
use undersigned::statement::method::Method;

const PATH: &str = "/.well-known/undersigned.txt";
const HOST: &str = "lake.example";

/// A key of example-lake-club, as its domain should name it.
struct Subject {
    id: Id,
    origin: Origin,
    key: PublicKey,
}

impl Subject {
    fn new() -> Self {
        Self {
            id: Id::parse("example-lake-club").unwrap(),
            origin: Origin::parse("letters.example/peace").unwrap(),
            key: PublicKey::plain([7; 32]),
        }
    }

    fn link(&self) -> Link<'_> {
        Link {
            signatory: &self.id,
            origin: &self.origin,
            key: &self.key,
        }
    }

    fn line(&self) -> String {
        self.link().line()
    }

    fn see(&self, reach: &Reach, method: Method, domain: &str) -> Result<Sight, Unseen> {
        see(reach, method, &Domain::parse(domain).unwrap(), self.link())
    }

    /// What is said of the answer to `PATH`, with the other pages beside it.
    fn told(&self, pages: &[(&str, Page)]) -> Result<Sight, Unseen> {
        let authority = Authority::of(HOST, 2090);
        let pages = pages
            .iter()
            .map(|(path, page)| ((*path).to_owned(), page.clone()));
        let address = webserver::serve(&authority, pages.collect());
        self.see(&webserver::reach(&authority, address), Method::Https, HOST)
    }
}

/// The words of a link that holds one way.
fn one_way(result: Result<Sight, Unseen>) -> String {
    match result {
        Err(Unseen::OneWay(what, help)) => {
            assert!(
                help.ends_with('.') || help.contains("alone on it: "),
                "{help}"
            );
            what
        }
        other => panic!("{other:?}"),
    }
}

/// The words where nobody knows.
fn unknown(result: Result<Sight, Unseen>) -> String {
    match result {
        Err(Unseen::Unknown(error)) => error.what().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_names_the_key_is_seen_byte_for_byte() {
    let subject = Subject::new();
    let body = format!(
        "# keys of the lake club\r\n{}\r\nanything\u{e9}",
        subject.line()
    );
    let sight = subject.told(&[(PATH, Page::file(&body))]).unwrap();
    assert_eq!(sight.body, body.as_bytes());
    assert_eq!(sight.place, format!("https://{HOST}{PATH}"));
    assert_eq!((sight.method, sight.authenticated), (Method::Https, None));
}

#[test]
fn a_redirect_is_followed_within_the_host_alone() {
    let subject = Subject::new();
    let page = || Page::file(subject.line());
    let seen = |to: &str| {
        subject.told(&[
            (PATH, Page::redirect(to)),
            ("/keys.txt", page()),
            ("/a/keys.txt", page()),
        ])
    };
    for within in [
        "/keys.txt",
        "https://lake.example/keys.txt",
        "https://lake.example:443/keys.txt",
        "//lake.example/keys.txt",
        "../a/keys.txt",
        "https://LAKE.example/keys.txt",
    ] {
        assert_eq!(
            seen(within).unwrap().body,
            subject.line().as_bytes(),
            "{within}"
        );
    }
    for out in [
        "http://lake.example/keys.txt",
        "https://www.lake.example/keys.txt",
        "https://hill.example/keys.txt",
        "https://lake.example:8443/keys.txt",
        "https://somebody@lake.example/keys.txt",
        "https://lake.example.hill.example/keys.txt",
        "https://127.0.0.1/keys.txt",
        "ftp://lake.example/keys.txt",
        "//hill.example/keys.txt",
        "\\\\hill.example/keys.txt",
    ] {
        let what = one_way(seen(out));
        assert!(what.contains("not https on the same host"), "{out}: {what}");
    }
    let round = subject.told(&[(PATH, Page::redirect(PATH))]);
    assert!(one_way(round).contains("redirects more than 3 times"));
    let nowhere = subject.told(&[(PATH, Page::raw("301 Moved Permanently", "", ""))]);
    assert!(one_way(nowhere).contains("does not say where to go on"));
    let chain = [
        (PATH, Page::redirect("/1")),
        ("/1", Page::redirect("/2")),
        ("/2", Page::redirect("/3")),
        ("/3", page()),
    ];
    assert_eq!(
        subject.told(&chain).unwrap().body,
        subject.line().as_bytes()
    );
}

#[test]
fn a_file_that_names_something_else_is_a_link_that_holds_one_way() {
    let subject = Subject::new();
    let line = subject.line();
    for (body, told) in [
        (
            line.replace("example-lake-club", "example-hill-club"),
            "another signatory, `example-hill-club`",
        ),
        (
            line.replace("/peace", "/war"),
            "another registry than `letters.example/peace`",
        ),
        (
            format!(
                "{} {} {}",
                subject.id,
                subject.origin,
                PublicKey::plain([8; 32])
            ),
            "another key for `example-lake-club`",
        ),
        ("hello".to_owned(), "no line of it names this signatory"),
        (format!("{line} and more"), "no line of it"),
    ] {
        let what = one_way(subject.told(&[(PATH, Page::file(&body))]));
        assert!(what.contains(told), "{body}: {what}");
    }
    let page = |status: &str| Page::raw(status, "", subject.line());
    let told = |page: Page| one_way(subject.told(&[(PATH, page)]));
    assert!(one_way(subject.told(&[])).ends_with("answers 404 Not Found"));
    assert!(told(page("500 Internal Server Error")).contains("answers 500"));
    assert!(told(page("206 Partial Content")).contains("answers 206"));
    assert!(told(Page::file("")).ends_with("is empty"));
    let packed = Page::raw("200 OK", "content-encoding: br\r\n", subject.line());
    assert!(told(packed).contains("is compressed"));
}

#[test]
fn a_long_or_slow_answer_ends() {
    let subject = Subject::new();
    let line = subject.line();
    let fill = |size: usize| format!("{line}\n{}", "a".repeat(size - line.len() - 1));
    assert!(subject.told(&[(PATH, Page::file(fill(2048)))]).is_ok());
    let long = one_way(subject.told(&[(PATH, Page::file(fill(2049)))]));
    assert!(long.ends_with("is longer than 2048 bytes"), "{long}");
    assert!(
        one_way(subject.told(&[(PATH, Page::endless())])).ends_with("is longer than 2048 bytes")
    );

    let authority = Authority::of(HOST, 2090);
    let slow = Page::file(&line).dripping(Duration::from_millis(100));
    let address = webserver::serve(&authority, [(PATH.to_owned(), slow)].into());
    let mut reach = webserver::reach(&authority, address);
    reach.patience = Duration::from_millis(700);
    let what = unknown(subject.see(&reach, Method::Https, HOST));
    assert!(what.contains("did not answer in time"), "{what}");
}

#[test]
fn an_odd_answer_is_read_as_it_is_or_not_at_all() {
    let subject = Subject::new();
    let line = subject.line();
    let size = line.len();
    let told = |page: Page| subject.told(&[(PATH, page)]);
    // What is no text is kept as it is.
    let odd = [b"\0\xff\xfe\x1b[31m\n", line.as_bytes(), b"\n\x80"].concat();
    assert_eq!(told(Page::file(&odd)).unwrap().body, odd);
    // Chunks, and a server that says nothing of the length.
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{size:x}\r\n{line}\r\n0\r\n\r\n"
    );
    assert_eq!(told(Page::bytes(chunked)).unwrap().body, line.as_bytes());
    let plain = format!("HTTP/1.0 200 OK\r\n\r\n{line}");
    assert_eq!(told(Page::bytes(plain)).unwrap().body, line.as_bytes());
    // Less than was promised is not the whole; what is beyond it is not read.
    let less = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{line}",
        size + 10
    );
    let what = unknown(told(Page::bytes(less)));
    assert!(what.contains("could not be read whole"), "{what}");
    let more = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{line}",
        size - 10
    );
    assert!(one_way(told(Page::bytes(more))).contains("no line of it"));
    for broken in [
        format!(
            "HTTP/1.1 200 OK\r\n{}\r\n{line}",
            "x-flood: aaaaaaaaaaaaaaaa\r\n".repeat(8000)
        ),
        "this is no HTTP\r\n\r\n".to_owned(),
        String::new(),
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{line}"),
    ] {
        let told = told(Page::bytes(&broken));
        assert!(matches!(told, Err(Unseen::Unknown(_))), "{told:?}");
    }
}

#[test]
fn a_certificate_must_hold() {
    let subject = Subject::new();
    let told = |authority: &Authority, trusted: &Authority| {
        let pages = [(PATH.to_owned(), Page::file(subject.line()))].into();
        let address = webserver::serve(authority, pages);
        subject.see(&webserver::reach(trusted, address), Method::Https, HOST)
    };
    let good = Authority::of(HOST, 2090);
    assert!(told(&good, &good).is_ok());
    let expired = Authority::of(HOST, 2021);
    let what = unknown(told(&expired, &expired));
    assert!(what.contains("expired"), "{what}");
    let other = Authority::of("hill.example", 2090);
    let what = unknown(told(&other, &other));
    assert!(what.contains("not valid for name"), "{what}");
    let what = unknown(told(&good, &other));
    assert!(
        what.contains("UnknownIssuer") || what.contains("BadSignature"),
        "{what}"
    );
    let mut mozilla = webserver::reach(&good, webserver::serve(&good, Default::default()));
    mozilla.roots = Roots::Mozilla;
    let what = unknown(subject.see(&mozilla, Method::Https, HOST));
    assert!(what.contains("certificate"), "{what}");
}

#[test]
fn private_places_and_shared_names_are_not_asked() {
    let subject = Subject::new();
    let mut reach = Reach::of_machine();
    for private in [
        "127.0.0.1:443",
        "10.0.0.1:443",
        "[::1]:443",
        "[fd00::1]:443",
    ] {
        // One public address does not make the other one public.
        reach.hosts = Hosts::Given(vec![
            "192.88.98.1:443".parse().unwrap(),
            private.parse().unwrap(),
        ]);
        assert!(address::is_public("192.88.98.1".parse().unwrap()));
        let what = unknown(subject.see(&reach, Method::Https, HOST));
        assert!(what.contains("which is private"), "{private}: {what}");
    }
    for suffix in ["co.uk", "github.io", "com"] {
        for method in [Method::Https, Method::Dns] {
            let what = one_way(subject.see(&reach, method, suffix));
            assert!(what.contains("public suffix"), "{suffix}: {what}");
        }
    }
    reach.hosts = Hosts::Given(Vec::new());
    let what = unknown(subject.see(&reach, Method::Https, HOST));
    assert!(what.contains("no address"), "{what}");
}

#[test]
fn a_record_that_names_the_key_is_seen_with_what_dnssec_says_of_it() {
    let subject = Subject::new();
    let line = subject.line();
    let (one, rest) = line.split_at(40);
    let server = nameserver::serve(&[
        ("_undersigned.lake.example.", &[one, rest]),
        ("_undersigned.hill.example.", &["something else"]),
        ("_undersigned.hill.example.", &[&line]),
        (
            "_undersigned.sea.example.",
            &[&line.replace("/peace", "/war")],
        ),
        ("_undersigned.unsigned.example.", &[&line]),
    ]);
    let reach = nameserver::reach(server.address, &server.anchor);
    for domain in ["lake.example", "hill.example"] {
        let sight = subject.see(&reach, Method::Dns, domain).unwrap();
        assert_eq!(sight.body, line.as_bytes());
        assert_eq!(
            (sight.method, sight.authenticated),
            (Method::Dns, Some(true))
        );
    }
    let sight = subject
        .see(&reach, Method::Dns, "unsigned.example")
        .unwrap();
    assert_eq!(
        (sight.body, sight.authenticated),
        (line.clone().into_bytes(), Some(false))
    );
    let what = one_way(subject.see(&reach, Method::Dns, "sea.example"));
    assert!(what.contains("another registry"), "{what}");
    let what = one_way(subject.see(&reach, Method::Dns, "nobody.unsigned.example"));
    assert!(what.contains("has no TXT record"), "{what}");

    let other = nameserver::serve(&[]);
    let forged = nameserver::reach(server.address, &other.anchor);
    let what = unknown(subject.see(&forged, Method::Dns, "lake.example"));
    assert!(what.contains("does not pass DNSSEC"), "{what}");
}

#[test]
#[ignore = "needs nginx"]
fn nginx_serves_what_is_seen() {
    let subject = Subject::new();
    let authority = Authority::of(HOST, 2090);
    let server = Nginx::start(&authority, &subject.line());
    let reach = webserver::reach(&authority, server.address);
    let sight = subject.see(&reach, Method::Https, HOST).unwrap();
    assert_eq!(sight.body, format!("{}\n", subject.line()).as_bytes());
    server.write(".well-known/undersigned.txt", &"a".repeat(4096));
    let what = one_way(subject.see(&reach, Method::Https, HOST));
    assert!(what.ends_with("is longer than 2048 bytes"), "{what}");
    server.remove(".well-known/undersigned.txt");
    let what = one_way(subject.see(&reach, Method::Https, HOST));
    assert!(what.ends_with("answers 404 Not Found"), "{what}");
    // The configuration sends this host on, within it, and that host away.
    let within = subject.see(&reach, Method::Https, "within.example");
    assert!(unknown(within).contains("not valid for name"));
    let other = Authority::of("away.example", 2090);
    let server = Nginx::start(&other, &subject.line());
    let reach = webserver::reach(&other, server.address);
    let what = one_way(subject.see(&reach, Method::Https, "away.example"));
    assert!(
        what.contains("redirects to `https://lake.example/"),
        "{what}"
    );
    let within = Authority::of("within.example", 2090);
    let server = Nginx::start(&within, &subject.line());
    let reach = webserver::reach(&within, server.address);
    assert!(subject.see(&reach, Method::Https, "within.example").is_ok());
}

#[test]
#[ignore = "needs knot"]
fn knot_serves_what_is_seen() {
    let subject = Subject::new();
    let line = subject.line();
    let (one, rest) = line.split_at(60);
    let root = format!(
        ". 60 SOA ns.example. host.example. 1 60 60 3600 60\n. 60 NS ns.example.\n\
         ns.example. 60 A 127.0.0.1\n\
         _undersigned.lake.example. 60 TXT \"{one}\" \"{rest}\"\n\
         _undersigned.hill.example. 60 TXT \"v=spf1 -all\"\n\
         _undersigned.hill.example. 60 TXT \"{line}\"\n\
         _undersigned.elsewhere.example. 60 CNAME _undersigned.lake.example.\n\
         _undersigned.astray.example. 60 CNAME _undersigned.unsigned.example.\n\
         _undersigned.sea.example. 60 TXT \"{}\"\n\
         unsigned.example. 60 NS ns.example.\n",
        line.replace("example-lake-club", "example-sea-club")
    );
    let unsigned = format!(
        "unsigned.example. 60 SOA ns.example. host.example. 1 60 60 3600 60\nunsigned.example. 60 NS ns.example.\n\
         _undersigned.unsigned.example. 60 TXT \"{line}\"\n"
    );
    let server = Knot::start(&root, &unsigned);
    let reach = nameserver::reach(server.address, &server.anchor());
    let seen = |domain: &str| subject.see(&reach, Method::Dns, domain);
    for (domain, authenticated) in [
        ("lake.example", true),
        ("hill.example", true),
        ("elsewhere.example", true),
        ("unsigned.example", false),
    ] {
        let sight = seen(domain).unwrap_or_else(|unseen| panic!("{domain}: {unseen:?}"));
        assert_eq!(sight.body, line.as_bytes(), "{domain}");
        assert_eq!(sight.authenticated, Some(authenticated), "{domain}");
    }
    // An alias out of the signed zone is never taken for authenticated.
    let astray = seen("astray.example");
    assert!(!astray.is_ok_and(|sight| sight.authenticated == Some(true)));
    assert!(one_way(seen("sea.example")).contains("another signatory"));
    assert!(one_way(seen("nobody.example")).contains("has no TXT record"));
    assert!(one_way(seen("nobody.unsigned.example")).contains("has no TXT record"));

    // What was signed is changed, as somebody on the way would.
    let anchor = server.anchor();
    let server = server.forged("hill.example", &line, &line.replace("/peace", "/piece"));
    let reach = nameserver::reach(server.address, &anchor);
    let what = unknown(subject.see(&reach, Method::Dns, "hill.example"));
    assert!(what.contains("does not pass DNSSEC"), "{what}");
    assert!(subject.see(&reach, Method::Dns, "lake.example").is_ok());
}
