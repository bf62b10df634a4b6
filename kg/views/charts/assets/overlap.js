// What two share, written into the details of a pair when it is opened, with the quotes of both sides.
"use strict";
(() => {
  if (!document.getElementById("pairs")) return;
  const book = kg.data("overlap");
  const { pairs } = book, { make, both } = kg;
  const named = (n) => kgCharts.named(book, n);
  const quote = (n) => kgCharts.quoted(book, n);
  const side = (zh, en, found, more) => make("div", {}, make("strong", { class: "who" }, both(zh, en)), ...found.flatMap(quote),
    ...(more ? [make("span", { class: "who" }, both(`\u00a0另有 ${more} 处`, `\u00a0${more} more`))] : []));
  const chosen = () => [...document.querySelectorAll("#which-fields input:checked")].map((b) => b.id.replace("-only", ""));
  const fits = (row) => chosen().every((w) => row.dataset[w] === "true");
  const fill = (details) => {
    if (details.dataset.filled || !pairs[details.id]) return;
    details.dataset.filled = "true";
    const { aZh, aEn, bZh, bEn } = details.dataset;
    details.append(...pairs[details.id].map(([field, narrower, inherited, joint, a, b, moreA, moreB]) => {
      const head = make("div", { class: "head" }, make("strong", {}, named(field)));
      if (narrower >= 0) head.append(make("span", { class: "note" }, both("上位；另一方提的是 ", "broader; the other names "), named(narrower)));
      head.append(inherited ? make("span", { class: "tag inherited" }, both("国家指南也有", "in the national guide"))
        : make("span", { class: "tag beyond" }, both("超出国家指南", "beyond the guide")));
      if (joint) head.append(make("span", { class: "tag joint" }, both("同一句话并提", "named in one breath")));
      const row = make("div", { class: "sides", "data-beyond": String(!inherited), "data-same": String(narrower < 0) },
        head, side(aZh, aEn, a, moreA), side(bZh, bEn, b, moreB));
      row.hidden = !fits(row);
      return row;
    }));
  };
  for (const details of document.querySelectorAll("#pairs details.pair")) {
    details.addEventListener("toggle", () => { if (details.open) fill(details); });
    if (details.open) fill(details);
  }
  // The list stands in the order of the numbers that the matrix shows: the pairs of those that it leaves out come last.
  const select = document.querySelector("select[data-choice=overlap]");
  const list = document.getElementById("pairs");
  const { choices, zh: { data: [{ customdata }] } } = kg.data("chart-overlap");
  const order = () => {
    const found = new Map();
    choices[select.value].z.forEach((row, i) => row.forEach((value, j) => {
      if (customdata[i][j]) found.set(customdata[i][j][0].replace("open:", ""), value);
    }));
    const of = (pair) => found.get(pair.id) ?? -1;
    list.append(...[...list.children].sort((a, b) => of(b) - of(a)));
  };
  select.addEventListener("change", order);
  order();
  const asked = location.hash.slice(1);
  if (pairs[asked]) kgCharts.open(asked);
  for (const box of document.querySelectorAll("#which-fields input")) {
    box.addEventListener("change", () => { for (const row of document.querySelectorAll("#pairs .sides")) row.hidden = !fits(row); });
  }
})();
