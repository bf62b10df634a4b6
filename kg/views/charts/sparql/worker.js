// The end of the engine's module, run in a worker of its own, so that a long query never freezes the page.
const decoded = async (text) => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
let store;

const answered = (text, kind, union) => {
  const options = { use_default_graph_as_union: union };
  if (kind === "SELECT" || kind === "ASK") {
    return JSON.parse(store.query(text, { ...options, results_format: "application/sparql-results+json" }));
  }
  const term = (t) => t.termType === "Literal"
    ? { type: "literal", value: t.value, "xml:lang": t.language || undefined }
    : { type: t.termType === "BlankNode" ? "bnode" : "uri", value: t.value };
  const bindings = store.query(text, options).map((q) => ({
    subject: term(q.subject), predicate: term(q.predicate), object: term(q.object),
  }));
  return { head: { vars: ["subject", "predicate", "object"] }, results: { bindings } };
};

self.onmessage = async ({ data }) => {
  const begun = performance.now();
  try {
    if (data.wasm) {
      const [wasm, graph] = await Promise.all([decoded(data.wasm), decoded(data.graph)]);
      await __wbg_init({ module_or_path: wasm });
      store = new Store();
      store.load(graph, { format: "application/trig", no_transaction: true, lenient: true });
      self.postMessage({ ready: true, size: store.size, ms: performance.now() - begun });
    } else {
      const result = answered(data.text, data.kind, data.union);
      self.postMessage({ id: data.id, result, ms: performance.now() - begun });
    }
  } catch (error) {
    self.postMessage({ id: data.id, error: String((error && error.message) || error) });
  }
};
