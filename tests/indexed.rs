//! Reviews through an index: they say what they say without one, and an index that is not sound is not believed.

use crate::ground::{TEXT, files, here, listed};
use crate::histories::told;
use crate::pen::{Desk, Pen};
use crate::story::{LETTER, Made, Story};
use std::cell::RefCell;
use std::fs;
use std::rc::Rc;
use undersigned::base::digest::sha256;
use undersigned::history::bench::Bench;
use undersigned::history::census::Shelf;
use undersigned::history::index::{BLOCK, ENTRY, MAGIC, Pages, ROOM, seal};
use undersigned::history::indices::Indices;
use undersigned::history::pull_request::PullRequest;
use undersigned::report::review::Review;

/// What a run keeps for the next one.
#[derive(Default)]
struct Memory(RefCell<Option<Rc<Vec<u8>>>>);

impl Shelf for Memory {
    fn open(&self) -> Option<Box<dyn Pages>> {
        let kept = self.0.borrow().clone()?;
        Some(Box::new(kept))
    }

    fn keep(&self, bytes: &[u8]) {
        *self.0.borrow_mut() = Some(Rc::new(bytes.to_vec()));
    }
}

impl Memory {
    fn of(bytes: Vec<u8>) -> Rc<Self> {
        Rc::new(Self(RefCell::new(Some(Rc::new(bytes)))))
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.borrow().as_ref().unwrap().to_vec()
    }
}

/// What a review came to.
#[derive(Debug)]
struct Told {
    /// The answer for people and for programs, or why there is none, without a word about the index.
    said: String,
    from_index: bool,
    remark: Option<&'static str>,
}

fn review(made: &Made, range: &str, shelf: Option<&Rc<Memory>>) -> Told {
    let (base, head) = range.split_once("..").unwrap();
    let repository = made.repository();
    let bench = Bench::new(&repository).unwrap();
    let bench = match shelf {
        Some(shelf) => {
            let shelf: Rc<dyn Shelf> = Rc::<Memory>::clone(shelf);
            bench.with(Indices::on(shelf, 0))
        }
        None => bench,
    };
    let base = (base != "nothing").then(|| made.commit(&repository, base));
    let head = made.commit(&repository, head);
    let remark = |bench: &Bench<'_>| bench.indices.remark();
    match PullRequest::of(&bench, base.as_ref(), &head) {
        Ok(request) => {
            let told = Review {
                request: &request,
                base: base.as_ref(),
                head: &head,
            };
            let json = String::from_utf8(told.json().unwrap()).unwrap();
            let said = [told.text(false), told.markdown(), json].concat();
            assert_eq!(said.contains("is from index"), request.from_index);
            assert_eq!(said.contains("\"from_index\": true"), request.from_index);
            let lines = said.lines().filter(|line| !line.contains("is from index"));
            let lines = lines.filter(|line| !line.is_empty());
            let said = lines.collect::<Vec<_>>().join("\n");
            Told {
                said: said.replace("\"from_index\": true", "\"from_index\": false"),
                from_index: request.from_index,
                remark: remark(&bench),
            }
        }
        Err(error) => Told {
            said: error.what().to_owned(),
            from_index: false,
            remark: remark(&bench),
        },
    }
}

#[test]
fn every_story_says_the_same_through_an_index() {
    let (mut reviews, mut through) = (0, 0);
    for path in files(&here().join("tests/histories")) {
        let script = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let (made, questions) = told(&name, &script);
        // One index for all of a story's reviews: of another commit than theirs, too.
        let shared = Rc::new(Memory::default());
        for (question, _) in questions {
            let Some(range) = question.strip_prefix("review ") else {
                continue;
            };
            let without = review(&made, range, None);
            assert!(!without.from_index);
            let own = Rc::new(Memory::default());
            for shelf in [&own, &own, &shared] {
                let with = review(&made, range, Some(shelf));
                assert_eq!(with.said, without.said, "{name}: {question}");
                assert_eq!(with.remark, None, "{name}: {question}");
                through += usize::from(with.from_index);
            }
            reviews += 1;
        }
    }
    assert!(reviews > 60 && through > reviews, "{reviews} {through}");
}

