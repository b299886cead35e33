//! The registry that benchmarks measure: organizations that are always the same for a number, and a packed Git
//! repository of as many as asked for. Git's fast-import writes the objects, and nothing of the program that is measured.

use crate::ground::CHARTER;
use crate::pen::{Container, Desk, Pen, digest};
use rayon::prelude::*;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use undersigned::base::country::Country;
use undersigned::base::host::Domain;
use undersigned::base::id::Id;
use undersigned::base::language::Language;
use undersigned::base::prose::Name;
use undersigned::base::website::Website;
use undersigned::record::canonical::{self, NewEntry};
use undersigned::statement::profile::Profile;

/// The one letter.
const LETTER: &str = "example-letter";
const TEXT: &str = "Dear all,\n\nwe ask for peace.\n";

/// More have no names of their own.
pub const MOST: usize = 1_000_000;

/// A hundred words, so that three make a million names, none of which looks like another.
const WORDS: &str = "acid alder anchor apple arch ash autumn bark bay beacon beech bell birch bloom bluff bread bridge brook \
    canal candle cape cedar chalk cliff cloud clover coast copper coral cove creek crest dale dawn delta dew dove dune eagle \
    echo edge elm ember fable fair feather field finch fir flag flint fog ford fox frost gale gate glade gold grove gull \
    harbour hawk hazel heath hedge hill holly ice inlet iris island ivy jade juniper kelp kite lake larch lark leaf light \
    lily linden lock maple marsh meadow mill mint mist moon moss oak oat olive opal orchid osprey owl";

/// The places of organizations, as ISO 3166-1 has them.
const COUNTRIES: [&str; 20] = [
    "KR", "JP", "US", "DE", "FR", "KE", "BR", "IN", "ZA", "MX", "CA", "GB", "NO", "PH", "ID", "TH",
    "CO", "AR", "NG", "EG",
];

const SYLLABLES: [&str; 20] = [
    "가", "나", "다", "라", "마", "바", "사", "아", "자", "차", "강", "산", "호", "숲", "달", "별",
    "해", "물", "길", "집",
];

/// How records are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As the program writes a new one, byte for byte.
    Canonical,
    /// As a person might who has another taste: keys in another order, other quotes and indentation, comments.
    Another,
    /// Canonical, without a statement: the letter's text names everybody.
    Listed,
}

/// Which registry is asked for.
#[derive(Clone, Copy)]
pub struct Plan {
    pub records: usize,
    pub sharded: bool,
    pub layout: Layout,
    /// How many of the last records come in a commit of their own.
    pub commits: usize,
    /// A branch `added`, with one more who signed.
    pub added: bool,
    /// A branch `clash`, with one more whose name looks like the first one's.
    pub clash: bool,
}

impl Plan {
    pub const fn canonical(records: usize) -> Self {
        Self {
            records,
            sharded: false,
            layout: Layout::Canonical,
            commits: 0,
            added: false,
            clash: false,
        }
    }

    /// The path and the content of the record with a number.
    pub fn file(&self, number: usize) -> (String, String) {
        self.record(&self.organization(number))
    }

    /// Where a record lies, and what it says.
    fn record(&self, desk: &Desk) -> (String, String) {
        let shard = match self.sharded {
            true => format!("{}/", &desk.id[..2]),
            false => String::new(),
        };
        let content = match self.layout {
            Layout::Another => another(desk),
            Layout::Canonical | Layout::Listed => canonical(desk, self.sharded),
        };
        (
            format!("registry/signatories/{shard}{}.yaml", desk.id),
            content,
        )
    }

    fn organization(&self, number: usize) -> Desk {
        let mut desk = organization(number);
        match self.layout {
            Layout::Listed => desk.listing = crate::pen::listing(&desk.name),
            Layout::Canonical | Layout::Another => {
                desk.endorse(LETTER, TEXT, &Pen::numbered(number));
            }
        }
        desk
    }
}

