//! A history told in lines: branches, commits and merges, made in one go by `git fast-import`.

use crate::ground::{CHARTER, Ground, TEXT, listed};
use crate::pen::{Desk, Pen, digest, listing};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use undersigned::base::finding::Finding;
use undersigned::history::bench::Bench;
use undersigned::history::pull_request::PullRequest;
use undersigned::history::walk::Walk;
use undersigned::registry::commit::Commit;
use undersigned::registry::git::repository::Repository;

pub const LETTER: &str = "example-letter";
const REGULAR: &str = "100644";

/// A work tree in memory: each path with its mode and bytes, and the desks whose records lie in it.
#[derive(Clone, Default)]
pub struct Tree {
    pub files: BTreeMap<Vec<u8>, (String, Vec<u8>)>,
    pub desks: BTreeMap<String, (Desk, String)>,
    tip: Option<usize>,
}

/// A history on its way.
pub struct Story {
    pub tree: Tree,
    branch: String,
    branches: BTreeMap<String, Tree>,
    labels: BTreeMap<String, usize>,
    day: String,
    stream: Vec<u8>,
    marks: usize,
}

/// A history as a repository.
pub struct Made {
    ground: Ground,
    labels: BTreeMap<String, String>,
}

impl Tree {
    pub fn put(&mut self, path: &str, content: impl AsRef<[u8]>) {
        let file = (REGULAR.to_owned(), content.as_ref().to_vec());
        self.files.insert(path.as_bytes().to_vec(), file);
    }

    pub fn text(&self, path: &str) -> String {
        let (_, bytes) = self
            .files
            .get(path.as_bytes())
            .unwrap_or_else(|| panic!("there is no {path}"));
        String::from_utf8(bytes.clone()).unwrap()
    }

    pub fn remove(&mut self, path: &str) -> (String, Vec<u8>) {
        let gone = self.files.remove(path.as_bytes());
        gone.unwrap_or_else(|| panic!("there is no {path}"))
    }

    pub fn edit(&mut self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.put(path, text.replacen(from, to, 1));
    }

    pub fn desk(&mut self, id: &str) -> &mut Desk {
        let desk = self.desks.get_mut(id);
        &mut desk.unwrap_or_else(|| panic!("nobody is {id}")).0
    }

    /// Writes the record of a desk anew.
    pub fn write(&mut self, id: &str) {
        let (desk, path) = self.desks.get(id).unwrap();
        let (record, path) = (desk.record(), path.clone());
        self.put(&path, record);
    }

    pub fn sit(&mut self, desk: Desk) {
        let id = desk.id.clone();
        let path = format!("registry/signatories/{id}.yaml");
        self.desks.insert(id.clone(), (desk, path));
        self.write(&id);
    }

    /// A letter with one English text a version.
    pub fn letter(&mut self, id: &str, texts: &[&str]) {
        let mut yaml = format!(
            "id: {id}\ntitle: 'A letter'\naddressee: 'Everybody'\nauthentic: 'en'\nversions:\n"
        );
        for (index, text) in texts.iter().enumerate() {
            let number = index + 1;
            let relation = if index == 0 { "first" } else { "substantive" };
            self.put(&format!("registry/letters/{id}/v{number}/en.txt"), text);
            write!(
                yaml,
                "  - number: {number}\n    date: '2026-01-0{number}'\n    relation: {relation}\n    provenance: native\n    texts:\n      - language: 'en'\n        file: v{number}/en.txt\n        digest: {}\n",
                digest(text)
            )
            .unwrap();
        }
        self.put(&format!("registry/letters/{id}/letter.yaml"), yaml);
    }
}

impl Story {
    /// Before the first commit.
    pub fn empty() -> Self {
        Self {
            tree: Tree::default(),
            branch: "main".to_owned(),
            branches: BTreeMap::new(),
            labels: BTreeMap::new(),
            day: "2026-12-01".to_owned(),
            stream: Vec::new(),
            marks: 0,
        }
    }

    /// One commit, `base`: a letter that names three, of whom one signed twice; and one that nobody named and that signed twice.
    pub fn founded() -> Self {
        let mut story = Self::empty();
        let tree = &mut story.tree;
        tree.put("README.md", "# Letters\n");
        tree.put("registry/registry.yaml", CHARTER);
        tree.letter(LETTER, &[TEXT]);
        let mut forum = Desk::new("example-peace-forum", "Example Peace Forum");
        forum.listing = listing("Example Peace Forum");
        forum.endorse(LETTER, TEXT, &Pen::new(1));
        forum.withdraw(LETTER, &Pen::new(1));
        tree.sit(forum);
        let mut club =
            Desk::new("example-water-club", "Example Water Club").with("domain", "water.example");
        club.endorse(LETTER, TEXT, &Pen::new(2));
        club.rotate(&Pen::new(2), &Pen::new(3));
        tree.sit(club);
        for (id, name) in [
            ("example-hill-forum", "Example Hill Forum"),
            ("forum", "Forum"),
        ] {
            let mut desk = Desk::new(id, name);
            desk.listing = listing(name);
            tree.sit(desk);
            assert_eq!(
                tree.text(&format!("registry/signatories/{id}.yaml")),
                listed(id, name, name)
            );
        }
        story.commit("base", &[]);
        story
    }

