// The one button: checks in the reader's own browser what this page shows, byte for byte, and says in words what that comes to.
// It judges as docs/formats/10, 14, 17 and 18 say. What it could not check it never calls good.
(() => {
  "use strict";

  const core = globalThis.undersigned;
  const main = document.querySelector("main[data-page]");
  const [button, box, drop] = ["[data-check]", ".check-result", "[data-drop]"].map((selector) => main?.querySelector(selector));
  if (!core || !button) return;
  const { add, digest, fromBase64, hex, say, Refusal } = core;
  const { parse: parseKey, fingerprint } = core.key;
  const { dataset } = main;

  // Of the one run that is under way: how much holds, what does not, what could not be checked, and where it looks.
  let [count, bad, open, where] = [];

  const isText = (value) => typeof value === "string";
  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
  const all = (selector, parent = main) => [...parent.querySelectorAll(selector)];
  const refuse = (sentence) => void bad.push(where ? say("at", where, sentence) : sentence);
  const unless = (fits, ...what) => fits || refuse(say(...what));
  // What was refused does not hold; whatever else goes wrong, such as a file that does not come, is told as what could not be checked.
  const fail = (error) => void (error instanceof Refusal ? refuse(error.message) : open.push(error.message));
  // Sentences about a statement or a profile, with its values at their names; none where one of them is missing.
  function tell(what, one) {
    const value = (_, key) => one[key] ?? one.get(key) ?? "\n";
    const sentences = say(what).split("|").map((sentence) => sentence.replace(/\{(\w+)\}/g, value));
    return sentences.filter((sentence) => !sentence.includes("\n"));
  }

  // ---------------------------------------------------------------- judging one record

  const profileOf = (get, names) => ({ get, names: Object.values(names), nation: core.country(get("country")) });
  const samePoint = (a, b) => a && core.equal(a.point, b.point);
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

  // Judges all that is signed in a record, entry by entry; each answer tells whether it holds, and what was learned.
  async function judge({ registry, letters, charters, names }, signatory, record) {
    const current = charters.find((charter) => charter.current);
    const [held, attested, lost, results] = [[], [], [], []];
    const chains = new Map();
    let [inForce, details, profile, before] = [null, null, null, "none"];
    let [isRemoved, isRefused, start] = [false, false, 0];

    // docs/formats/14-entries.md, steps 2 to 5.
    function judgePlace({ get }, number, previous) {
      unless(get("registry") === registry && get("signatory") === signatory, "address");
      unless(get("sequence") === String(number) && get("previous") === previous, "sequence");
    }

    // One signature by one key; what is wrong with it is a problem.
    async function judgeSignature(key, signature, text) {
      const made = isText(signature) ? await core.signature.check(key, signature, text) : { why: say("signs") };
      if (made.ok) count.signatures += 1;
      else refuse(made.why);
      return made;
    }

    // docs/formats/14-entries.md, steps 6 to 10: what an organization signs.
    async function judgeOwn({ get, texts }, entry, one) {
      one.key = parseKey(get("key"));
      unless(!inForce || samePoint(inForce, one.key), "force");
      const made = await judgeSignature(one.key, entry.signature, entry.text);
      one.device = say(made.means);
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
      const signers = signatures.map(({ maintainer }) => maintainer);
      one.signers = signers.join(", ");
      unless(before !== "none", "sequence");
      unless(!isText(entry.signature) && !signers.some((id, at) => signers[at - 1] >= id), "signs");
      if (!charter) return refuse(say("attester", one.signers));
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
      const statement = core.statement.parse(entry.text);
      const { action, get } = statement;
      const one = { ...statement, number, letter: get("letter") };
      if (["vouch", "observe", "govern"].includes(action)) return refuse(say("place"));
      unless(!isRemoved, "place");
      judgePlace(statement, number, before);
      unless(details === null || action === "amend" || detailsOf(statement) === details, "changed");
      await (get("key") ? judgeOwn : judgeJoint)(statement, entry, one);
      // docs/formats/13-signature.md, step 16: a new key signs too, and nothing else has a countersignature.
      one.newKey = get("new-key") && parseKey(get("new-key"));
      if (one.newKey) await judgeSignature(one.newKey, entry.countersignature, entry.text);
      else unless(!isText(entry.countersignature), "signs");
      details = detailsOf(statement);
      profile = profileOf(get, statement.names);
      if (bad.length > start) return void (inForce ??= one.key);
      if (action === "recover") {
        lost.push(inForce);
        for (const earlier of held) earlier.isReplaced = true;
      }
      isRemoved ||= action === "remove";
      inForce = one.newKey ?? one.key ?? inForce;
      held.push(one);
      return one;
    }

    // An entry of `attestations`: docs/formats/17-binding.md, steps 1 to 15.
    async function judgeAttestation(entry) {
      const statement = core.statement.parse(entry.text);
      const { action, get } = statement;
      const [by, method] = [get("maintainer"), get("method")];
      if (!method) return refuse(say("place"));
      const [number, last] = chains.get(by) ?? [1, "none"];
      judgePlace(statement, number, last);
      unless(charters.some((charter) => isEligible(charter, statement)), "attester", by);
      await judgeSignature(parseKey(get("key")), entry.signature, entry.text);
      if (bad.length > start) return;
      chains.set(by, [number + 1, await digest(entry.text)]);
      const sees = action === "observe" && method !== "retracted";
      const body = isText(entry.body) && fromBase64(entry.body);
      const lines = body ? core.binary(body).split(/\r?\n|\r$/) : [];
      // Steps 6 to 10: the domain names the key for this signatory and registry.
      const isNamed = get("domain") && body?.length <= 2048 && lines.includes(`${signatory} ${registry} ${get("subject-key")}`);
      unless(!sees || (isNamed && (await digest(body)) === get("evidence")), "sight");
      unless((sees || !isText(entry.body)) && !entry.signatures && !isText(entry.countersignature), "signs");
      if (bad.length > start) return;
      const subject = parseKey(get("subject-key"));
      let effect = "counts";
      if (!current || !isEligible(current, statement)) effect = "retired";
      else if (method === "retracted") effect = "back";
      else if (detailsOf(statement) !== details) effect = "details";
      else if (!samePoint(inForce, subject)) effect = "otherKey";
      else if (lost.some((key) => samePoint(key, subject))) effect = "lost";
      // docs/formats/19-observing.md, step 20.
      const leaves = Object.keys(letters).filter((letter) => lines.includes(`withdraw ${signatory} ${registry} ${letter}`));
      const one = { ...statement, by, method, subject, effect, leaves, who: names[get("key")], how: say(method) };
      attested.push(one);
      return one;
    }

    const counts = ({ effect }) => effect === "counts";

    // docs/formats/17-binding.md, step 16: observations and vouches are never added up.
    function suffices(fits) {
      const { policy } = current ?? charters.at(-1);
      const reaches = (action, least) =>
        least > 0 && new Set(attested.filter((one) => one.action === action && fits(one)).map(({ by }) => by)).size >= least;
      return reaches("observe", policy.observations) || reaches("vouch", policy.vouches);
    }

    // docs/formats/10-standing.md, steps 2 to 5, and 14-entries.md, step 14 where the record has a listing.
    function standingOf(letter, hasListing) {
      if (isRefused || isRemoved) return { standing: isRefused ? "refused" : "removed", basis: held.at(-1) };
      const isBound = suffices(counts);
      const wasBound = (key) => suffices(({ method, subject }) => method !== "retracted" && samePoint(key, subject));
      const isStranger = hasListing && !held.some(({ action }) => action === "endorse");
      const speaks = ({ action, key, isReplaced }) => action === "endorse" || !isStranger || (isBound && !isReplaced) || wasBound(key);
      const last = held.findLast((one) => one.letter === letter && speaks(one));
      if (last?.action !== "endorse") return { standing: last ? "withdrawn" : "listed", basis: last };
      const { version, isReplaced } = last;
      const signed = isBound && !isReplaced ? "verified" : "signed";
      return { standing: version === letters[letter].current ? signed : "superseded", version, basis: last };
    }

    const place = where;
    for (const [kind, judgeEntry] of Object.entries({ statement: judgeStatement, attestation: judgeAttestation })) {
      for (const [at, entry] of (record[`${kind}s`] ?? []).entries()) {
        where = `${place} ${say(kind, at + 1)}`.trim();
        start = bad.length;
        const one = await judgeEntry(entry, at + 1).catch(fail);
        if (kind === "statement") {
          before = await digest(entry.text);
          isRefused ||= bad.length > start;
        }
        if (bad.length === start) count[`${kind}s`] += 1;
        results.push({ kind, number: at + 1, entry, found: bad.slice(start), one });
      }
    }
    where = place;
    // docs/formats/17-binding.md, step 12: of each attester and action only the newest says anything.
    const eligible = attested.filter(({ effect }) => effect !== "retired");
    for (const one of eligible) {
      if (eligible.findLast(({ action, by }) => action === one.action && by === one.by) !== one) one.effect = "overtaken";
    }

    // What the record comes to for a letter, of which a standing is shown; a problem where that does not follow.
    // Where the page does not say whether the record has a listing, `listings` holds both answers.
    // Gives what the standing rests on, and that item by item, as pages say it under a name.
    function conclude(letter, { standing, version: written }, listings, namedAs) {
      const version = Number(written) || undefined;
      const { current, versions } = letters[letter];
      const possible = listings.map((hasListing) => standingOf(letter, hasListing));
      const fitting = possible.find((one) => one.standing === standing && (one.version ?? version) === version);
      if (fitting) count[standing === "listed" ? "claims" : "standings"] += 1;
      const { basis, ...found } = fitting ?? possible[0];
      unless(fitting, "standing", letter, say(standing), say(found.standing));
      const number = standing === "listed" ? version : found.version;
      const [signed, known] = [basis?.texts, versions[number]].map((texts) => Object.keys(texts ?? {}));
      const counting = attested.filter(counts);
      const isOver = isRemoved || standing === "withdrawn";
      const items = [
        number && number !== current && say("inVersion", number),
        namedAs && say("namedAs", namedAs),
        basis && signed.length < known.length && say("endorsed", signed.join(", ")),
        basis?.key && !basis.isReplaced && suffices(counts) && counting.map((one) => tell(`${one.action}Bond`, one)),
        basis?.isReplaced && say("replaced"),
        basis?.key && held.filter(({ action }) => action === "recover").slice(-1).map((one) => tell("recovered", one)),
        isOver ? tell(`${standing}Item`, basis) : counting.filter(({ leaves }) => leaves.includes(letter)).map((one) => tell("domainLeaves", one)),
      ];
      return { basis, items: items.flat(2) };
    }

    const keys = isRemoved ? [] : held.flatMap(({ key, newKey }) => [key, newKey]).filter(Boolean);
    return { held, profile, points: new Set(keys.map(({ point }) => hex(point))), results, conclude };
  }

  // ---------------------------------------------------------------- comparing it with what is shown

  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  // The exact text of an element; nothing where it is hidden, or where parts of it could be.
  const plain = (element) => (element.closest("[hidden]") || element.children.length > 0 ? "" : element.textContent);

  // What may stand among what is compared: anything else could show what is not in its text, or hide what is.
  const CLEAR =
    /<(\/?(a|bdi|code|d[dlt]|div|h\d|li|p|q|section|span|time|ul)|span class="result" hidden="")( (aria-labelledby|class|dat[a-z-]+|href|id|lang)="[^"]*")*>/g;

  // Compares all that elements show with what follows from what was signed, so that no part of it can be forgotten.
  function compare(elements, wanted) {
    const shown = tidy(elements.map(({ textContent }) => textContent).join(" "));
    const follows = tidy(wanted.filter(Boolean).join(" "));
    let at = 0;
    while (at < shown.length && shown[at] === follows[at]) at += 1;
    const isClear = (one) => !one.closest("[hidden]") && !one.outerHTML.replace(CLEAR, "").includes("<");
    const [is, be] = [shown, follows].map((text) => text.slice(Math.max(0, at - 20), at + 60));
    unless(shown === follows && elements.every(isClear), "shown", is, be);
  }

  // What comes of an entry or a row, beside it; what nobody signed is not told as if it had been checked.
  function write(parent, found, words = "", isClaim = false) {
    const place = parent.querySelector(".result");
    if (!place) return;
    const isBad = found.length > 0;
    const text = isBad ? `${say("wrong")}: ${found.join("; ")}.` : words;
    add(place, "span", text, isClaim && !isBad ? "meaning" : "");
    place.hidden = false;
    place.classList.toggle("bad", isBad);
  }

  // ---------------------------------------------------------------- the pages

  // The frame of the page; it must be of the registry that the page names.
  async function readFrame() {
    const frame = JSON.parse(document.getElementById("frame").dataset.frame);
    unless(frame.registry === document.documentElement.dataset.origin, "frame");
    return frame;
  }

  // An entry as it stands in the page: the texts are what the reader sees.
  function entryOf(article) {
    const made = all(".signature", article).map((one) => ({ maintainer: one.dataset.by, signature: plain(one) }));
    // Two in one place are in neither container, so they are refused.
    const by = (whom) => made.filter(({ maintainer }) => maintainer === whom).map(({ signature }) => signature).join("\n") || null;
    const others = made.filter(({ maintainer }) => !["", "new-key"].includes(maintainer));
    const body = article.querySelector(".body");
    return {
      article,
      text: all("pre.statement-text", article).map(plain).join(""),
      signature: by(""),
      countersignature: by("new-key"),
      signatures: others.length > 0 ? others : null,
      body: body && (body.dataset.base64 ?? ""),
      shownBody: body && plain(body),
    };
  }

  const visible = (text) => text.replace(/[^\n\P{C}]|\ufffd/gu, "");

  // An entry of a record that was judged: what stands above its text must follow from it.
  async function checkEntry({ kind, number, entry, found, one }) {
    const { article, body, shownBody, text } = entry;
    const start = bad.length;
    where = say(kind, number);
    unless(!body || visible(core.decode(fromBase64(body))) === visible(shownBody), "sight");
    if (one) {
      const { action, effect, get, key } = one;
      const shown = {
        ...one,
        number,
        does: effect && say(effect),
        named: say(action),
        fingerprint: key && (await fingerprint(key)),
        confirmed: action === "vouch" ? get("evidence") : undefined,
        digest: await digest(text),
      };
      // Besides, there are only signatures and files, which can be opened.
      compare(all(":scope > :not(.result, .statement-text, details)", article), tell(`${kind}Lines`, shown));
      write(article, bad.slice(start), tell("fine", shown).join(" "));
    } else write(article, found);
    where = "";
  }

  async function checkSignatoryPage(frame) {
    const entries = (kind) => all(`article.${kind}`).map(entryOf);
    const record = { statements: entries("statement"), attestations: entries("attestation") };
    const judged = await judge(frame, dataset.signatory, record);
    for (const result of judged.results) await checkEntry(result);
    const { profile } = judged;
    if (profile) {
      const { get, names } = profile;
      compare(all("[data-details]"), [get("name"), names.join(" · "), ...tell("detailLines", profile)]);
    }
    for (const label of all("span.standing")) {
      const section = label.closest("section");
      const { letter, standing, version } = section.dataset;
      const { basis, items } = judged.conclude(letter, section.dataset, [false, true], section.querySelector("[data-named]")?.textContent);
      const line = say(version ? "standsIn" : "stands", say(standing), say(`${standing}Means`), version);
      const wanted = [frame.letters[letter].title, line, ...items, ...(basis ? tell("byStatement", basis) : [])];
      compare([...section.children].slice(0, 3), wanted);
    }
    // A letter that something was signed about must be shown.
    for (where of judged.held.map(({ letter }) => letter)) {
      unless(!where || main.querySelector(`[data-letter=${where}] span.standing`), "hidden");
    }
  }

  // A row of the list; gives what was learned.
  async function checkRow(frame, row, evidence) {
    if (!evidence) return refuse(say("absent"));
    const shown = row.dataset;
    const { letter } = dataset;
    const { listing, names, record, standing } = evidence;
    const judged = await judge(frame, shown.signatory, evidence);
    const { items } = judged.conclude(letter, shown, [/^listings:/m.test(record)], listing?.named_as);
    // What nobody signed comes from the publisher, whose list and data must at least agree.
    const isListed = standing === "listed";
    unless(standing === shown.standing && (!isListed || (listing?.letter === letter && `${listing.version}` === shown.version)), "frame");
    const profile = judged.profile ?? profileOf((key) => evidence[key], names);
    const name = profile.get("name");
    compare([...all(".name", row), row], [name, name, ...profile.names, profile.nation, ...items]);
    return { isListed, points: judged.points, words: say(isListed ? "named" : "row", say(standing)) };
  }

  const STANDINGS = "verified signed listed superseded withdrawn removed".split(" ");

  // The box of counts, of which three are always there, and the list: headings, counts, and who stands under which of them.
  // Of a list of several pages only the rows of this one are known: the counts may be higher.
  function compareList(rows, pages) {
    for (const [name, always] of [["counts", 3], ["groups", 0]]) {
      const regions = all(`.${name}`);
      const wanted = STANDINGS.flatMap((word, at) => {
        const here = rows.filter((row) => row.dataset.standing === word);
        const told = pages > 1 && Number(regions[0]?.querySelector(`.standing-${word} .number`)?.textContent);
        const count = Math.max(here.length, told || 0);
        if (count === 0 && at >= always) return [];
        return [say(word), `${count}`, say(`${word}Means`), ...(always ? [] : here.map((row) => row.textContent))];
      });
      compare(regions, wanted.length > 0 ? wanted : [say("nobody")]);
    }
  }

  async function checkLetterPage(frame) {
    const { letter, listPage } = dataset;
    // What a search shows gives way to the list.
    const form = main.querySelector("form[data-search]");
    form?.reset();
    form?.dispatchEvent(new Event("input"));
    // Every text of the letter that stands on the page: its bytes, the digest beside it, and the frame's.
    const { versions, list_pages, index_shards, current, authentic } = frame.letters[letter];
    for (const element of all(".letter-text")) {
      const { version, language, digest: stated } = element.dataset;
      const fits = versions[version]?.[language] === stated && (await digest(plain(element))) === stated;
      if (unless(fits, "text", version, language)) count.texts += 1;
    }
    if (!main.querySelector(".counts, .groups, .signatory")) return;
    // The first page of a list has what its signatories signed: the authentic text of the version in force.
    const signed = `[data-version="${current}"][data-language="${authentic}"]`;
    unless(listPage > 1 || main.querySelector(".letter-text")?.matches(signed), "frame");
    const rows = all("[data-signatory]");
    compareList(rows, list_pages);
    const signatories = index_shards > 0 ? (await core.load(`letters/${letter}/evidence-${listPage}.js`)).signatories : [];
    const evidence = new Map(signatories.map((one) => [one.id, one]));
    const users = new Map();
    for (const [at, row] of rows.entries()) {
      where = row.dataset.signatory;
      const start = bad.length;
      const { words, points, isListed } = (await checkRow(frame, row, evidence.get(where)).catch(fail)) ?? {};
      // docs/formats/11-clashes.md, keys: nobody's key signs for another organization too.
      for (const point of points ?? []) {
        unless(!users.has(point), "twice", users.get(point));
        users.set(point, where);
      }
      write(row, bad.slice(start), words, isListed);
      evidence.delete(where);
      // Long pages must stay alive: every so often the browser gets a moment, and the reader a number.
      if (at % 8 > 0) continue;
      button.textContent = say("progress", at + 1, rows.length);
      await new Promise((resolve) => setTimeout(resolve));
    }
    for (where of evidence.keys()) refuse(say("hidden"));
  }

  // ---------------------------------------------------------------- the button

  // The summary: what was checked, what does not hold, what could not be checked, and what no such check can show.
  function summarize() {
    const done = Object.keys(count).filter((kind) => count[kind] > 0);
    const whole = done.some((kind) => kind !== "claims") ? "whole" : "empty";
    const verdict = bad.length > 0 ? "broken" : open.length > 0 ? "partly" : whole;
    box.replaceChildren();
    add(box, "p", say(verdict, bad.length), `verdict ${bad.length > 0 ? "bad" : ""}`);
    const limits = [1, 2, 3, 4, 5].map((number) => say(`limit${number}`)).concat(say(`${dataset.page}Limit`));
    for (const [name, items] of Object.entries({ done: done.map((kind) => say(kind, count[kind])), bad, open, limits })) {
      if (items.length === 0) continue;
      add(box, "h3", say(name));
      const list = add(box, "ul", "", name);
      for (const item of items) add(list, "li", item);
    }
  }

  // One run of the button.
  async function run() {
    if (button.ariaDisabled === "true") return;
    const label = button.textContent;
    button.ariaDisabled = box.ariaBusy = "true";
    for (const old of all(".result")) Object.assign(old, { hidden: true, className: "result", textContent: "" });
    count = { texts: 0, statements: 0, signatures: 0, attestations: 0, standings: 0, claims: 0 };
    [bad, open, where] = [[], [], ""];
    await readFrame()
      .then(dataset.page === "signatory" ? checkSignatoryPage : checkLetterPage)
      .catch(fail);
    summarize();
    button.ariaDisabled = box.ariaBusy = "false";
    button.textContent = label;
  }

  // ---------------------------------------------------------------- the letter's file

  // What a file is, of which a reader wants to know whether it is the letter.
  async function tellFile(file) {
    const { letters } = await readFrame();
    const found = await digest(new Uint8Array(await file.arrayBuffer()));
    for (const [version, of] of Object.entries(letters[dataset.letter].versions)) {
      const language = Object.keys(of).find((one) => of[one] === found);
      if (language) return say("is", version, language);
    }
    return say("no");
  }

  // The button appears only where it can do what it says.
  core.signature.obstacle().then((obstacle) => {
    if (obstacle) return add(box, "p", say(obstacle));
    // Files can be dropped on the field too.
    drop?.addEventListener("change", async ({ target: { files } }) => {
      drop.querySelector(".drop-result").textContent = files.length > 0 ? await tellFile(files[0]).catch(({ message }) => message) : "";
    });
    if (drop) drop.hidden = false;
    button.addEventListener("click", run);
    button.hidden = false;
  });
})();
