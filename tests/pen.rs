//! What an organization does at its own desk: throw-away keys, statements and signatures, made without the program.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256, Sha512};

/// A throw-away key, always the same for a number.
#[derive(Clone)]
pub struct Pen {
    key: SigningKey,
    /// A FIDO key's application.
    application: Option<&'static str>,
}

/// In which container a signature is put.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Container {
    Raw,
    Ssh,
}

/// How an SSH signature is made; a test changes one thing at a time.
#[derive(Clone)]
pub struct Making {
    pub namespace: &'static str,
    pub reserved: &'static str,
    pub hash: &'static str,
    pub version: u32,
    pub flags: u8,
    pub after: &'static [u8],
    pub width: usize,
}

pub const USUAL: Making = Making {
    namespace: "undersigned",
    reserved: "",
    hash: "sha512",
    version: 1,
    flags: 1,
    after: b"",
    width: 70,
};

pub fn string(bytes: &[u8]) -> Vec<u8> {
    let mut all = (bytes.len() as u32).to_be_bytes().to_vec();
    all.extend(bytes);
    all
}

pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub fn unbase64(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap()
}

pub fn digest(text: &str) -> String {
    let hex: String = Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256:{hex}")
}

impl Pen {
    pub fn new(number: u8) -> Self {
        Self {
            key: SigningKey::from_bytes(&[number; 32]),
            application: None,
        }
    }

    /// The same for more numbers than a byte has.
    pub fn numbered(number: usize) -> Self {
        let mut seed = [77; 32];
        seed[..8].copy_from_slice(&(number as u64).to_be_bytes());
        Self {
            key: SigningKey::from_bytes(&seed),
            application: None,
        }
    }

    /// A key that a FIDO device would hold, simulated.
    pub fn fido(number: u8) -> Self {
        Self {
            application: Some("ssh:"),
            ..Self::new(number)
        }
    }

    pub fn with_application(number: u8, application: &'static str) -> Self {
        Self {
            application: Some(application),
            ..Self::new(number)
        }
    }

    pub fn seed(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    pub fn point(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    pub fn kind(&self) -> &'static str {
        match self.application {
            Some(_) => "sk-ssh-ed25519@openssh.com",
            None => "ssh-ed25519",
        }
    }

    pub fn blob(&self) -> Vec<u8> {
        blob(self.kind(), &self.point(), self.application)
    }

    /// The public key as a statement has it.
    pub fn line(&self) -> String {
        format!("{} {}", self.kind(), base64(&self.blob()))
    }

    pub fn fingerprint(&self) -> String {
        let all = base64(&Sha256::digest(self.blob()));
        format!("SHA256:{}", all.trim_end_matches('='))
    }

    /// The private key as OpenSSL writes it.
    pub fn pem(&self) -> String {
        let der = [
            &[
                0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
            ][..],
            &self.seed(),
        ]
        .concat();
        format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            base64(&der)
        )
    }

    pub fn raw(&self, text: &[u8]) -> String {
        format!("ed25519:{}", base64(&self.key.sign(text).to_bytes()))
    }

    pub fn ssh(&self, text: &[u8]) -> String {
        self.made(text, &USUAL)
    }

    pub fn sign(&self, container: Container, text: &[u8]) -> String {
        match container {
            Container::Raw => self.raw(text),
            Container::Ssh => self.ssh(text),
        }
    }