/// Who an organization is, before it signs. Ids begin with 650 pairs of letters, each as often as any other; none
/// begins with `i`, whose capital looks like `l`.
fn organization(number: usize) -> Desk {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let of = |place: u32| words[number / 100_usize.pow(place) % 100];
    let [first, second, third] = [of(0), of(1), of(2)];
    let pair = number * 7 % 650;
    let letter = |index: usize| char::from(b'a' + index as u8);
    let initial = letter(if pair / 26 < 8 {
        pair / 26
    } else {
        pair / 26 + 1
    });
    let start = format!("{initial}{}", letter(pair % 26));
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let name = [start.as_str(), first, second, third]
        .map(capital)
        .join(" ");
    let id = format!("{start}-{first}-{second}-{third}");
    let mut desk = Desk::new(&id, &format!("{name} Example"));
    if number.is_multiple_of(3) {
        let korean: String = [0, 1, 2, 3]
            .iter()
            .map(|place| SYLLABLES[number / 20_usize.pow(*place) % 20])
            .collect();
        desk = desk.with("name-ko", &format!("{korean} 예시 모임 {number}"));
    }
    desk = desk.with("country", COUNTRIES[number % 20]);
    if number % 4 == 1 {
        desk = desk.with("website", &format!("https://{id}.example/"));
        desk = desk.with("domain", &format!("{id}.example"));
    }
    desk.container = match number.is_multiple_of(10) {
        true => Container::Raw,
        false => Container::Ssh,
    };
    desk
}

/// One whose name differs from the first one's in a capital `i` in the place of an `l`.
fn look_alike() -> Desk {
    let mut desk = organization(MOST + 1);
    desk.name = organization(0).name.replace("Example", "ExampIe");
    desk.endorse(LETTER, TEXT, &Pen::numbered(MOST + 1));
    desk
}

/// What is signed or listed, as it stands at the end of a record.
fn tail(desk: &Desk) -> String {
    let record = desk.record();
    let at = ["\nstatements:\n", "\nlistings:\n"].map(|key| record.find(key));
    record[at.into_iter().flatten().next().unwrap() + 1..].to_owned()
}

/// The record as the program writes a new one.
fn canonical(desk: &Desk, sharded: bool) -> String {
    let up = if sharded { "../../.." } else { "../.." };
    let mut yaml = format!(
        "# yaml-language-server: $schema={up}/schemas/signatory.schema.json\nid: {}\nname: '{}'\n",
        desk.id, desk.name
    );
    for (key, value) in &desk.details {
        yaml.push_str(&match key.as_str() {
            "name-ko" => format!("names:\n  ko: '{value}'\n"),
            "country" => format!("country: '{value}'\n"),
            _ => format!("{key}: {value}\n"),
        });
    }
    yaml + &tail(desk)
}

/// The record in one of two layouts that the program reads and does not write.
fn another(desk: &Desk) -> String {
    let odd = desk.id.bytes().map(usize::from).sum::<usize>() % 2 == 1;
    let (mark, deeper) = if odd { ("'", "    ") } else { ("\"", "  ") };
    let mut lines = vec![
        format!("id: {}", desk.id),
        format!("name: {mark}{}{mark}", desk.name),
    ];
    for (key, value) in &desk.details {
        lines.push(match key.as_str() {
            "name-ko" => format!("names:\n{deeper}ko: {mark}{value}{mark}"),
            "country" => format!("country: {mark}{value}{mark}"),
            _ => format!("{key}: {value}"),
        });
    }
    let tail = tail(desk);
    if odd {
        lines.insert(
            0,
            "# What the organization signed stands under text.".to_owned(),
        );
        // Items of a list as far left as its key.
        let tail = tail.replace("\n  ", "\n");
        return format!("{}\n\n# By its own key.\n{tail}", lines.join("\n"));
    }
    lines.swap(0, 1);
    lines.reverse();
    format!("{tail}{}\n", lines.join("\n"))
}

/// That a record is what the program's own writer makes of the same.
fn compare(desk: &Desk, sharded: bool, content: &str) {
    let of = |key: &str| desk.details.iter().find(|(name, _)| name == key);
    let value = |key: &str| of(key).map(|(_, value)| value.as_str());
    let profile = Profile {
        name: Name::parse(&desk.name).unwrap(),
        names: value("name-ko")
            .map(|name| (Language::parse("ko").unwrap(), Name::parse(name).unwrap()))
            .into_iter()
            .collect(),
        country: value("country").map(|one| Country::parse(one).unwrap()),
        website: value("website").map(|one| Website::parse(one).unwrap()),
        domain: value("domain").map(|one| Domain::parse(one).unwrap()),
    };
    let (text, signature, _) = &desk.signed[0];
    let entry = NewEntry::by_key(text, signature);
    let id = Id::parse(&desk.id).unwrap();
    let own = canonical::record(&id, &profile, &entry, sharded);
    assert_eq!(own, content, "the program writes {} otherwise", desk.id);
}