    /// A commit of the tree as it is, on the branch as it is, with further parents.
    pub fn commit(&mut self, label: &str, others: &[&str]) {
        self.commit_files(label, others, None);
    }

    /// The same where only the records of some differ from the commit before, which is quicker in a large tree.
    pub fn commit_changes(&mut self, label: &str, ids: &[&str]) {
        let paths = ids
            .iter()
            .map(|id| self.tree.desks[*id].1.clone().into_bytes());
        let paths: BTreeSet<Vec<u8>> = paths.collect();
        self.commit_files(label, &[], Some(&paths));
    }

    fn commit_files(&mut self, label: &str, others: &[&str], only: Option<&BTreeSet<Vec<u8>>>) {
        self.marks += 1;
        let mark = self.marks;
        let known = self.labels.insert(label.to_owned(), mark);
        assert!(known.is_none(), "{label} stands twice");
        // The time is that of the day's noon; fast-import reads the date as RFC 2822 has it.
        let date = self.day.clone();
        let mut head = format!("commit refs/heads/{}\nmark :{mark}\n", self.branch);
        for who in ["author", "committer"] {
            writeln!(
                head,
                "{who} Example Maintainer <maintainer@letters.example> {} +0000",
                seconds(&date)
            )
            .unwrap();
        }
        write!(head, "data {}\n{label}\n", label.len()).unwrap();
        if let Some(tip) = self.tree.tip {
            writeln!(head, "from :{tip}").unwrap();
        }
        for other in others {
            writeln!(head, "merge :{}", self.mark(other)).unwrap();
        }
        if only.is_none() {
            head.push_str("deleteall\n");
        }
        self.stream.extend(head.bytes());
        for (path, (mode, bytes)) in &self.tree.files {
            if only.is_some_and(|only| !only.contains(path)) {
                continue;
            }
            let path = quoted(path);
            if mode == "160000" {
                self.stream
                    .extend(format!("M {mode} {} {path}\n", "1".repeat(40)).bytes());
                continue;
            }
            self.stream
                .extend(format!("M {mode} inline {path}\ndata {}\n", bytes.len()).bytes());
            self.stream.extend(bytes);
            self.stream.push(b'\n');
        }
        self.stream.push(b'\n');
        self.tree.tip = Some(mark);
        self.branches.insert(self.branch.clone(), self.tree.clone());
    }

    /// The mark of a label, or of a branch's last commit.
    fn mark(&self, name: &str) -> usize {
        let tip = self.branches.get(name).and_then(|tree| tree.tip);
        let mark = self.labels.get(name).copied().or(tip);
        mark.unwrap_or_else(|| panic!("there is no commit {name}"))
    }

    /// Goes on elsewhere: on a branch that is there, or on a new one that begins here.
    pub fn on(&mut self, branch: &str) {
        branch.clone_into(&mut self.branch);
        match self.branches.get(branch) {
            Some(tree) => self.tree = tree.clone(),
            None => drop(self.branches.insert(branch.to_owned(), self.tree.clone())),
        }
    }

    /// The tree as it lies on another branch, with the tip of this one.
    pub fn take(&mut self, branch: &str) {
        let tip = self.tree.tip;
        self.tree = self.branches.get(branch).unwrap().clone();
        self.tree.tip = tip;
    }

    /// Goes on without any commit before.
    pub fn orphan(&mut self, branch: &str) {
        branch.clone_into(&mut self.branch);
        self.tree.tip = None;
    }

    /// Takes the files that another branch has and this one lacks.
    pub fn mix(&mut self, branch: &str) {
        let other = self.branches.get(branch).unwrap().clone();
        for (path, file) in other.files {
            self.tree.files.entry(path).or_insert(file);
        }
        for (id, desk) in other.desks {
            self.tree.desks.entry(id).or_insert(desk);
        }
    }