    /// An SSH signature that is made in a given way.
    pub fn made(&self, text: &[u8], making: &Making) -> String {
        let hash: Vec<u8> = match making.hash {
            "sha256" => Sha256::digest(text).to_vec(),
            _ => Sha512::digest(text).to_vec(),
        };
        let mut message = b"SSHSIG".to_vec();
        for part in [
            making.namespace.as_bytes(),
            making.reserved.as_bytes(),
            making.hash.as_bytes(),
            &hash,
        ] {
            message.extend(string(part));
        }
        let mut inner = string(self.kind().as_bytes());
        match self.application {
            None => inner.extend(string(&self.key.sign(&message).to_bytes())),
            Some(application) => {
                let counter = 7u32.to_be_bytes();
                let mut signed = Sha256::digest(application.as_bytes()).to_vec();
                signed.push(making.flags);
                signed.extend(counter);
                signed.extend(Sha256::digest(&message));
                inner.extend(string(&self.key.sign(&signed).to_bytes()));
                inner.push(making.flags);
                inner.extend(counter);
            }
        }
        let mut all = b"SSHSIG".to_vec();
        all.extend(making.version.to_be_bytes());
        all.extend(string(&self.blob()));
        all.extend(string(making.namespace.as_bytes()));
        all.extend(string(making.reserved.as_bytes()));
        all.extend(string(making.hash.as_bytes()));
        all.extend(string(&inner));
        all.extend(making.after);
        armor(&all, making.width)
    }
}

/// A public key as SSH carries it.
pub fn blob(kind: &str, point: &[u8], application: Option<&str>) -> Vec<u8> {
    let mut all = string(kind.as_bytes());
    all.extend(string(point));
    if let Some(application) = application {
        all.extend(string(application.as_bytes()));
    }
    all
}

pub fn armor(blob: &[u8], width: usize) -> String {
    let all = base64(blob);
    let lines: Vec<&str> = all
        .as_bytes()
        .chunks(width)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n",
        lines.join("\n")
    )
}

const DECLARATIONS: [(&str, &str); 9] = [
    (
        "endorse",
        "The organization named above endorses the texts identified above and asks to be published as a signatory.",
    ),
    (
        "withdraw",
        "The organization named above withdraws its endorsement of the letter identified above and asks no longer to be published as a signatory.",
    ),
    (
        "amend",
        "The organization named above asks to be published from now on under the name and details given above.",
    ),
    (
        "rotate",
        "The organization named above speaks from now on with the new key given above and no longer with the key before it.",
    ),
    (
        "vouch",
        "The maintainer named above has confirmed by the method given above that the subject key belongs to the organization named above.",
    ),
    (
        "observe",
        "The person named above has seen the subject key published for the organization named above by the method given above.",
    ),
    (
        "recover",
        "The maintainers who sign this have confirmed that the organization named above lost its key and speaks from now on with the new key given above.",
    ),
    (
        "remove",
        "The maintainers who sign this remove the organization named above from the published list for the reason given above.",
    ),
    (
        "govern",
        "The maintainers who sign this adopt the charter identified above for this registry.",
    ),
];

const RETRACTION: &str = "The attester named above takes back the earlier attestation about the subject key and the organization named above.";

fn declaration(action: &str) -> &'static str {
    let found = DECLARATIONS.iter().find(|(name, _)| *name == action);
    found.unwrap().1
}

/// A record on its way: who it is about, and what was signed so far.
#[derive(Clone)]
pub struct Desk {
    pub origin: String,
    pub id: String,
    pub name: String,
    /// The lines from `name-*` to `domain`, and the same in the record.
    pub details: Vec<(String, String)>,
    pub container: Container,
    /// Each statement's text, signature, and countersignature.
    pub signed: Vec<(String, String, Option<String>)>,
    pub listing: String,
    /// Who signed each joint statement, by its place.
    pub joint: Vec<(usize, Vec<(String, String)>)>,
    /// Each attestation's attester, text, signature and body.
    pub attested: Vec<(String, String, String, Option<String>)>,
}

impl Desk {
    pub fn new(id: &str, name: &str) -> Self {
        Self {
            origin: "letters.example/peace".to_owned(),
            id: id.to_owned(),
            name: name.to_owned(),
            details: Vec::new(),
            container: Container::Ssh,
            signed: Vec::new(),
            listing: String::new(),
            joint: Vec::new(),
            attested: Vec::new(),
        }
    }

    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.details.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The exact text of the next statement; `lines` are those of its action alone, in order.
    pub fn draft(&self, action: &str, lines: &[(&str, &str)], pen: &Pen) -> String {
        self.draft_for(action, lines, &pen.line())
    }

