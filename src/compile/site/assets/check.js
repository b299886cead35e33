// The one button: checks in the reader's own browser what this page shows, byte for byte, and says in words what that comes to.
// It judges as docs/formats/10, 14, 17 and 18 say. What it could not check it never calls good.
(function () {
  "use strict";

  const core = globalThis.undersigned;
  const main = document.querySelector("main[data-page]");
  const [button, box, drop] = ["[data-check]", ".check-result", "[data-drop]"].map((selector) => main?.querySelector(selector));
  if (!core || !button || !box) return;
  const { add, attempt, digest, fromBase64, hex, say } = core;
  const { parse: parseKey, fingerprint } = core.key;
  const { dataset } = main;
  const isSignatory = dataset.page === "signatory";

  // What holds and what does not, in the one run that is under way.
  let tally;

  const isText = (value) => typeof value === "string";
  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
  const all = (selector, parent = main) => [...parent.querySelectorAll(selector)];
  const failure = ({ message }) => say("failed", message);

  // ---------------------------------------------------------------- judging one record

  const samePoint = (a, b) => !!a && core.equal(a.point, b.point);
  const detailsOf = (statement) => JSON.stringify(statement.lines.filter(([key]) => /^(name|country|website|domain)/.test(key)));

  // docs/formats/14-entries.md, step 10: the lowest version with the authentic digest; every digest must be of it.
  function versionOf({ versions, authentic }, texts) {
    const has = (of, language) => own(of, language) === (texts[language] ?? null);
    const [number, of] = Object.entries(versions).find(([, of]) => has(of, authentic)) ?? [0, {}];
    return Object.keys(texts).every((language) => has(of, language)) ? Number(number) : 0;
  }

  // The person who may sign such an attestation under a charter (docs/formats/17-binding.md, step 3).
  function isEligible({ maintainers, observers }, { action, get }) {
    const by = get("maintainer");
    const people = action === "vouch" || Object.hasOwn(maintainers, by) ? maintainers : observers;
    return own(people, by) === get("key");
  }

  // Judges all that is signed in a record, entry by entry; each answer has its problems, and what to tell where there are none.
  async function judge({ registry, letters, charters }, signatory, record) {
    const current = charters.find((charter) => charter.current);
    const [held, attested, lost, results] = [[], [], [], []];
    const chains = new Map();
    let [inForce, details, names, before] = [null, null, [], "none"];
    let [isRemoved, isRefused, holding] = [false, false, 0];
    let problems;
    const refuse = (sentence) => void problems.push(sentence);
    const unless = (fits, ...what) => fits || refuse(say(...what));
    // Reads something; a refusal becomes a problem.
    const read = (reader, text) => attempt(() => reader(text), refuse);

    // docs/formats/14-entries.md, steps 2 to 5.
    function judgePlace({ get }, number, previous) {
      unless(get("registry") === registry && get("signatory") === signatory, "address");
      unless(get("sequence") === String(number) && get("previous") === previous, "sequence");
    }

    // One signature by one key; what is wrong with it is a problem.
    async function judgeSignature(key, signature, text) {
      const made = isText(signature) ? await core.signature.check(key, signature, text) : { why: say("signs") };
      if (made.ok === true) holding += 1;
      else refuse(made.why);
      return made;
    }

    // docs/formats/14-entries.md, steps 6 to 10: what an organization signs.
    async function judgeOwn({ get, texts }, entry, one) {
      one.key = parseKey(get("key"));
      unless(!inForce || samePoint(inForce, one.key), "force");
      const made = await judgeSignature(one.key, entry.signature, entry.text);
      one.means = made.pin ? "pin" : made.touched ? "touched" : made.container;
      unless(!entry.signatures, "signs");
      if (!one.letter) return;
      const letter = own(letters, one.letter);
      if (letter && one.action === "endorse") one.version = versionOf(letter, texts);
      unless(letter && one.version !== 0, "letter");
    }

    // docs/formats/18-maintainers.md, steps 1 to 11: what maintainers sign together.
    async function judgeJoint({ get }, entry, one) {
      const charter = charters.find((charter) => charter.digest === get("charter"));
      const signatures = entry.signatures ?? [];
      one.signers = signatures.map(({ maintainer }) => maintainer);
      unless(before !== "none", "sequence");
      unless(!isText(entry.signature) && !one.signers.some((id, at) => one.signers[at - 1] >= id), "signs");
      if (!charter) return refuse(say("attester", one.signers.join(", ")));
      const points = new Set();
      for (const { maintainer, signature } of signatures) {
        const line = own(charter.maintainers, maintainer);
        const key = line && parseKey(line);
        unless(key, "attester", maintainer);
        if (key && (await judgeSignature(key, signature, entry.text)).ok) points.add(hex(key.point));
      }
      const least = one.action === "recover" ? Math.min(2, Object.keys(charter.maintainers).length) : 1;
      const needed = Math.max(1, least, charter.policy.threshold);
      unless(points.size >= needed, "few", points.size, needed);
    }

    // An entry of `statements`: whether it holds, and what it changes.
    async function judgeStatement(entry, number) {
      const statement = read(core.statement.parse, entry.text);
      const one = { action: statement?.action, letter: statement?.get("letter") };
      if (statement && !["vouch", "observe", "govern"].includes(one.action)) {
        const { get } = statement;
        unless(!isRemoved, "place");
        judgePlace(statement, number, before);
        unless(details === null || one.action === "amend" || detailsOf(statement) === details, "changed");
        await (get("key") ? judgeOwn : judgeJoint)(statement, entry, one);
        // docs/formats/13-signature.md, step 16: a new key signs too, and nothing else has a countersignature.
        one.newKey = get("new-key") && parseKey(get("new-key"));
        if (one.newKey) await judgeSignature(one.newKey, entry.countersignature, entry.text);
        else unless(!isText(entry.countersignature), "signs");
        details = detailsOf(statement);
        names = [get("name"), ...Object.values(statement.names)];
      } else if (statement) refuse(say("place"));
      before = await digest(entry.text);
      if (problems.length > 0) {
        isRefused = true;
        inForce ??= one.key;
        return;
      }
      if (one.action === "recover") {
        lost.push(inForce);
        for (const earlier of held) earlier.isReplaced = true;
      }
      isRemoved ||= one.action === "remove";
      inForce = one.newKey ?? one.key ?? inForce;
      held.push(one);
      return async () => [
        one.key ? say("own", await fingerprint(one.key), say(one.means)) : say("joint", one.signers.join(", ")),
        one.newKey && say("successor", await fingerprint(one.newKey)),
        one.version && say("version", one.version),
        one.action === "withdraw" && standingOf(one.letter, true).standing === "listed" && say("uncounted"),
      ];
    }

    // An entry of `attestations`: docs/formats/17-binding.md, steps 1 to 15.
    async function judgeAttestation(entry) {
      const statement = read(core.statement.parse, entry.text);
      if (!statement) return;
      const { action, get } = statement;
      const [by, method] = [get("maintainer"), get("method")];
      if (!method) return refuse(say("place"));
      const [number, last] = chains.get(by) ?? [1, "none"];
      judgePlace(statement, number, last);
      unless(charters.some((charter) => isEligible(charter, statement)), "attester", by);
      await judgeSignature(parseKey(get("key")), entry.signature, entry.text);
      if (problems.length > 0) return;
      chains.set(by, [number + 1, await digest(entry.text)]);
      const sees = action === "observe" && method !== "retracted";
      const body = isText(entry.body) && read(fromBase64, entry.body);
      const lines = body ? core.binary(body).split(/\r?\n|\r$/) : [];
      // Steps 6 to 10: the domain names the key for this signatory and registry.
      const isNamed = get("domain") && body?.length <= 2048 && lines.includes(`${signatory} ${registry} ${get("subject-key")}`);
      unless(!sees || (isNamed && (await digest(body)) === get("evidence")), "sight");
      unless((sees || !isText(entry.body)) && !entry.signatures && !isText(entry.countersignature), "signs");
      if (problems.length > 0) return;
      const subject = parseKey(get("subject-key"));
      let effect = "counts";
      if (!current || !isEligible(current, statement)) effect = "retired";
      else if (method === "retracted") effect = "back";
      else if (detailsOf(statement) !== details) effect = "details";
      else if (!samePoint(inForce, subject)) effect = "otherKey";
      else if (lost.some((key) => samePoint(key, subject))) effect = "lost";
      // docs/formats/19-observing.md, step 20.
      const leaves = Object.keys(letters).filter((letter) => lines.includes(`withdraw ${signatory} ${registry} ${letter}`));
      const one = { action, by, method, subject, effect };
      attested.push(one);
      return async () => {
        const told = [say("attested", by, await fingerprint(subject))];
        if (one.effect !== "counts") return [...told, say("idle", say(one.effect))];
        return [...told, say("counts"), ...leaves.map((letter) => say("leaves", letters[letter].title))];
      };
    }

    // docs/formats/17-binding.md, step 16: observations and vouches are never added up.
    function suffices(fits) {
      const { policy } = current ?? charters.at(-1);
      const reaches = (action, least) =>
        least > 0 && new Set(attested.filter((one) => one.action === action && fits(one)).map(({ by }) => by)).size >= least;
      return reaches("observe", policy.observations) || reaches("vouch", policy.vouches);
    }

    // docs/formats/10-standing.md, steps 2 to 5, and 14-entries.md, step 14 where the record has a listing.
    function standingOf(letter, hasListing) {
      if (isRefused || isRemoved) return { standing: isRefused ? "refused" : "removed" };
      const isBound = suffices(({ effect }) => effect === "counts");
      const wasBound = (key) => suffices(({ method, subject }) => method !== "retracted" && samePoint(key, subject));
      const isStranger = hasListing && !held.some(({ action }) => action === "endorse");
      const speaks = ({ action, key, isReplaced }) => action === "endorse" || !isStranger || (isBound && !isReplaced) || wasBound(key);
      const last = held.findLast((one) => one.letter === letter && speaks(one));
      if (last?.action !== "endorse") return { standing: last ? "withdrawn" : "listed" };
      const { version, isReplaced } = last;
      const signed = isBound && !isReplaced ? "verified" : "signed";
      return { standing: version < Math.max(...Object.keys(letters[letter].versions)) ? "superseded" : signed, version };
    }

    for (const [kind, judgeEntry] of Object.entries({ statement: judgeStatement, attestation: judgeAttestation })) {
      for (const [at, entry] of (record[`${kind}s`] ?? []).entries()) {
        problems = [];
        const tell = await judgeEntry(entry, at + 1);
        results.push({ kind, number: at + 1, entry, problems, tell });
      }
    }
    // docs/formats/17-binding.md, step 12: of each attester and action only the newest says anything.
    const eligible = attested.filter(({ effect }) => effect !== "retired");
    for (const one of eligible) {
      if (eligible.findLast(({ action, by }) => action === one.action && by === one.by) !== one) one.effect = "overtaken";
    }

    // Adds what holds in the record to the tally, and the standings shown that follow; gives the problems, each with its place.
    // Where the page does not say whether the record has a listing, `listings` holds both answers.
    function compare(shown, listings, name) {
      tally.signatures += holding;
      tally.counting += attested.filter(({ effect }) => effect === "counts").length;
      const found = results.flatMap(({ kind, number, problems }) => {
        if (problems.length === 0) tally[`${kind}s`] += 1;
        return problems.map((problem) => say("at", say(kind, number), problem));
      });
      for (const [letter, { standing, version }] of shown) {
        const possible = listings.map((hasListing) => standingOf(letter, hasListing));
        const fits = possible.some((one) => one.standing === standing && (one.version ?? version) === version);
        if (fits) tally[standing === "listed" ? standing : "standings"] += 1;
        else found.push(say("standing", letters[letter]?.title ?? letter, standingWord({ standing, version }), standingWord(possible[0])));
      }
      if (names.length > 0 && !names.includes(name)) found.push(say("name", name));
      return found;
    }

    const keys = isRemoved ? [] : held.flatMap(({ key, newKey }) => [key, newKey]).filter(Boolean);
    return { held, names, points: new Set(keys.map(({ point }) => hex(point))), results, compare };
  }

  // ---------------------------------------------------------------- comparing it with what is shown

  const shownStanding = ({ dataset }) => ({ standing: dataset.standing, version: Number(dataset.version) || undefined });
  const standingWord = ({ standing, version }) => say(standing === "listed" ? "named" : standing) + (version ? ` (${version})` : "");

  // What comes of an entry or a row, beside it.
  function write(parent, problems, words) {
    const place = parent.querySelector(".result");
    if (!place) return;
    const isBad = problems.length > 0;
    place.textContent = isBad ? `${say("bad")}: ${problems.join("; ")}.` : words.filter(Boolean).join(" ");
    place.hidden = false;
    place.classList.toggle("bad", isBad);
  }

  // ---------------------------------------------------------------- the pages

  // The frame of the page, or the evidence of its list, which brings one; it must be of the registry that the page names.
  async function loadEvidence(isNeeded) {
    const { letter, listPage = 1 } = dataset;
    const written = document.getElementById("frame")?.dataset.frame;
    const shard =
      isNeeded || !written
        ? await core.load(`letters/${letter}/evidence-${listPage}.js`)
        : { frame: JSON.parse(written), signatories: [] };
    if (shard.frame.registry !== document.documentElement.dataset.origin) throw new Error(say("frame"));
    return shard;
  }

  // An entry as it stands in the page: the texts are what the reader sees.
  function entryOf(article) {
    const some = (list) => (list.length > 0 ? list : null);
    const signed = (by) => all(`pre.signature${by}`, article);
    // Two in one place are in neither container, so they are refused.
    const joined = (by) => some(signed(by).map((one) => one.textContent))?.join("\n");
    const body = article.querySelector(".body");
    return {
      article,
      text: article.querySelector("pre.statement-text").textContent,
      signature: joined('[data-by=""]'),
      countersignature: joined('[data-by="new-key"]'),
      signatures: some(
        signed(':not([data-by=""], [data-by="new-key"])').map((one) => ({ maintainer: one.dataset.by, signature: one.textContent })),
      ),
      body: body && (body.dataset.base64 ?? ""),
      shownBody: body?.textContent,
    };
  }

  const visible = (text) => text.replace(/[^\n\P{C}]|\ufffd/gu, "");

  async function checkSignatoryPage() {
    const { frame } = await loadEvidence(false);
    const record = {};
    for (const kind of ["statement", "attestation"]) {
      const articles = all(`article.${kind}`).sort((a, b) => a.dataset.number - b.dataset.number);
      record[`${kind}s`] = articles.map(entryOf);
    }
    const judged = await judge(frame, dataset.signatory, record);
    for (const { entry, problems, tell } of judged.results) {
      const { article, body, shownBody } = entry;
      const differs = body && shownBody && visible(core.decode(fromBase64(body))) !== visible(shownBody);
      if (differs) problems.push(say("sight"));
      write(article, problems, problems.length > 0 ? [] : await tell());
    }
    const shown = new Map(all(".standing[data-letter]").map((one) => [one.dataset.letter, shownStanding(one)]));
    // A letter that something was signed about must be shown.
    for (const { letter } of judged.held) if (letter && !shown.has(letter)) shown.set(letter, {});
    tally.bad.push(...judged.compare(shown, [false, true], main.querySelector("h1").textContent.trim()));
  }

  async function checkRow(frame, row, evidence) {
    const shown = shownStanding(row);
    const isListed = shown.standing === "listed";
    if (!evidence && !isListed) return { problems: [say("absent")] };
    const judged = await judge(frame, row.dataset.signatory, evidence ?? {});
    const before = { ...tally };
    const name = row.querySelector(".name").textContent.trim();
    const hasListing = /^listings:/m.test(evidence?.record);
    const problems = judged.compare([[dataset.letter, shown]], [hasListing], name);
    const fits = !evidence || (evidence.standing === shown.standing && (judged.names.length > 0 || evidence.name === name));
    if (!fits) problems.push(say("frame"));
    const more = ["statements", "signatures", "attestations"].map((kind) => tally[kind] - before[kind]);
    return { problems, judged, words: [isListed ? say("named") : say("row", standingWord(shown), ...more)] };
  }

  async function checkLetterPage() {
    const rows = all(".signatory[data-signatory]");
    const { frame, signatories } = await loadEvidence(rows.length > 0);
    // Every text of the letter that stands on the page: its bytes, the digest beside it, and the frame's.
    for (const element of all(".letter-text")) {
      const { version, language, digest: stated } = element.dataset;
      const known = frame.letters[dataset.letter]?.versions[version]?.[language];
      if (known === stated && (await digest(element.textContent)) === stated) tally.texts += 1;
      else tally.bad.push(say("text", version, language));
    }
    const evidence = new Map(signatories.map((one) => [one.id, one]));
    const users = new Map();
    let last = performance.now();
    for (const [at, row] of rows.entries()) {
      const id = row.dataset.signatory;
      const checked = checkRow(frame, row, evidence.get(id));
      const { problems, judged, words } = await checked.catch((error) => ({ problems: [failure(error)] }));
      // docs/formats/11-clashes.md, keys: nobody's key signs for another organization too.
      for (const point of judged?.points ?? []) {
        if (users.has(point)) tally.bad.push(say("at", id, say("twice", users.get(point))));
        users.set(point, id);
      }
      tally.bad.push(...problems.map((problem) => say("at", id, problem)));
      write(row, problems, words);
      evidence.delete(id);
      // Long pages must stay alive: every so often the browser gets a moment, and the reader a number.
      if (performance.now() - last < 60) continue;
      button.textContent = say("progress", at + 1, rows.length);
      await new Promise((resolve) => setTimeout(resolve));
      last = performance.now();
    }
    for (const id of evidence.keys()) tally.bad.push(say("at", id, say("hidden")));
  }

  // ---------------------------------------------------------------- the button

  const KINDS = ["texts", "statements", "signatures", "attestations", "standings", "listed"];

  // The summary: what was checked, what does not hold, and what no such check can show.
  function summarize() {
    const isBad = tally.bad.length > 0;
    const done = KINDS.filter((kind) => tally[kind] > 0);
    const whole = done.some((kind) => kind !== "listed") ? "whole" : "empty";
    box.replaceChildren();
    add(box, "p", say(isBad ? "broken" : whole, tally.bad.length), `verdict${isBad ? " bad" : ""}`);
    const lists = {
      done: done.map((kind) => say(kind, tally[kind], tally.counting)),
      bad: tally.bad,
      limits: (isSignatory ? [1, 2, 3, 4, 5] : [1, 2, 3, 4]).map((number) => say(`limit${number}`)),
    };
    for (const [name, items] of Object.entries(lists)) {
      if (items.length === 0) continue;
      add(box, "h3", say(name));
      const list = add(box, "ul", "", name);
      for (const item of items) add(list, "li", item);
    }
  }

  // One run of the button; whatever goes wrong on the way is told as what could not be checked.
  async function run() {
    if (button.ariaDisabled === "true") return;
    const label = button.textContent;
    button.ariaDisabled = box.ariaBusy = "true";
    for (const old of all(".result")) old.hidden = true;
    tally = { counting: 0, bad: [] };
    for (const kind of KINDS) tally[kind] = 0;
    await (isSignatory ? checkSignatoryPage : checkLetterPage)().catch((error) => tally.bad.push(failure(error)));
    summarize();
    button.ariaDisabled = box.ariaBusy = "false";
    button.textContent = label;
  }

  // ---------------------------------------------------------------- the letter's file

  // What mail, editors and version control add to a text or take from it, undone.
  const REPAIRS = {
    final: (text) => `${text.replace(/[\r\n]+$/, "")}\n`,
    crlf: (text) => text.replaceAll("\r\n", "\n"),
    bom: (text) => text.replace(/^\xef\xbb\xbf/, ""),
  };

  async function tellFile(file) {
    const { frame } = await loadEvidence(false);
    if (file.size > 1 << 22) return say("no");
    const spellings = [[core.binary(new Uint8Array(await file.arrayBuffer())), []]];
    for (const [name, repair] of Object.entries(REPAIRS)) {
      spellings.push(...spellings.map(([text, names]) => [repair(text), [name, ...names]]));
    }
    for (const [text, names] of spellings) {
      const found = await digest(core.fromBinary(text));
      for (const [version, of] of Object.entries(frame.letters[dataset.letter].versions)) {
        const language = Object.keys(of).find((one) => of[one] === found);
        const why = names.map((name) => say(name)).join(", ");
        if (language) return say(why ? "near" : "is", version, language, why);
      }
    }
    return say("no");
  }

  function watchDrop() {
    const take = async ([file]) => {
      if (file) main.querySelector(".drop-result").textContent = await tellFile(file).catch(failure);
    };
    drop.querySelector("input[type=file]").addEventListener("change", ({ target }) => take(target.files));
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", /enter|over/.test(kind));
        if (kind === "drop") take(event.dataTransfer.files);
      });
    }
    drop.hidden = false;
  }

  // The button appears only where it can do what it says.
  core.signature.obstacle().then((obstacle) => {
    if (obstacle) return add(box, "p", say(obstacle));
    if (drop) watchDrop();
    button.addEventListener("click", run);
    button.hidden = false;
  });
})();