    /// One line of a story that changes it.
    pub fn tell(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words: Vec<&str> = rest.split_whitespace().collect();
        let parts: Vec<&str> = rest.split(" | ").collect();
        let pen = |at: usize| Pen::new(words[at].parse().unwrap());
        let number = |at: usize| words[at].parse::<usize>().unwrap();
        let tree = &mut self.tree;
        match word {
            "commit" => return self.commit(words[0], &words[1..]),
            "on" => return self.on(rest),
            "orphan" => return self.orphan(rest),
            "take" => return self.take(rest),
            "mix" => return self.mix(rest),
            "day" => rest.clone_into(&mut self.day),
            "clear" => {
                *tree = Tree {
                    tip: tree.tip,
                    ..Tree::default()
                }
            }
            "put" => tree.put(&unescaped(parts[0]), unescaped(parts.get(1).unwrap_or(&""))),
            "edit" => tree.edit(parts[0], &unescaped(parts[1]), &unescaped(parts[2])),
            // In the record of somebody, wherever it lies.
            "record" => {
                let path = tree.desks[parts[0]].1.clone();
                tree.edit(&path, &unescaped(parts[1]), &unescaped(parts[2]));
            }
            "remove" => drop(tree.remove(rest)),
            "move" => {
                let file = tree.remove(words[0]);
                tree.files.insert(words[1].as_bytes().to_vec(), file);
                for (_, path) in tree.desks.values_mut().filter(|(_, path)| path == words[0]) {
                    words[1].clone_into(path);
                }
            }
            "copy" => {
                let file = tree.files[words[0].as_bytes()].clone();
                tree.files.insert(words[1].as_bytes().to_vec(), file);
            }
            "mode" => {
                let file = tree.files.get_mut(words[0].as_bytes()).unwrap();
                words[1].clone_into(&mut file.0);
            }
            "folder" => {
                let file = tree.remove(rest);
                tree.files
                    .insert(format!("{rest}/inside").into_bytes(), file);
            }
            "deep" => {
                let path = format!("{}leaf", "d/".repeat(number(0)));
                tree.put(&path, "deep\n");
            }
            "lists" => {
                let (id, name) = rest.split_once(' ').unwrap();
                let mut desk = Desk::new(id, name);
                desk.listing = listing(name);
                tree.sit(desk);
            }
            "desk" => {
                let (id, name) = rest.split_once(' ').unwrap();
                let desk = Desk::new(id, name);
                tree.desks.insert(
                    id.to_owned(),
                    (desk, format!("registry/signatories/{id}.yaml")),
                );
            }
            "endorse" => drop(tree.desk(words[0]).endorse(LETTER, TEXT, &pen(1))),
            "withdraw" => drop(tree.desk(words[0]).withdraw(LETTER, &pen(1))),
            "rotate" => drop(tree.desk(words[0]).rotate(&pen(1), &pen(2))),
            "amend" => {
                let desk = tree.desk(words[0]);
                words[2..].join(" ").clone_into(&mut desk.name);
                desk.amend(&pen(1));
            }
            // A statement that another key signed.
            "forge" => {
                let desk = tree.desk(words[0]);
                let text = desk.draft("withdraw", &[("letter", LETTER)], &pen(1));
                desk.put(text.clone(), Pen::new(99).ssh(text.as_bytes()), None);
            }
            // A rotation that the new key alone signs.
            "seize" => {
                let (old, new) = (pen(1), pen(2));
                let desk = tree.desk(words[0]);
                let text = desk.draft("rotate", &[("new-key", &new.line())], &old);
                let signature = new.ssh(text.as_bytes());
                desk.put(text, signature.clone(), Some(signature));
            }
            "cut" => tree.desk(words[0]).signed.truncate(number(1)),
            "drop" => drop(tree.desk(words[0]).signed.remove(number(1))),
            "swap" => tree.desk(words[0]).signed.swap(number(1), number(2)),
            "twice" => {
                let desk = tree.desk(words[0]);
                let again = desk.signed[number(1)].clone();
                desk.signed.push(again);
            }
            "garble" => {
                let signed = &mut tree.desk(words[0]).signed[number(1)];
                let other = Pen::new(98).ssh(signed.0.as_bytes());
                signed.1 = other;
            }
            "version" => {
                let texts: Vec<String> = (2..=number(0))
                    .map(|number| format!("{TEXT}Now for the time {number}.\n"))
                    .collect();
                let all: Vec<&str> = std::iter::once(TEXT)
                    .chain(texts.iter().map(String::as_str))
                    .collect();
                tree.letter(LETTER, &all);
            }
            "reprint" => tree.letter(LETTER, &[&TEXT.replace("peace", "war")]),
            "translate" => {
                let path = format!("registry/letters/{LETTER}/letter.yaml");
                let text = "Alle zusammen,\n\nFrieden.\n";
                let first = format!("        digest: {}\n", digest(TEXT));
                let more = format!(
                    "{first}      - language: 'de'\n        file: v1/de.txt\n        digest: {}\n",
                    digest(text)
                );
                tree.edit(&path, &first, &more);
                tree.put(&format!("registry/letters/{LETTER}/v1/de.txt"), text);
            }
            _ => panic!("nobody knows how to {word}"),
        }
        let writes = [
            "endorse", "withdraw", "rotate", "amend", "forge", "seize", "cut", "drop", "swap",
            "twice", "garble",
        ];
        if writes.contains(&word) {
            self.tree.write(words[0]);
        }
    }

