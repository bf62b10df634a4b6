/* The reader: marks that tell what they state, a place by #c=start-end (characters of the text), a section by #s=id. */
"use strict";
(() => {
  const { make, both, data, root, address } = window.kg;
  const read = data("facts");
  const facts = read.facts.map(([s, e, type, relation, who, what, rule, sure]) => ({
    s, e, t: read.types[type], p: read.words[relation], who: who < 0 ? null : read.things[who],
    what: what.map((n) => read.things[n]), rule: read.rules[rule], sure,
  }));
  const lines = [...document.querySelectorAll("#lines > p")];
  const starts = lines.map((p) => Number(p.dataset.o));
  const marks = [...document.querySelectorAll("mark")];
  const found = document.getElementById("found");
  const boxes = [...document.querySelectorAll("#types input")];
  const order = facts.map((_, n) => n).sort((a, b) => facts[a].s - facts[b].s || facts[b].e - facts[a].e || a - b);
  let shown = new Set(boxes.map((b) => b.value));
  let at = null;

  const state = () => new URLSearchParams(location.hash.slice(1));
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** Which facts a mark shows now. */
  const over = (mark) => mark.dataset.f.split(" ").map(Number).filter((n) => shown.has(facts[n].t));
  const paint = () => {
    for (const mark of marks) {
      const here = over(mark);
      mark.className = here.length ? `m-${facts[here[0]].t}${here.length > 1 ? " many" : ""}` : "off";
    }
  };

  /** The last line that begins at or before a place. */
  const lineAt = (offset) => {
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= offset) low = middle; else high = middle - 1;
    }
    return low;
  };

  const unmark = () => {
    for (const here of document.querySelectorAll("span.here")) {
      const parent = here.parentNode;
      here.replaceWith(...here.childNodes);
      parent.normalize();
    }
  };

  /** Sets off the characters from start to end: code points, as the graph counts them, not UTF-16 units. */
  const setOff = (start, end) => {
    unmark();
    const made = [];
    for (let n = lineAt(start); n < lines.length && starts[n] < end; n += 1) {
      let offset = starts[n];
      const walker = document.createTreeWalker(lines[n], NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      for (const node of nodes) {
        const points = [...node.data];
        const from = Math.max(start - offset, 0), to = Math.min(end - offset, points.length);
        offset += points.length;
        if (from >= to) continue;
        const here = make("span", { class: "here" }, points.slice(from, to).join(""));
        node.replaceWith(points.slice(0, from).join(""), here, points.slice(to).join(""));
        made.push(here);
      }
    }
    return made;
  };

  const name = ([zh, en, path]) => (path ? make("a", { href: root + path }, both(zh, en)) : both(zh, en));
  const card = (n) => {
    const f = facts[n];
    const box = make("div", { class: `card t-${f.t}` });
    const type = document.querySelector(`#types .t-${f.t} .sample`);
    box.append(make("p", { class: "type" }, ...(type ? [type.cloneNode(true)] : [])));
    const line = make("p", { class: "says" });
    if (f.who) line.append(name(f.who), " ");
    line.append(make("span", { class: "relation" }, both(f.p[0], f.p[1])), " ");
    f.what.forEach((w, k) => line.append(...(k ? [both("、", ", ")] : []), name(w)));
    box.append(line, make("blockquote", { lang: "zh" }, quote(f)));
    box.append(make("p", { class: "note" }, both(`规则 ${f.rule} · 置信度 ${f.sure}`, `rule ${f.rule} · confidence ${f.sure}`)));
    return box;
  };
  const whole = () => (whole.text ||= [...lines.map((p) => p.textContent).join("\n")]);
  const quote = (f) => whole().slice(f.s, f.e).join("");

  const list = (numbers) => {
    document.getElementById("hint").hidden = numbers.length > 0;
    found.replaceChildren(...numbers.map(card));
    document.documentElement.classList.toggle("has-panel", numbers.length > 0);
  };

  const where = () => {
    const seen = order.filter((n) => shown.has(facts[n].t));
    const here = at === null ? -1 : seen.indexOf(at);
    document.getElementById("where").textContent = here < 0 ? String(seen.length) : `${here + 1} / ${seen.length}`;
  };

  const visit = (start, end, numbers) => {
    list(numbers);
    const made = setOff(start, end);
    if (made.length) made[0].scrollIntoView({ block: "center", behavior: still ? "auto" : "instant" });
    where();
  };

  const remember = (f) => address((url) => {
    const now = state();
    now.delete("s");
    now.set("c", `${f.s}-${f.e}`);
    url.hash = now.toString();
  });

  const go = (n) => { at = n; remember(facts[n]); visit(facts[n].s, facts[n].e, same(facts[n].s, facts[n].e)); };
  const same = (s, e) => order.filter((n) => facts[n].s === s && facts[n].e === e && shown.has(facts[n].t));

  /** The next fact at another place than this one. */
  const step = (by) => {
    const seen = order.filter((n) => shown.has(facts[n].t));
    if (!seen.length) return;
    let k = at === null ? (by > 0 ? -1 : seen.length) : seen.indexOf(at);
    if (at === null && place) k = seen.filter((n) => facts[n].s < place[0]).length - (by > 0 ? 1 : 0);
    const from = at === null ? null : `${facts[at].s}-${facts[at].e}`;
    for (let tries = 0; tries < seen.length; tries += 1) {
      k = (k + by + seen.length) % seen.length;
      if (`${facts[seen[k]].s}-${facts[seen[k]].e}` !== from) break;
    }
    go(seen[k]);
  };
  let place = null;

  const open = () => {
    const asked = state();
    const types = asked.get("t");
    shown = new Set(types === null ? boxes.map((b) => b.value) : types.split(","));
    boxes.forEach((b) => { b.checked = shown.has(b.value); });
    paint();
    const span = /^(\d+)-(\d+)$/.exec(asked.get("c") || "");
    at = place = null;
    if (span) {
      place = [Number(span[1]), Number(span[2])];
      const numbers = same(...place);
      at = numbers.length ? numbers[0] : null;
      visit(place[0], place[1], numbers);
    } else {
      const section = asked.get("s");
      const target = section && document.getElementById(`s-${section}`);
      if (target) target.scrollIntoView();
      where();
    }
  };

  document.getElementById("lines").addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || String(window.getSelection())) return;
    const numbers = over(mark);
    if (!numbers.length) return;
    const f = facts[numbers[0]];
    at = numbers[0];
    remember(f);
    list(numbers);
    setOff(f.s, f.e);
    where();
  });
  boxes.forEach((box) => box.addEventListener("change", () => {
    shown = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
    address((url) => {
      const now = state();
      if (shown.size === boxes.length) now.delete("t"); else now.set("t", [...shown].join(","));
      url.hash = now.toString();
    });
    paint();
    where();
  }));
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target.closest && event.target.closest("input:not([type=checkbox]), textarea"))) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") { list([]); unmark(); }
  });
  window.addEventListener("hashchange", open);
  const outline = document.querySelector("#outline details");
  if (!window.matchMedia("(min-width: 60rem)").matches) outline.open = false;
  open();
  document.documentElement.dataset.ready = "yes";
})();
