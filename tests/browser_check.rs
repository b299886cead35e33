//! The check in the reader's browser: what holds, and everything that a host could change on a page.

use crate::browser::LETTER;
use crate::chromium::Browser;
use crate::ground::Ground;
use crate::site::{demo, many, site};
use serde_json::json;
use std::fs;
use std::path::Path;

#[test]
#[ignore = "needs chromium"]
fn every_page_of_the_demonstration_holds_when_its_reader_checks_it() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    let mut checked = 0;
    for path in crate::ground::files(&out) {
        if path.extension().is_none_or(|end| end != "html") {
            continue;
        }
        browser.open(&path);
        if browser.ask("return document.querySelector('[data-check]') !== null;") == json!(true) {
            let told = browser.check();
            assert_holds(&browser, &format!("{}: {told}", path.display()));
            checked += 1;
        }
        browser.is_quiet();
    }
    // The letter, its versions, and the eight signatories, in two languages.
    assert_eq!(checked, 20);
}

/// That the check of the page that is changed, or of the letter, finds something bad when a file of the site says something else.
fn is_found(browser: &Browser, out: &Path, name: &str, changed: &str, what: &str) {
    let place = out.join(name);
    let kept = fs::read_to_string(&place).unwrap();
    assert_ne!(kept, changed, "{name}: {what}");
    fs::write(&place, changed).unwrap();
    let shown = if name.ends_with(".js") { LETTER } else { name };
    browser.open(&out.join(shown));
    let told = browser.check();
    let bad = browser.ask("return document.querySelector('.verdict.bad') !== null;");
    assert_eq!(bad, json!(true), "{name}: {what}: {told}");
    fs::write(&place, kept).unwrap();
}