    /// The repository of it.
    pub fn make(&self) -> Made {
        let ground = Ground::empty();
        ground.git(&["init", "-q", "--bare", "--template=", "-b", "main"]);
        ground.git_with(
            &["fast-import", "--quiet", "--force", "--export-marks=marks"],
            Some(&self.stream),
        );
        let marks = fs::read_to_string(ground.at("marks")).unwrap_or_default();
        let marks: BTreeMap<&str, &str> = marks
            .lines()
            .filter_map(|line| line.strip_prefix(':')?.split_once(' '))
            .collect();
        let id = |mark: &usize| marks[mark.to_string().as_str()].to_owned();
        let tips = self
            .branches
            .iter()
            .filter_map(|(name, tree)| Some((name.clone(), id(&tree.tip?))));
        let mut labels: BTreeMap<String, String> = tips.collect();
        labels.extend(
            self.labels
                .iter()
                .map(|(label, mark)| (label.clone(), id(mark))),
        );
        Made { ground, labels }
    }
}

impl Made {
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    pub fn repository(&self) -> Repository {
        Repository::open(self.ground.path()).unwrap().unwrap()
    }

    pub fn id(&self, label: &str) -> &str {
        let id = self.labels.get(label);
        id.unwrap_or_else(|| panic!("there is no commit {label}"))
    }

    pub fn commit(&self, repository: &Repository, label: &str) -> Commit {
        repository.named(self.id(label)).unwrap()
    }

    /// What an audit finds: each finding with the labels of its commit and of the one that mends it.
    pub fn audit(&self, head: &str, since: Option<&str>) -> Result<Vec<String>, String> {
        let repository = self.repository();
        let bench = Bench::new(&repository).unwrap();
        let since = since.map(|since| self.commit(&repository, since));
        let head = self.commit(&repository, head);
        let walk =
            Walk::of(&bench, &head, since.as_ref()).map_err(|error| error.what().to_owned())?;
        let label = |at: Option<usize>| match at.and_then(|at| walk.commits.get(at)) {
            Some(commit) => commit.subject.clone(),
            None => "-".to_owned(),
        };
        let mut told: Vec<String> = walk
            .deviations
            .iter()
            .map(|one| {
                let mended = match one.mended {
                    Some(_) => format!(" mended by {}", label(one.mended)),
                    None => String::new(),
                };
                format!("{} in {}{mended}", shown(&one.finding), label(one.commit))
            })
            .collect();
        told.dedup();
        Ok(told)
    }

    /// What a review finds.
    pub fn review(&self, base: &str, head: &str) -> Result<Vec<String>, String> {
        let repository = self.repository();
        let bench = Bench::new(&repository).unwrap();
        let (base, head) = (
            (base != "nothing").then(|| self.commit(&repository, base)),
            self.commit(&repository, head),
        );
        let request = PullRequest::of(&bench, base.as_ref(), &head);
        let request = request.map_err(|error| error.what().to_owned())?;
        let mut told: Vec<String> = request.findings.iter().map(shown).collect();
        told.sort();
        told.dedup();
        Ok(told)
    }
}

/// The rule with the signatory or the path; a warning has a tilde before it.
fn shown(finding: &Finding) -> String {
    let about = match &finding.signatory {
        Some(id) => id.to_string(),
        None => finding.path.clone(),
    };
    let mark = if finding.is_error() { "" } else { "~" };
    format!("{mark}{} {}", finding.rule.name, about.escape_debug())
}

/// Noon of a day of 2026, in seconds since 1970.
fn seconds(day: &str) -> u64 {
    let parts: Vec<u64> = day.split('-').map(|part| part.parse().unwrap()).collect();
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let days = before[parts[1] as usize - 1] + parts[2] - 1;
    assert_eq!(parts[0], 2026);
    1_767_225_600 + days * 86_400 + 43_200
}

/// A path as fast-import reads it.
fn quoted(path: &[u8]) -> String {
    let mut all = String::from("\"");
    for byte in path {
        match byte {
            b'"' | b'\\' => write!(all, "\\{}", *byte as char).unwrap(),
            0x20..0x7f => all.push(*byte as char),
            _ => write!(all, "\\{byte:03o}").unwrap(),
        }
    }
    all + "\""
}

pub fn unescaped(text: &str) -> String {
    // A key that a test has needs no look at by whoever checks this repository.
    text.replace("\\n", "\n").replace("{PRIVATE}", "PRIVATE")
}
