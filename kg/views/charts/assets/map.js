// The map: counts what the rows say for the chosen field, and colours tiles, dots and borders by it.
"use strict";
(() => {
  const data = kg.data("map");
  const $ = (id) => document.getElementById(id);
  const english = () => kg.language() === "en";
  const safe = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const name = (place) => (english() && place[2]) || place[1];
  const isTile = (place) => place[4].length === 4;
  const below = data.fields.map(() => new Set());
  const up = (n, seen = new Set()) => {
    if (!seen.has(n)) { seen.add(n); for (const above of data.fields[n][2]) up(above, seen); }
    return seen;
  };
  data.fields.forEach((_, n) => { for (const above of up(n)) below[above].add(n); });

  const chosen = () => ({ measure: $("map-measure").value, field: $("map-field").value === "" ? null : below[Number($("map-field").value)] });
  const tally = (field) => {
    const clusters = data.places.map(() => new Set()), quotes = data.places.map(() => new Set());
    for (const [place, cluster, of] of data.hosted) if (!field || field.has(of)) clusters[place].add(cluster);
    for (const [place, of, quote] of data.named) if (!field || field.has(of)) quotes[place].add(quote);
    return { clusters: clusters.map((s) => s.size), quotes: quotes.map((s) => s.size) };
  };

  const words = (place, counts) => english()
    ? `<b>${safe(name(data.places[place]))}</b><br>${counts.clusters[place]} clusters, ${counts.quotes[place]} passages`
    : `<b>${safe(name(data.places[place]))}</b><br>${counts.clusters[place]} 个集聚区，${counts.quotes[place]} 处原文`;
  const font = { family: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif', size: 12, color: "#1b2530" };
  const common = {
    font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", dragmode: false, showlegend: false, hovermode: "closest",
    hoverlabel: { align: "left", bgcolor: "#fff", font: { color: "#1b2530" } },
  };
  const colour = (share) => {
    const at = data.scale.findIndex(([x]) => x >= share);
    if (at <= 0) return data.scale[0][1];
    const [x0, c0] = data.scale[at - 1], [x1, c1] = data.scale[at];
    const part = (c) => [1, 3, 5].map((n) => parseInt(c.slice(n, n + 2), 16));
    const mix = part(c0).map((v, n) => Math.round(v + (part(c1)[n] - v) * (share - x0) / (x1 - x0)));
    return `rgb(${mix.join(",")})`;
  };
  // Under dots and their labels a region is painted so thinly that both stand out.
  const pale = (c) => {
    const parts = c.startsWith("#") ? [1, 3, 5].map((n) => parseInt(c.slice(n, n + 2), 16)) : c.match(/\d+/g);
    return `rgba(${parts.join(",")},0.3)`;
  };
  const config = { responsive: true, displayModeBar: false, showTips: false, doubleClick: false };

  const tiles = (counts, measure) => {
    const values = counts[measure], size = 8;
    const grid = () => Array.from({ length: size }, () => Array(size).fill(null));
    const z = grid(), text = grid().map((row) => row.map(() => "")), hover = grid(), click = grid(), shapes = [];
    data.places.forEach((place, n) => {
      if (!isTile(place)) return;
      const [row, column, zh, en] = place[4];
      z[row][column] = values[n];
      text[row][column] = `${safe(english() ? en : zh)}${values[n] ? `<br>${values[n]}` : ""}`;
      hover[row][column] = words(n, counts);
      click[row][column] = n;
      if (place[5]) {
        shapes.push({ type: "rect", x0: column - 0.47, x1: column + 0.47, y0: row - 0.47, y1: row + 0.47, line: { color: data.own, width: 3 } });
      }
    });
    const most = Math.max(1, ...values.filter((_, n) => isTile(data.places[n])));
    const width = Math.min($("map-tiles").clientWidth, 620);
    const axis = { visible: false, fixedrange: true, range: [-0.5, 7.5], constrain: "domain" };
    return Plotly.react("map-tiles", [{
      type: "heatmap", z, text, hovertext: hover, hoverinfo: "text", customdata: click, texttemplate: "%{text}",
      textfont: { size: width < 500 ? 11 : 14 }, colorscale: data.scale, zmin: 0, zmax: most, xgap: 3, ygap: 3, showscale: false,
    }], {
      ...common, shapes, height: width, margin: { l: 0, r: 0, t: 4, b: 4 }, xaxis: axis,
      yaxis: { ...axis, range: [7.5, -0.5], scaleanchor: "x" },
    }, config);
  };

  // Labels of dots: the largest first, and only where they cover no other label and no dot that is as large.
  const labels = (dots, range, width, height) => {
    const px = (x) => (x - range.x[0]) / (range.x[1] - range.x[0]) * width;
    const py = (y) => (range.y[1] - y) / (range.y[1] - range.y[0]) * height;
    const taken = dots.map((d) => [px(d.x) - d.size / 2, py(d.y) - d.size / 2, px(d.x) + d.size / 2, py(d.y) + d.size / 2]);
    const free = (box, own) => box[0] > 0 && box[2] < width && taken.every((t, n) => n === own || box[2] < t[0] || box[0] > t[2] || box[3] < t[1] || box[1] > t[3]);
    return dots.map((dot, n) => {
      const wide = [...dot.label].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e7f ? 12 : 7), 0) + 2, x = px(dot.x), y = py(dot.y), r = dot.size / 2 + 2;
      const tries = [["middle right", [x + r, y - 7, x + r + wide, y + 7]], ["middle left", [x - r - wide, y - 7, x - r, y + 7]],
        ["top center", [x - wide / 2, y - r - 14, x + wide / 2, y - r]], ["bottom center", [x - wide / 2, y + r, x + wide / 2, y + r + 14]]];
      const fit = tries.find(([, box]) => free(box, n));
      if (!fit) return ["", "middle right"];
      taken.push(fit[1]);
      return [safe(dot.label), fit[0]];
    });
  };

  const cities = (counts, measure) => {
    const values = counts[measure];
    const div = $("map-cities"), width = div.clientWidth, height = Math.min(width, 620);
    const dots = data.places.map((place, n) => ({ n, place, value: values[n] })).filter((d) => !isTile(d.place) && d.value > 0)
      .sort((a, b) => b.value - a.value || a.n - b.n);
    const most = Math.max(1, ...dots.map((d) => d.value));
    for (const dot of dots) {
      [dot.x, dot.y] = dot.place[4];
      dot.size = 7 + 19 * Math.sqrt(dot.value / most);
      dot.label = name(dot.place).replace(/(?<=..)市$/, "");
    }
    const every = data.places.filter((p) => !isTile(p)).map((p) => p[4]);
    const lines = data.borders.flatMap(([, x, y]) => x.map((v, n) => [v, y[n]])).filter(([v]) => v !== null);
    const span = lines.length ? lines : every.length ? every : [[104, 35]];
    const xs = span.map((p) => p[0]).sort((a, b) => a - b), ys = span.map((p) => p[1]).sort((a, b) => a - b);
    const pad = lines.length ? 0.5 : 1.2, stretch = 1 / Math.cos(33 * Math.PI / 180);
    let [x0, x1, y0, y1] = [xs[0] - pad, xs.at(-1) + pad, ys[0] - pad, ys.at(-1) + pad];
    const inner = [width - 44, height - 40];
    const perDegree = Math.min(inner[0] / (x1 - x0), inner[1] / ((y1 - y0) * stretch));
    const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
    [x0, x1, y0, y1] = [mx - inner[0] / perDegree / 2, mx + inner[0] / perDegree / 2, my - inner[1] / perDegree / stretch / 2, my + inner[1] / perDegree / stretch / 2];
    const at = labels(dots, { x: [x0, x1], y: [y0, y1] }, ...inner);
    const axis = { fixedrange: true, gridcolor: "#e6eaee", zeroline: false, ticks: "", tickfont: { size: 10, color: "#566370" } };
    const number = new Map(data.places.map((p, n) => [p[0], n]));
    const traces = data.borders.map(([code, x, y]) => {
      const n = number.get(code), tile = n !== undefined && isTile(data.places[n]);
      const top = Math.max(1, ...values.filter((_, k) => isTile(data.places[k])));
      return {
        type: "scatter", mode: "lines", x, y, fill: "toself", line: { color: "#8a949e", width: 0.8 }, hoverinfo: "skip",
        fillcolor: tile ? pale(colour(values[n] / top)) : "rgba(0,0,0,0)",
      };
    });
    traces.push({
      type: "scatter", mode: "markers+text", cliponaxis: false, x: dots.map((d) => d.x), y: dots.map((d) => d.y),
      text: at.map((a) => a[0]), textposition: at.map((a) => a[1]), textfont: { size: 12 },
      hovertext: dots.map((d) => words(d.n, counts)), hoverinfo: "text", customdata: dots.map((d) => d.n),
      marker: {
        size: dots.map((d) => d.size), color: dots.map((d) => d.value), colorscale: data.scale, cmin: 0, cmax: most,
        line: { color: data.dot, width: 1 }, opacity: 0.92,
      },
    });
    return Plotly.react("map-cities", traces, {
      ...common, height, margin: { l: 38, r: 6, t: 8, b: 32 },
      xaxis: { ...axis, range: [x0, x1], ticksuffix: "°E", nticks: 6 }, yaxis: { ...axis, range: [y0, y1], ticksuffix: "°N", nticks: 7 },
    }, config);
  };

  const table = (body, counts, wanted, measure) => {
    const rows = data.places.map((place, n) => ({ place, n })).filter(({ place, n }) => isTile(place) === wanted && (counts.clusters[n] || counts.quotes[n]))
      .sort((a, b) => counts[measure][b.n] - counts[measure][a.n] || a.n - b.n);
    body.replaceChildren(...rows.map(({ place, n }) => {
      const button = kg.make("button", { type: "button", class: "link" }, kg.both("原文", "quotes"));
      button.addEventListener("click", () => show(n));
      const label = place[3] ? kg.make("a", { href: kg.root + place[3] }, kg.both(place[1], place[2])) : kg.both(place[1], place[2]);
      return kg.make("tr", {}, kg.make("th", { scope: "row" }, label), kg.make("td", { class: "n" }, String(counts.clusters[n])),
        kg.make("td", { class: "n" }, `${counts.quotes[n]} `, button));
    }));
  };

  const MOST = 60;
  const show = (n) => {
    const { measure, field } = chosen(), place = data.places[n], box = $("map-place");
    const quotes = new Map();
    const put = (quote, what) => { if (!quotes.has(quote)) quotes.set(quote, new Set()); if (what) quotes.get(quote).add(what); };
    if (measure === "clusters") {
      for (const [p, c, f, q] of data.hosted) if (p === n && (field ? field.has(f) : f === -1)) put(q, data.clusters[c][0]);
    } else {
      for (const [p, f, q] of data.named) if (p === n && (!field || field.has(f))) put(q, data.fields[f][english() ? 1 : 0] || data.fields[f][0]);
    }
    const heading = kg.make("h2", {}, place[3] ? kg.make("a", { href: kg.root + place[3] }, kg.both(place[1], place[2])) : kg.both(place[1], place[2]));
    const items = [...quotes].slice(0, MOST).map(([q, what]) => {
      const [doc, start, end, text] = data.quotes[q], [reader, zh, en] = data.docs[doc];
      return kg.make("li", {}, kg.make("strong", {}, [...what].join(kg.language() === "en" ? ", " : "、")), kg.make("blockquote", { lang: "zh" }, kg.make("a", { class: "q", href: `${kg.root}${reader}#c=${start}-${end}` }, text)),
        kg.make("span", { class: "who" }, kg.both(zh, en)));
    });
    const rest = quotes.size > MOST ? [kg.make("p", { class: "note" }, kg.both(`另有 ${quotes.size - MOST} 处，见该地区的页面。`, `${quotes.size - MOST} more are on the page of the region.`))] : [];
    const none = items.length ? [] : [kg.make("p", {}, kg.both("图谱里没有文件说到。", "No document of the graph says anything of it."))];
    box.replaceChildren(heading, ...none, kg.make("ul", { class: "quoted" }, ...items), ...rest);
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
    box.focus({ preventScroll: true });
    kg.address((url) => url.searchParams.set("place", place[0]));
  };

  const drawn = async () => {
    const { measure, field } = chosen(), counts = tally(field);
    table($("map-provinces").tBodies[0], counts, true, measure);
    table($("map-towns").tBodies[0], counts, false, measure);
    await window.kgPlotly;
    return Promise.all([tiles(counts, measure), cities(counts, measure)]).then(() => { document.documentElement.dataset.map = "drawn"; });
  };
  const keep = () => kg.address((url) => {
    url.searchParams.set("measure", $("map-measure").value);
    if ($("map-field").value) url.searchParams.set("field", data.fields[Number($("map-field").value)][0]); else url.searchParams.delete("field");
  });
  const asked = new URLSearchParams(location.search);
  if (["clusters", "quotes"].includes(asked.get("measure"))) $("map-measure").value = asked.get("measure");
  const at = data.fields.findIndex((f) => f[0] === asked.get("field"));
  if (at >= 0) $("map-field").value = String(at);
  for (const id of ["map-measure", "map-field"]) $(id).addEventListener("change", () => { keep(); $("map-place").hidden = true; drawn(); });
  document.addEventListener("kg-language", drawn);
  let waiting;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(drawn, 200); });
  drawn().then(() => {
    for (const id of ["map-tiles", "map-cities"]) {
      $(id).on("plotly_click", ({ points }) => { const n = points[0] && points[0].customdata; if (Number.isInteger(n)) show(n); });
    }
    const place = data.places.findIndex((p) => p[0] === asked.get("place"));
    if (place >= 0) show(place);
  });
})();
