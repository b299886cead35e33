// The one button: checks in the reader's own browser what this page shows, byte for byte, and says in words what that comes to.
// It judges as docs/formats/10, 14, 17 and 18 say. What it could not check it never calls good.
(function () {
  "use strict";

  const core = globalThis.undersigned;
  const main = document.querySelector("main[data-page]");
  if (!core || !main) return;
  const { fill, digest } = core;

  const SAYS = core.words({
    en: {
      insecure: "Browsers offer their cryptography only over https, on this computer, or in a page saved to disk: open this page in one of these ways to check it.",
      old: "This browser cannot check Ed25519 signatures. Chromium from 137, Firefox from 129 and Safari from 17 can.",
      progress: "Checking {0} of {1} …",
      whole: "All that was checked holds.", broken: "NOT everything holds: {0}", empty: "There is nothing here that was signed or could be checked.",
      done: "What was checked", bad: "What does not hold", limits: "What this check cannot show",
      texts: "Texts of the letter with exactly the bytes of their digests: {0}", statements: "Statements that hold in their places: {0}",
      signatures: "Signatures that hold by the keys that must sign: {0}", attestations: "Attestations that hold: {0}; those that count: {1}",
      standings: "Standings shown that follow from what was signed: {0}", listed: "Organizations that the publisher named and that signed nothing, so that there is nothing to check: {0}",
      limit1: "That this check is honest: its scripts came from the same place as the page. “undersigned verify”, OpenSSH and OpenSSL check without them.",
      limit2: "That nothing disappeared, and that this is the newest state: “undersigned audit” looks through the history.",
      limit3: "Whose the maintainers’ keys are, and that their charters were adopted lawfully.",
      limit4: "That an organization itself decided what its key signed, on the day that it claims.",
      limit5: "That the digests are those of the letter: check its own page too.",
      failed: "could not be checked: {0}", at: "{0}: {1}", statement: "statement {0}", attestation: "attestation {0}",
      own: "Holds: signed by the key {0} ({1}).", joint: "Holds: signed by the maintainers {0}.", successor: "The new key {0} signed too.", version: "It endorses version {0}.",
      uncounted: "It changes nothing while the publisher names the organization: nobody has tied this key to it.",
      attested: "Holds: signed by {0}, about the key {1}.", counts: "It counts.", idle: "It does not count: {0}.",
      back: "it takes an earlier one back", overtaken: "its attester has said something newer", retired: "its attester is not in the charter in force",
      details: "it is about other details", key: "it is about another key than the one in force", lost: "that key was lost",
      leaves: "The domain also says that the organization withdraws from “{0}”, which only its key can do.",
      ssh: "SSH signature", raw: "raw signature", touched: "FIDO key, touched", pin: "FIDO key, touched, with PIN",
      row: "Checked: {0}. What holds: statements {1}, signatures {2}, attestations {3}.", named: "named by the publisher; signed nothing",
      verified: "verified", signed: "signed", superseded: "superseded", withdrawn: "withdrawn", removed: "removed", refused: "refused",
      address: "it is for another registry or another signatory", sequence: "its number or the digest of the one before it is not right",
      changed: "it changes details that only “amend” may change", force: "its key is not the one in force", place: "it does not belong here",
      signs: "it has a signature too many, too few or in the wrong place", letter: "its letter is unknown, or its digests are not the texts of one version",
      attester: "{0}: in no charter that counts here with this key", few: "maintainers who signed: {0}; who must: {1}",
      sight: "what was seen is not kept, is not what is shown, or does not name this key",
      standing: "“{0}” is shown as “{1}”, but what was signed comes to “{2}”", name: "it did not sign under the name “{0}”", twice: "its key signs for {0} too", absent: "there is no evidence", hidden: "it stands in the evidence and not on the page",
      text: "the text of version {0} ({1}) has not its digest", frame: "the page and its data contradict each other",
      is: "This file is the text of version {0} ({1}), byte for byte.", near: "This file is the text of version {0} ({1}) but for {2}. Signatures are over exact bytes.", no: "This file is none of the letter’s texts.",
      bom: "a byte order mark", crlf: "other line ends (CR LF)", final: "the line end at its end",
    },
    ko: {
      insecure: "브라우저는 https 주소, 이 컴퓨터, 디스크에 저장한 페이지에서만 암호 기능을 제공합니다. 이 가운데 한 방법으로 페이지를 여시면 확인할 수 있습니다.",
      old: "이 브라우저는 Ed25519 서명을 확인할 수 없습니다. Chromium 137, Firefox 129, Safari 17 이상에서 확인할 수 있습니다.",
      progress: "{1}개 중 {0}개째 확인 중…",
      whole: "확인한 것은 모두 맞습니다.", broken: "맞지 않는 것이 있습니다: {0}건", empty: "서명되었거나 확인할 수 있는 것이 없습니다.",
      done: "확인한 것", bad: "맞지 않는 것", limits: "이 확인으로 알 수 없는 것",
      texts: "다이제스트와 한 바이트도 다르지 않은 서한의 글: {0}개", statements: "제자리에 있고 맞는 진술문: {0}개",
      signatures: "서명해야 할 키로 한 맞는 서명: {0}개", attestations: "맞는 증언: {0}개, 그중 유효한 것: {1}개",
      standings: "서명된 내용과 일치하는 상태 표시: {0}개", listed: "발행인이 이름만 올렸고 서명한 것이 없어 확인할 것이 없는 단체: {0}곳",
      limit1: "이 확인이 정직한지: 스크립트도 페이지와 같은 곳에서 왔습니다. “undersigned verify”, OpenSSH, OpenSSL로는 스크립트 없이 확인할 수 있습니다.",
      limit2: "사라진 것이 없는지, 가장 새로운 상태인지: “undersigned audit”이 이력을 살펴봅니다.",
      limit3: "관리자의 키가 누구의 것인지, 헌장이 정당하게 채택되었는지.",
      limit4: "단체가 스스로, 적힌 날짜에 결정했는지.",
      limit5: "다이제스트가 서한의 것인지: 서한 페이지에서도 확인하십시오.",
      failed: "확인하지 못했습니다: {0}", at: "{0}: {1}", statement: "진술문 {0}", attestation: "증언 {0}",
      own: "맞습니다. 서명키: {0} ({1}).", joint: "맞습니다. 서명한 관리자: {0}.", successor: "새 키 {0}의 서명도 있습니다.", version: "제{0}판에 연명합니다.",
      uncounted: "발행인이 이름을 올린 동안에는 바꾸는 것이 없습니다. 이 키가 단체의 것임을 아무도 확인하지 않았습니다.",
      attested: "맞습니다. 서명한 사람: {0}. 대상 키: {1}.", counts: "유효합니다.", idle: "유효하지 않습니다: {0}.",
      back: "앞선 증언을 거두어들입니다", overtaken: "같은 사람의 더 새로운 증언이 있습니다", retired: "증언한 사람이 현재 헌장에 없습니다",
      details: "다른 단체 정보에 대한 것입니다", key: "현재 키가 아닌 다른 키에 대한 것입니다", lost: "잃어버린 키에 대한 것입니다",
      leaves: "이 도메인은 단체가 “{0}”에서 철회한다고도 말하지만, 철회는 단체의 키로만 할 수 있습니다.",
      ssh: "SSH 서명", raw: "원시 서명", touched: "FIDO 키, 사람이 만짐", pin: "FIDO 키, 사람이 만짐, PIN",
      row: "확인한 상태: {0}. 맞는 진술문 {1}개, 서명 {2}개, 증언 {3}개.", named: "발행인이 이름만 올렸으며 서명한 것이 없습니다",
      verified: "확인됨", signed: "서명함", superseded: "이전 판에 서명함", withdrawn: "철회함", removed: "삭제됨", refused: "거부됨",
      address: "다른 등록부나 다른 단체에 대한 것입니다", sequence: "순번이나 앞선 것의 다이제스트가 맞지 않습니다",
      changed: "“amend”만 바꿀 수 있는 정보를 바꾸었습니다", force: "현재 키로 한 것이 아닙니다", place: "여기에 있을 것이 아닙니다",
      signs: "서명이 많거나 모자라거나 제자리에 있지 않습니다", letter: "알 수 없는 서한이거나, 다이제스트가 한 판의 글의 것이 아닙니다",
      attester: "{0}: 해당하는 헌장에 이 키로 올라 있지 않습니다", few: "관리자 {1}명이 서명해야 하는데 {0}명이 서명했습니다",
      sight: "본 내용이 남아 있지 않거나, 표시된 것과 다르거나, 이 키를 가리키지 않습니다",
      standing: "“{0}”에 “{1}”(으)로 표시되어 있으나, 서명된 내용은 “{2}”입니다", name: "“{0}”(이)라는 이름으로 서명하지 않았습니다", twice: "같은 키로 {0}도 서명했습니다", absent: "증거가 없습니다", hidden: "증거에는 있으나 페이지에 없습니다",
      text: "제{0}판({1})의 글이 그 다이제스트와 다릅니다", frame: "페이지와 자료가 서로 어긋납니다",
      is: "이 파일은 제{0}판({1})의 글과 한 바이트도 다르지 않습니다.", near: "이 파일은 제{0}판({1})의 글과 같으나 다음이 다릅니다: {2}. 서명은 정확한 바이트에 대한 것입니다.", no: "이 파일은 이 서한의 글이 아닙니다.",
      bom: "바이트 순서 표시(BOM)", crlf: "줄바꿈(CR LF)", final: "끝의 줄바꿈",
    },
  });
  const say = (what, ...values) => fill(SAYS[what], ...values);

  // ---------------------------------------------------------------- judging one record

  /** What is found on the way through a record, and what holds so far. */
  const newState = (frame, signatory) => ({
    frame, signatory, key: null, details: null, names: [], before: "none", held: [], lost: [], removed: false, bad: 0, signatures: 0, attested: [], counts: new Map(),
  });
  const currentCharter = (frame) => frame.charters.find((charter) => charter.current);
  const samePoint = (a, b) => !!a && !!b && core.equal(a.point, b.point);
  const detailsOf = (statement) => JSON.stringify(statement.lines.filter(([key]) => /^(name(-.*)?|country|website|domain)$/.test(key)));

  /** Reads something; a refusal becomes a problem, any other error stays one of the check itself. */
  function attempt(problems, read) {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof core.Refusal)) throw error;
      problems.push(error.message);
      return null;
    }
  }

  /** One signature by one key; what is wrong with it is a problem. */
  async function judgeSignature(state, problems, key, signature, text) {
    if (typeof signature !== "string") {
      problems.push(SAYS.signs);
      return null;
    }
    const answer = await core.signature.check(key, signature, text);
    if (answer.ok !== true) problems.push(answer.why);
    else state.signatures += 1;
    return answer;
  }

  /** docs/formats/14-entries.md, steps 2 and 3. */
  function judgeAddress(state, problems, statement) {
    const fits = statement.get("registry") === state.frame.registry && statement.get("signatory") === state.signatory;
    if (!fits) problems.push(SAYS.address);
  }

  /** docs/formats/14-entries.md, step 10: the lowest version with the authentic digest; every digest must be of it. */
  function versionOf(letter, texts) {
    const has = (texts, language, digest) => Object.hasOwn(texts, language) && texts[language] === digest;
    const all = Object.entries(letter.versions).sort(([a], [b]) => a - b);
    const whole = (of) => Object.entries(texts).every(([language, digest]) => has(of, language, digest));
    if (letter.authentic === undefined) return Number(all.find(([, of]) => whole(of))?.[0] ?? 0);
    const authentic = all.find(([, of]) => Object.hasOwn(texts, letter.authentic) && has(of, letter.authentic, texts[letter.authentic]));
    return authentic && whole(authentic[1]) ? Number(authentic[0]) : 0;
  }

  /** docs/formats/14-entries.md, steps 6 to 10: what an organization signs. */
  async function judgeOwn(state, problems, statement, entry, held) {
    const key = core.key.parse(statement.get("key"));
    if (state.key && !samePoint(state.key, key)) problems.push(SAYS.force);
    const made = await judgeSignature(state, problems, key, entry.signature, entry.text);
    held.key = key;
    held.means = made?.pin ? "pin" : made?.touched ? "touched" : made?.container;
    if (entry.signatures) problems.push(SAYS.signs);
    if (held.letter === undefined) return;
    const letter = Object.hasOwn(state.frame.letters, held.letter) ? state.frame.letters[held.letter] : null;
    if (letter && held.action === "endorse") held.version = versionOf(letter, statement.texts);
    if (!letter || held.version === 0) problems.push(SAYS.letter);
  }

  /** docs/formats/18-maintainers.md, steps 1 to 11: what maintainers sign together. */
  async function judgeJoint(state, problems, statement, entry, held) {
    const charter = state.frame.charters.find((one) => one.digest === statement.get("charter"));
    held.signers = (entry.signatures ?? []).map((one) => one.maintainer);
    if (state.before === "none") problems.push(SAYS.sequence);
    if (typeof entry.signature === "string" || held.signers.some((id, at) => at > 0 && held.signers[at - 1] >= id)) problems.push(SAYS.signs);
    if (!charter) return problems.push(say("attester", held.signers.join(", ")));
    const points = new Set();
    for (const { maintainer, signature } of entry.signatures ?? []) {
      if (!Object.hasOwn(charter.maintainers, maintainer)) {
        problems.push(say("attester", maintainer));
        continue;
      }
      const key = core.key.parse(charter.maintainers[maintainer]);
      const made = await judgeSignature(state, problems, key, signature, entry.text);
      if (made?.ok) points.add(core.hex(key.point));
    }
    const threshold = Math.max(1, charter.policy.threshold);
    const needed = held.action === "recover" ? Math.max(threshold, Math.min(2, Object.keys(charter.maintainers).length)) : threshold;
    if (!(points.size >= needed)) problems.push(say("few", points.size, needed));
  }

  /** One entry of `statements`: whether it holds, and what it changes. */
  async function judgeStatement(state, entry, number) {
    const problems = [];
    const statement = attempt(problems, () => core.statement.parse(entry.text));
    const [before, details] = [state.before, state.details];
    const held = { action: statement?.action, letter: statement?.get("letter"), number };
    const own = ["endorse", "withdraw", "amend", "rotate"].includes(held.action);
    if (statement && !own && held.action !== "recover" && held.action !== "remove") problems.push(SAYS.place);
    else if (statement) {
      judgeAddress(state, problems, statement);
      if (state.removed) problems.push(SAYS.place);
      // docs/formats/14-entries.md, steps 4 and 5.
      if (statement.get("sequence") !== String(number) || statement.get("previous") !== before) problems.push(SAYS.sequence);
      if (details !== null && held.action !== "amend" && detailsOf(statement) !== details) problems.push(SAYS.changed);
      await (own ? judgeOwn : judgeJoint)(state, problems, statement, entry, held);
      // docs/formats/13-signature.md, step 16: a new key signs too, and nothing else has a countersignature.
      const newKey = statement.get("new-key");
      if (newKey) {
        held.newKey = core.key.parse(newKey);
        await judgeSignature(state, problems, held.newKey, entry.countersignature, entry.text);
      } else if (typeof entry.countersignature === "string") problems.push(SAYS.signs);
      state.details = detailsOf(statement);
      state.names = [statement.get("name"), ...Object.values(statement.names)];
    }
    state.before = await digest(entry.text);
    if (problems.length > 0) {
      state.bad += 1;
      state.key ??= held.key ?? null;
      return { problems };
    }
    if (held.action === "recover") {
      state.lost.push(state.key);
      for (const one of state.held) one.replaced = true;
    }
    state.removed ||= held.action === "remove";
    state.key = held.newKey ?? held.key ?? state.key;
    state.held.push(held);
    return { problems, held };
  }

  /** The person who may sign such an attestation under a charter (docs/formats/17-binding.md, step 3). */
  function isEligible(charter, statement) {
    const [id, line] = [statement.get("maintainer"), statement.get("key")];
    const has = (people) => Object.hasOwn(people, id) && people[id] === line;
    return Object.hasOwn(charter.maintainers, id) ? has(charter.maintainers) : statement.action === "observe" && has(charter.observers);
  }

  const linesOf = (body) => core.binary(body).split("\n").map((line) => line.replace(/\r$/, ""));

  /** docs/formats/17-binding.md, steps 6 to 10: the domain names the key for this signatory and registry. */
  async function judgeSight(state, problems, statement, body) {
    const line = `${state.signatory} ${state.frame.registry} ${statement.get("subject-key")}`;
    const isKept = statement.get("domain") && body && body.length > 0 && body.length <= 2048;
    const holds = isKept && (await digest(body)) === statement.get("evidence") && linesOf(body).includes(line);
    if (!holds) problems.push(SAYS.sight);
  }

  /** One entry of `attestations`: docs/formats/17-binding.md, steps 1 to 15. */
  async function judgeAttestation(state, entry) {
    const problems = [];
    const statement = attempt(problems, () => core.statement.parse(entry.text));
    if (!statement) return { problems };
    const [action, by] = [statement.action, statement.get("maintainer")];
    if (action !== "vouch" && action !== "observe") return { problems: [SAYS.place] };
    const { frame } = state;
    judgeAddress(state, problems, statement);
    if (!frame.charters.some((charter) => isEligible(charter, statement))) problems.push(say("attester", by));
    await judgeSignature(state, problems, core.key.parse(statement.get("key")), entry.signature, entry.text);
    const [count, last] = state.counts.get(by) ?? [0, "none"];
    if (statement.get("sequence") !== String(count + 1) || statement.get("previous") !== last) problems.push(SAYS.sequence);
    if (problems.length > 0) return { problems };
    state.counts.set(by, [count + 1, await digest(entry.text)]);
    const method = statement.get("method");
    const sees = action === "observe" && method !== "retracted";
    const body = typeof entry.body === "string" ? attempt(problems, () => core.fromBase64(entry.body)) : null;
    if (sees) await judgeSight(state, problems, statement, body);
    if ((!sees && typeof entry.body === "string") || entry.signatures || typeof entry.countersignature === "string") problems.push(SAYS.signs);
    if (problems.length > 0) return { problems };
    const charter = currentCharter(frame);
    const subject = core.key.parse(statement.get("subject-key"));
    const one = { action, by, method, subject, letters: [] };
    if (!charter || !isEligible(charter, statement)) one.effect = "retired";
    else if (method === "retracted") one.effect = "back";
    else if (detailsOf(statement) !== state.details) one.effect = "details";
    else if (!samePoint(state.key, subject)) one.effect = "key";
    else one.effect = state.lost.some((key) => samePoint(key, subject)) ? "lost" : "counts";
    // docs/formats/19-observing.md, step 20.
    if (sees) one.letters = Object.keys(frame.letters).filter((letter) => linesOf(body).includes(`withdraw ${state.signatory} ${frame.registry} ${letter}`));
    state.attested.push(one);
    return { problems, attested: one };
  }

  /** docs/formats/17-binding.md, step 12: of each attester and action only the newest says anything. */
  function overtake(attested) {
    const standing = attested.filter((one) => one.effect !== "retired");
    for (const [at, one] of standing.entries()) {
      if (standing.slice(at + 1).some((other) => other.by === one.by && other.action === one.action)) one.effect = "overtaken";
    }
  }

  /** docs/formats/17-binding.md, step 16: observations and vouches are never added up. */
  function suffices(frame, attested) {
    const policy = (currentCharter(frame) ?? frame.charters.at(-1)).policy;
    const people = (action) => new Set(attested.filter((one) => one.action === action).map((one) => one.by)).size;
    return (policy.observations > 0 && people("observe") >= policy.observations) || (policy.vouches > 0 && people("vouch") >= policy.vouches);
  }

  /** docs/formats/10-standing.md, steps 2 to 5, and 14-entries.md, step 14 where the record has a listing. */
  function standingOf(state, letter, hasListing) {
    if (state.bad > 0) return { standing: "refused" };
    if (state.removed) return { standing: "removed" };
    const bound = suffices(state.frame, state.attested.filter((one) => one.effect === "counts"));
    const everBound = (key) => suffices(state.frame, state.attested.filter((one) => one.method !== "retracted" && samePoint(one.subject, key)));
    const stranger = hasListing && !state.held.some((held) => held.action === "endorse");
    const counts = (held) => held.action === "endorse" || !stranger || (bound && !held.replaced) || everBound(held.key);
    const last = state.held.filter((held) => held.letter === letter && counts(held)).at(-1);
    if (!last) return { standing: "listed" };
    if (last.action === "withdraw") return { standing: "withdrawn" };
    const isCurrent = last.version === Math.max(...Object.keys(state.frame.letters[letter].versions).map(Number));
    return { standing: !isCurrent ? "superseded" : bound && !last.replaced ? "verified" : "signed", version: last.version };
  }

  /** Judges all that is signed in a record; `results` has one answer for each entry. */
  async function judge(frame, { id, statements, attestations }) {
    const state = newState(frame, id);
    const results = { statements: [], attestations: [] };
    for (const [at, entry] of statements.entries()) results.statements.push(await judgeStatement(state, entry, at + 1));
    for (const entry of attestations) results.attestations.push(await judgeAttestation(state, entry));
    overtake(state.attested);
    return { state, results };
  }

  // ---------------------------------------------------------------- telling

  async function tellHeld(state, { action, key, version, letter, means, newKey, signers }) {
    const said = [key ? say("own", await core.key.fingerprint(key), SAYS[means]) : say("joint", signers.join(", "))];
    if (newKey) said.push(say("successor", await core.key.fingerprint(newKey)));
    if (version) said.push(say("version", version));
    if (action === "withdraw" && standingOf(state, letter, true).standing === "listed") said.push(SAYS.uncounted);
    return said.join(" ");
  }

  async function tellAttested(state, { by, subject, effect, letters }) {
    const said = [say("attested", by, await core.key.fingerprint(subject))];
    if (effect !== "counts") return [...said, say("idle", SAYS[effect])].join(" ");
    const leaves = letters.map((letter) => say("leaves", state.frame.letters[letter].title));
    return [...said, SAYS.counts, ...leaves].join(" ");
  }

  /** What was counted and what was found while the page is checked. */
  const newTally = () => ({ texts: 0, statements: 0, signatures: 0, attestations: 0, counting: 0, standings: 0, listed: 0, bad: [] });

  function write(place, text, isBad) {
    if (!place) return;
    place.textContent = text;
    place.hidden = false;
    place.classList.toggle("bad", isBad);
  }

  function add(parent, tag, text, className) {
    const element = document.createElement(tag);
    element.textContent = text ?? "";
    if (className) element.className = className;
    parent.append(element);
    return element;
  }

  function addList(parent, title, items, className) {
    if (items.length === 0) return;
    add(parent, "h3", title);
    const list = add(parent, "ul", "", className);
    for (const item of items) add(list, "li", item);
  }

  /** The summary: what was checked, what does not hold, and what no such check can show. */
  function summarize(box, tally) {
    box.replaceChildren();
    const done = ["texts", "statements", "signatures", "attestations", "standings", "listed"].filter((kind) => tally[kind] > 0);
    const verdict = tally.bad.length > 0 ? say("broken", tally.bad.length) : say(done.some((kind) => kind !== "listed") ? "whole" : "empty");
    add(box, "p", verdict, tally.bad.length > 0 ? "verdict bad" : "verdict");
    addList(box, SAYS.done, done.map((kind) => say(kind, tally[kind], tally.counting)));
    addList(box, SAYS.bad, tally.bad, "bad");
    const limits = ["limit1", "limit2", "limit3", "limit4", ...(main.dataset.page === "signatory" ? ["limit5"] : [])];
    addList(box, SAYS.limits, limits.map((limit) => SAYS[limit]), "limits");
  }

  /** Adds what holds in a record to the tally; gives the problems of it, each with its place. */
  function count(tally, { state, results }) {
    const problems = [];
    for (const [list, name] of [["statements", "statement"], ["attestations", "attestation"]]) {
      for (const [at, result] of results[list].entries()) {
        if (result.problems.length === 0) tally[list] += 1;
        problems.push(...result.problems.map((problem) => say("at", say(name, at + 1), problem)));
      }
    }
    tally.signatures += state.signatures;
    tally.counting += state.attested.filter((one) => one.effect === "counts").length;
    return problems;
  }

  const standingWord = ({ standing, version }) =>
    `${SAYS[standing === "listed" ? "named" : standing] ?? "–"}${version ? ` (${version})` : ""}`;

  /** Whether a standing is shown that follows; `hasListing` is null where the page does not say whether the record has one. */
  function compareStanding(tally, state, letter, shown, hasListing) {
    const possible = (hasListing === null ? [false, true] : [hasListing]).map((one) => standingOf(state, letter, one));
    const fits = (one) => one.standing === shown.standing && (one.version === undefined || one.version === shown.version);
    if (possible.some(fits)) {
      tally[shown.standing === "listed" ? "listed" : "standings"] += 1;
      return [];
    }
    const title = state.frame.letters[letter]?.title ?? letter;
    return [say("standing", title, standingWord(shown), standingWord(possible[0]))];
  }

  const compareName = (state, shown) => (state.names.length === 0 || state.names.includes(shown) ? [] : [say("name", shown)]);

  // ---------------------------------------------------------------- the pages

  const frameElement = document.getElementById("frame");
  const pageFrame = () => (frameElement ? checkFrame(JSON.parse(frameElement.dataset.frame)) : null);
  const shownStanding = ({ standing, version }) => ({ standing, version: Number(version) || undefined });

  /** What the frame says of itself must be what the page says. */
  function checkFrame(frame) {
    if (frame.registry !== document.documentElement.dataset.origin) throw new Error(SAYS.frame);
    return frame;
  }

  /** Long pages must stay alive: every so often the browser gets a moment, and the reader a number. */
  function newProgress(button, total) {
    let last = performance.now();
    return async (done) => {
      if (performance.now() - last < 60) return;
      button.textContent = say("progress", done, total);
      await new Promise((resolve) => setTimeout(resolve));
      last = performance.now();
    };
  }

  /** Every text of a letter that stands on the page: its bytes, the digest beside it, and the frame's. */
  async function checkTexts(tally, frame) {
    for (const element of main.querySelectorAll(".letter-text")) {
      const { version, language, digest: stated } = element.dataset;
      const versions = frame?.letters[main.dataset.letter]?.versions;
      const known = frame === null || versions?.[version]?.[language] === stated;
      if (known && (await digest(element.textContent)) === stated) tally.texts += 1;
      else tally.bad.push(say("text", version, language));
    }
  }

  /** An entry as it stands in the page: the texts are what the reader sees. */
  function entryOf(article) {
    const signatures = [...article.querySelectorAll("pre.signature")];
    const by = (who) => signatures.filter((one) => one.dataset.by === who).map((one) => one.textContent);
    const several = signatures.filter(({ dataset }) => dataset.by !== "" && dataset.by !== "new-key");
    const body = article.querySelector(".body");
    return {
      article,
      text: article.querySelector("pre.statement-text").textContent,
      // Two in one place are in neither container, so they are refused.
      signature: by("").length > 0 ? by("").join("\n") : null,
      countersignature: by("new-key").length > 0 ? by("new-key").join("\n") : null,
      signatures: several.length > 0 ? several.map((one) => ({ maintainer: one.dataset.by, signature: one.textContent })) : null,
      body: body ? body.dataset.base64 ?? "" : null,
      shownBody: body?.textContent ?? "",
    };
  }

  const visible = (text) => text.replace(/[^\n\P{C}]|\ufffd/gu, "");

  async function checkSignatoryPage(tally) {
    const frame = pageFrame();
    const entries = (kind) => {
      const articles = [...main.querySelectorAll(`article.${kind}`)];
      return articles.sort((a, b) => a.dataset.number - b.dataset.number).map(entryOf);
    };
    const record = { id: main.dataset.signatory, statements: entries("statement"), attestations: entries("attestation") };
    const judged = await judge(frame, record);
    for (const [at, { body, shownBody }] of record.attestations.entries()) {
      const differs = body && shownBody && visible(core.decode(core.fromBase64(body))) !== visible(shownBody);
      if (differs) judged.results.attestations[at].problems.push(SAYS.sight);
    }
    tally.bad.push(...count(tally, judged));
    const { state, results } = judged;
    for (const list of ["statements", "attestations"]) {
      for (const [at, { problems, held, attested }] of results[list].entries()) {
        const place = record[list][at].article.querySelector(".result");
        if (problems.length > 0) write(place, `${SAYS.bad}: ${problems.join("; ")}.`, true);
        else write(place, await (held ? tellHeld(state, held) : tellAttested(state, attested)), false);
      }
    }
    tally.bad.push(...compareName(state, main.querySelector("h1").textContent.trim()));
    const shown = new Map([...main.querySelectorAll(".standing[data-letter]")].map(({ dataset }) => [dataset.letter, shownStanding(dataset)]));
    // A letter that something was signed about must be shown.
    for (const { letter } of state.held) if (letter && !shown.has(letter)) shown.set(letter, {});
    for (const [letter, one] of shown) tally.bad.push(...compareStanding(tally, state, letter, one, null));
  }

  /** docs/formats/11-clashes.md, keys: nobody's key signs for another organization too. */
  function refuseReused(tally, states) {
    const users = new Map();
    for (const { signatory, held, removed } of states) {
      const points = new Set(held.flatMap(({ key, newKey }) => [key, newKey]).filter(Boolean).map(({ point }) => core.hex(point)));
      for (const point of removed ? [] : points) {
        if (users.has(point)) tally.bad.push(say("at", signatory, say("twice", users.get(point))));
        users.set(point, signatory);
      }
    }
  }

  async function checkRow(tally, frame, row, evidence, letter) {
    if (!evidence && row.dataset.standing !== "listed") return { problems: [SAYS.absent] };
    const judged = await judge(frame, { id: row.dataset.signatory, statements: evidence?.statements ?? [], attestations: evidence?.attestations ?? [] });
    const { state } = judged;
    const before = { ...tally };
    const problems = count(tally, judged);
    const shown = shownStanding(row.dataset);
    problems.push(...compareStanding(tally, state, letter, shown, /^listings:/m.test(evidence?.record ?? "")));
    const name = row.querySelector(".name").textContent.trim();
    problems.push(...compareName(state, name));
    const fits = !evidence || (evidence.standing === shown.standing && (state.names.length > 0 || evidence.name === name));
    if (!fits) problems.push(SAYS.frame);
    const more = ["statements", "signatures", "attestations"].map((kind) => tally[kind] - before[kind]);
    return { problems, state, words: shown.standing === "listed" ? SAYS.named : say("row", standingWord(shown), ...more) };
  }

  async function checkLetterPage(tally, button) {
    const { letter, listPage } = main.dataset;
    const rows = [...main.querySelectorAll(".signatory[data-signatory]")];
    const shard = rows.length > 0 ? await core.load(`letters/${letter}/evidence-${listPage ?? 1}.js`) : null;
    const frame = shard ? checkFrame(shard.frame) : pageFrame();
    await checkTexts(tally, frame);
    const evidence = new Map((shard?.signatories ?? []).map((one) => [one.id, one]));
    const [progress, states] = [newProgress(button, rows.length), []];
    for (const [at, row] of rows.entries()) {
      const id = row.dataset.signatory;
      let result;
      try {
        result = await checkRow(tally, frame, row, evidence.get(id), letter);
      } catch (error) {
        result = { problems: [say("failed", error.message)] };
      }
      if (result.state) states.push(result.state);
      tally.bad.push(...result.problems.map((problem) => say("at", id, problem)));
      const isBad = result.problems.length > 0;
      write(row.querySelector(".result"), isBad ? `${SAYS.bad}: ${result.problems.join("; ")}.` : result.words, isBad);
      evidence.delete(id);
      await progress(at + 1);
    }
    for (const id of evidence.keys()) tally.bad.push(say("at", id, SAYS.hidden));
    refuseReused(tally, states);
  }

  /** One run of the button; whatever goes wrong on the way is told as what could not be checked. */
  async function run(button, box) {
    const label = button.textContent;
    button.setAttribute("aria-disabled", "true");
    box.setAttribute("aria-busy", "true");
    for (const old of main.querySelectorAll(".result")) old.hidden = true;
    const tally = newTally();
    try {
      if (main.dataset.page === "signatory") await checkSignatoryPage(tally);
      else await checkLetterPage(tally, button);
    } catch (error) {
      tally.bad.push(say("failed", error.message));
    }
    summarize(box, tally);
    box.setAttribute("aria-busy", "false");
    button.removeAttribute("aria-disabled");
    button.textContent = label;
  }

  // ---------------------------------------------------------------- the letter's file

  /** The bytes, and the same without what mail, editors and version control add or take. */
  function spellings(bytes) {
    const binary = core.binary(bytes);
    const found = new Map();
    const put = (text, why) => found.has(text) || found.set(text, why);
    for (const bom of [[], ["bom"]]) {
      for (const crlf of [[], ["crlf"]]) {
        const unmarked = bom.length > 0 ? binary.replace(/^\xef\xbb\xbf/, "") : binary;
        const plain = crlf.length > 0 ? unmarked.replaceAll("\r\n", "\n") : unmarked;
        put(plain, [...bom, ...crlf]);
        put(`${plain.replace(/[\r\n]+$/, "")}\n`, [...bom, ...crlf, "final"]);
      }
    }
    return [...found].sort(([, a], [, b]) => a.length - b.length);
  }

  async function tellFile(file) {
    const shard = frameElement ? null : await core.load(`letters/${main.dataset.letter}/evidence-${main.dataset.listPage ?? 1}.js`);
    const frame = shard ? checkFrame(shard.frame) : pageFrame();
    const texts = Object.entries(frame.letters[main.dataset.letter].versions).flatMap(([version, of]) =>
      Object.entries(of).map(([language, stated]) => ({ version, language, stated })),
    );
    if (file.size > 1 << 22) return SAYS.no;
    for (const [binary, why] of spellings(new Uint8Array(await file.arrayBuffer()))) {
      const found = await digest(Uint8Array.from(binary, (one) => one.charCodeAt(0)));
      const text = texts.find(({ stated }) => stated === found);
      if (text) return say(why.length > 0 ? "near" : "is", text.version, text.language, why.map((one) => SAYS[one]).join(", "));
    }
    return SAYS.no;
  }

  function watchDrop(drop) {
    const [input, result] = [drop.querySelector("input[type=file]"), main.querySelector(".drop-result")];
    const take = async (file) => {
      if (!file) return;
      try {
        result.textContent = await tellFile(file);
      } catch (error) {
        result.textContent = say("failed", error.message);
      }
    };
    input.addEventListener("change", () => take(input.files[0]));
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
        if (kind === "drop") take(event.dataTransfer.files[0]);
      });
    }
    drop.hidden = false;
  }

  /** The button appears only where it can do what it says. */
  async function start() {
    const [button, box, drop] = ["[data-check]", ".check-result", "[data-drop]"].map((one) => main.querySelector(one));
    if (!button || !box) return;
    const obstacle = await core.signature.obstacle();
    if (obstacle) return add(box, "p", SAYS[obstacle]);
    if (drop) watchDrop(drop);
    let running = false;
    button.addEventListener("click", async () => {
      if (running) return;
      running = true;
      await run(button, box);
      running = false;
    });
    button.hidden = false;
  }

  start();
})();
