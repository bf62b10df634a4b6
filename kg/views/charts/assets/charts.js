// Charts: figures are data of the page, drawn by Plotly, again when the language or the width changes.
"use strict";
window.kgCharts = (() => {
  const NARROW = 640;
  const charts = new Map();
  const isObject = (x) => x && typeof x === "object" && !Array.isArray(x);
  const merged = (a, b) => {
    const made = { ...a };
    for (const [key, value] of Object.entries(b || {})) {
      made[key] = isObject(value) && isObject(made[key]) ? merged(made[key], value) : value;
    }
    return made;
  };

  /** Opens the details with an id and all around them, and brings them into view. */
  const open = (id) => {
    const found = document.getElementById(id);
    if (!found) return;
    for (let at = found; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
      if (at.hidden) at.hidden = false;
    }
    found.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    const focus = found.querySelector("summary") || found;
    if (focus === found) found.tabIndex = -1;
    focus.focus({ preventScroll: true });
    kg.address((url) => { url.hash = id; });
  };

  const act = (what) => {
    const [verb, ...rest] = String((Array.isArray(what) ? what[0] : what) || "").split(":");
    const to = rest.join(":");
    if (verb === "href") location.href = kg.root + to;
    if (verb === "open") open(to);
    if (verb === "filter") {
      const [name, value] = to.split(/=(.*)/s);
      const field = document.querySelector(`[data-filters] [name="${name}"]`);
      if ([...field.options].some((o) => o.value === value)) {
        field.value = value;
        field.dispatchEvent(new Event("change", { bubbles: true }));
        field.scrollIntoView({ block: "start" });
      }
    }
  };

  /** The figure in the language of the page: the English one is kept as what differs from the Chinese. */
  const inLanguage = ({ zh, en }) => kg.language() !== "en" ? zh
    : { data: zh.data.map((trace, n) => ({ ...trace, ...en.data[n] })), layout: { ...zh.layout, ...en.layout } };

  const draw = async (div) => {
    await window.kgPlotly;
    const chart = charts.get(div);
    const { spec } = chart;
    chart.narrow = innerWidth < NARROW;
    const figure = inLanguage((chart.narrow && spec.on_phones) || spec);
    let layout = merged(figure.layout, chart.narrow ? spec.narrow.zh ? spec.narrow[kg.language()] : spec.narrow : {});
    let data = figure.data;
    for (const change of chart.changes) ({ data, layout } = change(data, layout, chart.narrow));
    if (layout.height) div.style.height = `${layout.height}px`;
    return Plotly.react(div, data, layout, {
      responsive: true, displaylogo: false, displayModeBar: spec.bar ? "hover" : false, showTips: false, doubleClick: false,
      modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"], scrollZoom: false,
    }).then(() => {
      if (!chart.listening) {
        chart.listening = true;
        div.on("plotly_click", ({ points }) => points && points.length && act(points[0].customdata));
      }
      div.dataset.drawn = "true";
    });
  };

  const add = (div, spec) => {
    charts.set(div, { spec, changes: [], narrow: null });
    if (spec.widest) div.style.maxWidth = `${spec.widest}px`;
    return draw(div);
  };
  const chartOf = (name) => document.querySelector(`.chart[data-chart="${name}"]`);
  /** A function that makes of data and layout those that are drawn: for what the reader chooses. */
  const change = (name, how) => { charts.get(chartOf(name)).changes = [how]; return draw(chartOf(name)); };
  const again = () => { for (const div of charts.keys()) if (div.clientWidth) draw(div); };

  for (const div of document.querySelectorAll(".chart[data-chart]")) add(div, kg.data(`chart-${div.dataset.chart}`));
  document.addEventListener("kg-language", again);
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const [div, chart] of charts) {
        if (div.clientWidth && (innerWidth < NARROW) !== chart.narrow) draw(div);
      }
    }, 150);
  });

  // Fields with a quote each, written when the details around them are opened.
  const quoted = (book, n) => {
    const [doc, start, end, text] = book.quotes[n], [reader, zh, en] = book.docs[doc];
    return [kg.make("blockquote", { lang: "zh" }, kg.make("a", { class: "q", href: `${kg.root}${reader}#c=${start}-${end}` }, text)),
      kg.make("span", { class: "who" }, kg.both(zh, en))];
  };
  const named = (book, n) => {
    const [zh, en, path] = book.fields[n];
    return path ? kg.make("a", { href: kg.root + path }, kg.both(zh, en)) : kg.make("span", {}, kg.both(zh, en));
  };
  let book = null;
  const fill = (details) => {
    book = book || kg.data("lists");
    if (details.dataset.filled || !details.open || !book.lists[details.id]) return;
    details.dataset.filled = "true";
    details.append(kg.make("ul", { class: "quoted" }, ...book.lists[details.id].map(([field, quotes, more, tags]) => kg.make("li", {},
      named(book, field), ...tags.flatMap((n) => [" ", kg.make("span", { class: `tag ${book.tags[n][0]}` }, kg.both(book.tags[n][1], book.tags[n][2]))]),
      ...quotes.flatMap((n) => quoted(book, n)),
      ...(more ? [kg.make("span", { class: "who" }, kg.both(`\u00a0另有 ${more} 处`, `\u00a0${more} more`))] : [])))));
  };
  for (const details of document.querySelectorAll("details[data-list]")) details.addEventListener("toggle", () => fill(details));

  // A list that can be narrowed down: buttons of [data-filter] show what has the class or attribute they name.
  for (const box of document.querySelectorAll("[data-filters]")) {
    const list = document.getElementById(box.dataset.filters);
    const apply = () => {
      const chosen = {};
      for (const field of box.querySelectorAll("select[name],input[name]")) {
        if (field.type === "checkbox" ? field.checked : field.value) chosen[field.name] = field.type === "checkbox" ? "true" : field.value;
      }
      let shown = 0;
      for (const item of list.children) {
        const fits = Object.entries(chosen).every(([name, value]) => (item.dataset[name] || "").split(" ").includes(value));
        item.hidden = !fits;
        shown += fits;
      }
      const count = box.querySelector("[data-count]");
      if (count) count.textContent = shown;
      kg.address((url) => {
        for (const field of box.querySelectorAll("[name]")) url.searchParams.delete(field.name);
        for (const [name, value] of Object.entries(chosen)) url.searchParams.set(name, value);
      });
    };
    const asked = new URLSearchParams(location.search);
    for (const field of box.querySelectorAll("select[name],input[name]")) {
      const value = asked.get(field.name);
      if (value === null) continue;
      if (field.type === "checkbox") field.checked = value === "true";
      else if ([...field.options].some((o) => o.value === value)) field.value = value;
    }
    box.addEventListener("change", apply);
    apply();
  }

  // What the reader may choose to see in a chart: values that take the place of those of its first trace.
  for (const select of document.querySelectorAll("select[data-choice]")) {
    const choose = () => change(select.dataset.choice, (data, layout) => {
      const { choices } = charts.get(chartOf(select.dataset.choice)).spec;
      return { data: [{ ...data[0], ...choices[select.value] }, ...data.slice(1)], layout };
    });
    const asked = new URLSearchParams(location.search).get("measure");
    if ([...select.options].some((o) => o.value === asked)) { select.value = asked; choose(); }
    select.addEventListener("change", () => { choose(); kg.address((url) => url.searchParams.set("measure", select.value)); });
  }
  // Options of a select cannot hold two languages: they are set.
  const options = () => {
    for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = option.dataset[kg.language()] || option.dataset.zh;
    for (const one of document.querySelectorAll("[data-label-zh]")) {
      one.setAttribute("aria-label", one.dataset[kg.language() === "en" ? "labelEn" : "labelZh"] || one.dataset.labelZh);
    }
  };
  document.addEventListener("kg-language", options);
  options();
  const hash = () => { if (location.hash.length > 1 && !location.hash.includes("=")) open(decodeURIComponent(location.hash.slice(1))); };
  addEventListener("hashchange", hash);
  hash();
  return { draw, add, change, chartOf, open, act, quoted, named };
})();
