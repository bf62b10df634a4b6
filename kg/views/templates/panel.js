// The panel at the side: all that is said of a node or a relation, each with its quote and where it stands.
const MAIN = ["hosts", "focusesOn", "develops", "strongIn", "prioritises", "treats", "actsOn", "produces"];
const ORDER = ["hosts", "inProvince", "focusesOn", "strongIn", "develops", "prioritises", "treats", "actsOn", "produces",
  "basedIn", "type", "clusterStatus", "altLabel", "jurisdiction", "appliesTo", "mentions"];
const AT_FIRST = 12;
const panel = document.getElementById("panel");
const panelBody = document.getElementById("panel-body");
let focusBefore = null; // where to go back to when the panel closes: the focus,
let viewBefore = null; // and the part of the picture, unless the reader has moved it since

const rankOf = (property) => (ORDER.includes(property) ? ORDER.indexOf(property) : ORDER.length);

function thingButton(id) {
  if (id < NODES.length) {
    return make("button", { type: "button", onclick: () => { select(id); document.getElementById("panel-name").focus(); } }, mark(THINGS[id].kind), name(id));
  }
  return make("span", { class: "thing" }, mark(THINGS[id].kind), name(id));
}

// The text of a quote with the names of what it is about set off.
function quoted(text, ids) {
  const names = ids.filter((o) => typeof o === "number").flatMap((id) => [THINGS[id].zh, ...THINGS[id].others])
    .concat(ids.filter((o) => typeof o === "string")).filter((n) => n.length > 1).sort((a, b) => b.length - a.length);
  const block = make("blockquote", { lang: "zh-CN" });
  if (!names.length) { block.append(text); return block; }
  const pattern = new RegExp(names.map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    block.append(text.slice(from, found.index), make("mark", {}, found[0]));
    from = found.index + found[0].length;
  }
  block.append(text.slice(from));
  return block;
}

function source(quote, sure) {
  const [doc, path, start, end] = DATA.quotes[quote];
  const parts = [DATA.documents[doc][0], path, say("place", start, end), say("sure", sure)].filter(Boolean);
  return make("cite", {}, parts.join(" · "));
}

// One passage, with all that it says under one heading.
function passage(quote, ends, sure, named) {
  const names = ends.map((o) => (typeof o === "number" ? thingButton(o) : make("span", { class: "thing" }, o)));
  return make("li", {}, named ? make("div", { class: "ends" }, ...names) : null,
    quoted(DATA.quotes[quote][4], ends), source(quote, sure));
}

function passages(statements, self, named = true) {
  const byQuote = new Map();
  for (const n of statements) {
    const [s, , o, quote, sure] = DATA.statements[n];
    if (!byQuote.has(quote)) byQuote.set(quote, { ends: new Set(), sure: 0 });
    const entry = byQuote.get(quote);
    entry.ends.add(s === self ? o : s);
    entry.sure = Math.max(entry.sure, sure);
  }
  within(byQuote);
  const items = [...byQuote].sort((a, b) => a[0] - b[0]).map(([quote, e]) => () => passage(quote, [...e.ends], e.sure, named));
  const list = make("ol", {}, ...items.slice(0, AT_FIRST).map((item) => item()));
  if (items.length <= AT_FIRST) return [list];
  const more = make("button", { type: "button", onclick: () => { list.append(...items.slice(AT_FIRST).map((i) => i())); more.remove(); } },
    say("more", items.length - AT_FIRST));
  return [list, more];
}

// A passage that stands within another one is shown there: the same words need not be read twice.
function within(byQuote) {
  const inOrder = [...byQuote.keys()].sort((a, b) => length(b) - length(a) || a - b);
  for (const small of inOrder.slice().reverse()) {
    const [doc, , start, end] = DATA.quotes[small];
    const large = inOrder.find((q) => q !== small && byQuote.has(q) && DATA.quotes[q][0] === doc
      && DATA.quotes[q][2] <= start && DATA.quotes[q][3] >= end);
    if (large === undefined) continue;
    for (const end_ of byQuote.get(small).ends) byQuote.get(large).ends.add(end_);
    byQuote.get(large).sure = Math.max(byQuote.get(large).sure, byQuote.get(small).sure);
    byQuote.delete(small);
  }
}