#[test]
#[ignore = "needs chromium"]
fn one_changed_byte_is_found_by_the_reader() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    let hill = "signatories/example-hill-forum/index.html";
    let sea = "signatories/example-sea-club/index.html";
    let dune = "signatories/example-dune-club/index.html";
    let evidence = "letters/quiet-lake-2026/evidence-1.js";
    for (page, from, to) in [
        (hill, "name: Example Hill Forum", "name: Example Hill Farum"),
        (
            hill,
            "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH",
            "-----BEGIN SSH SIGNATURE-----\nU1NIU0lI",
        ),
        // The text of the letter, and what could hide in it.
        (LETTER, "motor boats", "motor boots"),
        (LETTER, "motor boats", "motor <span hidden>no </span>boats"),
        (LETTER, "motor boats", "motor <b>boats</b>"),
        (
            LETTER,
            "<div class=\"letter-text\"",
            "<div class=\"letter\"",
        ),
        (
            LETTER,
            "<div class=\"letter-text\"",
            "<p>We ask for money.</p><div hidden class=\"letter-text\"",
        ),
        // What a row shows.
        (
            LETTER,
            ">Example Dune Club</bdi>",
            ">Example Dune Clob</bdi>",
        ),
        (
            LETTER,
            "Dune Club</bdi></a>",
            "Dune Club</bdi></a> <span class=\"country\">France</span>",
        ),
        (
            LETTER,
            "Dune Club</bdi></a>",
            "Dune Club</bdi></a> <span class=\"names\">Famous Charity</span>",
        ),
        (
            LETTER,
            "Dune Club</bdi></a>",
            "Dune Club</bdi></a> and others",
        ),
        (
            LETTER,
            "Dune Club</bdi></a>",
            "Dune Club</bdi></a><img src=\"badge.svg\" alt=\"and others\">",
        ),
        (
            LETTER,
            "<a class=\"name\"",
            "<a aria-label=\"Famous Charity\" class=\"name\"",
        ),
        (
            LETTER,
            "<ul class=\"means\">",
            "<ul class=\"means\" hidden>",
        ),
        (LETTER, "by telephone", "in person"),
        (LETTER, "by Alice Example on", "by Famous Example on"),
        (LETTER, "on 2026-02-11", "on 2026-02-10"),
        (LETTER, "in version 1", "in version 2"),
        (LETTER, "by a key since replaced", ""),
        (
            LETTER,
            "<span class=\"result\" hidden></span>",
            "<span class=\"result\"></span><i>seen by the court</i>",
        ),
        (
            LETTER,
            "data-signatory=\"example-peace-forum\" data-standing=\"listed\"",
            "data-signatory=\"example-peace-forum\" data-standing=\"signed\"",
        ),
        (
            LETTER,
            "data-signatory=\"example-peace-forum\"",
            "data-signatory=\"famous-charity\"",
        ),
        // The group in which it stands, and how many do.
        (
            LETTER,
            "<ul class=\"signatories\">",
            "<ul class=\"signatories\"><li class=\"signatory\"><a class=\"name\" href=\"#\">Famous Charity</a></li>",
        ),
        (
            LETTER,
            "standing-signed\">Signed</span>",
            "standing-signed\">Verified</span>",
        ),
        (
            LETTER,
            "<span class=\"number\">2</span> <span",
            "<span class=\"number\">200</span> <span",
        ),
        (
            LETTER,
            "Verified</span> <span class=\"number\">2<",
            "Verified</span> <span class=\"number\">200<",
        ),
        (
            LETTER,
            "with a key that is not known to be theirs</p>",
            "with a key known to be theirs</p>",
        ),
        // The page of a signatory.
        (
            dune,
            "standing-signed\">Signed<",
            "standing-signed\">Verified<",
        ),
        (dune, "(version 2)", "(version 1)"),
        (dune, "<h1 data-details>", "<h1 data-details>The Famous "),
        (sea, "<dd><code>sea.example", "<dd><code>see.example"),
        (sea, "by Olga Example on", "by Famous Example on"),
        (sea, "it counts", "it counts twice"),
        (hill, "<code>SHA256:", "<code>SHA256:A"),
        (
            hill,
            "<pre class=\"statement-text\"",
            "<pre>something else</pre><pre class=\"statement-text\"",
        ),
        (
            hill,
            "<pre class=\"statement-text\"",
            "<pre class=\"statement-text\">something else</pre><pre class=\"statement-text\" hidden",
        ),
        // What comes with the list.
        (
            evidence,
            "\"statements\":[{\"text\":\"undersigned",
            "\"statements\":[{\"text\":\"undersigmed",
        ),
        (
            evidence,
            "\"name\":\"Example Peace Forum\"",
            "\"name\":\"Famous Charity\"",
        ),
        (
            evidence,
            "\"listing\":{\"letter\":\"quiet-lake-2026\",\"version\":1,\"named_as\":null},\"path\":\"registry/signatories/example-peace",
            "\"listing\":{\"letter\":\"another-letter\",\"version\":1,\"named_as\":null},\"path\":\"registry/signatories/example-peace",
        ),
        (
            evidence,
            "{\"id\":\"example-peace-forum\"",
            "{\"id\":\"famous-charity\"",
        ),
    ] {
        let kept = fs::read_to_string(out.join(page)).unwrap();
        assert!(kept.contains(from), "{page}: {from}");
        is_found(&browser, &out, page, &kept.replacen(from, to, 1), to);
    }
    // A listed row copied for somebody of whom there is nothing, the same row twice, and one under the heading of others.
    let kept = fs::read_to_string(out.join(LETTER)).unwrap();
    let row = |id: &str| {
        let at = kept
            .find(&format!("<li class=\"signatory\" data-signatory=\"{id}\""))
            .unwrap();
        let row = &kept[at..];
        &row[..row.find("hidden></span></li>").unwrap() + "hidden></span></li>".len()]
    };
    let listed = row("example-peace-forum");
    let copied = listed.replace("example-peace-forum", "famous-charity");
    let copied = copied.replace("Example Peace Forum", "Famous Charity");
    let signed = row("example-dune-club");
    let verified = row("example-hill-forum");
    for (what, page) in [
        (
            "a copied row",
            kept.replace(listed, &format!("{listed}{copied}")),
        ),
        (
            "a row twice",
            kept.replace(listed, &format!("{listed}{listed}")),
        ),
        ("a row less", kept.replace(listed, "")),
        (
            "a row in another group",
            kept.replace(signed, "")
                .replace(verified, &format!("{signed}{verified}")),
        ),
    ] {
        is_found(&browser, &out, LETTER, &page, what);
    }
    browser.open(&out.join(hill));
    browser.check();
    assert!(browser.finds_nothing_bad(), "put back, it holds again");
}

