// Finds signatories of a letter by their names, in data that is loaded only when somebody searches; nothing is asked of a server.
(function () {
  "use strict";

  const core = globalThis.undersigned;
  const main = document.querySelector("main[data-letter]");
  const form = main?.querySelector("form[data-search]");
  if (!core || !form) return;
  const { fill } = core;

  const SAYS = core.words({
    en: {
      verified: "Verified", signed: "Signed", listed: "Listed", superseded: "Superseded (signed an earlier version)", withdrawn: "Withdrawn", removed: "Removed",
      loading: "Loading the list: {0} of {1}", failed: "The list could not be loaded: {0}", none: "No signatory fits.", one: "1 signatory fits.", count: "{0} signatories fit.",
      first: "{0} signatories fit; the first {1} are shown.", more: "Show more",
    },
    ko: {
      verified: "확인됨", signed: "서명함", listed: "명단에 있음(서명하지 않음)", superseded: "이전 판에 서명함", withdrawn: "철회함", removed: "삭제됨",
      loading: "명단을 불러오는 중입니다: {1} 중 {0}", failed: "명단을 불러올 수 없습니다: {0}", none: "맞는 단체가 없습니다.", one: "단체 1곳을 찾았습니다.", count: "단체 {0}곳을 찾았습니다.",
      first: "단체 {0}곳을 찾았습니다. 처음 {1}곳을 표시합니다.", more: "더 보기",
    },
  });
  const PAGE = 100;

  // ---------------------------------------------------------------- comparing names

  /** Letters that look like others with a stroke and that Unicode does not take apart. */
  const STROKES = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ς: "σ" };

  /** Compatibility forms, case, diacritics and blanks make no difference; most names need no tables of Unicode. */
  function foldName(text) {
    if (/^[ -~가-힣]*$/.test(text)) return text.toLowerCase().replaceAll(" ", "");
    const bare = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toUpperCase().toLowerCase();
    return bare.replace(/[øłđðþæœς]/g, (letter) => STROKES[letter]).replace(/[\s\u0300-\u036f]+/g, "").normalize("NFC");
  }

  // Hangul syllables stand in order of their 19 leading consonants, 588 to each, and of 21 vowels, 28 to each.
  const LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  const CLUSTERS = { ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" };
  const syllables = (first, count) => `[${String.fromCharCode(first)}-${String.fromCharCode(first + count - 1)}]`;

  /** What a query asks of the folded names: a consonant alone stands for every syllable that it begins, and a last syllable may still get a final. */
  function matcher(query) {
    // Keyboards join two consonants into a cluster that no syllable begins with.
    const typed = query.replace(/[ㄳㄵㄶㄺ-ㅀㅄ]/g, (cluster) => CLUSTERS[cluster]);
    const parts = typed.split(/([ㄱ-ㅎ])/).map((part) => (LEADS.includes(part) ? part : foldName(part)));
    const wanted = parts.join("");
    const last = wanted.charCodeAt(wanted.length - 1) - 0xac00;
    const isOpen = last >= 0 && last < 11172 && last % 28 === 0;
    if (!isOpen && !/[ㄱ-ㅎ]/.test(wanted)) return (names) => names.includes(wanted);
    const pattern = [...wanted].map((one, at, all) => {
      if (LEADS.includes(one)) return syllables(0xac00 + LEADS.indexOf(one) * 588, 588);
      if (isOpen && at === all.length - 1) return syllables(0xac00 + last, 28);
      return one.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
    });
    const expression = new RegExp(pattern.join(""));
    return (names) => expression.test(names);
  }

  // ---------------------------------------------------------------- the rows

  /** A row of an index shard, with all its names folded; line feeds keep a query from reaching into two names. */
  function rowOf([id, name, others, country, standing, version, page]) {
    return { id, name, others, country, standing, version, page, names: [name, ...others, id].map(foldName).join("\n") };
  }

  let loading = null;
  /** All rows in the order of the list: loaded once, and again where that failed. */
  function loadRows() {
    const total = Number(main.dataset.indexShards);
    let done = 0;
    const one = async (number) => {
      const { rows } = await core.load(`letters/${main.dataset.letter}/index-${number}.js`);
      const folded = rows.map(rowOf);
      done += 1;
      if (total > 1 && done < total) tell(fill(SAYS.loading, done, total));
      return folded;
    };
    loading ??= Promise.all(Array.from({ length: total }, (_, at) => one(at + 1))).then((all) => all.flat());
    loading.catch(() => (loading = null));
    return loading;
  }

  const field = (name) => form.elements.namedItem(name);
  const chosen = () => ({
    query: field("q").value.trim(),
    standing: field("standing")?.value ?? "",
    country: field("country")?.value ?? "",
    version: field("version")?.value ?? "",
  });

  function find(rows, { query, standing, country, version }) {
    const fits = matcher(query);
    return rows.filter(
      (row) =>
        (standing === "" || row.standing === standing) &&
        (country === "" || row.country === country) &&
        (version === "" || String(row.version) === version) &&
        fits(row.names),
    );
  }

  // ---------------------------------------------------------------- the page

  const results = main.querySelector(".results");
  const output = form.querySelector(".search-count");
  const pages = /^(\.\.\/)*$/.test(document.documentElement.dataset.pages ?? "") ? document.documentElement.dataset.pages ?? "" : "";
  const more = document.createElement("button");
  more.type = "button";
  more.textContent = SAYS.more;
  more.hidden = true;
  more.className = "more";
  results.after(more);

  const tell = (text) => {
    output.textContent = text;
  };

  function add(parent, tag, text, className) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    parent.append(" ", element);
    return element;
  }

  /** Countries are called as the form calls them. */
  const countryName = (code) => [...(field("country")?.options ?? [])].find((option) => option.value === code)?.textContent ?? code;

  function itemOf(row) {
    const item = document.createElement("li");
    item.className = "signatory";
    item.dataset.standing = row.standing;
    const link = add(item, "a", row.name, "name");
    link.href = `${pages}signatories/${row.id}/index.html`;
    if (row.others.length > 0) add(item, "span", row.others.join(" · "), "names");
    if (row.country) add(item, "span", countryName(row.country), "country");
    add(item, "span", SAYS[row.standing] ?? row.standing, "standing");
    return item;
  }

  let hits = [];
  /** Shows the next hits; gives the first of them. */
  function showMore() {
    const from = results.children.length;
    const items = hits.slice(from, from + PAGE).map(itemOf);
    results.append(...items);
    more.hidden = results.children.length >= hits.length;
    if (hits.length <= 1) tell(hits.length === 0 ? SAYS.none : SAYS.one);
    else tell(more.hidden ? fill(SAYS.count, hits.length) : fill(SAYS.first, hits.length, results.children.length));
    return items[0];
  }

  let turn = 0;
  /** Searches for what the form says now; an answer that comes too late is dropped. */
  async function search() {
    const asked = chosen();
    const mine = ++turn;
    const isActive = Object.values(asked).some((value) => value !== "");
    for (const group of main.querySelectorAll(".groups")) group.hidden = isActive;
    results.hidden = !isActive;
    if (!isActive) {
      results.replaceChildren();
      more.hidden = true;
      return tell("");
    }
    try {
      const rows = await loadRows();
      if (mine !== turn) return;
      hits = find(rows, asked);
      results.replaceChildren();
      showMore();
    } catch (error) {
      if (mine === turn) tell(fill(SAYS.failed, error.message));
    }
  }

  /** Arrows go from the field through the hits and back; Escape empties the field. */
  function onKey(event) {
    if (event.isComposing || results.hidden) return;
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const inList = at >= 0;
    if (event.key === "Escape") {
      field("q").value = "";
      field("q").focus();
      search();
    } else if (event.key === "ArrowDown" && (inList || document.activeElement === field("q"))) (links[at + 1] ?? more).focus();
    else if (event.key === "ArrowUp" && inList) (links[at - 1] ?? field("q")).focus();
    else return;
    event.preventDefault();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", search);
  form.addEventListener("focusin", () => loadRows().then(() => results.hidden && tell(""), () => {}), { once: true });
  form.addEventListener("keydown", onKey);
  results.addEventListener("keydown", onKey);
  more.addEventListener("click", () => showMore()?.querySelector("a").focus());
  form.hidden = false;
})();
