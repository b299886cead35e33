//! What is published comes whole into its folder, stays there, and is shown as it would be; what else lies there stays.

use crate::ground::{Ground, files};
use crate::site::demo;
use std::fs;
use std::path::Path;

fn compile(ground: &Ground, more: &[&str]) -> crate::ground::Ran {
    let arguments = ["-C", "lake", "compile", "--output", "out"];
    ground.run(&[&arguments[..], more].concat())
}

/// Every file of a folder with its bytes.
fn all(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let read = |path: std::path::PathBuf| (path.clone(), fs::read(path).unwrap());
    files(folder).into_iter().map(read).collect()
}

#[test]
fn what_is_published_no_more_is_taken_away_and_what_is_ours_alone() {
    let (ground, out) = demo();
    fs::write(out.join("letters/mine.txt"), "mine").unwrap();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    // As if an earlier run had published two more, of which somebody has changed one since.
    let digest = undersigned::base::digest::Digest::of(b"gone").hex();
    fs::create_dir_all(out.join("signatories/gone")).unwrap();
    fs::write(out.join("signatories/gone/index.html"), "gone").unwrap();
    fs::write(out.join("signatories/kept.html"), "changed since").unwrap();
    fs::write(out.join("kept.txt"), "gone").unwrap();
    let more = format!(
        "{sums}{digest}  signatories/gone/index.html\n{digest}  signatories/kept.html\n{digest}  kept.txt\n{digest}  signatories/../kept.txt\n"
    );
    fs::write(out.join("SHA256SUMS"), more).unwrap();
    let ran = ground.run(&["-C", "lake", "compile", "--only", "site", "--output", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!out.join("signatories/gone").exists());
    for kept in ["signatories/kept.html", "kept.txt", "letters/mine.txt"] {
        assert!(out.join(kept).exists(), "{kept}");
    }
    assert_eq!(fs::read_to_string(out.join("SHA256SUMS")).unwrap(), sums);
}

#[test]
fn nothing_is_moved_where_one_file_has_no_place() {
    let (ground, out) = demo();
    fs::remove_file(out.join("sign.html")).unwrap();
    fs::create_dir(out.join("sign.html")).unwrap();
    fs::write(out.join("sign.html/mine"), "mine").unwrap();
    let before = all(&out);
    let ran = compile(&ground, &["--at", "HEAD~1"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("out/sign.html is a folder"),
        "{}",
        ran.stderr
    );
    assert_eq!(all(&out), before);
}

#[test]
#[cfg(unix)]
fn nothing_is_published_or_taken_away_through_a_link() {
    let (ground, out) = demo();
    let elsewhere = ground.at("elsewhere");
    fs::create_dir_all(elsewhere.join("x")).unwrap();
    fs::write(elsewhere.join("x/f"), "gone").unwrap();
    fs::remove_dir_all(out.join("letters")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("letters")).unwrap();
    let digest = undersigned::base::digest::Digest::of(b"gone").hex();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    fs::write(
        out.join("SHA256SUMS"),
        format!("{sums}{digest}  letters/x/f\n"),
    )
    .unwrap();
    let ran = compile(&ground, &[]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("out/letters is a link"),
        "{}",
        ran.stderr
    );
    assert_eq!(all(&elsewhere).len(), 1);
}

#[test]
fn a_part_leaves_the_rest_in_the_sums_until_the_next_whole_one() {
    let (ground, out) = demo();
    let whole = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    let ran = compile(&ground, &["--only", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let part = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    assert_eq!(sorted(&part), sorted(&whole));
    // The site of the beginning has fewer pages, and those of later organizations go.
    let later = out.join("signatories/example-sea-club/index.html");
    assert!(later.exists());
    let first = ground.git(&["-C", "lake", "rev-list", "--reverse", "HEAD"]);
    let early = first.lines().nth(2).unwrap();
    let ran = compile(&ground, &["--at", early]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!later.exists());
}

#[test]
fn every_file_is_told_to_programs_and_one_of_the_site_to_people() {
    let (ground, out) = demo();
    let ran = compile(&ground, &[]);
    assert!(
        ran.stdout
            .contains("signatories.txt, index.html and the site, SHA256SUMS"),
        "{}",
        ran.stdout
    );
    let told = ground.json(&["-C", "lake", "compile", "--output", "out"]);
    let mut told: Vec<String> = serde_json::from_value(told["files"].clone()).unwrap();
    told.sort();
    let there: Vec<String> = files(&out)
        .iter()
        .map(|path| {
            path.strip_prefix(&out)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let mut there = there;
    there.sort();
    assert_eq!(told, there);
}

#[test]
fn scripts_of_a_maintainer_are_served_as_they_are() {
    let (ground, out) = demo();
    let own = "// mine\n  const words = `\n  // no comment\n`;\n";
    ground.write("lake/look/search.js", own);
    let ran = compile(&ground, &["--templates", "look"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        fs::read_to_string(out.join("assets/search.js")).unwrap(),
        own
    );
    ground.write("lake/look/assets/search.js", own);
    let ran = compile(&ground, &["--templates", "look"]);
    assert!(
        ran.stderr.contains("without folders or links"),
        "{}",
        ran.stderr
    );
}

#[test]
fn hosts_are_told_the_policy_and_that_badges_are_for_others() {
    let (_ground, out) = demo();
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let (_, rest) = page
        .split_once("Content-Security-Policy\" content=\"")
        .unwrap();
    let policy = rest.split('"').next().unwrap().replace("&#39;", "'");
    for (name, badge) in [
        (
            "_headers",
            "/ko/letters/*/badge.svg\n  ! Cross-Origin-Resource-Policy\n  Cross-Origin-Resource-Policy: cross-origin\n",
        ),
        (
            ".htaccess",
            "<Files \"badge.svg\">\n    Header always set Cross-Origin-Resource-Policy cross-origin\n",
        ),
        (
            "headers.nginx.conf",
            "if ($uri ~ /badge\\.svg$) { set $undersigned_shown_by cross-origin; }\n",
        ),
    ] {
        let text = fs::read_to_string(out.join(name)).unwrap();
        assert!(
            text.contains(&format!("{policy}; frame-ancestors 'none'")),
            "{name}: {text}"
        );
        assert!(text.contains(badge), "{name}: {text}");
    }
}

#[test]
#[ignore = "needs nginx"]
fn nginx_sends_these_headers() {
    let (ground, out) = demo();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let (out, at) = (out.display(), ground.path().display());
    ground.write(
        "nginx.conf",
        format!(
            "daemon off; master_process off; pid {at}/pid; error_log {at}/error.log;\nevents {{}}\nhttp {{ access_log off; client_body_temp_path {at}/b; proxy_temp_path {at}/p; fastcgi_temp_path {at}/f; uwsgi_temp_path {at}/u; scgi_temp_path {at}/s;\n\
             server {{ listen {address}; root {out}; include {out}/headers.nginx.conf; }} }}\n"
        ),
    );
    let conf = ground.at("nginx.conf");
    let mut server = std::process::Command::new("nginx")
        .args(["-c", conf.to_str().unwrap(), "-e", "stderr"])
        .spawn()
        .expect("nginx runs");
    for _ in 0..100 {
        if std::net::TcpStream::connect(&address).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let get = |path: &str| {
        let answer = asked(
            &address,
            &format!("GET {path} HTTP/1.1\r\nHost: ADDRESS\r\n"),
        );
        answer.split_once("\r\n\r\n").unwrap().0.to_owned()
    };
    let (page, badge) = (
        get("/index.html"),
        get("/letters/quiet-lake-2026/badge.svg"),
    );
    let _ = server.kill();
    let _ = server.wait();
    assert!(page.contains("frame-ancestors 'none'"), "{page}");
    assert!(
        page.contains("Cross-Origin-Resource-Policy: same-origin"),
        "{page}"
    );
    assert!(
        badge.contains("Cross-Origin-Resource-Policy: cross-origin") && badge.contains("nosniff"),
        "{badge}"
    );
}

/// A preview of the demonstration, which ends with the test.
pub struct Preview {
    program: std::process::Child,
    pub address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

pub fn preview(ground: &Ground) -> Preview {
    use std::io::{BufRead as _, BufReader};
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["-C", "lake", "serve", "--port", "0"])
        .current_dir(ground.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .strip_prefix("http://")
        .and_then(|rest| rest.split('/').next());
    let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{line}");
    Preview { program, address }
}

/// What is answered to a request of these lines.
fn asked(address: &str, request: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = request.replace("ADDRESS", address);
    write!(stream, "{request}Connection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_preview_shows_what_would_be_published_and_nothing_else() {
    let (ground, out) = demo();
    let preview = preview(&ground);
    let get = |path: &str| {
        asked(
            &preview.address,
            &format!("GET {path} HTTP/1.1\r\nHost: ADDRESS\r\n"),
        )
    };
    let home = get("/");
    let body = home.split_once("\r\n\r\n").unwrap().1;
    assert_eq!(body, fs::read_to_string(out.join("index.html")).unwrap());
    assert!(
        home.starts_with("HTTP/1.1 200") && home.contains("text/html; charset=utf-8"),
        "{home}"
    );
    assert!(
        home.contains("frame-ancestors 'none'") && home.contains("nosniff"),
        "{home}"
    );
    assert!(get("/letters/quiet-lake-2026/?x").contains("For a quiet lake"));
    assert!(get("/assets/core.js").contains("text/javascript"));
    let sums = get("/SHA256SUMS");
    assert!(
        sums.ends_with(&fs::read_to_string(out.join("SHA256SUMS")).unwrap()),
        "{sums}"
    );
    let folder = get("/ko");
    assert!(
        folder.starts_with("HTTP/1.1 308") && folder.contains("location: /ko/\r\n"),
        "{folder}"
    );
    assert!(get("//attacker.example").starts_with("HTTP/1.1 404"));
    assert!(
        get("/letters/quiet-lake-2026/badge.svg")
            .contains("cross-origin-resource-policy: cross-origin")
    );
    for path in [
        "/nothing",
        "/../registry/registry.yaml",
        "/%2e%2e/README.md",
        "//etc/passwd",
        "/.undersigned-page-",
    ] {
        assert!(get(path).starts_with("HTTP/1.1 404"), "{path}");
    }
    let foreign = asked(
        &preview.address,
        "GET / HTTP/1.1\r\nHost: attacker.example\r\n",
    );
    assert!(foreign.starts_with("HTTP/1.1 421"), "{foreign}");
    let posted = asked(
        &preview.address,
        "POST / HTTP/1.1\r\nHost: ADDRESS\r\nContent-Length: 0\r\n",
    );
    assert!(posted.starts_with("HTTP/1.1 405"), "{posted}");
}

#[test]
fn a_preview_leaves_nothing_behind_when_it_is_ended() {
    let (ground, _out) = demo();
    let temporary = ground.at("temporary");
    fs::create_dir(&temporary).unwrap();
    let (success, told) = ground.shell(
        "lake",
        "TMPDIR=$PWD/../temporary undersigned serve --port 0 > ../shown & program=$!
         trap \"kill -9 $program 2> ../killed || true\" EXIT
         until grep -q 'shows commit' ../shown; do kill -0 $program || exit 1; sleep 0.1; done
         test -n \"$(ls -A ../temporary)\"; kill -INT $program; wait $program",
    );
    assert!(success, "{told}");
    assert_eq!(files(&temporary).len(), 0);
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
}

#[test]
fn a_preview_of_a_broken_charter_says_what_is_wrong() {
    let (ground, _out) = demo();
    ground.edit("lake/registry/registry.yaml", "origin:", "origins:");
    ground.git(&["-C", "lake", "commit", "-qam", "broken"]);
    let ran = ground.run(&["-C", "lake", "serve", "--port", "0"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stdout.contains("schema-violation"), "{}", ran.stdout);
}
