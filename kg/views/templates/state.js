// The data of the page, what is chosen, and what of it is visible.
const DATA = JSON.parse(document.getElementById("kg-data").textContent);
const THINGS = DATA.things.map(([tail, kind, zh, en, others, class_], id) => ({ id, tail, kind, zh, en, others, class_ }));
const NODES = DATA.nodes.map(([level, home, degree, font, size, zh, en, places], id) => (
  { id, level, home, degree, font, size, lines: [zh, en], places, kind: THINGS[id].kind, edges: [] }));
const EDGES = DATA.edges.map(([from, to, property, documents, statements], n) => (
  { id: "e" + n, from, to, property, documents, statements }));
for (const e of EDGES) { NODES[e.from].edges.push(e); NODES[e.to].edges.push(e); }

const STATEMENTS_OF = THINGS.map(() => []);
DATA.statements.forEach(([s, , o], n) => {
  STATEMENTS_OF[s].push(n);
  if (typeof o === "number" && o !== s) STATEMENTS_OF[o].push(n);
});

const REGION_KINDS = new Set(["country", "region-group", "province", "prefecture", "county", "region"]);
const ELSEWHERE = -1; // the "province" of what lies in none

const chosen = {
  level: 0, kinds: new Set(), relations: new Set(), provinces: new Set(), documents: new Set(),
  node: null, edge: null, hover: null,
};
const DRAWN_KINDS = Object.keys(DATA.kinds).filter((k) => NODES.some((n) => n.kind === k));
const DRAWN_RELATIONS = Object.keys(DATA.lines).filter((p) => EDGES.some((e) => e.property === p));
const HOMES = [...DATA.provinces, ...(NODES.some((n) => n.home === ELSEWHERE && n.kind !== "field") ? [ELSEWHERE] : [])];

function choosePlain() {
  chosen.level = 0;
  chosen.kinds = new Set(DRAWN_KINDS);
  chosen.relations = new Set(DRAWN_RELATIONS);
  chosen.provinces = new Set(HOMES);
  chosen.documents = new Set(DATA.documents.keys());
}

let shownNodes = new Set();
let shownEdges = new Set();

function passes(node) {
  if (!chosen.kinds.has(node.kind)) return false;
  return node.kind === "field" || chosen.provinces.has(node.home);
}

// A field needs its level and a visible relation; a place needs a relation of any level; what holds a visible
// place is visible, too.
function decide() {
  const nodes = new Set();
  const edges = new Set();
  const live = EDGES.filter((e) => e.property !== "within" && chosen.relations.has(e.property)
    && e.documents.some((d) => chosen.documents.has(d)) && passes(NODES[e.from]) && passes(NODES[e.to]));
  for (const e of live) {
    const hidden = NODES[e.from].level > chosen.level || NODES[e.to].level > chosen.level;
    if (!hidden) edges.add(e.id);
    for (const id of [e.from, e.to]) if (NODES[id].level <= chosen.level) nodes.add(id);
  }
  const up = (id) => {
    for (const e of NODES[id].edges) {
      if (e.property !== "within" || e.from !== id || !passes(NODES[e.to])) continue;
      const known = nodes.has(e.to);
      nodes.add(e.to);
      if (chosen.relations.has("within")) edges.add(e.id);
      if (!known) up(e.to);
    }
  };
  for (const id of [...nodes]) if (REGION_KINDS.has(NODES[id].kind)) up(id);
  shownNodes = nodes;
  shownEdges = edges;
}

function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\s\-_'’·.,，、()（）]+/g, "");
}

const name = (id) => (language ? THINGS[id].en || THINGS[id].zh : THINGS[id].zh);
const otherName = (id) => (language ? (THINGS[id].en ? THINGS[id].zh : "") : THINGS[id].en);
const kindName = (kind) => DATA.kinds[kind][language];
const phraseOf = (property, inverse) => DATA.phrases[property][(inverse ? 2 : 0) + language];

const SEARCHED = NODES.map((n) => {
  const t = THINGS[n.id];
  return [t.zh, t.en, ...t.others, t.tail.split("/").pop()].filter(Boolean).map(fold);
});

// Nodes whose names hold the text: whole names first, then beginnings, then the better connected.
function search(text, limit) {
  const wanted = fold(text);
  const found = [];
  for (const n of NODES) {
    let best = 3;
    for (const each of SEARCHED[n.id]) {
      if (each === wanted) best = 0;
      else if (each.startsWith(wanted)) best = Math.min(best, 1);
      else if (each.includes(wanted)) best = Math.min(best, 2);
    }
    if (best < 3) found.push([best, -n.degree, n.id]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return found.slice(0, limit).map((f) => f[2]);
}

// The path of a symbol in a box of 20 by 20.
const MARKS = {
  dot: "M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15z", square: "M3.5 3.5h13v13h-13z", diamond: "M10 1.5l8.5 8.5l-8.5 8.5l-8.5-8.5z",
  hexagon: "M5.6 2.4h8.8l4.4 7.6l-4.4 7.6h-8.8l-4.4-7.6z", triangle: "M10 2.5l8.5 14.5h-17z", triangleDown: "M10 17.5l8.5-14.5h-17z",
  star: "M10 1l2.6 6l6.4.6l-4.9 4.2l1.5 6.3l-5.6-3.4l-5.6 3.4l1.5-6.3l-4.9-4.2l6.4-.6z", box: "M4.5 2h11v16h-11z",
};

function mark(kind) {
  const [, , colour, edge, shape] = DATA.kinds[kind];
  return make("svg", { class: "mark", viewBox: "0 0 20 20", "aria-hidden": "true" },
    make("path", { d: MARKS[shape], fill: colour, stroke: edge, "stroke-width": 1.3 }));
}

function stroke(property) {
  const [colour, width, dashes] = DATA.lines[property];
  return make("svg", { class: "stroke", viewBox: "0 0 26 10", "aria-hidden": "true" },
    make("line", { x1: 0, y1: 5, x2: 26, y2: 5, stroke: colour, "stroke-width": width + 0.6, "stroke-dasharray": dashes.join(" ") || null }));
}
