//! A server on loopback that shows the files of one folder to this machine's browser, and nothing else.

use crate::base::error::Error;
use crate::compile::site::headers::headers;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::net::TcpListener;

/// What is shown.
#[derive(Debug)]
pub struct Shown {
    /// The folder.
    pub folder: PathBuf,
    /// The files in it that are shown, with `/` between folders; no other is.
    pub names: BTreeSet<String>,
}

/// How long a browser may take to say what it asks for.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long nothing is accepted after an accept that failed.
const PAUSE: Duration = Duration::from_millis(50);

/// Shows files on a port of 127.0.0.1 until the program is ended; `ready` is told the address before that.
pub fn serve(
    shown: Shown,
    port: u16,
    ready: impl FnOnce(SocketAddr) -> Result<(), Error>,
) -> Result<(), Error> {
    let failed = |error: io::Error| {
        Error::new(format!(
            "port {port} of 127.0.0.1 cannot be listened on: {error}"
        ))
        .with_help("Name another with --port; 0 takes one that is free.")
    };
    let driver = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let shown = Rc::new(shown);
    tokio::task::LocalSet::new().block_on(&driver, async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(failed)?;
        let mut end = pin!(ended().map_err(failed)?);
        ready(listener.local_addr().map_err(failed)?)?;
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut end => return Ok(()),
            };
            // Who hangs up before they are heard is no reason to end; where files run out, some will be closed.
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let shown = Rc::clone(&shown);
            tokio::task::spawn_local(async move {
                let answer = service_fn(|request| {
                    let answer = shown.answer(&request);
                    async move { Ok::<_, Infallible>(answer) }
                });
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE)
                    .serve_connection(TokioIo::new(stream), answer);
                // Where a browser leaves early there is nobody to tell.
                let _ = connection.await;
            });
        }
    })
}

/// What is done once somebody ends the program; from the call on nothing else ends it, so that its folder goes with it.
#[cfg(unix)]
fn ended() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// The same where there is Ctrl-C alone.
#[cfg(not(unix))]
fn ended() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

impl Shown {
    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        // Another name may be one that somebody else's page has pointed at this machine.
        let host = request
            .headers()
            .get(HOST)
            .and_then(|host| host.to_str().ok());
        if !host.is_some_and(is_loopback) {
            return plain(
                StatusCode::MISDIRECTED_REQUEST,
                "This is shown on 127.0.0.1 and localhost alone.\n",
            );
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let mut answer = plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "There is only something to read here.\n",
            );
            answer
                .headers_mut()
                .insert(ALLOW, hyper::header::HeaderValue::from_static("GET, HEAD"));
            return answer;
        }
        let path = request.uri().path().trim_start_matches('/');
        let name = match path.is_empty() || path.ends_with('/') {
            true => format!("{path}index.html"),
            false => path.to_owned(),
        };
        let content = match self.names.contains(&name) {
            true => crate::registry::loose::bytes(&self.folder.join(&name)).ok(),
            false => None,
        };
        match content {
            // Links that somebody types have no slash at their end.
            None if self.names.contains(&format!("{name}/index.html")) => moved(&name),
            None => plain(StatusCode::NOT_FOUND, "There is no such page.\n"),
            Some(content) => found(&name, content),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

fn found(name: &str, content: Vec<u8>) -> Response<Full<Bytes>> {
    let mut answer = Response::builder()
        .header(CONTENT_TYPE, kind(name))
        .header(CACHE_CONTROL, "no-store");
    for (header, value) in headers(name) {
        answer = answer.header(header, value);
    }
    let body = Full::new(Bytes::from(content));
    answer.body(body).unwrap_or_else(|_| {
        plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "This page cannot be shown.\n",
        )
    })
}

/// The same address with a slash, from the root: no other host can come of it.
fn moved(name: &str) -> Response<Full<Bytes>> {
    let answer = Response::builder()
        .status(StatusCode::PERMANENT_REDIRECT)
        .header(LOCATION, format!("/{name}/"));
    answer
        .body(Full::default())
        .unwrap_or_else(|_| plain(StatusCode::NOT_FOUND, "There is no such page.\n"))
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = status;
    answer
}

/// What a file is, as hosts say it.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "sig" | "body" => "application/octet-stream",
        _ => "text/plain; charset=utf-8",
    }
}
