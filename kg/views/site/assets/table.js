/* Tables that are sorted, filtered and taken away as csv. What is chosen stands in the address: #KEY.COLUMN=value. */
"use strict";
(() => {
  const { make, both, address, language, root } = window.kg;
  const SHOWN = 8;  // values of a facet
  const SMALL = 6;  // rows that need no filter
  const MOST = 200; // rows at first
  const NONE = "—";

  /** The text of an element in a language. */
  const text = (element, lang) => {
    const hidden = lang === "en" ? "T-ZH" : "T-EN";
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      return node.nodeName === hidden ? "" : [...node.childNodes].map(walk).join("");
    };
    return walk(element).replace(/\s+/g, " ").trim();
  };
  /** What goes into the csv: words of a document as they stand there, all else in one line. */
  const written = (element, lang) => {
    const quote = element.matches(".q") ? element : element.querySelector(".q");
    return quote ? quote.textContent : text(element, lang);
  };
  const values = (cell) => {
    const parts = cell.querySelectorAll(":scope > .v");
    return parts.length ? [...parts] : cell.textContent.trim() ? [cell] : [];
  };

  const state = () => new URLSearchParams(location.hash.slice(1));

  /** The rows of a long table, which travel as data: see kg/views/site/packing.py. */
  const unpack = (body, columns, { values, rows }) => {
    const value = ([zh, en = "", href = "", quote = 0]) => {
      if (quote) return make("a", { class: "q", lang: "zh", href: root + href }, zh);
      return href ? make("a", { href: root + href }, both(zh, en)) : both(zh, en);
    };
    const han = /[\u4e00-\u9fff]/;
    const one = (v) => (han.test(v[0]) || v[1] || v[2] ? value(v) : v[0]);
    body.append(...rows.map((cells) => make("tr", {}, ...cells.map((cell, at) => {
      const form = columns[at].className;
      const parts = cell.map((n) => one(values[n]));
      const shown = parts.length > 1 ? parts.map((p) => make("span", { class: "v" }, p)) : parts;
      return at ? make("td", { class: form === "c-text" ? null : form }, ...shown) : make("th", { scope: "row" }, ...shown);
    }))));
  };

  class DataTable {
    constructor(box) {
      this.box = box;
      this.key = box.dataset.table;
      this.table = box.querySelector("table");
      this.body = this.table.tBodies[0];
      this.columns = [...this.table.tHead.rows[0].cells];
      const data = document.getElementById(`data-rows-${this.key}`);
      if (data) unpack(this.body, this.columns, JSON.parse(data.textContent));
      this.rows = [...this.body.rows].map((row, n) => ({ row, n, cells: [...row.cells] }));
      this.chosen = new Map();
      this.query = "";
      this.sort = "";
      this.more = new Set();
      this.whole = false;
      this.facets = this.rows.length < SMALL ? [] : this.columns.flatMap((column, at) => this.facet(column, at));
      this.controls();
      this.read();
      this.draw();
    }

    /** A facet of a column, if it tells rows apart: the values with their rows. */
    facet(column, at) {
      if (!("facet" in column.dataset)) return [];
      const found = new Map();
      for (const r of this.rows) {
        const here = values(r.cells[at]);
        r[`f${at}`] = new Set(here.length ? here.map((v) => text(v, "zh")) : [NONE]);
        for (const v of here) {
          const zh = text(v, "zh");
          if (!found.has(zh)) found.set(zh, text(v, "en"));
        }
        if (!here.length) found.set(NONE, NONE);
      }
      return found.size > 1 ? [{ key: column.dataset.key, at, column, values: found }] : [];
    }

    controls() {
      this.filter = make("input", { type: "search", class: "filter", "aria-label": "筛选 Filter" });
      this.status = make("p", { class: "status", role: "status", "aria-live": "polite" });
      const csv = make("button", { type: "button", class: "csv" }, both("下载 csv", "Download csv"));
      this.clear = make("button", { type: "button", class: "clear" }, both("清除筛选", "Clear"));
      const bar = make("div", { class: "bar-of-table" }, ...(this.rows.length < SMALL ? [] : [this.filter]), this.status, this.clear, csv);
      this.rest = make("button", { type: "button", class: "all-rows" });
      this.rest.addEventListener("click", () => { this.whole = true; this.draw(); });
      this.box.querySelector(".scroll").append(this.rest);
      this.panel = make("div", { class: "facets" });
      this.box.prepend(bar);
      if (this.facets.length) {
        const open = Boolean(this.box.closest(".wide")) && window.matchMedia("(min-width: 60rem)").matches;
        this.box.prepend(make("details", { class: "facet-box", open }, make("summary", {}, both("筛选", "Filter")), this.panel));
        this.box.classList.add("has-facets");
      }
      this.filter.addEventListener("input", () => { this.query = this.filter.value; this.changed(); });
      csv.addEventListener("click", () => this.download());
      this.clear.addEventListener("click", () => { this.chosen.clear(); this.query = this.filter.value = ""; this.changed(); });
      const hint = () => { this.filter.placeholder = language() === "en" ? "Filter rows" : "在表中筛选"; };
      hint();
      document.addEventListener("kg-language", () => { hint(); this.draw(); });
      this.columns.forEach((column, at) => {
        const button = make("button", { type: "button", class: "sort" }, ...column.childNodes);
        column.append(button);
        button.addEventListener("click", () => {
          const key = column.dataset.key;
          const numbers = column.classList.contains("c-number");
          const order = numbers ? [`-${key}`, key, ""] : [key, `-${key}`, ""];
          this.sort = order[(order.indexOf(this.sort) + 1) % 3];
          this.changed();
        });
      });
    }

    /** What the address asks for. */
    read() {
      const asked = state();
      this.chosen.clear();
      for (const f of this.facets) {
        const wanted = asked.getAll(`${this.key}.${f.key}`).filter((v) => f.values.has(v));
        if (wanted.length) this.chosen.set(f.at, new Set(wanted));
      }
      this.query = this.filter.value = asked.get(`${this.key}.q`) || "";
      this.sort = asked.get(`${this.key}.sort`) || "";
    }

    changed() {
      const now = state();
      for (const name of [...now.keys()]) if (name.startsWith(`${this.key}.`)) now.delete(name);
      for (const f of this.facets) for (const v of this.chosen.get(f.at) || []) now.append(`${this.key}.${f.key}`, v);
      if (this.query) now.set(`${this.key}.q`, this.query);
      if (this.sort) now.set(`${this.key}.sort`, this.sort);
      address((url) => { url.hash = now.toString(); });
      this.draw();
    }

    fits(r, except) {
      for (const [at, wanted] of this.chosen) {
        if (at !== except && ![...wanted].some((v) => r[`f${at}`].has(v))) return false;
      }
      const query = this.query.trim().toLowerCase();
      return !query || query.split(/\s+/).every((w) => (r.text ||= r.row.textContent.toLowerCase()).includes(w));
    }

    draw() {
      const shown = this.rows.filter((r) => this.fits(r));
      this.order(shown);
      const order = shown.map((r) => r.n).join();
      if (this.last !== order && (this.last || shown.length < this.rows.length || this.sort)) this.body.append(...shown.map((r) => r.row));
      this.last = order;
      const kept = new Set(this.whole ? shown : shown.slice(0, MOST));
      for (const r of this.rows) r.row.hidden = !kept.has(r);
      this.visible = shown;
      this.rest.hidden = kept.size === shown.length;
      this.rest.replaceChildren(both(`显示全部 ${shown.length} 条`, `Show all ${shown.length} rows`));
      this.box.classList.add("drawn");
      const n = shown.length, all = this.rows.length;
      this.status.replaceChildren(n === all ? both(`${all} 条`, `${all} rows`) : both(`${all} 条中的 ${n} 条`, `${n} of ${all} rows`));
      this.clear.hidden = !this.chosen.size && !this.query;
      const had = this.panel.contains(document.activeElement) ? document.activeElement.id : null;
      this.panel.replaceChildren(...this.facets.map((f) => this.fieldset(f)));
      if (had && document.getElementById(had)) document.getElementById(had).focus();
    }

    order(rows) {
      const key = this.sort.replace(/^-/, "");
      const at = this.columns.findIndex((c) => c.dataset.key === key);
      this.columns.forEach((c, n) => {
        if (n === at) c.setAttribute("aria-sort", this.sort.startsWith("-") ? "descending" : "ascending");
        else c.removeAttribute("aria-sort");
      });
      if (at < 0) return rows.sort((a, b) => a.n - b.n);
      const sign = this.sort.startsWith("-") ? -1 : 1;
      const numbers = this.columns[at].classList.contains("c-number");
      const value = (r) => {
        const own = text(r.cells[at], language());
        if (!numbers) return own;
        const found = own.replace(/,/g, "").match(/-?\d+(?:\.\d+)?/);
        return found ? Number(found[0]) : null;
      };
      const of = new Map(rows.map((r) => [r, value(r)]));
      const collator = new Intl.Collator(language() === "en" ? "en" : "zh-Hans-CN", { numeric: true });
      return rows.sort((a, b) => {
        const [x, y] = [of.get(a), of.get(b)];
        const empty = (v) => v === null || v === "";
        if (empty(x) || empty(y)) return empty(x) - empty(y) || a.n - b.n;
        return sign * (numbers ? x - y : collator.compare(x, y)) || a.n - b.n;
      });
    }

    fieldset(f) {
      const counts = new Map();
      for (const r of this.rows) {
        if (this.fits(r, f.at)) for (const v of r[`f${f.at}`]) counts.set(v, (counts.get(v) || 0) + 1);
      }
      const wanted = this.chosen.get(f.at) || new Set();
      const all = [...f.values.keys()].sort((a, b) => wanted.has(b) - wanted.has(a) || (a === NONE) - (b === NONE) || (counts.get(b) || 0) - (counts.get(a) || 0));
      const open = this.more.has(f.at);
      const box = make("fieldset", {}, make("legend", {}, both(text(f.column, "zh"), text(f.column, "en"))));
      all.slice(0, open ? undefined : Math.max(SHOWN, wanted.size)).forEach((v) => {
        const n = counts.get(v) || 0;
        const input = make("input", { type: "checkbox", id: `${this.key}-${f.key}-${[...f.values.keys()].indexOf(v)}` });
        input.checked = wanted.has(v);
        input.addEventListener("change", () => {
          if (input.checked) wanted.add(v); else wanted.delete(v);
          if (wanted.size) this.chosen.set(f.at, wanted); else this.chosen.delete(f.at);
          this.changed();
        });
        const name = v === NONE ? both("未说明", "not stated") : both(v, f.values.get(v));
        box.append(make("label", { class: n ? "" : "zero" }, input, make("span", {}, name), make("span", { class: "n" }, String(n))));
      });
      if (all.length > SHOWN && !open) {
        const more = make("button", { type: "button", class: "more", id: `${this.key}-${f.key}-more` }, both(`全部 ${all.length} 项`, `All ${all.length}`));
        more.addEventListener("click", () => { this.more.add(f.at); this.draw(); });
        box.append(more);
      }
      return box;
    }

    /** The rows that are shown as csv for spreadsheets: UTF-8 with BOM, and nothing that they would take for a formula. */
    download() {
      const lang = language();
      const cell = (value) => {
        const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
        return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
      };
      const row = (cells) => cells.map(cell).join(",");
      const lines = [row(this.columns.map((c) => text(c, lang)))];
      for (const r of this.visible) {
        lines.push(row(r.cells.map((c) => (values(c).length > 1 ? values(c).map((v) => written(v, lang)).join("；") : written(c, lang)))));
      }
      this.csv = `\ufeff${lines.join("\r\n")}\r\n`;
      const url = URL.createObjectURL(new Blob([this.csv], { type: "text/csv;charset=utf-8" }));
      const link = make("a", { href: url, download: `${this.key}.csv` });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    }
  }

  window.kgTables = [...document.querySelectorAll("[data-table]")].map((box) => new DataTable(box));
  window.addEventListener("hashchange", () => window.kgTables.forEach((t) => { t.read(); t.draw(); }));
})();
