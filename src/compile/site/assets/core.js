// What the scripts of this site share: bytes, statements, keys, signatures, and the data shards.
// It follows docs/formats/2, 3, 12 and 13 step by step, and it can only refuse more than the program, never less.
(() => {
  "use strict";

  const { freeze } = Object;

  // ---------------------------------------------------------------- words

  let sentences;
  // Takes all sentences of the page's language, from its words-….js; what comes later changes nothing.
  function words(table) {
    sentences ??= freeze(table);
  }

  // Puts values in the places {0}, {1} … of a sentence.
  const fill = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (_, at) => String(values[at]));
  const say = (what, ...values) => fill(sentences[what] ?? "–", ...values);

  // Ends the reading of something that does not hold; any other error means that it could not be checked.
  class Refusal extends Error {}
  // Gives what fits; refuses what does not.
  const must = (fits, what, ...values) => {
    if (fits) return fits;
    throw new Refusal(say(what, ...values));
  };

  // What a refusal says; any other error stays one.
  function refusalOf(error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  // What is read; nothing where that is refused.
  function attempt(read) {
    try {
      return read();
    } catch (error) {
      return void refusalOf(error);
    }
  }

  // ---------------------------------------------------------------- bytes

  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  // A character for each byte, so that bytes can be compared and searched like text.
  const binary = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const fromBinary = (text) => Uint8Array.from(text, (one) => one.charCodeAt(0));
  const toBase64 = (bytes) => btoa(binary(bytes));
  const decode = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const equal = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

  // docs/formats/2-identifiers.md, steps 19 and 20: what encodes to other characters again is refused.
  function fromBase64(text) {
    try {
      const bytes = fromBinary(atob(text));
      if (toBase64(bytes) === text) return bytes;
    } catch {
      // Characters that are not of base64 are refused too.
    }
    return must(false, "base64");
  }

  const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const asBytes = (data) => (typeof data === "string" ? utf8(data) : data);
  const hash = async (name, data) => new Uint8Array(await crypto.subtle.digest(name, asBytes(data)));
  const sha256 = (data) => hash("SHA-256", data);
  const digest = async (data) => `sha256:${hex(await sha256(data))}`;

  // A string as SSH writes it (RFC 4251, section 5): a length of 32 bits, the highest byte first, and the bytes.
  function sshString(data) {
    const bytes = asBytes(data);
    const length = [24, 16, 8, 0].map((shift) => bytes.length >> shift);
    return concat(length, bytes);
  }

  // Reads what SSH wrote, from the front; `what` is refused where bytes are missing.
  function sshReader(bytes, what) {
    let at = 0;
    const take = (count) => {
      at += count;
      return must(at <= bytes.length && bytes.slice(at - count, at), what);
    };
    const number = () => new DataView(take(4).buffer).getUint32(0);
    return { take, number, string: () => take(number()), isDone: () => at === bytes.length };
  }

  // ---------------------------------------------------------------- identifiers (docs/formats/2-identifiers.md)

  // Step 15: the countries that there are, each with its name as pages show it.
  const countryName = (code) => new Map(say("countries").split("|").map((one) => [one.slice(0, 2), one.slice(3)])).get(code);

  const isId = (text) => text.length <= 63 && /^(?!(con|prn|aux|nul|(com|lpt)[0-9])$)[a-z0-9](-?[a-z0-9])+$/.test(text);

  // Steps 3 to 6: of all labels with hyphens as third and fourth characters, only A-labels; the browser's own UTS #46 judges A-labels.
  function isHost(text) {
    const isLabel = (label) => /^(?!(?!xn)..--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
    const labels = text.split(".");
    if (text.length > 253 || !labels.every(isLabel) || !/^[a-z]/.test(labels.at(-1))) return false;
    try {
      return new URL(`https://${text}/`).hostname === text;
    } catch {
      return false;
    }
  }

  function isOrigin(text) {
    const [host, ...segments] = text.split("/");
    return text.length <= 253 && isHost(host) && segments.every((segment) => /^[a-z0-9][a-z0-9-]*$/.test(segment));
  }

  // Steps 10 to 13; the characters after the host are U+0021 to U+007E but for the five of step 12.
  function isWebsite(text) {
    const [, host, port = 1] = /^https:\/\/([^/:]+)(?::([1-9][0-9]{0,4}))?\/[!#-&(-;=?-[\]-~]*$/.exec(text) ?? [];
    return text.length <= 500 && port <= 65535 && host !== undefined && isHost(host);
  }

  // Step 16: a day that the calendar has is written again in the same way.
  const isDate = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text) === true;

  const isLanguage = (text) => /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/.test(text);
  const isDigest = (text) => /^sha256:[0-9a-f]{64}$/.test(text);
  const isNumber = (text) => /^[1-9][0-9]{0,9}$/.test(text) && Number(text) <= 1e9;

  // docs/formats/12-statement.md, step 11: only its syntax is judged.
  function isCheckpoint(text) {
    const [, size, root] = /^(0|[1-9][0-9]{0,19}) ([A-Za-z0-9+/]{43}=)$/.exec(text) ?? [];
    return size !== undefined && BigInt(size) < 1n << 64n && attempt(() => fromBase64(root));
  }

  // ---------------------------------------------------------------- keys

  const PLAIN = "ssh-ed25519";
  const FIDO = "sk-ssh-ed25519@openssh.com";

  // docs/formats/2-identifiers.md, steps 22 to 25.
  function keyFromBlob(blob) {
    const reader = sshReader(blob, "key");
    const type = binary(reader.string());
    const point = reader.string();
    const application = type === FIDO ? binary(reader.string()) : "ssh:";
    const fits = [PLAIN, FIDO].includes(type) && point.length === 32 && /^ssh:[ -~]{0,60}$/.test(application) && reader.isDone();
    must(fits, "key");
    return freeze({ kind: type === FIDO ? "sk" : "ed25519", type, point, blob, application, line: `${type} ${toBase64(blob)}` });
  }

  // Reads a key as a statement writes it.
  function parseKey(line) {
    const [, base64] = must(/ (.*)$/s.exec(line), "key");
    const key = keyFromBlob(fromBase64(base64));
    return must(key.line === line && key, "key");
  }

  const fingerprint = async (key) => `SHA256:${toBase64(await sha256(key.blob)).replace(/=+$/, "")}`;

  // The curve of RFC 8032, section 5.1: p and L, and the y of the eight points whose order divides 8.
  const P = (1n << 255n) - 19n;
  const L = (1n << 252n) + 27742317777372353535851937790883648493n;
  const ORDER8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
  const SMALL = [0n, 1n, P - 1n, ORDER8, P - ORDER8];

  const littleEndian = (bytes) => BigInt(`0x${hex(bytes.slice().reverse())}`);
  // The y of an encoded point; the highest bit is the sign of its x.
  const yOf = (point) => BigInt.asUintN(255, littleEndian(point));
  const isSmall = (point) => SMALL.includes(yOf(point) % P);

  function power(base, exponent) {
    if (exponent === 0n) return 1n;
    const half = power((base * base) % P, exponent >> 1n);
    return exponent & 1n ? (half * base) % P : half;
  }

  // Whether x² = (y² - 1) / (dy² + 1) with d = -121665/121666 has a root: by Euler's criterion, of a product in the place of the
  // quotient, and of either sign, since -1 has a root.
  function isOnCurve(y) {
    const square = y * y;
    const product = (121666n * (square - 1n) * (121665n * square - 121666n)) % P;
    return product === 0n || power(product, P >> 1n) === 1n;
  }

  // docs/formats/13-signature.md, step 11: why no signature by this key would prove anything, or null.
  function weakness(point) {
    if (isSmall(point)) return say("cheque");
    const y = yOf(point);
    return y < P && isOnCurve(y) ? null : say("weak");
  }

  // ---------------------------------------------------------------- signatures (docs/formats/13-signature.md)

  const RAW = "ed25519:";
  const PURPOSE = "undersigned";
  const MAGIC = "SSHSIG";

  // Steps 1 to 6: the container, strictly; what it says of itself, and the 64 bytes.
  function readSignature(text) {
    const fit = (what) => must(what, "container");
    if (text.startsWith(RAW)) {
      fit(text.length === 96);
      return { bytes: fromBase64(text.slice(RAW.length)) };
    }
    const armor = /^-----BEGIN SSH SIGNATURE-----\n((?:[^\n]{1,76}\n)+)-----END SSH SIGNATURE-----\n?$/.exec(text);
    const reader = sshReader(fromBase64(fit(armor)[1].replaceAll("\n", "")), "container");
    fit(binary(reader.take(6)) === MAGIC && reader.number() === 1);
    const key = keyFromBlob(reader.string());
    const [namespace, reserved, hashName] = [1, 2, 3].map(() => binary(reader.string()));
    const signed = sshReader(reader.string(), "container");
    fit(reserved === "" && reader.isDone() && ["sha256", "sha512"].includes(hashName));
    fit(binary(signed.string()) === key.type);
    const bytes = signed.string();
    const touch = key.type === FIDO && signed.take(5);
    fit(bytes.length === 64 && signed.isDone());
    return { key, namespace, hashName, touch, bytes };
  }

  // Steps 10 to 12: refuses the 64 bytes, or not. WebCrypto is asked last: alone it accepts blank cheques.
  async function verify(point, message, bytes) {
    must(littleEndian(bytes.slice(32)) < L, "never");
    const weak = weakness(point);
    if (weak) throw new Refusal(weak);
    must(!isSmall(bytes.slice(0, 32)), "never");
    const key = await crypto.subtle.importKey("raw", point, "Ed25519", false, ["verify"]);
    must((await crypto.subtle.verify("Ed25519", key, bytes, message)) === true, "holds");
  }

  // Whether a signature is one over exactly this text by exactly this key.
  async function checkSignature(key, signatureText, statementText) {
    try {
      const read = readSignature(signatureText);
      let message = asBytes(statementText);
      if (signatureText.startsWith(RAW)) must(key.type === PLAIN, "never");
      else {
        // Step 7.
        must(read.namespace === PURPOSE && read.hashName === "sha512", "purpose");
        if (!equal(read.key.blob, key.blob)) throw new Refusal(weakness(key.point) ?? say("other"));
        // Steps 8 and 9: the bytes that Ed25519 signs.
        const parts = [PURPOSE, "", "sha512", await hash("SHA-512", message)].map(sshString);
        message = concat(utf8(MAGIC), ...parts);
        if (read.touch) message = concat(await sha256(key.application), read.touch, await sha256(message));
      }
      await verify(key.point, message, read.bytes);
      if (!read.touch) return { ok: true, means: "plain" };
      // Step 14.
      const [flags] = read.touch;
      must(flags & 1, "touch");
      return { ok: true, means: flags & 4 ? "pin" : "touched" };
    } catch (error) {
      return { ok: false, why: refusalOf(error) };
    }
  }

  // Whether this browser can check at all: null, "insecure" (no WebCrypto on this address) or "old" (no Ed25519 that is right).
  async function obstacle() {
    if (!globalThis.crypto?.subtle) return "insecure";
    // RFC 8032, section 7.1, test 2; the same over another byte must not hold.
    const point = fromBase64("PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=");
    const bytes = fromBase64("kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==");
    const judge = (byte) => verify(point, Uint8Array.of(byte), bytes).then(() => null, ({ message }) => message);
    return (await judge(0x72)) === null && (await judge(0x73)) === say("holds") ? null : "old";
  }

  // ---------------------------------------------------------------- statements (docs/formats/12-statement.md)

  const FIRST = "undersigned statement v1";
  const NAMED = "organization named above";
  const JOINT = "The maintainers who sign this";
  const ATTESTING = "method evidence maintainer key subject-key";
  // Steps 8 and 12: what each action has besides the lines of all, with a question mark where it may be missing, and its sentence.
  const ACTIONS = {
    endorse: ["letter text-* key authority?", `The ${NAMED} endorses the texts identified above and asks to be published as a signatory.`],
    withdraw: ["letter key reason? authority?", `The ${NAMED} withdraws its endorsement of the letter identified above and asks no longer to be published as a signatory.`],
    amend: ["key authority?", `The ${NAMED} asks to be published from now on under the name and details given above.`],
    rotate: ["key new-key", `The ${NAMED} speaks from now on with the new key given above and no longer with the key before it.`],
    vouch: [ATTESTING, `The maintainer named above has confirmed by the method given above that the subject key belongs to the ${NAMED}.`],
    observe: [ATTESTING, `The person named above has seen the subject key published for the ${NAMED} by the method given above.`],
    recover: ["reason charter new-key", `${JOINT} have confirmed that the ${NAMED} lost its key and speaks from now on with the new key given above.`],
    remove: ["reason charter", `${JOINT} remove the ${NAMED} from the published list for the reason given above.`],
    govern: ["charter", `${JOINT} adopt the charter identified above for this registry.`],
  };
  const METHODS = { vouch: "phone in-person letterhead video prior-contact retracted", observe: "https dns retracted" };
  const RETRACTION = `The attester named above takes back the earlier attestation about the subject key and the ${NAMED}.`;

  const declaration = (action, retracted) => (retracted && METHODS[action] ? RETRACTION : ACTIONS[action][1]);

  const isKey = (text) => attempt(() => parseKey(text));
  const isName = (text) => [...text].length <= 200;
  const isAny = () => true;
  // Step 5, the lines in their order, and step 9, the form of each value;
  // a line's split has seen already that it is not empty, without blanks at its ends.
  const FORMS = {
    action: isAny, registry: isOrigin, signatory: isId, name: isName, "name-*": isName, country: countryName,
    website: isWebsite, domain: isHost, letter: isId, "text-*": isDigest, reason: isAny, authority: isAny,
    method: (text, action) => METHODS[action].split(" ").includes(text),
    evidence: (text, action, method) => action !== "observe" || method === "retracted" || isDigest(text),
    maintainer: isId, charter: isDigest, key: isKey, "new-key": isKey, "subject-key": isKey, sequence: isNumber,
    previous: (text) => text === "none" || isDigest(text), after: isCheckpoint, date: isDate,
    declaration: (text, action, method) => text === declaration(action, method === "retracted"),
  };
  const ORDER = Object.keys(FORMS);

  // docs/formats/3-characters.md, steps 1 and 2, for names; all but LF and what can be seen.
  const REFUSED =
    /[^\n\P{C}]|[\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]|(?! )\p{Zs}/u;

  // A key is of the group of its name without its language tag.
  const TAGGED = /^(name|text)-(.*)$/;
  const groupOf = (key) => key.replace(TAGGED, "$1-*");
  const tagOf = (key) => TAGGED.exec(key)?.[2] ?? "";

  // Steps 5 and 6: what orders lines; the rank is a character, and tags are ASCII, so that JavaScript orders them by bytes.
  const placeOf = (key) => String.fromCharCode(ORDER.indexOf(groupOf(key))) + tagOf(key);

  // Reads a statement: one spelling a meaning, or a Refusal that says what is wrong.
  function parseStatement(text) {
    // Steps 1 and 2.
    must(utf8(text).length <= 4096, "spelling");
    const strange = REFUSED.exec(text)?.[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    must(!strange, "character", `U+${strange}`);
    must(text.normalize("NFC") === text, "spelling");
    // Steps 3 to 6: the lines after the first, each known, in the one order; step 7 sees to the first, and to the line end of the last.
    const [, ...written] = text.slice(0, -1).split("\n");
    const lines = written.map((line) => {
      const [, key, value] = must(/^((?:(?!: ).)+): ([^ ](?:.*[^ ])?)$/.exec(line), "line", line.slice(0, 80));
      must(ORDER.includes(groupOf(key)) && (!TAGGED.test(key) || isLanguage(tagOf(key))), "order", key.slice(0, 80));
      return [key, value];
    });
    const wrong = lines.find(([key], at) => at > 0 && placeOf(lines[at - 1][0]) >= placeOf(key));
    must(!wrong, "order", wrong?.[0]);
    const get = (wanted) => lines.find(([key]) => key === wanted)?.[1];
    const action = must(get("action"), "missing", "action");
    must(Object.hasOwn(ACTIONS, action), "value", "action");
    // Step 8.
    const subject = action === "govern" ? "" : "signatory name name-*? country? website? domain?";
    const known = `action registry ${subject} ${ACTIONS[action][0]} sequence previous after? date declaration`.split(/ +/);
    const groups = lines.map(([key]) => groupOf(key));
    const never = groups.findIndex((group) => !known.includes(group) && !known.includes(`${group}?`));
    must(never < 0, "takes", action, lines[never]?.[0]);
    const missing = known.find((group) => !group.endsWith("?") && !groups.includes(group));
    must(!missing, "missing", missing);
    // Steps 9 to 12.
    for (const [key, value] of lines) must(FORMS[groupOf(key)](value, action, get("method")), "value", key);
    const tagged = (group) =>
      Object.fromEntries(lines.filter(([key]) => groupOf(key) === group).map(([key, value]) => [tagOf(key), value]));
    const statement = freeze({ action, lines, get, texts: tagged("text-*"), names: tagged("name-*") });
    // Step 7.
    return must(renderStatement(statement) === text && statement, "spelling");
  }

  // The one writer: puts the lines, in whatever order they come, into the one order; those without a value are left out.
  function renderStatement({ lines }) {
    const kept = lines.filter(([, value]) => (value ?? "") !== "");
    kept.sort(([a], [b]) => (placeOf(a) < placeOf(b) ? -1 : 1));
    return [FIRST, ...kept.map((line) => line.join(": ")), ""].join("\n");
  }

  // ---------------------------------------------------------------- the page

  const { dataset } = document.documentElement;
  // The way from the page to the folder that its data name.
  const way = (name) => /^(\.\.\/)*$/.exec(dataset[name] ?? "")?.[0] ?? "";
  const root = way("root");

  // Puts an element with a text at the end of another one.
  function add(parent, tag, text, className = "") {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = className;
    parent.append(element);
    return element;
  }

  // ---------------------------------------------------------------- data shards

  // The only Trusted Types policy of the site: nothing but its own data ever becomes a script.
  const createScriptURL = (path) => {
    if (!/^letters\/[a-z0-9-]+\/(evidence|index)-[0-9]+\.js$/.test(path)) throw new TypeError("no data of this site");
    return root + path;
  };
  const policy = globalThis.trustedTypes?.createPolicy("undersigned", { createScriptURL }) ?? { createScriptURL };

  // What the shards that are loaded hold; each gives it to `shard`.
  const given = new Map();

  // Loads a shard, as a script, since pages opened from disk may fetch nothing.
  const load = (path) =>
    new Promise((resolve, reject) => {
      const end = () => (given.has(path) ? resolve(given.get(path)) : reject(new Error(say("shard", path))));
      if (given.has(path)) return end();
      const script = document.createElement("script");
      script.onload = script.onerror = end;
      script.src = policy.createScriptURL(path);
      document.head.append(script);
    });

  const offered = freeze({
    pages: way("pages"), load, shard: (path, data) => void given.set(path, data), add, words, fill, say, Refusal,
    country: countryName, utf8, decode, binary, fromBase64, toBase64, hex, concat, equal, digest, sshString,
    is: { id: isId, host: isHost, website: isWebsite, language: isLanguage, date: isDate },
    statement: { parse: parseStatement, render: renderStatement, declaration },
    key: { parse: parseKey, weakness, fingerprint },
    signature: { check: checkSignature, obstacle },
  });
  Object.defineProperty(globalThis, "undersigned", { value: offered });
})();