fn member(number: usize) -> Desk {
    let mut desk = Desk::new(
        &format!("example-member-{number}"),
        &format!("Example Member Number {number}"),
    );
    desk = desk.with("domain", &format!("member-{number}.example"));
    desk.endorse(LETTER, TEXT, &Pen::numbered(number));
    desk
}

/// Many that signed, and branches on which somebody comes who clashes with one of them.
fn clashing() -> Made {
    let mut story = Story::founded();
    for number in 0..150 {
        story.tree.sit(member(number));
    }
    story.tree.put(
        "registry/signatories/ex/example-broken.yaml",
        "id: example-other\nname: 'Example Broken'\n",
    );
    story.commit("crowd", &[]);
    let newcomer = |name: &str| Desk::new("example-newcomer", name);
    let mut cases = Vec::new();
    let mut desk = newcomer("Examp1e Mernber Number 70");
    desk.endorse(LETTER, TEXT, &Pen::numbered(1_000));
    cases.push(("look", desk));
    let mut desk = newcomer("Example-Member: Number 71");
    desk.endorse(LETTER, TEXT, &Pen::numbered(1_000));
    cases.push(("near", desk));
    let mut desk = newcomer("Example Newcomer").with("domain", "member-72.example");
    desk.endorse(LETTER, TEXT, &Pen::numbered(1_000));
    cases.push(("domain", desk));
    let mut desk = newcomer("Example Newcomer");
    desk.endorse(LETTER, TEXT, &Pen::numbered(73));
    cases.push(("key", desk));
    for (label, desk) in cases {
        story.on("main");
        story.on(label);
        story.tree.sit(desk);
        story.commit_changes(label, &["example-newcomer"]);
    }
    story.make()
}

/// What each of the branches must be told, and of whom.
const CLASHES: [(&str, &str, &str); 4] = [
    ("look", "look-alike-name", "example-member-70"),
    ("near", "has a name like that of", "example-member-71"),
    ("domain", "duplicate-domain", "example-member-72"),
    ("key", "key-reused", "example-member-73"),
];

#[test]
fn whoever_clashes_is_found_through_an_index() {
    let made = clashing();
    let shelf = Rc::new(Memory::default());
    assert!(!review(&made, "crowd..look", Some(&shelf)).from_index);
    for (label, word, whom) in CLASHES {
        let range = format!("crowd..{label}");
        let with = review(&made, &range, Some(&shelf));
        assert!(with.from_index, "{label}");
        assert!(
            with.said.contains(word) && with.said.contains(whom),
            "{label}: {}",
            with.said
        );
        // Whose form alone is refused is told apart, and the index knows of it.
        assert!(with.said.contains("example-broken.yaml"), "{label}");
        assert_eq!(with.said, review(&made, &range, None).said);
    }
}

