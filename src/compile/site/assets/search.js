// Finds signatories of a letter by their names, in data that is loaded once the form gets the focus; nothing is asked of a server.
(() => {
  "use strict";

  const core = globalThis.undersigned;
  const main = document.querySelector("main[data-letter]");
  const form = main?.querySelector("form[data-search]");
  if (!core || !form) return;
  const { add, say } = core;
  const PAGE = 100;

  // ---------------------------------------------------------------- comparing names

  // Letters that look like others with a stroke and that Unicode does not take apart.
  const STROKES = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ς: "σ" };

  // Compatibility forms, case, diacritics and blanks make no difference; most names need no tables of Unicode.
  function foldName(text) {
    if (/^[ -~가-힣]*$/.test(text)) return text.toLowerCase().replaceAll(" ", "");
    const bare = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toUpperCase().toLowerCase();
    return bare.replace(/[øłđðþæœς]/g, (letter) => STROKES[letter]).replace(/[\s\u0300-\u036f]+/g, "").normalize("NFC");
  }

  // Hangul syllables stand in order of their 19 leading consonants, 588 to each, and of 21 vowels, 28 to each.
  const FIRST = 0xac00;
  const LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  // Keyboards join two consonants into a cluster that no syllable begins with: each with its two.
  const CLUSTERS = "ㄳㄱㅅㄵㄴㅈㄶㄴㅎㄺㄹㄱㄻㄹㅁㄼㄹㅂㄽㄹㅅㄾㄹㅌㄿㄹㅍㅀㄹㅎㅄㅂㅅ";

  // What a consonant alone stands for, every syllable that it begins; and a last syllable that may still get a final, for all with one.
  function spread(one) {
    const lead = LEADS.indexOf(one);
    const [from, count] = lead < 0 ? [one.charCodeAt(0), 28] : [FIRST + lead * 588, 588];
    // 0x2d is the hyphen between the first and the last.
    return (from - FIRST) % 28 > 0 ? one : `[${String.fromCharCode(from, 0x2d, from + count - 1)}]`;
  }

  // What a query asks of the folded names.
  function expressionOf(query) {
    const untie = (letter) => (LEADS.includes(letter) ? letter : CLUSTERS.split(letter)[1].slice(0, 2));
    const parts = query.split(/([ㄱ-ㅎ])/).map((part, at) => (at % 2 > 0 ? untie(part) : foldName(part)));
    const escaped = parts.join("").replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    return new RegExp(escaped.replace(/[ㄱ-ㅎ]|[가-힣]$/g, spread));
  }

  // ---------------------------------------------------------------- the rows

  // A row of an index shard, with all its names folded; line feeds keep a query from reaching into two names.
  const rowOf = ([id, name, others, country, standing, version]) => ({
    id, name, others, country, standing, version, names: [name, ...others, id].map(foldName).join("\n"),
  });

  let loading = null;
  // All rows in the order of the list: loaded once, and again where that failed.
  function loadRows() {
    const { letter, indexShards } = main.dataset;
    const loadShard = (_, at) => core.load(`letters/${letter}/index-${at + 1}.js`);
    loading ??= Promise.all(Array.from({ length: Number(indexShards) }, loadShard)).then((all) => all.flatMap(({ rows }) => rows.map(rowOf)));
    loading.catch(() => (loading = null));
    return loading;
  }

  const field = (name) => form.elements.namedItem(name);
  const FILTERS = ["standing", "country", "version"];

  // ---------------------------------------------------------------- the page

  const results = main.querySelector(".results");
  const output = form.querySelector("output");
  const more = add(main, "button", say("more"), "more");
  more.hidden = true;
  results.after(more);

  const tell = (what, ...values) => {
    output.textContent = what && say(what, ...values);
  };

  // Countries and standings are called as the form calls them.
  const labelOf = (name, code) => field(name)?.querySelector(`[value="${code}"]`)?.textContent ?? code;

  function show({ id, name, others, country, standing }) {
    const item = add(results, "li", "", "signatory");
    item.dataset.standing = standing;
    const put = (tag, text, className) => {
      item.append(" ");
      return add(item, tag, text, className);
    };
    const link = put("a", name, "name");
    link.href = `${core.pages}signatories/${id}/index.html`;
    if (others.length > 0) put("span", others.join(" · "), "names");
    if (country) put("span", labelOf("country", country), "country");
    put("span", labelOf("standing", standing), "standing");
    return link;
  }

  let hits = [];
  // Shows the next hits; gives the link of the first of them.
  function showMore() {
    const from = results.children.length;
    const [first] = hits.slice(from, from + PAGE).map(show);
    const shown = results.children.length;
    more.hidden = shown >= hits.length;
    tell(["none", "one"][hits.length] ?? (more.hidden ? "count" : "first"), hits.length, shown);
    return first;
  }

  // Searches for what the form says now; an answer that comes too late is dropped.
  async function search() {
    const query = field("q").value.trim();
    const asked = FILTERS.map((name) => [name, field(name)?.value]).filter(([, value]) => value);
    const isActive = query !== "" || asked.length > 0;
    main.querySelector(".groups").hidden = isActive;
    results.hidden = !isActive;
    if (!isActive) {
      more.hidden = true;
      return tell("");
    }
    tell("loading");
    try {
      const rows = await loadRows();
      if (results.hidden) return;
      const expression = expressionOf(query);
      hits = rows.filter((row) => asked.every(([name, value]) => String(row[name]) === value) && expression.test(row.names));
      results.replaceChildren();
      showMore();
    } catch (error) {
      tell("unloaded", error.message);
    }
  }

  // Arrows go from the field through the hits and back.
  function onKey(event) {
    const stops = [field("q"), ...results.querySelectorAll("a"), more];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || at < 0 || event.isComposing || results.hidden) return;
    stops[at + step]?.focus();
    event.preventDefault();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", search);
  form.addEventListener("focusin", () => loadRows().catch(() => {}), { once: true });
  main.addEventListener("keydown", onKey);
  more.addEventListener("click", () => showMore()?.focus());
  form.hidden = false;
})();
