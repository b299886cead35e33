// The signing page: asks for what a statement says, shows its exact text, makes or takes a signature, and writes the record.
// It follows docs/formats/4, 8, 12, 13 and 15. Nothing is sent anywhere and nothing is stored: what comes of it is a file.
// The words stand in the page (#words), in its language.
(function () {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const u = globalThis.undersigned;
  if (!u || !$("frame") || !$("sign")) return;
  const frame = JSON.parse($("frame").dataset.frame);
  const say = (word, ...values) => u.fill(document.querySelector(`[data-word="${word}"]`).textContent.trim(), ...values);
  const show = (id, shown) => ($(id).hidden = !shown);

  function make(tag, text, attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  // ---------------------------------------------------------------- DER and PKCS#8 (RFC 5958, 8018, 8410)

  const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

  /** The values that stand one after another, each with its tag and its body; whoever asks catches what is out of bounds. */
  function readDer(bytes) {
    const values = [];
    for (let at = 0; at < bytes.length; ) {
      const [tag, first] = bytes.slice(at, at + 2);
      const start = at + 2 + (first < 128 ? 0 : first - 128);
      const size = first < 128 ? first : parseInt(u.hex(bytes.slice(at + 2, start)), 16);
      if (!(start + size <= bytes.length)) throw new RangeError();
      values.push({ tag, body: bytes.slice(start, start + size) });
      at = start + size;
    }
    return values;
  }

  const PBES2 = "2a864886f70d01050d";
  const PBKDF2 = "2a864886f70d01050c";
  const HMACS = { "2a864886f70d0209": "SHA-256", "2a864886f70d020a": "SHA-384", "2a864886f70d020b": "SHA-512" };
  const CIPHERS = { "60864801650304012a": 256, "608648016503040116": 192, "608648016503040102": 128 };
  const ROUNDS = 600000; // 0x0927c0
  const MOST_ROUNDS = 10000000;
  /** PKCS#8 of an Ed25519 key, version 0, without the public key, is this and the 32 bytes. */
  const PKCS8 = bytesOf("302e020100300506032b657004220420");

  async function cipherKey(passphrase, salt, iterations, hash, length, use) {
    const base = await crypto.subtle.importKey("raw", u.utf8(passphrase), "PBKDF2", false, ["deriveKey"]);
    return crypto.subtle.deriveKey({ name: "PBKDF2", salt, iterations, hash }, base, { name: "AES-CBC", length }, false, [use]);
  }

  function pem(label, bytes) {
    return `-----BEGIN ${label}-----\n${u.toBase64(bytes).match(/.{1,64}/g).join("\n")}\n-----END ${label}-----\n`;
  }

  function fromPem(text, label) {
    const found = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text);
    return found && u.fromBase64(found[1].replace(/\s/g, ""));
  }

  /** The key as `undersigned keygen` writes it: PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC. */
  async function lock(seed, passphrase) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const iv = crypto.getRandomValues(new Uint8Array(16));
    const key = await cipherKey(passphrase, salt, ROUNDS, "SHA-256", 256, "encrypt");
    const data = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, u.concat(PKCS8, seed)));
    // All lengths are known, so that the DER around the three is always the same.
    const bytes = u.concat(
      bytesOf(`3081a430600609${PBES2}305330320609${PBKDF2}30250410`), salt,
      bytesOf("02030927c0300c06082a864886f70d02090500301d060960864801650304012a0410"), iv, bytesOf("0440"), data,
    );
    return pem("ENCRYPTED PRIVATE KEY", bytes);
  }

  /** The PKCS#8 inside an encrypted one. */
  async function unlock(bytes, passphrase) {
    let open;
    try {
      const [algorithm, data] = readDer(readDer(bytes)[0].body);
      const [scheme, parameters] = readDer(algorithm.body);
      const [derivation, cipher] = readDer(parameters.body).map((one) => readDer(one.body));
      const [salt, number, ...rest] = readDer(derivation[1].body);
      const rounds = parseInt(u.hex(number.body), 16);
      const hash = HMACS[u.hex(readDer(rest.find((one) => one.tag === 0x30).body)[0].body)];
      const length = CIPHERS[u.hex(cipher[0].body)];
      const isKnown = u.hex(scheme.body) === PBES2 && u.hex(derivation[0].body) === PBKDF2 && hash && length;
      if (!isKnown || !(rounds >= 1 && rounds <= MOST_ROUNDS)) throw new RangeError();
      open = async () => {
        const key = await cipherKey(passphrase, salt.body, rounds, hash, length, "decrypt");
        return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv: cipher[1].body }, key, data.body));
      };
    } catch {
      throw new Error(say("key-scheme"));
    }
    return open().catch(() => {
      throw new Error(say("passphrase-wrong"));
    });
  }

  /** The 32 bytes of an Ed25519 key in PKCS#8, of either version. */
  function seedOf(bytes, otherwise) {
    try {
      const [, algorithm, key] = readDer(readDer(bytes)[0].body);
      const [inner] = readDer(key.body);
      if (u.hex(algorithm.body) === "06032b6570" && inner.tag === 4 && inner.body.length === 32) return inner.body;
    } catch {
      // Told below.
    }
    throw new Error(say(otherwise));
  }

  /** What a key file holds. */
  async function openKey(text, passphrase) {
    if (text.includes("BEGIN OPENSSH PRIVATE KEY")) throw new Error(say("key-openssh"));
    const locked = fromPem(text, "ENCRYPTED PRIVATE KEY");
    // One passphrase in 256 seems to open it, and what comes out then is no key.
    if (locked) return seedOf(await unlock(locked, passphrase), "passphrase-wrong");
    const plain = fromPem(text, "PRIVATE KEY");
    if (!plain) throw new Error(say("key-none"));
    return seedOf(plain, "key-strange");
  }

  // ---------------------------------------------------------------- keys and signatures

  const P = (1n << 255n) - 19n;
  const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
  const BASE = [
    0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
    0x6666666666666666666666666666666666666666666666666666666666666658n,
  ];

  /** The public point of a key by RFC 8032, section 5.1.5, for browsers that do not tell it of an imported key. */
  async function pointOf(seed) {
    const half = new Uint8Array(await crypto.subtle.digest("SHA-512", seed)).slice(0, 32);
    half[0] &= 248;
    half[31] = (half[31] & 63) | 64;
    const inverse = (value) => {
      let [result, base] = [1n, ((value % P) + P) % P];
      for (let rest = P - 2n; rest > 0n; rest >>= 1n, base = (base * base) % P) if (rest & 1n) result = (result * base) % P;
      return result;
    };
    const add = ([a, b], [c, d]) => {
      const product = (((((D * a) % P) * b) % P) * ((c * d) % P)) % P;
      return [((a * d + b * c) * inverse(1n + product)) % P, ((b * d + a * c) * inverse(1n - product)) % P];
    };
    let [sum, step] = [[0n, 1n], BASE];
    for (let rest = BigInt(`0x${u.hex(half.reverse())}`); rest > 0n; rest >>= 1n, step = add(step, step)) {
      if (rest & 1n) sum = add(sum, step);
    }
    const [x, y] = sum;
    return bytesOf((y | ((x & 1n) << 255n)).toString(16).padStart(64, "0")).reverse();
  }

  function sshString(data) {
    const bytes = typeof data === "string" ? u.utf8(data) : data;
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, bytes.length);
    return u.concat(size, bytes);
  }

  const KIND = "ssh-ed25519";
  const lineOf = (point) => `${KIND} ${u.toBase64(u.concat(sshString(KIND), sshString(point)))}`;
  const armorOf = (base64) =>
    `-----BEGIN SSH SIGNATURE-----\n${base64.match(/.{1,70}/g).join("\n")}\n-----END SSH SIGNATURE-----\n`;

  /** Somebody who can sign: the key, and what makes an SSH signature over a text (docs/formats/13-signature.md, steps 5 to 8). */
  async function signerOf(seed) {
    const bytes = u.concat(PKCS8, seed);
    const told = await crypto.subtle.exportKey("jwk", await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", true, ["sign"]));
    const point = told.x
      ? u.fromBase64(`${told.x.replaceAll("-", "+").replaceAll("_", "/")}=`)
      : await pointOf(seed);
    const secret = await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", false, ["sign"]);
    bytes.fill(0);
    const key = u.key.parse(lineOf(point));
    const sign = async (text) => {
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", u.utf8(text)));
      const head = ["undersigned", "", "sha512"].map(sshString);
      const message = u.concat(u.utf8("SSHSIG"), ...head, sshString(hash));
      const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", secret, message));
      const inner = u.concat(sshString(KIND), sshString(signature));
      const blob = u.concat(u.utf8("SSHSIG"), Uint8Array.of(0, 0, 0, 1), sshString(key.blob), ...head, sshString(inner));
      return armorOf(u.toBase64(blob));
    };
    return { key, sign };
  }

  // ---------------------------------------------------------------- records (docs/formats/4-yaml.md, canonical layout)

  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const unquoted = (text) => (/^'.*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text);
  // Of 4-yaml.md, steps 20 and 21, what an id, a host or a language tag can look like.
  const MISREAD =
    /^(null|y|yes|n|no|true|false|on|off|\d+|0b[01]+|0o[0-7]+|0x[0-9a-f]+|\d+e-?\d+|\d+\.[\d.]*(e-?\d+)?|\d{4}-\d\d?-\d\d?)$/i;
  const plain = (text) => (MISREAD.test(text) ? quoted(text) : text);
  const KEYS = "id name names country website domain accreditations listings statements attestations".split(" ");
  const indented = (text) => text.replace(/\n$/, "").split("\n").map((line) => `      ${line}`);

  /** The lines from `id` to `domain`. */
  function detailLines(id, { name, names, country, website, domain }) {
    const tags = Object.keys(names).sort();
    return [
      `id: ${plain(id)}`,
      `name: ${quoted(name)}`,
      ...(tags.length ? ["names:", ...tags.map((tag) => `  ${plain(tag)}: ${quoted(names[tag])}`)] : []),
      ...(country ? [`country: ${quoted(country)}`] : []),
      ...(website ? [`website: ${website}`] : []),
      ...(domain ? [`domain: ${plain(domain)}`] : []),
    ];
  }

  function entryLines(text, signature) {
    const isBlock = signature.includes("\n");
    return ["  - text: |", ...indented(text), ...(isBlock ? ["    signature: |", ...indented(signature)] : [`    signature: ${signature}`])];
  }

  /** A record in canonical layout as its parts; null where it is in another, so that lines cannot be added safely here. */
  function readRecord(raw, texts) {
    const lines = raw.split("\n");
    if (lines.pop() !== "" || raw.includes("\r")) return null;
    const head = lines[0].startsWith("#") ? [lines.shift()] : [];
    const parts = new Map();
    let last;
    for (const line of lines) {
      const key = /^([a-z]+):( |$)/.exec(line)?.[1];
      if (key ? parts.has(key) || KEYS.indexOf(key) <= KEYS.indexOf(last) : !last || !/^ {2,}\S/.test(line)) return null;
      if (key) parts.set((last = key), []);
      parts.get(last).push(line);
    }
    const part = (key) => parts.get(key) ?? [];
    const value = (key) => unquoted((part(key)[0] ?? "").slice(key.length + 2));
    const names = Object.fromEntries(
      part("names").slice(1).map((line) => /^ +(.+?): (.*)$/.exec(line) ?? []).map(([, tag = "", name = ""]) => [unquoted(tag), unquoted(name)]),
    );
    const profile = { name: value("name"), names, country: value("country"), website: value("website"), domain: value("domain") };
    const written = KEYS.slice(0, 6).flatMap(part).join("\n");
    const statements = part("statements");
    const known = /^(statements:|  - text: \|| {4}[a-z]+:( .+)?| {6,}\S.*)$/;
    if (written !== detailLines(value("id"), profile).join("\n") || !statements.every((line) => known.test(line))) return null;
    // Read as a literal block, the statements must be those that the page was given.
    const found = statements.join("\n").split("\n  - text: |\n").slice(1);
    const same = found.every((one, at) => `${one}\n`.startsWith(`${indented(texts[at] ?? "\0").join("\n")}\n    s`));
    if (found.length !== texts.length || !same) return null;
    const listed = part("listings").flatMap((line) => /^ {6}- (.*)$/.exec(line)?.slice(1) ?? []);
    const spellings = [...new Set([profile.name, ...listed.map(unquoted)])];
    const middle = [...part("accreditations"), ...part("listings")];
    return { head, profile, spellings, middle, statements, attestations: part("attestations") };
  }

  function writeRecord({ id, profile, file, sharded, entry }) {
    const up = sharded ? "../../.." : "../..";
    const old = file ?? {
      head: [`# yaml-language-server: $schema=${up}/schemas/signatory.schema.json`], middle: [], statements: [], attestations: [],
    };
    const statements = [...(old.statements.length ? old.statements : ["statements:"]), ...entry];
    return [...old.head, ...detailLines(id, profile), ...old.middle, ...statements, ...old.attestations, ""].join("\n");
  }

  // ---------------------------------------------------------------- the record that is there

  const profileOf = (statement) => ({
    name: statement.get("name"), names: statement.names, country: statement.get("country") ?? "",
    website: statement.get("website") ?? "", domain: statement.get("domain") ?? "",
  });

  /** What an organization said so far, as the evidence of a list page gives it. */
  async function deskOf(found) {
    const texts = found.statements.map((one) => one.text);
    const said = texts.map((text) => u.statement.parse(text));
    let [previous, key] = ["none", null];
    for (const [at, one] of said.entries()) {
      const holds =
        one.get("registry") === frame.registry && one.get("signatory") === found.id &&
        one.get("sequence") === String(at + 1) && one.get("previous") === previous;
      if (!holds) throw new Error(say("record-broken"));
      if (one.action === "remove") throw new Error(say("record-removed"));
      previous = await u.digest(texts[at]);
      key = one.get("new-key") ?? key ?? one.get("key");
    }
    const file = readRecord(found.record, texts);
    if (!file && said.length === 0) throw new Error(say("record-layout"));
    const profile = said.length ? profileOf(said.at(-1)) : file.profile;
    const usual = pathOf(found.id);
    const path = found.path?.endsWith(`/${found.id}.yaml`) ? found.path : usual;
    return { id: found.id, path, file, said, previous, profile, key: key && u.key.parse(key) };
  }

  const pathOf = (id) => `registry/signatories/${frame.sharded ? `${id.slice(0, 2)}/` : ""}${id}.yaml`;

  /** Looks for an organization in the evidence of one list page, or of all. */
  async function findRecord(letter, page, id) {
    const pages = page ? [page] : Array.from({ length: frame.letters[letter].list_pages ?? 1 }, (_, at) => at + 1);
    for (const one of pages) {
      const found = (await u.load(`letters/${letter}/evidence-${one}.js`)).signatories.find((row) => row.id === id);
      if (found) return deskOf(found);
    }
    throw new Error(say("record-none"));
  }

  /** The rows of the search index that have this id or this name, where the site tells how many shards there are. */
  async function rowsLike(id, name) {
    const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
    const like = [];
    for (const [letter, { index_shards: count = 0 }] of Object.entries(frame.letters)) {
      for (let number = 1; number <= count; number += 1) {
        const { rows } = await u.load(`letters/${letter}/index-${number}.js`);
        for (const row of rows) {
          if (row[0] === id || [row[1], ...row[2]].some((one) => folded(one) === folded(name))) like.push({ letter, id: row[0], page: row[6] });
        }
      }
    }
    return like;
  }

  // ---------------------------------------------------------------- fields and what is wrong with them

  // docs/formats/3-characters.md, steps 1 and 2.
  const REFUSED =
    /\p{C}|[\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]|(?! )\p{Zs}/u;

  let errors = [];

  /** Puts words beside a field, tied to it for those who do not see them; none takes them away. */
  function beside(input, kind, text) {
    const id = `${input.id}-${kind}`;
    const place = $(id) ?? (text ? make("p", "", { id, class: kind }) : null);
    if (!place) return;
    if (!place.isConnected) (input.closest("label, fieldset") ?? input).after(place);
    place.textContent = text;
    place.hidden = !text;
    const all = ["hint", "note", "error"].map((one) => $(`${input.id}-${one}`));
    input.setAttribute("aria-describedby", all.filter((one) => one && !one.hidden).map((one) => one.id).join(" "));
    if (kind === "error") input.setAttribute("aria-invalid", String(!!text));
  }

  function refuse(input, why) {
    beside(input, "error", why ?? "");
    if (why) errors.push([input, why]);
  }

  /** The value of a field in Form C and in its one spelling; `judge` says what is wrong with it. */
  function take(input, judge, spelling = (value) => value) {
    const typed = input.value.trim();
    const value = spelling(typed.normalize("NFC"));
    beside(input, "note", value === typed ? "" : say("rewritten", value));
    input.value = value;
    const strange = REFUSED.exec(value)?.[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    refuse(input, strange ? say("character", `U+${strange}`) : judge(value));
    return value;
  }

  /** Shows all errors of a step above it, with links to their fields; whether there are none. */
  function settled(step) {
    const place = $(`${step}-errors`);
    place.replaceChildren();
    place.hidden = errors.length === 0;
    if (errors.length) {
      place.append(make("p", say("errors", errors.length)), make("ul", ""));
      for (const [input, why] of errors) {
        const item = make("li", "");
        item.append(make("a", why, { href: `#${input.id}` }));
        place.lastChild.append(item);
      }
      place.focus();
    }
    return errors.length === 0;
  }

  const must = (form, word) => (value) => (value && form(value) ? null : say(value ? word : "needed"));
  const may = (form, word) => (value) => (value && !form(value) ? say(word) : null);
  const isName = (value) => [...value].length <= 200;

  function websiteSpelling(value) {
    try {
      return value ? new URL(value).href : value;
    } catch {
      return value;
    }
  }

  function hostSpelling(value) {
    try {
      return /^[^\s/:@?#\\]+$/.test(value) ? new URL(`https://${value}/`).hostname : value;
    } catch {
      return value;
    }
  }

  // ---------------------------------------------------------------- step 1: what is said

  let desk = null; // what the organization said so far
  let draft = null; // what it says now, all but the key
  let signer = null; // the key, and what signs with it, if the page does
  let fresh = null; // a key made here that was not opened again yet
  let text = ""; // the statement

  const STEPS = ["step-about", "step-key", "step-statement", "step-record"];
  /** Shows the steps up to one, and goes there. */
  function goTo(step) {
    const at = STEPS.indexOf(step);
    STEPS.forEach((one, index) => show(one, index <= at));
    $(step).querySelector("h2").focus();
  }
  const backTo = (step) => STEPS.slice(STEPS.indexOf(step) + 1).forEach((one) => show(one, false));

  const act = () => document.querySelector("[name=act]:checked").value;
  const letterId = () => $("letter").value;
  const letter = () => frame.letters[letterId()];
  const languageName = (tag) => {
    try {
      return `${new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(tag)} (${tag})`;
    } catch {
      return tag;
    }
  };

  /** The last that the organization said of the letter, and of which version. */
  function newest() {
    const last = desk?.said.findLast((one) => one.get("letter") === letterId());
    const { versions, authentic } = letter();
    const version = last && Object.keys(versions).find((one) => versions[one][authentic] === last.texts[authentic]);
    return { last, version: Number(version) };
  }

  function showLetter() {
    const { versions, current, authentic } = letter();
    const { href, versions: older } = $("letter").selectedOptions[0].dataset;
    $("letter-link").href = href;
    $("changed-link").href = older;
    $("read").checked = false;
    const box = $("texts-list");
    box.replaceChildren();
    const endorsed = newest().last?.texts ?? {};
    for (const tag of Object.keys(versions[current]).sort()) {
      const label = make("label", "", { class: "choice" });
      const input = make("input", "", { type: "checkbox", value: tag, id: `text-${tag}` });
      input.checked = tag === authentic || tag in endorsed;
      input.disabled = tag === authentic;
      label.append(input, ` ${languageName(tag)}${tag === authentic ? ` — ${say("authentic")}` : ""}`);
      box.append(label);
    }
    showAct();
  }

  function showAct() {
    const endorses = act() === "endorse";
    const { last, version } = newest();
    show("texts", endorses);
    show("reason-field", !endorses);
    show("changed", endorses && last?.action === "endorse" && version !== letter().current);
  }

  let rows = 0;
  function addName(tag = "", name = "", fixed = false) {
    rows += 1;
    const row = make("div", "", { class: "name-row" });
    const field = (kind, value) => {
      const label = make("label", `${say(`names-${kind}`)} `);
      const input = make("input", "", { id: `names-${kind}-${rows}`, "data-kind": kind, autocomplete: "off" });
      input.value = value;
      input.readOnly = fixed;
      label.append(input);
      return label;
    };
    const remove = make("button", say("names-remove", rows), { type: "button" });
    remove.hidden = fixed;
    remove.addEventListener("click", () => {
      row.remove();
      backTo("step-about");
      $("names-add").focus();
    });
    row.append(field("tag", tag), field("name", name), remove);
    $("names-list").append(row);
    return row;
  }

  /** Puts the record's details into the form; what it signed already stays as it is. */
  function showDesk() {
    const { profile, id, said, file } = desk;
    const fixed = said.length > 0;
    for (const [key, value] of Object.entries({ ...profile, id })) {
      if (key === "names") continue;
      $(key).value = value;
      $(key).readOnly = fixed || key === "id";
      $(key).disabled = fixed && key === "country";
    }
    for (const [tag, name] of Object.entries(profile.names)) addName(tag, name, fixed);
    show("names-add", !fixed);
    show("withdraw-choice", fixed);
    const kept = fixed ? say("record-signed", id, said.length) : say("record-listed", id, file.spellings.join("”, “"));
    $("record-note").textContent = file ? kept : `${kept} ${say("record-attach")}`;
    showLetter();
  }

  function proposeId() {
    if (desk || $("id").dataset.typed) return;
    const slug = (value) =>
      value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 63).replace(/^-+|-+$/g, "");
    const [name, host] = [slug($("name").value), slug($("domain").value.replace(/^www\./, ""))];
    $("id").value = u.is.id(name) ? name : u.is.id(host) ? host : "";
  }

  /** Reads the names in other languages. */
  function takeNames() {
    const names = {};
    for (const row of document.querySelectorAll(".name-row")) {
      const [tag, name] = ["tag", "name"].map((kind) => row.querySelector(`[data-kind=${kind}]`));
      if (!tag.value.trim() && !name.value.trim()) continue;
      const known = (value) => (u.is.language(value) ? (value in names ? say("tag-twice") : null) : say("tag"));
      const key = take(tag, known);
      names[key] = take(name, must(isName, "name-long"));
    }
    return names;
  }

  function nameIsListed(value) {
    if (!desk || desk.said.length || !desk.file.middle.length) return null;
    const folded = (one) => one.replace(/\s+/g, " ");
    const known = desk.file.spellings;
    return known.some((one) => folded(one) === folded(value)) ? null : say("name-listed", known.join("”, “"));
  }

  async function takeDetails() {
    errors = [];
    const endorses = act() === "endorse";
    refuse($("read"), $("read").checked ? null : say("read"));
    const profile = {
      name: take($("name"), (value) => must(isName, "name-long")(value) ?? nameIsListed(value)),
      names: takeNames(),
    };
    const id = take($("id"), must(u.is.id, "id"));
    profile.country = $("country").value;
    profile.website = take($("website"), may(u.is.website, "website"), websiteSpelling);
    profile.domain = take($("domain"), may(u.is.host, "domain"), hostSpelling);
    const chosen = [...document.querySelectorAll("#texts input:checked")].map((input) => input.value);
    const texts = endorses ? Object.fromEntries(chosen.map((tag) => [tag, letter().versions[letter().current][tag]])) : {};
    const authority = take($("authority"), () => null);
    const reason = endorses ? "" : take($("reason"), () => null);
    const date = take($("date"), must(u.is.date, "date"));
    const { last } = newest();
    const same = (a, b) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
    if (endorses && last?.action === "endorse" && same(last.texts, texts) && (!authority || authority === last.get("authority"))) {
      refuse($("letter"), say("no-news"));
    } else if (!endorses && last?.action === "withdraw") {
      refuse($("letter"), say("withdrawn-already"));
    } else {
      refuse($("letter"), null);
    }
    if (!desk && errors.length === 0) await compareWithIndex(id, profile.name);
    if (!settled("about")) return;
    draft = { act: act(), letter: letterId(), id, profile, texts, authority, reason, date };
    const size = u.utf8(write("")).length;
    if (size > 3900) {
      refuse($("authority"), say("long"));
      settled("about");
      return;
    }
    const inForce = desk?.key;
    show("way-make", !inForce);
    if (inForce) {
      $("key-in-force").textContent = say("key-in-force", await u.key.fingerprint(inForce));
      if (way() === "make") $("way-open-choice").checked = true;
    }
    show("key-in-force", !!inForce);
    showWay();
    goTo("step-key");
  }

  async function compareWithIndex(id, name) {
    const like = await rowsLike(id, name).catch(() => []);
    const links = $("record-links");
    links.replaceChildren();
    for (const row of like) {
      const query = new URLSearchParams({ letter: row.letter, signatory: row.id, page: row.page, act: act() });
      const item = make("li", "");
      item.append(make("a", say("record-open", row.id), { href: `?${query}` }));
      links.append(item);
    }
    if (like.some((row) => row.id === id)) refuse($("id"), say("id-taken"));
    $("record-note").textContent = like.length ? say("record-like") : "";
  }

  /** The statement's text; by an empty key the text without one, to see how long it is. */
  function write(key) {
    const { profile } = draft;
    const tagged = (kind, values) => Object.entries(values).map(([tag, value]) => [`${kind}-${tag}`, value]);
    return u.statement.render({
      lines: [
        ["action", draft.act], ["registry", frame.registry], ["signatory", draft.id],
        ["name", profile.name], ...tagged("name", profile.names),
        ["country", profile.country], ["website", profile.website], ["domain", profile.domain],
        ["letter", draft.letter], ...tagged("text", draft.texts),
        ["reason", draft.reason], ["authority", draft.authority], ["key", key],
        ["sequence", String((desk?.said.length ?? 0) + 1)], ["previous", desk?.previous ?? "none"],
        ["date", draft.date], ["declaration", u.statement.declaration(draft.act)],
      ],
    });
  }

  // ---------------------------------------------------------------- step 2: the key

  const way = () => document.querySelector("[name=way]:checked").value;
  function showWay() {
    for (const one of ["make", "open", "own"]) show(`way-${one}-fields`, way() === one);
    backTo("step-key");
  }

  /** Why a key cannot sign for this organization, or null. */
  function unfit(key) {
    const people = frame.charters.flatMap(({ maintainers, observers }) => Object.values({ ...observers, ...maintainers }));
    const isSame = (other) => u.equal(other.point, key.point);
    if (desk?.key && !isSame(desk.key)) return say("key-other");
    if (people.some((line) => isSame(u.key.parse(line)))) return say("key-theirs");
    return u.key.weakness(key.point);
  }

  function showStrength() {
    const value = $("passphrase").value;
    const long = [...value].length;
    const kinds = [/\p{Ll}|\p{Lo}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(value)).length;
    const varied = new Set(value).size;
    const word = long < 8 ? "short" : long < 12 || varied < 7 || (kinds < 2 && long < 20) ? "fair" : "good";
    $("strength").textContent = value ? say(`strength-${word}`) : "";
  }

  async function makeKey() {
    errors = [];
    const [first, second] = [$("passphrase").value.normalize("NFC"), $("passphrase-again").value.normalize("NFC")];
    refuse($("passphrase"), [...first].length < 8 ? say("strength-short") : null);
    refuse($("passphrase-again"), first === second ? null : say("passphrase-differs"));
    if (!settled("key")) return;
    $("key-status").textContent = say("working");
    const seed = crypto.getRandomValues(new Uint8Array(32));
    fresh = (await signerOf(seed)).key;
    download($("key-download"), `${draft.id}-key.pem`, await lock(seed, first));
    seed.fill(0);
    signer = null;
    $("passphrase").value = $("passphrase-again").value = "";
    $("key-status").textContent = say("key-made", await u.key.fingerprint(fresh));
    show("key-again", true);
    $("key-download").focus();
  }

  /** Opens the file in a field; of a key made here it must be that one. */
  async function openFile(kind, expected) {
    errors = [];
    signer = null;
    const [input, secret] = [$(`${kind}-file`), $(`${kind}-passphrase`)];
    const file = input.files[0];
    $("key-status").textContent = say("working");
    try {
      if (!file || file.size > 65536) throw new Error(say(file ? "key-none" : "file-needed"));
      const seed = await openKey(await file.text(), secret.value.normalize("NFC"));
      const opened = await signerOf(seed);
      seed.fill(0);
      if (expected && !u.equal(opened.key.point, expected.point)) throw new Error(say("key-not-made"));
      refuse(input, unfit(opened.key));
      if (errors.length === 0) signer = opened;
    } catch (error) {
      refuse(input, error.message);
    }
    secret.value = "";
    $("key-status").textContent = signer ? say("key-ready", await u.key.fingerprint(signer.key)) : "";
  }

  /** A public key as somebody may paste it: the line of a .pub file, or OpenSSL's PEM. */
  function takePublic() {
    errors = [];
    signer = null;
    const input = $("public");
    try {
      const typed = input.value.trim();
      const bytes = fromPem(typed, "PUBLIC KEY");
      const found = bytes && u.hex(bytes.slice(0, 12)) === "302a300506032b6570032100" && bytes.length === 44;
      const line = found ? lineOf(bytes.slice(12)) : typed.split(/\s+/).slice(0, 2).join(" ");
      const key = u.key.parse(line);
      refuse(input, unfit(key));
      if (errors.length === 0) signer = { key };
    } catch (error) {
      refuse(input, say("public", error.message));
    }
  }

  async function takeKey() {
    if (way() === "own") takePublic();
    else if (way() === "make") {
      if (fresh) await openFile("again", fresh);
      else {
        errors = [];
        refuse($("passphrase"), say("key-not-yet"));
      }
    } else await openFile("open", null);
    if (settled("key")) await showStatement();
  }

  // ---------------------------------------------------------------- step 3: the statement

  /** Lets a link save a text as a file. */
  function download(link, name, content) {
    if (link.href) URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    link.download = name;
  }

  async function showStatement() {
    text = write(signer.key.line);
    u.statement.parse(text);
    $("statement").textContent = text;
    $("digest").textContent = await u.digest(text);
    const { current, title } = letter();
    const { last, version } = newest();
    const endorses = draft.act === "endorse";
    const sentences = [
      endorses
        ? say("sum-endorse", draft.profile.name, title, current, Object.keys(draft.texts).map(languageName).join(", "))
        : say("sum-withdraw", draft.profile.name, title),
      ...(endorses && last?.action === "endorse" && version !== current ? [say("sum-version", version, current)] : []),
      say(endorses ? "sum-text" : "sum-stays"),
      say("sum-key", await u.key.fingerprint(signer.key)),
      say("sum-public"),
    ];
    $("sum").replaceChildren(...sentences.map((one) => make("li", one)));
    show("sign-here", !!signer.sign);
    show("sign-own", !signer.sign);
    download($("statement-download"), "statement.txt", text);
    show("own-openssl", signer.key.kind === "ed25519");
    $("signature").value = "";
    goTo("step-statement");
  }

  /** A signature in its one spelling (docs/formats/15-keys.md, step 16). */
  function spelled(pasted) {
    const typed = pasted.trim();
    const armor = /^-----BEGIN SSH SIGNATURE-----\s([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----$/.exec(typed);
    if (armor) return armorOf(armor[1].replace(/\s/g, ""));
    return /^[A-Za-z0-9+/]{86}==$/.test(typed) ? `ed25519:${typed}` : typed;
  }

  async function takeSignature() {
    errors = [];
    const signature = signer.sign ? await signer.sign(text) : spelled($("signature").value);
    const result = await u.signature.check(signer.key, signature, text);
    const input = signer.sign ? $("sign-button") : $("signature");
    refuse(input, result.ok ? null : say("signature-fails", result.why));
    if (settled("statement")) showRecord(signature);
  }

  // ---------------------------------------------------------------- step 4: the record

  const LONGEST = 8000;
  /** The forge's page for a new file or an edit, and whether the record is filled in there. */
  function forgePage(path, record) {
    const { url, forge, branch } = frame.repository;
    const base = url.replace(/\/+$/, "").replace(/\.git$/, "");
    const at = branch.split("/").map(encodeURIComponent).join("/");
    const cut = path.lastIndexOf("/");
    const pages = {
      github: ["new", "edit", "", "filename", "value"],
      gitlab: ["-/new", "-/edit", "", "file_name", "content"],
      gitea: ["_new", "_edit", path.slice(0, cut), "filename", "value"],
    };
    const [create, edit, folder, name, content] = pages[forge === "forgejo" ? "gitea" : forge] ?? [];
    if (!create || !/^https:\/\//.test(base)) return { address: null };
    if (desk) return { address: `${base}/${edit}/${at}/${path}`, filled: false };
    const file = folder ? path.slice(cut + 1) : path;
    const page = `${base}/${create}/${at}${folder && `/${folder}`}?${name}=${encodeURIComponent(file)}`;
    const whole = `${page}&${content}=${encodeURIComponent(record)}`;
    return whole.length <= LONGEST ? { address: whole, filled: true } : { address: page, filled: false };
  }

  function showRecord(signature) {
    const { id, profile } = draft;
    const path = desk?.path ?? pathOf(id);
    const isWhole = !desk || !!desk.file;
    show("record-whole", isWhole);
    show("record-parts", !isWhole);
    if (isWhole) {
      const record = writeRecord({ id, profile, file: desk?.file, sharded: frame.sharded, entry: entryLines(text, signature) });
      $("record").textContent = record;
      $("record-path").textContent = path;
      download($("record-download"), `${id}.yaml`, record);
      const page = frame.repository ? forgePage(path, record) : { address: null };
      show("forge", !!page.address);
      if (page.address) $("forge-link").href = page.address;
      $("forge-how").textContent = page.address ? say(page.filled ? "forge-filled" : desk ? "forge-edit" : "forge-copy") : "";
    } else {
      download($("parts-statement"), "statement.txt", text);
      download($("parts-signature"), "statement.sig", signature);
      $("parts-command").textContent = `undersigned attach ${id} --statement statement.txt --signature statement.sig`;
    }
    const { title } = letter();
    $("mail").textContent = say(isWhole ? "mail" : "mail-parts", title, profile.name, id);
    show("next-endorse", draft.act === "endorse");
    show("next-withdraw", draft.act === "withdraw");
    show("next-well-known", draft.act === "endorse");
    $("well-known").textContent = `${id} ${frame.registry} ${signer.key.line}`;
    $("well-known-at").textContent = `https://${profile.domain || say("your-domain")}/.well-known/undersigned.txt`;
    show("next-domain", !profile.domain);
    goTo("step-record");
  }

  async function copy(button) {
    const source = $(button.dataset.copy);
    const status = $(`${button.dataset.copy}-copied`);
    try {
      await navigator.clipboard.writeText(source.textContent);
      status.textContent = say("copied");
    } catch {
      getSelection().selectAllChildren(source);
      status.textContent = say("copy-by-hand");
    }
  }

  // ---------------------------------------------------------------- the page comes to life

  let busy = false;
  /** Does one thing at a time; what goes wrong is said at the step, never thrown away. */
  function when(target, event, step, work) {
    target.addEventListener(event, async (happened) => {
      happened.preventDefault();
      if (busy) return;
      busy = true;
      try {
        await work();
      } catch (error) {
        errors = [[$(`${step}-errors`), error.message]];
        settled(step);
      }
      busy = false;
    });
  }

  async function start() {
    const obstacle = await u.signature.obstacle();
    if (obstacle) {
      $("obstacle").textContent = say(`obstacle-${obstacle}`);
      show("obstacle", true);
      return;
    }
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    $("date").value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const query = new URLSearchParams(location.search);
    const [asked, id, page] = [query.get("letter"), query.get("signatory"), Number(query.get("page"))];
    if (Object.hasOwn(frame.letters, asked)) $("letter").value = asked;
    show("withdraw-choice", false);
    showLetter();
    show("sign", true);
    if (id) {
      try {
        desk = await findRecord(letterId(), page > 0 && Number.isInteger(page) ? page : null, id);
        if (query.get("act") === "withdraw" && desk.said.length) $("act-withdraw").checked = true;
        showDesk();
      } catch (error) {
        // Without its record nothing can follow; the guide below says how it is done otherwise.
        $("obstacle").textContent = error.message;
        show("obstacle", true);
        show("sign", false);
      }
    }
  }

  when($("step-about"), "submit", "about", takeDetails);
  when($("step-key"), "submit", "key", takeKey);
  when($("step-statement"), "submit", "statement", takeSignature);
  when($("key-make"), "click", "key", makeKey);
  for (const step of STEPS.slice(0, 2)) $(step).addEventListener("input", () => backTo(step));
  $("letter").addEventListener("change", showLetter);
  for (const input of document.querySelectorAll("[name=act]")) input.addEventListener("change", showAct);
  for (const input of document.querySelectorAll("[name=way]")) input.addEventListener("change", showWay);
  $("passphrase").addEventListener("input", showStrength);
  $("id").addEventListener("input", () => ($("id").dataset.typed = $("id").value));
  for (const id of ["name", "domain"]) $(id).addEventListener("input", proposeId);
  $("names-add").addEventListener("click", () => addName().querySelector("input").focus());
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button));
  start();
})();
