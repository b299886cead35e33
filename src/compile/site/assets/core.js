// What the scripts of this site share: bytes, statements, keys, signatures, and the data shards.
// It follows docs/formats/2, 3, 12 and 13 step by step, and it can only refuse more than the program, never less.
(function () {
  "use strict";

  // ---------------------------------------------------------------- words

  /** Picks the words of the page's language. */
  const words = (table) => table[document.documentElement.lang.startsWith("ko") ? "ko" : "en"];

  /** Puts values in the places {0}, {1} … of a sentence. */
  const fill = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (_, at) => String(values[at]));

  const SAYS = words({
    en: {
      base64: "something is not base64 in its one spelling",
      spelling: "the statement is not in its one spelling",
      character: "the statement holds {0}, which may not stand in it or is unknown to this browser",
      line: "a line is not “key: value”: “{0}”",
      order: "the line “{0}” is unknown, stands twice or in the wrong place",
      takes: "“{0}” takes no line “{1}”",
      missing: "the line “{0}” is missing",
      value: "the value of “{0}” is not of its form",
      key: "the key is not an Ed25519 key in its one spelling",
      weak: "the key is weak, no point of the curve or not in its canonical encoding",
      cheque: "the key is a blank cheque: signatures by it hold over any text",
      container: "the signature is damaged, or in neither of the two forms",
      purpose: "the signature was made for another purpose than “undersigned” with SHA-512",
      other: "the signature is by another key than the one that must sign",
      never: "the signature is of a form that is never accepted",
      holds: "the signature does not hold over this text by this key",
      touch: "the FIDO device says that nobody touched it",
      shard: "the file {0} could not be loaded",
    },
    ko: {
      base64: "정해진 표기의 base64가 아닌 부분이 있습니다",
      spelling: "진술문이 정해진 표기가 아닙니다",
      character: "진술문에 쓸 수 없거나 이 브라우저가 모르는 문자({0})가 있습니다",
      line: "“키: 값” 꼴이 아닌 줄이 있습니다: “{0}”",
      order: "모르는 줄이거나, 두 번 나오거나, 제자리에 있지 않은 줄이 있습니다: “{0}”",
      takes: "“{0}” 진술문에는 “{1}” 줄이 올 수 없습니다",
      missing: "“{0}” 줄이 없습니다",
      value: "“{0}” 줄의 값이 형식에 맞지 않습니다",
      key: "정해진 표기의 Ed25519 키가 아닙니다",
      weak: "키가 약하거나, 곡선 위의 점이 아니거나, 표준 인코딩이 아닙니다",
      cheque: "어떤 글에나 맞는 서명을 만들 수 있는 백지수표 같은 키입니다",
      container: "서명이 손상되었거나 정해진 두 형식이 아닙니다",
      purpose: "“undersigned” 용도로 SHA-512를 써서 만든 서명이 아닙니다",
      other: "서명해야 할 키가 아닌 다른 키로 한 서명입니다",
      never: "결코 받아들이지 않는 형태의 서명입니다",
      holds: "서명이 이 글과 이 키에 맞지 않습니다",
      touch: "FIDO 장치에 손을 댄 사람이 없다고 기록되어 있습니다",
      shard: "{0} 파일을 불러올 수 없습니다",
    },
  });

  /** Ends the reading of something that does not hold; any other error means that it could not be checked. */
  class Refusal extends Error {}
  const refuse = (what, ...values) => {
    throw new Refusal(fill(SAYS[what], ...values));
  };

  // ---------------------------------------------------------------- bytes

  const encoder = new TextEncoder();
  const utf8 = (text) => encoder.encode(text);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  /** A character for each byte, so that bytes can be compared and searched like text. */
  const binary = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const toBase64 = (bytes) => btoa(binary(bytes));
  const decode = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const equal = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

  /** docs/formats/2-identifiers.md, steps 19 and 20: what encodes to other characters again is refused. */
  function fromBase64(text) {
    let decoded;
    try {
      decoded = atob(text);
    } catch {
      refuse("base64");
    }
    const bytes = Uint8Array.from(decoded, (one) => one.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : refuse("base64");
  }

  function concat(...parts) {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  const asBytes = (data) => (typeof data === "string" ? utf8(data) : data);
  const hash = async (name, data) => new Uint8Array(await crypto.subtle.digest(name, asBytes(data)));
  const sha256 = (data) => hash("SHA-256", data);
  const digest = async (data) => `sha256:${hex(await sha256(data))}`;

  /** A string as SSH writes it (RFC 4251, section 5): a length of 32 bits, the highest byte first, and the bytes. */
  function sshString(data) {
    const bytes = asBytes(data);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return concat(length, bytes);
  }

  /** Reads what SSH wrote, from the front; `what` is refused where bytes are missing. */
  function sshReader(bytes, what) {
    let at = 0;
    const take = (count) => {
      if (count > bytes.length - at) refuse(what);
      at += count;
      return bytes.slice(at - count, at);
    };
    const number = () => new DataView(take(4).buffer).getUint32(0);
    return { take, number, string: () => take(number()), isDone: () => at === bytes.length };
  }

  // ---------------------------------------------------------------- identifiers (docs/formats/2-identifiers.md)

  const COUNTRIES = Object.freeze(
    (
      "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ" +
      "DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJP" +
      "KEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOM" +
      "PAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ" +
      "UAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW"
    ).match(/../g),
  );

  const isId = (text) =>
    text.length <= 63 && /^[a-z0-9](-?[a-z0-9])+$/.test(text) && !/^(con|prn|aux|nul|(com|lpt)[0-9])$/.test(text);

  /** Steps 3 to 6; the browser's own UTS #46 judges A-labels. */
  function isHost(text) {
    const isLabel = (label) =>
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) && (label.startsWith("xn--") || !/^..--/.test(label));
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

  function isWebsite(text) {
    const parts = /^https:\/\/([^/:]+)(?::([1-9][0-9]{0,4}))?\/[\x21-\x7e]*$/.exec(text);
    return !!parts && text.length <= 500 && !/["'<>\\]/.test(text) && isHost(parts[1]) && Number(parts[2] ?? 1) <= 65535;
  }

  function isDate(text) {
    const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    if (!parts) return false;
    const [year, month, day] = parts.slice(1).map(Number);
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return day >= 1 && day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
  }

  const isLanguage = (text) => /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/.test(text);
  const isDigest = (text) => /^sha256:[0-9a-f]{64}$/.test(text);
  const isNumber = (text) => /^[1-9][0-9]{0,9}$/.test(text) && Number(text) <= 1e9;

  /** docs/formats/12-statement.md, step 11: only its syntax is judged. */
  function isCheckpoint(text) {
    const parts = /^(0|[1-9][0-9]{0,19}) ([A-Za-z0-9+/]{43}=)$/.exec(text);
    return !!parts && BigInt(parts[1]) < 1n << 64n && yields(() => fromBase64(parts[2]));
  }

  /** Whether something is read without being refused. */
  function yields(read) {
    try {
      read();
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  // ---------------------------------------------------------------- keys

  const PLAIN = "ssh-ed25519";
  const FIDO = "sk-ssh-ed25519@openssh.com";

  /** docs/formats/2-identifiers.md, steps 22 to 25. */
  function keyFromBlob(blob) {
    const reader = sshReader(blob, "key");
    const type = binary(reader.string());
    const point = reader.string();
    let application;
    if (type === FIDO) {
      application = binary(reader.string());
      if (!/^ssh:[\x20-\x7e]{0,60}$/.test(application)) refuse("key");
    }
    if ((type !== PLAIN && type !== FIDO) || point.length !== 32 || !reader.isDone()) refuse("key");
    const kind = type === FIDO ? "sk" : "ed25519";
    return Object.freeze({ kind, type, point, blob, application, line: `${type} ${toBase64(blob)}` });
  }

  /** Reads a key as a statement writes it. */
  function parseKey(line) {
    const at = line.indexOf(" ");
    const key = at < 0 ? refuse("key") : keyFromBlob(fromBase64(line.slice(at + 1)));
    return key.line === line ? key : refuse("key");
  }

  const fingerprint = async (key) => `SHA256:${toBase64(await sha256(key.blob)).replace(/=+$/, "")}`;

  // The curve of RFC 8032, section 5.1: p, d and L, and the y of the eight points whose order divides 8.
  const P = (1n << 255n) - 19n;
  const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
  const L = (1n << 252n) + 27742317777372353535851937790883648493n;
  const ORDER8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
  const SMALL = [0n, 1n, P - 1n, ORDER8, P - ORDER8];

  const littleEndian = (bytes) => BigInt(`0x${hex(bytes.slice().reverse())}`);
  /** The y of an encoded point; the highest bit is the sign of its x. */
  const yOf = (point) => littleEndian(point) & ((1n << 255n) - 1n);
  const isSmall = (point) => SMALL.includes(yOf(point) % P);

  function power(base, exponent) {
    let result = 1n;
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * base) % P;
      base = (base * base) % P;
    }
    return result;
  }

  /** Whether x² = (y² - 1) / (dy² + 1) has a root: by Euler's criterion, without a division. */
  function isOnCurve(y) {
    const square = (y * y) % P;
    const product = ((square - 1n + P) * (D * square + 1n)) % P;
    return product === 0n || power(product, (P - 1n) / 2n) === 1n;
  }

  const weaknesses = new Map();
  /** docs/formats/13-signature.md, step 11: why no signature by this key would prove anything, or null. */
  function weakness(point) {
    const name = hex(point);
    if (!weaknesses.has(name)) {
      const y = yOf(point);
      const sound = y < P && isOnCurve(y);
      weaknesses.set(name, isSmall(point) ? SAYS.cheque : sound ? null : SAYS.weak);
    }
    return weaknesses.get(name);
  }

  // ---------------------------------------------------------------- signatures (docs/formats/13-signature.md)

  const RAW = "ed25519:";
  const SSHSIG = utf8("SSHSIG");

  /** Steps 1 to 6: the container, strictly; what it says of itself, and the 64 bytes. */
  function readSignature(text) {
    if (text.startsWith(RAW)) {
      const base64 = text.slice(RAW.length);
      return base64.length === 88 ? { bytes: fromBase64(base64) } : refuse("container");
    }
    const armor = /^-----BEGIN SSH SIGNATURE-----\n((?:[^\n]{1,76}\n)+)-----END SSH SIGNATURE-----\n?$/.exec(text);
    const blob = armor ? fromBase64(armor[1].replaceAll("\n", "")) : refuse("container");
    const reader = sshReader(blob, "container");
    if (!equal(reader.take(6), SSHSIG) || reader.number() !== 1) refuse("container");
    const key = keyFromBlob(reader.string());
    const [namespace, reserved, hashName, inner] = [reader.string(), reader.string(), reader.string(), reader.string()];
    const name = binary(hashName);
    if (reserved.length > 0 || !reader.isDone() || !["sha256", "sha512"].includes(name)) refuse("container");
    const signed = sshReader(inner, "container");
    if (!equal(signed.string(), utf8(key.type))) refuse("container");
    const bytes = signed.string();
    const touch = key.kind === "sk" ? signed.take(5) : null;
    if (bytes.length !== 64 || !signed.isDone()) refuse("container");
    return { key, namespace, hash: name, touch, bytes };
  }

  /** Steps 8 and 9: the bytes that Ed25519 signs. */
  async function sshMessage({ key, touch }, text) {
    const hashed = await hash("SHA-512", text);
    const parts = ["undersigned", "", "sha512", hashed].map(sshString);
    const message = concat(SSHSIG, ...parts);
    return touch ? concat(await sha256(key.application), touch, await sha256(message)) : message;
  }

  const imported = new Map();
  /** The key as WebCrypto wants it; only keys that are not weak come here. */
  function importKey(point) {
    const name = hex(point);
    if (!imported.has(name)) {
      imported.set(name, crypto.subtle.importKey("raw", point, { name: "Ed25519" }, false, ["verify"]));
    }
    return imported.get(name);
  }

  /** Steps 10 to 12: why the 64 bytes are not accepted, or null. WebCrypto is asked last: alone it accepts blank cheques. */
  async function refusal(point, message, bytes) {
    if (littleEndian(bytes.slice(32)) >= L) return SAYS.never;
    const weak = weakness(point);
    if (weak) return weak;
    if (isSmall(bytes.slice(0, 32))) return SAYS.never;
    const holds = await crypto.subtle.verify({ name: "Ed25519" }, await importKey(point), bytes, message);
    return holds === true ? null : SAYS.holds;
  }

  /** Whether a signature is one over exactly this text by exactly this key; `malformed` is one in neither container. */
  async function checkSignature(key, signatureText, statementText) {
    const container = signatureText.startsWith(RAW) ? "raw" : "ssh";
    const no = (why, more) => ({ ok: false, why, container, ...more });
    let read;
    try {
      read = readSignature(signatureText);
    } catch (error) {
      if (error instanceof Refusal) return no(error.message, { malformed: true });
      throw error;
    }
    const text = asBytes(statementText);
    if (container === "raw") {
      if (key.kind !== "ed25519") return no(SAYS.never);
      const why = await refusal(key.point, text, read.bytes);
      return why ? no(why) : { ok: true, container };
    }
    // Step 7.
    if (!equal(read.namespace, utf8("undersigned")) || read.hash !== "sha512") return no(SAYS.purpose);
    if (!equal(read.key.blob, key.blob)) return no(weakness(key.point) ?? SAYS.other);
    const why = await refusal(key.point, await sshMessage(read, text), read.bytes);
    if (why) return no(why);
    if (!read.touch) return { ok: true, container };
    // Step 14.
    const touched = (read.touch[0] & 1) !== 0;
    const pin = (read.touch[0] & 4) !== 0;
    return touched ? { ok: true, container, touched, pin } : no(SAYS.touch, { touched });
  }

  /** Whether this browser can check at all: null, "insecure" (no WebCrypto on this address) or "old" (no Ed25519 that is right). */
  async function obstacle() {
    if (!globalThis.crypto?.subtle) return "insecure";
    try {
      // RFC 8032, section 7.1, test 2; the same over another byte must not hold.
      const point = fromBase64("PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=");
      const bytes = fromBase64("kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==");
      return (await refusal(point, Uint8Array.of(0x72), bytes)) === null &&
        (await refusal(point, Uint8Array.of(0x73), bytes)) === SAYS.holds
        ? null
        : "old";
    } catch {
      return "old";
    }
  }

  // ---------------------------------------------------------------- statements (docs/formats/12-statement.md)

  const FIRST = "undersigned statement v1";
  // Step 5.
  const ORDER = (
    "action registry signatory name name-* country website domain letter text-* reason authority method evidence " +
    "maintainer charter key new-key subject-key sequence previous after date declaration"
  ).split(" ");

  // Steps 8 and 12: what each action must and may have besides the lines of all, and its sentence.
  const ACTIONS = {
    endorse: ["letter text-* key", "authority", "The organization named above endorses the texts identified above and asks to be published as a signatory."],
    withdraw: ["letter key", "reason authority", "The organization named above withdraws its endorsement of the letter identified above and asks no longer to be published as a signatory."],
    amend: ["key", "authority", "The organization named above asks to be published from now on under the name and details given above."],
    rotate: ["key new-key", "", "The organization named above speaks from now on with the new key given above and no longer with the key before it."],
    vouch: ["method evidence maintainer key subject-key", "", "The maintainer named above has confirmed by the method given above that the subject key belongs to the organization named above."],
    observe: ["method evidence maintainer key subject-key", "", "The person named above has seen the subject key published for the organization named above by the method given above."],
    recover: ["reason charter new-key", "", "The maintainers who sign this have confirmed that the organization named above lost its key and speaks from now on with the new key given above."],
    remove: ["reason charter", "", "The maintainers who sign this remove the organization named above from the published list for the reason given above."],
    govern: ["charter", "", "The maintainers who sign this adopt the charter identified above for this registry."],
  };
  const RETRACTION = "The attester named above takes back the earlier attestation about the subject key and the organization named above.";
  const VOUCHES = "phone in-person letterhead video prior-contact retracted".split(" ");
  const OBSERVES = "https dns retracted".split(" ");

  const declaration = (action, retracted) =>
    retracted && (action === "vouch" || action === "observe") ? RETRACTION : ACTIONS[action][2];

  function linesOf(action) {
    const [must, may] = ACTIONS[action];
    const subject = action === "govern" ? ["", ""] : ["signatory name", "name-* country website domain"];
    return {
      must: `action registry ${subject[0]} ${must} sequence previous date declaration`.split(/ +/),
      may: `${subject[1]} ${may} after`.trim().split(/ +/),
    };
  }

  const isKey = (text) => yields(() => parseKey(text));
  const isName = (text) => [...text].length <= 200;
  // Step 9: the form of each value; a line's split has seen already that it is not empty, without blanks at its ends.
  const FORMS = {
    registry: isOrigin, signatory: isId, name: isName, "name-*": isName, country: (text) => COUNTRIES.includes(text),
    website: isWebsite, domain: isHost, letter: isId, "text-*": isDigest, maintainer: isId, charter: isDigest,
    key: isKey, "new-key": isKey, "subject-key": isKey, sequence: isNumber,
    previous: (text) => text === "none" || isDigest(text), after: isCheckpoint, date: isDate,
    method: (text, get) => (get("action") === "observe" ? OBSERVES : VOUCHES).includes(text),
    evidence: (text, get) => get("action") !== "observe" || get("method") === "retracted" || isDigest(text),
    declaration: (text, get) => text === declaration(get("action"), get("method") === "retracted"),
  };

  // docs/formats/3-characters.md, steps 1 and 2, for names; all but LF and what can be seen.
  const REFUSED =
    /[^\n\P{C}]|[\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]|(?! )\p{Zs}/u;

  const groupOf = (key) => key.replace(/^(name|text)-.*$/, "$1-*");
  const tagOf = (key) => (groupOf(key) === key ? "" : key.slice(5));

  /** Steps 5 and 6: below 0 where line `a` stands before line `b`. Tags are ASCII, so that JavaScript orders them by bytes. */
  function compareKeys(a, b) {
    const rank = ORDER.indexOf(groupOf(a)) - ORDER.indexOf(groupOf(b));
    return rank || (tagOf(a) < tagOf(b) ? -1 : Number(tagOf(a) > tagOf(b)));
  }

  /** Steps 3 to 6: the lines after the first, each known, in the one order. */
  function splitLines(text) {
    const [first, ...written] = text.slice(0, -1).split("\n");
    if (first !== FIRST) refuse("spelling");
    const lines = written.map((line) => {
      const at = line.indexOf(": ");
      const [key, value] = [line.slice(0, at), line.slice(at + 2)];
      if (at < 1 || value === "" || value.startsWith(" ") || value.endsWith(" ")) refuse("line", line.slice(0, 80));
      const known = ORDER.includes(groupOf(key)) && (groupOf(key) === key || isLanguage(tagOf(key)));
      return known ? [key, value] : refuse("order", key.slice(0, 80));
    });
    for (const [at, [key]] of lines.entries()) {
      if (at > 0 && compareKeys(lines[at - 1][0], key) >= 0) refuse("order", key);
    }
    return lines;
  }

  /** Reads a statement: one spelling a meaning, or a Refusal that says what is wrong. */
  function parseStatement(text) {
    // Steps 1 and 2.
    if (utf8(text).length > 4096 || !text.endsWith("\n")) refuse("spelling");
    const strange = REFUSED.exec(text);
    if (strange) refuse("character", `U+${strange[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
    if (text.normalize("NFC") !== text) refuse("spelling");
    const lines = splitLines(text);
    const values = new Map(lines);
    const get = (key) => values.get(key);
    const action = get("action");
    if (action === undefined) refuse("missing", "action");
    if (!Object.hasOwn(ACTIONS, action)) refuse("value", "action");
    // Step 8.
    const { must, may } = linesOf(action);
    const groups = lines.map(([key]) => groupOf(key));
    const never = lines.find(([key]) => !must.includes(groupOf(key)) && !may.includes(groupOf(key)));
    if (never) refuse("takes", action, never[0]);
    const missing = must.find((group) => !groups.includes(group));
    if (missing) refuse("missing", missing);
    // Steps 9 to 12.
    for (const [key, value] of lines) {
      const form = FORMS[groupOf(key)];
      if (form && !form(value, get)) refuse("value", key);
    }
    const tagged = (group) =>
      Object.freeze(Object.fromEntries(lines.filter(([key]) => groupOf(key) === group).map(([key, value]) => [tagOf(key), value])));
    const statement = Object.freeze({ action, lines: Object.freeze(lines), get, texts: tagged("text-*"), names: tagged("name-*") });
    // Step 7.
    return renderStatement(statement) === text ? statement : refuse("spelling");
  }

  /** The one writer: puts the lines, in whatever order they come, into the one order; those without a value are left out. */
  function renderStatement({ lines }) {
    const kept = lines.filter(([, value]) => value !== undefined && value !== null && value !== "");
    const sorted = kept.sort(([a], [b]) => compareKeys(a, b));
    return `${FIRST}\n${sorted.map(([key, value]) => `${key}: ${value}\n`).join("")}`;
  }

  // ---------------------------------------------------------------- data shards

  const html = document.documentElement;
  const root = /^(\.\.\/)*$/.test(html.dataset.root ?? "") ? html.dataset.root ?? "" : "";

  // The only Trusted Types policy of the site: nothing but its own data ever becomes a script.
  const shardAddress = (path) => {
    if (!/^(letters\/[a-z0-9-]+|data)\/[a-z0-9-]+\.js$/.test(path)) throw new TypeError("no data of this site");
    return root + path;
  };
  const policy = globalThis.trustedTypes?.createPolicy("undersigned", { createScriptURL: shardAddress });

  const given = new Map();
  const loading = new Map();

  /** Called by a shard with what it holds. */
  function shard(path, data) {
    given.set(path, data);
  }

  /** Loads a shard once, as a script, since pages opened from disk may fetch nothing. */
  function load(path) {
    if (!loading.has(path)) {
      const promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const fail = () => reject(new Error(fill(SAYS.shard, path)));
        script.addEventListener("load", () => (given.has(path) ? resolve(given.get(path)) : fail()));
        script.addEventListener("error", fail);
        script.src = policy ? policy.createScriptURL(path) : shardAddress(path);
        document.head.append(script);
      });
      loading.set(path, promise);
      promise.catch(() => loading.delete(path));
    }
    return loading.get(path);
  }

  const offered = {
    root, load, shard, words, fill, Refusal,
    utf8, decode, binary, fromBase64, toBase64, hex, concat, equal, digest,
    countries: COUNTRIES,
    is: Object.freeze({ id: isId, host: isHost, origin: isOrigin, website: isWebsite, language: isLanguage, date: isDate }),
    statement: Object.freeze({ parse: parseStatement, render: renderStatement, declaration, order: Object.freeze(ORDER) }),
    key: Object.freeze({ parse: parseKey, weakness, fingerprint }),
    signature: Object.freeze({ check: checkSignature, obstacle }),
  };
  Object.defineProperty(globalThis, "undersigned", { value: Object.freeze(offered) });
})();