    /// The same for a key that somebody else has.
    pub fn draft_for(&self, action: &str, lines: &[(&str, &str)], key: &str) -> String {
        let mut all = vec![
            ("action", action.to_owned()),
            ("registry", self.origin.clone()),
            ("signatory", self.id.clone()),
            ("name", self.name.clone()),
        ];
        let own = self.details.iter();
        all.extend(own.map(|(key, value)| (key.as_str(), value.clone())));
        let early = lines.iter().filter(|(key, _)| *key != "new-key");
        all.extend(early.map(|(key, value)| (*key, (*value).to_owned())));
        all.push(("key", key.to_owned()));
        let late = lines.iter().filter(|(key, _)| *key == "new-key");
        all.extend(late.map(|(key, value)| (*key, (*value).to_owned())));
        let before = self.signed.last().map(|(text, ..)| digest(text));
        let number = self.signed.len() + 1;
        all.push(("sequence", number.to_string()));
        all.push(("previous", before.unwrap_or_else(|| "none".to_owned())));
        all.push(("date", "2026-11-23".to_owned()));
        all.push(("declaration", declaration(action).to_owned()));
        let lines: String = all
            .iter()
            .map(|(key, value)| format!("{key}: {value}\n"))
            .collect();
        format!("undersigned statement v1\n{lines}")
    }

    /// Adds a statement with whatever signature.
    pub fn put(&mut self, text: String, signature: String, counter: Option<String>) -> &mut Self {
        self.signed.push((text, signature, counter));
        self
    }

    fn sign(&mut self, action: &str, lines: &[(&str, &str)], pen: &Pen) -> &mut Self {
        let text = self.draft(action, lines, pen);
        let signature = pen.sign(self.container, text.as_bytes());
        self.put(text, signature, None)
    }

    pub fn endorse(&mut self, letter: &str, text: &str, pen: &Pen) -> &mut Self {
        let digest = digest(text);
        self.sign("endorse", &[("letter", letter), ("text-en", &digest)], pen)
    }

    pub fn withdraw(&mut self, letter: &str, pen: &Pen) -> &mut Self {
        self.sign("withdraw", &[("letter", letter)], pen)
    }

    pub fn amend(&mut self, pen: &Pen) -> &mut Self {
        self.sign("amend", &[], pen)
    }

    pub fn rotate(&mut self, old: &Pen, new: &Pen) -> &mut Self {
        let text = self.draft("rotate", &[("new-key", &new.line())], old);
        let one = old.sign(self.container, text.as_bytes());
        let other = new.sign(self.container, text.as_bytes());
        self.put(text, one, Some(other))
    }

