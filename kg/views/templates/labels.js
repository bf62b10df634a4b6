// Labels as on a map: of one size on the screen at every zoom, the important ones first, never one upon another.
const LABEL_COLOURS = {
  province: "#003456", country: "#003456", "region-group": "#174F70", prefecture: "#12486b", county: "#174F70", region: "#174F70",
  cluster: "#5c3d00", field: "#00452f",
};
const FACE = getComputedStyle(document.body).fontFamily;
const RANKS = { country: 0, province: 0, "region-group": 1, prefecture: 1, cluster: 2, county: 2, region: 2, field: 3 };
const rankOfNode = (n) => (n.kind === "field" && n.degree >= 8 ? 1 : RANKS[n.kind] ?? 3);
const widths = new Map();

function fontOf(node, scale) {
  const size = Math.max(11, node.font * Math.min(1.15, Math.max(0.88, scale)));
  return [size, RANKS[node.kind] < 2 || node.id === chosen.node ? 600 : 400];
}

function widthOf(ctx, text, font) {
  const key = font + "|" + text;
  if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}

class Grid {
  constructor(cell) { this.cell = cell; this.cells = new Map(); }
  * keys([x0, y0, x1, y1]) {
    const c = this.cell;
    for (let x = Math.floor(x0 / c); x <= Math.floor(x1 / c); x++) for (let y = Math.floor(y0 / c); y <= Math.floor(y1 / c); y++) yield x * 8192 + y;
  }
  add(box, owner, rank) {
    for (const k of this.keys(box)) { if (!this.cells.has(k)) this.cells.set(k, []); this.cells.get(k).push([box, owner, rank]); }
  }
  // Whether another's label is in the way, or the symbol of one that matters as much: lesser symbols are covered.
  hit(box, owner, rank) {
    for (const k of this.keys(box)) for (const [b, o, r] of this.cells.get(k) || []) {
      if (o !== owner && r <= rank && b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]) return true;
    }
    return false;
  }
}

// Which labels stand where: x and y are the middle of the upper edge of the block.
let placedLabels = [];

function planLabels(ctx, scale) {
  const unit = 1 / scale; // a pixel of the screen on the canvas
  const grid = new Grid(80 * unit);
  const at = network.getPositions([...shownNodes]);
  const near = inFocus();
  const rank = (n) => (n.id === chosen.node ? -3 : n.id === chosen.hover ? -2 : near && near.has(n.id) ? -1 : rankOfNode(n));
  const order = [...shownNodes].map((id) => NODES[id]).sort((a, b) => rank(a) - rank(b) || b.degree - a.degree || a.id - b.id);
  for (const n of order) {
    const r = radius(n) * 0.9;
    const p = at[n.id];
    grid.add([p.x - r, p.y - r, p.x + r, p.y + r], n.id, near ? 0 : rankOfNode(n));
  }
  placedLabels = [];
  const corner = network.DOMtoCanvas({ x: 2, y: 2 });
  const opposite = network.DOMtoCanvas({ x: box.clientWidth - 2, y: box.clientHeight - 2 });
  const cut = (x, y, w, h) => x - w / 2 < corner.x || x + w / 2 > opposite.x || y < corner.y || y + h > opposite.y;
  for (const n of order) {
    if (near && rank(n) >= 0) continue; // with something chosen, only what belongs to it is named
    const [size, weight] = fontOf(n, scale);
    const font = `${weight} ${size}px ${FACE}`;
    const lines = n.lines[language];
    const w = (Math.max(...lines.map((l) => widthOf(ctx, l, font))) + 4) * unit;
    const h = (lines.length * size * 1.16 + 2) * unit;
    const p = at[n.id];
    const r = radius(n) + 2 * unit;
    const [aside, slant] = [r + w / 2, r * 0.7];
    const tries = [[p.x, p.y + r], [p.x, p.y - r - h], [p.x + aside, p.y - h / 2], [p.x - aside, p.y - h / 2],
      [p.x + slant + w / 2, p.y + slant], [p.x - slant - w / 2, p.y + slant], [p.x + slant + w / 2, p.y - slant - h], [p.x - slant - w / 2, p.y - slant - h],
      [p.x + w / 3, p.y + r], [p.x - w / 3, p.y + r], [p.x + w / 3, p.y - r - h], [p.x - w / 3, p.y - r - h]];
    const free = (limit) => tries.find(([x, y]) => !cut(x, y, w, h) && !grid.hit([x - w / 2, y, x + w / 2, y + h], n.id, limit));
    const spot = free(9) || free(near ? 3 : rankOfNode(n)) || (rank(n) < -1 ? tries[0] : null);
    if (!spot) continue;
    grid.add([spot[0] - w / 2, spot[1], spot[0] + w / 2, spot[1] + h], n.id, -1);
    placedLabels.push({ node: n, lines, font, x: spot[0], y: spot[1], w, h, px: size });
  }
}

function drawLabels(ctx) {
  const scale = network.getScale();
  planLabels(ctx, scale);
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const l of placedLabels) {
    ctx.save();
    ctx.translate(l.x, l.y);
    ctx.scale(1 / scale, 1 / scale);
    ctx.font = l.font;
    ctx.strokeStyle = "rgba(255,255,255,.92)";
    ctx.lineWidth = 3.5;
    ctx.fillStyle = LABEL_COLOURS[l.node.kind] || "#222";
    l.lines.forEach((line, k) => {
      const y = (k + 0.5) * l.px * 1.16 + 1;
      ctx.strokeText(line, 0, y);
      ctx.fillText(line, 0, y);
    });
    ctx.restore();
  }
  ctx.restore();
}

function labelAt(point) {
  const hit = placedLabels.find((l) => Math.abs(point.x - l.x) <= l.w / 2 && point.y >= l.y && point.y <= l.y + l.h);
  return hit ? hit.node.id : null;
}

// A soft ground under what lies in one province.
function drawGrounds(ctx) {
  const pad = 34;
  for (const home of DATA.provinces) {
    const ids = [...shownNodes].filter((id) => NODES[id].home === home);
    if (ids.length < 2) continue;
    const hull = convexHull(Object.values(network.getPositions(ids)));
    ctx.save();
    ctx.beginPath();
    hull.forEach((p, k) => (k ? ctx.lineTo(p.x, p.y) : ctx.moveTo(p.x, p.y)));
    ctx.closePath();
    ctx.fillStyle = ctx.strokeStyle = "#eff4f8";
    ctx.lineWidth = 2 * pad;
    ctx.lineJoin = "round";
    ctx.stroke();
    ctx.fill();
    ctx.restore();
  }
}

function convexHull(points) {
  const sorted = points.slice().sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list) => {
    const out = [];
    for (const p of list) {
      while (out.length > 1 && turn(out[out.length - 2], out[out.length - 1], p) <= 0) out.pop();
      out.push(p);
    }
    out.pop();
    return out;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}
