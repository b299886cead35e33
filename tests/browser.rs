//! The site in a real browser: it reads, searches and prints, and nothing of a stranger acts in it.

use crate::chromium::Browser;
use crate::ground::Ground;
use crate::site::{demo, site};
use serde_json::json;
use std::fs;

pub const LETTER: &str = "letters/quiet-lake-2026/index.html";

#[test]
#[ignore = "needs chromium"]
fn korean_names_are_found_by_syllables_and_by_initial_consonants() {
    let ground = Ground::with_letter();
    let names = [
        "예시 평화 포럼",
        "예시 호수 모임",
        "Éclair Example",
        "Example Hill",
    ];
    ground.letter(
        "example-letter",
        &[&format!("We ask for peace.\n\n{}\n", names.join("\n"))],
    );
    for (id, name) in ["pyeonghwa", "hosu", "eclair", "hill"].iter().zip(names) {
        ground.write(
            &format!("registry/signatories/{id}.yaml"),
            crate::ground::listed(id, name, name),
        );
    }
    ground.commit("names");
    let out = site(&ground, ".");
    let browser = Browser::start();
    browser.open(&out.join("ko/letters/example-letter/index.html"));
    browser.wait("!document.querySelector('[data-search]').hidden");
    for (typed, found) in [
        ("평화", "예시 평화 포럼"),
        ("ㅎㅅ", "예시 호수 모임"),
        ("eclair", "Éclair Example"),
        ("HILL", "Example Hill"),
    ] {
        browser.ask("document.querySelector('[name=q]').value = ''; return 0;");
        browser.type_in("[name=q]", typed);
        browser.wait("!document.querySelector('.results').hidden");
        browser.wait(&format!(
            "document.querySelector('.results').innerText.includes({found:?})"
        ));
        let count = browser.ask("return document.querySelectorAll('.results > li').length;");
        assert_eq!(count, json!(1), "{typed}: {}", browser.text(".results"));
        assert!(
            browser
                .text(".results")
                .contains("이름만 오름 (서명하지 않음)"),
            "{}",
            browser.text(".results")
        );
    }
    browser.is_quiet();
}

#[test]
#[ignore = "needs chromium"]
fn what_strangers_wrote_stays_text() {
    let ground = Ground::with_letter();
    let names = [
        "<script>document.title = 'taken'</script>",
        "\"><img src=x onerror=\"document.title = 'taken'\">",
        "'-document.write(1)-' ${7*7} {{ 7*7 }}",
        "</script><svg onload=\"document.title = 'taken'\">",
        "javascript:document.title='taken'",
        &format!("Heap{} of marks", "\u{489}".repeat(120)),
    ];
    let lines = names.join("\n");
    ground.letter(
        "example-letter",
        &[&format!("We ask for <b>peace</b>.\n\n{lines}\n")],
    );
    for (at, name) in names.iter().enumerate() {
        ground.write(
            &format!("registry/signatories/example-{at}x.yaml"),
            crate::ground::listed(&format!("example-{at}x"), name, name),
        );
    }
    ground.commit("names");
    let out = site(&ground, ".");
    let browser = Browser::start();
    // The narrowest screen, from which whatever is too wide sticks out.
    browser.looks(320, "light");
    for path in crate::ground::files(&out) {
        if path.extension().is_none_or(|end| end != "html") {
            continue;
        }
        browser.open(&path);
        let strange = browser.ask(
            "return document.querySelectorAll('main img:not([src=\"badge.svg\"]), main script, main svg[onload], main b, [href^=\"javascript:\" i]').length;",
        );
        assert_eq!(strange, json!(0), "{}", path.display());
        if browser.ask("return document.querySelector('[data-check]') !== null;") == json!(true) {
            browser.check();
        }
        let title = browser.ask("return document.title;");
        assert_ne!(title, json!("taken"), "{}", path.display());
        let wide = browser.ask(
            "const root = document.documentElement; return root.scrollWidth > root.clientWidth;",
        );
        assert_eq!(wide, json!(false), "{}", path.display());
        browser.is_quiet();
    }
    browser.open(&out.join("letters/example-letter/index.html"));
    browser.wait("!document.querySelector('[data-search]').hidden");
    browser.type_in("[name=q]", "script");
    browser.wait("document.querySelector('.results').children.length > 0");
    let found = browser.text(".results");
    assert!(found.contains(names[0]), "{found}");
    browser.is_quiet();
}

