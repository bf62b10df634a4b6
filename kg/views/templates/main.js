// Ties the parts to the network that pyvis has drawn: `network`, `nodes` and `edges` are its globals.
const box = document.getElementById("mynetwork");
const tip = document.getElementById("tip");
let growth = 1; // symbols shrink less than the picture, so that they can be seen from afar
let upright = false; // on a narrow screen the picture stands on its side
let stretch = { x: 1, y: 1 }; // what it is drawn out by to fill the room: labels only gain by that

const radius = (n) => n.size * growth;
const neighbours = (id) => new Set(NODES[id].edges.filter((e) => shownEdges.has(e.id)).map((e) => (e.from === id ? e.to : e.from)));

function placeOf(n) {
  const [x, y] = n.places[Math.min(chosen.level, n.places.length - 1)];
  return upright ? { x: y * stretch.x, y: x * stretch.y } : { x: x * stretch.x, y: y * stretch.y };
}

// The rectangle around nodes, by their places on the canvas.
function extent(points) {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, w: Math.max(right - left, 1), h: Math.max(bottom - top, 1) };
}

// The room for the picture, without what labels at its rim need.
const room = () => ({ w: box.clientWidth - (box.clientWidth < 600 ? 76 : 120), h: box.clientHeight - (box.clientWidth < 600 ? 168 : 90) });

function reshape() {
  upright = box.clientWidth < box.clientHeight * 0.85;
  stretch = { x: 1, y: 1 };
  if (shownNodes.size < 12) return;
  const e = extent([...shownNodes].map((id) => placeOf(NODES[id])));
  const wanted = (room().w / room().h) / (e.w / e.h);
  if (wanted > 1) stretch.x = Math.min(wanted, 1.45);
  else stretch.y = Math.min(1 / wanted, 1.45);
}

// Shows what the filters let through; the picture is fitted anew where it changes much.
function apply(refit) {
  decide();
  if (chosen.node !== null && !shownNodes.has(chosen.node)) closePanel();
  if (refit) reshape();
  nodes.update(NODES.map((n) => ({ id: n.id, hidden: !shownNodes.has(n.id), ...placeOf(n) })));
  edges.update(EDGES.map((e) => ({ id: e.id, hidden: !shownEdges.has(e.id) })));
  paint();
  showStatus();
  if (refit) fit(false);
}

const chosenEdge = () => (chosen.edge === null ? null : EDGES.find((e) => e.id === chosen.edge));

// The nodes that belong to what is chosen; null where nothing is.
function inFocus() {
  if (chosen.node !== null) return neighbours(chosen.node).add(chosen.node);
  const edge = chosenEdge();
  return edge && new Set([edge.from, edge.to]);
}

// Sets off what is chosen: the node, its neighbours and their lines stay, the rest fades.
function paint() {
  const node = chosen.node;
  const edge = chosenEdge();
  const near = inFocus();
  nodes.update(NODES.map((n) => ({ id: n.id, opacity: !near || near.has(n.id) ? 1 : 0.13, size: radius(n) })));
  edges.update(EDGES.map((e) => {
    const on = node !== null ? e.from === node || e.to === node : edge ? e === edge : null;
    const [colour, width] = DATA.lines[e.property];
    const plain = e.property === "develops" || e.property === "within" ? 0.42 : 0.6;
    return { id: e.id, width: on ? width + 0.9 : width, color: { color: colour, hover: colour, highlight: colour, opacity: on === null ? plain : on ? 0.95 : 0.05 } };
  }));
  network.unselectAll();
  if (node !== null && shownNodes.has(node)) network.selectNodes([node], false);
}

function select(id) {
  chosen.edge = null;
  chosen.node = id;
  if (!shownNodes.has(id)) reveal(id);
  showNode(id);
  remember();
  paint();
  look();
}

// Loosens the filters just enough to show a node.
function reveal(id) {
  chosen.level = Math.max(chosen.level, NODES[id].level);
  apply(true);
  if (!shownNodes.has(id)) { const level = chosen.level; choosePlain(); chosen.level = level; apply(true); }
  buildFilters();
}

function selectEdge(id) {
  chosen.node = null;
  chosen.edge = id;
  showEdge(chosenEdge());
  remember();
  paint();
  look();
}

// The part of the canvas that the panel leaves free: its middle, from the middle of the whole.
function freeMiddle() {
  if (panel.hidden) return { x: 0, y: 0 };
  return window.innerWidth > 760 ? { x: -panel.offsetWidth / 2, y: 0 } : { x: 0, y: -panel.offsetHeight / 2 };
}

// Brings what is chosen into the part of the canvas that the panel leaves free.
function look() {
  const id = chosen.node;
  const e = extent(Object.values(network.getPositions([...inFocus()])));
  const offset = freeMiddle();
  const free = { w: room().w + 2 * offset.x, h: room().h + 2 * offset.y };
  const scale = Math.max(0.05, Math.min(free.w / e.w, free.h / e.h, 1.15));
  // A node with ties everywhere is looked at itself, near enough to read.
  const close = scale < 0.45 && id !== null;
  const at = close ? network.getPositions([id])[id] : e;
  network.moveTo({ position: { x: at.x, y: at.y }, scale: close ? 0.7 : scale, offset, animation: motion() });
  resize(close ? 0.7 : scale);
}

