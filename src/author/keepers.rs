//! The demonstration's maintainers: whom they vouch for and observe, whose key they recover, whom they remove, and the
//! charter that they adopt.

use super::demo::LETTER;
use super::draft::Desk;
use super::edit::Edit;
use super::governing::Change;
use super::joint::{charter, joint};
use super::proposal::{propose, propose_attestation};
use super::stage::{Action, Stage};
use super::testimony::{Testimony, attester};
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::encoding::encode_base64;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::prose::Remark;
use crate::identity::published::{Link, withdrawal};
use crate::record::canonical::NewEntry;
use crate::record::charter::Charter;
use crate::record::schema::Schemas;
use crate::registry::layout::CHARTER;
use crate::registry::owners::GITHUB;
use crate::signature::secret::Secret;
use crate::statement::method::Method;
use crate::statement::write::render;
use std::collections::BTreeMap;

/// Who keeps the demonstration's registry: ids, names, and the names of their keys.
const ALICE: (&str, &str) = ("alice", "Alice Example");
const BOB: (&str, &str) = ("bob", "Bob Example");
const OLGA: (&str, &str) = ("olga", "Olga Example");

impl Stage {
    /// Everything that maintainers do, in order.
    pub(super) fn maintain(&mut self) -> Result<(), Error> {
        self.first_maintainers()?;
        self.vouch("example-hill-forum", "2026-02-11")?;
        self.endorse_with_domain("example-sea-club", "Example Sea Club", "sea", "2026-02-12")?;
        self.observe("example-sea-club", "2026-02-13")?;
        self.endorse(
            "example-fen-forum",
            "Example Fen Forum",
            "fen",
            "2026-02-14",
        )?;
        let reason = "the laptop with the key was stolen; told at a visit";
        self.jointly("example-fen-forum", reason, Some("fen-new"), "2026-02-15")?;
        self.endorse(
            "example-fog-circle",
            "Example Fog Circle",
            "fog",
            "2026-02-16",
        )?;
        let reason = "nobody by that name exists, say those whom its record names";
        self.jointly("example-fog-circle", reason, None, "2026-02-17")?;
        self.govern("2026-02-18")
    }

    /// They enter by a plain commit of their own, since nobody could sign for them.
    fn first_maintainers(&mut self) -> Result<(), Error> {
        let mut people = [String::new(), String::new()];
        for (list, (id, name)) in [(0, ALICE), (0, BOB), (1, OLGA)] {
            let key = self.key(id)?.public();
            let person = format!("  - id: {id}\n    name: '{name}'\n    key: {key}\n");
            if let Some(list) = people.get_mut(list) {
                list.push_str(&person);
            }
        }
        let [maintainers, observers] = people;
        let now = self.text(CHARTER);
        let new = now
            .replace(
                "maintainers: []\n",
                &format!("maintainers:\n{maintainers}observers:\n{observers}"),
            )
            .replace("threshold: 1", "threshold: 2");
        let edit = Edit {
            path: CHARTER.to_owned(),
            before: None,
            after: new.into_bytes(),
        };
        self.commit("main", "The first maintainers", "2026-02-10", vec![edit]);
        let page = GITHUB.page(&self.charter()?.maintainers);
        let edit = Edit {
            path: GITHUB.path.to_owned(),
            before: None,
            after: page.into_bytes(),
        };
        self.commit("main", "Code owners", "2026-02-10", vec![edit]);
        Ok(())
    }

    fn vouch(&mut self, id: &str, date: &'static str) -> Result<(), Error> {
        let testimony = Testimony {
            observes: false,
            method: Method::Phone,
            evidence: remark(
                "called the office at a number known before; they read the fingerprint back",
            )?,
        };
        self.attest(
            id,
            ALICE.0,
            (testimony, None),
            "vouched for by telephone",
            date,
        )
    }

    /// What its domain published, had anybody asked: the key, and that it withdraws.
    fn observe(&mut self, id: &str, date: &'static str) -> Result<(), Error> {
        let registry = self.registry()?;
        let desk = Desk::of(&registry, id)?;
        let origin = &self.charter()?.origin;
        let link = Link {
            signatory: &desk.id,
            origin,
            key: Testimony::subject(&desk)?,
        };
        let letter = Id::parse(LETTER).map_err(Error::new)?;
        let said = withdrawal(&desk.id, origin, &letter);
        let body = format!("{}\n{said}\n", link.line());
        let testimony = Testimony {
            observes: true,
            method: Method::Https,
            evidence: remark(&Digest::of(body.as_bytes()).to_string())?,
        };
        let body = Some(encode_base64(body.as_bytes()));
        self.attest(id, OLGA.0, (testimony, body), "seen over HTTPS", date)
    }