#[test]
#[ignore = "needs chromium"]
fn the_preview_shows_the_same_and_asks_nobody_else() {
    let (ground, _out) = demo();
    let preview = crate::publication::preview(&ground);
    let browser = Browser::start();
    for page in [
        "",
        "letters/quiet-lake-2026/",
        "ko/signatories/example-sea-club/",
        "sign.html",
    ] {
        browser.go(&format!("http://{}/{page}", preview.address));
        if browser.ask("return document.querySelector('[data-check]') !== null;") == json!(true) {
            let told = browser.check();
            assert!(browser.finds_nothing_bad(), "{page}: {told}");
        }
        let asked = browser.ask(
            "return performance.getEntriesByType('resource').map((one) => new URL(one.name).host).filter((host) => host !== location.host);",
        );
        assert_eq!(asked, json!([]), "{page}");
        browser.is_quiet();
    }
}

/// Widths of a small phone, which WCAG 1.4.10 names too, and of a desk.
const WIDTHS: [u32; 2] = [320, 1280];

#[test]
#[ignore = "needs chromium"]
fn pages_fit_a_phone_and_a_desk_in_light_and_dark() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    for path in crate::ground::files(&out) {
        if path.extension().is_none_or(|end| end != "html") {
            continue;
        }
        let name = path
            .strip_prefix(&out)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('/', "-");
        for width in WIDTHS {
            for scheme in ["light", "dark"] {
                browser.looks(width, scheme);
                browser.open(&path);
                let over = browser.ask(
                    "const root = document.documentElement;
                     return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !one.closest('pre, .table, svg'))
                       .map((one) => one.outerHTML.slice(0, 80)).concat(root.scrollWidth > root.clientWidth ? ['the page scrolls'] : []);",
                );
                assert_eq!(over, json!([]), "{name} at {width}");
                browser.picture(&format!("{name}-{width}-{scheme}.png"));
            }
        }
    }
}

#[test]
#[ignore = "needs chromium"]
fn a_letter_goes_to_paper_with_its_signatories() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    browser.open(&out.join(LETTER));
    let paper = browser.post("/print", &json!({"background": false}));
    let paper = crate::pen::unbase64(paper.as_str().unwrap());
    assert!(paper.starts_with(b"%PDF-"), "it is a PDF");
    browser.keep("letter.pdf", &paper);
    // What is only of use on a screen is not on it.
    browser.command("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    let shown = browser.text("body");
    assert!(
        shown.contains("For a quiet lake") && shown.contains("Example Hill Forum"),
        "{shown}"
    );
    for not in ["Check everything on this page", "How to sign", "한국어"] {
        assert!(!shown.contains(not), "{not}: {shown}");
    }
}

#[test]
#[ignore = "needs chromium and axe-core, named by AXE_CORE"]
fn nothing_stands_in_the_way_of_readers_with_other_means() {
    let axe = std::env::var("AXE_CORE").expect("AXE_CORE names axe.min.js");
    let axe = fs::read_to_string(axe).unwrap();
    let (_ground, out) = demo();
    let browser = Browser::start();
    for page in [
        "index.html",
        "check.html",
        "data.html",
        "sign.html",
        LETTER,
        "letters/quiet-lake-2026/versions.html",
        "signatories/example-sea-club/index.html",
        "ko/index.html",
        "ko/sign.html",
        "ko/signatories/example-fen-forum/index.html",
    ] {
        for scheme in ["light", "dark"] {
            browser.looks(1280, scheme);
            browser.open(&out.join(page));
            // The later steps of the signing page are judged too.
            browser.ask("for (const one of document.querySelectorAll('#sign, #sign [hidden]')) one.hidden = false; return 0;");
            browser.ask(&axe);
            let found = browser.ask(
            "return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
               .then((found) => found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(', ')));",
        );
            assert_eq!(found, json!([]), "{page}: {scheme}: {found:#}");
        }
    }
}
