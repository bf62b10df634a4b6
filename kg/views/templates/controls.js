// Filters, legend, search and the buttons.
const filters = document.getElementById("filters");
const query = document.getElementById("query");
const hits = document.getElementById("hits");

function check(set, value, symbol, text, count, note, refit) {
  const box = make("input", { type: "checkbox", onchange: () => { if (box.checked) set.add(value); else set.delete(value); apply(Boolean(refit)); } });
  box.checked = set.has(value);
  return make("li", {}, make("label", {}, box, symbol, make("span", { class: "name" }, text, note ? make("small", {}, note) : null),
    count === null ? null : make("span", { class: "count" }, String(count))));
}

function buildFilters() {
  const many = (kind) => NODES.filter((n) => n.kind === kind).length;
  const put = (id, items) => document.getElementById(id).replaceChildren(...items);
  put("kinds", DRAWN_KINDS.map((k) => check(chosen.kinds, k, mark(k), kindName(k), many(k))));
  put("relations", DRAWN_RELATIONS.map((p) => check(chosen.relations, p, stroke(p), phraseOf(p, false), EDGES.filter((e) => e.property === p).length)));
  put("provinces", HOMES.map((h) => check(chosen.provinces, h, null, h === ELSEWHERE ? say("elsewhere") : name(h),
    NODES.filter((n) => n.home === h && n.kind === "cluster").length || null, null, true)));
  put("documents", DATA.documents.map(([title, region, years], n) => check(chosen.documents, n, null, title, null,
    [region === null ? "" : name(region), years].filter(Boolean).join(" · "))));
  put("detail", levels().map(([level, text, count]) => {
    const radio = make("input", { type: "radio", name: "level", onchange: () => { chosen.level = level; apply(true); } });
    radio.checked = chosen.level === level;
    return make("label", {}, radio, text, make("small", {}, String(count)));
  }));
  const key = document.getElementById("key");
  key.replaceChildren(...DRAWN_KINDS.map((k) => make("span", {}, mark(k), kindName(k))));
}

// The levels that differ, with their names and how many fields each has.
function levels() {
  const count = (level) => NODES.filter((n) => n.kind === "field" && n.level <= level).length;
  const all = [...Array(DATA.levels).keys()].map((l) => [l, WORDS.levels[2 * l + language], count(l)]);
  return all.filter(([l, , c]) => l === 0 || c > count(l - 1));
}

function showStatus() {
  const parts = [say("shown", shownNodes.size, shownEdges.size)];
  if (DATA.leftOut) parts.push(say("leftOut", DATA.leftOut));
  document.getElementById("status").textContent = parts.join(" · ");
  document.getElementById("empty").hidden = shownNodes.size > 0;
}

let active = -1;
let listed = [];

function listHits() {
  const text = query.value.trim();
  listed = text ? search(text, 40) : search("", 40);
  active = listed.length && text ? 0 : -1;
  hits.replaceChildren(...(listed.length ? listed.map((id, n) => make("li", {
    role: "option", id: "hit" + n, "aria-selected": String(n === active), onmousedown: (event) => { event.preventDefault(); pick(n); },
  }, mark(THINGS[id].kind), make("span", {}, name(id)), make("span", { class: "also" }, otherName(id))))
    : [make("li", { class: "none" }, say("noHits"))]));
  hits.hidden = false;
  query.setAttribute("aria-expanded", "true");
  showActive();
}

function showActive() {
  [...hits.children].forEach((e, n) => e.setAttribute("aria-selected", String(n === active)));
  if (active >= 0) {
    query.setAttribute("aria-activedescendant", "hit" + active);
    hits.children[active].scrollIntoView({ block: "nearest" });
  } else query.removeAttribute("aria-activedescendant");
}

function closeHits() {
  hits.hidden = true;
  query.setAttribute("aria-expanded", "false");
  query.removeAttribute("aria-activedescendant");
}

function pick(n) {
  const id = listed[n];
  closeHits();
  if (id === undefined) return;
  toggleFilters(false);
  select(id);
  document.getElementById("panel-name").focus();
}

function toggleFilters(open) {
  filters.classList.toggle("open", open);
  document.getElementById("filters-toggle").setAttribute("aria-expanded", String(open));
}

function listen() {
  query.addEventListener("input", listHits);
  query.addEventListener("focus", listHits);
  query.addEventListener("blur", closeHits);
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && listed.length) { active = (active + step + listed.length) % listed.length; showActive(); event.preventDefault(); }
    else if (event.key === "Enter") pick(Math.max(active, 0));
    else if (event.key === "Escape") { closeHits(); event.stopPropagation(); }
  });
  document.getElementById("filters-toggle").addEventListener("click", () => toggleFilters(!filters.classList.contains("open")));
  document.getElementById("language").addEventListener("click", () => { language = 1 - language; speak(); });
  document.getElementById("reset").addEventListener("click", () => { choosePlain(); closePanel(); buildFilters(); apply(true); });
  document.getElementById("panel-close").addEventListener("click", closePanel);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { closePanel(); toggleFilters(false); } });
  const does = { closer: () => zoom(1.35), farther: () => zoom(1 / 1.35), whole: () => { viewBefore = null; fit(true); }, save: savePicture };
  for (const b of document.querySelectorAll("#tools [data-do]")) b.addEventListener("click", () => does[b.dataset.do]());
  const keys = { "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), 0: () => fit(true),
    ArrowLeft: () => move(-60, 0), ArrowRight: () => move(60, 0), ArrowUp: () => move(0, -60), ArrowDown: () => move(0, 60) };
  document.getElementById("mynetwork").addEventListener("keydown", (event) => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey) { keys[event.key](); event.preventDefault(); }
  });
}

function savePicture() {
  const from = document.querySelector("#mynetwork canvas");
  const to = make("canvas", { width: from.width, height: from.height });
  const ctx = to.getContext("2d");
  ctx.fillStyle = "#fff";
  ctx.fillRect(0, 0, to.width, to.height);
  ctx.drawImage(from, 0, 0);
  make("a", { href: to.toDataURL("image/png"), download: "pharma-policy-network.png" }).click();
}
