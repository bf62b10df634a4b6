/* Search as one types, from every page: Chinese, English, pinyin with or without tones, initials. */
"use strict";
(() => {
  const { make, both, root, language } = window.kg;
  const MOST = 12;
  let index = null;
  let loading = false;
  let hits = [];
  let active = -1;

  const words = { zh: "搜索：苏州、suzhou、sz、Suzhou", en: "Search: 苏州, suzhou, sz, Suzhou" };
  const input = make("input", {
    id: "query", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": "hits", "aria-autocomplete": "list", "aria-label": "搜索 Search",
  });
  const list = make("ul", { id: "hits", role: "listbox", "aria-label": "结果 Results", hidden: true });
  const status = make("p", { class: "hide", role: "status", "aria-live": "polite" });
  document.getElementById("search").append(input, list, status);
  const hint = () => { input.placeholder = words[language()]; };
  hint();
  document.addEventListener("kg-language", hint);

  /** A name as it is compared: no case, accents (tones), blanks and marks; ü and v are u. */
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/ü|(?<=[ln])v/g, "u").replace(/[\s'’·\-_.（）()“”"]/g, "");
  /** What is typed, without the numbers of tones (su1 zhou1). */
  const typed = (text) => fold(/^[a-zü\s'-]*[a-zü][1-5][a-zü1-5\s'-]*$/i.test(text) ? text.replace(/[1-5]/g, "") : text);

  const load = () => {
    if (index || loading) return;
    loading = true;
    const script = make("script", { src: `${root}assets/search-index.js` });
    script.addEventListener("load", () => {
      index = window.kgIndex.things.map(([path, kind, zh, en, pinyin, others, weight]) => {
        const syllables = pinyin ? pinyin.split(" ") : [];
        const initials = syllables.map((s) => s[0]).join("");
        return {
          path, kind: window.kgIndex.kinds[kind], zh, en, weight,
          names: [zh, en, ...others].filter(Boolean).map(fold),
          words: en.toLowerCase().split(/[\s-]+/).map(fold),
          starts: syllables.map((_, n) => fold(syllables.slice(n).join(""))),
          initials,
          short: /[省市县区]$/.test(zh) ? [initials, initials.slice(0, -1)] : [initials], // 浙江省: zjs, zj
        };
      });
      find();
    });
    document.head.append(script);
  };

  /** How well a thing fits, lower is better; null where it does not. */
  const fit = (thing, text) => {
    if (thing.names[0] === text || thing.names.includes(text)) return 0;
    if (thing.starts[0] === text) return 0.5;
    if (thing.names[0].startsWith(text)) return 1;
    if (thing.names.some((n) => n.startsWith(text))) return 2;
    if (thing.starts.length && thing.starts[0].startsWith(text)) return 2.5;
    if (thing.words.some((w) => w.startsWith(text))) return 3;
    if (/^[a-z]+$/.test(text) && thing.initials.startsWith(text)) return thing.short.includes(text) ? 2.2 : 3.5;
    if (thing.names.some((n) => n.includes(text))) return 4;
    if (text.length > 1 && thing.starts.some((s) => s.startsWith(text))) return 5;
    if (text.length > 1 && /^[a-z]+$/.test(text) && thing.initials.includes(text)) return 6;
    return null;
  };

  const find = () => {
    const text = typed(input.value);
    if (!text || !index) return show([], text);
    const found = [];
    for (const thing of index) {
      const rank = fit(thing, text);
      if (rank !== null) found.push([rank, thing]);
    }
    found.sort((a, b) => a[0] - b[0] || b[1].weight - a[1].weight || a[1].zh.length - b[1].zh.length);
    show(found.map((f) => f[1]), text);
  };

  const show = (found, text) => {
    hits = found.slice(0, MOST);
    active = -1;
    list.replaceChildren(...hits.map((thing, n) => {
      const link = make("a", { href: root + thing.path, tabindex: "-1" }, make("span", { class: `k k-${thing.kind[2]}` }, both(thing.zh, thing.en)));
      const other = make("span", { class: "also" }, both(thing.en && thing.en !== thing.zh ? `${thing.en} · ${thing.kind[0]}` : thing.kind[0], `${thing.zh} · ${thing.kind[1]}`));
      link.append(other);
      return make("li", { role: "option", id: `hit-${n}`, "aria-selected": "false" }, link);
    }));
    const open = Boolean(text) && Boolean(index);
    if (open && !hits.length) list.append(make("li", { class: "none" }, both("没有找到", "Nothing found")));
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    input.removeAttribute("aria-activedescendant");
    status.replaceChildren(open ? both(`${found.length} 个结果`, `${found.length} results`) : "");
  };

  const choose = (n) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    active = (n + options.length) % options.length;
    options.forEach((o, at) => o.setAttribute("aria-selected", String(at === active)));
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); find(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { choose(active + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { choose(active < 0 ? -1 : active - 1); event.preventDefault(); }
    else if (event.key === "Enter" && hits.length) list.querySelectorAll("a")[Math.max(active, 0)].click();
    else if (event.key === "Escape") { input.value = ""; show([], ""); }
  });
  document.addEventListener("click", (event) => { if (!document.getElementById("search").contains(event.target)) show([], ""); });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
})();