/// Every block, changed by one byte, and then a good review: the block was not needed, or its damage was noticed.
#[test]
fn an_index_that_is_damaged_is_noticed_and_made_anew() {
    let made = clashing();
    let shelf = Rc::new(Memory::default());
    review(&made, "crowd..look", Some(&shelf));
    let good = shelf.bytes();
    let sound: Vec<Told> = CLASHES
        .iter()
        .map(|(label, ..)| review(&made, &format!("crowd..{label}"), None))
        .collect();
    let mut bad: Vec<(String, Vec<u8>)> = Vec::new();
    for block in 0..good.len() / BLOCK {
        for at in [0, 13, ROOM - 1, ROOM, BLOCK - 1] {
            let mut bytes = good.clone();
            bytes[block * BLOCK + at] ^= 1;
            bad.push((format!("block {block}, byte {at}"), bytes));
        }
    }
    let (last, count) = (good.len() - BLOCK, good.len() / BLOCK);
    assert!(count >= 6, "{count}");
    bad.push(("nothing".to_owned(), Vec::new()));
    bad.push(("a block less".to_owned(), good[..last].to_vec()));
    bad.push((
        "a block more".to_owned(),
        [&good[..], &good[last..]].concat(),
    ));
    bad.push(("a byte less".to_owned(), good[..good.len() - 1].to_vec()));
    let mut swapped = good.clone();
    swapped[last - BLOCK..].rotate_left(BLOCK);
    bad.push(("blocks swapped".to_owned(), swapped));
    let mut noticed = 0;
    for (what, bytes) in bad {
        let mut of_this = 0;
        for ((label, ..), sound) in CLASHES.iter().zip(&sound) {
            let shelf = Memory::of(bytes.clone());
            let told = review(&made, &format!("crowd..{label}"), Some(&shelf));
            assert_eq!(told.said, sound.said, "{what}: {label}");
            // Either nothing rests on it, with a word, or every block that was read was sound.
            assert_eq!(told.remark.is_some(), !told.from_index, "{what}: {label}");
            if let Some(remark) = told.remark {
                assert!(remark.contains("damaged"));
                assert_eq!(shelf.bytes(), good, "{what}: a new one is kept");
                of_this += 1;
            }
        }
        noticed += usize::from(of_this > 0);
        let first = what.starts_with("block 0,");
        assert!(!first || of_this == CLASHES.len(), "{what}");
        let whole = !what.starts_with("block");
        assert!(!whole || of_this == CLASHES.len(), "{what}");
    }
    assert!(noticed > 5 * count / 2, "{noticed} of {}", 5 * count);
}

/// An index with another first block, and seals that fit it.
fn resealed(index: &[u8], change: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut bytes = index.to_vec();
    change(&mut bytes);
    let key = sha256(&bytes[..ROOM]);
    for (at, block) in bytes.chunks_mut(BLOCK).enumerate() {
        let key = if at == 0 { [0; 32] } else { key };
        let sealed = seal(&key, at as u64, &block[..ROOM]);
        block[ROOM..].copy_from_slice(&sealed);
    }
    bytes
}