#[test]
#[ignore = "needs chromium"]
fn what_cannot_be_loaded_is_told_apart_from_what_does_not_hold() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    fs::remove_file(out.join("letters/quiet-lake-2026/evidence-1.js")).unwrap();
    for (page, verdict) in [
        (LETTER, "Not everything could be checked."),
        (
            "ko/letters/quiet-lake-2026/index.html",
            "검증하지 못한 것이 있습니다.",
        ),
    ] {
        browser.open(&out.join(page));
        let told = browser.check();
        assert_eq!(browser.text(".verdict"), verdict, "{told}");
        assert!(browser.finds_nothing_bad(), "{told}");
        assert!(browser.text("ul.open").contains("evidence-1.js"), "{told}");
        // The text needs no file.
        assert!(!browser.text("ul.done").is_empty(), "{told}");
    }
}

#[test]
#[ignore = "needs chromium"]
fn every_row_is_compared_with_the_words_of_its_page() {
    let (ground, names) = (
        Ground::with_letter(),
        ["Example Forum", "Example Club", "Example Watch"],
    );
    let text = format!(
        "We ask for peace.\n\n{}\nThe Example Circle\n",
        names.join("\n")
    );
    ground.letter("example-letter", &[&text]);
    for name in names {
        let id = name.to_lowercase().replace(' ', "-");
        let listed = crate::ground::listed(&id, name, name);
        let listed = listed.replace(
            "\nlistings:",
            "\nnames:\n  fr: Forum Exemple\n  ko: 예시 모임\ncountry: KR\nlistings:",
        );
        assert!(listed.contains("country: KR"), "{listed}");
        ground.write(&format!("registry/signatories/{id}.yaml"), listed);
    }
    ground.write(
        "registry/signatories/example-circle.yaml",
        crate::ground::listed("example-circle", "Circle of Examples", "The Example Circle"),
    );
    ground.commit("names");
    let out = site(&ground, ".");
    let browser = Browser::start();
    for page in ["", "ko/"] {
        browser.open(&out.join(format!("{page}letters/example-letter/index.html")));
        let told = browser.check();
        assert_holds(&browser, &told);
        // What nobody signed is not told in the colour of what holds.
        let marked = browser.ask("return document.querySelectorAll('.result > .meaning').length;");
        assert_eq!(marked, json!(4), "{told}");
        browser.open(&out.join(format!("{page}signatories/example-circle/index.html")));
        let told = browser.check();
        assert_holds(&browser, &told);
    }
    let letter = "letters/example-letter/index.html";
    let kept = fs::read_to_string(out.join(letter)).unwrap();
    for (from, to) in [
        ("South Korea</span>", "Japan</span>"),
        ("Forum Exemple", "Forum Celebre"),
        (
            "<q data-named>The Example Circle",
            "<q data-named>The Court",
        ),
    ] {
        assert!(kept.contains(from), "{from}");
        let changed = kept.replacen(from, to, 1);
        fs::write(out.join(letter), changed).unwrap();
        browser.open(&out.join(letter));
        let told = browser.check();
        assert!(!browser.finds_nothing_bad(), "{from}: {told}");
    }
}