    /// The whole record.
    pub fn record(&self) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        let mut yaml = format!("id: {}\nname: {}\n", self.id, quoted(&self.name));
        let names = self
            .details
            .iter()
            .filter(|(key, _)| key.starts_with("name-"));
        for (number, (key, value)) in names.enumerate() {
            if number == 0 {
                yaml.push_str("names:\n");
            }
            yaml.push_str(&format!("  {}: {}\n", &key[5..], quoted(value)));
        }
        for (key, value) in &self.details {
            if !key.starts_with("name-") {
                yaml.push_str(&format!("{key}: {}\n", quoted(value)));
            }
        }
        yaml.push_str(&self.listing);
        if !self.signed.is_empty() {
            yaml.push_str("statements:\n");
        }
        for (index, (text, signature, counter)) in self.signed.iter().enumerate() {
            yaml.push_str(&format!("  - text: |\n{}", indented(text)));
            match self.joint.iter().find(|(at, _)| *at == index) {
                Some((_, all)) => yaml.push_str(&several(all)),
                None => yaml.push_str(&signature_key("signature", signature)),
            }
            if let Some(counter) = counter {
                yaml.push_str(&signature_key("countersignature", counter));
            }
        }
        if !self.attested.is_empty() {
            yaml.push_str("attestations:\n");
        }
        for (_, text, signature, body) in &self.attested {
            yaml.push_str(&format!("  - text: |\n{}", indented(text)));
            yaml.push_str(&signature_key("signature", signature));
            if let Some(body) = body {
                yaml.push_str(&format!("    body: {body}\n"));
            }
        }
        yaml
    }

    /// The exact text of an attestation about a key.
    pub fn attestation(
        &self,
        action: &str,
        (who, pen): (&str, &Pen),
        (method, evidence): (&str, &str),
        subject: &Pen,
    ) -> String {
        let own = self.attested.iter().filter(|(id, ..)| id == who);
        let before = own.clone().next_back();
        let before = before.map_or("none".to_owned(), |(_, text, ..)| digest(text));
        let mut text = format!(
            "undersigned statement v1\naction: {action}\nregistry: {}\nsignatory: {}\nname: {}\n",
            self.origin, self.id, self.name
        );
        for (key, value) in &self.details {
            text.push_str(&format!("{key}: {value}\n"));
        }
        let sentence = match method {
            "retracted" => RETRACTION,
            _ => declaration(action),
        };
        text.push_str(&format!(
            "method: {method}\nevidence: {evidence}\nmaintainer: {who}\nkey: {}\nsubject-key: {}\nsequence: {}\nprevious: {before}\ndate: 2026-11-24\ndeclaration: {sentence}\n",
            pen.line(),
            subject.line(),
            own.count() + 1,
        ));
        text
    }

    /// Adds an attestation, whatever it says.
    pub fn attest(
        &mut self,
        (who, pen): (&str, &Pen),
        text: String,
        body: Option<&str>,
    ) -> &mut Self {
        let signature = pen.ssh(text.as_bytes());
        let body = body.map(|body| base64(body.as_bytes()));
        self.attested.push((who.to_owned(), text, signature, body));
        self
    }

    pub fn vouch(&mut self, who: (&str, &Pen), method: &str, subject: &Pen) -> &mut Self {
        let text = self.attestation("vouch", who, (method, "a number known before"), subject);
        self.attest(who, text, None)
    }

    /// The line that the organization publishes on its domain.
    pub fn published(&self, subject: &Pen) -> String {
        format!("{} {} {}", self.id, self.origin, subject.line())
    }

    pub fn observe(&mut self, who: (&str, &Pen), subject: &Pen) -> &mut Self {
        let body = format!("# our keys\r\n{}\r\n", self.published(subject));
        let text = self.attestation("observe", who, ("https", &digest(&body)), subject);
        self.attest(who, text, Some(&body))
    }

    /// The exact text of a joint statement under a charter.
    pub fn joint(&self, action: &str, charter: &str, new: Option<&Pen>) -> String {
        let before = self.signed.last().map(|(text, ..)| digest(text));
        let mut text = format!(
            "undersigned statement v1\naction: {action}\nregistry: {}\nsignatory: {}\nname: {}\n",
            self.origin, self.id, self.name
        );
        for (key, value) in &self.details {
            text.push_str(&format!("{key}: {value}\n"));
        }
        text.push_str(&format!("reason: asked by letter\ncharter: {charter}\n"));
        if let Some(new) = new {
            text.push_str(&format!("new-key: {}\n", new.line()));
        }
        text.push_str(&format!(
            "sequence: {}\nprevious: {}\ndate: 2026-11-25\ndeclaration: {}\n",
            self.signed.len() + 1,
            before.unwrap_or("none".to_owned()),
            declaration(action)
        ));
        text
    }

    /// Adds a joint statement with these maintainers' signatures, and that of the new key.
    pub fn jointly(&mut self, text: String, who: &[(&str, &Pen)], new: Option<&Pen>) -> &mut Self {
        let counter = new.map(|pen| pen.ssh(text.as_bytes()));
        self.joint.push((self.signed.len(), signed_by(&text, who)));
        self.put(text, String::new(), counter)
    }

    pub fn recover(&mut self, charter: &Charter, who: &[(&str, &Pen)], new: &Pen) -> &mut Self {
        let text = self.joint("recover", &charter.digest(), Some(new));
        self.jointly(text, who, Some(new))
    }

    pub fn remove(&mut self, charter: &Charter, who: &[(&str, &Pen)]) -> &mut Self {
        let text = self.joint("remove", &charter.digest(), None);
        self.jointly(text, who, None)
    }
}