#[test]
fn an_index_of_something_else_is_not_used() {
    let made = clashing();
    let shelf = Rc::new(Memory::default());
    review(&made, "crowd..look", Some(&shelf));
    let good = shelf.bytes();
    assert_eq!(resealed(&good, |_| ()), good);
    assert!(good.starts_with(MAGIC));
    let sound = review(&made, "crowd..key", None);
    // Another program made it: that is no damage.
    let shelf = Memory::of(resealed(&good, |bytes| bytes[24] ^= 1));
    let told = review(&made, "crowd..key", Some(&shelf));
    assert_eq!(
        (told.said, told.from_index, told.remark),
        (sound.said.clone(), false, None)
    );
    assert_eq!(shelf.bytes(), good);
    // Of a tree that this repository does not have, and of an object that is no tree.
    let blob = made
        .ground()
        .git(&["rev-parse", "main:registry/registry.yaml"]);
    let blob: Vec<u8> = (0..20)
        .map(|at| u8::from_str_radix(&blob[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    for tree in [vec![7; 20], blob] {
        let shelf = Memory::of(resealed(&good, |bytes| {
            bytes[56..76].copy_from_slice(&tree)
        }));
        let told = review(&made, "crowd..key", Some(&shelf));
        assert_eq!((&told.said, told.from_index), (&sound.said, false));
        assert!(told.remark.unwrap().contains("does not have"));
        assert_eq!(shelf.bytes(), good);
    }
    // Another format.
    let shelf = Memory::of(resealed(&good, |bytes| bytes[18] = b'2'));
    let told = review(&made, "crowd..key", Some(&shelf));
    assert!(told.remark.is_some() && told.said == sound.said);
}

/// Whoever can write into somebody's folder for caches can seal what they like: then the answer says on what it rests.
#[test]
fn a_forged_index_costs_time_or_is_told() {
    let made = clashing();
    let shelf = Rc::new(Memory::default());
    review(&made, "crowd..look", Some(&shelf));
    let good = shelf.bytes();
    let sound = review(&made, "crowd..key", None);
    let ids = u64::from_le_bytes(good[76..84].try_into().unwrap());
    let first = BLOCK * (1 + ids.div_ceil(63) as usize);
    // Every entry names one and the same record: whoever is found so is read, and has nothing in common.
    let forged = resealed(&good, |bytes| {
        for block in bytes[first..].chunks_mut(BLOCK) {
            for entry in block[..ROOM].chunks_exact_mut(ENTRY) {
                entry[8..].copy_from_slice(&[0; 4]);
            }
        }
    });
    let shelf = Memory::of(forged);
    let told = review(&made, "crowd..near", Some(&shelf));
    assert!(told.from_index && !told.said.contains("has a name like that of"));
    let told = review(&made, "crowd..key", Some(&shelf));
    assert!(told.from_index && !told.said.contains("key-reused"));
    assert!(sound.said.contains("key-reused"));
    // A number of no record, and an id that is none.
    for change in [(first + 8, 0xff_u8), (BLOCK, 0), (BLOCK + 1, b'/')] {
        let forged = resealed(&good, |bytes| {
            for block in bytes[first..].chunks_mut(BLOCK) {
                for entry in block[..ROOM].chunks_exact_mut(ENTRY) {
                    entry[8..].copy_from_slice(&[0; 4]);
                }
            }
            bytes[change.0] = change.1;
            if change.0 > first {
                for block in bytes[first..].chunks_mut(BLOCK) {
                    for entry in block[..ROOM].chunks_exact_mut(ENTRY) {
                        entry[11] = 0xff;
                    }
                }
            }
        });
        let told = review(&made, "crowd..key", Some(&Memory::of(forged)));
        assert_eq!(
            (&told.said, told.from_index),
            (&sound.said, false),
            "{change:?}"
        );
        assert!(told.remark.is_some());
    }
}

/// The base moves on: a little, and the index stays as it is; much, and it is written anew as if every record were read.
#[test]
fn an_index_follows_its_base() {
    let mut story = Story::founded();
    for number in 0..700 {
        story.tree.sit(member(number));
    }
    story.commit("crowd", &[]);
    story.tree.sit(member(700));
    story.commit("one-more", &[]);
    for number in 701..900 {
        story.tree.sit(member(number));
    }
    for number in 100..160 {
        story.tree.remove(&format!(
            "registry/signatories/example-member-{number}.yaml"
        ));
    }
    for number in 200..240 {
        let path = format!("registry/signatories/example-member-{number}.yaml");
        story
            .tree
            .edit(&path, "Example Member", "Example Former Member");
    }
    let moved = story
        .tree
        .remove("registry/signatories/example-member-300.yaml");
    let shard = "registry/signatories/ex/example-member-300.yaml";
    story.tree.put(shard, moved.1);
    story.tree.put(
        "registry/signatories/ex/example-member-301.yaml",
        "no: record\n",
    );
    story.commit("many-more", &[]);
    let mut desk = Desk::new("example-newcomer", "Example Former Mernber Number 210");
    desk.endorse(LETTER, TEXT, &Pen::numbered(100));
    story.tree.sit(desk);
    let mut desk = Desk::new("example-other", "Example: Member Number 211");
    desk.endorse(LETTER, TEXT, &Pen::numbered(2_000));
    story.tree.sit(desk);
    story.commit_changes("newcomer", &["example-newcomer", "example-other"]);
    let made = story.make();
    let shelf = Rc::new(Memory::default());
    review(&made, "crowd..one-more", Some(&shelf));
    let first = shelf.bytes();
    let told = review(&made, "one-more..many-more", Some(&shelf));
    assert!(told.from_index && told.said == review(&made, "one-more..many-more", None).said);
    assert_eq!(shelf.bytes(), first);
    let told = review(&made, "many-more..newcomer", Some(&shelf));
    let sound = review(&made, "many-more..newcomer", None);
    assert!(told.from_index && told.said == sound.said);
    assert!(
        told.said.contains("example-member-210") && told.said.contains("846 records"),
        "{}",
        told.said
    );
    // Whoever had this name has another.
    assert!(!told.said.contains("example-member-211"));
    // Whoever had this key has left.
    assert!(!told.said.contains("key-reused"));
    let fresh = Rc::new(Memory::default());
    review(&made, "many-more..newcomer", Some(&fresh));
    assert_ne!(shelf.bytes(), first);
    assert!(
        shelf.bytes() == fresh.bytes(),
        "what was advanced is what is made of every record"
    );
    let told = review(&made, "many-more..newcomer", Some(&shelf));
    assert!(told.from_index && told.said == sound.said && told.remark.is_none());
    // Back to where it began: as far as the records are many, and the same all the same.
    let told = review(&made, "crowd..one-more", Some(&shelf));
    assert_eq!(told.said, review(&made, "crowd..one-more", None).said);
}

#[test]
fn the_program_keeps_an_index_and_says_where_an_answer_rests_on_it() {
    let mut story = Story::founded();
    for number in 0..1_100 {
        let id = format!("example-member-{number}");
        let name = format!("Example Member Number {number}");
        story.tree.put(
            &format!("registry/signatories/ex/{id}.yaml"),
            listed(&id, &name, &name),
        );
    }
    story.commit("crowd", &[]);
    story.tree.put(
        "registry/signatories/ex/example-newcomer.yaml",
        "id: example-newcomer\nname: 'Examp1e Member Number 7'\n",
    );
    story.commit("newcomer", &[]);
    let made = story.make();
    let ground = made.ground();
    let range = format!("{}..{}", made.id("crowd"), made.id("newcomer"));
    let said = |arguments: &[&str], environment: &[(&str, &str)]| {
        let all = [&["review", &range], arguments].concat();
        let ran = ground.run_with(&all, environment);
        assert!(ran.code < 2, "{}", ran.stderr);
        assert!(ran.stdout.contains("example-member-7"), "{}", ran.stdout);
        (ran.stdout.contains("from index"), ran.stderr)
    };
    let nothing = String::new();
    let kept = || files(&ground.at("no-home/.cache/undersigned"));
    // Where no folder for caches can be made, everything is as it was.
    let nowhere = [("HOME", ""), ("XDG_CACHE_HOME", "relative")];
    for _ in 0..2 {
        assert_eq!(said(&[], &nowhere), (false, nothing.clone()));
        assert_eq!(
            said(&[], &[("XDG_CACHE_HOME", "/dev/null")]),
            (false, nothing.clone())
        );
        assert_eq!(said(&["--no-index"], &[]), (false, nothing.clone()));
    }
    assert!(!ground.at("no-home/.cache").exists());
    assert_eq!(said(&[], &[]), (false, nothing.clone()));
    assert_eq!(kept().len(), 1, "{:?}", kept());
    assert_eq!(said(&[], &[]), (true, nothing.clone()));
    assert_eq!(said(&["--no-index"], &[]), (false, nothing.clone()));
    assert_eq!(
        said(&["--format", "markdown"], &[]),
        (true, nothing.clone())
    );
    let told = ground.json(&["review", &range]);
    assert_eq!(told["records"]["from_index"], true);
    let told = ground.json(&["review", &range, "--no-index"]);
    assert_eq!(told["records"]["from_index"], false);
    // Another folder for caches has none.
    let elsewhere = ground.at("caches");
    let elsewhere = [("XDG_CACHE_HOME", elsewhere.to_str().unwrap())];
    assert_eq!(said(&[], &elsewhere), (false, nothing.clone()));
    assert_eq!(said(&[], &elsewhere), (true, nothing));
    let good = fs::read(&kept()[0]).unwrap();
    fs::write(&kept()[0], &good[..good.len() / 2]).unwrap();
    let (from_index, note) = said(&[], &[]);
    assert!(!from_index && note.contains("damaged"), "{note}");
    assert_eq!(fs::read(&kept()[0]).unwrap(), good);
    // What is no plain file is not read, and is replaced.
    let place = kept()[0].clone();
    fs::rename(&place, ground.at("moved")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(ground.at("moved"), &place).unwrap();
        assert!(!said(&[], &[]).0);
        assert!(fs::symlink_metadata(&place).unwrap().is_file());
    }
}
