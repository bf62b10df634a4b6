// SPARQL in the page: Oxigraph in a worker, the editor before it. Nothing is fetched: all of it lies beside.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { prefixes, terms, queries, pages, odd, readers } = kg.data("sparql");
  const SHOWN = 2000;
  const el = kg.make;
  const both = (zh, en) => [kg.both(zh, en)];
  const say = (zh, en, state = "") => {
    $("sparql-status").replaceChildren(...both(zh, en));
    $("sparql").dataset.state = state;
  };

  // ---- the engine ----
  let worker, waiting = new Map(), count = 0, ready;
  const start = () => {
    ready = new Promise((resolve, reject) => {
      const blob = new Blob([KG_ENGINE.module], { type: "text/javascript" });
      const address = URL.createObjectURL(blob);
      worker = new Worker(address);
      worker.onerror = (event) => reject(new Error(event.message || "the engine does not start"));
      worker.onmessage = ({ data }) => {
        if (data.ready) {
          URL.revokeObjectURL(address);
          resolve(data);
        } else if (data.id === undefined) {
          reject(new Error(data.error));
        } else if (waiting.has(data.id)) {
          const { done, fail } = waiting.get(data.id);
          waiting.delete(data.id);
          if (data.error) fail(new Error(data.error)); else done(data);
        }
      };
      worker.postMessage({ wasm: KG_ENGINE.wasm, graph: KG_GRAPH });
    });
    ready.then(({ size, ms }) => {
      say(`图谱已载入：${size.toLocaleString("en")} 条陈述，用时 ${(ms / 1000).toFixed(1)} 秒。`,
        `Graph loaded: ${size.toLocaleString("en")} statements in ${(ms / 1000).toFixed(1)} s.`, "ready");
      $("sparql-run").disabled = false;
    }, (error) => say(`引擎无法启动：${error.message}`, `The engine does not start: ${error.message}`, "error"));
  };
  const ask = (text, kind, union) => ready.then(() => new Promise((done, fail) => {
    count += 1;
    waiting.set(count, { done, fail });
    worker.postMessage({ id: count, text, kind, union });
  }));
  const stop = () => {
    worker.terminate();
    for (const { fail } of waiting.values()) fail(new Error("stopped"));
    waiting = new Map();
    $("sparql-run").disabled = true;
    say("已停止，正在重新载入图谱……", "Stopped; loading the graph again …", "loading");
    start();
  };

  // ---- the editor, which completes from our own ontology ----
  const Yasqe = window.Yasqe.default || window.Yasqe.Yasqe || window.Yasqe;
  const position = Object.fromEntries(["class", "property"].map((n) => [n, Yasqe.Autocompleters[n].isValidCompletionPosition]));
  const completer = (name, kind) => ({
    name, bulk: false, autoShow: true, persistenceId: null,
    isValidCompletionPosition: position[kind],
    preProcessToken: (_, token) => ({ ...token, autocompletionString: token.string.trim() }),
    postProcessSuggestion: (_, __, suggestion) => suggestion,
    get: (_, token) => {
      const typed = (token && token.string.trim().toLowerCase()) || "";
      if (!typed || typed === "a") return [];
      return terms.filter((t) => t[0] === kind && t.some((x) => x.toLowerCase().includes(typed))).map((t) => t[1]);
    },
  });
  Yasqe.registerAutocompleter(completer("kg-class", "class"), false);
  Yasqe.registerAutocompleter(completer("kg-property", "property"), false);
  Yasqe.forkAutocompleter("prefixes", {
    name: "kg-prefixes", persistenceId: null,
    get: () => Object.entries(prefixes).map(([p, iri]) => `${p}: <${iri}>`),
  }, false);
  const editor = new Yasqe($("sparql-editor"), {
    autocompleters: ["kg-prefixes", "kg-class", "kg-property", "variables"],
    persistenceId: null, prefixCcApi: null, consumeShareLink: null, createShareableLink: () => "",
    showQueryButton: false, resizeable: false, editorHeight: "20rem", lineWrapping: true, value: "",
    extraKeys: {
      "Ctrl-Space": (y) => y.autocomplete(), "Ctrl-Enter": () => run(), "Cmd-Enter": () => run(),
      "Ctrl-/": (y) => y.commentLines(), Esc: () => $("sparql-run").focus(), "Shift-Tab": false,
    },
  });
  editor.getInputField().setAttribute("aria-label", "SPARQL");
  window.kgSparql = { editor };

  const whole = (text) => {
    // Known prefixes need not be declared, as on the command line; on one line, so that places in errors fit.
    const declared = new Set([...text.matchAll(/\bprefix\s+([\w-]*)\s*:/gi)].map((m) => m[1]));
    const missing = Object.entries(prefixes).filter(([p]) => !declared.has(p) && text.includes(`${p}:`));
    return missing.map(([p, iri]) => `PREFIX ${p}: <${iri}> `).join("") + text;
  };
  let last = null;
  const run = async () => {
    const text = editor.getValue();
    if (!text.trim()) return;
    $("sparql-run").disabled = true;
    $("sparql-stop").hidden = false;
    say("正在查询……", "Asking …", "running");
    try {
      const bare = text.replace(/<[^<>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*/g, " ");
      const kind = ((bare.match(/\b(select|ask|construct|describe)\b/i) || ["", "select"])[1]).toUpperCase();
      const { result, ms } = await ask(whole(text), kind, !/\bfrom\b/i.test(bare));
      show(result, ms);
    } catch (error) {
      if (error.message !== "stopped") {
        say(`查询有误：${error.message}`, `The query cannot be run: ${error.message}`, "error");
      }
    } finally {
      $("sparql-stop").hidden = true;
      if ($("sparql").dataset.state !== "loading") $("sparql-run").disabled = false;
    }
  };

  // ---- the answer ----
  const BASE = prefixes.id;
  const page = (iri) => {
    if (odd[iri]) return odd[iri];
    if (!iri.startsWith(BASE)) return null;
    const [kind, ...rest] = iri.slice(BASE.length).split("/");
    const tail = rest.join("/");
    return pages[kind] && pages[kind].has(tail) ? `${kind}/${tail}.html` : null;
  };
  for (const kind of Object.keys(pages)) pages[kind] = new Set(pages[kind]);
  const { root } = kg;
  const short = (iri) => {
    const found = Object.entries(prefixes).filter(([, base]) => iri.startsWith(base)).sort((a, b) => b[1].length - a[1].length)[0];
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  };
  const cell = (term, row) => {
    if (!term) return "";
    if (term.type === "uri") {
      const to = page(term.value);
      return to ? el("a", { href: root + to }, short(term.value)) : el("code", {}, short(term.value));
    }
    const place = placeOf(term, row);
    return place ? el("a", { class: "q", lang: "zh", href: root + place }, term.value) : term.value;
  };
  // A quote leads to its place in the reader where the row says which: by its document and offsets.
  const placeOf = (term, row) => {
    const doc = ["doc", "document", "docId"].map((n) => row[n] && readers[row[n].value]).find(Boolean);
    if (!doc || !row.start || !row.end || !row.quote || term !== row.quote) return null;
    return `${doc}#c=${row.start.value}-${row.end.value}`;
  };
  const show = (result, ms) => {
    const time = `${(ms / 1000).toFixed(2)}`;
    last = null;
    if ("boolean" in result) {
      $("sparql-answer").replaceChildren(el("p", {}, el("strong", {}, ...(result.boolean ? both("是", "Yes") : both("否", "No")))));
      say(`用时 ${time} 秒。`, `${time} s.`, "answered");
      return;
    }
    const vars = result.head.vars, rows = result.results.bindings;
    last = { vars, rows };
    const head = el("tr", {}, ...vars.map((v) => el("th", { scope: "col" }, v)));
    const body = rows.slice(0, SHOWN).map((row) => el("tr", {}, ...vars.map((v) => el("td", {}, cell(row[v], row)))));
    $("sparql-answer").replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, ...body)));
    const more = rows.length > SHOWN;
    say(`${rows.length} 行，用时 ${time} 秒${more ? `；显示前 ${SHOWN} 行，CSV 含全部` : ""}。`,
      `${rows.length} rows in ${time} s${more ? `; the first ${SHOWN} are shown, the csv has all` : ""}.`, "answered");
    $("sparql-csv").disabled = !rows.length;
  };
  const csv = () => {
    // A spreadsheet takes a cell that begins with one of these for a formula.
    const quoted = (text) => `"${(/^[=+\-@\t\r\n]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text).replaceAll('"', '""')}"`;
    const lines = [last.vars, ...last.rows.map((row) => last.vars.map((v) => (row[v] ? row[v].value : "")))];
    const text = `\ufeff${lines.map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: "answer.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // ---- saved queries, and things by their names ----
  const choose = () => {
    const query = queries[$("sparql-saved").value];
    if (!query) return;
    editor.setValue(query.text);
    $("sparql-about").replaceChildren(...both(query.about_zh, query.about_en));
  };
  const find = async () => {
    const typed = $("sparql-thing").value.trim();
    if (!typed) return;
    const literal = JSON.stringify(typed.toLowerCase());
    const text = `PREFIX rdfs: <${prefixes.rdfs}> PREFIX skos: <${prefixes.skos}>
      SELECT DISTINCT ?thing (SAMPLE(?name) AS ?label) { ?thing rdfs:label|skos:prefLabel|skos:altLabel ?name
      FILTER(CONTAINS(LCASE(STR(?name)), ${literal})) FILTER(STRSTARTS(STR(?thing), "${BASE}")) } GROUP BY ?thing
      ORDER BY STRLEN(STR(SAMPLE(?name))) ?thing LIMIT 20`;
    try {
      const { result } = await ask(text, "SELECT", true);
      $("sparql-found").replaceChildren(...result.results.bindings.map((row) => {
        const button = el("button", { type: "button" }, row.label.value, " ", el("code", {}, short(row.thing.value)));
        button.onclick = () => { editor.replaceSelection(`<${row.thing.value}>`); editor.focus(); };
        return el("li", {}, button);
      }));
      if (!result.results.bindings.length) $("sparql-found").replaceChildren(el("li", {}, ...both("没有找到", "nothing found")));
    } catch (error) {
      say(error.message, error.message, "error");
    }
  };
  $("sparql-saved").onchange = choose;
  $("sparql-run").onclick = run;
  $("sparql-stop").onclick = stop;
  $("sparql-csv").onclick = csv;
  $("sparql-find").onsubmit = (event) => { event.preventDefault(); find(); };
  const share = () => { history.replaceState(null, "", `#q=${encodeURIComponent(editor.getValue())}`); };
  editor.on("blur", share);
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked) editor.setValue(asked); else choose();
  start();
  // What is laid out before fonts and sizes are known is measured anew.
  requestAnimationFrame(() => editor.refresh());
})();