const motion = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

// The whole picture with its labels, in the room that there is.
function fit(animated) {
  const ids = [...shownNodes];
  if (!ids.length) return;
  const e = extent(Object.values(network.getPositions(ids)));
  const scale = Math.max(0.05, Math.min(room().w / e.w, room().h / e.h, 1.4)); // a frame may have no room at all
  network.moveTo({ position: { x: e.x, y: e.y }, scale, offset: { x: 0, y: box.clientWidth < 600 ? -16 : -8 }, animation: animated ? motion() : false });
  resize(scale);
}

function zoom(by) {
  network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * by)), animation: motion() && { duration: 150, easingFunction: "linear" } });
}

function move(x, y) {
  const at = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale }, animation: false });
}

function resize(scale) {
  const wanted = Math.round(Math.min(2.6, Math.max(1, scale ** -0.45)) * 5) / 5;
  if (wanted === growth) return;
  growth = wanted;
  nodes.update(NODES.map((n) => ({ id: n.id, size: radius(n) })));
}

function showTip(lines, at) {
  tip.replaceChildren(...lines);
  tip.hidden = false;
  const x = Math.min(at.x + 16, box.clientWidth - tip.offsetWidth - 8);
  const y = at.y + 18 + tip.offsetHeight > box.clientHeight ? at.y - tip.offsetHeight - 14 : at.y + 18;
  tip.style.left = Math.max(4, x) + "px";
  tip.style.top = Math.max(4, y) + "px";
}

function hover(id, at) {
  chosen.hover = id;
  const t = THINGS[id];
  const kind = t.class_.length ? t.class_[language] : kindName(t.kind);
  showTip(tipOf(name(id), [otherName(id), kind].filter(Boolean).join(" · "), STATEMENTS_OF[id]), at);
}

function unhover() {
  chosen.hover = null;
  tip.hidden = true;
}

// The address names the node, so that a link can be kept or sent.
function remember() {
  const hash = chosen.node === null ? "" : "#" + encodeURI(THINGS[chosen.node].tail);
  try { history.replaceState(null, "", location.pathname + location.search + hash); } catch { /* a sandboxed page has no history */ }
}

function recall() {
  const tail = decodeURI(location.hash.slice(1));
  const found = tail ? NODES.find((n) => THINGS[n.id].tail === tail) : null;
  if (found) select(found.id);
}

function speak() {
  sayAll();
  buildFilters();
  showStatus();
  if (chosen.node !== null) showNode(chosen.node);
  else if (chosen.edge !== null) showEdge(chosenEdge());
  network.redraw();
}

network.on("beforeDrawing", drawGrounds);
network.on("afterDrawing", drawLabels);
network.on("click", (event) => {
  unhover();
  const id = event.nodes.length ? event.nodes[0] : labelAt(event.pointer.canvas);
  if (id !== null) select(id);
  else if (event.edges.length) selectEdge(event.edges[0]);
  else closePanel();
});
network.on("hoverNode", (event) => hover(event.node, event.pointer.DOM));
network.on("blurNode", unhover);
network.on("hoverEdge", (event) => {
  if (chosen.hover !== null) return;
  const e = EDGES.find((each) => each.id === event.edge);
  showTip(tipOf(`${name(e.from)} → ${name(e.to)}`, phraseOf(e.property, false), e.statements), event.pointer.DOM);
});
network.on("blurEdge", () => { if (chosen.hover === null) tip.hidden = true; });
network.on("dragStart", () => { unhover(); viewBefore = null; });
network.on("zoom", (event) => { unhover(); viewBefore = null; resize(event.scale); });
box.addEventListener("mousemove", (event) => {
  const bounds = box.getBoundingClientRect();
  const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  const point = network.DOMtoCanvas(at);
  const id = labelAt(point);
  box.style.cursor = id === null && chosen.hover === null ? "" : "pointer";
  if (id !== null && event.buttons === 0) hover(id, at);
  else if (chosen.hover !== null && network.getNodeAt(at) === undefined) unhover();
});
box.addEventListener("mouseleave", unhover);
let width = 0;
window.addEventListener("resize", () => {
  if (box.clientWidth === width) return; // a phone's keyboard changes the height only
  width = box.clientWidth;
  viewBefore = null;
  apply(true);
  if (inFocus()) look();
});
window.addEventListener("hashchange", recall);

choosePlain();
sayAll();
buildFilters();
listen();
width = box.clientWidth;
apply(true);
recall();
network.once("afterDrawing", () => {
  document.documentElement.dataset.labels = placedLabels.length;
  document.documentElement.dataset.ready = "yes";
});
network.redraw();
