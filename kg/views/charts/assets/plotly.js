// Plotly (MIT licence, plotly.com/javascript), packed: a third of its size on the disk, unpacked where it is needed.
"use strict";
window.kgPlotly = (async () => {
  const bytes = Uint8Array.from(atob("PACKED"), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([await new Response(stream).arrayBuffer()], { type: "text/javascript" }));
  await new Promise((done, fail) => { script.onload = done; script.onerror = fail; document.head.append(script); });
  URL.revokeObjectURL(script.src);
  return window.Plotly;
})();