    fn attest(
        &mut self,
        id: &str,
        who: &str,
        (testimony, body): (Testimony, Option<String>),
        word: &str,
        date: &'static str,
    ) -> Result<(), Error> {
        let registry = self.registry()?;
        let desk = Desk::of(&registry, id)?;
        let secret = self.key(who)?;
        let person = attester(&registry, &secret.public(), testimony.observes)?;
        let text = render(&testimony.draft(&desk, person, day(date)?)?);
        let entry = NewEntry::by_key(&text, signed(secret, &text)).with_body(body);
        let record = desk
            .record
            .ok_or_else(|| Error::new("the demo lacks a record"))?;
        let edit = propose_attestation(record, &entry)?;
        self.take_in(id, word, edit, date);
        Ok(())
    }

    fn endorse_with_domain(
        &mut self,
        id: &str,
        name: &str,
        key: &str,
        date: &'static str,
    ) -> Result<(), Error> {
        let domain = Some(format!("{key}.example"));
        let edit = self.act_of((id, Some(name), domain), key, None, date, Action::Endorse)?;
        self.take_in(id, "endorse", edit, date);
        Ok(())
    }

    /// Alice and Bob together: a new key where one is named, else a removal.
    fn jointly(
        &mut self,
        id: &str,
        reason: &str,
        new: Option<&str>,
        date: &'static str,
    ) -> Result<(), Error> {
        let registry = self.registry()?;
        let desk = Desk::of(&registry, id)?;
        charter(&desk)?;
        let new = new.map(|new| self.key(new)).transpose()?;
        let new_key = new.map(Secret::public);
        let text = render(&joint(&desk, remark(reason)?, new_key, day(date)?)?);
        let counter = new.map(|secret| signed(secret, &text));
        let entry = NewEntry::by_maintainers(&text, self.both(&text)?).countersigned(counter);
        let profile = desk
            .profile()
            .ok_or_else(|| Error::new("the demo lacks a record"))?;
        let edit = propose(&desk, &profile, &entry)?;
        let word = if new.is_some() { "recover" } else { "remove" };
        self.take_in(id, word, edit, date);
        Ok(())
    }

    fn govern(&mut self, date: &'static str) -> Result<(), Error> {
        let registry = self.registry()?;
        let held = registry.charter.as_ref();
        let held = held.ok_or_else(|| Error::new("the demo lacks a charter"))?;
        let schemas = Schemas::load()?;
        let now = self.text(CHARTER);
        let contact = "contact: https://letters.example/demo/contact\nmaintainers:";
        let change = Change::of(held, &now.replacen("maintainers:", contact, 1), &schemas)?;
        let text = render(&change.statement(day(date)?));
        let entry = NewEntry::by_maintainers(&text, self.both(&text)?);
        let edits = change.edits(&entry, &now, &schemas)?;
        self.commit("main", "govern: 1", date, edits);
        Ok(())
    }

    fn both(&self, text: &str) -> Result<BTreeMap<Id, String>, Error> {
        let mut all = BTreeMap::new();
        for (id, _) in [ALICE, BOB] {
            let signature = signed(self.key(id)?, text);
            all.insert(Id::parse(id).map_err(Error::new)?, signature);
        }
        Ok(all)
    }

    fn charter(&self) -> Result<Charter, Error> {
        let registry = self.registry()?;
        let held = registry.charter.map(|held| held.charter);
        held.ok_or_else(|| Error::new("the demo lacks a charter"))
    }

    fn text(&self, path: &str) -> String {
        let bytes = self.story.files.get(path).cloned().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn signed(secret: &Secret, text: &str) -> String {
    secret.sign_ssh(text.as_bytes()).trim_end().to_owned()
}

fn remark(words: &str) -> Result<Remark, Error> {
    Remark::parse(words).map_err(Error::new)
}

fn day(date: &str) -> Result<Date, Error> {
    Date::parse(date).map_err(Error::new)
}
