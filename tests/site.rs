//! The site: every page there, every link leads somewhere, nothing of a stranger acts, and nobody looks as if they had signed.

use crate::ground::{Ground, files, here};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The site of a repository.
pub fn site(ground: &Ground, repository: &str) -> PathBuf {
    let out = ground.at("out");
    let folder = out.to_str().unwrap();
    let compile = ["compile", "--only", "site", "--output", folder];
    let ran = ground.run(&[&["-C", repository][..], &compile].concat());
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    out
}

/// A letter that names more organizations than stand on two pages.
pub fn many() -> Ground {
    let ground = Ground::with_letter();
    let names: Vec<String> = (1..=205).map(|n| format!("Example Forum {n:03}")).collect();
    let text = format!("We ask for peace.\n\n{}\n", names.join("\n"));
    ground.letter("example-letter", &[&text]);
    for (number, name) in names.iter().enumerate() {
        let id = format!("forum-{:03}", number + 1);
        ground.write(
            &format!("registry/signatories/{id}.yaml"),
            crate::ground::listed(&id, name, name),
        );
    }
    ground.commit("many");
    ground
}

/// The demonstration as a site.
pub fn demo() -> (Ground, PathBuf) {
    let ground = Ground::empty();
    let ran = ground.run(&["demo", "lake"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = ground.run(&["-C", "lake", "compile", "--only", "site", "--output", "out"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let out = ground.at("lake/out");
    (ground, out)
}

fn pages(out: &Path) -> Vec<(PathBuf, String)> {
    files(out)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "html"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect()
}

/// Text of a page as a reader has it.
fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text
}

/// The values of an attribute in a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    page.split(mark.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_link_of_the_site_leads_to_a_file_of_it() {
    let (_ground, out) = demo();
    let all = pages(&out);
    assert!(all.len() > 20, "{}", all.len());
    for (path, page) in &all {
        for link in values(page, "href").into_iter().chain(values(page, "src")) {
            let place = link.split(['?', '#']).next().unwrap();
            // The badge is shown with the beginning of an address left to the reader.
            if place.starts_with("https://") || place.starts_with('…') || place.is_empty() {
                continue;
            }
            let target = path.parent().unwrap().join(place);
            assert!(target.is_file(), "{} links {link}", path.display());
        }
    }
}

#[test]
fn sums_name_every_file_with_its_digest() {
    let (_ground, out) = demo();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    let named: BTreeSet<PathBuf> = sums
        .lines()
        .map(|line| {
            let (digest, name) = line.split_once("  ").unwrap();
            let bytes = fs::read(out.join(name)).unwrap();
            assert_eq!(
                undersigned::base::digest::Digest::of(&bytes).hex(),
                digest,
                "{name}"
            );
            out.join(name)
        })
        .collect();
    let there: BTreeSet<PathBuf> = files(&out).into_iter().collect();
    let missing: Vec<_> = there.difference(&named).collect();
    assert_eq!(missing, [&out.join("SHA256SUMS")]);
}

#[test]
fn pages_load_nothing_from_elsewhere_and_hold_no_script_of_their_own() {
    let (_ground, out) = demo();
    for (path, page) in pages(&out) {
        let what = path.display();
        assert!(
            unescaped(&page).contains("script-src 'self'")
                && page.contains("require-trusted-types-for"),
            "{what}"
        );
        for script in page.split("<script").skip(1) {
            assert!(
                script.trim_start().starts_with("src=\""),
                "{what}: {script:.60}"
            );
        }
        assert!(
            !page.contains("<style") && values(&page, "style").is_empty(),
            "{what}"
        );
        for source in values(&page, "src") {
            assert!(
                !source.contains(':') && !source.starts_with("//"),
                "{what}: {source}"
            );
        }
        for event in ["onclick", "onload", "onerror", "onsubmit"] {
            assert!(values(&page, event).is_empty(), "{what}");
        }
    }
}

#[test]
fn scripts_are_small_together() {
    let (_ground, out) = demo();
    let scripts = files(&out.join("assets"));
    let scripts = scripts
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "js"))
        // What they say is data, of which a page loads one language.
        .filter(|path| !path.to_str().unwrap().contains("/words-"));
    let size: u64 = scripts.map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(size <= SCRIPTS, "{size}");
}

const SOURCES: &str = "src/compile/site/assets";

