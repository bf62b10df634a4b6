/* The menu: lists and views, each a drop-down that keyboard and finger open alike. */
"use strict";
(() => {
  const { make, both, root } = window.kg;
  const nav = document.getElementById("menu");
  const groups = [["list", "浏览", "Browse"], ["view", "视图", "Views"]];
  const made = groups.flatMap(([group, zh, en]) => {
    const entries = (window.kgMenu || []).filter((entry) => entry[3] === group);
    if (!entries.length) return [];
    const list = make("ul");
    for (const [path, name, english] of entries) {
      const current = path === document.documentElement.dataset.nav;
      list.append(make("li", {}, make("a", { href: root + path, "aria-current": current && "page" }, both(name, english))));
    }
    return [make("details", { class: "menu" }, make("summary", {}, both(zh, en)), list)];
  });
  if (made.length) nav.replaceChildren(...made);
  const close = (except) => made.forEach((m) => { if (m !== except) m.open = false; });
  made.forEach((m) => m.addEventListener("toggle", () => { if (m.open) close(m); }));
  document.addEventListener("click", (event) => { if (!nav.contains(event.target)) close(); });
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = made.find((m) => m.open);
    close();
    if (open) open.querySelector("summary").focus();
  });
})();
