// The signing page: asks for what a statement says, shows its exact text, makes or takes a signature, and writes the record.
// It follows docs/formats/4, 8, 12, 13 and 15. Nothing is sent anywhere and nothing is stored: what comes of it is a file.
// What the page says stands in sign.html, in its language; so does when it shows what (`data-for`, see `refresh`).
(() => {
  "use strict";

  const { subtle } = crypto;
  const $ = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const u = globalThis.undersigned;
  if (!u || !$("frame")) return;
  const frame = JSON.parse($("frame").dataset.frame);
  // A sentence of the page's language, with values in its places.
  const say = (word, ...values) => u.fill(document.querySelector(`[data-word="${word}"]`).textContent, ...values);
  const put = (id, text) => ($(id).textContent = text);
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const list = (place, items) => place.replaceChildren(...items.map((item) => make("li", {}, item)));
  const fail = (word, ...values) => {
    throw new Error(say(word, ...values));
  };

  // ---------------------------------------------------------------- PEM and PKCS#8 (RFC 7468, 5958, 8018, 8410)

  // Bytes of what is written in hexadecimal, which is how DER is read and written here.
  const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const pem = (label, bytes, width) =>
    `-----BEGIN ${label}-----\n${u.toBase64(bytes).replace(RegExp(`.{1,${width}}`, "g"), "$&\n")}-----END ${label}-----\n`;
  // The bytes in a PEM of this label, or null.
  const fromPem = (text, label) => {
    const found = RegExp(`-----BEGIN ${label}-----([^-]+)-----END ${label}-----`).exec(text);
    return found && u.fromBase64(found[1].replace(/\s/g, ""));
  };

  // In DER, an Ed25519 key as this page writes it, and as it may be found.
  const PKCS8 = bytesOf("302e020100300506032b657004220420");
  const SEED = /^30..02010[01]300506032b657004220420(.{64})/;
  // What stands in an encrypted one before the salt, and between the rounds and the initial vector: PBKDF2 with HMAC-SHA-256, AES-256-CBC.
  const PBKDF2 = "06092a864886f70d01050c";
  const SCHEME = "300c06082a864886f70d02090500301d060960864801650304012a0410";
  // 600,000 in hexadecimal.
  const ROUNDS = "0927c0";
  // Salt, rounds, initial vector and data, as this page, `undersigned keygen` and OpenSSL 3 write them.
  const LOCKED = RegExp(`${PBKDF2}30..04(?:08|10)(.{16}|.{32})020[1-3]((?:..){1,3})(?:020120)?${SCHEME}(.{32})04[4-7].(.+)$`);
  const random = (size) => crypto.getRandomValues(new Uint8Array(size));

  // The key that encrypts another, out of a passphrase.
  async function cipherKey(passphrase, salt, rounds) {
    const base = await subtle.importKey("raw", u.utf8(passphrase), "PBKDF2", false, ["deriveKey"]);
    const derivation = { name: "PBKDF2", salt, iterations: parseInt(rounds, 16), hash: "SHA-256" };
    return subtle.deriveKey(derivation, base, { name: "AES-CBC", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  // The key as `undersigned keygen` writes it. All lengths are known, so that the DER around salt, vector and data is always the same.
  async function lock(seed, passphrase) {
    const [salt, iv] = [random(16), random(16)];
    const key = await cipherKey(passphrase, salt, ROUNDS);
    const data = await subtle.encrypt({ name: "AES-CBC", iv }, key, u.concat(PKCS8, seed));
    const bytes = u.concat(
      bytesOf(`3081a4306006092a864886f70d01050d30533032${PBKDF2}30250410`), salt,
      bytesOf(`0203${ROUNDS}${SCHEME}`), iv, bytesOf("0440"), new Uint8Array(data),
    );
    return pem("ENCRYPTED PRIVATE KEY", bytes, 64);
  }

  // The PKCS#8 inside an encrypted one.
  async function unlock(bytes, passphrase) {
    const [, salt, rounds, iv, data] = LOCKED.exec(u.hex(bytes)) ?? fail("key-scheme");
    const key = await cipherKey(passphrase, bytesOf(salt), rounds);
    const opened = subtle.decrypt({ name: "AES-CBC", iv: bytesOf(iv) }, key, bytesOf(data));
    return new Uint8Array(await opened.catch(() => fail("passphrase-wrong")));
  }

  // The 32 bytes of the key that a file holds.
  async function openKey(text, passphrase) {
    const locked = fromPem(text, "ENCRYPTED PRIVATE KEY");
    const bytes = locked ? await unlock(locked, passphrase) : fromPem(text, "PRIVATE KEY") ?? fail("key-none");
    const found = SEED.exec(u.hex(bytes));
    // One wrong passphrase in 256 seems to open it, and what comes out then is no key.
    return bytesOf((found ?? fail(locked ? "passphrase-wrong" : "key-strange"))[1]);
  }

  // ---------------------------------------------------------------- keys and signatures

  const KIND = "ssh-ed25519";
  const HEAD = ["undersigned", "", "sha512"];
  const sshStrings = (...parts) => u.concat(...parts.map(u.sshString));
  const lineOf = (point) => `${KIND} ${u.toBase64(sshStrings(KIND, point))}`;

  // Somebody who can sign: the key, and what makes an SSH signature over a text (docs/formats/13-signature.md, steps 5 to 8).
  async function signerOf(seed) {
    const secret = await subtle.importKey("pkcs8", u.concat(PKCS8, seed), "Ed25519", true, ["sign"]);
    const { x } = await subtle.exportKey("jwk", secret);
    const point = u.fromBase64(`${x.replaceAll("-", "+").replaceAll("_", "/")}=`);
    const key = u.key.parse(lineOf(point));
    const sign = async (text) => {
      const hash = new Uint8Array(await subtle.digest("SHA-512", u.utf8(text)));
      const message = u.concat(u.utf8("SSHSIG"), sshStrings(...HEAD, hash));
      const signature = new Uint8Array(await subtle.sign("Ed25519", secret, message));
      const blob = sshStrings(key.blob, ...HEAD, sshStrings(KIND, signature));
      return pem("SSH SIGNATURE", u.concat(u.utf8("SSHSIG\0\0\0\x01"), blob), 70);
    };
    return { key, sign };
  }

  // ---------------------------------------------------------------- records (docs/formats/4-yaml.md, canonical layout)

  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const unquoted = (text) => text.replace(/^'(.*)'$/, "$1").replaceAll("''", "'");
  // Of 4-yaml.md, steps 20 and 21, what an id, a host or a language tag can look like.
  const MISREAD = /^(null|y(es)?|no?|true|false|on|off|\d[\d.]*(e-?\d+)?|0b[01]+|0o[0-7]+|0x[0-9a-f]+|\d{4}-\d\d?-\d\d?|.*:)$/;
  const plain = (text) => (MISREAD.test(text) ? quoted(text) : text);
  const SPELLED = { signatory: plain, website: plain, domain: plain };

  // The lines of a record from `id` to `domain`, as a statement has them.
  function detailsOf(statement) {
    let details = "";
    for (const [, key, tag, value] of statement.matchAll(/^(signatory|name|country|website|domain)(?:-(.+?))?: (.*)$/gm)) {
      if (tag && !details.includes("\nnames:")) details += "names:\n";
      details += `${tag ? `  ${plain(tag)}` : key.replace("signatory", "id")}: ${(SPELLED[key] ?? quoted)(value)}\n`;
    }
    return details;
  }

  // An entry of `statements`: literal blocks, or on one line a signature of one line.
  const block = (lines) => lines.replace(/^(?=.)/gm, "      ");
  const entryOf = (statement, signature) =>
    `  - text: |\n${block(statement)}    signature: ${signature.includes("\n") ? `|\n${block(signature)}` : `${signature}\n`}`;

  // The parts of a record: comment, details, listings, statements, attestations. After the details there is no blank line and
  // no comment. All entries begin at one depth, and all else of them stands deeper, so that another can follow the last of them.
  const LINES = "(?: +[^\\s#].*\\n)*";
  const LAYOUT = RegExp(
    `^(#.*\\n)?(id:[^]+?\\n)((?:(?:accreditations|listings):\\n${LINES})*)` +
      `(statements:\\n(?:  - text: \\|\\n(?: {4,}[^\\s#].*\\n)+)+)?((?:attestations:\\n${LINES})?)$`,
  );
  const DETAIL = /^(signatory|name|country|website|domain)\b/;
  const render = (values) => u.statement.render({ lines: Object.entries(values) });

  // A record as its parts. They are `safe` to write again only in this layout, and with the details as they would be written here.
  function readRecord(record, last) {
    const [isRead, comment, details = "", lists = "", statements, attestations] = LAYOUT.exec(record) ?? [];
    const values = Array.from(details.matchAll(/^( *)(\S+): (.+)$/gm), ([, indent, key, value]) => [
      indent ? `name-${unquoted(key)}` : key.replace(/^id$/, "signatory"), unquoted(value),
    ]);
    const profile = Object.fromEntries(last ? last.lines.filter(([key]) => DETAIL.test(key)) : values);
    const isSafe = isRead && details === detailsOf(render(profile));
    return { isSafe, profile, comment, lists, statements, attestations };
  }

  // ---------------------------------------------------------------- the record that is there

  // What an organization said so far, as the evidence of a list page gives it.
  async function deskOf(found) {
    const said = [];
    let [previous, key] = ["none", null];
    for (const { text: one } of found.statements) {
      const statement = u.statement.parse(one);
      said.push(statement);
      const due = { registry: frame.registry, signatory: found.id, sequence: String(said.length), previous };
      if (render({ ...Object.fromEntries(statement.lines), ...due }) !== one) fail("record-broken");
      if (statement.action === "remove") fail("record-removed");
      previous = await u.digest(one);
      key = statement.get("new-key") ?? key ?? statement.get("key");
    }
    const file = readRecord(found.record, said.at(-1));
    if (!file.isSafe && !key) fail("record-layout");
    return { ...found, file, said, previous, key: key && u.key.parse(key) };
  }

  // The rows of a letter's search index: id, name, other names, country, standing, version, page.
  async function rowsOf(letter) {
    const rows = [];
    for (let number = 1; number <= frame.letters[letter].index_shards; number += 1) {
      rows.push(...(await u.load(`letters/${letter}/index-${number}.js`)).rows);
    }
    return rows;
  }

  // The record of an organization on a letter's list; the index knows the page.
  async function findRecord(letter, id) {
    const row = (await rowsOf(letter)).find((one) => one[0] === id) ?? fail("record-none");
    const { signatories } = await u.load(`letters/${letter}/evidence-${row[6]}.js`);
    return deskOf(signatories.find((one) => one.id === id));
  }

  // ---------------------------------------------------------------- fields and what is wrong with them

  // docs/formats/3-characters.md, steps 1 and 2.
  const REFUSED = /(?! )[\p{C}\p{Z}\p{DI}\u2800]/u;
  const urlOf = (text) => (URL.canParse(text) ? new URL(text) : {});
  const SPELLINGS = {
    website: (value) => urlOf(value).href,
    host: (value) => (/[\s/:@?#\\]/.test(value) ? value : urlOf(`https://${value}/`).hostname),
  };

  let errors = [];
  // The field, or the button, that is at fault unless another is named.
  let blamed = null;

  // Puts words beside a field, tied to it for those who do not see them; none takes them away.
  function beside(input, kind, text) {
    const id = (one) => `${input.id}-${one}`;
    $(id(kind))?.remove();
    if (text) (input.closest("label") ?? input).after(make("p", { id: id(kind), className: kind }, text));
    input.setAttribute("aria-describedby", ["hint", "note", "error"].map(id).join(" "));
  }

  // Refuses a field, if there is a reason.
  function refuse(input, why) {
    beside(input, "error", why);
    input.ariaInvalid = !!why;
    if (why) errors.push([input, why]);
  }

  // Judges a field by its form (`data-form`, of core.js), and leaves its value in Form C and in its one spelling.
  function take(input) {
    const { form } = input.dataset;
    const typed = input.value.trim();
    const normal = typed.normalize("NFC");
    const value = SPELLINGS[form]?.(normal) ?? normal;
    beside(input, "note", value !== typed && say("rewritten", value));
    input.value = value;
    const strange = REFUSED.exec(value)?.[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    const isRight = !value || (u.is[form]?.(value) ?? input.validity.valid);
    const word = input.validity.valueMissing ? "needed" : strange ? "character" : isRight ? "" : form;
    refuse(input, word && say(word, `U+${strange}`));
  }

  // Shows all errors of a step above it, with links to their fields.
  function tell(step) {
    const place = step.querySelector(".error-summary");
    place.hidden = !errors.length;
    place.firstChild.textContent = say("errors", errors.length);
    // A field goes by the words with which its label begins.
    const links = errors.map(([{ id, labels }, why]) =>
      make("a", { href: `#${id}` }, [labels?.[0]?.firstChild.data, why].filter(Boolean).join(": ")),
    );
    list(place.lastChild, links);
    place.focus();
  }

  // ---------------------------------------------------------------- the steps

  const about = $("step-about");
  const steps = all(".step");
  // What the organization said so far, and its record: at first a new one.
  const comment = `# yaml-language-server: $schema=${frame.sharded ? "../" : ""}../../schemas/signatory.schema.json\n`;
  let desk = { said: [], previous: "none", file: { isSafe: true, comment } };
  // Whether it endorses an earlier version.
  let hasChanged = false;
  // What it says now, line by line, all but the key.
  let draft = {};
  // The key, and what signs with it, if the page does.
  let signer = null;
  // A key made here.
  let fresh = null;
  // The statement.
  let text = "";

  const act = () => about.elements.action.value;
  const way = () => $("step-key").elements.way.value;
  const chosen = () => all("#texts-list :checked");
  const letter = () => frame.letters[$("letter").value];
  const languages = new Intl.DisplayNames(document.documentElement.lang, { type: "language" });

  // The last that the organization said of the letter.
  const newest = () => desk.said.findLast((one) => one.get("letter") === $("letter").value);

  // Shows what goes with how things stand (`data-for`), and the steps up to one.
  function refresh(step) {
    const states = [
      act(), way(), `letter-${$("letter").value}`, hasChanged && "changed", desk.key ? "signed" : "free", fresh && "fresh",
      signer?.sign ? "here" : "elsewhere", signer?.key.kind, desk.file.isSafe ? "whole" : "parts", !draft.domain && "homeless",
    ];
    for (const element of all("[data-for]")) element.hidden = element.disabled = !states.includes(element.dataset.for);
    for (const one of steps) one.hidden = steps.indexOf(one) > steps.indexOf(step);
  }

  // Goes on to a step, and fills in the sentences (`data-sentence`) that tell of what was given so far.
  async function goTo(step) {
    const key = signer?.key ?? desk.key;
    const texts = chosen().map((input) => input.parentNode.textContent).join(", ");
    const values = [
      draft.name, letter().title, letter().current, texts, key && (await u.key.fingerprint(key)),
      draft.signatory, key?.line, draft.domain || say("your-domain"),
    ];
    for (const element of all("[data-sentence]")) {
      element.dataset.sentence ||= element.textContent;
      element.textContent = u.fill(element.dataset.sentence, ...values);
    }
    refresh(step);
    step.querySelector("h2").focus();
  }

  // ---------------------------------------------------------------- step 1: what is said

  // Shows what can be endorsed of the letter.
  function showLetter() {
    const { versions, current, authentic } = letter();
    $("read").checked = false;
    const { action, texts = {} } = newest() ?? {};
    hasChanged = action === "endorse" && texts[authentic] !== versions[current][authentic];
    const choices = Object.entries(versions[current]).map(([tag, value]) => {
      const isAuthentic = tag === authentic;
      const checked = isAuthentic || tag in texts;
      // The authentic text is always endorsed.
      const fixed = isAuthentic && { ariaDisabled: "true", onclick: () => false };
      const input = make("input", { type: "checkbox", name: `text-${tag}`, value, checked, ...fixed });
      return make("label", { className: "choice" }, input, `${languages.of(tag)} (${tag})${isAuthentic ? ` — ${say("authentic")}` : ""}`);
    });
    $("texts-list").replaceChildren(...choices);
  }

  let rows = 0;
  // Adds fields for a name in another language; the first of them.
  function addName(...values) {
    rows += 1;
    const row = $("name-row").content.firstElementChild.cloneNode(true);
    const inputs = [...row.querySelectorAll("input")];
    inputs.forEach((input, at) => Object.assign(input, { id: `${input.id}-${rows}`, value: values[at] ?? "" }));
    row.querySelector("button").onclick = () => {
      row.remove();
      refresh(about);
      $("names-add").focus();
    };
    $("names-list").append(row);
    return inputs[0];
  }

  // Puts the record's details into the form; what it signed already stays as it is.
  function showDesk() {
    const { id, key: bound, said, file } = desk;
    for (const [key, value] of Object.entries(file.profile)) {
      if (key.startsWith("name-")) addName(key.slice(5), value);
      else about.elements[key].value = value;
    }
    $("organization").disabled = !!bound;
    $("id").readOnly = true;
    $("way-open-choice").checked = !!bound;
    put("record-note", say(bound ? "record-signed" : "record-listed", id, said.length));
  }

  const slug = (value) =>
    value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  let proposed = "";
  // Proposes an id until somebody types another.
  function proposeId() {
    if ($("id").value !== proposed) return;
    $("id").value = proposed = [$("name").value, $("domain").value.replace(/^www\./, "")].map(slug).find(u.is.id) ?? "";
  }

  // Judges the fields that can be filled in, the names in other languages among them.
  function takeFields() {
    for (const input of all("[data-form]:enabled")) take(input);
    const seen = new Set();
    for (const row of all(".name-row")) {
      const [tag, name] = row.querySelectorAll("input");
      name.name = `name-${tag.value}`;
      if (tag.value && seen.has(tag.value)) refuse(tag, say("language-twice"));
      seen.add(tag.value);
    }
  }

  // Writes down what the fields say, and refuses what would say nothing new, could not be accepted, or is somebody else's.
  async function takeDetails() {
    refuse($("read"), !$("read").checked && say("read"));
    takeFields();
    draft = {
      ...Object.fromEntries(new FormData(about)), ...(desk.key && desk.file.profile),
      sequence: String(desk.said.length + 1), previous: desk.previous,
      declaration: u.statement.declaration(act()),
    };
    const last = newest();
    const authority = last?.get("authority");
    const texts = chosen().map(({ value }) => value).join();
    const isSame = texts === Object.values(last?.texts ?? {}).join() && (draft.authority || authority) === authority;
    if (last?.action === act() && (isSame || act() === "withdraw")) refuse($("letter"), say("no-news"));
    // The name is the record's, or stands in a listing, which is read no further than that.
    const { profile, lists } = desk.file;
    if (desk.id && !desk.key && draft.name !== profile.name && !lists.includes(`- ${quoted(draft.name)}\n`)) {
      refuse($("name"), say("name-listed", profile.name));
    }
    signer = null;
    // The key, and whatever it comes with, has the rest of the 4,096 bytes.
    if (u.utf8(render(draft)).length > 3900) refuse($("authority"), say("long"));
    if (!desk.id && !errors.length) await compareWithIndex();
  }

  // Looks for others with this id or this name.
  async function compareWithIndex() {
    const links = [];
    for (const id of Object.keys(frame.letters)) {
      for (const [signatory, name, others] of await rowsOf(id)) {
        if (signatory === draft.signatory) refuse($("id"), say("id-taken"));
        else if (![name, ...others].includes(draft.name)) continue;
        const query = new URLSearchParams({ letter: id, signatory, act: act() });
        links.push(make("a", { href: `?${query}` }, say("record-open", signatory)));
      }
    }
    list($("record-links"), links);
    put("record-note", links.length ? say("record-like") : "");
  }

  // ---------------------------------------------------------------- step 2: the key

  // Makes a key and offers its file, which must be opened again before anything is signed with it.
  async function makeKey() {
    const fields = [$("passphrase"), $("passphrase-again")];
    const [first, second] = fields.map(({ value }) => value.normalize("NFC"));
    refuse(fields[0], [...first].length < 8 && say("passphrase-short"));
    refuse(fields[1], first !== second && say("passphrase-differs"));
    if (errors.length) return;
    const seed = random(32);
    fresh = (await signerOf(seed)).key;
    download("key-download", `${draft.signatory}-key.pem`, await lock(seed, first));
    for (const field of fields) field.value = "";
    put("key-status", say("key-made", await u.key.fingerprint(fresh)));
    refresh($("step-key"));
    $("key-download").focus();
  }

  // Opens the file in a field, with the passphrase beside it.
  async function openFile(input) {
    const file = input.files[0] ?? fail("file-needed");
    const secret = $(input.id.replace("file", "passphrase"));
    const passphrase = secret.value.normalize("NFC");
    secret.value = "";
    return signerOf(await openKey(await file.slice(0, 65536).text(), passphrase));
  }

  // A public key as somebody may paste it: the line of a .pub file, or OpenSSL's PEM.
  function readPublic(typed) {
    const der = fromPem(typed, "PUBLIC KEY");
    const point = der && u.hex(der).replace(/^302a300506032b6570032100/, "");
    return u.key.parse(point ? lineOf(bytesOf(point)) : typed.trim().split(/\s+/, 2).join(" "));
  }

  // Takes the key that is to sign, if it can sign for this organization.
  async function takeKey() {
    signer = null;
    blamed = $({ make: fresh ? "again-file" : "passphrase", open: "open-file", own: "public" }[way()]);
    if (way() === "make" && !fresh) fail("key-not-yet");
    const found = way() === "own" ? { key: readPublic(blamed.value) } : await openFile(blamed);
    const { line, point } = found.key;
    // Of a key made here, the file that was saved must hold it.
    if (way() === "make" && line !== fresh.line) fail("key-not-made");
    if (desk.key && line !== desk.key.line) fail("key-other");
    // The frame holds no other keys than those of the people who keep the registry.
    if ($("frame").dataset.frame.includes(line)) fail("key-theirs");
    const weakness = u.key.weakness(point);
    if (weakness) throw new Error(weakness);
    signer = found;
    await showStatement();
  }

  // ---------------------------------------------------------------- step 3: the statement

  // Lets a link save a text as a file.
  function download(id, name, content) {
    const href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    Object.assign($(id), { href, download: name });
  }

  async function showStatement() {
    text = render({ ...draft, key: signer.key.line });
    u.statement.parse(text);
    put("statement", text);
    put("digest", await u.digest(text));
    download("statement-download", "statement.txt", text);
    $("signature").value = "";
  }

  // A signature in its one spelling (docs/formats/15-keys.md, step 16).
  function spelled(pasted) {
    const armor = fromPem(pasted, "SSH SIGNATURE");
    return armor ? pem("SSH SIGNATURE", armor, 70) : `ed25519:${pasted.replace(/\s|ed25519:/g, "")}`;
  }

  // Makes the signature, or takes one that was made elsewhere; none is believed without being checked.
  async function takeSignature() {
    if (!signer.sign) blamed = $("signature");
    const signature = signer.sign ? await signer.sign(text) : spelled($("signature").value);
    const { ok, why } = await u.signature.check(signer.key, signature, text);
    if (!ok) fail("signature-fails", why);
    showRecord(signature);
  }

  // ---------------------------------------------------------------- step 4: the record

  // Leads to the forge's page for a new file, with the record filled in where an address can hold it, or for an edit.
  function linkForge(path, record) {
    const link = $("forge-link");
    if (!link) return;
    const [, folder, file] = /^(.*)\/(.*)$/.exec(path);
    const page = (content) => u.fill(link.dataset[desk.id ? "edit" : "create"], folder, file, encodeURIComponent(content));
    const isFilled = page(record).length <= 8000;
    link.href = page(isFilled ? record : "");
    put("forge-how", say(desk.id ? "forge-edit" : isFilled ? "forge-filled" : "forge-copy"));
  }

  // Shows the record where it is safe to write, or else its parts.
  function showRecord(signature) {
    const { signatory } = draft;
    const { file } = desk;
    download("parts-statement", "statement.txt", text);
    download("parts-signature", "statement.sig", signature);
    if (!file.isSafe) return;
    const path = desk.path ?? `registry/signatories/${frame.sharded ? `${signatory.slice(0, 2)}/` : ""}${signatory}.yaml`;
    const record = [
      file.comment, detailsOf(text), file.lists, file.statements ?? "statements:\n", entryOf(text, signature), file.attestations,
    ].join("");
    put("record", record);
    put("record-path", path);
    download("record-download", `${signatory}.yaml`, record);
    linkForge(path, record);
  }

  // Copies what a button names (`data-copy`), and selects it for those whose browser does not.
  async function copy({ target: { dataset } }) {
    const source = $(dataset.copy);
    const said = await navigator.clipboard.writeText(source.textContent).then(() => "copied", () => "copy-by-hand");
    getSelection().selectAllChildren(source);
    put(`${dataset.copy}-copied`, say(said));
  }

  // ---------------------------------------------------------------- the page comes to life

  const working = $("working");
  // Does one thing at a time, and goes on if nothing is wrong; what goes wrong is said of a field, or of the button, never thrown away.
  function when(id, event, work) {
    const step = $(id).closest(".step");
    $(id).addEventListener(event, async (happened) => {
      happened.preventDefault();
      if (!working.hidden) return;
      working.hidden = false;
      errors = [];
      blamed = happened.submitter ?? $(id);
      for (const one of all("[aria-invalid=true]")) refuse(one);
      tell(step);
      try {
        await work();
        if (event === "submit" && !errors.length) await goTo(steps[steps.indexOf(step) + 1]);
      } catch (error) {
        refuse(blamed, error.message || error.name);
      }
      tell(step);
      working.hidden = true;
    });
  }

  async function start() {
    const obstacle = await u.signature.obstacle();
    if (obstacle) fail(`obstacle-${obstacle}`);
    // Sweden writes dates as statements do.
    $("date").value = new Date().toLocaleDateString("sv");
    const query = new URLSearchParams(location.search);
    const asked = query.get("letter");
    if (Object.hasOwn(frame.letters, asked)) $("letter").value = asked;
    if (query.has("signatory")) {
      // Without its record nothing can follow; the guide below says how it is done otherwise.
      desk = await findRecord($("letter").value, query.get("signatory"));
      if (query.get("act") === "withdraw" && desk.key) $("act-withdraw").checked = true;
      showDesk();
    }
    showLetter();
    refresh(about);
    $("sign").hidden = false;
  }

  when("step-about", "submit", takeDetails);
  when("step-key", "submit", takeKey);
  when("step-statement", "submit", takeSignature);
  when("key-make", "click", makeKey);
  $("sign").oninput = ({ target }) => {
    if (target.id === "letter") showLetter();
    proposeId();
    refresh(target.closest(".step"));
  };
  $("names-add").onclick = () => addName().focus();
  for (const button of all("[data-copy]")) button.onclick = copy;
  start().catch(({ message }) => {
    put("obstacle", message);
    $("obstacle").hidden = false;
  });
})();