/// The keys of a file of words, each with its sentence, as they stand there.
fn words(language: &str) -> Vec<(String, String)> {
    let path = here().join(SOURCES).join(format!("words-{language}.js"));
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter_map(|line| {
        let (key, sentence) = line.strip_prefix("  ")?.split_once(':')?;
        let key = key.trim_matches('"');
        let named = key
            .chars()
            .all(|one| one.is_ascii_alphanumeric() || one == '-');
        named.then(|| (key.to_owned(), sentence.trim().to_owned()))
    });
    lines.collect()
}

#[test]
fn every_language_has_each_word_that_scripts_ask_for_once() {
    let [english, korean] = ["en", "ko"].map(|language| {
        let all = words(language);
        let keys: BTreeSet<String> = all.iter().map(|(key, _)| key.clone()).collect();
        assert_eq!(keys.len(), all.len(), "{language}: one key, one sentence");
        keys
    });
    assert_eq!(english, korean);
    let sources = ["core", "check", "search"].map(|name| {
        let script = here().join(SOURCES).join(format!("{name}.js"));
        let script = fs::read_to_string(script).unwrap();
        let lines = script
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    });
    // What is asked for by its name.
    let mut asked = BTreeSet::new();
    for source in &sources {
        for call in ["say(\"", "fit(\"", "tell(\"", "must(false, \""] {
            let rests = source.split(call).skip(1);
            asked.extend(rests.filter_map(|rest| rest.split('"').next()));
        }
        for call in ["must(", "unless(", "sshReader("] {
            let lines = source.lines().filter(|line| line.contains(call));
            // Their second value is the word, the first that is quoted after a comma.
            asked.extend(lines.filter_map(|line| line.split_once(", \"")?.1.split('"').next()));
        }
    }
    // The search takes its line back so.
    asked.remove("");
    // What is asked for by a name that is put together.
    const STANDINGS: [&str; 6] = [
        "verified",
        "signed",
        "listed",
        "superseded",
        "withdrawn",
        "removed",
    ];
    let means: Vec<String> = STANDINGS
        .iter()
        .map(|word| format!("{word}Means"))
        .collect();
    asked.extend(STANDINGS.iter().chain(&["refused"]));
    asked.extend(means.iter().map(String::as_str));
    asked.extend(
        "limit1 limit2 limit3 limit4 limit5 letterLimit signatoryLimit versionsLimit texts statements signatures attestations \
         standings claims done bad open limits statement attestation statementLines attestationLines observeBond vouchBond \
         withdrawnItem removedItem phone in-person letterhead video prior-contact https dns retracted endorse withdraw amend \
         rotate recover remove vouch observe counts back overtaken retired details otherKey lost plain touched pin insecure old \
         whole broken partly empty none one count first named row standsIn stands"
            .split_whitespace(),
    );
    let asked: BTreeSet<String> = asked.into_iter().map(str::to_owned).collect();
    let missing: Vec<_> = asked.difference(&english).collect();
    assert!(missing.is_empty(), "asked for and not there: {missing:?}");
    let idle: Vec<_> = english.difference(&asked).collect();
    assert!(idle.is_empty(), "there and never asked for: {idle:?}");
}

#[test]
fn words_name_every_country_as_pages_do() {
    let table = fs::read_to_string(here().join("src/compile/site/countries.tsv")).unwrap();
    for (column, language) in [(1, "en"), (2, "ko")] {
        let path = here().join(SOURCES).join(format!("words-{language}.js"));
        let text = fs::read_to_string(path).unwrap();
        let (_, rest) = text.split_once("  countries:\n").unwrap();
        let (list, _) = rest.split_once(",\n").unwrap();
        let list: String = list.split('"').skip(1).step_by(2).collect();
        let wanted: Vec<String> = table
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .map(|cells| format!("{} {}", cells[0], cells[column]))
            .collect();
        assert_eq!(list.split('|').collect::<Vec<_>>(), wanted, "{language}");
    }
}

/// How large they may be together.
const SCRIPTS: u64 = 60_000;

#[test]
fn statements_and_texts_stand_on_their_pages_byte_for_byte() {
    let (ground, out) = demo();
    let shown = ground
        .run(&["-C", "lake", "statement", "--of", "example-hill-forum", "1"])
        .stdout;
    let page = fs::read_to_string(out.join("signatories/example-hill-forum/index.html")).unwrap();
    assert!(
        unescaped(&page).contains(&format!(">\n{shown}</pre>")),
        "{page}"
    );
    let file =
        fs::read_to_string(out.join("signatories/example-hill-forum/example-hill-forum-1.txt"))
            .unwrap();
    assert_eq!(file, shown);
    let text = fs::read_to_string(out.join("letters/quiet-lake-2026/v2/en.txt")).unwrap();
    let page = fs::read_to_string(out.join("letters/quiet-lake-2026/index.html")).unwrap();
    assert!(
        unescaped(&page).contains(&format!(">{text}</div>")),
        "{page}"
    );
}