#[test]
#[ignore = "needs chromium"]
fn of_a_long_list_each_page_holds_and_tells_how_far_it_is() {
    let ground = many();
    let out = site(&ground, ".");
    let browser = Browser::start();
    for page in ["index.html", "signatories-2.html", "signatories-3.html"] {
        let page = format!("letters/example-letter/{page}");
        browser.open(&out.join(&page));
        browser.ask(
            "window.said = []; const button = document.querySelector('[data-check]');
             new MutationObserver(() => said.push(button.textContent)).observe(button, {childList: true}); return 0;",
        );
        let told = browser.check();
        assert_holds(&browser, &format!("{page}: {told}"));
        let said = browser.ask("return said.some((one) => one.startsWith('Checking '));");
        assert_eq!(said, json!(true), "{page}");
        // Fewer than stand on the page cannot be right; how many stand on others is not known here.
        let html = fs::read_to_string(out.join(&page)).unwrap();
        let fewer = html.replace("<span class=\"number\">205<", "<span class=\"number\">4<");
        is_found(&browser, &out, &page, &fewer, "a count that is too low");
    }
}

/// That nothing is told as bad, and nothing as what could not be checked.
fn assert_holds(browser: &Browser, told: &str) {
    let open = browser.ask("return document.querySelector('.check-result .open') !== null;");
    assert_eq!(open, json!(false), "{told}");
    assert!(browser.finds_nothing_bad(), "{told}");
}

#[test]
#[ignore = "needs chromium"]
fn the_browser_alone_takes_the_blank_cheque_and_the_page_does_not() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    browser.open(&out.join("signatories/example-dune-club/index.html"));
    // The identity as key and R, and S = 0: it fits every text.
    let alone = browser.ask(
        "const point = new Uint8Array(32); point[0] = 1; const signature = new Uint8Array(64); signature[0] = 1;
         return crypto.subtle.importKey('raw', point, 'Ed25519', false, ['verify'])
           .then((key) => crypto.subtle.verify('Ed25519', key, signature, new TextEncoder().encode('anything')));",
    );
    assert_eq!(
        alone,
        json!(true),
        "the browser has changed: say so in docs/site.md"
    );
    let page = browser.ask(
        "const point = new Uint8Array(32); point[0] = 1; const signature = new Uint8Array(64); signature[0] = 1;
         const core = undersigned;
         const blob = core.concat(new Uint8Array([0, 0, 0, 11]), core.utf8('ssh-ed25519'), new Uint8Array([0, 0, 0, 32]), point);
         const raw = 'ed25519:' + core.toBase64(signature);
         let key; try { key = core.key.parse('ssh-ed25519 ' + core.toBase64(blob)); } catch (error) { return 'refused: ' + error.message; }
         return core.signature.check(key, raw, 'anything').then((result) => result.ok ? 'accepted' : 'refused', (error) => 'refused: ' + error.message);",
    );
    assert!(page.as_str().unwrap().starts_with("refused"), "{page}");
    // The same on a whole page, whose key and signature were put in the place of the true ones.
    let place = out.join("signatories/example-dune-club/index.html");
    let html = fs::read_to_string(&place).unwrap();
    let mut point = [0; 32];
    point[0] = 1;
    let key = crate::pen::base64(&crate::pen::blob("ssh-ed25519", &point, None));
    let mut cheque = [0; 64];
    cheque[0] = 1;
    let (before, rest) = html.split_once("key: ssh-ed25519 ").unwrap();
    let (_, after) = rest.split_once('\n').unwrap();
    let html = format!("{before}key: ssh-ed25519 {key}\n{after}");
    let (before, rest) = html.split_once("-----BEGIN SSH SIGNATURE-----").unwrap();
    let (_, after) = rest.split_once("-----END SSH SIGNATURE-----\n").unwrap();
    let raw = format!("ed25519:{}", crate::pen::base64(&cheque));
    fs::write(&place, format!("{before}{raw}{after}")).unwrap();
    browser.open(&place);
    let told = browser.check();
    assert!(!browser.finds_nothing_bad(), "{told}");
    assert!(told.contains("blank cheque"), "{told}");
}