const length = (quote) => DATA.quotes[quote][3] - DATA.quotes[quote][2];

function groups(id) {
  const found = new Map();
  for (const n of STATEMENTS_OF[id]) {
    const [s, property] = DATA.statements[n];
    const key = property + (s === id ? "" : "^");
    if (!found.has(key)) found.set(key, { property, inverse: s !== id, statements: [] });
    found.get(key).statements.push(n);
  }
  return [...found.values()].sort((a, b) => rankOf(a.property) - rankOf(b.property) || Number(a.inverse) - Number(b.inverse));
}

function section(title, count, open, ...content) {
  return make("details", { open }, make("summary", {}, title + " ", make("span", { class: "count" }, `(${count})`)), ...content);
}

function showNode(id) {
  const t = THINGS[id];
  const facts = [make("li", {}, mark(t.kind), t.class_.length ? t.class_[language] : kindName(t.kind))];
  if (NODES[id].home >= 0 && NODES[id].home !== id) facts.push(make("li", {}, mark("province"), name(NODES[id].home)));
  const cut = DATA.cut[id];
  const parts = groups(id).map((g) => section(phraseOf(g.property, g.inverse), g.statements.length,
    MAIN.includes(g.property), ...passages(g.statements, id)));
  const inside = NODES[id].edges.filter((e) => e.property === "within");
  const below = inside.filter((e) => e.to === id);
  if (below.length) {
    parts.push(section(phraseOf("within", true), below.length, parts.length === 0,
      make("div", { class: "ends" }, ...below.map((e) => thingButton(e.from)))));
  }
  fill(name(id), otherName(id), facts, [
    ...(STATEMENTS_OF[id].length ? [] : [make("p", {}, say("nothing"))]), ...parts,
    ...(cut ? [make("p", {}, say("cut", cut))] : []), make("p", { class: "iri" }, "id:" + t.tail)]);
}

function showEdge(edge) {
  const facts = [make("li", {}, phraseOf(edge.property, false))];
  const ends = make("div", { class: "ends" }, thingButton(edge.from), thingButton(edge.to));
  const content = edge.statements.length ? passages(edge.statements, edge.from, false) : [];
  fill(`${name(edge.from)} → ${name(edge.to)}`, "", facts, [ends, ...content]);
}

function fill(title, second, facts, content) {
  const head = make("h2", { id: "panel-name", tabindex: -1 }, title);
  panelBody.replaceChildren(head, ...(second ? [make("p", { class: "second" }, second)] : []), make("ul", { class: "facts" }, ...facts), ...content);
  if (panel.hidden) {
    focusBefore = document.activeElement;
    viewBefore = { position: network.getViewPosition(), scale: network.getScale() };
  }
  panel.hidden = false;
  panel.scrollTop = 0;
}

function closePanel() {
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  chosen.node = chosen.edge = null;
  if (viewBefore) { network.moveTo({ ...viewBefore, animation: motion() }); resize(viewBefore.scale); }
  if (inside && focusBefore && document.contains(focusBefore)) focusBefore.focus();
  remember();
  paint();
}

// What stands beside the pointer: the name, what it is, and the first thing that is said of it.
function tipOf(title, second, statements) {
  const documents = new Set(statements.map((n) => DATA.quotes[DATA.statements[n][3]][0]));
  const lines = [make("b", {}, title), make("div", { class: "soft" }, second)];
  const main = statements.filter((n) => MAIN.includes(DATA.statements[n][1]));
  // The passage that tells most at a glance: neither a bare name nor half a page.
  const telling = (n) => Math.min(60, length(DATA.statements[n][3])) + DATA.statements[n][4];
  const first = (main.length ? main : statements).reduce((best, n) => (best === undefined || telling(n) > telling(best) ? n : best), undefined);
  if (first !== undefined) {
    const quote = DATA.quotes[DATA.statements[first][3]];
    const text = [...quote[4].replace(/\s+/g, " ")];
    lines.push(make("q", {}, text.length > 70 ? text.slice(0, 70).join("") + "…" : text.join("")),
      make("div", { class: "soft" }, DATA.documents[quote[0]][0]),
      make("div", { class: "soft" }, `${say("statements", statements.length, documents.size)} · ${say("open")}`));
  }
  return lines;
}
