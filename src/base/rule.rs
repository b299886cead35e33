//! The rule table: every finding names one of these rules; `docs/rules.md` and `explain` are made from it.

use super::finding::Severity;
use Severity::{Error, Warning};

/// A fact that must not be so, in words for the person who meets it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name in every output.
    pub name: &'static str,
    /// How much a finding of it weighs unless the case says otherwise.
    pub severity: Severity,
    /// What it means and why it matters: one or two sentences.
    pub meaning: &'static str,
    /// What to do: a sentence.
    pub remedy: &'static str,
    /// The page of `docs/formats/` that has the steps.
    pub page: &'static str,
}

macro_rules! rules {
    ($($constant:ident = $name:literal, $severity:expr, $page:literal,
        $meaning:literal, $remedy:literal;)*) => {
        $(
            #[doc = $meaning]
            pub static $constant: Rule = Rule {
                name: $name,
                severity: $severity,
                meaning: $meaning,
                remedy: $remedy,
                page: $page,
            };
        )*

        /// Every rule, in the order of their names.
        pub static RULES: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    ATTESTATION_UNKNOWN_MAINTAINER = "attestation-unknown-maintainer", Error, "17-binding",
        "A statement of maintainers or observers is by somebody, or under a charter, that this registry does not know. It counts for nothing.",
        "Find out who signed it; only who stands in the charter can attest, recover and remove.";
    ATTESTATION_VANISHED = "attestation-vanished", Error, "16-history",
        "An attestation that stood in a record is gone, edited, or at another place. What a maintainer or observer saw or confirmed is kept for ever; it is taken back by a new one.",
        "Restore the attestation as it was; to take it back, its attester signs one with `method: retracted`.";
    BAD_ENTRY_REMOVED = "bad-entry-removed", Warning, "16-history",
        "Entries that never held are taken out of the end of a record. Nothing that an organization signed is lost by it, and the history shows what they were.",
        "Look at what is taken out, and why it did not hold.";
    BINDING_ONE_WAY = "binding-one-way", Error, "17-binding",
        "An observation does not show that the organization's own domain names its key for this signatory and this registry. A link that holds one way is none: anybody can name a domain, or publish a key.",
        "Let the organization publish the line `<signatory> <origin> <key>` on its domain, and observe it again.";
    CHARACTER_NOT_ALLOWED = "character-not-allowed", Error, "3-characters",
        "A name or another text of the file holds a character that cannot be seen, changes its surroundings, or has two spellings (not Form C). Two names could look the same and differ.",
        "Write the text with visible characters in Unicode Form C.";
    CHARTER_INCONSISTENT = "charter-inconsistent", Error, "7-charter",
        "The charter (registry.yaml) contradicts itself: two maintainers share an id or a key, the threshold cannot be reached, the version does not fit the statements, or the address of the repository is none that its forge has.",
        "Make the parts of registry.yaml agree.";
    CLAIMED_COUNT_MISMATCH = "claimed-count-mismatch", Error, "6-letter",
        "The text says how many organizations signed it, and the registry lists another number. A record may have been lost, or one too many added.",
        "Compare the records with the list in the text, or correct `claims` in letter.yaml.";
    CODEOWNERS_STALE = "codeowners-stale", Warning, "7-charter",
        "The file of code owners was made from registry.yaml, and is not what registry.yaml gives now. The forge may ask somebody who is a maintainer no longer, or leave one out. It changes no standing.",
        "Run `undersigned codeowners`, and propose the file by itself.";
    DATED_AFTER_COMMIT = "dated-after-commit", Warning, "16-history",
        "A statement claims a day later than that of the commit that brought it. One of the two clocks is wrong. It changes no standing.",
        "Ask the organization when it signed; nothing needs to be done if its clock was wrong.";
    DUPLICATE_DOMAIN = "duplicate-domain", Error, "11-clashes",
        "Two signatories name the same domain. One of them does not own it. It changes no standing, so that a squatter cannot knock out an owner.",
        "Find out whose domain it is, and correct the other record.";
    DUPLICATE_ID = "duplicate-id", Error, "1-tree",
        "One signatory has two records. Readers could not know which of them counts.",
        "Keep one of the two files.";
    FOREIGN_RECORD_TOUCHED = "foreign-record-touched", Error, "16-history",
        "A pull request that adds a statement of one organization also touches the record of another.",
        "Take the change of the other record out, and propose it by itself.";
    HISTORY_REWRITTEN = "history-rewritten", Error, "16-history",
        "A commit that was in the history of the registry is in it no longer: the history was rewritten, replaced or cut off. What stood there may have been taken out without a trace.",
        "Keep both copies, compare them, and ask the maintainers why.";
    ID_MISMATCH = "id-mismatch", Error, "1-tree",
        "The id inside a file is not the name of the file or folder it lies in.",
        "Rename the file, or correct the id.";
    KEY_NOT_IN_FORCE = "key-not-in-force", Error, "14-entries",
        "A statement is signed with a key that does not speak for the organization at that place of its record: the key changes only by a `rotate` that the old and the new key sign, or by a `recover` of the maintainers.",
        "Sign with the key in force, or rotate to the new key first.";
    KEY_REUSED = "key-reused", Error, "11-clashes",
        "One key signs for two organizations, so that nobody can say whose it is. Neither record counts while both have it.",
        "Make a key of its own for each organization.";
    KEY_WEAK = "key-weak", Error, "2-identifiers",
        "A key is of small order, not on the curve, or not in its canonical encoding. Signatures by such a key prove nothing: some verify over every text.",
        "Make a new key, for example with `ssh-keygen -t ed25519`.";
    LETTER_INCONSISTENT = "letter-inconsistent", Error, "6-letter",
        "letter.yaml contradicts itself: versions out of order, a relation that does not fit, or a text that is missing or named twice.",
        "Make the parts of letter.yaml agree.";
    LETTER_UNKNOWN = "letter-unknown", Error, "9-listing",
        "A record names a letter that the registry does not hold.",
        "Correct the letter's id, or add the letter first.";
    LISTING_CHANGED = "listing-changed", Error, "16-history",
        "A listing that stood in a record has another letter, version or retraction, or stands at another place. A listing says what the publisher printed; that does not change.",
        "Restore the listing; a spelling may be added to it, and `retracted` once.";
    LISTING_NOT_BOUNDED = "listing-not-bounded", Warning, "9-listing",
        "The spelling stands in the letter's text only in the middle of a line, so that it may be a part of a sentence or of a longer name.",
        "Look at the place in the text, and list the whole name as it is printed.";
    LISTING_NOT_IN_TEXT = "listing-not-in-text", Error, "9-listing",
        "A listing says that the publisher named the organization, but its spelling does not stand in the letter's text, or only as a part of another signatory's name, or the text itself is not there.",
        "Write under `as` the name exactly as the text prints it.";
    LISTING_REPEATED = "listing-repeated", Error, "8-record",
        "A record lists the same version of a letter twice, or the same spelling twice.",
        "Keep one of the two.";
    LISTING_VANISHED = "listing-vanished", Error, "16-history",
        "A listing, or a spelling under its `as`, is gone. That a publisher named an organization stays on record, also where it was wrong.",
        "Restore it, and add `retracted` with the reason where the publisher took it back.";
    LOOK_ALIKE_NAME = "look-alike-name", Warning, "11-clashes",
        "Two signatories have names that look the same, or a name mixes scripts inside a word, as imitations do. It changes no standing.",
        "Find out whether they are two organizations, and which name is whose.";
    MIXED_PULL_REQUEST = "mixed-pull-request", Error, "16-history",
        "A pull request changes things that must be looked at apart: statements of organizations, listings, a letter, the charter, or the rest of the repository.",
        "Split it into one pull request for each.";
    NOT_A_REGULAR_FILE = "not-a-regular-file", Error, "1-tree",
        "Under registry/ lies something other than a plain file: a symbolic link, an executable, a submodule, or a pointer to content that is elsewhere.",
        "Replace it with a plain file (mode 100644) that holds the content itself.";
    PATH_COLLISION = "path-collision", Error, "1-tree",
        "Two paths are the same on file systems that fold case or normalize Unicode; a checkout there would lose one of them.",
        "Rename one of the two.";
    PATH_NOT_ALLOWED = "path-not-allowed", Error, "1-tree",
        "A file or folder lies where the registry has no place for it, so that nothing would judge it.",
        "Move it to its place, or out of registry/.";
    POLICY_CHANGED_WITHOUT_THRESHOLD = "policy-changed-without-threshold", Error, "16-history",
        "The charter changed, and no `govern` statement by enough maintainers adopts it; or a superseded charter is gone. Whoever changes it decides whose keys count.",
        "Restore registry.yaml, and let the maintainers sign the change.";
    PRIVATE_KEY_IN_REPOSITORY = "private-key-in-repository", Error, "1-tree",
        "A private key lies in the repository. Whoever can read it can sign for whoever it belongs to, also after it is taken out: it stays in the history.",
        "Take it out, tell whose it is, and have it changed with `undersigned rotate`.";
    RECORD_DISAGREES_WITH_STATEMENT = "record-disagrees-with-statement", Error, "14-entries",
        "The record, or a later statement that changes nothing, gives another name or other details than those that the organization signed.",
        "Write exactly what the newest statement says; the organization changes it with `amend`.";
    RECORD_TOO_LARGE = "record-too-large", Error, "1-tree",
        "A file is larger than its kind may be; its content was not read.",
        "Make the file smaller.";
    RECORD_VANISHED = "record-vanished", Error, "16-history",
        "The record of an organization is gone, or can no longer be read. Nobody may remove it: an organization withdraws by a statement, and maintainers remove by one that gives a reason.",
        "Restore the record from the commit before.";
    SCHEMA_COPY_DIFFERS = "schema-copy-differs", Warning, "1-tree",
        "A schema in the repository is not the one in this program. The program's own schemas decide; editors would show something else.",
        "Replace the copy with the schema of the program's version in use.";
    SCHEMA_VIOLATION = "schema-violation", Error, "8-record",
        "A file has a key too many or too few, or a value of another form than the schema asks for.",
        "Compare the file with the schema in schemas/.";
    SIGNATURE_DOES_NOT_HOLD = "signature-does-not-hold", Error, "13-signature",
        "The signature is not one over exactly this text, by exactly this key, for this purpose. Nobody endorsed anything by it.",
        "Sign the exact text again, as it stands here to its last line feed.";
    SIGNATURE_MALFORMED = "signature-malformed", Error, "13-signature",
        "What stands where a signature belongs is in neither of the two forms: an SSH signature in its armor, or `ed25519:` and 88 characters of base64.",
        "Paste the signature whole and unchanged.";
    STATEMENT_CHANGED = "statement-changed", Error, "16-history",
        "A statement that stood in a record was edited or moved. What an organization signed stays as it was, and where it was.",
        "Restore the statement from the commit before; a correction is a new statement.";
    STATEMENT_FOR_OTHER_REGISTRY = "statement-for-other-registry", Error, "14-entries",
        "The statement names another registry. What an organization signs for one registry says nothing in another.",
        "Sign a statement that names this registry's origin.";
    STATEMENT_FOR_OTHER_SIGNATORY = "statement-for-other-signatory", Error, "14-entries",
        "The statement names another signatory than the record that it stands in.",
        "Move it to the record of that signatory, or sign one for this.";
    STATEMENT_MALFORMED = "statement-malformed", Error, "12-statement",
        "What stands where a statement belongs is not one: a line is missing, too many, out of order, or in another spelling than the one that is signed.",
        "Paste the statement exactly as it was signed; a statement that was signed so must be made and signed anew.";
    STATEMENT_OUT_OF_SEQUENCE = "statement-out-of-sequence", Error, "14-entries",
        "The statement's `sequence` or `previous` does not follow from the statement before it: one was left out, repeated, moved or replayed.",
        "Restore the statements in the order in which they were signed; sign the newest again if it was made for another place.";
    STATEMENT_VANISHED = "statement-vanished", Error, "16-history",
        "A statement that stood in a record is gone. Without it the organization seems never to have said it.",
        "Restore the statement from the commit before; an organization withdraws by a new statement.";
    TEXT_CHANGED_AFTER_PUBLICATION = "text-changed-after-publication", Error, "16-history",
        "A text, or what letter.yaml fixes about a version, changed or is gone after it was published here. Those who endorsed it endorsed what stood there before.",
        "Restore the text and letter.yaml from the commit before; a corrected text is a new version.";
    TEXT_DIGEST_MISMATCH = "text-digest-mismatch", Error, "5-text",
        "The text is missing, or its bytes are not those whose digest letter.yaml states; or a statement endorses a digest that no text of the letter has. Whoever endorsed the letter endorsed the bytes with that digest.",
        "Restore the exact text; a corrected text is a new version.";
    TEXT_NOT_CLEAN = "text-not-clean", Error, "5-text",
        "A letter's text holds something that readers and programs could take in two ways: invisible characters, a byte order mark, carriage returns, trailing blanks, or another end than one line feed.",
        "Clean the text before anybody signs it.";
    TEXT_REPEATED = "text-repeated", Error, "11-clashes",
        "The authentic text of one version has the same bytes as another text of the registry, so that its digest does not say which letter and version is meant.",
        "Remove the letter or version that repeats the text.";
    THRESHOLD_NOT_REACHED = "threshold-not-reached", Error, "18-maintainers",
        "Fewer maintainers signed a `recover` or `remove` than the charter that it names asks for. What maintainers do to an organization they do together.",
        "Let more of them sign the same text before it enters the registry.";
    UNBOUND_WITHDRAWAL = "unbound-withdrawal", Warning, "14-entries",
        "On a record that the publisher's listing made, a key that nobody has tied to the organization withdraws what it never endorsed. It changes no standing: a stranger could have made it.",
        "Find out from the organization whether the key is its own.";
    USER_PRESENCE_MISSING = "user-presence-missing", Error, "13-signature",
        "A FIDO key signed, and its device says that nobody touched it. Any program on the computer could have asked for that signature.",
        "Sign again and touch the device; make the key without `no-touch-required`.";
    VERSION_UNKNOWN = "version-unknown", Error, "9-listing",
        "A record names a version that the letter does not have, or a statement names texts that are not of one version.",
        "Correct the version's number, or sign for the texts of one version.";
    YAML_NOT_PLAIN = "yaml-not-plain", Error, "4-yaml",
        "The file uses a part of YAML that readers take in different ways, or is not YAML at all. A reviewer and a program could see different records.",
        "Write plain block YAML, with every text in single quotes.";
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_stand_in_order_and_once() {
        let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }
}