/// Writes the registry into a folder, which it makes.
pub fn write(folder: &Path, plan: &Plan) {
    assert!(plan.records <= MOST, "at most {MOST} records");
    std::fs::create_dir_all(folder).unwrap();
    git(folder, &["init", "-q", "-b", "main"]);
    let mut import = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stream = Stream {
        pipe: BufWriter::with_capacity(1 << 20, import.stdin.take().unwrap()),
        // The day after the statements, in UTC.
        time: 1_795_478_400,
    };
    stream.commit("main", "the letter");
    stream.file("registry/registry.yaml", CHARTER);
    let text = match plan.layout {
        Layout::Listed => names(plan.records),
        Layout::Canonical | Layout::Another => TEXT.to_owned(),
    };
    stream.file(&format!("registry/letters/{LETTER}/v1/en.txt"), &text);
    let letter = format!(
        "id: {LETTER}\ntitle: 'A letter'\naddressee: 'Everybody'\nauthentic: 'en'\nversions:\n  - number: 1\n    date: '2026-03-01'\n    \
         relation: first\n    provenance: native\n    texts:\n      - language: 'en'\n        file: v1/en.txt\n        digest: {}\n",
        digest(&text)
    );
    stream.file(&format!("registry/letters/{LETTER}/letter.yaml"), &letter);
    stream.commit("main", "those who signed first");
    let together = plan.records.saturating_sub(plan.commits);
    for begin in (0..plan.records).step_by(4096) {
        let numbers = begin..plan.records.min(begin + 4096);
        let made: Vec<(usize, String, (String, String))> = numbers
            .into_par_iter()
            .map(|number| {
                let desk = plan.organization(number);
                let (path, content) = plan.record(&desk);
                if plan.layout == Layout::Canonical && number % 97 == 0 {
                    compare(&desk, plan.sharded, &content);
                }
                (number, desk.id, (path, content))
            })
            .collect();
        for (number, id, (path, content)) in made {
            if number >= together {
                stream.commit("main", &format!("{id} signs"));
            }
            stream.file(&path, &content);
        }
    }
    let branches = [
        (plan.added, "added", plan.organization(MOST)),
        (plan.clash, "clash", look_alike()),
    ];
    for (_, branch, desk) in branches.into_iter().filter(|(asked, ..)| *asked) {
        stream.commit(branch, &format!("{} signs", desk.id));
        stream.pipe.write_all(b"from refs/heads/main\n").unwrap();
        let (path, content) = plan.record(&desk);
        stream.file(&path, &content);
    }
    stream.pipe.flush().unwrap();
    drop(stream);
    assert!(import.wait().unwrap().success());
    // As after a clone or `git gc`: fast-import's own deltas are only against the blob before.
    git(folder, &["repack", "-adfq"]);
}

/// The text that names everybody who is listed.
fn names(records: usize) -> String {
    let names: Vec<String> = (0..records)
        .map(|number| organization(number).name)
        .collect();
    format!("{TEXT}\n{}\n", names.join("\n"))
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    let ran = command.arg("-C").arg(folder).args(arguments).status();
    assert!(ran.unwrap().success(), "git {arguments:?}");
}

/// What fast-import reads.
struct Stream<W: Write> {
    pipe: W,
    time: u64,
}

impl<W: Write> Stream<W> {
    /// A commit on a branch, a minute after the one before.
    fn commit(&mut self, branch: &str, message: &str) {
        self.time += 60;
        let who = format!(
            "Example Maintainer <maintainer@letters.example> {} +0000",
            self.time
        );
        let length = message.len();
        write!(
            self.pipe,
            "commit refs/heads/{branch}\ncommitter {who}\ndata {length}\n{message}\n"
        )
        .unwrap();
    }

    fn file(&mut self, path: &str, content: &str) {
        let length = content.len();
        write!(
            self.pipe,
            "M 100644 inline {path}\ndata {length}\n{content}\n"
        )
        .unwrap();
    }
}