#[test]
fn of_a_real_letter_nobody_looks_as_if_they_had_signed() {
    let ground = Ground::empty();
    let out = site(&ground, here().to_str().unwrap());
    let all = pages(&out);
    // Two languages: home, check, data, sign, the letter, its versions, and 55 organizations.
    assert_eq!(all.len(), 2 * (6 + 55));
    for (path, page) in &all {
        for standing in values(page, "data-standing") {
            assert_eq!(standing, "listed", "{}", path.display());
        }
        if path.to_str().unwrap().contains("/signatories/") {
            let says = page.contains("This organization has signed nothing here")
                || page.contains("이 단체가 이 등록부에서 서명한 것은 없습니다");
            assert!(
                says && !page.contains("class=\"statement\""),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn what_strangers_write_never_acts() {
    let ground = Ground::with_letter();
    let name =
        "<script>alert(1)</script> \"'> & javascript:alert(1) {{ 7*7 }} </pre><svg onload=x>";
    let text = format!("We ask for peace.\n\n{name}\n</div><script>alert(2)</script>\n");
    ground.letter("example-letter", &[&text]);
    let quoted = name.replace('\'', "''");
    ground.write(
        "registry/signatories/hostile.yaml",
        format!("id: hostile\nname: '{quoted}'\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - '{quoted}'\n"),
    );
    ground.commit("a hostile name");
    let ran = ground.run(&["compile", "--only", "site", "--output", "out"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    for (path, page) in pages(&ground.at("out")) {
        assert!(
            !page.contains("<script>") && !page.contains("<svg onload"),
            "{}",
            path.display()
        );
        if path.ends_with("signatories/hostile/index.html") {
            assert!(unescaped(&page).contains(name), "{}", path.display());
        }
    }
    let index = ground.read("out/letters/example-letter/index-1.js");
    assert_eq!(index.lines().count(), 1, "{index}");
}

#[test]
fn templates_of_a_maintainer_take_the_place_of_ours_and_a_wrong_one_is_told() {
    let (ground, out) = demo();
    let compile = || {
        ground.run(&[
            "-C",
            "lake",
            "compile",
            "--only",
            "site",
            "--output",
            "out",
            "--templates",
            "look",
        ])
    };
    fs::create_dir_all(ground.at("lake/look")).unwrap();
    ground.write(
        "lake/look/home.html",
        "<p>{{ registry.title }} & {{ letters[0].title }}</p>\n",
    );
    assert_eq!(compile().code, 0);
    let home = fs::read_to_string(out.join("index.html")).unwrap();
    assert_eq!(
        home,
        "<p>A demonstration with fictional organizations & For a quiet lake</p>\n"
    );
    for (file, text, told) in [
        ("home.html", "{{ nobody }}", "home.html:1: undefined value"),
        ("home.html", "{% if %}", "home.html:1: syntax error"),
        ("house.html", "", "there is no template `house.html`"),
    ] {
        fs::remove_dir_all(ground.at("lake/look")).unwrap();
        ground.write(&format!("lake/look/{file}"), text);
        let ran = compile();
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
    assert_eq!(
        fs::read_to_string(out.join("index.html")).unwrap(),
        home,
        "nothing is half written"
    );
}

#[test]
fn a_long_list_has_pages_of_a_hundred() {
    let ground = many();
    let ran = ground.run(&["compile", "--only", "site", "--output", "out"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let rows = |name: &str| {
        let page = ground.read(&format!("out/letters/example-letter/{name}"));
        values(&page, "data-signatory").len()
    };
    assert_eq!(rows("index.html"), 100);
    assert_eq!(rows("signatories-2.html"), 100);
    assert_eq!(rows("signatories-3.html"), 5);
    let second = ground.read("out/letters/example-letter/evidence-2.js");
    assert!(second.starts_with("undersigned.shard(\"letters/example-letter/evidence-2.js\", {"));
    assert!(second.contains("forum-101") && !second.contains("forum-201"));
}