fn signed_by(text: &str, who: &[(&str, &Pen)]) -> Vec<(String, String)> {
    who.iter()
        .map(|(id, pen)| ((*id).to_owned(), pen.ssh(text.as_bytes())))
        .collect()
}

fn several(all: &[(String, String)]) -> String {
    let mut yaml = "    signatures:\n".to_owned();
    for (id, signature) in all {
        let lines: String = signature
            .lines()
            .map(|line| format!("          {line}\n"))
            .collect();
        yaml.push_str(&format!(
            "      - maintainer: {id}\n        signature: |\n{lines}"
        ));
    }
    yaml
}

/// A charter on its way: who keeps the registry, under which policy, and what adopted it.
#[derive(Clone)]
pub struct Charter {
    pub maintainers: Vec<(&'static str, Pen)>,
    pub observers: Vec<(&'static str, Pen)>,
    pub threshold: usize,
    pub observations: usize,
    pub vouches: usize,
    /// Each govern statement's text and signatures.
    pub statements: Vec<(String, Vec<(String, String)>)>,
}

impl Charter {
    pub fn new(maintainers: &[(&'static str, &Pen)]) -> Self {
        let maintainers = maintainers.iter();
        Self {
            maintainers: maintainers.map(|(id, pen)| (*id, (*pen).clone())).collect(),
            observers: Vec::new(),
            threshold: 1,
            observations: 1,
            vouches: 1,
            statements: Vec::new(),
        }
    }

    /// What has a digest.
    fn head(&self) -> String {
        let mut yaml = "origin: letters.example/peace\ntitle: 'Example letters'\n".to_owned();
        for (list, people) in [
            ("maintainers", &self.maintainers),
            ("observers", &self.observers),
        ] {
            if people.is_empty() {
                yaml.push_str(&format!("{list}: []\n"));
                continue;
            }
            yaml.push_str(&format!("{list}:\n"));
            for (id, pen) in people {
                let (first, rest) = id.split_at(1);
                let name = format!("{}{rest} Example", first.to_uppercase());
                yaml.push_str(&format!(
                    "  - id: {id}\n    name: '{name}'\n    key: {}\n",
                    pen.line()
                ));
            }
        }
        yaml + &format!(
            "policy:\n  version: {}\n  threshold: {}\n  observations: {}\n  vouches: {}\n",
            self.statements.len() + 1,
            self.threshold,
            self.observations,
            self.vouches
        )
    }

    pub fn digest(&self) -> String {
        digest(&self.head())
    }

    pub fn yaml(&self) -> String {
        let mut yaml = self.head();
        if self.statements.is_empty() {
            return yaml + "statements: []\n";
        }
        yaml.push_str("statements:\n");
        for (text, all) in &self.statements {
            yaml.push_str(&format!("  - text: |\n{}{}", indented(text), several(all)));
        }
        yaml
    }

    /// The next charter, changed by `change` and adopted by these maintainers.
    pub fn govern(&self, who: &[(&str, &Pen)], change: impl FnOnce(&mut Self)) -> Self {
        let mut next = self.clone();
        change(&mut next);
        // Its own version counts the statement that adopts it.
        next.statements.push((String::new(), Vec::new()));
        let before = self.statements.last();
        let text = format!(
            "undersigned statement v1\naction: govern\nregistry: letters.example/peace\ncharter: {}\nsequence: {}\nprevious: {}\ndate: 2026-11-25\ndeclaration: {}\n",
            next.digest(),
            self.statements.len() + 1,
            before.map_or("none".to_owned(), |(text, _)| digest(text)),
            declaration("govern")
        );
        let signed = signed_by(&text, who);
        *next.statements.last_mut().unwrap() = (text, signed);
        next
    }
}

fn signature_key(key: &str, signature: &str) -> String {
    match signature.contains('\n') {
        true => format!("    {key}: |\n{}", indented(signature)),
        false => format!("    {key}: {signature}\n"),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("      {line}\n")).collect()
}

/// A listing of version 1 of `example-letter`.
pub fn listing(spelling: &str) -> String {
    format!(
        "listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - '{}'\n",
        spelling.replace('\'', "''")
    )
}
