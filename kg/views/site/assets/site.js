/* What every page does: the language toggle, and a search that is loaded when it is wanted. */
"use strict";
window.kg = (() => {
  const html = document.documentElement;
  const root = html.dataset.root;
  const language = () => html.dataset.lang;

  /** An element with classes, text and children: data is put in as text only. */
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === false || value === null || value === undefined) continue;
      made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  };

  /** A text in two languages, as the templates' t(). */
  const both = (zh, en) => {
    const part = document.createDocumentFragment();
    if (!en || en === zh) part.append(make("span", { lang: "zh" }, zh));
    else part.append(make("t-zh", {}, zh), make("t-en", {}, en));
    return part;
  };

  /** The JSON of <script id="data-NAME">. */
  const data = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);

  const title = { zh: document.title, en: document.querySelector("title").dataset.en || document.title };
  const button = make("button", { type: "button", id: "language" });
  const menu = make("nav", { id: "menu", "aria-label": "导航 Navigation" });
  document.getElementById("top").append(menu, make("div", { id: "search", role: "search" }), button);
  document.body.prepend(make("a", { class: "skip", href: "#main" }, both("跳到正文", "Skip to content")));

  const address = (change) => {
    const url = new URL(location.href);
    change(url);
    try { history.replaceState(history.state, "", url); } catch (e) { /* not from the disk in every browser */ }
  };

  const show = (lang) => {
    html.dataset.lang = lang;
    html.lang = lang === "en" ? "en" : "zh-Hans";
    document.title = title[lang];
    button.textContent = lang === "en" ? "中文" : "English";
    button.lang = lang === "en" ? "zh" : "en";
    document.dispatchEvent(new CustomEvent("kg-language", { detail: lang }));
  };

  const choose = (lang) => {
    try { localStorage.setItem("kg-lang", lang); } catch (e) { /* the address has it too */ }
    address((url) => url.searchParams.set("lang", lang));
    show(lang);
  };

  /** Where nothing can be kept between pages, the language travels in the links. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || kept() || link.protocol !== location.protocol || link.pathname === location.pathname) return;
    const url = new URL(link.href);
    if (language() === "en") url.searchParams.set("lang", "en");
    link.href = url.href;
  }, true);

  const kept = () => {
    try { return localStorage.getItem("kg-lang") === language(); } catch (e) { return false; }
  };

  button.addEventListener("click", () => choose(language() === "en" ? "zh" : "en"));
  show(language());
  return { root, language, make, both, data, address };
})();
